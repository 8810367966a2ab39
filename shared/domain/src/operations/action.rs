//! What the audit log calls what was done: the one list.

macro_rules! actions {
    ($($name:ident = $code:literal;)+) => {
        /// What was done to a tenant or to the platform. Stored and shown by its code; a code is stable.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action { $($name,)+ }

        impl Action {
            /// In the order of their codes.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// `noun.verb`, in the past tense.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }
        }
    };
}

actions! {
    ApiKeyCreated = "api_key.created";
    ApiKeyRevoked = "api_key.revoked";
    ApiKeyRotated = "api_key.rotated";
    BrandChanged = "brand.changed";
    BrandImported = "brand.imported";
    BrandPublished = "brand.published";
    EmbedPolicyReplaced = "embed_policy.replaced";
    FlagOverridden = "flag.overridden";
    FlagReset = "flag.reset";
    GrantCreated = "grant.created";
    GrantRemoved = "grant.removed";
    InvitationAccepted = "invitation.accepted";
    InvitationCreated = "invitation.created";
    InvitationResent = "invitation.resent";
    InvitationRevoked = "invitation.revoked";
    MemberLeft = "member.left";
    MemberRemoved = "member.removed";
    MemberRoleChanged = "member.role_changed";
    PartnerCreated = "partner.created";
    ProfileChanged = "profile.changed";
    RoleChanged = "role.changed";
    RoleCreated = "role.created";
    RoleRemoved = "role.removed";
    TenantPartnerChanged = "tenant.partner_changed";
    TenantPlanChanged = "tenant.plan_changed";
    TenantRegistered = "tenant.registered";
    TenantStatusChanged = "tenant.status_changed";
    TenantUpdated = "tenant.updated";
}

impl Action {
    /// Whether the platform's own log has it, which no tenant reads.
    #[must_use]
    pub const fn is_platforms(self) -> bool {
        matches!(self, Self::PartnerCreated)
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.as_str() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_a_noun_and_a_verb_in_their_own_order() {
        let codes: Vec<_> = Action::ALL.iter().map(|action| action.as_str()).collect();
        assert!(codes.is_sorted() && codes.windows(2).all(|pair| pair[0] != pair[1]), "{codes:?}");
        let plain =
            |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        for action in Action::ALL {
            assert!(action.as_str().split_once('.').is_some_and(|(noun, verb)| plain(noun) && plain(verb)));
            assert_eq!(Action::parse(action.as_str()), Some(*action));
        }
        assert_eq!(Action::parse("tenant.eaten"), None);
    }
}

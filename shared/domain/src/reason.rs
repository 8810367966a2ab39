//! Why something is refused, for programs: the one list.

use serde::{Serialize, Serializer};

macro_rules! reasons {
    ($(#[doc = $about:literal] $name:ident = $code:literal;)+) => {
        /// Why a request or one of its fields is refused, where the problem's code does not say it all. Shown by its code; a code is
        /// stable, and clients act on it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Reason { $(#[doc = $about] $name,)+ }

        impl Reason {
            /// In the order of their codes.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// What it means and what the caller can do, in one line of English.
            #[must_use]
            pub fn about(self) -> &'static str {
                match self { $(Self::$name => $about,)+ }.trim()
            }
        }
    };
}

reasons! {
    /// The member has this permission on this object already. No further grant is needed.
    AlreadyGranted = "already_granted";
    /// The person is a member of the tenant already. Sign in, or change the member instead.
    AlreadyInTeam = "already_in_team";
    /// An invitation to this address is pending. Send it again, or revoke it and invite anew.
    AlreadyInvited = "already_invited";
    /// The change is made, and open pages were not notified of it. Send the same request again.
    ChangeNotPropagated = "change_not_propagated";
    /// Other changes of the same tenant kept coming first. Send the request again.
    ConcurrentChanges = "concurrent_changes";
    /// The text has control characters. Remove them.
    ControlCharacters = "control_characters";
    /// The custom CSS has something that is not accepted in a stylesheet; `rule` says which. Remove or replace it.
    CssNotAllowed = "css_not_allowed";
    /// The custom CSS does not parse. Correct it at the given line and column.
    CssSyntax = "css_syntax";
    /// The custom CSS exceeds a limit of size or complexity; `rule` says which. Shorten or simplify it.
    CssTooComplex = "css_too_complex";
    /// The value names something that does not exist. List what exists and use one of these.
    DoesNotExist = "does_not_exist";
    /// A value is needed and none is given. Send one.
    Empty = "empty";
    /// The permission is given or used beyond what the caller has. Ask a member who has it.
    ExceedsOwnPermissions = "exceeds_own_permissions";
    /// The member has as many grants as a member can have. Assign a role instead, or remove a grant.
    GrantLimitReached = "grant_limit_reached";
    /// The `Idempotency-Key` was used for another body. Use a new key.
    IdempotencyKeyReused = "idempotency_key_reused";
    /// The cursor is none that an earlier answer gave. Begin again without a cursor.
    InvalidCursor = "invalid_cursor";
    /// The `Idempotency-Key` is empty, too long or sent more than once. Send one of the allowed length.
    InvalidIdempotencyKey = "invalid_idempotency_key";
    /// The name is empty, too long or not on one line. Send one that fits.
    InvalidName = "invalid_name";
    /// The value is not of the form that the field takes; `detail` says which. Correct it.
    InvalidValue = "invalid_value";
    /// The invitation was accepted. Sign in.
    InvitationAccepted = "invitation_accepted";
    /// The invitation has expired. Ask the team to send it again.
    InvitationExpired = "invitation_expired";
    /// The invitation is for another address than the caller's. Sign out, then accept it.
    InvitationForAnotherAddress = "invitation_for_another_address";
    /// As many invitations are pending as can be. Revoke one, or wait until some are answered.
    InvitationLimitReached = "invitation_limit_reached";
    /// The invitation was revoked. Ask the team for another one.
    InvitationRevoked = "invitation_revoked";
    /// The tenant would have no owner. Make another member an owner first.
    KeepAnOwner = "keep_an_owner";
    /// The key has permissions that the caller lacks. Leave them out, or ask a member who has them.
    KeyExceedsMaker = "key_exceeds_maker";
    /// The API key has expired. Create a new one.
    KeyExpired = "key_expired";
    /// As many API keys are in use as there can be. Revoke one first.
    KeyLimitReached = "key_limit_reached";
    /// The API key was rotated already. Rotate its successor.
    KeyReplaced = "key_replaced";
    /// The API key is revoked. Create a new one.
    KeyRevoked = "key_revoked";
    /// The link was used or has expired. Request another one.
    LinkUsedOrExpired = "link_used_or_expired";
    /// Too many unknown hosts or files are being asked for. Ask again after a moment.
    LookupsLimited = "lookups_limited";
    /// Mail is not configured. The operator of the platform has to complete the configuration.
    MailNotConfigured = "mail_not_configured";
    /// The mail could not be sent. Send the request again.
    MailNotSent = "mail_not_sent";
    /// The name is reserved for the platform. Choose another.
    NameReserved = "name_reserved";
    /// Another tenant or role has the name. Choose another.
    NameTaken = "name_taken";
    /// The value is not an e-mail address. Correct it.
    NotAnEmail = "not_an_email";
    /// The value is not an origin such as `https://host`. Correct it.
    NotAnOrigin = "not_an_origin";
    /// The permission can't be granted on this object. `detail` says which can.
    NotGrantable = "not_grantable";
    /// The body is not JSON. Correct it at the given line and column.
    NotJson = "not_json";
    /// The value is none of a fixed set; `detail` or the documentation lists it. Use one of these.
    NotOneOf = "not_one_of";
    /// The page's origin is not in the tenant's embed policy. Add it and publish.
    OriginNotInPolicy = "origin_not_in_policy";
    /// The number is outside of its bounds, which `detail` gives. Send one within them.
    OutOfRange = "out_of_range";
    /// Only an owner makes, changes or removes owners. Ask an owner.
    OwnersOnly = "owners_only";
    /// The address has an account. Send its password, or sign in first.
    PasswordRequired = "password_required";
    /// The invitation was sent less than a minute ago. Wait as `Retry-After` says.
    ResendTooSoon = "resend_too_soon";
    /// The tenant has as many roles of its own as it can have. Change or delete one.
    RoleLimitReached = "role_limit_reached";
    /// The invitation was sent as often as it can be. Revoke it and invite anew.
    SendLimitReached = "send_limit_reached";
    /// The embed session was made for a page of another origin. Begin a session at this page.
    SessionOfAnotherOrigin = "session_of_another_origin";
    /// The tenant can't be brought to this status by this caller. The platform's operators can.
    StatusNotReachable = "status_not_reachable";
    /// The other member, role or key has permissions that the caller lacks. Ask a member who has them.
    TargetExceedsOwnPermissions = "target_exceeds_own_permissions";
    /// The request came to the platform's host and does not name a tenant. Send `X-Tenant-ID`, or ask at the tenant's host.
    TenantNotNamed = "tenant_not_named";
    /// The groups of the document are nested too deep. Flatten them.
    TooDeep = "too_deep";
    /// The value is longer than the field takes. Shorten it.
    TooLong = "too_long";
    /// The list has more entries than it can have. Remove some.
    TooMany = "too_many";
    /// The value is shorter than the field takes. Lengthen it.
    TooShort = "too_short";
    /// The request has two credentials. Send one.
    TwoCredentials = "two_credentials";
    /// The month's messages are used or reserved; one may be free soon. Wait as `Retry-After` says.
    UnitsReserved = "units_reserved";
    /// The document has a field that is not known here. Remove it, or correct its name.
    UnknownField = "unknown_field";
    /// The value is not a permission. `GET /v1/permissions` lists them.
    UnknownPermission = "unknown_permission";
    /// The password is a common one, or the person's own address or name. Choose another.
    WeakPassword = "weak_password";
    /// The current password is wrong. Correct it, or reset the password.
    WrongPassword = "wrong_password";
    /// The JSON does not have the expected fields; `detail` says what is wrong with it. Correct it.
    WrongShape = "wrong_shape";
    /// The value is of another JSON type than the field. Send the type that `detail` names.
    WrongType = "wrong_type";
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_reason_has_a_code_of_its_own_in_order_and_its_own_line() {
        let codes: Vec<_> = Reason::ALL.iter().map(|reason| reason.as_str()).collect();
        assert!(codes.is_sorted() && codes.windows(2).all(|pair| pair[0] != pair[1]), "{codes:?}");
        for reason in Reason::ALL {
            let (code, about) = (reason.as_str(), reason.about());
            assert!(code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "{code}");
            assert!(about.ends_with('.') && !about.contains('\n'), "{code}: {about}");
            assert_eq!(serde_json::to_value(reason).unwrap(), code);
        }
        let lines: HashSet<_> = Reason::ALL.iter().map(|reason| reason.about()).collect();
        assert_eq!(lines.len(), Reason::ALL.len());
    }
}

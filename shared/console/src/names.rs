//! What roles, permissions and devices are called.

use crate::words::Words;
use livery_domain::{
    operations::action::Action,
    people::{permission::Permission, role::Role},
};

pub fn role(words: Words, role: Role) -> &'static str {
    match role {
        Role::Owner => words.role_owner(),
        Role::Admin => words.role_admin(),
        Role::Manager => words.role_manager(),
        Role::Member => words.role_member(),
        Role::Viewer => words.role_viewer(),
    }
}

pub fn role_text(words: Words, role: Role) -> &'static str {
    match role {
        Role::Owner => words.role_owner_text(),
        Role::Admin => words.role_admin_text(),
        Role::Manager => words.role_manager_text(),
        Role::Member => words.role_member_text(),
        Role::Viewer => words.role_viewer_text(),
    }
}

pub fn permission(words: Words, permission: Permission) -> &'static str {
    match permission {
        Permission::TenantRead => words.permission_tenant_read(),
        Permission::TenantEdit => words.permission_tenant_edit(),
        Permission::TenantStatus => words.permission_tenant_status(),
        Permission::UsageRead => words.permission_usage_read(),
        Permission::FlagsRead => words.permission_flags_read(),
        Permission::BrandRead => words.permission_brand_read(),
        Permission::BrandEdit => words.permission_brand_edit(),
        Permission::BrandPublish => words.permission_brand_publish(),
        Permission::EmbedPolicyEdit => words.permission_embed_policy_edit(),
        Permission::MembersRead => words.permission_members_read(),
        Permission::MembersInvite => words.permission_members_invite(),
        Permission::MembersManage => words.permission_members_manage(),
        Permission::RolesManage => words.permission_roles_manage(),
        Permission::ApiKeysRead => words.permission_api_keys_read(),
        Permission::ApiKeysManage => words.permission_api_keys_manage(),
        Permission::AuditRead => words.permission_audit_read(),
    }
}

/// What an action is called.
pub fn action_name(words: Words, action: Action) -> &'static str {
    match action {
        Action::ApiKeyCreated => words.did_api_key_created(),
        Action::ApiKeyRevoked => words.did_api_key_revoked(),
        Action::ApiKeyRotated => words.did_api_key_rotated(),
        Action::BrandChanged => words.did_brand_changed(),
        Action::BrandImported => words.did_brand_imported(),
        Action::BrandPublished => words.did_brand_published(),
        Action::EmbedPolicyReplaced => words.did_embed_policy_replaced(),
        Action::FlagOverridden => words.did_flag_overridden(),
        Action::FlagReset => words.did_flag_reset(),
        Action::GrantCreated => words.did_grant_created(),
        Action::GrantRemoved => words.did_grant_removed(),
        Action::InvitationAccepted => words.did_invitation_accepted(),
        Action::InvitationCreated => words.did_invitation_created(),
        Action::InvitationResent => words.did_invitation_resent(),
        Action::InvitationRevoked => words.did_invitation_revoked(),
        Action::MemberLeft => words.did_member_left(),
        Action::MemberRemoved => words.did_member_removed(),
        Action::MemberRoleChanged => words.did_member_role_changed(),
        Action::ProfileChanged => words.did_profile_changed(),
        Action::RoleChanged => words.did_role_changed(),
        Action::RoleCreated => words.did_role_created(),
        Action::RoleRemoved => words.did_role_removed(),
        Action::TenantPartnerChanged => words.did_tenant_partner_changed(),
        Action::TenantPlanChanged => words.did_tenant_plan_changed(),
        Action::TenantRegistered => words.did_tenant_registered(),
        Action::TenantStatusChanged => words.did_tenant_status_changed(),
        Action::TenantUpdated => words.did_tenant_updated(),
        // Of the platform's own log, which no page shows.
        Action::PartnerCreated => action.as_str(),
    }
}

/// `None` for an action that is not known here.
pub fn action(words: Words, code: &str) -> Option<&'static str> {
    Action::parse(code).map(|action| action_name(words, action))
}

/// The actions of a tenant's log: their codes and what they are called, in the order of the codes.
pub fn actions(words: Words) -> impl Iterator<Item = (&'static str, &'static str)> {
    let of_tenants = Action::ALL.iter().filter(|action| !action.is_platforms());
    of_tenants.map(move |action| (action.as_str(), action_name(words, *action)))
}

/// Names in the order in which they are looked for: most browsers call themselves by others' names too.
const BROWSERS: [(&str, &str); 6] = [
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
];
const SYSTEMS: [(&str, &str); 6] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// What a `User-Agent` says in words: a browser on a system.
pub fn device(words: Words, user_agent: Option<&str>) -> String {
    let agent = user_agent.unwrap_or_default();
    let named = |table: &[(&str, &'static str)]| {
        table.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    match (named(&BROWSERS), named(&SYSTEMS)) {
        (Some(browser), Some(system)) => words.device_on(browser, system),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => words.unknown_device().to_owned(),
    }
}

/// The letter shown in place of a person's picture.
pub fn initial(name: &str) -> String {
    name.trim().chars().next().map(|first| first.to_uppercase().collect()).unwrap_or_else(|| "?".into())
}

/// What a role is called: the tenant's own by its name.
pub fn role_name(words: Words, role: Role, custom: Option<&str>) -> String {
    custom.unwrap_or_else(|| self::role(words, role)).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use livery_domain::locale::Locale;

    #[test]
    fn every_action_of_a_tenants_log_is_called_by_words_and_not_by_its_code() {
        for words in Locale::ALL.map(Words) {
            assert!(actions(words).all(|(code, name)| action(words, code) == Some(name) && name != code));
        }
        assert_eq!(action(Words(Locale::En), "weather.changed"), None);
    }

    #[test]
    fn a_device_is_called_what_its_owner_calls_it() {
        let words = Words(Locale::En);
        for (agent, name) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
                "Safari on iPhone",
            ),
            ("curl/8.5.0", "curl"),
            ("", "Unknown device"),
        ] {
            assert_eq!(device(words, Some(agent)), name);
        }
        assert_eq!(device(Words(Locale::Ja), None), "不明な端末");
    }
}

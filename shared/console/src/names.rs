//! What roles, permissions and devices are called.

use crate::words::Words;
use livery_domain::{member::Role, permission::Permission};

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

/// What something is called in a language.
type Named = fn(Words) -> &'static str;

/// The actions of a tenant's audit log and what they are called, in the order of their codes.
#[rustfmt::skip]
pub const ACTIONS: [(&str, Named); 27] = [
    ("api_key.created", Words::did_api_key_created),
    ("api_key.revoked", Words::did_api_key_revoked),
    ("api_key.rotated", Words::did_api_key_rotated),
    ("brand.changed", Words::did_brand_changed),
    ("brand.imported", Words::did_brand_imported),
    ("brand.published", Words::did_brand_published),
    ("embed_policy.replaced", Words::did_embed_policy_replaced),
    ("flag.overridden", Words::did_flag_overridden),
    ("flag.reset", Words::did_flag_reset),
    ("grant.created", Words::did_grant_created),
    ("grant.removed", Words::did_grant_removed),
    ("invitation.accepted", Words::did_invitation_accepted),
    ("invitation.created", Words::did_invitation_created),
    ("invitation.resent", Words::did_invitation_resent),
    ("invitation.revoked", Words::did_invitation_revoked),
    ("member.left", Words::did_member_left),
    ("member.removed", Words::did_member_removed),
    ("member.role_changed", Words::did_member_role_changed),
    ("profile.changed", Words::did_profile_changed),
    ("role.changed", Words::did_role_changed),
    ("role.created", Words::did_role_created),
    ("role.removed", Words::did_role_removed),
    ("tenant.partner_changed", Words::did_tenant_partner_changed),
    ("tenant.plan_changed", Words::did_tenant_plan_changed),
    ("tenant.registered", Words::did_tenant_registered),
    ("tenant.status_changed", Words::did_tenant_status_changed),
    ("tenant.updated", Words::did_tenant_updated),
];

/// `None` for an action that is not known here.
pub fn action(words: Words, code: &str) -> Option<&'static str> {
    ACTIONS.iter().find(|(known, _)| *known == code).map(|(_, name)| name(words))
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

/// The letter that stands for somebody.
pub fn initial(name: &str) -> String {
    name.trim().chars().next().map(|first| first.to_uppercase().collect()).unwrap_or_else(|| "?".into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use livery_domain::locale::Locale;
    use std::{collections::BTreeSet, fs, path::Path};

    /// Texts of the form `noun.verb`, the verb in the past tense, in a folder of Rust.
    fn actions_in(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                actions_in(&path, found);
                continue;
            }
            let code = fs::read_to_string(&path).unwrap();
            let is_action = |text: &&str| {
                text.split_once('.').is_some_and(|(noun, verb)| {
                    let past =
                        ["ed", "left", "resent", "reset", "overridden"].iter().any(|end| verb.ends_with(end));
                    let plain = |word: &str| word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
                    past && !noun.is_empty() && plain(noun) && plain(verb)
                })
            };
            found.extend(code.split('"').filter(is_action).map(str::to_owned));
        }
    }

    #[test]
    fn every_action_that_the_api_writes_down_has_a_name() {
        let mut written = BTreeSet::new();
        actions_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../api/src"), &mut written);
        // Of the platform's own log, which no tenant reads.
        written.remove("partner.created");
        assert!(written.len() >= 27, "{written:?}");
        for locale in Locale::ALL {
            let nameless = written.iter().filter(|code| action(Words(locale), code).is_none());
            assert_eq!(nameless.collect::<Vec<_>>(), Vec::<&String>::new());
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

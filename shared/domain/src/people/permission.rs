//! What may be done in a tenant, and which role may do it: the one table.

use crate::people::role::Role;
use serde::{Deserialize, Serialize};

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident = $text:literal: $($role:ident)*;)+) => {
        /// One thing that may be done. Stored and shown by name; a name is stable.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Permission { $($(#[$doc])* $name,)+ }

        impl Permission {
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }

            /// The built-in roles that have it.
            #[must_use]
            pub const fn roles(self) -> &'static [Role] {
                match self { $(Self::$name => &[$(Role::$role,)*],)+ }
            }
        }
    };
}

permissions! {
    /// Name, status and settings of the tenant.
    TenantRead = "tenant.read": Owner Admin Manager Member Viewer;
    TenantEdit = "tenant.edit": Owner Admin;
    /// Maintenance on and off, and giving the tenant up.
    TenantStatus = "tenant.status": Owner;
    UsageRead = "usage.read": Owner Admin Manager Member Viewer;
    FlagsRead = "flags.read": Owner Admin Manager Member Viewer;
    BrandRead = "brand.read": Owner Admin Manager Member Viewer;
    BrandEdit = "brand.edit": Owner Admin Manager;
    BrandPublish = "brand.publish": Owner Admin Manager;
    EmbedPolicyEdit = "embed_policy.edit": Owner Admin Manager;
    /// Who else is here: people, roles, invitations.
    MembersRead = "members.read": Owner Admin Manager Member;
    MembersInvite = "members.invite": Owner Admin Manager;
    /// Other people's roles, and their removal.
    MembersManage = "members.manage": Owner Admin;
    /// Custom roles and grants on one object.
    RolesManage = "roles.manage": Owner Admin;
    ApiKeysRead = "api_keys.read": Owner Admin;
    ApiKeysManage = "api_keys.manage": Owner Admin;
    AuditRead = "audit.read": Owner Admin;
}

impl Permission {
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|permission| permission.as_str() == text)
    }

    const fn bit(self) -> u64 {
        1 << self as u64
    }
}

// One bit each.
const _: () =
    assert!(Permission::ALL.len() <= u64::BITS as usize, "PermissionSet has no bit for each permission");

/// A set of permissions. As JSON a list of names; a name that is not known any more is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(into = "Vec<String>", from = "Vec<String>")]
pub struct PermissionSet(u64);

impl PermissionSet {
    pub const NONE: Self = Self(0);

    #[must_use]
    pub const fn has(self, permission: Permission) -> bool {
        self.0 & permission.bit() != 0
    }

    /// Whether everything in `other` is here too: a member can give only permissions that it has.
    #[must_use]
    pub const fn covers(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// In the order of the table.
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.iter().copied().filter(move |permission| self.has(*permission))
    }
}

impl FromIterator<Permission> for PermissionSet {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        Self(permissions.into_iter().fold(0, |set, permission| set | permission.bit()))
    }
}

impl From<PermissionSet> for Vec<String> {
    fn from(set: PermissionSet) -> Self {
        set.iter().map(|permission| permission.as_str().to_owned()).collect()
    }
}

impl From<Vec<String>> for PermissionSet {
    fn from(names: Vec<String>) -> Self {
        names.iter().filter_map(|name| Permission::parse(name)).collect()
    }
}

impl Role {
    #[must_use]
    pub fn permissions(self) -> PermissionSet {
        Permission::ALL.iter().copied().filter(|permission| permission.roles().contains(&self)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_says_what_each_role_may_do() {
        let mut table = String::from(
            "| permission | owner | admin | manager | member | viewer |\n|---|---|---|---|---|---|\n",
        );
        for permission in Permission::ALL {
            let cells = Role::ALL.map(|role| if permission.roles().contains(&role) { "yes" } else { "" });
            table += &format!("| `{}` | {} |\n", permission.as_str(), cells.join(" | "));
        }
        let text = include_str!("../../../../docs/accounts.md");
        let (_, rest) = text.split_once("<!-- roles -->\n").unwrap();
        assert_eq!(rest.split_once("<!-- /roles -->").unwrap().0, table);
    }

    #[test]
    fn an_owner_may_do_everything_and_each_role_less_than_the_one_before() {
        assert!(Permission::ALL.iter().all(|permission| Role::Owner.permissions().has(*permission)));
        for pair in Role::ALL.windows(2) {
            let [more, less] = [pair[0].permissions(), pair[1].permissions()];
            assert!(more.covers(less) && !less.covers(more), "{pair:?}");
        }
    }

    #[test]
    fn names_are_unique_and_survive_being_stored() {
        for permission in Permission::ALL {
            assert_eq!(Permission::parse(permission.as_str()), Some(*permission));
        }
        let set = Role::Manager.permissions();
        let stored = serde_json::to_string(&set).unwrap();
        assert_eq!(serde_json::from_str::<PermissionSet>(&stored).unwrap(), set);
        let unknown: PermissionSet = serde_json::from_str(r#"["brand.read","gone.away"]"#).unwrap();
        assert_eq!(unknown, PermissionSet::from_iter([Permission::BrandRead]));
    }

    #[test]
    fn a_set_is_as_small_as_a_number_and_lists_what_it_has_in_the_order_of_the_table() {
        assert_eq!(size_of::<PermissionSet>(), 8);
        let backwards: PermissionSet = Permission::ALL.iter().rev().copied().collect();
        assert_eq!(backwards.iter().collect::<Vec<_>>(), Permission::ALL);
        for permission in Permission::ALL {
            let one = PermissionSet::from_iter([*permission]);
            assert_eq!(one.iter().collect::<Vec<_>>(), [*permission]);
        }
    }
}

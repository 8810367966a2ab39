//! Who may change whose place in a tenant's team, and how large a team may be.

use crate::{
    clock::UnixMillis,
    id::{ApiKeyId, RoleId},
    people::{
        member::AssignedRole,
        permission::{Permission, PermissionSet},
        role::Role,
    },
    reason::Reason,
};
use thiserror::Error;

/// How long an invitation can be accepted after it was sent.
pub const INVITATION_SECS: i64 = 7 * 86_400;
/// How often one invitation is sent, the first time included: a wrong address is not to be written to for ever.
pub const MAX_INVITATION_SENDS: i64 = 5;
/// Least time between two mails of one invitation.
pub const INVITATION_PAUSE_SECS: i64 = 60;
/// Invitations of one tenant that can still be accepted, where the plan sets no limit of its own: each is a mail to somebody
/// who may not want it.
pub const MAX_PENDING_INVITATIONS: u64 = 500;
/// Custom roles of one tenant: more than a team needs, and one page of a list.
pub const MAX_CUSTOM_ROLES: usize = 20;
/// Grants on single objects that one member has.
pub const MAX_GRANTS: u64 = 100;

/// The member who changes the team, as of the moment of the change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Changer {
    pub permissions: PermissionSet,
    pub is_owner: bool,
}

/// Why a member can't be changed so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("Only an owner makes, changes or removes owners.")]
    OwnersOnly,
    #[error("Nobody gives what they don't have: the role has permissions that yours lacks.")]
    GivesMoreThanItsOwn,
    #[error("The member has permissions that you lack: ask a member who has them.")]
    ConcernsSomebodyAbove,
    #[error("The tenant would be left without an owner: make somebody else an owner first.")]
    LastOwner,
}

impl Refusal {
    #[must_use]
    pub const fn reason(self) -> Reason {
        match self {
            Self::OwnersOnly => Reason::OwnersOnly,
            Self::GivesMoreThanItsOwn => Reason::ExceedsOwnPermissions,
            Self::ConcernsSomebodyAbove => Reason::TargetExceedsOwnPermissions,
            Self::LastOwner => Reason::KeepAnOwner,
        }
    }
}

impl AssignedRole {
    /// A custom role with every permission makes no member an owner.
    #[must_use]
    pub fn is_owner(&self) -> bool {
        self.role == Role::Owner && self.custom_role.is_none()
    }
}

impl Changer {
    /// A role given to a new person, by invitation.
    ///
    /// # Errors
    /// What stands against it.
    pub fn may_hand_out(&self, role: &AssignedRole) -> Result<(), Refusal> {
        if role.is_owner() && !self.is_owner {
            return Err(Refusal::OwnersOnly);
        }
        if self.permissions.covers(role.permissions) { Ok(()) } else { Err(Refusal::GivesMoreThanItsOwn) }
    }

    /// Permissions of a role that is made or changed, or of a grant.
    ///
    /// # Errors
    /// What stands against it.
    pub fn may_give(&self, permissions: PermissionSet) -> Result<(), Refusal> {
        if self.permissions.covers(permissions) { Ok(()) } else { Err(Refusal::GivesMoreThanItsOwn) }
    }

    /// A member's role changed from `now` to `next`, in a tenant with so many owners.
    ///
    /// # Errors
    /// What stands against it.
    pub fn may_change_role(
        &self,
        now: &AssignedRole,
        next: &AssignedRole,
        owners: u64,
    ) -> Result<(), Refusal> {
        self.may_touch(now)?;
        self.may_hand_out(next)?;
        if !next.is_owner() { keeps_an_owner(now, owners) } else { Ok(()) }
    }

    /// A member with this role removed by another member.
    ///
    /// # Errors
    /// What stands against it.
    pub fn may_remove(&self, role: &AssignedRole, owners: u64) -> Result<(), Refusal> {
        self.may_touch(role)?;
        keeps_an_owner(role, owners)
    }

    /// Permissions taken away from a role or a member.
    ///
    /// # Errors
    /// What stands against it.
    pub fn may_take(&self, permissions: PermissionSet) -> Result<(), Refusal> {
        if self.permissions.covers(permissions) { Ok(()) } else { Err(Refusal::ConcernsSomebodyAbove) }
    }

    /// Something of a member or an invitation with this role taken away.
    ///
    /// # Errors
    /// What stands against it.
    pub fn may_touch(&self, role: &AssignedRole) -> Result<(), Refusal> {
        if role.is_owner() && !self.is_owner {
            return Err(Refusal::OwnersOnly);
        }
        if self.permissions.covers(role.permissions) { Ok(()) } else { Err(Refusal::ConcernsSomebodyAbove) }
    }
}

/// A member with this role leaves by itself: no permission is needed.
///
/// # Errors
/// The last owner stays.
pub fn may_leave(role: &AssignedRole, owners: u64) -> Result<(), Refusal> {
    keeps_an_owner(role, owners)
}

fn keeps_an_owner(gone: &AssignedRole, owners: u64) -> Result<(), Refusal> {
    if gone.is_owner() && owners <= 1 { Err(Refusal::LastOwner) } else { Ok(()) }
}

/// Places of a team: who is there, who is invited and may still come, and how many the plan has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seats {
    pub members: u64,
    /// Invitations that can still be accepted.
    pub invited: u64,
    /// `None`: no limit.
    pub limit: Option<u64>,
}

impl Seats {
    /// Whether one more may be invited.
    #[must_use]
    pub fn room_to_invite(&self) -> bool {
        self.invited < MAX_PENDING_INVITATIONS
            && self.limit.is_none_or(|limit| self.members + self.invited < limit)
    }

    /// Whether a person who is invited already may join: the plan may have become smaller since.
    #[must_use]
    pub fn room_to_join(&self) -> bool {
        self.limit.is_none_or(|limit| self.members < limit)
    }
}

/// Where an invitation is in its life. `Expired` is not stored: it is pending, and its time is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvitationStatus {
    Pending,
    Expired,
    Accepted,
    Revoked,
}

impl InvitationStatus {
    pub const ALL: [Self; 4] = [Self::Pending, Self::Expired, Self::Accepted, Self::Revoked];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Expired => "expired",
            Self::Accepted => "accepted",
            Self::Revoked => "revoked",
        }
    }

    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }

    /// What a stored status means at a moment.
    #[must_use]
    pub fn at(self, now: UnixMillis, expires_at: UnixMillis) -> Self {
        match self {
            Self::Pending if expires_at <= now => Self::Expired,
            status => status,
        }
    }
}

/// Whether a permission means something on the single object with this id.
#[must_use]
pub fn may_be_granted_on(permission: Permission, resource: &str) -> bool {
    match permission {
        Permission::ApiKeysRead | Permission::ApiKeysManage => resource.parse::<ApiKeyId>().is_ok(),
        Permission::RolesManage => resource.parse::<RoleId>().is_ok(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built_in(role: Role) -> AssignedRole {
        AssignedRole::of(role)
    }

    fn custom(permissions: impl IntoIterator<Item = Permission>) -> AssignedRole {
        AssignedRole {
            role: Role::Viewer,
            custom_role: Some(RoleId::new(UnixMillis(1), [1; 10])),
            permissions: permissions.into_iter().collect(),
        }
    }

    fn by(role: AssignedRole) -> Changer {
        Changer { permissions: role.permissions, is_owner: role.is_owner() }
    }

    #[test]
    fn nobody_hands_on_what_they_do_not_have() {
        for giver in Role::ALL {
            for role in Role::ALL {
                let handed = by(built_in(giver)).may_hand_out(&built_in(role));
                let wanted = if role == Role::Owner && giver != Role::Owner {
                    Err(Refusal::OwnersOnly)
                } else if giver.permissions().covers(role.permissions()) {
                    Ok(())
                } else {
                    Err(Refusal::GivesMoreThanItsOwn)
                };
                assert_eq!(handed, wanted, "{giver:?} gives {role:?}");
            }
        }
        let manager = by(built_in(Role::Manager));
        assert_eq!(manager.may_hand_out(&custom([Permission::BrandEdit])), Ok(()));
        let more = custom([Permission::BrandEdit, Permission::AuditRead]);
        assert_eq!(manager.may_hand_out(&more), Err(Refusal::GivesMoreThanItsOwn));
        assert_eq!(manager.may_give(more.permissions), Err(Refusal::GivesMoreThanItsOwn));
    }

    #[test]
    fn a_custom_role_with_every_permission_makes_nobody_an_owner() {
        let all = custom(Permission::ALL.iter().copied());
        assert!(!all.is_owner());
        assert_eq!(by(all).may_remove(&built_in(Role::Owner), 2), Err(Refusal::OwnersOnly));
        assert_eq!(by(all).may_hand_out(&built_in(Role::Owner)), Err(Refusal::OwnersOnly));
        assert_eq!(
            by(all).may_change_role(&built_in(Role::Member), &built_in(Role::Owner), 1),
            Err(Refusal::OwnersOnly)
        );
    }

    #[test]
    fn nobody_touches_who_may_do_more() {
        let removers = by(custom([Permission::MembersManage, Permission::BrandRead]));
        assert_eq!(removers.may_remove(&built_in(Role::Admin), 1), Err(Refusal::ConcernsSomebodyAbove));
        let demoted = removers.may_change_role(&built_in(Role::Admin), &custom([Permission::BrandRead]), 1);
        assert_eq!(demoted, Err(Refusal::ConcernsSomebodyAbove));
        assert_eq!(removers.may_remove(&custom([Permission::BrandRead]), 1), Ok(()));
    }

    #[test]
    fn the_last_owner_stays_an_owner() {
        let owner = by(built_in(Role::Owner));
        let [owners, admins] = [built_in(Role::Owner), built_in(Role::Admin)];
        assert_eq!(owner.may_change_role(&owners, &admins, 1), Err(Refusal::LastOwner));
        assert_eq!(owner.may_change_role(&owners, &admins, 2), Ok(()));
        assert_eq!(owner.may_change_role(&owners, &owners, 1), Ok(()));
        assert_eq!(owner.may_remove(&owners, 1), Err(Refusal::LastOwner));
        assert_eq!(may_leave(&owners, 1), Err(Refusal::LastOwner));
        assert_eq!(may_leave(&owners, 2), Ok(()));
        assert_eq!(may_leave(&built_in(Role::Viewer), 1), Ok(()));
        // Owners in name only, who have a custom role in its place, do not count as one.
        let named = AssignedRole { role: Role::Owner, ..custom([]) };
        assert_eq!(may_leave(&named, 1), Ok(()));
    }

    #[test]
    fn a_seat_is_taken_by_who_is_there_and_by_who_may_come() {
        let seats = |members, invited, limit| Seats { members, invited, limit };
        assert!(seats(1, 1, Some(3)).room_to_invite());
        assert!(!seats(1, 2, Some(3)).room_to_invite());
        assert!(!seats(4, 0, Some(3)).room_to_invite());
        assert!(seats(1_000_000, MAX_PENDING_INVITATIONS - 1, None).room_to_invite());
        assert!(!seats(1, MAX_PENDING_INVITATIONS, None).room_to_invite());
        assert!(seats(2, 5, Some(3)).room_to_join());
        assert!(!seats(3, 1, Some(3)).room_to_join());
        assert!(seats(3, 1, None).room_to_join());
    }

    #[test]
    fn an_invitation_expires_at_its_moment_and_only_while_it_waits() {
        let at = |status: InvitationStatus, now| status.at(UnixMillis(now), UnixMillis(1000));
        assert_eq!(at(InvitationStatus::Pending, 999), InvitationStatus::Pending);
        assert_eq!(at(InvitationStatus::Pending, 1000), InvitationStatus::Expired);
        assert_eq!(at(InvitationStatus::Accepted, 2000), InvitationStatus::Accepted);
        assert_eq!(at(InvitationStatus::Revoked, 2000), InvitationStatus::Revoked);
        for status in InvitationStatus::ALL {
            assert_eq!(InvitationStatus::parse(status.as_str()), Some(status));
        }
    }

    #[test]
    fn a_permission_is_granted_on_the_kind_of_object_that_it_is_about() {
        let (key, role) = ("key_019aa52f0e80700080000000000000a1", "rol_019aa52f0e80700080000000000000a1");
        let on = |resource: &str| -> Vec<&str> {
            let all = Permission::ALL.iter().filter(|one| may_be_granted_on(**one, resource));
            all.map(|one| one.as_str()).collect()
        };
        assert_eq!(on(key), ["api_keys.read", "api_keys.manage"]);
        assert_eq!(on(role), ["roles.manage"]);
        assert!(on("usr_019aa52f0e80700080000000000000a1").is_empty() && on("").is_empty());
    }
}

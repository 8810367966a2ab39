//! Who makes a change, and what is asked about them each time the change is decided.

use crate::{
    member::{Caller, Member},
    person::Invited,
    token::Holder,
};
use livery_domain::{
    actor::Actor,
    clock::UnixMillis,
    id::{ApiKeyId, InvitationId, SessionId, UserId},
    identity::credential::Credential,
    people::{
        permission::{Permission, PermissionSet},
        team::Changer,
    },
    tenancy::tenant::TenantScope,
};
use livery_http::ProblemKind;
use livery_store::{
    Read,
    identity::{api_keys, sessions},
    operations::audit::Log,
    people::{grants, invitations},
};

/// Who makes a change, with which right, in which log. [`crate::change::write`] takes one, so no change is written by a caller
/// whose right was not looked at together with what the change is decided on.
pub struct By {
    actor: Actor,
    /// The tenant whose log it is; `None` for the platform's.
    tenant: Option<TenantScope>,
    right: Right,
}

enum Right {
    /// A person's session, and what its role has to have.
    Session { scope: TenantScope, session: SessionId, user: UserId, needed: Option<Needed> },
    /// A key, and what its scopes have to have.
    Key { scope: TenantScope, key: ApiKeyId, needed: Option<Needed> },
    /// An operator's session.
    Operator(Holder),
    /// The code of an invitation: it has to be the newest. Whether the invitation can still be accepted is for the decision.
    Invitation { scope: TenantScope, id: InvitationId, code: Credential },
}

struct Needed {
    permission: Permission,
    /// A grant on this one object is enough.
    resource: Option<String>,
}

impl Member {
    /// For a change that takes a permission.
    #[must_use]
    pub fn by(&self, permission: Permission) -> By {
        self.needing(Some(Needed { permission, resource: None }))
    }

    /// For a change that takes a permission, or a grant of it on one object.
    #[must_use]
    pub fn by_on(&self, permission: Permission, resource: impl ToString) -> By {
        self.needing(Some(Needed { permission, resource: Some(resource.to_string()) }))
    }

    /// For a change of what is the member's own: it takes no permission, and that the session or key is live.
    #[must_use]
    pub fn by_itself(&self) -> By {
        self.needing(None)
    }

    fn needing(&self, needed: Option<Needed>) -> By {
        let scope = self.scope;
        let right = match self.caller {
            Caller::Person(user, session) => Right::Session { scope, session, user, needed },
            Caller::Key(key) => Right::Key { scope, key, needed },
        };
        By { actor: self.actor, tenant: Some(scope), right }
    }
}

impl By {
    /// An operator, who changes a tenant.
    #[must_use]
    pub const fn operator_over(operator: Holder, scope: &TenantScope) -> Self {
        let actor = Actor::Operator(operator.user);
        Self { actor, tenant: Some(*scope), right: Right::Operator(operator) }
    }

    /// An operator, who changes what belongs to no tenant.
    #[must_use]
    pub const fn operator(operator: Holder) -> Self {
        Self { actor: Actor::Operator(operator.user), tenant: None, right: Right::Operator(operator) }
    }

    /// A person who comes into a tenant with the code of an invitation.
    #[must_use]
    pub fn invited(user: UserId, invited: &Invited) -> Self {
        let Invited { scope, id, code, .. } = invited;
        let right = Right::Invitation { scope: *scope, id: *id, code: code.clone() };
        Self { actor: Actor::Person(user), tenant: Some(*scope), right }
    }

    #[must_use]
    pub const fn actor(&self) -> Actor {
        self.actor
    }

    pub(crate) const fn log(&self) -> Log<'_> {
        match &self.tenant {
            Some(scope) => Log::Tenant(scope),
            None => Log::Platform,
        }
    }

    /// What the caller may do now; 401 where session or key have ended, 403 without what is needed, 404 for a code that was
    /// replaced.
    pub(crate) fn standing(&self, now: UnixMillis) -> Read<Result<Changer, ProblemKind>> {
        match &self.right {
            Right::Session { scope, session, user, needed } => {
                let granted = needed.as_ref().and_then(|needed| {
                    let resource = needed.resource.as_deref()?;
                    Some(grants::of(scope, *user, needed.permission, resource))
                });
                let permission = needed.as_ref().map(|needed| needed.permission);
                sessions::standing(scope, *session, *user, now).and(Read::optional(granted)).map(
                    move |(role, granted)| {
                        let role = role.ok_or(ProblemKind::Unauthenticated)?;
                        let changer = Changer { permissions: role.permissions, is_owner: role.is_owner() };
                        let granted = granted.flatten().is_some();
                        if granted { Ok(changer) } else { having(changer, permission) }
                    },
                )
            }
            Right::Key { scope, key, needed } => {
                let permission = needed.as_ref().map(|needed| needed.permission);
                api_keys::good_for(scope, *key).map(move |key| {
                    let key = key.filter(|key| key.is_live(now)).ok_or(ProblemKind::Unauthenticated)?;
                    having(Changer { permissions: key.scopes, is_owner: false }, permission)
                })
            }
            Right::Operator(holder) => {
                sessions::is_operators(holder.session, holder.user, now).map(|stands| {
                    let permissions = Permission::ALL.iter().copied().collect();
                    stands
                        .then_some(Changer { permissions, is_owner: true })
                        .ok_or(ProblemKind::Unauthenticated)
                })
            }
            Right::Invitation { scope, id, code } => {
                invitations::has_code(scope, *id, code).map(|has_code| {
                    let permissions = PermissionSet::default();
                    has_code.then_some(Changer { permissions, is_owner: false }).ok_or(ProblemKind::NotFound)
                })
            }
        }
    }
}

fn having(changer: Changer, needed: Option<Permission>) -> Result<Changer, ProblemKind> {
    if needed.is_none_or(|needed| changer.permissions.has(needed)) {
        Ok(changer)
    } else {
        Err(ProblemKind::Forbidden)
    }
}

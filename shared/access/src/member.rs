//! A caller who acts for a tenant from within.

use crate::{by::Caller, host::audience, token::Holder};
use livery_domain::{
    actor::Actor,
    id::{SessionId, UserId},
    people::{
        member::AssignedRole,
        permission::{Permission, PermissionSet},
    },
    tenancy::{
        lifecycle::Audience,
        tenant::{Tenant, TenantScope},
    },
};
use livery_http::{Exchange, Problem, ProblemKind};
use livery_platform::Database;
use livery_store::people::grants;

/// Somebody who acts for a tenant from within: a signed-in person, or a program with a key.
pub struct Member {
    pub tenant: Tenant,
    pub scope: TenantScope,
    pub actor: Actor,
    /// `None` for a program.
    pub role: Option<AssignedRole>,
    /// As of now where the request writes; as of the token, minutes ago at most, where it reads.
    pub permissions: PermissionSet,
    pub(crate) caller: Caller,
}

impl Member {
    pub(crate) const fn of_person(
        user: UserId,
        tenant: Tenant,
        scope: TenantScope,
        session: SessionId,
        role: AssignedRole,
    ) -> Self {
        let permissions = role.permissions;
        let actor = Actor::Person(user);
        Self { tenant, scope, actor, role: Some(role), permissions, caller: Caller::Person(user, session) }
    }

    /// # Errors
    /// 403 where neither role nor key has the permission.
    pub fn require(&self, permission: Permission) -> Result<(), Problem> {
        if self.permissions.has(permission) { Ok(()) } else { Err(ProblemKind::Forbidden.into()) }
    }

    /// # Errors
    /// 403 for a program: some things only people do.
    pub fn person(&self) -> Result<UserId, Problem> {
        self.actor.user().ok_or_else(|| ProblemKind::PersonNeeded.into())
    }

    /// As [`Member::require`], and a grant on this one object is enough.
    ///
    /// # Errors
    /// 403 where neither role, key nor grant has the permission; the same for an object that is not there.
    pub async fn require_on<P: Database>(
        &self,
        exchange: &Exchange<'_, P>,
        permission: Permission,
        resource: &str,
    ) -> Result<(), Problem> {
        if self.permissions.has(permission) || self.is_granted(exchange, permission, resource).await? {
            Ok(())
        } else {
            Err(ProblemKind::Forbidden.into())
        }
    }

    async fn is_granted<P: Database>(
        &self,
        exchange: &Exchange<'_, P>,
        permission: Permission,
        resource: &str,
    ) -> Result<bool, Problem> {
        let Actor::Person(user) = self.actor else { return Ok(false) };
        Ok(grants::of(&self.scope, user, permission, resource).from(exchange.platform).await?.is_some())
    }

    pub fn audience(&self) -> Audience {
        match (self.actor, self.role) {
            (Actor::PartnerKey(_), _) => Audience::Partner,
            (_, None) => Audience::Key,
            (_, Some(role)) => audience(role),
        }
    }

    /// The person with the session.
    ///
    /// # Errors
    /// 403 for a program.
    pub fn holder(&self) -> Result<Holder, Problem> {
        match self.caller {
            Caller::Person(user, session) => Ok(Holder { user, session }),
            Caller::Key(_) => Err(ProblemKind::PersonNeeded.into()),
        }
    }
}

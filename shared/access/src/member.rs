//! A caller who acts for a tenant from within.

use crate::{host::audience, token::Holder};
use livery_domain::{
    actor::Actor,
    id::{SessionId, UserId},
    people::{
        member::AssignedRole,
        permission::{Permission, PermissionSet},
        team::Changer,
    },
    tenancy::{
        lifecycle::Audience,
        tenant::{Tenant, TenantScope},
    },
};
use livery_http::{Exchange, Problem, ProblemKind};
use livery_platform::Database;
use livery_store::{identity::sessions, people::grants};

/// Somebody who acts for a tenant from within: a signed-in person, or a program with a key.
pub struct Member {
    pub tenant: Tenant,
    pub scope: TenantScope,
    pub actor: Actor,
    /// `None` for a program.
    pub role: Option<AssignedRole>,
    /// As of now where the request writes; as of the token, minutes ago at most, where it reads.
    pub permissions: PermissionSet,
    /// The session that a person is signed in with.
    pub session: Option<SessionId>,
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
        Self { tenant, scope, actor, role: Some(role), permissions, session: Some(session) }
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
        Ok(grants::of(exchange.platform, &self.scope, user, permission, resource).await?.is_some())
    }

    /// As [`Member::changer`], and a grant on this one object is enough.
    ///
    /// # Errors
    /// As [`Member::changer`].
    pub async fn changer_on<P: Database>(
        &self,
        exchange: &Exchange<'_, P>,
        needed: Permission,
        resource: &str,
    ) -> Result<Changer, Problem> {
        let changer = self.standing_now(exchange).await?;
        if changer.permissions.has(needed) || self.is_granted(exchange, needed, resource).await? {
            Ok(changer)
        } else {
            Err(ProblemKind::Forbidden.into())
        }
    }

    /// What this member may do at this very moment. Where a change is decided, it is asked after the head of the audit log:
    /// somebody may have lost what it had when the request came in.
    ///
    /// # Errors
    /// 401 where the session has ended since; 403 without the permission.
    pub async fn changer<P: Database>(
        &self,
        exchange: &Exchange<'_, P>,
        needed: Permission,
    ) -> Result<Changer, Problem> {
        let changer = self.standing_now(exchange).await?;
        if changer.permissions.has(needed) { Ok(changer) } else { Err(ProblemKind::Forbidden.into()) }
    }

    async fn standing_now<P: Database>(&self, exchange: &Exchange<'_, P>) -> Result<Changer, Problem> {
        let changer = match (self.actor, self.session) {
            (Actor::Person(user), Some(session)) => {
                let role = sessions::standing(exchange.platform, &self.scope, session, user, exchange.now)
                    .await?
                    .ok_or(ProblemKind::Unauthenticated)?;
                Changer { permissions: role.permissions, is_owner: role.is_owner() }
            }
            _ => Changer { permissions: self.permissions, is_owner: false },
        };
        Ok(changer)
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
        let session = self.session.ok_or(ProblemKind::PersonNeeded)?;
        Ok(Holder { user: self.person()?, session })
    }
}

//! Whoever acts for a tenant from within.

use super::{
    Site, admit, audience, intent,
    key::{key_sent, keyed},
    narrow,
    person::{Holder, claimed},
    site,
};
use livery_domain::{
    actor::Actor,
    id::{SessionId, UserId},
    identity::credential::{Credential, CredentialKind},
    people::{
        member::AssignedRole,
        permission::{Permission, PermissionSet},
        team::Changer,
    },
    tenancy::{
        lifecycle::{Audience, Intent},
        tenant::{Tenant, TenantScope},
    },
};
use livery_http::{Exchange, Problem, ProblemKind};
use livery_platform::{Configured, Database};
use livery_store::{Read, identity::sessions, people::grants, tenancy::directory};

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
    const fn of_person(
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

/// The member behind a console's cookie, at the host of the tenant that it is for. Role and session are as of now, for
/// reading too.
///
/// # Errors
/// 401 without a live session; 404 where no tenant lives at this host; what the tenant's status has for the member.
pub async fn console<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    cookie: &str,
) -> Result<Member, Problem> {
    let Site { tenant, scope } = site(exchange).await?;
    let cookie = Credential::parse(CredentialKind::Console, cookie)
        .map_err(|_| Problem::new(ProblemKind::Unauthenticated))?;
    let found = sessions::of_cookie(exchange.platform, &scope, &cookie.hash(), exchange.now).await?;
    let found = found.ok_or(ProblemKind::Unauthenticated)?;
    if found.is_to_be_marked(exchange.now) {
        let user_agent = exchange.user_agent();
        let address = exchange.client.address.as_deref();
        let seen = sessions::seen(found.id, exchange.now, address, user_agent.as_deref());
        exchange.platform.query(seen).await.map_err(livery_store::StoreError::from)?;
    }
    let member = Member {
        tenant,
        scope,
        actor: Actor::Person(found.user),
        role: Some(found.role),
        permissions: found.role.permissions,
        session: Some(found.id),
    };
    admit(&member.tenant, member.audience(), intent(exchange))?;
    Ok(member)
}

/// The member behind an access token or an API key. The token or key says for which tenant; the host and headers must agree.
/// A partner's key is good for each of its tenants: the host says which, or at the platform's own host a tenant header.
///
/// # Errors
/// 401 without a live access token or key; 400 with both; 404 where the host or a tenant header names any other tenant,
/// existing or not; what the tenant's status has for a member.
pub async fn member<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Member, Problem> {
    let member = match key_sent(exchange)? {
        Some(key) => keyed(exchange, &key).await?,
        None => signed_in(exchange).await?,
    };
    admit(&member.tenant, member.audience(), intent(exchange))?;
    Ok(member)
}

/// The same, with something of the tenant read in the trip to SQL that tells whether the tenant is open to the member. It is
/// handed out to nobody who is not let in.
///
/// # Errors
/// As [`member`].
pub async fn member_reading<P: Database + Configured, T>(
    exchange: &Exchange<'_, P>,
    read: impl FnOnce(&TenantScope) -> Read<T>,
) -> Result<(Member, T), Problem> {
    // A key is asked after in SQL before anybody knows whose it is.
    if !exchange.reads() || key_sent(exchange)?.is_some() {
        let member = member(exchange).await?;
        let found = read(&member.scope).from(exchange.platform).await?;
        return Ok((member, found));
    }
    let (claims, user) = claimed(exchange)?;
    let scope = TenantScope::grant(claims.tenant);
    let (tenant, found) = named(exchange, &scope)?.with(read(&scope), exchange.platform).await?;
    let tenant = agree(exchange, &scope, tenant)?;
    let member = Member::of_person(user, tenant, scope, claims.session, claims.assigned_role());
    admit(&member.tenant, member.audience(), Intent::Read)?;
    Ok((member, found))
}

/// The same, whatever the tenant's status: for what concerns the person and not the tenant, such as signing out.
///
/// # Errors
/// As [`member`], without the last.
pub async fn signed_in<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Member, Problem> {
    let (claims, user) = claimed(exchange)?;
    let scope = TenantScope::grant(claims.tenant);
    let tenant = agreed(exchange, &scope).await?;
    let role = if exchange.reads() {
        claims.assigned_role()
    } else {
        sessions::standing(exchange.platform, &scope, claims.session, user, exchange.now)
            .await?
            .ok_or(ProblemKind::Unauthenticated)?
    };
    Ok(Member::of_person(user, tenant, scope, claims.session, role))
}

/// The tenant of a scope, if the request's host and headers name it too.
pub(super) async fn agreed<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    scope: &TenantScope,
) -> Result<Tenant, Problem> {
    let found = named(exchange, scope)?.from(exchange.platform).await?;
    agree(exchange, scope, found)
}

/// The tenant at the request's host; at the platform's own the scope's.
fn named<P: Configured>(
    exchange: &Exchange<'_, P>,
    scope: &TenantScope,
) -> Result<Read<Option<Tenant>>, Problem> {
    let platform_host = &exchange.platform.settings().platform_host;
    let host = exchange.host()?;
    let at_platform = host == *platform_host;
    Ok(if at_platform { directory::of_scope(scope) } else { directory::whose(&host, platform_host) })
}

/// What was found, if it is the scope's and the request's headers name no other.
fn agree<P: Configured>(
    exchange: &Exchange<'_, P>,
    scope: &TenantScope,
    found: Option<Tenant>,
) -> Result<Tenant, Problem> {
    let tenant = found.filter(|tenant| tenant.id == scope.tenant()).ok_or_else(Problem::not_found)?;
    narrow(exchange, &tenant)?;
    Ok(tenant)
}

//! Who a request may act for: the only room where a [`TenantScope`] is granted.

use crate::{Exchange, Problem, ProblemKind, auth::user_agent, headers};
use http::{HeaderValue, header};
use livery_domain::{
    actor::Actor,
    clock::UnixMillis,
    credential::{Credential, CredentialKind},
    host::Host,
    id::{InvitationId, PartnerId, SessionId, UserId, VisitorId},
    lifecycle::{Audience, Intent, Standing, TenantStatus},
    member::AssignedRole,
    permission::{Permission, PermissionSet},
    team::Changer,
    tenant::{Tenant, TenantKey, TenantScope},
};
use livery_platform::{Configured, Database, Environment};
use livery_store::{
    Read,
    api_keys::{self, KeyHolder},
    directory, grants, invitations, partners, sessions,
};
use livery_token::AccessClaims;

/// When to ask a tenant in maintenance again: soon enough for a visitor who waits, seldom enough for a thousand of them.
const MAINTENANCE_RETRY_SECS: u32 = 30;

/// A tenant whose public face may be shown: found by the host alone.
pub struct Site {
    pub tenant: Tenant,
    pub scope: TenantScope,
}

/// A visitor with a live embed session.
pub struct Visitor {
    pub scope: TenantScope,
    pub visitor: VisitorId,
    /// When the session ends.
    pub until: UnixMillis,
}

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

    pub(crate) fn audience(&self) -> Audience {
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

/// As whom the tenant's status sees somebody with this role.
pub(crate) fn audience(role: AssignedRole) -> Audience {
    if role.is_owner() { Audience::Owner } else { Audience::Member }
}

/// A person who is signed in, with what: for what concerns the person in whatever tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holder {
    pub user: UserId,
    pub session: SessionId,
}

/// Where somebody knocks.
pub enum Door {
    /// At a tenant's.
    Tenant(Site),
    /// At the platform's own host, naming no tenant.
    Platform,
}

/// The tenant at the request's host, for anybody. A tenant header narrows: one that names another tenant gives the
/// same 404 as an unknown host.
///
/// # Errors
/// 404 where no tenant lives here.
pub async fn site<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Site, Problem> {
    let tenant = tenant_at(exchange, &exchange.host()?).await?.ok_or_else(Problem::not_found)?;
    narrow(exchange, &tenant)?;
    Ok(granted(tenant))
}

/// Where somebody wants to sign in. At the platform's own host a tenant header may name a tenant: the password grants, not
/// the header.
///
/// # Errors
/// 404 as [`site`], and where a tenant is named that does not exist.
pub async fn door<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Door, Problem> {
    let host = exchange.host()?;
    if host != exchange.platform.settings().platform_host {
        return site(exchange).await.map(Door::Tenant);
    }
    let headers = exchange.request.headers();
    let named = headers::single(headers, TENANT_KEY).and_then(|key| key.parse::<TenantKey>().ok());
    let tenant = match named {
        Some(key) => directory::tenant_with_key(exchange.platform, &key).await?,
        None => tenant_at(exchange, &host).await?,
    };
    match tenant {
        Some(tenant) => {
            narrow(exchange, &tenant)?;
            Ok(Door::Tenant(granted(tenant)))
        }
        None if names_a_tenant(exchange) => Err(Problem::not_found()),
        None => Ok(Door::Platform),
    }
}

/// Where somebody comes with what says itself for which tenant it is: at that tenant's host or at the platform's own.
///
/// # Errors
/// 404 as [`site`], and at the platform's own host where a header names a tenant.
pub async fn door_to_own<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Door, Problem> {
    if exchange.host()? != exchange.platform.settings().platform_host {
        return site(exchange).await.map(Door::Tenant);
    }
    if names_a_tenant(exchange) { door(exchange).await } else { Ok(Door::Platform) }
}

/// What is the platform's and no tenant's.
///
/// # Errors
/// 404 at every other host, and where a header names a tenant.
pub fn platform<P: Configured>(exchange: &Exchange<'_, P>) -> Result<(), Problem> {
    let is_ours = exchange.host()? == exchange.platform.settings().platform_host;
    if is_ours && !names_a_tenant(exchange) { Ok(()) } else { Err(Problem::not_found()) }
}

fn names_a_tenant<P>(exchange: &Exchange<'_, P>) -> bool {
    let headers = exchange.request.headers();
    headers.contains_key(TENANT_KEY) || headers.contains_key(TENANT_ID)
}

/// One of the platform's own people, at the platform's own host. Whether the session stands and the person is one still is
/// asked each time, for reading too.
///
/// # Errors
/// 404 at any other host, 401 without a live token of a live session.
pub async fn operator<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Holder, Problem> {
    platform(exchange)?;
    let keyring = exchange.service.keyring()?;
    let claims = keyring
        .verify_operator(exchange.now, bearer(exchange)?)
        .map_err(|_| Problem::new(ProblemKind::Unauthenticated))?;
    let user = claims.user.ok_or(ProblemKind::Unauthenticated)?;
    let stands = sessions::is_operators(exchange.platform, claims.session, user, exchange.now).await?;
    if stands {
        Ok(Holder { user, session: claims.session })
    } else {
        Err(ProblemKind::Unauthenticated.into())
    }
}

/// Somebody who holds the code of an invitation into a tenant.
pub struct Invited {
    pub tenant: Tenant,
    pub scope: TenantScope,
    pub id: InvitationId,
    pub code: Credential,
}

/// The tenant that an invitation's code is for, at its own host or at the platform's. Whether the invitation can still be
/// accepted is not looked at.
///
/// # Errors
/// 404 for a code that is of no invitation, and where the host or a header names another tenant; what the tenant's status has
/// for a member.
pub async fn invited<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    code: &str,
) -> Result<Invited, Problem> {
    let code =
        Credential::parse(CredentialKind::Invitation, code.trim()).map_err(|_| Problem::not_found())?;
    let found = invitations::tenant_of_code(exchange.platform, &code).await?;
    let (tenant, id) = found.ok_or_else(Problem::not_found)?;
    let scope = TenantScope::grant(tenant);
    let tenant = agreed(exchange, &scope).await?;
    admit(&tenant, Audience::Member, Intent::Write)?;
    Ok(Invited { tenant, scope, id, code })
}

/// The person behind an access token of whatever tenant, for what asks only who somebody is; `None` without a token.
///
/// # Errors
/// 401 for a token without a live session behind it.
pub async fn person_with_token<P: Database>(exchange: &Exchange<'_, P>) -> Result<Option<UserId>, Problem> {
    if !exchange.request.headers().contains_key(header::AUTHORIZATION) {
        return Ok(None);
    }
    let (claims, user) = claimed(exchange)?;
    let scope = TenantScope::grant(claims.tenant);
    sessions::standing(exchange.platform, &scope, claims.session, user, exchange.now)
        .await?
        .ok_or(ProblemKind::Unauthenticated)?;
    Ok(Some(user))
}

/// One of the platform's own people, and any tenant by its id.
///
/// # Errors
/// As [`operator`]; 404 where there is no such tenant.
pub async fn operator_over<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    tenant: &str,
) -> Result<(Holder, Site), Problem> {
    let operator = operator(exchange).await?;
    let scope = TenantScope::grant(tenant.parse().map_err(|_| Problem::not_found())?);
    let tenant = directory::tenant(exchange.platform, &scope).await?.ok_or_else(Problem::not_found)?;
    Ok((operator, Site { tenant, scope }))
}

/// Whoever is signed in, as a member or as an operator.
///
/// # Errors
/// 401, 404 as [`signed_in`] and [`operator`]; 403 `person_needed` for a program.
pub async fn holder<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Holder, Problem> {
    let keyring = exchange.service.keyring()?;
    if keyring.verify_operator(exchange.now, bearer(exchange)?).is_ok() {
        return operator(exchange).await;
    }
    signed_in(exchange).await?.holder()
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
        let user_agent = user_agent(exchange);
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

/// What the access token of a request says, and of whom.
fn claimed<P>(exchange: &Exchange<'_, P>) -> Result<(AccessClaims, UserId), Problem> {
    let claims = exchange
        .service
        .keyring()?
        .verify_access(exchange.now, bearer(exchange)?)
        .map_err(|_| Problem::new(ProblemKind::Unauthenticated))?;
    let user = claims.user.ok_or(ProblemKind::Unauthenticated)?;
    Ok((claims, user))
}

/// The API key that the request comes with: `X-API-Key: lv…` or `Authorization: Bearer lv…`. One that is mistyped costs no look
/// at the database.
fn key_sent<P>(exchange: &Exchange<'_, P>) -> Result<Option<Credential>, Problem> {
    let headers = exchange.request.headers();
    let sent = if headers.contains_key(API_KEY) {
        if headers.contains_key(header::AUTHORIZATION) {
            return Err(Problem::new(ProblemKind::MalformedRequest)
                .detail("Send either `X-API-Key` or `Authorization`, not both."));
        }
        headers::single(headers, API_KEY).ok_or(ProblemKind::Unauthenticated)?.trim()
    } else {
        let token = bearer(exchange)?;
        if !KEY_KINDS.iter().any(|kind| token.starts_with(kind.prefix())) {
            return Ok(None);
        }
        token
    };
    let key = KEY_KINDS.into_iter().find_map(|kind| Credential::parse(kind, sent).ok());
    Ok(Some(key.ok_or(ProblemKind::Unauthenticated)?))
}

/// The program behind an API key, as the key stands now: one that is revoked is refused at once.
async fn keyed<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    key: &Credential,
) -> Result<Member, Problem> {
    let (key, holder) = api_keys::with_hash(exchange.platform, &key.hash())
        .await?
        .filter(|(key, _)| key.is_live(exchange.now))
        .ok_or(ProblemKind::Unauthenticated)?;
    let (scope, tenant, actor) = match holder {
        KeyHolder::Tenant(tenant) => {
            let scope = TenantScope::grant(tenant);
            let tenant = agreed(exchange, &scope).await?;
            (scope, tenant, Actor::Key(key.id))
        }
        KeyHolder::Partner(partner) => {
            let tenant = tenant_of_partner(exchange, partner).await?;
            (TenantScope::grant(tenant.id), tenant, Actor::PartnerKey(key.id))
        }
    };
    if key.use_is_news(exchange.now) {
        // Who asks is known either way: a database that does not take the note now has a later one to take.
        let _ = api_keys::used(exchange.platform, key.id, exchange.now).await;
    }
    Ok(Member { tenant, scope, actor, role: None, permissions: key.scopes, session: None })
}

/// The tenant that a partner means: the one at the host, or the one that a header names at the platform's own. It has to be the
/// partner's: any other is as unknown as one that never was.
async fn tenant_of_partner<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    partner: PartnerId,
) -> Result<Tenant, Problem> {
    let platform_host = &exchange.platform.settings().platform_host;
    let host = exchange.host()?;
    let named = if host == *platform_host {
        let headers = exchange.request.headers();
        let named = headers::single(headers, TENANT_ID).or_else(|| headers::single(headers, TENANT_KEY));
        named.map(str::to_owned).ok_or_else(|| {
            Problem::new(ProblemKind::MalformedRequest)
                .detail("Name the tenant with `X-Tenant-ID` or `X-Tenant-Key`, or ask at its own host.")
        })?
    } else {
        let there = directory::tenant_at(exchange.platform, &host, platform_host).await?;
        there.ok_or_else(Problem::not_found)?.id.to_string()
    };
    let tenant =
        partners::tenant(exchange.platform, partner, &named).await?.ok_or_else(Problem::not_found)?;
    narrow(exchange, &tenant)?;
    Ok(tenant)
}

/// The tenant of a scope, if the request's host and headers name it too.
async fn agreed<P: Database + Configured>(
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

fn intent<P>(exchange: &Exchange<'_, P>) -> Intent {
    if exchange.reads() { Intent::Read } else { Intent::Write }
}

/// Lets somebody in as far as the tenant's status goes.
///
/// # Errors
/// What `lifecycle` has for them.
pub(crate) fn admit(tenant: &Tenant, audience: Audience, intent: Intent) -> Result<(), Problem> {
    admit_by(tenant.status, audience, intent)
}

/// The same by a status that was read by itself.
///
/// # Errors
/// As [`admit`].
pub(crate) fn admit_by(status: TenantStatus, audience: Audience, intent: Intent) -> Result<(), Problem> {
    match status.standing(audience, intent) {
        Standing::Open => Ok(()),
        Standing::Suspended => Err(ProblemKind::TenantSuspended.into()),
        Standing::Maintenance => {
            let retry = HeaderValue::from(MAINTENANCE_RETRY_SECS);
            Err(Problem::new(ProblemKind::TenantMaintenance).header(header::RETRY_AFTER, retry))
        }
        Standing::Deactivated => Err(ProblemKind::TenantDeactivated.into()),
        Standing::Unknown => Err(Problem::not_found()),
    }
}

/// The visitor behind an embed session, on the tenant's own host.
///
/// # Errors
/// 401 without a live session of the tenant at this host; 403 where the request comes from a page of neither this host
/// nor the origin that the session was minted for.
pub async fn visitor<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Visitor, Problem> {
    let token = bearer(exchange)?;
    visitor_of_token(exchange, token).await
}

/// As [`visitor`], for a token that did not come in the `Authorization` header.
pub async fn visitor_of_token<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    token: &str,
) -> Result<Visitor, Problem> {
    let site = site(exchange).await?;
    // Before the token: a tenant that nobody may know of answers as an unknown host does.
    admit(&site.tenant, Audience::Visitor, intent(exchange))?;
    let claims = exchange
        .service
        .keyring()?
        .verify_session(exchange.now, token)
        .map_err(|_| Problem::new(ProblemKind::Unauthenticated))?;
    let visitor = claims.visitor.ok_or(ProblemKind::Unauthenticated)?;
    let until = claims.expires_at.ok_or(ProblemKind::Unauthenticated)?;
    if claims.tenant != site.tenant.id {
        return Err(ProblemKind::Unauthenticated.into());
    }
    if let Some(origin) = exchange.request.headers().get(header::ORIGIN) {
        let own = exchange.client.own_origin();
        if *origin != *claims.origin && *origin != *own {
            return Err(Problem::new(ProblemKind::OriginNotAllowed)
                .detail("The session was made for a page of another origin."));
        }
    }
    Ok(Visitor { scope: site.scope, visitor, until })
}

const API_KEY: &str = "x-api-key";
const KEY_KINDS: [CredentialKind; 2] = [CredentialKind::ApiKey, CredentialKind::PartnerKey];
const TENANT_KEY: &str = "x-tenant-key";
const TENANT_ID: &str = "x-tenant-id";

fn granted(tenant: Tenant) -> Site {
    Site { scope: of_public_site(&tenant), tenant }
}

/// The tenant at `host`; in development also the one that `?tenant=` names at the platform's own host.
async fn tenant_at<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    host: &Host,
) -> Result<Option<Tenant>, Problem> {
    let settings = exchange.platform.settings();
    let asked = if settings.environment == Environment::Development && *host == settings.platform_host {
        exchange.query("tenant").and_then(|key| key.parse::<TenantKey>().ok())
    } else {
        None
    };
    Ok(match asked {
        Some(key) => directory::tenant_with_key(exchange.platform, &key).await?,
        None => directory::tenant_at(exchange.platform, host, &settings.platform_host).await?,
    })
}

/// Invariant: a header never chooses a tenant, it can only fail to name the one that was found.
fn narrow<P>(exchange: &Exchange<'_, P>, tenant: &Tenant) -> Result<(), Problem> {
    let headers = exchange.request.headers();
    let key_agrees =
        headers.get_all(TENANT_KEY).iter().all(|key| key.as_bytes() == tenant.key.as_str().as_bytes());
    let id_agrees =
        headers.get_all(TENANT_ID).iter().all(|id| id.as_bytes() == tenant.id.to_string().as_bytes());
    if key_agrees && id_agrees { Ok(()) } else { Err(Problem::not_found()) }
}

pub(crate) fn bearer<'x, P>(exchange: &'x Exchange<'_, P>) -> Result<&'x str, Problem> {
    let value = headers::single(exchange.request.headers(), header::AUTHORIZATION.as_str());
    let (scheme, token) =
        value.and_then(|value| value.split_once(' ')).ok_or(ProblemKind::Unauthenticated)?;
    if scheme.eq_ignore_ascii_case("bearer") {
        Ok(token.trim())
    } else {
        Err(ProblemKind::Unauthenticated.into())
    }
}

/// The scope of what a tenant shows to anybody: its live release and the files of its releases.
pub(crate) fn of_public_site(tenant: &Tenant) -> TenantScope {
    TenantScope::grant(tenant.id)
}

/// The scope of a tenant that is being made by this very request.
pub(crate) fn of_new_tenant(tenant: &Tenant) -> TenantScope {
    TenantScope::grant(tenant.id)
}

/// The scope of a tenant in which a person was found to be a member.
pub(crate) fn of_membership(tenant: &Tenant) -> TenantScope {
    TenantScope::grant(tenant.id)
}

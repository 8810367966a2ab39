//! The member behind a cookie, a token or a key.

use crate::{
    host::{Site, admit, agree, agreed, intent, named, site},
    key::{key_sent, keyed},
    member::Member,
    token::claimed,
};
use livery_domain::{
    actor::Actor,
    identity::credential::{Credential, CredentialKind},
    tenancy::{lifecycle::Intent, tenant::TenantScope},
};
use livery_http::{Exchange, Problem, ProblemKind};
use livery_platform::{Configured, Database};
use livery_store::{Read, identity::sessions};

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

//! The member behind a cookie, a token or a key.

use crate::{
    host::{Site, admit, agree, intent, named, site},
    key::{key_sent, keyed},
    member::Member,
    token::claimed,
};
use livery_domain::{
    identity::credential::{Credential, CredentialKind},
    tenancy::{lifecycle::Intent, tenant::TenantScope},
};
use livery_http::{Exchange, Problem, ProblemKind};
use livery_platform::{Configured, Database};
use livery_store::{
    Read,
    identity::{
        accounts::{self, Account},
        sessions,
    },
};

/// The member behind a console's cookie with the person's account, at the host of the tenant that it is for. Role and session are as of now, for
/// reading too.
///
/// # Errors
/// 401 without a live session; 404 where no tenant lives at this host; what the tenant's status has for the member.
pub async fn console<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    cookie: &str,
) -> Result<(Member, Account), Problem> {
    let Site { tenant, scope } = site(exchange).await?;
    let cookie = Credential::parse(CredentialKind::Console, cookie)
        .map_err(|_| Problem::new(ProblemKind::Unauthenticated))?;
    let hash = cookie.hash();
    let session = sessions::of_cookie(&scope, &hash, exchange.now).and(accounts::of_cookie(&scope, &hash));
    let (found, account) = session.from(exchange.platform).await?;
    let (found, account) = found.zip(account).ok_or(ProblemKind::Unauthenticated)?;
    if found.is_to_be_marked(exchange.now) {
        let user_agent = exchange.user_agent();
        let address = exchange.client.address.as_deref();
        let seen = sessions::seen(found.id, exchange.now, address, user_agent.as_deref());
        exchange.platform.query(seen).await.map_err(livery_store::StoreError::from)?;
    }
    let member = Member::of_person(found.user, tenant, scope, found.id, found.role);
    admit(&member.tenant, member.audience(), intent(exchange))?;
    Ok((member, account))
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

/// The same, with something of the tenant read in the trip to SQL that tells whether the tenant is open to the member. A member
/// who is refused gets nothing of it.
///
/// # Errors
/// As [`member`].
pub async fn member_reading<P: Database + Configured, T: 'static>(
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
    let (tenant, found) = named(exchange, &scope)?.and(read(&scope)).from(exchange.platform).await?;
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
    let asked = !exchange.reads();
    let now = asked.then(|| sessions::standing(&scope, claims.session, user, exchange.now));
    let (found, role) = named(exchange, &scope)?.and(Read::optional(now)).from(exchange.platform).await?;
    let tenant = agree(exchange, &scope, found)?;
    let role = match role {
        None => claims.assigned_role(),
        Some(role) => role.ok_or(ProblemKind::Unauthenticated)?,
    };
    Ok(Member::of_person(user, tenant, scope, claims.session, role))
}

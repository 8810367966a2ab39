//! Programs: the keys of tenants, and those of partners, which are good for each of their tenants.

use crate::{
    host::{TENANT_ID, TENANT_KEY, agreed, bearer, narrow},
    member::Member,
};
use http::header;
use livery_domain::{
    actor::Actor,
    id::PartnerId,
    identity::credential::{Credential, CredentialKind},
    reason::Reason,
    tenancy::tenant::{Tenant, TenantScope},
};
use livery_http::{Exchange, Problem, ProblemKind, headers};
use livery_platform::{Configured, Database};
use livery_store::{
    identity::api_keys::{self, KeyHolder},
    partners,
    tenancy::directory,
};

const API_KEY: &str = "x-api-key";
const KEY_KINDS: [CredentialKind; 2] = [CredentialKind::ApiKey, CredentialKind::PartnerKey];

/// The API key that the request comes with: `X-API-Key: lv…` or `Authorization: Bearer lv…`. One that is mistyped costs no look
/// at the database.
pub(crate) fn key_sent<P>(exchange: &Exchange<'_, P>) -> Result<Option<Credential>, Problem> {
    let headers = exchange.request.headers();
    let sent = if headers.contains_key(API_KEY) {
        if headers.contains_key(header::AUTHORIZATION) {
            return Err(Problem::new(ProblemKind::MalformedRequest)
                .because(Reason::TwoCredentials)
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
pub(crate) async fn keyed<P: Database + Configured>(
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
                .because(Reason::TenantNotNamed)
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

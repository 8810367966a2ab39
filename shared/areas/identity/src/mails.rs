//! What is written to people about their accounts. A mail that is not taken undoes nothing.

use livery_domain::{
    id::TenantId,
    identity::email::Email,
    locale::Locale,
    mail::Mail,
    tenancy::tenant::{Tenant, TenantKey},
};
use livery_http::Exchange;
use livery_mail::Envelope;
use livery_platform::{Configured, Mailer};

/// What the platform calls itself.
const PLATFORM: &str = "Livery";

/// To whom, in which language.
pub struct Reader<'a> {
    pub email: &'a Email,
    /// As stored: a language tag.
    pub locale: Option<&'a str>,
}

impl Reader<'_> {
    /// An envelope in a tenant's name, or in the platform's.
    #[must_use]
    pub fn envelope<'e>(&'e self, tenant: Option<(TenantId, &'e str)>) -> Envelope<'e> {
        Envelope {
            to: self.email,
            locale: self.locale.and_then(Locale::parse).unwrap_or_default(),
            tenant: tenant.map(|(id, _)| id),
            brand: tenant.map_or(PLATFORM, |(_, name)| name),
        }
    }
}

/// Sends it, if it can be sent.
pub async fn send<P: Mailer>(exchange: &Exchange<'_, P>, mail: &Mail) {
    if let Err(fault) = exchange.platform.send(mail).await {
        exchange.note(fault);
    }
}

/// Scheme and host of a tenant as this request reached it; from the platform's own host, the tenant's below it.
pub fn origin_of<P: Configured>(exchange: &Exchange<'_, P>, tenant: &Tenant) -> String {
    if is_at_platform(exchange) { origin_below(exchange, &tenant.key) } else { exchange.client.own_origin() }
}

/// Scheme and host of a tenant below the platform, as seen from the platform's own host.
pub fn origin_below<P>(exchange: &Exchange<'_, P>, key: &TenantKey) -> String {
    let scheme = if exchange.client.secure { "https" } else { "http" };
    format!("{scheme}://{key}.{}", exchange.client.authority)
}

/// Scheme and host of a tenant below the platform, as seen from any host: the port is the one that this request came to.
pub fn origin_beside<P>(exchange: &Exchange<'_, P>, platform_host: &str, key: &TenantKey) -> String {
    let scheme = if exchange.client.secure { "https" } else { "http" };
    let port =
        exchange.client.authority.rsplit_once(':').map(|(_, port)| format!(":{port}")).unwrap_or_default();
    format!("{scheme}://{key}.{platform_host}{port}")
}

/// Whether the request came to the platform's own host.
pub fn is_at_platform<P: Configured>(exchange: &Exchange<'_, P>) -> bool {
    exchange.host().is_ok_and(|host| host == exchange.platform.settings().platform_host)
}

//! All tenants: searched, and each with what it has.

use livery_access::Site;
use livery_domain::{
    clock::UnixMillis,
    id::{PartnerId, TenantId},
    reason::Reason,
    tenancy::{
        flag::Flag,
        lifecycle::TenantStatus,
        tenant::{MAX_TENANT_KEY_CHARS, TenantKey},
    },
};
use livery_http::{
    Exchange, Problem, ProblemKind,
    page::{Page, PageRequest},
};
use livery_people::members::SeatsView;
use livery_platform::Database;
use livery_store::{
    people::members,
    tenancy::registry::{self, Filter, Listed, Registered, Subscription},
};
use livery_tenancy::{
    flags::{self, FlagView},
    tenant::account::SubscriptionView,
};
use serde::Serialize;

/// Which tenants are asked for: `?key={beginning}&status={status}`.
#[derive(Debug, Clone, Default)]
pub struct TenantFilter(Filter);

impl TenantFilter {
    /// # Errors
    /// 400 for what no key begins with, and for what is no status.
    pub fn of<P>(exchange: &Exchange<'_, P>) -> Result<Self, Problem> {
        let malformed =
            |reason, detail| Problem::new(ProblemKind::MalformedRequest).because(reason).detail(detail);
        let key_prefix = exchange.query("key").unwrap_or_default();
        let is_of_a_key = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if key_prefix.len() > MAX_TENANT_KEY_CHARS || !key_prefix.bytes().all(is_of_a_key) {
            return Err(malformed(
                Reason::InvalidValue,
                "`key` is the beginning of a key: lower-case letters, digits, hyphens.",
            ));
        }
        let status = exchange.query("status").map(|status| status.parse()).transpose();
        let status = status.map_err(|_| {
            malformed(
                Reason::NotOneOf,
                "`status` is provisioning, active, suspended, maintenance or deactivated.",
            )
        })?;
        Ok(Self(Filter { key_prefix, status }))
    }
}

/// A tenant in the list of all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TenantEntry {
    /// `ten_…`
    pub id: TenantId,
    /// The label of its subdomain.
    pub key: TenantKey,
    pub name: String,
    pub status: TenantStatus,
    /// Key of its plan.
    pub plan: String,
    /// `par_…`; null where it is nobody's.
    pub partner_id: Option<PartnerId>,
    /// RFC 3339, UTC.
    pub created_at: String,
}

impl From<Listed> for TenantEntry {
    fn from(listed: Listed) -> Self {
        Self {
            id: listed.id,
            key: listed.key,
            name: listed.name,
            status: listed.status,
            plan: listed.plan,
            partner_id: listed.partner,
            created_at: listed.created_at.rfc3339(),
        }
    }
}

/// A tenant by itself.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TenantDetails {
    #[serde(flatten)]
    pub entry: TenantEntry,
    /// What whoever changed the status gave as the reason.
    pub status_reason: Option<String>,
    /// Null where it never had one.
    pub subscription: Option<SubscriptionView>,
    pub seats: SeatsView,
    /// Every flag, as it counts now.
    pub flags: Vec<FlagView>,
}

fn subscription_of(subscription: Subscription) -> SubscriptionView {
    let trial_ends_at = subscription.trial_ends_at.map(UnixMillis::rfc3339);
    SubscriptionView { status: subscription.status, trial_ends_at }
}

/// Tenants by key.
///
/// # Errors
/// 400 for a cursor that is not ours.
pub async fn list<P: Database>(
    exchange: &Exchange<'_, P>,
    filter: &TenantFilter,
    asked: &PageRequest,
) -> Result<Page<TenantEntry>, Problem> {
    let after = asked.after(|cursor| cursor.parse::<TenantKey>().ok())?.map(String::from);
    let after = after.unwrap_or_default();
    let found = registry::page(exchange.platform, &filter.0, &after, asked.wanted()).await?;
    let page = Page::of(asked, found, |last| last.key.to_string());
    Ok(page.map(TenantEntry::from))
}

/// # Errors
/// 404 where the tenant is gone.
pub async fn show<P: Database>(exchange: &Exchange<'_, P>, tenant: &Site) -> Result<TenantDetails, Problem> {
    let Registered { listed, status_reason, subscription } = read(exchange, tenant).await?;
    let seats = members::seats(exchange.platform, &tenant.scope, exchange.now).await?;
    let flags = flags::evaluate(exchange, &tenant.scope).await?;
    Ok(TenantDetails {
        entry: listed.into(),
        status_reason,
        subscription: subscription.map(subscription_of),
        seats: SeatsView { members: seats.members, invited: seats.invited, limit: seats.limit },
        flags: Flag::ALL.iter().map(|flag| FlagView::new(&flags, *flag)).collect(),
    })
}

/// # Errors
/// 404 where the tenant is gone.
pub(super) async fn read<P: Database>(
    exchange: &Exchange<'_, P>,
    tenant: &Site,
) -> Result<Registered, Problem> {
    registry::one(exchange.platform, &tenant.scope).await?.ok_or_else(Problem::not_found)
}

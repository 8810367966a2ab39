//! Which features a tenant has: `/v1/flags`, and the gate in front of each feature.

use http::StatusCode;
use livery_access::{self as access, Member};
use livery_domain::{
    people::permission::Permission,
    tenancy::{
        flag::{Flag, FlagSource, FlagType, Flags},
        tenant::TenantScope,
    },
};
use livery_http::{Exchange, Problem, ProblemKind, Response, headers, route::Parts};
use livery_platform::{Configured, Database};
use livery_store::tenancy::flags;
use serde::Serialize;
use serde_json::Value as Json;

/// One feature of a tenant.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FlagView {
    /// Name of the flag.
    pub key: &'static str,
    /// `boolean`, `number` or `string`.
    pub r#type: &'static str,
    /// What counts now.
    pub value: Json,
    /// Where the value came from: the default, the plan, or what was agreed with this tenant.
    pub source: FlagSource,
    /// The words that a string may be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed: Option<&'static [&'static str]>,
}

/// Every feature of a tenant.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FlagList {
    /// In the order of the table of flags.
    pub data: Vec<FlagView>,
}

impl FlagView {
    #[must_use]
    pub fn new(flags: &Flags, flag: Flag) -> Self {
        let found = flags.shown(flag);
        let flag_type = flag.flag_type();
        let allowed = if let FlagType::Text { allowed } = flag_type { Some(allowed) } else { None };
        Self {
            key: flag.as_str(),
            r#type: flag_type.as_str(),
            value: found.value,
            source: found.source,
            allowed,
        }
    }
}

/// All flags of a tenant, as they count now. One query.
///
/// # Errors
/// 503 where the database does not answer.
pub async fn evaluate<P: Database>(
    exchange: &Exchange<'_, P>,
    scope: &TenantScope,
) -> Result<Flags, Problem> {
    Ok(flags::of_tenant(exchange.platform, scope).await?)
}

/// Lets go on only who has the feature: a boolean that is on, a number above 0.
///
/// # Errors
/// 403 `feature_not_in_plan` that names the flag.
pub fn included(flags: &Flags, flag: Flag) -> Result<(), Problem> {
    if flags.include(flag) { Ok(()) } else { Err(not_in_plan(flag)) }
}

/// 403 `feature_not_in_plan` that names the flag.
#[must_use]
pub fn not_in_plan(flag: Flag) -> Problem {
    Problem::new(ProblemKind::FeatureNotInPlan).detail(format!(
        "It takes `{}`, which the plan does not have. GET /v1/flags shows what it has.",
        flag.as_str()
    ))
}

/// Every feature of the member's tenant.
///
/// # Errors
/// 403 without `flags.read`.
pub async fn list<P: Database>(exchange: &Exchange<'_, P>, member: &Member) -> Result<FlagList, Problem> {
    shown(member, &evaluate(exchange, &member.scope).await?)
}

fn shown(member: &Member, flags: &Flags) -> Result<FlagList, Problem> {
    member.require(Permission::FlagsRead)?;
    Ok(FlagList { data: Flag::ALL.iter().map(|flag| FlagView::new(flags, *flag)).collect() })
}

livery_http::routes! {
    /// What the plan includes, as flags.
    Route in Admin tagged "Tenant";

    /// Every feature flag as it counts now
    ListFlags = Get "/v1/flags", Tenant, Member(Some(Permission::FlagsRead));
}

/// # Errors
/// Every problem of the routes above.
pub async fn answer<P: Database + Configured>(
    route: Route,
    exchange: &Exchange<'_, P>,
    _: &Parts<'_>,
) -> Result<Response, Problem> {
    match route {
        Route::ListFlags => show(exchange).await,
    }
}

/// `GET /v1/flags`
async fn show<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Response, Problem> {
    let (member, flags) = access::member_reading(exchange, flags::as_they_count).await?;
    Ok(headers::json(StatusCode::OK, &shown(&member, &flags)?))
}

//! `POST /tenants/register`: a registration under its older name.

use http::StatusCode;
use livery_access as access;
use livery_domain::{
    id::{TenantId, UserId},
    tenancy::lifecycle::TenantStatus,
};
use livery_http::{Exchange, Problem, Response, body, headers, route::Parts};
use livery_identity::register::{self, Registered, Registration};
use livery_platform::{Configured, Database, Entropy, Mailer};
use serde::{Deserialize, Serialize};

livery_http::routes! {
    /// Registration under its older name.
    Route in Auth tagged "Account";

    /// As `POST /v1/auth/register`
    ///
    /// `company_name` may be called `tenant_name`; of `plan`, `STARTER`, `STANDARD`, `PROFESSIONAL` and `ENTERPRISE`
    /// are understood too.
    AliasRegister = Post "/tenants/register", Platform, Anybody;
}

/// # Errors
/// Every problem of the routes above.
pub async fn answer<P: Database + Configured + Entropy + Mailer>(
    route: Route,
    exchange: &Exchange<'_, P>,
    _: &Parts<'_>,
) -> Result<Response, Problem> {
    match route {
        Route::AliasRegister => post(exchange).await,
    }
}

/// What somebody registers with, as the older system's form has it.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AliasRegistration {
    /// What the tenant is called. `tenant_name` means the same.
    #[cfg_attr(feature = "schema", schemars(with = "livery_domain::name::Name"))]
    #[serde(alias = "tenant_name")]
    pub company_name: String,
    /// The label below the platform: 2 to 40 lower-case letters, digits and single hyphens.
    pub subdomain: String,
    /// The owner's address. One that is somebody's already needs that person's password.
    pub admin_email: String,
    pub admin_password: String,
    /// The owner's name. Not read where the person exists.
    #[cfg_attr(feature = "schema", schemars(with = "livery_domain::name::Name"))]
    pub admin_name: String,
    /// `STARTER`, `STANDARD`, `PROFESSIONAL`, `ENTERPRISE`, or a key of `GET /v1/plans`; without it `free`.
    #[serde(default)]
    pub plan: Option<String>,
}

impl From<AliasRegistration> for Registration {
    fn from(older: AliasRegistration) -> Self {
        Self {
            tenant_key: older.subdomain,
            tenant_name: older.company_name,
            email: older.admin_email,
            password: older.admin_password,
            name: older.admin_name,
            plan: older.plan.map(plan_key),
            locale: None,
        }
    }
}

/// A tenant that was made.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AliasRegistered {
    /// `ten_…`
    pub tenant_id: TenantId,
    pub subdomain: String,
    pub status: TenantStatus,
    /// A key of `GET /v1/plans`.
    pub plan: String,
    /// When the trial ends: RFC 3339; `null` where there is none.
    pub trial_ends_at: Option<String>,
    /// `usr_…`: the owner.
    pub admin_user_id: UserId,
}

impl From<Registered> for AliasRegistered {
    fn from(made: Registered) -> Self {
        Self {
            tenant_id: made.tenant_id,
            subdomain: made.tenant.key,
            status: made.status,
            plan: made.plan,
            trial_ends_at: made.trial_ends_at,
            admin_user_id: made.owner,
        }
    }
}

/// `POST /tenants/register`, at the platform's own host.
///
/// # Errors
/// As [`register::register`], by the names of these fields.
pub async fn post<P: Database + Configured + Entropy + Mailer>(
    exchange: &Exchange<'_, P>,
) -> Result<Response, Problem> {
    access::platform(exchange)?;
    let input: AliasRegistration = body::json(exchange)?;
    let made = register::register(exchange, &input.into()).await.map_err(in_older_words)?;
    Ok(headers::json(StatusCode::CREATED, &AliasRegistered::from(made)))
}

/// The key of a plan that the older system knew by another name; any other is looked up as it stands.
fn plan_key(name: String) -> String {
    let key = match name.as_str() {
        "STARTER" => "starter",
        "STANDARD" => "standard",
        "PROFESSIONAL" => "professional",
        "ENTERPRISE" => "enterprise_jp",
        _ => return name,
    };
    key.to_owned()
}

fn in_older_words(problem: Problem) -> Problem {
    let faults = problem.shown_faults().iter().map(|fault| {
        let pointer = match fault.pointer.as_str() {
            "/tenant_key" => "/subdomain",
            "/tenant_name" => "/company_name",
            "/email" => "/admin_email",
            "/password" => "/admin_password",
            "/name" => "/admin_name",
            same => same,
        };
        fault.moved_to(pointer)
    });
    let faults = faults.collect();
    problem.faults(faults)
}

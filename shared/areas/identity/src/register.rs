//! `POST /v1/auth/register`: a tenant and its owner, in one step.

use super::{
    attempts::{self, Known, SignInAttempt},
    mails,
    tokens::TenantView,
};
use http::StatusCode;
use livery_access as access;
use livery_domain::{
    actor::Actor,
    brand::{
        config::config_of,
        release::{Artifact, ArtifactKind, Manifest, Release},
        theme::Theme,
    },
    clock::UnixMillis,
    embed::origin::EmbedPolicy,
    hash::content_hash,
    id::{TenantId, UserId},
    identity::{attempt::REGISTER_PER_NETWORK, email::Email, password},
    locale::Locale,
    name,
    operations::action::Action,
    reason::Reason,
    tenancy::{
        lifecycle::TenantStatus,
        registration::usable_key,
        tenant::{Tenant, TenantKey},
    },
};
use livery_http::{Exchange, Problem, ProblemKind, Response, body, headers, problem::FieldFault};
use livery_mail::Welcome;
use livery_platform::{Configured, Database, Entropy, Mailer, Statement, fresh_bytes};
use livery_store::{
    brand::releases::NewRelease,
    identity::people::{self, PasswordOf},
    limits::plans::OfferedPlan,
    operations::audit::Change,
    tenancy::registration::{self, NewPerson, NewTenant},
};
use livery_token::hash_password;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The stylesheet of the default brand, as `livery_theme` compiles it: this function does not carry the compiler. A test
/// holds the two equal and says how to renew it.
pub const DEFAULT_STYLESHEET: &str = include_str!("default_stylesheet.css");

/// How often a registration is tried again because an address became somebody's meanwhile: it can only once.
const TRIES: usize = 2;

const DEFAULT_PLAN: &str = "free";

/// What somebody registers with.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Registration {
    /// The label below the platform: 2 to 40 lower-case letters, digits and single hyphens.
    pub tenant_key: String,
    /// What the tenant is called.
    #[cfg_attr(feature = "schema", schemars(with = "livery_domain::name::Name"))]
    pub tenant_name: String,
    /// The owner's address. One that is somebody's already needs that person's password.
    pub email: String,
    pub password: String,
    /// The owner's name. Not read where the person exists.
    #[cfg_attr(feature = "schema", schemars(with = "livery_domain::name::Name"))]
    pub name: String,
    /// A key of `GET /v1/plans`; without it `free`.
    #[serde(default)]
    pub plan: Option<String>,
    /// `en` or `ja`: the language of mails and pages.
    #[serde(default)]
    pub locale: Option<String>,
}

/// A tenant that was made.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Registered {
    pub tenant: TenantView,
    /// Where its team signs in: `https://acme.livery.example`.
    pub url: String,
    /// `usr_…`: the owner.
    pub user_id: String,
    pub plan: String,
    /// When the trial ends: RFC 3339; `null` where there is none.
    pub trial_ends_at: Option<String>,
    #[serde(skip)]
    pub owner: UserId,
    #[serde(skip)]
    pub tenant_id: TenantId,
    #[serde(skip)]
    pub status: TenantStatus,
}

/// A registration whose every field is sound.
struct Sound {
    key: TenantKey,
    tenant_name: String,
    email: Email,
    name: String,
    locale: Option<Locale>,
    plan: OfferedPlan,
}

/// `POST /v1/auth/register`, at the platform's own host.
pub async fn post<P: Database + Configured + Entropy + Mailer>(
    exchange: &Exchange<'_, P>,
) -> Result<Response, Problem> {
    access::platform(exchange)?;
    let input: Registration = body::json(exchange)?;
    Ok(headers::json(StatusCode::CREATED, &register(exchange, &input).await?))
}

/// Makes a tenant, its owner, subscription, brand and first release: all or nothing. Its page works from then on.
///
/// # Errors
/// 422 with every field at fault; 409 with the pointer `/tenant_key` where somebody has the name; 401 `invalid_credentials`
/// where the address is somebody's whose password is another one; 429 `too_many_attempts`.
pub async fn register<P: Database + Configured + Entropy + Mailer>(
    exchange: &Exchange<'_, P>,
    input: &Registration,
) -> Result<Registered, Problem> {
    let sound = sound(exchange, input).await?;
    let bucket = attempts::of_network(exchange, REGISTER_PER_NETWORK);
    attempts::reserve(exchange, bucket.as_slice()).await?;
    let tenant = Tenant {
        id: TenantId::new(exchange.now, fresh_bytes(exchange.platform)),
        key: sound.key.clone(),
        name: sound.tenant_name.clone(),
        status: TenantStatus::Active,
    };
    let trial = sound.plan.trial_days;
    let trial_ends_at = (trial > 0).then(|| exchange.now.plus_secs(trial.saturating_mul(86_400)));
    for _ in 0..TRIES {
        // PageRequest before any password is: it is the fault that people make.
        if is_taken(exchange, &sound.key).await? {
            return Err(taken());
        }
        let known = people::password_at(exchange.platform, &sound.email).await?;
        let owner = owner(exchange, input, &sound, known).await?;
        if made(exchange, &sound, &tenant, &owner, trial_ends_at).await? {
            let registered = Registered {
                tenant: (&tenant).into(),
                url: mails::origin_below(exchange, &tenant.key),
                user_id: owner.user.to_string(),
                plan: sound.plan.key.clone(),
                trial_ends_at: trial_ends_at.map(UnixMillis::rfc3339),
                owner: owner.user,
                tenant_id: tenant.id,
                status: tenant.status,
            };
            welcome(exchange, &sound, &tenant, &registered, trial_ends_at).await;
            return Ok(registered);
        }
    }
    Err(ProblemKind::Conflict.into())
}

/// Every field read and checked, with all faults at once.
async fn sound<P: Database>(exchange: &Exchange<'_, P>, input: &Registration) -> Result<Sound, Problem> {
    let mut faults = vec![];
    let mut fault =
        |pointer: &str, reason: Reason, detail: String| faults.push(FieldFault::new(pointer, reason, detail));
    let key =
        usable_key(&input.tenant_key).map_err(|why| fault("/tenant_key", why.reason(), why.to_string())).ok();
    let tenant_name = name::parse(&input.tenant_name)
        .map_err(|why| fault("/tenant_name", why.reason(), why.to_string()))
        .ok();
    let person = name::parse(&input.name).map_err(|why| fault("/name", why.reason(), why.to_string())).ok();
    let email = Email::parse(&input.email).map_err(|why| fault("/email", why.reason(), why.to_string())).ok();
    let locale = input.locale.as_deref().map(|tag| {
        Locale::parse(tag).or_else(|| {
            fault("/locale", Reason::NotOneOf, "Write `en` or `ja`.".to_owned());
            None
        })
    });
    let wanted = input.plan.as_deref().unwrap_or(DEFAULT_PLAN);
    let plan = livery_store::limits::plans::offered(exchange.platform)
        .await?
        .into_iter()
        .find(|plan| plan.key == wanted);
    if plan.is_none() {
        fault("/plan", Reason::DoesNotExist, "There is no such plan: see GET /v1/plans.".to_owned());
    }
    if input.password.len() > livery_domain::identity::password::MAX_PASSWORD_OCTETS {
        fault("/password", Reason::TooLong, password::WeakPassword::TooLong.to_string());
    }
    match (key, tenant_name, person, email, plan) {
        (Some(key), Some(tenant_name), Some(name), Some(email), Some(plan)) if faults.is_empty() => {
            let (tenant_name, name) = (tenant_name.to_owned(), name.to_owned());
            Ok(Sound { key, tenant_name, email, name, locale: locale.flatten(), plan })
        }
        _ => Err(Problem::new(ProblemKind::InvalidContent).faults(faults)),
    }
}

async fn is_taken<P: Database>(exchange: &Exchange<'_, P>, key: &TenantKey) -> Result<bool, Problem> {
    Ok(!registration::taken(exchange.platform, &[key]).await?.is_empty())
}

fn taken() -> Problem {
    let fault = FieldFault::new("/tenant_key", Reason::NameTaken, "This name is taken. Choose another.");
    Problem::new(ProblemKind::Conflict).faults(vec![fault])
}

/// Who will own the tenant.
struct Owner {
    user: UserId,
    /// Of somebody new.
    password_hash: Option<String>,
    /// What the proof of somebody known settles.
    settled: Vec<Statement>,
}

async fn owner<P: Database + Entropy>(
    exchange: &Exchange<'_, P>,
    input: &Registration,
    sound: &Sound,
    known: Option<PasswordOf>,
) -> Result<Owner, Problem> {
    if let Some(known) = known.map(Known::from) {
        let (email, password) = (&sound.email, input.password.as_str());
        let claim = SignInAttempt { email, password, known: Some(&known), own_device: false, tenant: None };
        let proven = attempts::prove(exchange, &claim).await?;
        return Ok(Owner { user: proven.user, password_hash: None, settled: proven.settled() });
    }
    let names = [sound.tenant_name.as_str(), sound.key.as_str(), sound.name.as_str()];
    password::check(&input.password, &sound.email, &names)
        .map_err(|weak| Problem::field("/password", weak.reason(), weak.to_string()))?;
    let hash = hash_password(&input.password, fresh_bytes(exchange.platform))
        .map_err(|fault| Problem::new(ProblemKind::Internal).cause(fault))?;
    let user = UserId::new(exchange.now, fresh_bytes(exchange.platform));
    Ok(Owner { user, password_hash: Some(hash), settled: vec![] })
}

/// Writes everything in one batch; `false` where the key or the address became somebody's meanwhile.
async fn made<P: Database>(
    exchange: &Exchange<'_, P>,
    sound: &Sound,
    tenant: &Tenant,
    owner: &Owner,
    trial_ends_at: Option<UnixMillis>,
) -> Result<bool, Problem> {
    let theme = Theme::default();
    let config = config_of(&tenant.name, &theme).to_string();
    let file =
        |kind, body: &str| Artifact { kind, hash: content_hash(body.as_bytes()), body: body.to_owned() };
    let artifacts = [file(ArtifactKind::Stylesheet, DEFAULT_STYLESHEET), file(ArtifactKind::Config, &config)];
    let [stylesheet, config] = &artifacts;
    let manifest = Manifest {
        stylesheet: stylesheet.hash.clone(),
        config: config.hash.clone(),
        embed_policy: EmbedPolicy::default(),
    };
    let release = Release { rev: 1, manifest, published_by: Some(owner.user), published_at: exchange.now };
    let new = NewTenant {
        key: &tenant.key,
        name: &tenant.name,
        plan: &sound.plan.key,
        trial_ends_at,
        owner: owner.user,
        new_person: owner.password_hash.as_deref().map(|password_hash| NewPerson {
            email: &sound.email,
            name: &sound.name,
            password_hash,
            locale: sound.locale.map(Locale::as_str),
        }),
        release: NewRelease { release: &release, theme: &theme.to_value(), artifacts: &artifacts },
        now: exchange.now,
    };
    let change = Change {
        actor: Actor::Person(owner.user),
        action: Action::TenantRegistered,
        target: tenant.id.to_string(),
        request_id: exchange.request_id,
        address: exchange.client.address.clone(),
        at: exchange.now,
        before: None,
        after: Some(json!({
            "key": tenant.key,
            "name": tenant.name,
            "plan": sound.plan.key,
            "owner": owner.user,
            "trial_ends_at": trial_ends_at.map(UnixMillis::rfc3339),
        })),
    };
    let scope = access::of_new_tenant(tenant);
    Ok(registration::register(exchange.platform, &scope, &new, &change, owner.settled.clone()).await?)
}

async fn welcome<P: Mailer>(
    exchange: &Exchange<'_, P>,
    sound: &Sound,
    tenant: &Tenant,
    registered: &Registered,
    trial_ends: Option<UnixMillis>,
) {
    let reader = mails::Reader { email: &sound.email, locale: sound.locale.map(Locale::as_str) };
    let admin_url = format!("{}/admin", registered.url);
    let facts = Welcome { admin_url: &admin_url, trial_ends };
    let mail = reader.envelope(Some((tenant.id, &tenant.name))).welcome(&facts);
    mails::send(exchange, &mail).await;
}

//! Partners, their keys, and which tenants are theirs.

use super::tenants::{self, TenantDetails};
use livery_access::{
    Site,
    change::{self, Decision, Planned},
};
use livery_domain::{
    actor::Actor,
    id::{ApiKeyId, PartnerId},
    identity::credential::CredentialKind,
    name,
    operations::action::Action,
    people::permission::{Permission, PermissionSet},
    reason::Reason,
};
use livery_http::{
    Exchange, Problem, ProblemKind,
    page::{Page, PageRequest},
    problem::FieldFault,
};
use livery_identity::api_keys::{
    self, KeyView, MadeKey, NewKey, Rotation,
    plan::{self, Fresh},
};
use livery_platform::{Database, Entropy, fresh_bytes};
use livery_store::{
    identity::api_keys::{Owner, count_live},
    operations::audit::Log,
    partners::{self, Partner},
    tenancy::registry,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Keys of one partner that live at once: a handful of systems in a few environments each.
pub const MAX_PARTNER_KEYS: i64 = 20;

/// A partner to be made.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NewPartner {
    /// What the partner is called in lists and in the log.
    #[cfg_attr(feature = "schema", schemars(with = "livery_domain::name::Name"))]
    pub name: String,
}

/// Whose a tenant is to be.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PartnerChoice {
    /// `par_…`, or null: nobody's.
    #[serde(deserialize_with = "present")]
    pub partner_id: Option<PartnerId>,
}

/// Null is said, not left out.
fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<PartnerId>, D::Error> {
    Option::deserialize(deserializer)
}

/// Who runs tenants of others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PartnerView {
    /// `par_…`
    pub id: PartnerId,
    pub name: String,
    /// RFC 3339, UTC.
    pub created_at: String,
}

impl From<Partner> for PartnerView {
    fn from(partner: Partner) -> Self {
        Self { id: partner.id, name: partner.name, created_at: partner.created_at.rfc3339() }
    }
}

/// Partners, newest first.
///
/// # Errors
/// 400 for a cursor that is not ours.
pub async fn list<P: Database>(
    exchange: &Exchange<'_, P>,
    asked: &PageRequest,
) -> Result<Page<PartnerView>, Problem> {
    let before = asked.after(|cursor| cursor.parse().ok())?;
    let found = partners::page(exchange.platform, before, asked.wanted()).await?;
    let page = Page::of(asked, found, |last| last.id.to_string());
    Ok(page.map(PartnerView::from))
}

/// # Errors
/// 422 for a name that is none.
pub async fn create<P: Database + Entropy>(
    exchange: &Exchange<'_, P>,
    actor: Actor,
    new: &NewPartner,
) -> Result<PartnerView, Problem> {
    let name = name::parse(&new.name)
        .map_err(|invalid| Problem::field("/name", invalid.reason(), invalid.to_string()))?;
    let id = PartnerId::new(exchange.now, fresh_bytes(exchange.platform));
    let partner = Partner { id, name: name.to_owned(), created_at: exchange.now };
    change::write(exchange, Log::Platform, actor, async || {
        Ok(Decision::Change(Planned {
            action: Action::PartnerCreated,
            target: partner.id.to_string(),
            before: None,
            after: Some(json!({ "name": partner.name })),
            statements: vec![partners::added(&partner)],
            output: partner.clone().into(),
        }))
    })
    .await
}

/// Makes a tenant a partner's, or nobody's. Keys of the partner that it was count for it no more.
///
/// # Errors
/// 422 for a partner that is not there.
pub async fn assign<P: Database>(
    exchange: &Exchange<'_, P>,
    actor: Actor,
    tenant: &Site,
    choice: &PartnerChoice,
) -> Result<TenantDetails, Problem> {
    change::write(exchange, &tenant.scope, actor, async || {
        if let Some(partner) = choice.partner_id
            && partners::one(exchange.platform, partner).await?.is_none()
        {
            let fault = FieldFault::new("/partner_id", Reason::DoesNotExist, "There is no such partner.");
            return Err(Problem::new(ProblemKind::InvalidContent).faults(vec![fault]));
        }
        let old = tenants::read(exchange, tenant).await?.listed.partner;
        if old == choice.partner_id {
            return Ok(Decision::Nothing(()));
        }
        Ok(Decision::Change(Planned {
            action: Action::TenantPartnerChanged,
            target: tenant.tenant.id.to_string(),
            before: Some(json!({ "partner_id": old })),
            after: Some(json!({ "partner_id": choice.partner_id })),
            statements: vec![registry::partner_set(&tenant.scope, choice.partner_id)],
            output: (),
        }))
    })
    .await?;
    tenants::show(exchange, tenant).await
}

/// # Errors
/// 404 for a partner that is not there.
async fn owner<'a, P: Database>(
    exchange: &Exchange<'_, P>,
    partner: PartnerId,
) -> Result<Owner<'a>, Problem> {
    let found = partners::one(exchange.platform, partner).await?;
    found.map(|found| Owner::Partner(found.id)).ok_or_else(Problem::not_found)
}

/// A partner's keys, newest first; those that ended stay in the list.
///
/// # Errors
/// 404 for a partner that is not there; 400 for a cursor that is not ours.
pub async fn keys<P: Database>(
    exchange: &Exchange<'_, P>,
    partner: PartnerId,
    asked: &PageRequest,
) -> Result<Page<KeyView>, Problem> {
    api_keys::page(exchange, owner(exchange, partner).await?, asked).await
}

/// Makes a key that is good for each of the partner's tenants.
///
/// # Errors
/// 404 for a partner that is not there; 409 where it has 20 that live; 422.
pub async fn create_key<P: Database + Entropy>(
    exchange: &Exchange<'_, P>,
    actor: Actor,
    partner: PartnerId,
    new: &NewKey,
) -> Result<MadeKey, Problem> {
    let owner = owner(exchange, partner).await?;
    let accepted = new.accept(exchange.now)?;
    let fresh = Fresh::new(exchange, CredentialKind::PartnerKey);
    change::write(exchange, Log::Platform, actor, async || {
        if count_live(exchange.platform, owner, exchange.now).await? >= MAX_PARTNER_KEYS {
            return Err(Problem::new(ProblemKind::Conflict)
                .because(Reason::KeyLimitReached)
                .detail(format!("The partner has {MAX_PARTNER_KEYS} keys: revoke one first.")));
        }
        Ok(Decision::Change(plan::creation(exchange, owner, actor, &fresh, &accepted)?))
    })
    .await
}

/// As the rotation of a tenant's key.
///
/// # Errors
/// 404; 409 where the key has ended or has a successor; 422.
pub async fn rotate_key<P: Database + Entropy>(
    exchange: &Exchange<'_, P>,
    actor: Actor,
    partner: PartnerId,
    key: ApiKeyId,
    rotation: &Rotation,
) -> Result<MadeKey, Problem> {
    let overlap_hours = rotation.accept()?;
    let owner = owner(exchange, partner).await?;
    let fresh = Fresh::new(exchange, CredentialKind::PartnerKey);
    let everything: PermissionSet = Permission::ALL.iter().copied().collect();
    change::write(exchange, Log::Platform, actor, async || {
        let who = (actor, everything);
        Ok(Decision::Change(plan::rotation(exchange, owner, who, key, &fresh, overlap_hours).await?))
    })
    .await
}

/// Ends a key now. One that has ended already stays as it is.
///
/// # Errors
/// 404.
pub async fn revoke_key<P: Database>(
    exchange: &Exchange<'_, P>,
    actor: Actor,
    partner: PartnerId,
    key: ApiKeyId,
) -> Result<(), Problem> {
    let owner = owner(exchange, partner).await?;
    change::write(exchange, Log::Platform, actor, async || plan::revocation(exchange, owner, key).await).await
}

//! What is sent and shown of a key.

use livery_domain::{
    clock::UnixMillis,
    id::ApiKeyId,
    identity::api_key::{ApiKey, KeyStatus, MAX_KEY_DAYS, MAX_OVERLAP_HOURS, expires_in_days},
    name,
    people::permission::{Permission, PermissionSet},
    reason::Reason,
};
use livery_http::{Problem, ProblemKind, problem::FieldFault};
use serde::{Deserialize, Serialize};

/// A key to be made.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NewKey {
    /// What it is for.
    #[cfg_attr(feature = "schema", schemars(with = "livery_domain::name::Name"))]
    pub name: String,
    /// Names of permissions, at least one; at most what its maker may do.
    #[cfg_attr(feature = "schema", schemars(with = "PermissionSet", length(min = 1)))]
    pub scopes: Vec<String>,
    /// 1 to 730; left out or null, it does not expire.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 730)))]
    pub expires_in_days: Option<i64>,
}

/// How a key is rotated.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rotation {
    /// How long the old key stays good, 0 to 168; 0 where it is left out.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(range(min = 0, max = 168)))]
    pub overlap_hours: i64,
}

/// A key as it is shown: never its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KeyView {
    /// `key_…`
    pub id: ApiKeyId,
    pub name: String,
    /// The first eight characters of the key.
    pub hint: String,
    /// Names of permissions.
    pub scopes: PermissionSet,
    /// `active`, `replaced` (it has a successor and is still good), `expired` or `revoked`.
    pub status: KeyStatus,
    /// Who made it: `usr_…`, `key_…`, `partner:key_…` or `operator:usr_…`.
    pub created_by: Option<String>,
    /// RFC 3339, UTC.
    pub created_at: String,
    /// RFC 3339, UTC; null: never.
    pub expires_at: Option<String>,
    /// RFC 3339, UTC, a minute old at most; null: not used yet.
    pub last_used_at: Option<String>,
    /// RFC 3339, UTC.
    pub revoked_at: Option<String>,
    /// `key_…` of its successor.
    pub replaced_by: Option<ApiKeyId>,
}

/// A key in the moment it is made: the only time that its text is shown.
#[derive(Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MadeKey {
    /// `lvk_…` or `lvp_…`, 53 characters.
    pub key: String,
    #[serde(flatten)]
    pub details: KeyView,
}

/// What a key is to be, once it is known to be right.
pub struct Accepted {
    pub name: String,
    pub scopes: PermissionSet,
    pub expires_at: Option<UnixMillis>,
}

impl KeyView {
    #[must_use]
    pub fn new(key: &ApiKey, now: UnixMillis) -> Self {
        Self {
            id: key.id,
            name: key.name.clone(),
            hint: key.hint.clone(),
            scopes: key.scopes,
            status: key.status(now),
            created_by: key.created_by.clone(),
            created_at: key.created_at.rfc3339(),
            expires_at: key.expires_at.map(UnixMillis::rfc3339),
            last_used_at: key.last_used_at.map(UnixMillis::rfc3339),
            revoked_at: key.revoked_at.map(UnixMillis::rfc3339),
            replaced_by: key.replaced_by,
        }
    }
}

impl NewKey {
    /// # Errors
    /// 422 with every field at fault.
    pub fn accept(&self, now: UnixMillis) -> Result<Accepted, Problem> {
        let mut faults = vec![];
        let name = name::parse(&self.name).unwrap_or_else(|invalid| {
            faults.push(FieldFault::new("/name", invalid.reason(), invalid.to_string()));
            ""
        });
        if self.scopes.is_empty() {
            faults.push(FieldFault::new("/scopes", Reason::Empty, "must name at least one permission"));
        }
        for (index, scope) in self.scopes.iter().enumerate() {
            if Permission::parse(scope).is_none() {
                let detail = "is not a permission; GET /v1/permissions lists them";
                faults.push(FieldFault::new(format!("/scopes/{index}"), Reason::UnknownPermission, detail));
            }
        }
        if self.expires_in_days.is_some_and(|days| !(1..=MAX_KEY_DAYS).contains(&days)) {
            let detail = format!("must be a whole number from 1 to {MAX_KEY_DAYS}, or null");
            faults.push(FieldFault::new("/expires_in_days", Reason::OutOfRange, detail));
        }
        if !faults.is_empty() {
            return Err(Problem::new(ProblemKind::InvalidContent).faults(faults));
        }
        Ok(Accepted {
            name: name.to_owned(),
            scopes: self.scopes.clone().into(),
            expires_at: self.expires_in_days.map(|days| expires_in_days(now, days)),
        })
    }
}

impl Rotation {
    /// # Errors
    /// 422 where the overlap is out of bounds.
    pub fn accept(&self) -> Result<i64, Problem> {
        if (0..=MAX_OVERLAP_HOURS).contains(&self.overlap_hours) {
            return Ok(self.overlap_hours);
        }
        let detail = format!("must be a whole number from 0 to {MAX_OVERLAP_HOURS}");
        let faults = vec![FieldFault::new("/overlap_hours", Reason::OutOfRange, detail)];
        Err(Problem::new(ProblemKind::InvalidContent).faults(faults))
    }
}

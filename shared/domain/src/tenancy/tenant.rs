//! The tenant, its key, and the proof that a request may act for it.

use crate::{id::TenantId, tenancy::lifecycle::TenantStatus};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use thiserror::Error;

/// Longest key: a DNS label holds 63 octets; 40 leaves room for suffixes such as `--preview`.
pub const MAX_TENANT_KEY_CHARS: usize = 40;

/// A tenant's key: the label of its platform subdomain, `acme` in `acme.livery.example`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct TenantKey(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error(
    "a tenant key has 2 to 40 lower-case letters, digits and single hyphens, and begins and ends without a hyphen"
)]
pub struct MalformedTenantKey;

impl TenantKey {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for TenantKey {
    type Err = MalformedTenantKey;
    fn from_str(text: &str) -> Result<Self, MalformedTenantKey> {
        let fits = (2..=MAX_TENANT_KEY_CHARS).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !text.starts_with('-')
            && !text.ends_with('-')
            // `xn--…` labels are punycode of other names; a key must not read as one.
            && !text.contains("--");
        if fits { Ok(Self(text.to_owned())) } else { Err(MalformedTenantKey) }
    }
}

impl fmt::Display for TenantKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<TenantKey> for String {
    fn from(key: TenantKey) -> Self {
        key.0
    }
}

impl TryFrom<String> for TenantKey {
    type Error = MalformedTenantKey;
    fn try_from(text: String) -> Result<Self, MalformedTenantKey> {
        text.parse()
    }
}

/// A tenant as the platform knows it when a request names its host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenant {
    pub id: TenantId,
    pub key: TenantKey,
    pub name: String,
    pub status: TenantStatus,
}

/// The proof that a request may act for one tenant.
///
/// Every statement over tenant data takes one. Invariant: `grant` is called only where a host, a token or a key has
/// been checked (`api::scope`) and in tests; `scripts/check-boundaries` refuses the word anywhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TenantScope {
    tenant: TenantId,
}

impl TenantScope {
    #[must_use]
    pub const fn grant(tenant: TenantId) -> Self {
        Self { tenant }
    }

    #[must_use]
    pub const fn tenant(&self) -> TenantId {
        self.tenant
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_one_plain_dns_label() {
        for good in ["acme", "a1", "big-co", "x".repeat(40).as_str()] {
            assert!(good.parse::<TenantKey>().is_ok(), "{good}");
        }
        for bad in
            ["", "a", "Acme", "-acme", "acme-", "a.b", "xn--80ak6aa92e", "a_b", "é1", "x".repeat(41).as_str()]
        {
            assert!(bad.parse::<TenantKey>().is_err(), "{bad}");
        }
    }
}

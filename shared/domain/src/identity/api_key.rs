//! The keys that programs of a tenant or of a partner come with: how long one lives, and what becomes of it.
//!
//! *In scope*: states, bounds, what a rotation does to a key's time. *Out of scope*: its text (`credential`), where it is kept.

use crate::{clock::UnixMillis, id::ApiKeyId, people::permission::PermissionSet};
use serde::{Deserialize, Serialize};

/// Two years: longer than any planned rotation, short enough that a forgotten key expires.
pub const MAX_KEY_DAYS: i64 = 730;
/// A week: what it takes to roll a new key out, with a weekend in it.
pub const MAX_OVERLAP_HOURS: i64 = 168;
/// How old the time of a key's last use may be before it is written again: one write a minute, however busy the key is.
pub const LAST_USED_SECS: i64 = 60;

const HOUR_SECS: i64 = 3600;
const DAY_SECS: i64 = 24 * HOUR_SECS;

/// Where a key is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum KeyStatus {
    Active,
    /// It has a successor and is still good until it expires.
    Replaced,
    Expired,
    Revoked,
}

/// A key without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    pub id: ApiKeyId,
    pub name: String,
    /// What a person knows it by: `lvk_` and four characters.
    pub hint: String,
    pub scopes: PermissionSet,
    /// Who made it, as the audit log writes it.
    pub created_by: Option<String>,
    pub created_at: UnixMillis,
    pub expires_at: Option<UnixMillis>,
    /// To the minute.
    pub last_used_at: Option<UnixMillis>,
    pub revoked_at: Option<UnixMillis>,
    pub replaced_by: Option<ApiKeyId>,
}

impl ApiKey {
    #[must_use]
    pub fn status(&self, now: UnixMillis) -> KeyStatus {
        if self.revoked_at.is_some() {
            KeyStatus::Revoked
        } else if self.expires_at.is_some_and(|end| end <= now) {
            KeyStatus::Expired
        } else if self.replaced_by.is_some() {
            KeyStatus::Replaced
        } else {
            KeyStatus::Active
        }
    }

    /// Whether it opens anything.
    #[must_use]
    pub fn is_live(&self, now: UnixMillis) -> bool {
        matches!(self.status(now), KeyStatus::Active | KeyStatus::Replaced)
    }

    /// Whether the time of its last use is to be written again.
    #[must_use]
    pub fn use_is_news(&self, now: UnixMillis) -> bool {
        self.last_used_at.is_none_or(|used| used.plus_secs(LAST_USED_SECS) <= now)
    }

    /// When a successor made now expires: it lives as long as this one was made for.
    #[must_use]
    pub fn successor_expires_at(&self, now: UnixMillis) -> Option<UnixMillis> {
        let end = self.expires_at?;
        Some(UnixMillis(now.0.saturating_add(end.since(self.created_at))))
    }

    /// When this key expires once it has a successor: after the overlap, and never later than it would have anyway.
    #[must_use]
    pub fn expires_after_overlap(&self, now: UnixMillis, hours: i64) -> UnixMillis {
        let end = now.plus_secs(hours.saturating_mul(HOUR_SECS));
        self.expires_at.map_or(end, |own| own.min(end))
    }
}

/// When a key made now for so many days expires.
#[must_use]
pub const fn expires_in_days(now: UnixMillis, days: i64) -> UnixMillis {
    now.plus_secs(days.saturating_mul(DAY_SECS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> ApiKey {
        ApiKey {
            id: ApiKeyId::new(UnixMillis(1), [1; 10]),
            name: "CI".into(),
            hint: "lvk_AbCd".into(),
            scopes: PermissionSet::NONE,
            created_by: None,
            created_at: UnixMillis(1_000),
            expires_at: Some(UnixMillis(11_000)),
            last_used_at: None,
            revoked_at: None,
            replaced_by: None,
        }
    }

    #[test]
    fn a_key_lives_to_its_last_millisecond_and_not_on_the_next() {
        assert_eq!(key().status(UnixMillis(10_999)), KeyStatus::Active);
        assert_eq!(key().status(UnixMillis(11_000)), KeyStatus::Expired);
        assert!(key().is_live(UnixMillis(10_999)) && !key().is_live(UnixMillis(11_000)));
        let endless = ApiKey { expires_at: None, ..key() };
        assert!(endless.is_live(UnixMillis(i64::MAX)));
    }

    #[test]
    fn a_replaced_key_is_live_until_it_expires_and_a_revoked_one_never() {
        let replaced = ApiKey { replaced_by: Some(ApiKeyId::new(UnixMillis(2), [2; 10])), ..key() };
        assert_eq!(replaced.status(UnixMillis(10_999)), KeyStatus::Replaced);
        assert!(replaced.is_live(UnixMillis(10_999)));
        assert_eq!(replaced.status(UnixMillis(11_000)), KeyStatus::Expired);
        let revoked = ApiKey { revoked_at: Some(UnixMillis(2_000)), ..replaced };
        assert_eq!(revoked.status(UnixMillis(2_000)), KeyStatus::Revoked);
        assert!(!revoked.is_live(UnixMillis(2_000)));
    }

    #[test]
    fn an_overlap_never_makes_a_key_live_longer() {
        assert_eq!(key().expires_after_overlap(UnixMillis(5_000), 0), UnixMillis(5_000));
        assert_eq!(key().expires_after_overlap(UnixMillis(5_000), 1), UnixMillis(11_000));
        let endless = ApiKey { expires_at: None, ..key() };
        assert_eq!(endless.expires_after_overlap(UnixMillis(5_000), 1), UnixMillis(3_605_000));
    }

    #[test]
    fn a_successor_lives_as_long_as_its_predecessor_was_made_for() {
        assert_eq!(key().successor_expires_at(UnixMillis(9_000)), Some(UnixMillis(19_000)));
        assert_eq!(ApiKey { expires_at: None, ..key() }.successor_expires_at(UnixMillis(9_000)), None);
    }

    #[test]
    fn a_use_is_news_once_a_minute() {
        assert!(key().use_is_news(UnixMillis(0)));
        let used = ApiKey { last_used_at: Some(UnixMillis(1_000)), ..key() };
        assert!(!used.use_is_news(UnixMillis(60_999)));
        assert!(used.use_is_news(UnixMillis(61_000)));
    }
}

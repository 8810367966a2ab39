//! Prefixed, time-ordered identifiers: `ten_018f…`. Not guessable, parsed once where they enter.

use crate::clock::UnixMillis;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use thiserror::Error;
use uuid::{Builder, Uuid};

/// Random bytes that make one id.
pub const ID_ENTROPY_BYTES: usize = 10;

/// The text is not an id of the wanted kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not an id of this kind")]
pub struct MalformedId;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(into = "String", try_from = "String")]
        pub struct $name(Uuid);

        impl $name {
            pub const PREFIX: &'static str = $prefix;

            /// A UUIDv7 from the clock and fresh entropy.
            #[must_use]
            pub fn new(now: UnixMillis, entropy: [u8; ID_ENTROPY_BYTES]) -> Self {
                Self(Builder::from_unix_timestamp_millis(now.0.max(0).unsigned_abs(), &entropy).into_uuid())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}{}", $prefix, self.0.simple())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = MalformedId;
            fn from_str(text: &str) -> Result<Self, MalformedId> {
                let hex = text.strip_prefix($prefix).ok_or(MalformedId)?;
                // One spelling only: an id that could be written two ways would be two keys in a cache.
                if hex.len() != 32 || !hex.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
                    return Err(MalformedId);
                }
                Uuid::try_parse(hex).map(Self).map_err(|_| MalformedId)
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "pattern": concat!("^", $prefix, "[0-9a-f]{32}$") })
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self { id.to_string() }
        }

        impl TryFrom<String> for $name {
            type Error = MalformedId;
            fn try_from(text: String) -> Result<Self, MalformedId> { text.parse() }
        }
    )+};
}

ids! {
    TenantId = "ten_";
    UserId = "usr_";
    /// A visitor of a tenant's widget: a browser, not a person.
    VisitorId = "vis_";
    ConversationId = "cnv_";
    MessageId = "msg_";
    /// One hold on a quota; the same id never counts twice.
    ReservationId = "rsv_";
    RequestId = "req_";
    /// What a person is signed in with, on one device.
    SessionId = "ses_";
    SignInId = "sgn_";
    InvitationId = "inv_";
    ApiKeyId = "key_";
    RoleId = "rol_";
    GrantId = "gra_";
    PartnerId = "par_";
    /// A mail that development keeps instead of sending it.
    MailId = "mal_";
}

impl ReservationId {
    /// The id of the reservation for one piece of work, so that a retry of the work holds the same units.
    #[must_use]
    pub fn of_work(digest: [u8; 16]) -> Self {
        Self(Builder::from_custom_bytes(digest).into_uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_its_text() {
        let id = TenantId::new(UnixMillis(1_700_000_000_000), [7; 10]);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert!(id.to_string().starts_with("ten_"));
    }

    #[test]
    fn an_id_of_another_kind_or_spelling_is_refused() {
        let id = TenantId::new(UnixMillis(1), [7; 10]).to_string();
        assert_eq!(id.parse::<UserId>(), Err(MalformedId));
        assert_eq!(id.to_uppercase().parse::<TenantId>(), Err(MalformedId));
        assert_eq!("ten_42".parse::<TenantId>(), Err(MalformedId));
        assert_eq!("ten_é0000000000000000000000000000000".parse::<TenantId>(), Err(MalformedId));
    }

    #[test]
    fn later_ids_sort_after_earlier_ones() {
        let early = MessageId::new(UnixMillis(1000), [255; 10]).to_string();
        let late = MessageId::new(UnixMillis(1001), [0; 10]).to_string();
        assert!(early < late);
    }
}

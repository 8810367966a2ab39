//! Frames that a tenant's hub sends to open pages; the same over every transport.

use crate::{
    brand::release::{Manifest, Rev},
    embed::conversation::MessageView,
    id::ConversationId,
};
use serde::{Deserialize, Serialize};

/// Releases that a hub remembers for clients that were away. A client further behind gets a snapshot: only the newest
/// release matters to a page, so the bound costs it nothing.
pub const REMEMBERED_RELEASES: i64 = 64;

/// The WebSocket subprotocol of these frames.
pub const SUBPROTOCOL: &str = "livery.v1";
/// Prefix of the subprotocol entry that carries an embed session token: a token in a URL would reach logs.
pub const BEARER_PREFIX: &str = "bearer.";

/// Close codes in the private range of RFC 6455.
pub mod close {
    /// The session token is missing its proof or has expired: get a new one first.
    pub const UNAUTHENTICATED: u16 = 4001;
    /// The tenant is not open to visitors: do not come back at once.
    pub const SUSPENDED: u16 = 4003;
    /// The client broke the protocol (RFC 6455's own code).
    pub const POLICY: u16 = 1008;
    /// No heartbeat for too long.
    pub const IDLE: u16 = 4008;
    /// Too many connections: come back later.
    pub const TRY_LATER: u16 = 4013;
}

/// What names a release to an open page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReleasePointer {
    pub rev: Rev,
    /// `/b/{hash}.css`
    pub stylesheet: String,
    /// `/w/{hash}.json`
    pub config: String,
}

impl ReleasePointer {
    #[must_use]
    pub fn new(rev: Rev, manifest: &Manifest) -> Self {
        Self { rev, stylesheet: manifest.stylesheet_path(), config: manifest.config_path() }
    }
}

/// How far a client without a socket has listened. Opaque: only the hub that made it reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor(String);

/// Longest cursor: an epoch of 36 characters, a dot and a number of 19 digits.
pub const MAX_CURSOR_BYTES: usize = 56;

impl Cursor {
    /// `None` for anything that no hub makes: other characters than lower-case letters, digits, `-` and `.`, or too many.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let known =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.');
        (!text.is_empty() && text.len() <= MAX_CURSOR_BYTES && text.bytes().all(known))
            .then(|| Self(text.to_owned()))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One frame, JSON text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Frame {
    /// First frame of a connection: the newest revision that the hub knows.
    Hello { rev: Rev },
    /// The next release after the one that the client has.
    Release(ReleasePointer),
    /// The newest release, for a client too far behind to be led through each.
    Snapshot(ReleasePointer),
    /// The tenant is no longer open to visitors. The last frame: whoever comes back is refused until it is.
    Suspended,
    /// A message of the client's own conversation.
    Message { conversation_id: ConversationId, message: MessageView },
}

/// What a client that knows `since` is sent, given the releases that the hub remembers, oldest first.
///
/// Nothing twice and no gap: each later release in order, or one snapshot where one of them is not remembered.
#[must_use]
pub fn catch_up(since: Option<Rev>, remembered: &[ReleasePointer]) -> Vec<Frame> {
    let Some(newest) = remembered.last() else { return vec![Frame::Hello { rev: 0 }] };
    let mut frames = vec![Frame::Hello { rev: newest.rev }];
    let Some(since) = since else { return frames };
    if since >= newest.rev {
        return frames;
    }
    let missed: Vec<_> = remembered.iter().filter(|pointer| pointer.rev > since).collect();
    // A hub can lack a release in between, where its publisher died before telling it.
    let contiguous = missed.iter().zip(since + 1..).all(|(pointer, rev)| pointer.rev == rev);
    if contiguous {
        frames.extend(missed.into_iter().cloned().map(Frame::Release));
    } else {
        frames.push(Frame::Snapshot(newest.clone()));
    }
    frames
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pointer(rev: Rev) -> ReleasePointer {
        ReleasePointer { rev, stylesheet: format!("/b/{rev}.css"), config: format!("/w/{rev}.json") }
    }

    #[test]
    fn a_client_that_was_away_gets_each_release_once_and_in_order() {
        let log = [pointer(3), pointer(4), pointer(5)];
        assert_eq!(
            catch_up(Some(3), &log),
            [Frame::Hello { rev: 5 }, Frame::Release(pointer(4)), Frame::Release(pointer(5))]
        );
    }

    #[test]
    fn a_client_that_is_current_or_ahead_gets_only_the_hello() {
        let log = [pointer(4), pointer(5)];
        assert_eq!(catch_up(Some(5), &log), [Frame::Hello { rev: 5 }]);
        assert_eq!(catch_up(Some(9), &log), [Frame::Hello { rev: 5 }]);
        assert_eq!(catch_up(None, &log), [Frame::Hello { rev: 5 }]);
    }

    #[test]
    fn a_client_too_far_behind_gets_the_newest_release_as_a_snapshot() {
        let log = [pointer(4), pointer(5)];
        assert_eq!(catch_up(Some(2), &log), [Frame::Hello { rev: 5 }, Frame::Snapshot(pointer(5))]);
        assert_eq!(catch_up(Some(0), &[]), [Frame::Hello { rev: 0 }]);
    }

    #[test]
    fn a_hub_that_missed_a_release_gives_a_snapshot_over_the_gap() {
        let log = [pointer(1), pointer(3)];
        assert_eq!(catch_up(Some(1), &log), [Frame::Hello { rev: 3 }, Frame::Snapshot(pointer(3))]);
        assert_eq!(catch_up(Some(2), &log), [Frame::Hello { rev: 3 }, Frame::Release(pointer(3))]);
    }

    #[test]
    fn a_cursor_is_short_and_of_few_characters() {
        assert_eq!(Cursor::parse("17").map(|cursor| cursor.as_str().to_owned()).as_deref(), Some("17"));
        assert!(Cursor::parse("019a-b.17").is_some());
        let (longest, too_long) = ("9".repeat(MAX_CURSOR_BYTES), "9".repeat(MAX_CURSOR_BYTES + 1));
        assert!(Cursor::parse(&longest).is_some());
        for no_cursor in ["", "A", "1 2", "1\n", "é", too_long.as_str()] {
            assert_eq!(Cursor::parse(no_cursor), None, "{no_cursor:?}");
        }
    }

    #[test]
    fn a_frame_is_flat_json() {
        let json = serde_json::to_string(&Frame::Release(pointer(4))).unwrap();
        assert_eq!(json, r#"{"type":"release","rev":4,"stylesheet":"/b/4.css","config":"/w/4.json"}"#);
        assert_eq!(serde_json::to_string(&Frame::Suspended).unwrap(), r#"{"type":"suspended"}"#);
    }
}

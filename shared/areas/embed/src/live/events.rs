//! The frames as server-sent events: one answer that goes on for minutes.

use super::{Subscription, subscription};
use bytes::Bytes;
use http::{HeaderValue, header};
use livery_domain::{clock::UnixMillis, embed::live::Frame, id::RequestId};
use livery_http::{Exchange, Log, Problem, Response, headers};
use livery_platform::{Clock, Configured, Database, Entropy, Heard, Hub, Unavailable, fresh_bytes};
use serde::Serialize;
use std::fmt::Write;

pub const MEDIA_TYPE: &str = "text/event-stream";

/// A stream that has been silent for so long says that it is still there. Proxies cut off what is silent for a minute
/// and, some of them, for half of one.
const HEARTBEAT_MILLIS: i64 = 15_000;
const HEARTBEAT: &[u8] = b":\n\n";
/// How long a client waits before it comes back: a stream that ended by itself costs a page that much delay, and a hub
/// that is in trouble is asked so often and not more.
const RETRY: &str = "retry: 2000\n\n";
/// A stream ends after 4 to 5 minutes, spread so that those that a deployment cut off together do not come back together
/// for ever. The client resumes where it was.
const LIFE_MILLIS: i64 = 240_000;
const LIFE_SPREAD_MILLIS: i64 = 60_000;
/// Workers grants a request 1,000 calls of its own services. Silence for 5 minutes takes 20; a stream that tells more
/// often than twice a second ends before its time.
const MAX_LISTENS: u32 = 600;

/// A stream that has begun. It owns what it needs, since it outlives the request that asked for it.
///
/// Nothing is asked of the hub until the door pulls, so a client that does not read piles nothing up.
pub struct Events {
    subscription: Subscription,
    /// What the head was opened with, until it is sent.
    first: Option<Bytes>,
    ends_at: UnixMillis,
    listens_left: u32,
    request_id: RequestId,
}

#[derive(Serialize)]
struct BrokenOff {
    level: &'static str,
    message: &'static str,
    request_id: String,
    cause: String,
}

/// Of the answer that the events are the body of.
pub fn head() -> Response {
    let mut head = Response::new(Bytes::new());
    let out = head.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(headers::NO_STORE));
    // nginx and those that learnt from it hold a body back by default.
    out.insert("x-accel-buffering", HeaderValue::from_static("no"));
    head
}

impl Events {
    /// Listens once before the head is sent: whoever is refused is told so by a status.
    pub(super) async fn open<P>(exchange: &Exchange<'_, P>) -> Result<Self, Problem>
    where
        P: Database + Configured + Hub + Entropy,
    {
        let subscription = subscription::over_http(exchange).await?;
        subscription.tell_hub(exchange.platform).await?;
        let heard = exchange.platform.listen(&subscription.scope, subscription.listener(), 0).await?;
        subscription.still_open(exchange.platform).await?;
        let spread = i64::from(u16::from_le_bytes(fresh_bytes(exchange.platform)));
        let life = LIFE_MILLIS + spread * LIFE_SPREAD_MILLIS / i64::from(u16::MAX);
        let ends_at = UnixMillis(exchange.now.0.saturating_add(life));
        let mut events = Self {
            ends_at: subscription.until.map_or(ends_at, |until| until.min(ends_at)),
            subscription,
            first: None,
            listens_left: MAX_LISTENS,
            request_id: exchange.request_id,
        };
        // Where nothing was missed the heartbeat tells the client that the stream is not held back on its way.
        let told = events.told(heard);
        events.first = Some([RETRY.as_bytes(), &told].concat().into());
        Ok(events)
    }

    /// The next piece of the body; `None` where the stream ends.
    pub async fn next<P: Hub + Clock + Log>(&mut self, platform: &P) -> Option<Bytes> {
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        let now = platform.now();
        let wait = self.ends_at.since(now).min(HEARTBEAT_MILLIS);
        if wait <= 0 || self.listens_left == 0 {
            return None;
        }
        self.listens_left -= 1;
        let wait_millis = u32::try_from(wait).unwrap_or(0);
        match platform.listen(&self.subscription.scope, self.subscription.listener(), wait_millis).await {
            // A hub that has no room for another waiter answers at once: to ask again at once would be a busy loop.
            Ok(heard) if heard.frames.is_empty() && platform.now().since(now) < wait / 2 => None,
            Ok(heard) => Some(self.told(heard)),
            Err(fault) => {
                self.log_end(platform, &fault);
                None
            }
        }
    }

    /// What was heard, as text. The cursor is the id of the last event alone: a client that is cut off amid a batch comes
    /// back to where the batch began.
    fn told(&mut self, heard: Heard) -> Bytes {
        self.subscription.cursor = Some(heard.cursor);
        let mut text = String::new();
        for (index, frame) in heard.frames.iter().enumerate() {
            self.note(frame);
            let is_last = index + 1 == heard.frames.len();
            if let (true, Some(cursor)) = (is_last, &self.subscription.cursor) {
                let _ = writeln!(text, "id: {}", cursor.as_str());
            }
            let _ = write!(text, "data: {}\n\n", serde_json::to_string(frame).unwrap_or_default());
        }
        if text.is_empty() { Bytes::from_static(HEARTBEAT) } else { text.into() }
    }

    /// After the last frame the stream ends. Where the hub forgets the cursor, the client is greeted with what it misses after the newest that it was told.
    fn note(&mut self, frame: &Frame) {
        let since = &mut self.subscription.since;
        match frame {
            Frame::Release(pointer) | Frame::Snapshot(pointer) => *since = Some(pointer.rev),
            // A client that does not say what it has asks for what comes from now on.
            Frame::Hello { rev } => {
                since.get_or_insert(*rev);
            }
            Frame::Suspended => self.listens_left = 0,
            Frame::Message { .. } => {}
        }
    }

    fn log_end(&self, log: &impl Log, fault: &Unavailable) {
        let line = BrokenOff {
            level: "error",
            message: "event stream broken off",
            request_id: self.request_id.to_string(),
            cause: fault.to_string(),
        };
        if let Ok(line) = serde_json::to_string(&line) {
            log.log(&line);
        }
    }
}

//! The `TenantHub` Durable Object: one per tenant. It keeps the sockets of the tenant's open pages, also while it
//! hibernates.
//!
//! Called by [`crate::Workers`] as a `Hub` (`POST /release`, `/visitor`, `/close`, `/since`, `/listen`, JSON in and out) and by the edge
//! (`GET /socket` with an upgrade and the [`Welcome`] that `live` wrote; no client can reach an object by itself).
//!
//! Frames are in order and resumable because an object runs one thread: a release is stored and sent, and a socket is
//! accepted and sent the missed frames, without awaiting anything in between. Listeners without a socket read from the memory of
//! recent frames; that is lost when the object ends, and then its listeners get a new `hello`.

use crate::{
    pathname,
    socket_pass::{WELCOME, Welcome, refused_socket, upgraded},
    waiters::Waiters,
};
use livery_domain::{
    brand::release::Rev,
    clock::UnixMillis,
    embed::{
        live::{Cursor, Frame, REMEMBERED_RELEASES, ReleasePointer, catch_up, close},
        recent::RecentFrames,
    },
    id::VisitorId,
};
use livery_platform::MAX_FRAME_BYTES;
use serde::{Deserialize, Serialize};
use std::{
    cell::{Cell, RefCell},
    time::Duration,
};
use wasm_bindgen::{JsCast, JsValue};
use worker::{
    Date, Request, Response, Result, SqlStorage, SqlStorageValue, State, WebSocket, WebSocketPair,
    WebSocketRequestResponsePair, worker_sys::web_sys,
};

/// Most sockets of one hub. A release frame to each costs some 10 µs: 20,000 are sent within a fifth of a second. The
/// runtime itself allows 32,768.
const MAX_SOCKETS: usize = 20_000;
/// A page sends `ping` every 30 s. One that has missed three of them has disconnected, or does not read.
const IDLE_MILLIS: i64 = 90_000;
/// How long a request waits at most: the route of the live channel asks for no more.
const MAX_WAIT_MILLIS: u32 = 25_000;
/// Why a socket is closed with [`close::SUSPENDED`].
const CLOSED: &str = "the tenant is not open to visitors";
#[derive(Deserialize)]
struct Closed {
    as_of: UnixMillis,
}

/// What is attached to a socket while the object hibernates.
#[derive(Serialize, Deserialize)]
struct Attachment {
    opened_at: i64,
}

/// Pages send nothing but `ping`, which the runtime answers: a client that sends anything else is not the widget.
pub fn refuse_message(socket: &WebSocket) {
    // A socket that has disconnected already needs no closing.
    let _ = socket.close(Some(close::POLICY), Some("this socket only listens"));
}

/// The object behind the exported class.
pub struct TenantHub {
    state: State,
    sql: SqlStorage,
    /// Counting the sockets makes a handle for each: done once after waking up, then kept.
    sockets: Cell<Option<usize>>,
    recent: RefCell<RecentFrames>,
    waiters: Waiters,
}

impl TenantHub {
    /// # Errors
    /// Where the object's SQLite refuses its table.
    pub fn new(state: State) -> Result<Self> {
        let sql = state.storage().sql();
        sql.exec(
            "CREATE TABLE IF NOT EXISTS releases (rev INTEGER PRIMARY KEY, stylesheet TEXT NOT NULL, config TEXT NOT NULL)",
            None,
        )?;
        // One row at most: when the pages were last closed.
        sql.exec("CREATE TABLE IF NOT EXISTS closed (one INTEGER PRIMARY KEY CHECK (one = 1), as_of INTEGER NOT NULL)", None)?;
        // Answered by the runtime: heartbeats do not wake the object.
        state.set_websocket_auto_response(&WebSocketRequestResponsePair::new("ping", "pong")?);
        let mut epoch = [0; 16];
        getrandom::fill(&mut epoch).map_err(|fault| worker::Error::RustError(fault.to_string()))?;
        let recent = RefCell::new(RecentFrames::new(epoch));
        Ok(Self { state, sql, sockets: Cell::new(None), recent, waiters: Waiters::default() })
    }

    /// # Errors
    /// Where the request can't be read or SQLite fails.
    pub async fn fetch(&self, mut request: Request) -> Result<Response> {
        match pathname(request.inner()).as_str() {
            "/release" => {
                let release: ReleasePointer = request.json().await?;
                self.publish(&release)?;
                Response::from_json(&())
            }
            "/visitor" => {
                let (visitor, frame): (VisitorId, Frame) = request.json().await?;
                self.tell(&frame, Some(visitor))?;
                Response::from_json(&())
            }
            "/close" => {
                let as_of: UnixMillis = request.json().await?;
                self.close_pages(as_of)?;
                Response::from_json(&())
            }
            "/since" => {
                let since: Option<Rev> = request.json().await?;
                Response::from_json(&catch_up(since, &self.remembered()?))
            }
            "/listen" => {
                let (visitor, since, cursor, wait_millis) = request.json().await?;
                Response::from_json(&self.listen(visitor, since, cursor, wait_millis).await?)
            }
            "/socket" => {
                let welcome = request.headers().get(WELCOME)?.unwrap_or_default();
                self.open(serde_json::from_str(&welcome)?)
            }
            _ => Response::error("no such command", 404),
        }
    }

    pub fn on_close(&self, socket: &WebSocket) {
        self.sockets.set(self.sockets.get().map(|count| count.saturating_sub(1)));
        let _ = socket.close(Some(1000), Some(""));
    }

    fn open(&self, welcome: Welcome) -> Result<Response> {
        // Admitted before the tenant was closed, but connected only now: the other sockets were closed then, this one has to
        // be closed here.
        if welcome.status_since < self.closed_as_of()? {
            return Ok(refused_socket(close::SUSPENDED, CLOSED, welcome.subprotocol)?.into());
        }
        // If a publish was interrupted before it notified this hub, the first page that connects brings the release.
        if let Some(live) = &welcome.live {
            self.publish(live)?;
        }
        let count = self.sockets.get().unwrap_or_else(|| self.state.get_websockets().len());
        if count >= MAX_SOCKETS {
            return Ok(
                refused_socket(close::TRY_LATER, "too many pages are open", welcome.subprotocol)?.into()
            );
        }
        let pair = WebSocketPair::new()?;
        match welcome.visitor.map(|visitor| visitor.to_string()) {
            Some(tag) => self.state.accept_websocket_with_tags(&pair.server, &[tag.as_str()]),
            None => self.state.accept_web_socket(&pair.server),
        }
        self.sockets.set(Some(count + 1));
        pair.server.serialize_attachment(Attachment { opened_at: now().0 })?;
        for frame in catch_up(welcome.since, &self.remembered()?) {
            pair.server.send(&frame)?;
        }
        upgraded(pair.client, welcome.subprotocol)
    }

    fn publish(&self, release: &ReleasePointer) -> Result<()> {
        let newest = self.remembered()?.last().map_or(0, |newest| newest.rev);
        if release.rev <= newest {
            return Ok(());
        }
        self.sql.exec(
            "INSERT INTO releases (rev, stylesheet, config) VALUES (?, ?, ?)",
            vec![release.rev.into(), release.stylesheet.as_str().into(), release.config.as_str().into()],
        )?;
        let oldest: SqlStorageValue = (release.rev - REMEMBERED_RELEASES).into();
        self.sql.exec("DELETE FROM releases WHERE rev <= ?", vec![oldest])?;
        self.tell(&Frame::Release(release.clone()), None)
    }

    fn close_pages(&self, as_of: UnixMillis) -> Result<()> {
        self.sql.exec(
            "INSERT INTO closed (one, as_of) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET as_of = MAX(as_of, excluded.as_of)",
            vec![as_of.0.into()],
        )?;
        let bytes = serde_json::to_string(&Frame::Suspended)?.len();
        self.recent.borrow_mut().push(now(), None, Frame::Suspended, bytes);
        self.waiters.wake(None);
        for socket in self.state.get_websockets() {
            // A socket that has disconnected needs no closing.
            let _ = socket.close(Some(close::SUSPENDED), Some(CLOSED));
        }
        Ok(())
    }

    fn closed_as_of(&self) -> Result<UnixMillis> {
        let rows: Vec<Closed> = self.sql.exec("SELECT as_of FROM closed", None)?.to_array()?;
        Ok(rows.first().map_or(UnixMillis(0), |closed| closed.as_of))
    }

    /// The frames after `cursor`, as soon as there is one; at once, with a hello, if the cursor is not known.
    async fn listen(
        &self,
        visitor: Option<VisitorId>,
        since: Option<Rev>,
        cursor: Option<Cursor>,
        wait_millis: u32,
    ) -> Result<(Vec<Frame>, Cursor)> {
        let heard = |cursor: &Cursor| self.recent.borrow_mut().after(now(), visitor, cursor);
        let Some((frames, cursor)) = cursor.as_ref().and_then(heard) else { return self.greet(since) };
        if !frames.is_empty() || wait_millis == 0 {
            return Ok((frames, cursor));
        }
        self.waiters.wait(visitor, Duration::from_millis(wait_millis.min(MAX_WAIT_MILLIS).into())).await;
        heard(&cursor).map_or_else(|| self.greet(since), Ok)
    }

    fn greet(&self, since: Option<Rev>) -> Result<(Vec<Frame>, Cursor)> {
        let newest = self.recent.borrow().newest();
        let cursor = newest.ok_or_else(|| worker::Error::RustError("no cursor".into()))?;
        Ok((catch_up(since, &self.remembered()?), cursor))
    }

    /// Sends a frame to the sockets of one visitor, or to all. Sockets that have been silent for too long are closed
    /// instead, so that frames do not pile up for a page that does not read.
    fn tell(&self, frame: &Frame, visitor: Option<VisitorId>) -> Result<()> {
        let text = serde_json::to_string(frame)?;
        if text.len() > MAX_FRAME_BYTES {
            return Err(worker::Error::RustError("frame too large".into()));
        }
        self.recent.borrow_mut().push(now(), visitor, frame.clone(), text.len());
        self.waiters.wake(visitor);
        let sockets = match visitor {
            Some(visitor) => self.state.get_websockets_with_tag(&visitor.to_string()),
            None => self.state.get_websockets(),
        };
        let Some(first) = sockets.first() else { return Ok(()) };
        // What is the same for each socket is made once: the frame as JavaScript's string, the methods that are called.
        let frame = JsValue::from_str(&text);
        let send = method(socket_value(first), "send")?;
        let last_ping = LastPing::of(&self.state)?;
        let deadline = now().0 - IDLE_MILLIS;
        for socket in &sockets {
            // A frame to a socket that has disconnected is dropped; its close event corrects the count.
            if last_ping.is_before(deadline, socket) && opened_before(deadline, socket) {
                let _ = socket.close(Some(close::IDLE), Some("no heartbeat"));
            } else {
                let _ = send.call1(socket_value(socket), &frame);
            }
        }
        Ok(())
    }

    /// Oldest first.
    fn remembered(&self) -> Result<Vec<ReleasePointer>> {
        self.sql.exec("SELECT rev, stylesheet, config FROM releases ORDER BY rev", None)?.to_array()
    }
}

/// `getWebSocketAutoResponseTimestamp`, which the `worker` crate does not bind.
struct LastPing<'s> {
    state: &'s JsValue,
    ask: js_sys::Function,
}

impl<'s> LastPing<'s> {
    fn of(state: &'s State) -> Result<Self> {
        let state: &JsValue = state.as_raw().as_ref();
        Ok(Self { state, ask: method(state, "getWebSocketAutoResponseTimestamp")? })
    }

    /// Also where there was none.
    fn is_before(&self, deadline: i64, socket: &WebSocket) -> bool {
        let answer = self.ask.call1(self.state, socket_value(socket)).ok();
        let date = answer.and_then(|answer| answer.dyn_into::<js_sys::Date>().ok());
        date.is_none_or(|date| (date.get_time() as i64) < deadline)
    }
}

/// Reads the socket's attachment: done only for one that has been silent for long.
fn opened_before(deadline: i64, socket: &WebSocket) -> bool {
    let kept = socket.deserialize_attachment::<Attachment>().ok().flatten();
    kept.is_none_or(|attachment| attachment.opened_at < deadline)
}

fn socket_value(socket: &WebSocket) -> &JsValue {
    let socket: &web_sys::WebSocket = socket.as_ref();
    socket.as_ref()
}

fn method(object: &JsValue, name: &str) -> Result<js_sys::Function> {
    let found = js_sys::Reflect::get(object, &JsValue::from_str(name))?;
    found.dyn_into().map_err(|_| worker::Error::RustError(format!("the runtime has no {name}")))
}

fn now() -> UnixMillis {
    UnixMillis(i64::try_from(Date::now().as_millis()).unwrap_or(i64::MAX))
}

//! How a client's socket reaches its tenant's hub through as few Workers as possible.
//!
//! `live` authorises the client and answers with a pass; the edge, which called `live`, opens the socket with it and returns the
//! hub's answer to the client. Every Worker that forwards a socket stays in its path as long as it is open: some 35 KB each, and
//! 2 µs per frame. A pass never reaches a client: the hub's answer replaces it.

use crate::{binding, door::fetched_from, reply};
use livery_domain::{
    brand::release::Rev,
    clock::UnixMillis,
    embed::live::{ReleasePointer, SUBPROTOCOL, close},
    id::VisitorId,
};
use livery_embed::live::Subscription;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;
use worker::{Env, Response, Result, WebSocket, WebSocketPair, console_error, worker_sys::web_sys};

/// The name of the hub that the pass is for.
const HUB: &str = "x-livery-hub";
pub(crate) const WELCOME: &str = "x-livery-welcome";
const OFFERED: &str = "sec-websocket-protocol";

/// What `live` knows about the client that it admitted.
#[derive(Serialize, Deserialize)]
pub(crate) struct Welcome {
    pub since: Option<Rev>,
    pub visitor: Option<VisitorId>,
    pub live: Option<ReleasePointer>,
    /// Since when the tenant has had the status with which the client was admitted.
    pub status_since: UnixMillis,
    pub subprotocol: bool,
}

/// The pass that admits a client to its tenant's hub.
///
/// # Errors
/// Where the runtime refuses a header.
pub(crate) fn pass(subscription: Subscription, subprotocol: bool) -> Result<web_sys::Response> {
    let welcome = Welcome {
        since: subscription.since,
        visitor: subscription.visitor,
        live: subscription.live,
        status_since: subscription.status_since,
        subprotocol,
    };
    let pass = reply(&livery_http::Response::default())?;
    pass.headers().set(HUB, &subscription.scope.tenant().to_string())?;
    pass.headers().set(WELCOME, &serde_json::to_string(&welcome)?)?;
    if subprotocol {
        pass.headers().set(OFFERED, SUBPROTOCOL)?;
    }
    Ok(pass)
}

/// Opens the socket that a pass is for; returns an answer that is no pass unchanged.
///
/// # Errors
/// Where the runtime gives no socket.
pub async fn admitted(env: &Env, answer: web_sys::Response) -> Result<web_sys::Response> {
    let headers = answer.headers();
    let Some(hub) = headers.get(HUB)? else { return Ok(answer) };
    let welcome = headers.get(WELCOME)?.unwrap_or_default();
    match opened(env, &hub, &welcome).await {
        Ok(socket) => Ok(socket),
        Err(fault) => {
            console_error!(
                "{{\"level\":\"error\",\"message\":\"hub did not open a socket\",\"cause\":{:?}}}",
                fault.to_string()
            );
            let subprotocol = headers.has(OFFERED)?;
            refused_socket(close::TRY_LATER, "the hub does not answer", subprotocol)
        }
    }
}

async fn opened(env: &Env, hub: &str, welcome: &str) -> Result<web_sys::Response> {
    let headers = web_sys::Headers::new()?;
    headers.set("upgrade", "websocket")?;
    headers.set(WELCOME, welcome)?;
    let init = web_sys::RequestInit::new();
    init.set_headers(&headers);
    let hubs: js_sys::Object = js_sys::Reflect::get(env, &binding::TENANT_HUB.into())?.dyn_into()?;
    let by_name: js_sys::Function = js_sys::Reflect::get(&hubs, &"getByName".into())?.dyn_into()?;
    let hub: js_sys::Object = by_name.call1(&hubs, &hub.into())?.dyn_into()?;
    fetched_from(&hub, &"https://tenant-hub/socket".into(), &init).await
}

/// Accepts a socket only to close it with a code: a browser does not tell a page why an upgrade was refused.
///
/// # Errors
/// Where the runtime gives no socket.
pub(crate) fn refused_socket(code: u16, reason: &str, subprotocol: bool) -> Result<web_sys::Response> {
    let pair = WebSocketPair::new()?;
    pair.server.accept()?;
    pair.server.close(Some(code), Some(reason))?;
    Ok(upgraded(pair.client, subprotocol)?.into())
}

pub(crate) fn upgraded(client: WebSocket, subprotocol: bool) -> Result<Response> {
    let mut response = Response::from_websocket(client)?;
    if subprotocol {
        response.headers_mut().set(OFFERED, SUBPROTOCOL)?;
    }
    Ok(response)
}

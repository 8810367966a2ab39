//! The `objects` script: the Durable Object classes, one file each. Workers only.

#![cfg(all(target_arch = "wasm32", target_os = "unknown"))]

mod quota_counter_do;
mod tenant_hub_do;

use worker::{Context, Env, Request, Response, Result, event};

/// The script itself is never called; its objects are reached through their bindings.
#[event(fetch)]
async fn fetch(_: Request, _: Env, _: Context) -> Result<Response> {
    Response::error("nothing here", 404)
}

//! Answers as JavaScript's own objects, made once: giving one again copies nothing out of wasm and waits for nobody.

use crate::door;
use http::{StatusCode, header};
use js_sys::Uint8Array;
use livery_api::{REQUEST_ID, Response, edge::is_unchanged};
use wasm_bindgen::JsValue;
use worker::worker_sys::web_sys;

/// A whole answer to GET with its entity tag.
pub struct Prepared {
    etag: String,
    body: Uint8Array,
    found: web_sys::ResponseInit,
    unchanged: web_sys::ResponseInit,
}

impl Prepared {
    /// `None` where the answer has no entity tag, or the runtime refuses its head.
    #[must_use]
    pub fn new(response: &Response) -> Option<Self> {
        let etag = response.headers().get(header::ETAG)?.to_str().ok()?.to_owned();
        let found = door::head(response.status(), response.headers()).ok()?;
        let mut without_body = response.headers().clone();
        without_body.remove(header::CONTENT_TYPE);
        let unchanged = door::head(StatusCode::NOT_MODIFIED, &without_body).ok()?;
        Some(Self { etag, body: Uint8Array::from(response.body().as_ref()), found, unchanged })
    }

    /// The answer for a caller with this `If-None-Match`; `None` where the runtime refuses it.
    #[must_use]
    pub fn reply(&self, if_none_match: Option<&str>) -> Option<web_sys::Response> {
        self.whole(if_none_match.is_some_and(|asked| is_unchanged(asked, &self.etag))).ok()
    }

    /// The answer that this was prepared from, to the request that it was made for: with the request's id.
    ///
    /// # Errors
    /// Where the runtime refuses it.
    pub fn first(&self, response: &Response) -> worker::Result<web_sys::Response> {
        let reply = self.whole(response.status() == StatusCode::NOT_MODIFIED)?;
        if let Some(id) = response.headers().get(REQUEST_ID).and_then(|id| id.to_str().ok()) {
            reply.headers().set(REQUEST_ID, id)?;
        }
        Ok(reply)
    }

    fn whole(&self, unchanged: bool) -> Result<web_sys::Response, JsValue> {
        if unchanged {
            web_sys::Response::new_with_opt_str_and_init(None, &self.unchanged)
        } else {
            web_sys::Response::new_with_opt_js_u8_array_and_init(Some(&self.body), &self.found)
        }
    }
}

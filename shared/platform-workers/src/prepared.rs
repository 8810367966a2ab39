//! Answers as JavaScript's own objects, made once: sending one again copies nothing out of wasm and awaits nothing.

use crate::door;
use http::{StatusCode, header};
use js_sys::Uint8Array;
use livery_edge::is_unchanged;
use livery_http::{REQUEST_ID, Response};
use std::cell::OnceCell;
use wasm_bindgen::JsValue;
use worker::worker_sys::web_sys;

/// A whole answer to GET with its entity tag.
pub struct Prepared {
    etag: String,
    body: Uint8Array,
    headers: web_sys::Headers,
    found: web_sys::ResponseInit,
    /// The 304, made when the first caller has the answer already: most answers are only requested by callers that don't.
    unchanged: OnceCell<web_sys::ResponseInit>,
}

impl Prepared {
    /// `None` where the answer has no entity tag, or the runtime refuses its head.
    #[must_use]
    pub fn new(response: &Response) -> Option<Self> {
        let etag = response.headers().get(header::ETAG)?.to_str().ok()?.to_owned();
        let headers = door::headers(response.headers()).ok()?;
        let found = door::head(response.status(), &headers);
        let body = Uint8Array::from(response.body().as_ref());
        Some(Self { etag, body, headers, found, unchanged: OnceCell::new() })
    }

    /// The answer for a caller with this `If-None-Match`; `None` where the runtime refuses it.
    #[must_use]
    pub fn reply(&self, if_none_match: Option<&str>) -> Option<web_sys::Response> {
        self.whole(if_none_match.is_some_and(|asked| is_unchanged(asked, &self.etag))).ok()
    }

    /// The head of the answer, for the decision between the whole answer and 304; the body stays in here.
    #[must_use]
    pub fn again(&self) -> Response {
        let mut response = Response::default();
        if let Ok(etag) = self.etag.parse() {
            response.headers_mut().insert(header::ETAG, etag);
        }
        response
    }

    /// The answer to the request that it was prepared for, with that request's id.
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
            if self.unchanged.get().is_none() {
                let headers = web_sys::Headers::new_with_headers(&self.headers)?;
                headers.delete(header::CONTENT_TYPE.as_str())?;
                let _ = self.unchanged.set(door::head(StatusCode::NOT_MODIFIED, &headers));
            }
            let init = self.unchanged.get().unwrap_or(&self.found);
            web_sys::Response::new_with_opt_str_and_init(None, init)
        } else {
            web_sys::Response::new_with_opt_js_u8_array_and_init(Some(&self.body), &self.found)
        }
    }
}

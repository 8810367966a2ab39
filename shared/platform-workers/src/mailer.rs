//! Mail, by `fetch` to the provider.

use crate::Workers;
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use http::Request;
use js_sys::Uint8Array;
use livery_domain::{id::MailId, mail::Mail};
use livery_mail_provider::{MAX_ANSWER_BYTES, MailTransport, outcome};
use livery_platform::{Clock, Configured, MAIL_TIMEOUT_SECS, MailFault, Mailer, fresh_bytes};
use livery_store::operations::outbox;
use wasm_bindgen::{JsCast, JsValue};
use worker::{js_sys::futures::JsFuture, worker_sys::web_sys};

impl Mailer for Workers {
    async fn send(&self, mail: &Mail) -> Result<(), MailFault> {
        // A secret and a variable are both plain strings on `env`.
        let look_up = |name: &'static str| self.env().var(name).ok().map(|value| value.to_string());
        match MailTransport::choose(self.settings().environment, look_up)? {
            MailTransport::Provider(provider) => handed_over(provider.request(mail)).await,
            MailTransport::Outbox => {
                let now = self.now();
                let id = MailId::new(now, fresh_bytes(self));
                let kept = outbox::add(self, id, mail, now).await;
                kept.map_err(|fault| MailFault::Unreachable(fault.to_string()))
            }
        }
    }
}

async fn handed_over(request: Request<Bytes>) -> Result<(), MailFault> {
    let response = fetched(&request).await.map_err(|fault| reason(&fault))?;
    let status = response.status();
    // The body of a successful answer is not needed. Of another one that breaks off, the part that was read is kept.
    let body = if response.ok() { Bytes::new() } else { beginning(response).await };
    outcome(status, &body)
}

async fn fetched(request: &Request<Bytes>) -> Result<web_sys::Response, JsValue> {
    let headers = web_sys::Headers::new()?;
    for (name, value) in request.headers() {
        if let Ok(value) = value.to_str() {
            headers.set(name.as_str(), value)?;
        }
    }
    let init = web_sys::RequestInit::new();
    init.set_method(request.method().as_str());
    init.set_headers(&headers);
    init.set_body(&Uint8Array::from(request.body().as_ref()));
    // With a redirect the key would be sent to the other address too.
    init.set_redirect(web_sys::RequestRedirect::Manual);
    // Ends the answer's body too.
    init.set_signal(Some(&web_sys::AbortSignal::timeout_with_u32(MAIL_TIMEOUT_SECS * 1000)));
    let scope: web_sys::WorkerGlobalScope = js_sys::global().unchecked_into();
    JsFuture::from(scope.fetch_with_str_and_init(&request.uri().to_string(), &init)).await?.dyn_into()
}

async fn beginning(response: web_sys::Response) -> Bytes {
    let mut read = BytesMut::new();
    let Ok(mut stream) = worker::Response::from(response).stream() else { return Bytes::new() };
    while let Some(Ok(chunk)) = stream.next().await {
        let room = MAX_ANSWER_BYTES - read.len();
        read.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
        if read.len() == MAX_ANSWER_BYTES {
            break;
        }
    }
    read.freeze()
}

/// Why there is no answer. The runtime's message about a connection contains neither headers nor body.
fn reason(fault: &JsValue) -> MailFault {
    let property =
        |name: &str| js_sys::Reflect::get(fault, &name.into()).ok().and_then(|text| text.as_string());
    if property("name").as_deref() == Some("TimeoutError") {
        return MailFault::TimedOut;
    }
    MailFault::Unreachable(property("message").unwrap_or_default())
}

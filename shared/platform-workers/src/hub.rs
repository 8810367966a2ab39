use crate::{Workers, binding};
use livery_domain::{
    brand::release::Rev,
    clock::UnixMillis,
    embed::live::{Cursor, Frame, ReleasePointer},
    id::VisitorId,
    tenancy::tenant::TenantScope,
};
use livery_platform::{Heard, Hub, Listener, Unavailable};
use serde::{Serialize, de::DeserializeOwned};
use worker::{Headers, Method, Request, RequestInit, Stub, wasm_bindgen::JsValue};

impl Workers {
    /// The tenant's own hub object.
    pub(crate) fn hub(&self, scope: &TenantScope) -> worker::Result<Stub> {
        self.env.durable_object(binding::TENANT_HUB)?.get_by_name(&scope.tenant().to_string())
    }

    async fn ask_hub<T: DeserializeOwned>(
        &self,
        scope: &TenantScope,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, Unavailable> {
        let text = serde_json::to_string(body).map_err(unavailable)?;
        let stub = self.hub(scope).map_err(unavailable)?;
        let request = post(&format!("https://tenant-hub{path}"), &text).map_err(unavailable)?;
        let mut response = stub.fetch_with_request(request).await.map_err(unavailable)?;
        response.json().await.map_err(unavailable)
    }
}

impl Hub for Workers {
    async fn publish_release(&self, scope: &TenantScope, release: ReleasePointer) -> Result<(), Unavailable> {
        self.ask_hub(scope, "/release", &release).await
    }

    async fn publish_to_visitor(
        &self,
        scope: &TenantScope,
        visitor: VisitorId,
        frame: &Frame,
    ) -> Result<(), Unavailable> {
        self.ask_hub(scope, "/visitor", &(visitor, frame)).await
    }

    async fn close_pages(&self, scope: &TenantScope, as_of: UnixMillis) -> Result<(), Unavailable> {
        self.ask_hub(scope, "/close", &as_of).await
    }

    async fn releases_since(
        &self,
        scope: &TenantScope,
        since: Option<Rev>,
    ) -> Result<Vec<Frame>, Unavailable> {
        self.ask_hub(scope, "/since", &since).await
    }

    async fn listen(
        &self,
        scope: &TenantScope,
        listener: Listener<'_>,
        wait_millis: u32,
    ) -> Result<Heard, Unavailable> {
        let asked = (listener.visitor, listener.since, listener.cursor, wait_millis);
        let (frames, cursor): (Vec<Frame>, Cursor) = self.ask_hub(scope, "/listen", &asked).await?;
        Ok(Heard { frames, cursor })
    }
}

/// A JSON request to an object. Its URL's host only names the recipient.
pub(crate) fn post(url: &str, body: &str) -> worker::Result<Request> {
    let mut init = RequestInit::new();
    let headers = Headers::new();
    headers.set("content-type", "application/json")?;
    init.with_method(Method::Post).with_headers(headers).with_body(Some(JsValue::from_str(body)));
    Request::new_with_init(url, &init)
}

fn unavailable(fault: impl std::fmt::Display) -> Unavailable {
    Unavailable(format!("tenant hub: {fault}"))
}

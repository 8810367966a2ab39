use livery_platform_workers::tenant_hub;
use worker::{
    DurableObject, Env, Error, Request, Response, Result, State, WebSocket, WebSocketIncomingMessage,
    durable_object,
};

#[durable_object]
pub struct TenantHub {
    hub: Result<tenant_hub::TenantHub>,
}

impl DurableObject for TenantHub {
    fn new(state: State, _: Env) -> Self {
        Self { hub: tenant_hub::TenantHub::new(state) }
    }

    async fn fetch(&self, request: Request) -> Result<Response> {
        match &self.hub {
            Ok(hub) => hub.fetch(request).await,
            Err(fault) => Response::error(fault.to_string(), 500),
        }
    }

    async fn websocket_message(&self, socket: WebSocket, _: WebSocketIncomingMessage) -> Result<()> {
        tenant_hub::refuse_message(&socket);
        Ok(())
    }

    async fn websocket_close(&self, socket: WebSocket, _: usize, _: String, _: bool) -> Result<()> {
        if let Ok(hub) = &self.hub {
            hub.on_close(&socket);
        }
        Ok(())
    }

    async fn websocket_error(&self, socket: WebSocket, _: Error) -> Result<()> {
        if let Ok(hub) = &self.hub {
            hub.on_close(&socket);
        }
        Ok(())
    }
}

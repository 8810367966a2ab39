//! What one instance of a component holds while it answers one request.

use std::sync::Arc;

use wasmtime::component::ResourceTable;
use wasmtime::{Engine, Store};
use wasmtime_wasi::{WasiCtx, WasiCtxBuilder, WasiCtxView, WasiView};
use wasmtime_wasi_http::{WasiHttpCtx, WasiHttpCtxView, WasiHttpView};

use crate::application::{Component, Storage};
use crate::outbound_http::OutboundHttp;

pub struct Instance {
    pub table: ResourceTable,
    pub component: Arc<Component>,
    pub storage: Arc<Storage>,
    wasi: WasiCtx,
    http: WasiHttpCtx,
    outbound: OutboundHttp,
}

impl Instance {
    pub fn store(engine: &Engine, component: &Arc<Component>, storage: &Arc<Storage>) -> Store<Self> {
        let mut wasi = WasiCtxBuilder::new();
        wasi.envs(&component.environment);
        wasi.stdout(component.output.stdout.clone());
        wasi.stderr(component.output.stderr.clone());
        let instance = Self {
            table: ResourceTable::new(),
            component: Arc::clone(component),
            storage: Arc::clone(storage),
            wasi: wasi.build(),
            http: WasiHttpCtx::new(),
            outbound: OutboundHttp::new(component),
        };
        let mut store = Store::new(engine, instance);
        store.set_epoch_deadline(1);
        store.epoch_deadline_async_yield_and_update(1);
        store
    }
}

impl WasiView for Instance {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}

impl WasiHttpView for Instance {
    fn http(&mut self) -> WasiHttpCtxView<'_> {
        WasiHttpCtxView { ctx: &mut self.http, table: &mut self.table, hooks: &mut self.outbound }
    }
}

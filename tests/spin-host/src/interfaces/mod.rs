//! The interfaces of Spin, as components import them. Each file here turns one of them into calls of the module that
//! does the work.

mod key_value;
mod postgres;
mod sqlite;
mod variables;

use wasmtime::component::{HasData, Linker};

use crate::instance::Instance;

#[allow(clippy::all, missing_docs, reason = "generated from Spin's WIT")]
mod bindings {
    include!(concat!(env!("OUT_DIR"), "/bindings.rs"));
}

pub use bindings::spin;

/// The host's side of every interface is the instance.
struct Host;

impl HasData for Host {
    type Data<'a> = &'a mut Instance;
}

pub fn add_to_linker(linker: &mut Linker<Instance>) -> wasmtime::Result<()> {
    bindings::Imports::add_to_linker::<_, Host>(linker, |instance| instance)
}

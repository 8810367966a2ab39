//! `GET /{with|without}/{tenant}/{limit}/{count}/{id}` reserves `count` units one after the other, with leases or
//! without; the first under `id`, each next under the id after it. 200 with how many were granted. For measurements
//! only; never deployed.

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
mod workers;

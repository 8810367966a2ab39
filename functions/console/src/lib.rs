//! The `console` function: pages for the people of a tenant.

#[cfg(all(target_arch = "wasm32", target_os = "wasi", target_env = "p2"))]
mod spin;
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
mod workers;

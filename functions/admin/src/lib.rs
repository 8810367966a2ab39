//! The `admin` function: the tenant's own data for its team.

#[cfg(target_family = "wasm")]
#[allow(dead_code, reason = "tests and scripts ask for more of it than the function does")]
mod routes;
#[cfg(all(target_arch = "wasm32", target_os = "wasi", target_env = "p2"))]
mod spin;
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
mod workers;

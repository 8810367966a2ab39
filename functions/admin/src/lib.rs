//! The `admin` function: the tenant's own data for its team.

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
mod workers;

//! The contract on Workers: `GET /names` lists the cases, `POST /run/{name}` runs one. For tests only; never deployed.

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
mod workers;

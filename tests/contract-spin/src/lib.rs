//! The contract on Spin: `GET /names` lists the cases, `POST /run/{name}` runs one, `GET /pieces` sends a body piece by
//! piece. For tests only; never deployed.

#[cfg(all(target_arch = "wasm32", target_os = "wasi", target_env = "p2"))]
mod spin;

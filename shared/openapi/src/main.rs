//! Writes `schema/openapi.json`.

use std::{fs, path::Path};

fn main() -> std::io::Result<()> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema/openapi.json");
    fs::write(path, livery_openapi::text())
}

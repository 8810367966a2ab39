//! Writes `schema/openapi.json`, and the tables of `docs/api.md`, `docs/aliases.md` and `docs/problems.md`.

use std::{fs, io, path::Path};

fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    fs::write(root.join("schema/openapi.json"), livery_openapi::text())?;
    for document in livery_openapi::DOCUMENTS {
        let path = root.join(document);
        let text = livery_openapi::with_tables(&fs::read_to_string(&path)?)
            .ok_or_else(|| io::Error::other(format!("{document}: a table has no end marker")))?;
        fs::write(path, text)?;
    }
    Ok(())
}

//! The crates of the workspace whose modules are checked.

use std::path::{Path, PathBuf};

/// `lib.rs` or `main.rs` of every crate under `shared` and `functions`.
pub fn roots() -> Vec<PathBuf> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folders = ["shared", "shared/areas", "functions"];
    let sources =
        folders.iter().flat_map(|folder| entries(&workspace.join(folder))).map(|krate| krate.join("src"));
    let mut roots: Vec<_> = sources
        .flat_map(|source| ["lib.rs", "main.rs"].map(|name| source.join(name)))
        .filter(|file| file.is_file())
        .collect();
    roots.sort();
    roots
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let listed = std::fs::read_dir(folder).unwrap_or_else(|fault| panic!("{}: {fault}", folder.display()));
    listed.map(|entry| entry.unwrap().path()).collect()
}

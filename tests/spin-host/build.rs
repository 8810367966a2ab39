//! Writes the `bindgen!` call with the paths of Spin's WIT packages, which come with the `spin-sdk` crate that the
//! guest of our tests is locked to. The macro takes only literal paths, and we keep no copy of other people's files.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// The packages below `spin-sdk/wit/deps` that this host offers. A component that imports another one is refused at
/// start, when its imports are linked.
const PACKAGES: [&str; 4] =
    ["spin-key-value@3.0.0", "spin-postgres@4.2.0", "spin-sqlite@3.1.0", "spin-variables@3.0.0"];

fn main() -> Result<(), Box<dyn Error>> {
    let guest = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("guest/Cargo.toml");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", guest.with_file_name("Cargo.lock").display());
    let deps = sdk_directory(&guest)?.join("wit/deps");
    let paths: Vec<String> = PACKAGES.iter().map(|package| format!("{:?}", deps.join(package))).collect();
    let source = TEMPLATE.replace("@PATHS@", &paths.join(", "));
    fs::write(Path::new(&env::var("OUT_DIR")?).join("bindings.rs"), source)?;
    Ok(())
}

/// Asks Cargo, so that vendored sources and other registries work too. Offline first: a build of what is already
/// fetched must not need the network.
fn sdk_directory(guest: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let metadata = match cargo_metadata(guest, &["--offline"]) {
        Ok(metadata) => metadata,
        Err(_) => cargo_metadata(guest, &[])?,
    };
    let packages = metadata.get("packages").and_then(|packages| packages.as_array());
    packages
        .into_iter()
        .flatten()
        .find(|package| package.get("name").and_then(|name| name.as_str()) == Some("spin-sdk"))
        .and_then(|package| package.get("manifest_path")?.as_str())
        .and_then(|manifest| Some(Path::new(manifest).parent()?.to_owned()))
        .ok_or_else(|| format!("{} does not depend on spin-sdk", guest.display()).into())
}

fn cargo_metadata(guest: &Path, more: &[&str]) -> Result<serde_json::Value, Box<dyn Error>> {
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["metadata", "--format-version=1", "--locked", "--filter-platform=wasm32-wasip2"])
        .arg("--manifest-path")
        .arg(guest)
        .args(more)
        .output()?;
    if !output.status.success() {
        let why = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(format!("cargo metadata for {}: {why}", guest.display()).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

const TEMPLATE: &str = r#"
wasmtime::component::bindgen!({
    inline: "
        package livery:spin-host;
        world imports {
            import spin:key-value/key-value@3.0.0;
            import spin:postgres/postgres@4.2.0;
            import spin:sqlite/sqlite@3.1.0;
            import spin:variables/variables@3.0.0;
        }
    ",
    path: [@PATHS@],
    world: "livery:spin-host/imports",
    imports: { default: async | trappable },
    with: {
        "spin:key-value/key-value.store": crate::key_value::Store,
        "spin:postgres/postgres.connection": crate::postgres::Connection,
        "spin:postgres/postgres.connection-builder": crate::postgres::ConnectionBuilder,
        "spin:sqlite/sqlite.connection": crate::sqlite::Connection,
    },
});
"#;

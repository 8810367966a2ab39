//! Makes Rust of what people write: messages become functions, files get the hash that names them.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use std::{env, error::Error, fs, path::Path};

#[allow(clippy::print_stdout, reason = "it is how a build script speaks to cargo")]
fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=assets");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("names.rs"), names()?)?;
    livery_messages::build()
}

/// A constant per file with its name below `/admin/assets/`: the hash of its bytes, so that its URL never changes its
/// meaning.
fn names() -> Result<String, Box<dyn Error>> {
    let mut code = String::new();
    for (constant, file, extension) in [("STYLE", "console.css", "css"), ("SCRIPT", "console.js", "js")] {
        let hash = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(fs::read(Path::new("assets").join(file))?));
        code += &format!("pub const {constant}_NAME: &str = \"{hash}.{extension}\";\n");
        code += &format!("pub const {constant}_PATH: &str = \"/admin/assets/{hash}.{extension}\";\n");
    }
    Ok(code)
}

//! The theme compiler as wasm, built and packed as the functions are.
#![cfg(all(target_arch = "wasm32", target_os = "unknown"))]

mod publish;

use wasm_bindgen::prelude::wasm_bindgen;

/// The stylesheet of a draft.
///
/// # Errors
/// Everything that is refused, one fault a line, as the text that is thrown.
#[wasm_bindgen]
pub fn publish(draft: &str) -> Result<String, String> {
    publish::compiled(&publish::read(draft)?)
}

//! Wasmtime, as components need it: async, time sliced, and with what was compiled once kept on disk.

use std::path::Path;
use std::time::Duration;

use wasmtime::{Cache, CacheConfig, Config, Engine};

/// A component that computes without end gives its thread back this often, so that others are served beside it.
const TIME_SLICE: Duration = Duration::from_millis(10);

/// `fallback_cache` is used where the user has no cache folder of their own.
pub fn start(fallback_cache: &Path) -> wasmtime::Result<Engine> {
    let mut config = Config::new();
    config.wasm_component_model_async(true);
    config.epoch_interruption(true);
    config.cache(Some(open_cache(fallback_cache)?));
    let engine = Engine::new(&config)?;
    let ticking = engine.weak();
    std::thread::spawn(move || {
        while let Some(engine) = ticking.upgrade() {
            engine.increment_epoch();
            drop(engine);
            std::thread::sleep(TIME_SLICE);
        }
    });
    Ok(engine)
}

fn open_cache(fallback: &Path) -> wasmtime::Result<Cache> {
    Cache::new(CacheConfig::new()).or_else(|_| {
        let mut config = CacheConfig::new();
        config.with_directory(std::path::absolute(fallback)?);
        Cache::new(config)
    })
}

//! The ports on Spin: SQLite or Postgres, key-value.
//!
//! *In scope*: adapters, requests and responses between Spin and `http`. *Out of scope*: routes; the entry points
//! themselves, which `functions/` exports.
//!
//! An instance may serve one request or many, and many at the same time: an object that is kept for the next request is never
//! used by two.

#![cfg(all(target_arch = "wasm32", target_os = "wasi", target_env = "p2"))]
#![allow(async_fn_in_trait)]

mod answer;
mod cache;
mod counter;
mod database;
mod door;
mod hub;
mod mailer;
mod settings;

pub use answer::{Start, answer, answer_live};
pub use door::{Reply, received, reply, streamed};

use livery_domain::clock::UnixMillis;
use livery_http::Log;
use livery_platform::{Clock, Configured, Entropy, Runtime, Settings, SettingsError};
use spin_sdk::wasip3::clocks::monotonic_clock;
use std::{
    io::Write,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// The platform of one function. Stores and databases open when a method needs them, so a function is granted only what
/// it uses.
pub struct Spin {
    settings: Settings,
    client_address_header: Option<http::HeaderName>,
    database: database::Pool,
    key_value: cache::KeyValue,
}

impl Spin {
    /// Reads the variables of the component.
    ///
    /// # Errors
    /// The first setting that is missing or malformed.
    pub async fn new() -> Result<Self, SettingsError> {
        let settings::Configuration { settings, engine, client_address_header } = settings::read().await?;
        Ok(Self {
            settings,
            client_address_header,
            database: database::Pool::new(engine),
            key_value: cache::KeyValue::default(),
        })
    }

    /// Returns connections to Spin that others may be waiting for: called when a request is answered.
    pub fn close_idle(&self) {
        self.database.close_idle();
    }
}

impl Clock for Spin {
    #[expect(clippy::disallowed_methods, reason = "this is the platform's clock, and WASI has one")]
    fn now(&self) -> UnixMillis {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        UnixMillis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

impl Entropy for Spin {
    fn fill(&self, bytes: &mut [u8]) {
        // Going on without entropy would give ids that can be guessed.
        if getrandom::fill(bytes).is_err() {
            std::process::abort();
        }
    }
}

impl Runtime for Spin {
    const NAME: &'static str = "spin";
    /// Spin speaks HTTP alone.
    const SOCKETS: bool = false;
}

impl Configured for Spin {
    fn settings(&self) -> &Settings {
        &self.settings
    }
}

impl Log for Spin {
    fn log(&self, line: &str) {
        log(line);
    }
}

/// A monotonic clock.
fn monotonic() -> Duration {
    Duration::from_nanos(monotonic_clock::now())
}

/// One line to the component's own output, in one write: lines of two requests are not mixed up.
fn log(line: &str) {
    let line = format!("{line}\n");
    // If the log can't be written, there is nowhere to report it.
    let _ = if line.starts_with("{\"level\":\"error\"") {
        std::io::stderr().write_all(line.as_bytes())
    } else {
        std::io::stdout().write_all(line.as_bytes())
    };
}

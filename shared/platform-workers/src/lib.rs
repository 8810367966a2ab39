//! The ports on Cloudflare Workers: D1 or Postgres, KV, Durable Objects.
//!
//! *In scope*: adapters, the logic of the Durable Objects, requests and responses between JavaScript and `http`.
//! *Out of scope*: routes; the classes and entry points themselves, which `functions/` exports.

#![cfg(all(target_arch = "wasm32", target_os = "unknown"))]
#![allow(async_fn_in_trait)]

mod answer;
mod cache;
mod counter;
mod counter_objects;
mod database;
mod door;
mod events;
mod hub;
mod leases;
mod mailer;
mod prepared;
pub mod quota_counter;
mod socket_pass;
pub mod tenant_hub;
mod waiters;

pub use answer::{Start, answer, answer_live, answer_within, respond, with_keys};
pub use door::{handed_over, pathname, received, reply};
pub use leases::{Tally, tally as lease_tally};
pub use prepared::Prepared;
pub use socket_pass::admitted;

use database::Engine;
use livery_domain::clock::UnixMillis;
use livery_http::Log;
use livery_platform::{Clock, Configured, Entropy, Runtime, Settings, SettingsError};
use std::{cell::RefCell, rc::Rc};
use worker::{Context, Env, console_error, console_log};

/// Names of the bindings, as the wrangler files spell them.
mod binding {
    pub const DATABASE: &str = "DB";
    pub const CACHE: &str = "CACHE";
    pub const QUOTA_COUNTER: &str = "QUOTA_COUNTER";
    pub const TENANT_HUB: &str = "TENANT_HUB";
    pub const POSTGRES: &str = "POSTGRES";
}

/// The runtime's clock, which does not advance while a request computes.
#[must_use]
pub fn now() -> UnixMillis {
    // Milliseconds since 1970 are whole numbers far below 2^53.
    #[allow(clippy::cast_possible_truncation)]
    UnixMillis(js_sys::Date::now() as i64)
}

thread_local! {
    /// Settings can't change while an isolate lives: read once, by the first request.
    static READ: RefCell<Option<(Rc<Settings>, Engine)>> = const { RefCell::new(None) };
}

/// The platform of one function. Bindings open when a method needs them, so a function names only what it uses.
pub struct Workers {
    env: Env,
    settings: Rc<Settings>,
    engine: Engine,
    context: Option<Context>,
}

impl Workers {
    /// # Errors
    /// The first setting that is missing or malformed.
    pub fn new(env: Env) -> Result<Self, SettingsError> {
        if let Some((settings, engine)) = READ.with_borrow(Option::clone) {
            return Ok(Self { env, settings, engine, context: None });
        }
        // A secret and a variable are both plain strings on `env`.
        let look_up = |name: &'static str| env.var(name).ok().map(|value| value.to_string());
        let settings = Rc::new(Settings::read(look_up)?);
        let engine = Engine::parse(look_up(Engine::SETTING).as_deref())?;
        READ.set(Some((Rc::clone(&settings), engine)));
        Ok(Self { env, settings, engine, context: None })
    }

    /// The platform within a request whose work may go on after its answer. A counter takes leases only there, because they
    /// have to be settled after the answer.
    #[must_use]
    pub fn within(self, context: Context) -> Self {
        Self { context: Some(context), ..self }
    }

    pub const fn env(&self) -> &Env {
        &self.env
    }
}

impl Clock for Workers {
    fn now(&self) -> UnixMillis {
        now()
    }
}

impl Entropy for Workers {
    fn fill(&self, bytes: &mut [u8]) {
        // WebCrypto refuses only more than 64 KB at once; ids and salts take 16 bytes. Going on without entropy would
        // give ids that can be guessed.
        if getrandom::fill(bytes).is_err() {
            wasm_bindgen::throw_str("no entropy");
        }
    }
}

impl Runtime for Workers {
    const NAME: &'static str = "workers";
    const SOCKETS: bool = true;
}

impl Configured for Workers {
    fn settings(&self) -> &Settings {
        &self.settings
    }
}

impl Log for Workers {
    fn log(&self, line: &str) {
        if line.starts_with("{\"level\":\"error\"") {
            console_error!("{line}")
        } else {
            console_log!("{line}")
        }
    }
}

//! The ports in memory: SQLite, maps, a stopped clock, seeded entropy.
//!
//! *In scope*: fast tests on the host. *Out of scope*: evidence for the runtimes; that comes from tests on them.

// SQLite's C source is not built for wasm; nothing there needs this crate.
#![cfg(not(target_family = "wasm"))]

mod cache;
mod counter;
mod database;
mod hub;
mod mailer;
mod planes;
mod schema;

use livery_domain::{clock::UnixMillis, mail::Mail, tenancy::host::Host};
use livery_platform::{Clock, Configured, Entropy, Environment, MailFault, Runtime, Settings};
use std::{cell::Cell, cell::RefCell, collections::BTreeMap, collections::HashMap};

pub use schema::MIGRATIONS;

/// All ports that a handler can use, in one value.
pub struct Memory {
    settings: Settings,
    now: Cell<UnixMillis>,
    entropy: Cell<u64>,
    sqlite: RefCell<rusqlite::Connection>,
    /// Statements run so far: tests check what a request costs.
    statements: Cell<u64>,
    /// Calls of the database so far, each of which is a round trip on a runtime.
    sql_trips: Cell<u64>,
    cache: RefCell<HashMap<String, bytes::Bytes>>,
    cache_reads: Cell<u64>,
    counters: RefCell<BTreeMap<String, counter::Counter>>,
    hubs: RefCell<HashMap<String, hub::Channel>>,
    mails: RefCell<Vec<Mail>>,
    mail_fault: RefCell<Option<MailFault>>,
    /// Whether the hub lets requests wait.
    patient: Cell<bool>,
    /// While set, every port that can fail does.
    broken: Cell<bool>,
}

impl Memory {
    /// An empty world with the schema applied, the platform at `livery.test`, at 2026-11-21T09:00:00Z.
    ///
    /// # Errors
    /// Where SQLite refuses a migration.
    pub fn new(signing_keys: &str) -> Result<Self, rusqlite::Error> {
        let sqlite = schema::migrated()?;
        let platform_host = Host::parse("livery.test").map_err(|_| rusqlite::Error::InvalidQuery)?;
        Ok(Self {
            settings: Settings {
                environment: Environment::Production,
                platform_host,
                signing_keys: signing_keys.to_owned(),
            },
            now: Cell::new(UnixMillis(1_795_251_600_000)),
            entropy: Cell::new(0x9e37_79b9_7f4a_7c15),
            sqlite: RefCell::new(sqlite),
            statements: Cell::new(0),
            sql_trips: Cell::new(0),
            cache: RefCell::default(),
            cache_reads: Cell::new(0),
            counters: RefCell::default(),
            hubs: RefCell::default(),
            mails: RefCell::default(),
            mail_fault: RefCell::default(),
            patient: Cell::new(true),
            broken: Cell::new(false),
        })
    }

    /// Moves the clock.
    pub fn pass_millis(&self, millis: i64) {
        self.now.set(UnixMillis(self.now.get().0 + millis));
    }

    /// From now on every port fails, or works again.
    pub fn set_broken(&self, broken: bool) {
        self.broken.set(broken);
    }

    /// From now on the hub lets no request wait, like a full one, or lets them wait again.
    pub fn set_patient(&self, patient: bool) {
        self.patient.set(patient);
    }

    /// Forgets the frames that hubs sent, like a hub that restarts; releases are remembered.
    pub fn forget_recent_frames(&self) {
        self.hubs.borrow_mut().values_mut().for_each(hub::Channel::forget_sent);
    }

    /// SQL statements run so far.
    pub fn statements(&self) -> u64 {
        self.statements.get()
    }

    /// Round trips to SQL so far, each with any number of statements.
    pub fn sql_trips(&self) -> u64 {
        self.sql_trips.get()
    }

    /// Cache look-ups so far.
    pub fn cache_reads(&self) -> u64 {
        self.cache_reads.get()
    }

    /// Forgets the whole edge cache, as a cache may.
    pub fn forget_cache(&self) {
        self.cache.borrow_mut().clear();
    }

    /// Runs statements of a test's own, such as rows that no route makes yet.
    ///
    /// # Errors
    /// SQLite's own error.
    pub fn execute_batch(&self, sql: &str) -> Result<(), rusqlite::Error> {
        self.sqlite.borrow().execute_batch(sql)
    }

    fn works(&self) -> Result<(), livery_platform::Unavailable> {
        if self.broken.get() { Err(livery_platform::Unavailable("broken on purpose".into())) } else { Ok(()) }
    }
}

impl Clock for Memory {
    fn now(&self) -> UnixMillis {
        self.now.get()
    }
}

impl Entropy for Memory {
    fn fill(&self, bytes: &mut [u8]) {
        // SplitMix64: repeatable, and no two draws alike.
        for byte in bytes {
            let state = self.entropy.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
            self.entropy.set(state);
            let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            *byte = ((mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb) >> 56) as u8;
        }
    }
}

impl Runtime for Memory {
    const NAME: &'static str = "memory";
    const SOCKETS: bool = true;
}

impl Configured for Memory {
    fn settings(&self) -> &Settings {
        &self.settings
    }
}

//! The ports in memory, with the counters and the live log of `livery-store` in place of maps: the SQL that Spin counts
//! and listens with, run in milliseconds.

use bytes::Bytes;
use livery_domain::{
    brand::release::Rev,
    clock::UnixMillis,
    embed::live::{Frame, ReleasePointer},
    id::{ReservationId, VisitorId},
    limits::quota::{Meter, Period, Reservation, Usage},
    tenancy::tenant::TenantScope,
};
use livery_platform::{
    Clock, Database, DatabaseError, EdgeCache, Entropy, ExactCounter, Heard, Hub, Listener, Rows, Statement,
    Unavailable,
};
use livery_platform_memory::Memory;
use livery_store::{
    StoreError,
    embed::live_log,
    limits::counters::{self, Counter},
};
use std::cell::Cell;

pub struct SqlPorts {
    pub memory: Memory,
    /// The next batch is run and its answer is lost.
    pub loses_an_answer: Cell<bool>,
}

impl SqlPorts {
    pub fn new() -> Self {
        Self { memory: Memory::new("").unwrap(), loses_an_answer: Cell::new(false) }
    }
}

impl Database for SqlPorts {
    async fn query(&self, statement: Statement) -> Result<Rows, DatabaseError> {
        self.memory.query(statement).await
    }

    async fn batch(&self, statements: Vec<Statement>) -> Result<Vec<Rows>, DatabaseError> {
        let answers = self.memory.batch(statements).await;
        if self.loses_an_answer.take() { Err(DatabaseError::Unavailable("lost".into())) } else { answers }
    }

    async fn read(&self, statements: Vec<Statement>) -> Result<Vec<Rows>, DatabaseError> {
        self.memory.read(statements).await
    }
}

impl EdgeCache for SqlPorts {
    async fn cached(&self, key: &str) -> Result<Option<Bytes>, Unavailable> {
        self.memory.cached(key).await
    }

    async fn put_cached(&self, key: &str, value: Bytes) -> Result<(), Unavailable> {
        self.memory.put_cached(key, value).await
    }
}

impl Clock for SqlPorts {
    fn now(&self) -> UnixMillis {
        self.memory.now()
    }
}

impl Entropy for SqlPorts {
    fn fill(&self, bytes: &mut [u8]) {
        self.memory.fill(bytes);
    }
}

impl ExactCounter for SqlPorts {
    async fn reserve(
        &self,
        scope: &TenantScope,
        meter: Meter,
        period: Period,
        limit: u64,
        units: u64,
        id: ReservationId,
    ) -> Result<Reservation, Unavailable> {
        let counter = Counter { scope, meter, period };
        counters::reserve(self, counter, limit, units, id, self.now()).await.map_err(unavailable)
    }

    async fn commit(
        &self,
        scope: &TenantScope,
        meter: Meter,
        period: Period,
        id: ReservationId,
    ) -> Result<(), Unavailable> {
        counters::commit(self, Counter { scope, meter, period }, id).await.map_err(unavailable)
    }

    async fn release(
        &self,
        scope: &TenantScope,
        meter: Meter,
        period: Period,
        id: ReservationId,
    ) -> Result<(), Unavailable> {
        counters::release(self, Counter { scope, meter, period }, id).await.map_err(unavailable)
    }

    async fn usage(
        &self,
        scope: &TenantScope,
        meter: Meter,
        period: Period,
        limit: u64,
    ) -> Result<Usage, Unavailable> {
        counters::usage(self, Counter { scope, meter, period }, limit).await.map_err(unavailable)
    }
}

impl Hub for SqlPorts {
    async fn publish_release(&self, scope: &TenantScope, release: ReleasePointer) -> Result<(), Unavailable> {
        live_log::publish_release(self, scope, release, self.now()).await.map_err(unavailable)
    }

    async fn publish_to_visitor(
        &self,
        scope: &TenantScope,
        visitor: VisitorId,
        frame: &Frame,
    ) -> Result<(), Unavailable> {
        live_log::publish_to_visitor(self, scope, visitor, frame, self.now()).await.map_err(unavailable)
    }

    async fn close_pages(&self, scope: &TenantScope, _: UnixMillis) -> Result<(), Unavailable> {
        live_log::publish_to_all(self, scope, &Frame::Suspended, self.now()).await.map_err(unavailable)
    }

    async fn releases_since(
        &self,
        scope: &TenantScope,
        since: Option<Rev>,
    ) -> Result<Vec<Frame>, Unavailable> {
        live_log::releases_since(self, scope, since).await.map_err(unavailable)
    }

    /// Does not wait, because nothing else runs in a test's only thread; it moves the clock instead.
    async fn listen(
        &self,
        scope: &TenantScope,
        listener: Listener<'_>,
        wait_millis: u32,
    ) -> Result<Heard, Unavailable> {
        let heard = live_log::heard_now(self, scope, &listener).await.map_err(unavailable)?;
        if heard.frames.is_empty() {
            self.memory.pass_millis(wait_millis.into());
        }
        Ok(heard)
    }
}

fn unavailable(fault: StoreError) -> Unavailable {
    Unavailable(fault.to_string())
}

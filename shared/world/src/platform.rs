//! Memory with a log that can be read, and with faults at a chosen call.

use bytes::Bytes;
use livery_domain::{
    brand::release::Rev,
    clock::UnixMillis,
    embed::live::{Frame, ReleasePointer},
    id::{ReservationId, VisitorId},
    limits::quota::{Meter, Period, Reservation, Usage},
    mail::Mail,
    tenancy::tenant::TenantScope,
};
use livery_http::Log;
use livery_platform::{
    Clock, Configured, Database, DatabaseError, EdgeCache, Entropy, Environment, ExactCounter, Heard, Hub,
    Listener, MailFault, Mailer, Rows, Runtime, Settings, Statement, Unavailable,
};
use livery_platform_memory::Memory;
use livery_store::schema::NEEDED;
use std::{
    cell::{Cell, RefCell},
    future::poll_fn,
    task::Poll,
};

/// How a chosen call of a port fails, counted from 0 over all ports.
#[derive(Debug, Clone, Copy)]
pub enum Fault {
    /// It does nothing and fails.
    Before(u64),
    /// It does its work, and the answer is lost.
    After(u64),
    /// It and every later one do nothing and fail: the rest of the request meets a dead world.
    FromOn(u64),
}

/// `SOCKETS`: whether its runtime has WebSockets.
pub struct Platform<const SOCKETS: bool = true> {
    pub memory: Memory,
    settings: Settings,
    lines: RefCell<Vec<String>>,
    calls: Cell<u64>,
    fault: Cell<Option<Fault>>,
    /// The call before which a request stops once.
    pause: Cell<Option<u64>>,
    /// Where the schema stands, if that is not where this code needs it.
    schema: Cell<Option<i64>>,
}

impl<const SOCKETS: bool> Platform<SOCKETS> {
    pub fn new(keys: &str, environment: Environment) -> Self {
        let memory = Memory::new(keys).unwrap();
        Self {
            settings: Settings { environment, ..memory.settings().clone() },
            memory,
            lines: RefCell::default(),
            calls: Cell::new(0),
            fault: Cell::new(None),
            pause: Cell::new(None),
            schema: Cell::new(None),
        }
    }

    /// Every line logged so far.
    pub fn log_lines(&self) -> Vec<String> {
        self.lines.borrow().clone()
    }

    /// Counts calls from now on, and fails as told.
    pub fn set_fault(&self, fault: Option<Fault>) {
        self.calls.set(0);
        self.fault.set(fault);
    }

    /// Lets one request wait before its call number `at`, counted like those of a fault, until it is polled again.
    pub fn pause_before(&self, at: Option<u64>) {
        self.pause.set(at);
    }

    /// From now on the database refuses to be used, as an adapter does that has found its schema at `number`; or works.
    pub fn set_schema(&self, number: Option<i64>) {
        self.schema.set(number);
    }

    fn accept_schema(&self) -> Result<(), DatabaseError> {
        self.schema.get().map_or(Ok(()), |found| Err(DatabaseError::SchemaTooOld { found, needed: NEEDED }))
    }

    /// Port calls since the last [`Platform::set_fault`].
    pub fn calls(&self) -> u64 {
        self.calls.get()
    }

    async fn call<T, E>(
        &self,
        act: impl Future<Output = Result<T, E>>,
        fault: fn(String) -> E,
    ) -> Result<T, E> {
        let call = self.calls.get();
        self.calls.set(call + 1);
        if self.pause.get() == Some(call) {
            self.pause.set(None);
            let mut waited = false;
            poll_fn(|_| if std::mem::replace(&mut waited, true) { Poll::Ready(()) } else { Poll::Pending })
                .await;
        }
        let broken = || fault("broken on purpose".into());
        match self.fault.get() {
            Some(Fault::Before(at)) if at == call => Err(broken()),
            Some(Fault::FromOn(at)) if at <= call => Err(broken()),
            Some(Fault::After(at)) if at == call => act.await.and_then(|_| Err(broken())),
            _ => act.await,
        }
    }
}

impl<const SOCKETS: bool> Database for Platform<SOCKETS> {
    async fn query(&self, statement: Statement) -> Result<Rows, DatabaseError> {
        self.accept_schema()?;
        self.call(self.memory.query(statement), DatabaseError::Unavailable).await
    }

    async fn batch(&self, statements: Vec<Statement>) -> Result<Vec<Rows>, DatabaseError> {
        self.accept_schema()?;
        self.call(self.memory.batch(statements), DatabaseError::Unavailable).await
    }

    async fn read(&self, statements: Vec<Statement>) -> Result<Vec<Rows>, DatabaseError> {
        self.accept_schema()?;
        self.call(self.memory.read(statements), DatabaseError::Unavailable).await
    }
}

impl<const SOCKETS: bool> EdgeCache for Platform<SOCKETS> {
    async fn cached(&self, key: &str) -> Result<Option<Bytes>, Unavailable> {
        self.call(self.memory.cached(key), Unavailable).await
    }

    async fn put_cached(&self, key: &str, value: Bytes) -> Result<(), Unavailable> {
        self.call(self.memory.put_cached(key, value), Unavailable).await
    }
}

impl<const SOCKETS: bool> ExactCounter for Platform<SOCKETS> {
    async fn reserve(
        &self,
        scope: &TenantScope,
        meter: Meter,
        period: Period,
        limit: u64,
        units: u64,
        id: ReservationId,
    ) -> Result<Reservation, Unavailable> {
        self.call(self.memory.reserve(scope, meter, period, limit, units, id), Unavailable).await
    }

    async fn commit(
        &self,
        scope: &TenantScope,
        meter: Meter,
        period: Period,
        id: ReservationId,
    ) -> Result<(), Unavailable> {
        self.call(self.memory.commit(scope, meter, period, id), Unavailable).await
    }

    async fn release(
        &self,
        scope: &TenantScope,
        meter: Meter,
        period: Period,
        id: ReservationId,
    ) -> Result<(), Unavailable> {
        self.call(self.memory.release(scope, meter, period, id), Unavailable).await
    }

    async fn usage(
        &self,
        scope: &TenantScope,
        meter: Meter,
        period: Period,
        limit: u64,
    ) -> Result<Usage, Unavailable> {
        self.call(self.memory.usage(scope, meter, period, limit), Unavailable).await
    }
}

impl<const SOCKETS: bool> Hub for Platform<SOCKETS> {
    async fn publish_release(&self, scope: &TenantScope, release: ReleasePointer) -> Result<(), Unavailable> {
        self.call(self.memory.publish_release(scope, release), Unavailable).await
    }

    async fn publish_to_visitor(
        &self,
        scope: &TenantScope,
        visitor: VisitorId,
        frame: &Frame,
    ) -> Result<(), Unavailable> {
        self.call(self.memory.publish_to_visitor(scope, visitor, frame), Unavailable).await
    }

    async fn close_pages(&self, scope: &TenantScope, as_of: UnixMillis) -> Result<(), Unavailable> {
        self.call(self.memory.close_pages(scope, as_of), Unavailable).await
    }

    async fn releases_since(
        &self,
        scope: &TenantScope,
        since: Option<Rev>,
    ) -> Result<Vec<Frame>, Unavailable> {
        self.call(self.memory.releases_since(scope, since), Unavailable).await
    }

    async fn listen(
        &self,
        scope: &TenantScope,
        listener: Listener<'_>,
        wait_millis: u32,
    ) -> Result<Heard, Unavailable> {
        self.call(self.memory.listen(scope, listener, wait_millis), Unavailable).await
    }
}

impl<const SOCKETS: bool> Mailer for Platform<SOCKETS> {
    async fn send(&self, mail: &Mail) -> Result<(), MailFault> {
        self.call(self.memory.send(mail), MailFault::Unreachable).await
    }
}

impl<const SOCKETS: bool> Clock for Platform<SOCKETS> {
    fn now(&self) -> UnixMillis {
        self.memory.now()
    }
}

impl<const SOCKETS: bool> Entropy for Platform<SOCKETS> {
    fn fill(&self, bytes: &mut [u8]) {
        self.memory.fill(bytes);
    }
}

impl<const SOCKETS: bool> Configured for Platform<SOCKETS> {
    fn settings(&self) -> &Settings {
        &self.settings
    }
}

impl<const SOCKETS: bool> Log for Platform<SOCKETS> {
    fn log(&self, line: &str) {
        self.lines.borrow_mut().push(line.to_owned());
    }
}

impl<const SOCKETS: bool> Runtime for Platform<SOCKETS> {
    const NAME: &'static str = "memory";
    const SOCKETS: bool = SOCKETS;
}

use crate::{Spin, monotonic};
use livery_domain::{
    brand::release::Rev,
    clock::UnixMillis,
    embed::live::{Frame, ReleasePointer},
    id::VisitorId,
    tenancy::tenant::TenantScope,
};
use livery_platform::{Clock, Heard, Hub, Listener, Unavailable};
use livery_store::{StoreError, embed::live_log};
use spin_sdk::time::sleep;
use std::time::Duration;

/// How often a listener reads the log. A frame is received a sixth of a second after it was written, on average; a thousand
/// open pages query the database 3,000 times a second, each time for a row by its key.
const LOOK_EVERY: Duration = Duration::from_millis(300);

impl Hub for Spin {
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

    /// Without sockets every listener gets the frame from the log, and every later one reads SQL first.
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

    async fn listen(
        &self,
        scope: &TenantScope,
        listener: Listener<'_>,
        wait_millis: u32,
    ) -> Result<Heard, Unavailable> {
        let until = monotonic() + Duration::from_millis(wait_millis.into());
        let mut heard = self.heard_now(scope, &listener).await?;
        while heard.frames.is_empty() {
            let left = until.saturating_sub(monotonic());
            if left.is_zero() {
                break;
            }
            sleep(left.min(LOOK_EVERY)).await;
            let listener = Listener { cursor: Some(&heard.cursor), ..listener };
            heard = self.heard_now(scope, &listener).await?;
        }
        Ok(heard)
    }
}

impl Spin {
    async fn heard_now(&self, scope: &TenantScope, listener: &Listener<'_>) -> Result<Heard, Unavailable> {
        let heard = live_log::heard_now(self, scope, listener).await;
        // A listener waits most of the time, so it returns its connection, which others need.
        self.database.close_idle();
        heard.map_err(unavailable)
    }
}

fn unavailable(fault: StoreError) -> Unavailable {
    Unavailable(format!("live log: {fault}"))
}

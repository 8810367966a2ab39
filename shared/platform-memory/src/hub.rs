use crate::Memory;
use livery_domain::{
    brand::release::Rev,
    clock::UnixMillis,
    embed::live::{Cursor, Frame, REMEMBERED_RELEASES, ReleasePointer, catch_up},
    id::VisitorId,
    tenancy::tenant::TenantScope,
};
use livery_platform::{Heard, Hub, Listener, Unavailable};

#[derive(Default)]
pub struct Channel {
    remembered: Vec<ReleasePointer>,
    sent: Vec<(Option<VisitorId>, Frame)>,
}

impl Channel {
    pub fn forget_sent(&mut self) {
        self.sent.clear();
    }
}

impl Memory {
    /// Every frame sent to the tenant's open pages, in order, with the visitor that it was for (`None`: all visitors).
    pub fn frames_sent(&self, scope: &TenantScope) -> Vec<(Option<VisitorId>, Frame)> {
        self.hubs.borrow().get(&scope.tenant().to_string()).map(|c| c.sent.clone()).unwrap_or_default()
    }
}

impl Hub for Memory {
    async fn publish_release(&self, scope: &TenantScope, release: ReleasePointer) -> Result<(), Unavailable> {
        self.works()?;
        let mut hubs = self.hubs.borrow_mut();
        let channel = hubs.entry(scope.tenant().to_string()).or_default();
        if channel.remembered.last().is_some_and(|newest| newest.rev >= release.rev) {
            return Ok(());
        }
        channel.remembered.push(release.clone());
        let surplus = channel.remembered.len().saturating_sub(REMEMBERED_RELEASES.unsigned_abs() as usize);
        channel.remembered.drain(..surplus);
        channel.sent.push((None, Frame::Release(release)));
        Ok(())
    }

    async fn publish_to_visitor(
        &self,
        scope: &TenantScope,
        visitor: VisitorId,
        frame: &Frame,
    ) -> Result<(), Unavailable> {
        self.works()?;
        self.hubs
            .borrow_mut()
            .entry(scope.tenant().to_string())
            .or_default()
            .sent
            .push((Some(visitor), frame.clone()));
        Ok(())
    }

    async fn close_pages(&self, scope: &TenantScope, _: UnixMillis) -> Result<(), Unavailable> {
        self.works()?;
        let mut hubs = self.hubs.borrow_mut();
        hubs.entry(scope.tenant().to_string()).or_default().sent.push((None, Frame::Suspended));
        Ok(())
    }

    async fn releases_since(
        &self,
        scope: &TenantScope,
        since: Option<Rev>,
    ) -> Result<Vec<Frame>, Unavailable> {
        self.works()?;
        let hubs = self.hubs.borrow();
        let remembered = hubs.get(&scope.tenant().to_string()).map(|c| c.remembered.as_slice());
        Ok(catch_up(since, remembered.unwrap_or_default()))
    }

    /// Does not wait, because nothing else runs in a test's only thread; it moves the clock instead.
    async fn listen(
        &self,
        scope: &TenantScope,
        listener: Listener<'_>,
        wait_millis: u32,
    ) -> Result<Heard, Unavailable> {
        self.works()?;
        let hubs = self.hubs.borrow();
        let channel = hubs.get(&scope.tenant().to_string());
        let (remembered, sent) =
            channel.map(|c| (c.remembered.as_slice(), c.sent.as_slice())).unwrap_or_default();
        let heard = listener.cursor.and_then(|cursor| sent.get(cursor.as_str().parse::<usize>().ok()?..));
        let frames: Vec<_> = match heard {
            Some(later) => later
                .iter()
                .filter(|(visitor, _)| visitor.is_none() || *visitor == listener.visitor)
                .map(|(_, frame)| frame.clone())
                .collect(),
            None => catch_up(listener.since, remembered),
        };
        if frames.is_empty() && self.patient.get() {
            self.pass_millis(i64::from(wait_millis));
        }
        let cursor = Cursor::parse(&sent.len().to_string())
            .ok_or_else(|| Unavailable("a number is a cursor".to_owned()))?;
        Ok(Heard { frames, cursor })
    }
}

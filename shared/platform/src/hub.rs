use crate::Unavailable;
use livery_domain::{
    brand::release::Rev,
    clock::UnixMillis,
    embed::live::{Cursor, Frame, ReleasePointer},
    id::VisitorId,
    tenancy::tenant::TenantScope,
};

/// Largest frame: a message of 4,000 characters is at most 16 KB in UTF-8, 24 KB with JSON escapes of line breaks and
/// quotes; 64 KB leaves room.
pub const MAX_FRAME_BYTES: usize = 64 * 1024;

/// Who listens, and what it has heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listener<'a> {
    /// Whose messages are heard beside the tenant's releases.
    pub visitor: Option<VisitorId>,
    /// The newest revision that the client has; `None` where it does not say.
    pub since: Option<Rev>,
    /// From an earlier [`Heard`] of the same tenant and visitor.
    pub cursor: Option<&'a Cursor>,
}

/// What a listener hears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    pub frames: Vec<Frame>,
    /// Where to listen on.
    pub cursor: Cursor,
}

/// A tenant's live channel.
///
/// *Promise*: a published frame reaches every client connected at that moment, in the order of publishing. Releases
/// are remembered (see [`livery_domain::embed::live::REMEMBERED_RELEASES`]) so that a client resumes from its revision; other
/// frames only shortly: a client that was away for longer is greeted anew and reads what it missed from the API. No
/// frame reaches another tenant.
pub trait Hub {
    /// Tells every open page of the tenant, and remembers. A revision known already is told to nobody again.
    async fn publish_release(&self, scope: &TenantScope, release: ReleasePointer) -> Result<(), Unavailable>;

    /// Tells the open pages of one visitor.
    async fn publish_to_visitor(
        &self,
        scope: &TenantScope,
        visitor: VisitorId,
        frame: &Frame,
    ) -> Result<(), Unavailable>;

    /// Ends what the tenant's open pages listen to: a socket is closed with [`livery_domain::embed::live::close::SUSPENDED`], and who
    /// listens without one hears [`Frame::Suspended`]. Who may come back is not the hub's to say; but a page that was let in
    /// on what stood before `as_of` and comes only now is turned away like the others.
    async fn close_pages(&self, scope: &TenantScope, as_of: UnixMillis) -> Result<(), Unavailable>;

    /// What a client that knows `since` has missed.
    async fn releases_since(
        &self,
        scope: &TenantScope,
        since: Option<Rev>,
    ) -> Result<Vec<Frame>, Unavailable>;

    /// Listens without a socket.
    ///
    /// A cursor that is known gives the frames published after it: at once where there are any, else as soon as one
    /// comes, and an empty list after `wait_millis`. Without a cursor, or with one that the hub has forgotten, it gives
    /// at once what [`livery_domain::embed::live::catch_up`] makes of `since`: a `hello` in front tells the client that it is
    /// greeted anew and may have missed messages.
    async fn listen(
        &self,
        scope: &TenantScope,
        listener: Listener<'_>,
        wait_millis: u32,
    ) -> Result<Heard, Unavailable>;
}

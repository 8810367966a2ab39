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

/// A listener, and the frames that it has already received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listener<'a> {
    /// The visitor whose messages are received in addition to the tenant's releases.
    pub visitor: Option<VisitorId>,
    /// The newest revision that the client has; `None` where it does not say.
    pub since: Option<Rev>,
    /// From an earlier [`Heard`] of the same tenant and visitor.
    pub cursor: Option<&'a Cursor>,
}

/// What a listener receives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    pub frames: Vec<Frame>,
    /// The cursor from which to go on listening.
    pub cursor: Cursor,
}

/// A tenant's live channel.
///
/// *Promise*: a published frame reaches every client connected at that moment, in the order of publishing. Releases
/// are remembered (see [`livery_domain::embed::live::REMEMBERED_RELEASES`]) so that a client resumes from its revision; other
/// frames only shortly: a client that was disconnected for longer gets a new `hello` and reads the missed messages from the
/// API. No
/// frame reaches another tenant.
pub trait Hub {
    /// Sends the release to every open page of the tenant, and remembers it. A revision that is already known is not sent
    /// again.
    async fn publish_release(&self, scope: &TenantScope, release: ReleasePointer) -> Result<(), Unavailable>;

    /// Sends a frame to the open pages of one visitor.
    async fn publish_to_visitor(
        &self,
        scope: &TenantScope,
        visitor: VisitorId,
        frame: &Frame,
    ) -> Result<(), Unavailable>;

    /// Ends the live channel of the tenant's open pages: a socket is closed with
    /// [`livery_domain::embed::live::close::SUSPENDED`], and a listener without a socket gets [`Frame::Suspended`]. The hub
    /// does not decide who may reconnect; but a page that was admitted on a status from before `as_of` and connects only
    /// afterwards is closed too.
    async fn close_pages(&self, scope: &TenantScope, as_of: UnixMillis) -> Result<(), Unavailable>;

    /// What a client that knows `since` has missed.
    async fn releases_since(
        &self,
        scope: &TenantScope,
        since: Option<Rev>,
    ) -> Result<Vec<Frame>, Unavailable>;

    /// Listens without a socket.
    ///
    /// With a known cursor it returns the frames published after it: at once if there are any, else as soon as one is
    /// published, or an empty list after `wait_millis`. Without a cursor, or with one that the hub has forgotten, it returns
    /// at once what [`livery_domain::embed::live::catch_up`] makes of `since`: it begins with a `hello`, which tells the
    /// client that it may have missed messages.
    async fn listen(
        &self,
        scope: &TenantScope,
        listener: Listener<'_>,
        wait_millis: u32,
    ) -> Result<Heard, Unavailable>;
}

use crate::Unavailable;
use livery_domain::{
    id::VisitorId,
    live::{Frame, ReleasePointer},
    release::Rev,
    tenant::TenantScope,
};

/// Largest frame: a message of 4,000 characters is at most 16 KB in UTF-8, 24 KB with JSON escapes of line breaks and
/// quotes; 64 KB leaves room.
pub const MAX_FRAME_BYTES: usize = 64 * 1024;

/// A tenant's live channel.
///
/// *Promise*: a published frame reaches every client connected at that moment, in the order of publishing. Releases
/// are remembered (see [`livery_domain::live::REMEMBERED_RELEASES`]) so that a client resumes from its revision; other
/// frames are not: their clients read what they missed from the API. No frame reaches another tenant.
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

    /// What a client that knows `since` has missed.
    async fn releases_since(
        &self,
        scope: &TenantScope,
        since: Option<Rev>,
    ) -> Result<Vec<Frame>, Unavailable>;
}

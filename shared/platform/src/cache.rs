use crate::Unavailable;
use bytes::Bytes;
use livery_domain::hash::content_hash;

/// A cache near the visitor.
///
/// *Promise*: a value read is one that was once put under that key. It may be lost at any time and may be a minute old, in
/// another place older. Access is *never* decided from it. *Limits*: keys up to 512 octets, values up to 25 MiB (Workers KV,
/// <https://developers.cloudflare.com/kv/platform/limits/>); callers stay far below both.
pub trait EdgeCache {
    /// `None` where the cache does not have it.
    async fn cached(&self, key: &str) -> Result<Option<Bytes>, Unavailable>;

    /// The content hash of a value from the cache, to be compared with its name. Uses the fastest implementation that the
    /// runtime has.
    async fn hash_of(&self, value: &Bytes) -> String {
        content_hash(value)
    }

    /// Overwrites. A failed write leaves the old value or none.
    async fn put_cached(&self, key: &str, value: Bytes) -> Result<(), Unavailable>;
}

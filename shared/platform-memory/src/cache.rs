use crate::Memory;
use bytes::Bytes;
use livery_platform::{EdgeCache, Unavailable};

impl EdgeCache for Memory {
    async fn cached(&self, key: &str) -> Result<Option<Bytes>, Unavailable> {
        self.works()?;
        self.cache_reads.set(self.cache_reads.get() + 1);
        Ok(self.cache.borrow().get(key).cloned())
    }

    async fn put_cached(&self, key: &str, value: Bytes) -> Result<(), Unavailable> {
        self.works()?;
        self.cache.borrow_mut().insert(key.to_owned(), value);
        Ok(())
    }
}

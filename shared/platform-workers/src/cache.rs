use crate::{Workers, binding};
use bytes::Bytes;
use livery_platform::{EdgeCache, Unavailable};

impl EdgeCache for Workers {
    async fn cached(&self, key: &str) -> Result<Option<Bytes>, Unavailable> {
        let store = self.env.kv(binding::CACHE).map_err(unavailable)?;
        Ok(store.get(key).bytes().await.map_err(unavailable)?.map(Bytes::from))
    }

    async fn put_cached(&self, key: &str, value: Bytes) -> Result<(), Unavailable> {
        let store = self.env.kv(binding::CACHE).map_err(unavailable)?;
        let put = store.put_bytes(key, &value).map_err(unavailable)?;
        put.execute().await.map_err(unavailable)
    }
}

fn unavailable(fault: impl std::fmt::Display) -> Unavailable {
    Unavailable(format!("KV: {fault}"))
}

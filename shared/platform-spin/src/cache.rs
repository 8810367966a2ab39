use crate::Spin;
use bytes::Bytes;
use livery_platform::{EdgeCache, Unavailable};
use spin_sdk::key_value::Store;

impl EdgeCache for Spin {
    async fn cached(&self, key: &str) -> Result<Option<Bytes>, Unavailable> {
        let store = Store::open_default().await.map_err(unavailable)?;
        Ok(store.get(key).await.map_err(unavailable)?.map(Bytes::from))
    }

    async fn put_cached(&self, key: &str, value: Bytes) -> Result<(), Unavailable> {
        let store = Store::open_default().await.map_err(unavailable)?;
        store.set(key, value).await.map_err(unavailable)
    }
}

fn unavailable(fault: impl std::fmt::Display) -> Unavailable {
    Unavailable(format!("key-value: {fault}"))
}

use crate::Spin;
use bytes::Bytes;
use livery_platform::{EdgeCache, Unavailable};
use spin_sdk::key_value::{Error, Store};
use std::{cell::RefCell, rc::Rc};

/// The key-value store of one instance: opened by its first reader, kept while it answers.
#[derive(Default)]
pub struct KeyValue(RefCell<Option<Rc<Store>>>);

impl KeyValue {
    async fn with<T>(&self, ask: impl AsyncFnOnce(&Store) -> Result<T, Error>) -> Result<T, Unavailable> {
        let kept = self.0.borrow().clone();
        let store = match kept {
            Some(store) => store,
            None => {
                let opened = Rc::new(Store::open_default().await.map_err(unavailable)?);
                self.0.replace(Some(opened.clone()));
                opened
            }
        };
        let answer = ask(&store).await;
        if answer.is_err() {
            self.0.take();
        }
        answer.map_err(unavailable)
    }
}

impl EdgeCache for Spin {
    async fn cached(&self, key: &str) -> Result<Option<Bytes>, Unavailable> {
        let found = self.key_value.with(async |store| store.get(key).await).await?;
        Ok(found.map(Bytes::from))
    }

    async fn put_cached(&self, key: &str, value: Bytes) -> Result<(), Unavailable> {
        self.key_value.with(async |store| store.set(key, value).await).await
    }
}

fn unavailable(fault: impl std::fmt::Display) -> Unavailable {
    Unavailable(format!("key-value: {fault}"))
}

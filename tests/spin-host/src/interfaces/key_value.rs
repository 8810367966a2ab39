use wasmtime::component::{Accessor, FutureReader, Resource, StreamReader};

use super::Host;
use super::spin::key_value::key_value::{self, Error};
use crate::instance::Instance;
use crate::key_value::{KeyValueFile, Store};

type Answer<R> = wasmtime::Result<Result<R, Error>>;

impl key_value::Host for Instance {}

impl key_value::HostStore for Instance {
    async fn drop(&mut self, store: Resource<Store>) -> wasmtime::Result<()> {
        self.table.delete(store)?;
        Ok(())
    }
}

fn opened<T>(
    accessor: &Accessor<T, Host>,
    store: &Resource<Store>,
) -> wasmtime::Result<(KeyValueFile, String)> {
    accessor.with(|mut access| {
        let instance = access.get();
        Ok((instance.storage.key_value.clone(), instance.table.get(store)?.label.clone()))
    })
}

impl<T: 'static> key_value::HostStoreWithStore<T> for Host {
    async fn open(accessor: &Accessor<T, Self>, label: String) -> Answer<Resource<Store>> {
        accessor.with(|mut access| {
            let instance = access.get();
            if !instance.component.key_value_stores.contains(&label) {
                return Ok(Err(Error::AccessDenied));
            }
            Ok(Ok(instance.table.push(Store { label })?))
        })
    }

    async fn get(
        accessor: &Accessor<T, Self>,
        store: Resource<Store>,
        key: String,
    ) -> Answer<Option<Vec<u8>>> {
        let (file, label) = opened(accessor, &store)?;
        Ok(file.get(label, key).await.map_err(Error::Other))
    }

    async fn set(
        accessor: &Accessor<T, Self>,
        store: Resource<Store>,
        key: String,
        value: Vec<u8>,
    ) -> Answer<()> {
        let (file, label) = opened(accessor, &store)?;
        Ok(file.set(label, key, value).await.map_err(Error::Other))
    }

    async fn delete(accessor: &Accessor<T, Self>, store: Resource<Store>, key: String) -> Answer<()> {
        let (file, label) = opened(accessor, &store)?;
        Ok(file.delete(label, key).await.map_err(Error::Other))
    }

    async fn exists(accessor: &Accessor<T, Self>, store: Resource<Store>, key: String) -> Answer<bool> {
        let (file, label) = opened(accessor, &store)?;
        Ok(file.exists(label, key).await.map_err(Error::Other))
    }

    async fn get_keys(
        accessor: &Accessor<T, Self>,
        store: Resource<Store>,
    ) -> wasmtime::Result<(StreamReader<String>, FutureReader<Result<(), Error>>)> {
        let (file, label) = opened(accessor, &store)?;
        let (keys, outcome) = match file.keys(label).await {
            Ok(keys) => (keys, Ok(())),
            Err(error) => (Vec::new(), Err(Error::Other(error))),
        };
        accessor.with(|mut access| {
            let keys = StreamReader::new(&mut access, keys)?;
            Ok((keys, FutureReader::new(&mut access, async move { wasmtime::error::Ok(outcome) })?))
        })
    }
}

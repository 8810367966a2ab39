use std::sync::Arc;

use wasmtime::component::{Accessor, FutureReader, Resource, StreamReader};

use super::Host;
use super::spin::postgres::postgres::{self, Column, Error, ParameterValue, Row, RowSet};
use crate::allowed_hosts::AllowedHosts;
use crate::application::Storage;
use crate::instance::Instance;
use crate::postgres::{Connection, ConnectionBuilder, Found};

type Answer<R> = wasmtime::Result<Result<R, Error>>;
type Rows = (Vec<Column>, StreamReader<Row>, FutureReader<Result<(), Error>>);

impl Instance {
    fn postgres(&self) -> (Arc<Storage>, Arc<AllowedHosts>) {
        (Arc::clone(&self.storage), Arc::clone(&self.component.allowed_hosts))
    }

    fn postgres_connection(&self, connection: &Resource<Connection>) -> wasmtime::Result<Connection> {
        Ok(self.table.get(connection)?.clone())
    }
}

impl postgres::Host for Instance {}

impl postgres::HostConnectionBuilder for Instance {
    async fn new(&mut self, address: String) -> wasmtime::Result<Resource<ConnectionBuilder>> {
        Ok(self.table.push(ConnectionBuilder { address })?)
    }

    async fn set_ca_root(&mut self, _: Resource<ConnectionBuilder>, _: String) -> Answer<()> {
        Ok(Err(Error::Other("this host speaks no TLS to Postgres".to_owned())))
    }

    async fn build(&mut self, builder: Resource<ConnectionBuilder>) -> Answer<Resource<Connection>> {
        let address = self.table.get(&builder)?.address.clone();
        postgres::HostConnection::open(self, address).await
    }

    async fn drop(&mut self, builder: Resource<ConnectionBuilder>) -> wasmtime::Result<()> {
        self.table.delete(builder)?;
        Ok(())
    }
}

impl<T: 'static> postgres::HostConnectionBuilderWithStore<T> for Host {
    async fn build_async(
        accessor: &Accessor<T, Self>,
        builder: Resource<ConnectionBuilder>,
    ) -> Answer<Resource<Connection>> {
        let address = accessor.with(|mut access| {
            let address = access.get().table.get(&builder)?.address.clone();
            wasmtime::error::Ok(address)
        })?;
        <Self as postgres::HostConnectionWithStore<T>>::open_async(accessor, address).await
    }
}

impl postgres::HostConnection for Instance {
    async fn open(&mut self, address: String) -> Answer<Resource<Connection>> {
        let (storage, allowed) = self.postgres();
        match storage.postgres.open(&address, &allowed).await {
            Ok(connection) => Ok(Ok(self.table.push(connection)?)),
            Err(error) => Ok(Err(error)),
        }
    }

    async fn query(
        &mut self,
        connection: Resource<Connection>,
        statement: String,
        parameters: Vec<ParameterValue>,
    ) -> Answer<RowSet> {
        let connection = self.postgres_connection(&connection)?;
        let Found { columns, rows, outcome } = match connection.query(&statement, parameters).await {
            Ok(found) => found,
            Err(error) => return Ok(Err(error)),
        };
        Ok(outcome.map(|()| RowSet { columns, rows }))
    }

    async fn execute(
        &mut self,
        connection: Resource<Connection>,
        statement: String,
        parameters: Vec<ParameterValue>,
    ) -> Answer<u64> {
        let connection = self.postgres_connection(&connection)?;
        Ok(connection.execute(&statement, parameters).await)
    }

    async fn drop(&mut self, connection: Resource<Connection>) -> wasmtime::Result<()> {
        self.table.delete(connection)?;
        Ok(())
    }
}

fn opened<T>(
    accessor: &Accessor<T, Host>,
    connection: &Resource<Connection>,
) -> wasmtime::Result<Connection> {
    accessor.with(|mut access| access.get().postgres_connection(connection))
}

impl<T: 'static> postgres::HostConnectionWithStore<T> for Host {
    async fn open_async(accessor: &Accessor<T, Self>, address: String) -> Answer<Resource<Connection>> {
        let (storage, allowed) = accessor.with(|mut access| access.get().postgres());
        match storage.postgres.open(&address, &allowed).await {
            Ok(connection) => accessor.with(|mut access| Ok(Ok(access.get().table.push(connection)?))),
            Err(error) => Ok(Err(error)),
        }
    }

    async fn query_async(
        accessor: &Accessor<T, Self>,
        connection: Resource<Connection>,
        statement: String,
        parameters: Vec<ParameterValue>,
    ) -> Answer<Rows> {
        let connection = opened(accessor, &connection)?;
        let found = match connection.query(&statement, parameters).await {
            Ok(found) => found,
            Err(error) => return Ok(Err(error)),
        };
        accessor.with(|mut access| {
            let rows = StreamReader::new(&mut access, found.rows)?;
            let outcome = FutureReader::new(&mut access, async move { wasmtime::error::Ok(found.outcome) })?;
            Ok(Ok((found.columns, rows, outcome)))
        })
    }

    async fn execute_async(
        accessor: &Accessor<T, Self>,
        connection: Resource<Connection>,
        statement: String,
        parameters: Vec<ParameterValue>,
    ) -> Answer<u64> {
        let connection = opened(accessor, &connection)?;
        Ok(connection.execute(&statement, parameters).await)
    }
}

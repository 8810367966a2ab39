use std::path::PathBuf;

use wasmtime::component::{Accessor, FutureReader, Resource, StreamReader};

use super::Host;
use super::spin::sqlite::sqlite::{self, Error, QueryResult, RowResult, Value};
use crate::instance::Instance;
use crate::sqlite::Connection;

type Answer<R> = wasmtime::Result<Result<R, Error>>;
type Rows = (Vec<String>, StreamReader<RowResult>, FutureReader<Result<(), Error>>);

impl Instance {
    /// The file behind a label, where the manifest grants it.
    fn sqlite_file(&self, label: &str) -> Result<PathBuf, Error> {
        let granted = self.component.sqlite_databases.iter().any(|granted| granted == label);
        if granted { Ok(self.storage.sqlite.clone()) } else { Err(Error::AccessDenied) }
    }

    fn sqlite_connection(&self, connection: &Resource<Connection>) -> wasmtime::Result<Connection> {
        Ok(self.table.get(connection)?.clone())
    }
}

impl sqlite::Host for Instance {}

impl sqlite::HostConnection for Instance {
    async fn open(&mut self, label: String) -> Answer<Resource<Connection>> {
        let path = match self.sqlite_file(&label) {
            Ok(path) => path,
            Err(error) => return Ok(Err(error)),
        };
        match Connection::open(path).await {
            Ok(connection) => Ok(Ok(self.table.push(connection)?)),
            Err(error) => Ok(Err(Error::Io(error))),
        }
    }

    async fn execute(
        &mut self,
        connection: Resource<Connection>,
        statement: String,
        parameters: Vec<Value>,
    ) -> Answer<QueryResult> {
        let connection = self.sqlite_connection(&connection)?;
        Ok(connection.execute(statement, parameters).await.map_err(Error::Io))
    }

    async fn last_insert_rowid(&mut self, connection: Resource<Connection>) -> wasmtime::Result<i64> {
        let connection = self.sqlite_connection(&connection)?;
        connection.last_insert_rowid().await.map_err(wasmtime::Error::msg)
    }

    async fn changes(&mut self, connection: Resource<Connection>) -> wasmtime::Result<u64> {
        let connection = self.sqlite_connection(&connection)?;
        connection.changes().await.map_err(wasmtime::Error::msg)
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
    accessor.with(|mut access| access.get().sqlite_connection(connection))
}

impl<T: 'static> sqlite::HostConnectionWithStore<T> for Host {
    async fn open_async(accessor: &Accessor<T, Self>, label: String) -> Answer<Resource<Connection>> {
        let path = match accessor.with(|mut access| access.get().sqlite_file(&label)) {
            Ok(path) => path,
            Err(error) => return Ok(Err(error)),
        };
        match Connection::open(path).await {
            Ok(connection) => accessor.with(|mut access| Ok(Ok(access.get().table.push(connection)?))),
            Err(error) => Ok(Err(Error::Io(error))),
        }
    }

    async fn execute_async(
        accessor: &Accessor<T, Self>,
        connection: Resource<Connection>,
        statement: String,
        parameters: Vec<Value>,
    ) -> Answer<Rows> {
        let connection = opened(accessor, &connection)?;
        let result = match connection.execute(statement, parameters).await {
            Ok(result) => result,
            Err(error) => return Ok(Err(Error::Io(error))),
        };
        accessor.with(|mut access| {
            let rows = StreamReader::new(&mut access, result.rows)?;
            let outcome = FutureReader::new(&mut access, async { wasmtime::error::Ok(Ok(())) })?;
            Ok(Ok((result.columns, rows, outcome)))
        })
    }

    async fn last_insert_rowid_async(
        accessor: &Accessor<T, Self>,
        connection: Resource<Connection>,
    ) -> wasmtime::Result<i64> {
        opened(accessor, &connection)?.last_insert_rowid().await.map_err(wasmtime::Error::msg)
    }

    async fn changes_async(
        accessor: &Accessor<T, Self>,
        connection: Resource<Connection>,
    ) -> wasmtime::Result<u64> {
        opened(accessor, &connection)?.changes().await.map_err(wasmtime::Error::msg)
    }
}

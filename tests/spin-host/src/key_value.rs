//! The key-value stores: one SQLite file, with the table that Spin makes.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, OptionalExtension as _, params};

/// The label of an opened store.
pub struct Store {
    pub label: String,
}

#[derive(Clone)]
pub struct KeyValueFile(Arc<Mutex<Connection>>);

impl KeyValueFile {
    pub fn open(path: &Path) -> Result<Self, String> {
        Self::open_connection(path).map_err(|error| format!("{}: {error}", path.display()))
    }

    fn open_connection(path: &Path) -> rusqlite::Result<Self> {
        let connection = Connection::open(path)?;
        connection.execute_batch(
            "CREATE TABLE IF NOT EXISTS spin_key_value (
                store TEXT NOT NULL,
                key   TEXT NOT NULL,
                value BLOB NOT NULL,
                PRIMARY KEY (store, key)
            )",
        )?;
        Ok(Self(Arc::new(Mutex::new(connection))))
    }

    pub async fn get(&self, store: String, key: String) -> Result<Option<Vec<u8>>, String> {
        self.run(move |connection| {
            let sql = "SELECT value FROM spin_key_value WHERE store = ? AND key = ?";
            connection.prepare_cached(sql)?.query_row([store, key], |row| row.get(0)).optional()
        })
        .await
    }

    pub async fn set(&self, store: String, key: String, value: Vec<u8>) -> Result<(), String> {
        self.run(move |connection| {
            let sql = "INSERT OR REPLACE INTO spin_key_value (store, key, value) VALUES (?, ?, ?)";
            connection.prepare_cached(sql)?.execute(params![store, key, value]).map(drop)
        })
        .await
    }

    pub async fn delete(&self, store: String, key: String) -> Result<(), String> {
        self.run(move |connection| {
            let sql = "DELETE FROM spin_key_value WHERE store = ? AND key = ?";
            connection.prepare_cached(sql)?.execute([store, key]).map(drop)
        })
        .await
    }

    pub async fn exists(&self, store: String, key: String) -> Result<bool, String> {
        self.run(move |connection| {
            connection
                .prepare_cached("SELECT 1 FROM spin_key_value WHERE store = ? AND key = ?")?
                .exists([store, key])
        })
        .await
    }

    pub async fn keys(&self, store: String) -> Result<Vec<String>, String> {
        self.run(move |connection| {
            connection
                .prepare_cached("SELECT key FROM spin_key_value WHERE store = ?")?
                .query_map([store], |row| row.get(0))?
                .collect()
        })
        .await
    }

    async fn run<R: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<R> + Send + 'static,
    ) -> Result<R, String> {
        let file = Arc::clone(&self.0);
        tokio::task::spawn_blocking(move || work(&file.lock().unwrap_or_else(PoisonError::into_inner)))
            .await
            .map_err(|error| error.to_string())?
            .map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_directory::TestDirectory;

    fn text(text: &str) -> String {
        text.to_owned()
    }

    #[tokio::test]
    async fn values_outlive_the_host() {
        let directory = TestDirectory::new();
        let path = directory.path().join("key_value.db");
        let file = KeyValueFile::open(&path).unwrap();
        file.set(text("default"), text("a"), vec![1, 0, 255]).await.unwrap();
        drop(file);
        let file = KeyValueFile::open(&path).unwrap();
        assert_eq!(file.get(text("default"), text("a")).await.unwrap(), Some(vec![1, 0, 255]));
    }

    #[tokio::test]
    async fn a_value_is_set_replaced_listed_and_deleted() {
        let directory = TestDirectory::new();
        let file = KeyValueFile::open(&directory.path().join("key_value.db")).unwrap();
        for value in [b"1", b"2"] {
            file.set(text("default"), text("a"), value.to_vec()).await.unwrap();
        }
        file.set(text("other"), text("b"), Vec::new()).await.unwrap();
        assert_eq!(file.get(text("default"), text("a")).await.unwrap(), Some(b"2".to_vec()));
        assert_eq!(file.keys(text("default")).await.unwrap(), ["a"]);
        assert!(!file.exists(text("default"), text("b")).await.unwrap());
        file.delete(text("default"), text("a")).await.unwrap();
        file.delete(text("default"), text("a")).await.unwrap();
        assert_eq!(file.get(text("default"), text("a")).await.unwrap(), None);
    }
}

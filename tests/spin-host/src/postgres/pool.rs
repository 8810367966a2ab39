//! One pool for each address, as in Spin: the same crate with the same settings, because how a used connection is made
//! ready for its next user is part of what components meet.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod};
use tokio_postgres::NoTls;
use tokio_postgres::config::{Config, Host, SslMode};

use super::Connection;
use crate::allowed_hosts::AllowedHosts;
use crate::interfaces::spin::postgres::postgres::Error;

const CONNECTIONS: usize = 64;
/// Spin forgets pools beyond its sixteen; a test that needs as many addresses shall say so.
const ADDRESSES: usize = 16;
const SCHEME: &str = "postgres";
const PORT: u16 = 5432;

#[derive(Default)]
pub struct Pools(Mutex<HashMap<String, Pool>>);

impl Pools {
    pub async fn open(&self, address: &str, allowed: &AllowedHosts) -> Result<Connection, Error> {
        let pool = self.pool(address, allowed).map_err(Error::ConnectionFailed)?;
        let connection = pool.get().await.map_err(|error| Error::ConnectionFailed(format!("{error:?}")))?;
        Ok(Connection(Arc::new(connection)))
    }

    /// The allow-list is checked first: an address that another component may use is not open to this one.
    fn pool(&self, address: &str, allowed: &AllowedHosts) -> Result<Pool, String> {
        let config: Config = address.parse().map_err(|error: tokio_postgres::Error| error.to_string())?;
        check_hosts(&config, allowed)?;
        if !matches!(config.get_ssl_mode(), SslMode::Disable | SslMode::Prefer) {
            return Err("this host speaks no TLS: use sslmode=disable in the address".to_owned());
        }
        let mut pools = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pool) = pools.get(address) {
            return Ok(pool.clone());
        }
        if pools.len() == ADDRESSES {
            return Err(format!("this host keeps pools for {ADDRESSES} addresses only"));
        }
        let recycling = ManagerConfig { recycling_method: RecyclingMethod::Clean };
        let manager = Manager::from_config(config, NoTls, recycling);
        let pool = Pool::builder(manager).max_size(CONNECTIONS).build().map_err(|error| error.to_string())?;
        pools.insert(address.to_owned(), pool.clone());
        Ok(pool)
    }
}

fn check_hosts(config: &Config, allowed: &AllowedHosts) -> Result<(), String> {
    if !config.get_hostaddrs().is_empty() {
        return Err("hostaddr is not supported, give the host only".to_owned());
    }
    if config.get_hosts().is_empty() {
        return Err("the address names no host".to_owned());
    }
    let ports = config.get_ports();
    for (index, host) in config.get_hosts().iter().enumerate() {
        let Host::Tcp(host) = host else {
            return Err("Unix sockets are not supported on WebAssembly".to_owned());
        };
        let port = ports.get(index).or(ports.first()).copied().unwrap_or(PORT);
        if !allowed.allow(SCHEME, host, port) {
            return Err(format!("address {SCHEME}://{host}:{port} is not permitted"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(address: &str) -> Option<String> {
        let allowed = AllowedHosts::parse(&["postgres://db.example:5433".to_owned()]).unwrap();
        Pools::default().pool(address, &allowed).err()
    }

    #[test]
    fn only_an_allowed_host_and_port_gets_a_pool() {
        assert_eq!(refusal("postgres://u:p@db.example:5433/d"), None);
        assert!(refusal("postgres://u:p@db.example/d").unwrap().contains("db.example:5432"));
        assert!(refusal("host=other.example port=5433").unwrap().contains("other.example:5433"));
        assert!(refusal("host=db.example,other.example port=5433").unwrap().contains("other.example"));
    }

    #[test]
    fn a_way_around_the_allow_list_is_refused() {
        assert!(refusal("host=/run/postgresql").is_some());
        assert!(refusal("host=db.example hostaddr=10.0.0.1 port=5433").is_some());
    }

    #[test]
    fn an_address_that_demands_tls_is_refused_with_advice() {
        assert!(refusal("postgres://db.example:5433/d?sslmode=require").unwrap().contains("sslmode=disable"));
    }
}

//! What an operator configures, from Spin's variables: the same names as everywhere, in lower case.

use http::HeaderName;
use livery_platform::{Settings, SettingsError};
use spin_sdk::variables;
use std::collections::BTreeMap;

const DATABASE: &str = "LIVERY_DATABASE";
const POSTGRES_URL: &str = "LIVERY_POSTGRES_URL";
const CLIENT_ADDRESS_HEADER: &str = "LIVERY_CLIENT_ADDRESS_HEADER";

/// What an operator has configured.
pub struct Configuration {
    pub settings: Settings,
    pub engine: Engine,
    /// The header in which the proxy in front gives the caller's address; `None` where there is no proxy.
    pub client_address_header: Option<HeaderName>,
}

/// Where the data is.
pub enum Engine {
    /// A file on the host: for one host.
    Sqlite,
    /// For any number of hosts.
    Postgres { url: String },
}

/// # Errors
/// The first setting that is missing or malformed; its name, never its value.
pub async fn read() -> Result<Configuration, SettingsError> {
    let mut found = BTreeMap::new();
    for name in [
        Settings::ENVIRONMENT,
        Settings::PLATFORM_HOST,
        Settings::SIGNING_KEYS,
        DATABASE,
        POSTGRES_URL,
        CLIENT_ADDRESS_HEADER,
    ] {
        // A variable that the manifest does not give to this component is one that it does not need. Any other failure, such
        // as a provider that does not answer, is reported where the setting is missing.
        if let Ok(value) = variables::get(name.to_ascii_lowercase()).await {
            found.insert(name, value);
        }
    }
    let settings = Settings::read(|name| found.get(name).cloned())?;
    let engine = match found.get(DATABASE).map(String::as_str) {
        Some("sqlite") => Engine::Sqlite,
        Some("postgres") => {
            let url = found.remove(POSTGRES_URL).filter(|url| !url.is_empty());
            Engine::Postgres { url: url.ok_or(SettingsError::Missing(POSTGRES_URL))? }
        }
        Some(_) => return Err(SettingsError::Malformed(DATABASE, "neither `sqlite` nor `postgres`".into())),
        None => return Err(SettingsError::Missing(DATABASE)),
    };
    let header = found.get(CLIENT_ADDRESS_HEADER).filter(|name| !name.is_empty());
    let client_address_header = header
        .map(|name| name.parse())
        .transpose()
        .map_err(|_| SettingsError::Malformed(CLIENT_ADDRESS_HEADER, "not the name of a header".into()))?;
    Ok(Configuration { settings, engine, client_address_header })
}

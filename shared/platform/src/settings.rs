use livery_domain::tenancy::host::Host;
use thiserror::Error;

/// Where the service runs. Anything but `development` is treated as in production.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Environment {
    Development,
    Production,
}

/// What an operator configures. Secrets stay text here; the crate that uses one parses it.
#[derive(Clone)]
pub struct Settings {
    pub environment: Environment,
    /// Tenants without a domain of their own live one label below it.
    pub platform_host: Host,
    /// JSON list of signing keys, newest first; empty where none is configured.
    pub signing_keys: String,
}

/// Why the service refuses to start. Names the setting, never its value.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SettingsError {
    #[error("{0} is not set")]
    Missing(&'static str),
    #[error("{0} is malformed: {1}")]
    Malformed(&'static str, String),
}

impl Settings {
    pub const ENVIRONMENT: &'static str = "LIVERY_ENVIRONMENT";
    pub const PLATFORM_HOST: &'static str = "LIVERY_PLATFORM_HOST";
    pub const SIGNING_KEYS: &'static str = "LIVERY_SIGNING_KEYS";

    /// Reads the settings through `look_up`, which gives the text of a variable or secret by name.
    ///
    /// # Errors
    /// The first setting that is missing or malformed.
    pub fn read(look_up: impl Fn(&'static str) -> Option<String>) -> Result<Self, SettingsError> {
        let environment = match look_up(Self::ENVIRONMENT).as_deref() {
            Some("development") => Environment::Development,
            _ => Environment::Production,
        };
        let platform_host =
            look_up(Self::PLATFORM_HOST).ok_or(SettingsError::Missing(Self::PLATFORM_HOST))?;
        let platform_host = Host::parse(&platform_host)
            .map_err(|fault| SettingsError::Malformed(Self::PLATFORM_HOST, fault.to_string()))?;
        Ok(Self { environment, platform_host, signing_keys: look_up(Self::SIGNING_KEYS).unwrap_or_default() })
    }
}

/// Access to the settings that the adapter read when it was built.
pub trait Configured {
    fn settings(&self) -> &Settings;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_platform_host_nothing_starts() {
        let read = Settings::read(|_| None);
        assert_eq!(read.err(), Some(SettingsError::Missing("LIVERY_PLATFORM_HOST")));
    }

    #[test]
    fn an_unknown_environment_is_production() {
        for (text, wanted) in [("development", Environment::Development), ("dev", Environment::Production)] {
            let read = Settings::read(|name| match name {
                Settings::ENVIRONMENT => Some(text.into()),
                Settings::PLATFORM_HOST => Some("livery.example".into()),
                _ => None,
            });
            assert_eq!(read.map(|s| s.environment).ok(), Some(wanted));
        }
    }
}

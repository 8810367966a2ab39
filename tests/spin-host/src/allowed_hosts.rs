//! `allowed_outbound_hosts`: `scheme://host[:port]`, with the wildcards that Spin knows.

use std::ops::Range;

#[derive(Debug, Default)]
pub struct AllowedHosts(Vec<AllowedHost>);

#[derive(Debug)]
struct AllowedHost {
    /// `None` is any.
    scheme: Option<String>,
    host: Host,
    /// `None` is any.
    ports: Option<Range<u32>>,
}

#[derive(Debug)]
enum Host {
    Any,
    /// With its leading dot.
    Below(String),
    Exactly(String),
}

impl AllowedHosts {
    pub fn parse(entries: &[String]) -> Result<Self, String> {
        let parse = |entry: &String| {
            AllowedHost::parse(entry.trim())
                .map_err(|error| format!("allowed_outbound_hosts: '{entry}': {error}"))
        };
        entries.iter().map(parse).collect::<Result<_, _>>().map(Self)
    }

    pub fn allow(&self, scheme: &str, host: &str, port: u16) -> bool {
        self.0.iter().any(|entry| entry.allows(scheme, host, port))
    }
}

impl AllowedHost {
    fn parse(entry: &str) -> Result<Self, String> {
        let (scheme, rest) = entry.split_once("://").ok_or("there is no scheme such as http://")?;
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        if rest.contains('/') {
            return Err("a path or an address block is not supported".to_owned());
        }
        // Not inside the brackets of an IPv6 address.
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
            _ => (rest, None),
        };
        Ok(Self {
            scheme: parse_scheme(scheme)?,
            host: Host::parse(host)?,
            ports: parse_ports(port, scheme)?,
        })
    }

    fn allows(&self, scheme: &str, host: &str, port: u16) -> bool {
        self.scheme.as_ref().is_none_or(|allowed| allowed == scheme)
            && self.host.allows(host)
            && self.ports.as_ref().is_none_or(|ports| ports.contains(&u32::from(port)))
    }
}

impl Host {
    fn parse(host: &str) -> Result<Self, String> {
        match host.strip_prefix("*.") {
            _ if host == "*" => Ok(Self::Any),
            _ if host == "self" || host.ends_with(".spin.internal") => {
                Err("requests to the application itself are not supported".to_owned())
            }
            _ if host.is_empty() => Err("there is no host".to_owned()),
            Some(domain) if !domain.contains('*') => Ok(Self::Below(format!(".{domain}"))),
            None if !host.contains(['*', '{']) => Ok(Self::Exactly(host.to_owned())),
            _ => Err("a * may only stand for the whole host or in front as *.".to_owned()),
        }
    }

    fn allows(&self, host: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Below(domain) => host.ends_with(domain.as_str()),
            Self::Exactly(allowed) => allowed == host,
        }
    }
}

fn parse_scheme(scheme: &str) -> Result<Option<String>, String> {
    match scheme {
        "*" => Ok(None),
        _ if !scheme.is_empty() && scheme.chars().all(char::is_alphabetic) => Ok(Some(scheme.to_owned())),
        _ => Err("the scheme is neither a word nor *".to_owned()),
    }
}

fn parse_ports(port: Option<&str>, scheme: &str) -> Result<Option<Range<u32>>, String> {
    let number =
        |text: &str| text.parse::<u16>().map(u32::from).map_err(|_| format!("'{text}' is not a port"));
    match port {
        Some("*") => Ok(None),
        Some(port) => match port.split_once("..") {
            Some((first, end)) => Ok(Some(number(first)?..number(end)?)),
            None => number(port).map(|port| Some(port..port + 1)),
        },
        None => match default_port(scheme) {
            Some(port) => Ok(Some(u32::from(port)..u32::from(port) + 1)),
            None => Err(format!("there is no port, and none is usual for '{scheme}'")),
        },
    }
}

pub fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" => Some(80),
        "https" => Some(443),
        "postgres" => Some(5432),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(entry: &str) -> AllowedHosts {
        AllowedHosts::parse(&[entry.to_owned()]).unwrap()
    }

    #[test]
    fn nothing_is_allowed_by_default() {
        assert!(!AllowedHosts::default().allow("http", "localhost", 80));
    }

    #[test]
    fn scheme_host_and_port_must_all_agree() {
        let hosts = hosts("postgres://db.example:5433");
        assert!(hosts.allow("postgres", "db.example", 5433));
        assert!(!hosts.allow("postgres", "db.example", 5432));
        assert!(!hosts.allow("http", "db.example", 5433));
        assert!(!hosts.allow("postgres", "other.example", 5433));
    }

    #[test]
    fn a_missing_port_is_the_usual_one_of_the_scheme() {
        assert!(hosts("https://a.example").allow("https", "a.example", 443));
        assert!(!hosts("https://a.example").allow("https", "a.example", 8443));
        assert!(hosts("postgres://a.example/").allow("postgres", "a.example", 5432));
        assert!(AllowedHosts::parse(&["ftp://a.example".to_owned()]).is_err());
    }

    #[test]
    fn wildcards_stand_for_a_whole_scheme_host_or_port() {
        assert!(hosts("*://*:*").allow("anything", "any.example", 1));
        assert!(hosts("http://127.0.0.1:*").allow("http", "127.0.0.1", 65_535));
        assert!(hosts("http://localhost:8000..8010").allow("http", "localhost", 8009));
        assert!(!hosts("http://localhost:8000..8010").allow("http", "localhost", 8010));
    }

    #[test]
    fn a_subdomain_wildcard_does_not_allow_the_domain_itself() {
        let hosts = hosts("https://*.example.com");
        assert!(hosts.allow("https", "a.example.com", 443));
        assert!(!hosts.allow("https", "example.com", 443));
        assert!(!hosts.allow("https", "badexample.com", 443));
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for entry in [
            "localhost",
            "http://a.*.example",
            "http://self",
            "http://*.spin.internal",
            "http://10.0.0.0/8",
            "http://a/b",
            "http://a:x",
            "{http,https}://a",
        ] {
            assert!(AllowedHosts::parse(&[entry.to_owned()]).is_err(), "{entry}");
        }
    }
}

//! What may be tried only so often, and how often.

use crate::hash::content_hash;
use std::net::IpAddr;

/// At most `most` tries within a window that begins with the first of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttemptLimit {
    pub name: &'static str,
    pub most: i64,
    pub window_secs: i64,
}

/// Longest window of all below: what began before it is forgotten.
pub const LONGEST_WINDOW_SECS: i64 = 3600;

/// Of one network, at all addresses together: an office of a hundred people signs in within a quarter of an hour.
pub const SIGN_IN_PER_NETWORK: AttemptLimit =
    AttemptLimit { name: "sign_in_network", most: 100, window_secs: 900 };
/// Of one network at one address: mistyped five times. Guesses from other networks do not count here.
pub const SIGN_IN_PER_PAIR: AttemptLimit = AttemptLimit { name: "sign_in_pair", most: 5, window_secs: 900 };
/// At one address from devices that its person never signed in with: 50 an hour are 1,200 guesses a day, while one of the
/// 10,000 commonest passwords of ten characters takes a week. The person's own devices are not held up by it.
pub const SIGN_IN_FROM_UNKNOWN: AttemptLimit =
    AttemptLimit { name: "sign_in_unknown", most: 50, window_secs: 3600 };
/// Mails with a link, to one address: the second after a mistyped address, the third after a spam filter.
pub const RESET_PER_EMAIL: AttemptLimit = AttemptLimit { name: "reset_email", most: 3, window_secs: 3600 };
/// Mails with a link, asked for by one network.
pub const RESET_PER_NETWORK: AttemptLimit =
    AttemptLimit { name: "reset_network", most: 20, window_secs: 3600 };
/// New passwords by link, tried by one network: a link has 256 bits, this bounds the hashing.
pub const RESET_TRIES_PER_NETWORK: AttemptLimit =
    AttemptLimit { name: "reset_tries_network", most: 20, window_secs: 900 };
/// Registrations by one network. Each makes eight rows that stay.
pub const REGISTER_PER_NETWORK: AttemptLimit =
    AttemptLimit { name: "register_network", most: 10, window_secs: 3600 };
/// Look-ups of a subdomain by one network: one a second is a person who types.
pub const SUBDOMAIN_PER_NETWORK: AttemptLimit =
    AttemptLimit { name: "subdomain_network", most: 60, window_secs: 60 };

/// The attempts of one kind by one network or at one address. Identified by a hash, so that no address is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bucket {
    pub limit: AttemptLimit,
    /// SHA-256 over the kind and whom it is about.
    pub key: String,
}

impl Bucket {
    #[must_use]
    pub fn new(limit: AttemptLimit, whose: &[&str]) -> Self {
        let mut text = String::from(limit.name);
        for part in whose {
            // A length before each part: no two lists of parts are one text.
            text.push_str(&format!("\n{}:{part}", part.len()));
        }
        Self { limit, key: content_hash(text.as_bytes()) }
    }
}

/// What counts as one client: an IPv4 address, or the 64 bits of IPv6 that a single customer is given at least (RFC 6177).
#[must_use]
pub fn network_of(address: &str) -> String {
    match address.parse() {
        Ok(IpAddr::V6(v6)) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_names_nobody_and_is_no_other_ones() {
        let bucket = Bucket::new(SIGN_IN_PER_PAIR, &["ada@acme.test", "192.0.2.1"]);
        assert!(!bucket.key.contains("ada") && bucket.key.len() == 43, "{bucket:?}");
        for other in [
            Bucket::new(SIGN_IN_FROM_UNKNOWN, &["ada@acme.test", "192.0.2.1"]),
            Bucket::new(SIGN_IN_PER_PAIR, &["ada@acme.tes", "t192.0.2.1"]),
            Bucket::new(SIGN_IN_PER_PAIR, &["ada@acme.test", "192.0.2.2"]),
        ] {
            assert_ne!(other.key, bucket.key);
        }
        assert_eq!(Bucket::new(SIGN_IN_PER_PAIR, &["ada@acme.test", "192.0.2.1"]), bucket);
    }

    #[test]
    fn who_has_a_network_of_ipv6_is_one_client() {
        assert_eq!(network_of("2001:db8:1:2:3::4"), network_of("2001:db8:1:2:ffff::"));
        assert_ne!(network_of("2001:db8:1:2::1"), network_of("2001:db8:1:3::1"));
        assert_ne!(network_of("192.0.2.1"), network_of("192.0.2.2"));
        assert_eq!(network_of("?"), "?");
    }

    #[test]
    fn no_window_is_longer_than_the_longest() {
        for limit in [
            SIGN_IN_PER_NETWORK,
            SIGN_IN_PER_PAIR,
            SIGN_IN_FROM_UNKNOWN,
            RESET_PER_EMAIL,
            RESET_PER_NETWORK,
            RESET_TRIES_PER_NETWORK,
            REGISTER_PER_NETWORK,
            SUBDOMAIN_PER_NETWORK,
        ] {
            assert!(limit.window_secs <= LONGEST_WINDOW_SECS, "{limit:?}");
        }
    }
}

//! The console's cookies. Over HTTPS each has the `__Host-` prefix, so that no other host of the domain can set one.

use cookie::{Cookie, SameSite, time::Duration};
use http::{HeaderMap, header};
use livery_http::Client;

/// Most cookies of one request that are looked at; browsers hold 50 to 180 per host.
const MAX_COOKIES: usize = 200;

/// The language that a person chose. Not secret, and read by the console alone.
pub const LANGUAGE: &str = "livery-language";

/// What a person is signed in with.
pub const SESSION: &str = "livery";
/// The token which shows that a person has signed in on this browser before.
pub const DEVICE: &str = "livery-device";

/// The longest that a session can last; the row in the database decides.
const SESSION_SECS: i64 = 30 * 86_400;
const DEVICE_SECS: i64 = 180 * 86_400;

const YEAR_SECS: i64 = 365 * 86_400;

/// The name of a cookie on this connection.
fn name_of(name: &'static str, client: &Client) -> String {
    if client.secure { format!("__Host-{name}") } else { name.to_owned() }
}

/// The value of one of our cookies.
pub fn read(headers: &HeaderMap, client: &Client, name: &'static str) -> Option<String> {
    let wanted = name_of(name, client);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(Cookie::split_parse)
        .take(MAX_COOKIES)
        .filter_map(Result::ok)
        .find(|cookie| cookie.name() == wanted)
        .map(|cookie| cookie.value().to_owned())
}

/// A `Set-Cookie` for this host alone, not readable by scripts, sent along with links from elsewhere and never with
/// forms from elsewhere.
pub fn write(client: &Client, name: &'static str, value: &str, max_age_secs: i64) -> String {
    Cookie::build((name_of(name, client), value.to_owned()))
        .path("/")
        .http_only(true)
        .secure(client.secure)
        .same_site(SameSite::Lax)
        .max_age(Duration::seconds(max_age_secs))
        .build()
        .to_string()
}

pub fn session(client: &Client, secret: &str) -> String {
    write(client, SESSION, secret, SESSION_SECS)
}

pub fn device(client: &Client, token: &str) -> String {
    write(client, DEVICE, token, DEVICE_SECS)
}

/// Takes a cookie away.
pub fn none(client: &Client, name: &'static str) -> String {
    write(client, name, "", 0)
}

pub fn language(client: &Client, language: &str) -> String {
    write(client, LANGUAGE, language, YEAR_SECS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn client(secure: bool) -> Client {
        Client { authority: "acme.livery.test".into(), secure, ..Client::default() }
    }

    #[test]
    fn over_https_a_cookie_belongs_to_one_host() {
        assert_eq!(
            write(&client(true), "livery", "abc", 60),
            "__Host-livery=abc; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=60"
        );
        assert_eq!(
            write(&client(false), "livery", "abc", 60),
            "livery=abc; HttpOnly; SameSite=Lax; Path=/; Max-Age=60"
        );
    }

    #[test]
    fn a_cookie_without_the_prefix_is_nothing_over_https() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static("a=1; livery=plain; =; x"));
        assert_eq!(read(&headers, &client(true), "livery"), None);
        assert_eq!(read(&headers, &client(false), "livery").as_deref(), Some("plain"));
        headers.append(header::COOKIE, HeaderValue::from_static("__Host-livery=kept"));
        assert_eq!(read(&headers, &client(true), "livery").as_deref(), Some("kept"));
    }
}

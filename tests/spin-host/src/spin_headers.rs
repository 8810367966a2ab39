//! The headers with which Spin tells a component where its request came from.

use std::net::SocketAddr;

use http::header::{HOST, HeaderName, HeaderValue};
use http::request::Parts;
use http::uri::{Authority, PathAndQuery, Scheme, Uri};

use crate::routes::Match;

/// Makes the URI absolute and appends the headers. Appends, as Spin does: a `spin-*` header that the client sent is
/// still there, in front of the one that can be trusted.
pub fn add<T>(parts: &mut Parts, found: &Match<'_, T>, client: SocketAddr) -> Result<(), http::Error> {
    let host = parts.headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost").to_owned();
    let path = parts.uri.path_and_query().cloned().unwrap_or(PathAndQuery::from_static("/"));
    let mut add = |name: &str, value: &str| {
        parts.headers.append(HeaderName::try_from(name)?, HeaderValue::try_from(value)?);
        Ok::<_, http::Error>(())
    };
    add("spin-path-info", &found.rest)?;
    add("spin-full-url", &format!("http://{host}{path}"))?;
    add("spin-matched-route", &found.route.pattern)?;
    add("spin-base-path", "/")?;
    add("spin-raw-component-route", &found.route.pattern)?;
    add("spin-component-route", found.route.prefix())?;
    add("spin-client-addr", &client.to_string())?;
    for (name, value) in &found.named {
        add(&format!("spin-path-match-{}", name.to_ascii_lowercase()), value)?;
    }
    parts.uri = Uri::builder()
        .scheme(Scheme::HTTP)
        .authority(Authority::try_from(host)?)
        .path_and_query(path)
        .build()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routes::Routes;

    fn parts(client_header: &str) -> Parts {
        let routes = Routes::new([("/t/:tenant/...".to_owned(), ())]).unwrap();
        let request = http::Request::builder()
            .uri("/t/7/x?y=1")
            .header("host", "a.example:80")
            .header("spin-client-addr", client_header)
            .body(())
            .unwrap();
        let (mut parts, ()) = request.into_parts();
        add(&mut parts, &routes.find("/t/7/x").unwrap(), SocketAddr::from(([10, 0, 0, 1], 5))).unwrap();
        parts
    }

    #[test]
    fn the_hosts_own_header_comes_after_the_one_that_the_client_sent() {
        let parts = parts("6.6.6.6:6");
        let values: Vec<_> = parts.headers.get_all("spin-client-addr").iter().collect();
        assert_eq!(values, ["6.6.6.6:6", "10.0.0.1:5"]);
    }

    #[test]
    fn a_component_learns_its_url_route_and_rest() {
        let parts = parts("x");
        assert_eq!(parts.uri, "http://a.example:80/t/7/x?y=1");
        assert_eq!(parts.headers["spin-full-url"], "http://a.example:80/t/7/x?y=1");
        assert_eq!(parts.headers["spin-path-info"], "/x");
        assert_eq!(parts.headers["spin-component-route"], "/t/:tenant");
        assert_eq!(parts.headers["spin-path-match-tenant"], "7");
    }
}

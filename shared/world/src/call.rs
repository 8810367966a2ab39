//! A request, written as a sentence.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method};
use livery_http::{Client, Received};
use serde_json::Value as Json;

#[derive(Clone)]
pub struct Call {
    method: Method,
    authority: String,
    /// Path and query.
    pub target: String,
    headers: Vec<(String, String)>,
    body: Bytes,
    secure: bool,
    address: Option<String>,
}

fn call(method: Method, url: &str) -> Call {
    let at = url.find('/').unwrap_or(url.len());
    let (authority, target) = url.split_at(at);
    let target = if target.is_empty() { "/" } else { target };
    Call {
        method,
        authority: authority.to_owned(),
        target: target.to_owned(),
        headers: vec![],
        body: Bytes::new(),
        secure: false,
        address: Some("192.0.2.1".to_owned()),
    }
}

/// `url` is `host[:port]/path?query`, without a scheme.
pub fn get(url: &str) -> Call {
    call(Method::GET, url)
}

pub fn head(url: &str) -> Call {
    call(Method::HEAD, url)
}

pub fn post(url: &str) -> Call {
    call(Method::POST, url)
}

pub fn put(url: &str) -> Call {
    call(Method::PUT, url)
}

pub fn patch(url: &str) -> Call {
    call(Method::PATCH, url)
}

pub fn delete(url: &str) -> Call {
    call(Method::DELETE, url)
}

pub fn options(url: &str) -> Call {
    call(Method::OPTIONS, url)
}

impl Call {
    pub fn of(method: &str, url: &str) -> Self {
        call(method.parse().unwrap(), url)
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// To the platform's own host, if it was to a tenant's.
    pub fn at_platform(mut self) -> Self {
        if ["acme.livery.test", "globex.livery.test"].contains(&&*self.authority) {
            self.authority = "livery.test".to_owned();
        }
        self
    }

    pub fn bearer(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    pub fn json(self, body: Json) -> Self {
        self.body("application/json", &body.to_string())
    }

    pub fn body(mut self, content_type: &str, body: &str) -> Self {
        self.body = Bytes::copy_from_slice(body.as_bytes());
        self.header("content-type", content_type)
    }

    pub fn raw_body(mut self, content_type: &str, body: &[u8]) -> Self {
        self.body = Bytes::copy_from_slice(body);
        self.header("content-type", content_type)
    }

    pub fn without_body(mut self) -> Self {
        self.body = Bytes::new();
        self.without_header("content-type")
    }

    pub fn without_header(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self
    }

    pub fn method(mut self, method: &str) -> Self {
        self.method = method.parse().unwrap();
        self
    }

    /// Over TLS.
    pub fn secure(mut self) -> Self {
        self.secure = true;
        self
    }

    /// From a client at this IP address; without it, from `192.0.2.1`.
    pub fn from_address(mut self, address: &str) -> Self {
        self.address = Some(address.to_owned());
        self
    }

    /// As a runtime hands it over that reads at most `max_body_bytes`.
    pub fn received(self, max_body_bytes: usize) -> Received {
        let mut parts = http::Request::new(()).into_parts().0;
        parts.method = self.method;
        parts.uri = self.target.parse().unwrap();
        for (name, value) in self.headers {
            let name: HeaderName = name.parse().unwrap();
            parts.headers.append(name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
        }
        let body = Some(self.body).filter(|body| body.len() <= max_body_bytes);
        let client = Client { authority: self.authority, secure: self.secure, address: self.address };
        Received { client, parts, body }
    }
}

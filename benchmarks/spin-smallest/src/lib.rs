//! The smallest component with the same answers as Livery: it reads what Livery reads, and checks nothing.
//!
//! * `/b/{hash}.css?tenant={id}&host={host}` reads the same three keys as a fresh instance of Livery's edge and gives the file;
//! * `/v1/embed-policy?tenant={key}` makes one statement and gives the row;
//! * `/constant` reads nothing.
//!
//! The head of an answer is the same as Livery's; its text is in `head`.
#![cfg(all(target_arch = "wasm32", target_os = "wasi", target_env = "p2"))]

mod head;

use bytes::Bytes;
use head::{API, FILE};
use http::{HeaderName, HeaderValue, StatusCode, Uri, header};
use http_body_util::Full;
use spin_sdk::{
    http::{Request, Response},
    http_service,
    key_value::Store,
    sqlite::{Connection, Value},
};

const POLICY: &str = "
    SELECT p.origins, p.version FROM tenants t JOIN embed_policies p ON p.tenant_id = t.id WHERE t.key = ?1";

type Answer = Response<Full<Bytes>>;

#[http_service]
async fn handle(request: Request) -> Answer {
    let found = match request.uri().path() {
        "/constant" => Some(answer(&FILE, &[], Bytes::from_static(b"constant"))),
        "/v1/embed-policy" => policy(&request).await,
        path if path.starts_with("/b/") => file(&request).await,
        _ => None,
    };
    found.unwrap_or_else(|| {
        let mut absent = Response::new(Full::new(Bytes::new()));
        *absent.status_mut() = StatusCode::NOT_FOUND;
        absent
    })
}

/// A parameter of the query, which holds nothing that would be escaped.
fn parameter<'u>(uri: &'u Uri, name: &str) -> Option<&'u str> {
    let mut pairs = uri.query()?.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find_map(|(key, value)| (key == name).then_some(value))
}

async fn file(request: &Request) -> Option<Answer> {
    let hash = request.uri().path().strip_prefix("/b/")?.strip_suffix(".css")?;
    let (tenant, host) = (parameter(request.uri(), "tenant")?, parameter(request.uri(), "host")?);
    let store = Store::open_default().await.ok()?;
    store.get(format!("host:{host}")).await.ok()??;
    store.get(format!("live:{tenant}")).await.ok()??;
    let body = store.get(format!("file:{tenant}:stylesheet:{hash}")).await.ok()??;
    let etag = format!("\"{hash}\"");
    let knows = request.headers().get(header::IF_NONE_MATCH).is_some_and(|known| known == etag.as_str());
    let mut answer = answer(&FILE, &[(header::ETAG, &etag)], if knows { Bytes::new() } else { body.into() });
    if knows {
        *answer.status_mut() = StatusCode::NOT_MODIFIED;
        answer.headers_mut().remove(header::CONTENT_TYPE);
        answer.headers_mut().remove(header::CONTENT_LENGTH);
    }
    Some(answer)
}

async fn policy(request: &Request) -> Option<Answer> {
    let key = parameter(request.uri(), "tenant")?.to_owned();
    let connection = Connection::open_default().await.ok()?;
    let rows = connection.execute(POLICY, [Value::Text(key)]).await.ok()?.collect().await.ok()?;
    let row = rows.into_iter().next()?.values;
    let [Value::Text(origins), Value::Integer(version)] = row.as_slice() else { return None };
    let body = format!("{{\"origins\":{origins}}}");
    Some(answer(&API, &[(header::ETAG, &format!("\"{version}\""))], body.into()))
}

fn answer(head: &[(&'static str, &'static str)], more: &[(HeaderName, &str)], body: Bytes) -> Answer {
    let length = body.len();
    let mut answer = Response::new(Full::new(body));
    let out = answer.headers_mut();
    for (name, value) in head {
        out.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    for (name, value) in more {
        if let Ok(value) = HeaderValue::from_str(value) {
            out.insert(name, value);
        }
    }
    out.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    answer
}

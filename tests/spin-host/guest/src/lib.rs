//! Does on request what the host's end-to-end tests look at. The path says what, the body says with which words.

use anyhow::{Context, Result, bail};
use bytes::Bytes;
use futures::SinkExt;
use http_body_util::BodyExt;
use spin_sdk::http::body::{IncomingBodyExt, stream};
use spin_sdk::http::{Error, Request, Response};
use spin_sdk::wasip3::spawn;
use spin_sdk::{http_service, key_value, pg, sqlite, time::sleep, variables};
use std::cell::Cell;
use std::fmt::Write;
use std::time::Duration;

type Body = http_body_util::combinators::UnsyncBoxBody<Bytes, anyhow::Error>;

#[http_service]
async fn handle(request: Request) -> Result<Response<Body>, Error> {
    let path = request.uri().path().to_owned();
    match path.as_str() {
        "/echo" => Ok(Response::new(request.into_body().map_err(anyhow::Error::from).boxed_unsync())),
        "/events" => Ok(events(None)),
        "/cut" => Ok(events(Some(2))),
        _ => {
            let text = answer(&path, request).await.map_err(Error::from)?;
            Ok(Response::new(http_body_util::Full::from(text).map_err(|never| match never {}).boxed_unsync()))
        }
    }
}

/// Three chunks, a while apart; or fewer, and a panic.
fn events(panic_at: Option<u8>) -> Response<Body> {
    let (mut sender, body) = stream::<String>();
    spawn(async move {
        for number in 1..=3 {
            assert_ne!(panic_at, Some(number), "as the test asked");
            if sender.send(format!("data: {number}\n\n")).await.is_err() {
                return;
            }
            sleep(Duration::from_millis(300)).await;
        }
    });
    Response::new(body.boxed_unsync())
}

async fn answer(path: &str, request: Request) -> Result<String> {
    let headers = request.headers().clone();
    let words = String::from_utf8(request.into_body().bytes().await?.to_vec())?;
    match path {
        "/headers" => {
            let mut lines = String::new();
            for (name, value) in headers.iter().filter(|(name, _)| name.as_str().starts_with("spin-")) {
                writeln!(lines, "{name}: {}", value.to_str()?)?;
            }
            Ok(lines)
        }
        "/panic" => panic!("as the test asked"),
        "/loop" => loop {
            std::hint::black_box(());
        },
        "/sleep" => {
            sleep(Duration::from_millis(words.parse()?)).await;
            Ok(String::new())
        }
        "/count" => {
            thread_local!(static COUNT: Cell<u32> = const { Cell::new(0) });
            Ok(COUNT.with(|count| count.replace(count.get() + 1)).to_string())
        }
        "/variable" => Ok(format!("{:?}", variables::get(&words).await)),
        "/get" => get(&words).await,
        "/key-value" => key_value(&words).await,
        "/sqlite" => sqlite(&words).await,
        "/postgres" => postgres(&words).await,
        _ => bail!("there is no {path}"),
    }
}

async fn get(url: &str) -> Result<String> {
    match spin_sdk::http::get(url).await {
        Ok(response) => {
            let status = response.status();
            Ok(format!("{status} {}", String::from_utf8(response.into_body().bytes().await?.to_vec())?))
        }
        Err(error) => Ok(format!("{error:?}")),
    }
}

/// `store get|set|delete|exists|keys [key [value]]`
async fn key_value(words: &str) -> Result<String> {
    let words: Vec<&str> = words.split(' ').collect();
    let store = match key_value::Store::open(words[0]).await {
        Ok(store) => store,
        Err(error) => return Ok(format!("{error:?}")),
    };
    Ok(match words[1..] {
        ["get", key] => format!("{:?}", store.get(key).await?.map(String::from_utf8)),
        ["set", key, value] => format!("{:?}", store.set(key, value).await),
        ["delete", key] => format!("{:?}", store.delete(key).await),
        ["exists", key] => format!("{:?}", store.exists(key).await?),
        ["keys"] => format!("{:?}", store.get_keys().await.collect().await?),
        _ => bail!("not a word of key-value: {words:?}"),
    })
}

/// The first line is the database, each further one a statement, or `pause` for ever.
async fn sqlite(lines: &str) -> Result<String> {
    let mut lines = lines.lines();
    let connection = match sqlite::Connection::open(lines.next().context("no database")?).await {
        Ok(connection) => connection,
        Err(error) => return Ok(format!("{error:?}")),
    };
    let mut answer = String::new();
    for line in lines {
        if line == "pause" {
            pause().await;
        }
        match connection.execute(line, []).await {
            Ok(rows) => {
                for row in rows.collect().await? {
                    writeln!(answer, "{:?}", row.values)?;
                }
            }
            Err(error) => writeln!(answer, "{error:?}")?,
        }
    }
    Ok(answer)
}

/// The first line is the address, each further one a statement, or `pause` for ever. A statement may end in `-- int64`
/// and the like, for one parameter.
async fn postgres(lines: &str) -> Result<String> {
    use pg::ParameterValue as Value;
    let mut lines = lines.lines();
    let connection = match pg::Connection::open(lines.next().context("no address")?).await {
        Ok(connection) => connection,
        Err(error) => return Ok(format!("{error:?}")),
    };
    let mut answer = String::new();
    for line in lines {
        if line == "pause" {
            pause().await;
        }
        let parameters = match line.split_once("-- ").map(|(_, parameter)| parameter) {
            None => Vec::new(),
            Some("null") => vec![Value::DbNull],
            Some("int64") => vec![Value::Int64(i64::MIN)],
            Some("str") => vec![Value::Str("ä".to_owned())],
            Some("bytes") => vec![Value::Binary(vec![0, 255])],
            Some("uuid") => vec![Value::Uuid("01890a5d-ac96-774b-bcce-b302099a8057".to_owned())],
            Some("jsonb") => vec![Value::Jsonb(b"{\"b\":[1],\"a\":null}".to_vec())],
            Some("datetime") => vec![Value::Datetime((2026, 2, 28, 23, 59, 58, 123_456_000))],
            Some(other) => bail!("no such parameter: {other}"),
        };
        match connection.query(line, parameters).await {
            Ok(mut rows) => {
                while let Some(row) = rows.rows().next().await {
                    writeln!(answer, "{row:?}")?;
                }
                if let Err(error) = rows.result().await {
                    writeln!(answer, "{error:?}")?;
                }
            }
            Err(pg::Error::PgError(pg::PgError::QueryFailed(pg::QueryError::DbError(error)))) => {
                writeln!(answer, "{} {}", error.code, error.message)?;
            }
            Err(error) => writeln!(answer, "{error:?}")?,
        }
    }
    Ok(answer)
}

async fn pause() {
    sleep(Duration::from_secs(3600)).await;
}

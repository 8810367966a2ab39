//! A scripted Postgres server.

use std::collections::VecDeque;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};

/// The server's reply to one request.
#[derive(Clone)]
pub enum Reply {
    /// Rows of columns, each with the number of its type; a value is the bytes on the wire, none is null.
    Rows(Vec<u32>, Vec<Vec<Option<Vec<u8>>>>),
    Done,
    Error(&'static str, &'static str),
    HangUp,
    Silence,
}

/// One connection: how the startup ends, and the replies. After the last reply, every statement succeeds without rows.
#[derive(Clone, Default)]
pub struct Script {
    pub refusal: Option<(&'static str, &'static str)>,
    pub greets: bool,
    pub replies: VecDeque<Reply>,
    /// Answers nothing before this statement has arrived.
    pub waits_for: Option<&'static str>,
}

impl Script {
    pub fn of(replies: impl IntoIterator<Item = Reply>) -> Self {
        Self { greets: true, replies: replies.into_iter().collect(), ..Self::default() }
    }
}

fn message(kind: u8, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 4).unwrap().to_be_bytes();
    [&[kind][..], &length, body].concat()
}

fn error(severity: &str, code: &str, text: &str) -> Vec<u8> {
    message(b'E', format!("S{severity}\0V{severity}\0C{code}\0M{text}\0\0").as_bytes())
}

fn described(types: &[u32]) -> Vec<u8> {
    let mut body = u16::try_from(types.len()).unwrap().to_be_bytes().to_vec();
    for of in types {
        body.extend(b"c\0");
        body.extend([0; 6]);
        body.extend(of.to_be_bytes());
        body.extend([0xff; 2]);
        body.extend([0xff; 4]);
        body.extend([0; 2]);
    }
    message(b'T', &body)
}

fn row(values: &[Option<Vec<u8>>]) -> Vec<u8> {
    let mut body = u16::try_from(values.len()).unwrap().to_be_bytes().to_vec();
    for value in values {
        match value {
            Some(bytes) => {
                body.extend(u32::try_from(bytes.len()).unwrap().to_be_bytes());
                body.extend(bytes);
            }
            None => body.extend((-1_i32).to_be_bytes()),
        }
    }
    message(b'D', &body)
}

/// Serves one connection and returns the statements that arrived, with the parameters that are text.
pub async fn serve(mut stream: DuplexStream, mut script: Script) -> Vec<(String, Vec<String>)> {
    let mut heard = Vec::new();
    let length = stream.read_u32().await.unwrap();
    stream.read_exact(&mut vec![0; length as usize - 4]).await.unwrap();
    if !script.greets {
        std::future::pending::<()>().await;
    }
    if let Some((code, text)) = script.refusal {
        let _ = stream.write_all(&error("FATAL", code, text)).await;
        return heard;
    }
    let ready = |state: u8| message(b'Z', &[state]);
    stream.write_all(&[message(b'R', &[0; 4]), ready(b'I')].concat()).await.unwrap();
    let (mut held, mut failed) = (Vec::new(), false);
    while let Ok(kind) = stream.read_u8().await {
        let length = stream.read_u32().await.unwrap();
        let mut body = vec![0; length as usize - 4];
        stream.read_exact(&mut body).await.unwrap();
        match kind {
            b'P' => {
                let sql = body.split(|byte| *byte == 0).nth(1).unwrap();
                heard.push((String::from_utf8(sql.to_vec()).unwrap(), Vec::new()));
            }
            b'B' => heard.last_mut().unwrap().1 = params(&body),
            b'S' => {
                let sql = heard.last().unwrap().0.clone();
                let reply = script.replies.pop_front().unwrap_or(Reply::Done);
                let commit = sql == "COMMIT";
                held.extend(match reply {
                    _ if failed && !commit => [error("ERROR", "25P02", "aborted"), ready(b'E')].concat(),
                    Reply::Error(code, text) => {
                        failed = !commit;
                        [error("ERROR", code, text), ready(b'E')].concat()
                    }
                    Reply::Rows(types, rows) => [
                        message(b'1', &[]),
                        message(b'2', &[]),
                        message(b't', &[0; 2]),
                        described(&types),
                        rows.iter().flat_map(|values| row(values)).collect(),
                        message(b'C', b"SELECT 1\0"),
                        ready(b'T'),
                    ]
                    .concat(),
                    Reply::Done => [
                        message(b'1', &[]),
                        message(b'2', &[]),
                        message(b't', &[0; 2]),
                        message(b'n', &[]),
                        message(b'C', if failed { b"ROLLBACK\0" } else { b"UPDATE 1\0" }),
                        ready(b'T'),
                    ]
                    .concat(),
                    Reply::HangUp => return heard,
                    Reply::Silence => std::future::pending().await,
                });
                if script.waits_for.is_none_or(|wanted| wanted == sql) {
                    script.waits_for = None;
                    if stream.write_all(&std::mem::take(&mut held)).await.is_err() {
                        return heard;
                    }
                }
            }
            b'X' => return heard,
            _ => {}
        }
    }
    heard
}

/// The parameters of a Bind message, as far as they are text.
fn params(body: &[u8]) -> Vec<String> {
    let number = |at: usize| usize::from(u16::from_be_bytes([body[at], body[at + 1]]));
    // Two empty names, then the formats, then the values.
    let mut at = 2 + 2 + 2 * number(2);
    let count = number(at);
    at += 2;
    let mut found = Vec::new();
    for _ in 0..count {
        let length = i32::from_be_bytes(body[at..at + 4].try_into().unwrap());
        at += 4;
        let Ok(length) = usize::try_from(length) else {
            found.push("NULL".to_owned());
            continue;
        };
        found.push(String::from_utf8_lossy(&body[at..at + length]).into_owned());
        at += length;
    }
    found
}

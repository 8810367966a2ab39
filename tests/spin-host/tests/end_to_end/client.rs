//! Just enough HTTP to look at a response while it arrives.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

pub struct Response {
    pub status: u16,
    pub text: String,
}

/// A response on its way. Dropped, the connection closes.
pub struct Arriving {
    stream: TcpStream,
    received: Vec<u8>,
}

pub fn connect(address: &str, path: &str, body: &str) -> Arriving {
    let mut stream = TcpStream::connect(address).unwrap();
    let length = body.len();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n"
    );
    // The response of a large body comes while it is sent.
    let (mut writing, body) = (stream.try_clone().unwrap(), body.to_owned());
    stream.write_all(head.as_bytes()).unwrap();
    std::thread::spawn(move || writing.write_all(body.as_bytes()));
    Arriving { stream, received: Vec::new() }
}

pub fn post(address: &str, path: &str, body: &str) -> Response {
    let mut arriving = connect(address, path, body);
    while arriving.more() {}
    let received = String::from_utf8(arriving.received).unwrap();
    let (head, body) = received.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no response: {received}"));
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let chunked = head.to_ascii_lowercase().contains("transfer-encoding: chunked");
    Response { status, text: if chunked { joined(body) } else { body.to_owned() } }
}

impl Arriving {
    /// Reads on until the text has arrived; `None` when the response ends without it.
    pub fn until(&mut self, text: &str) -> Option<()> {
        while !String::from_utf8_lossy(&self.received).contains(text) {
            if !self.more() {
                return None;
            }
        }
        Some(())
    }

    fn more(&mut self) -> bool {
        let mut buffer = [0; 65_536];
        let read = self.stream.read(&mut buffer).unwrap();
        self.received.extend_from_slice(&buffer[..read]);
        read > 0
    }
}

fn joined(mut chunks: &str) -> String {
    let mut text = String::new();
    while let Some((length, rest)) = chunks.split_once("\r\n") {
        let length = usize::from_str_radix(length, 16).unwrap();
        text.push_str(&rest[..length]);
        if length == 0 {
            return text;
        }
        chunks = &rest[length + 2..];
    }
    panic!("the response was cut off after: {text}");
}

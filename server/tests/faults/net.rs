//! HTTP as plainly as it goes: what is under test is what becomes of a connection, so nothing stands in between that would
//! try again by itself.

use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// How long an answer is waited for. Longer than the server waits for its database.
const PATIENCE: Duration = Duration::from_mins(1);

/// An answer that arrived whole.
#[derive(Debug)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The head, as it came.
    pub head: String,
    /// The body.
    pub text: String,
}

impl Reply {
    /// A header; empty when it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map_or("", |(_, value)| value)
    }

    /// The body as JSON; null when it is none.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }
}

/// Sends one request over a connection of its own. Nothing when no whole answer came: then nobody knows what became of it.
pub async fn ask(
    address: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Option<Reply> {
    let exchange = async {
        let mut stream = TcpStream::connect(address).await.ok()?;
        let length = body.len().to_string();
        let headers = [headers, &[("Content-Length", length.as_str())]].concat();
        let request = head(address, method, path, &headers) + body;
        stream.write_all(request.as_bytes()).await.ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.ok()?;
        let (head, text) = answer.split_once("\r\n\r\n")?;
        let reply = Reply {
            status: head.split(' ').nth(1)?.parse().ok()?,
            head: head.to_owned(),
            text: text.to_owned(),
        };
        // A process that was killed may have sent a part.
        let length: usize = reply.header("content-length").parse().ok()?;
        (text.len() == length).then_some(reply)
    };
    tokio::time::timeout(PATIENCE, exchange).await.ok()?
}

/// A request up to its body. HTTP/1.0, so that bodies come as they are and not in chunks.
fn head(address: &str, method: &str, path: &str, headers: &[(&str, &str)]) -> String {
    let first = format!("{method} {path} HTTP/1.0\r\nHost: {address}");
    let others = headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}"));
    let lines: Vec<String> = std::iter::once(first).chain(others).collect();
    lines.join("\r\n") + "\r\n\r\n"
}

/// A frame of a stream.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frame {
    /// Its position; 0 for what is not recorded.
    pub position: i64,
    /// `incident`, `house`, `hello` or `presence`.
    pub event: String,
    /// The JSON, byte for byte.
    pub data: String,
}

/// An open stream of events.
pub struct Stream {
    connection: TcpStream,
    read: Vec<u8>,
}

impl Stream {
    /// Opens one; nothing when it was not let in.
    pub async fn open(address: &str, path: &str, headers: &[(&str, &str)]) -> Option<Self> {
        let opened = async {
            let mut connection = TcpStream::connect(address).await.ok()?;
            let request = head(address, "GET", path, headers);
            connection.write_all(request.as_bytes()).await.ok()?;
            let mut stream = Self {
                connection,
                read: Vec::new(),
            };
            let head = stream.until(b"\r\n\r\n").await?;
            head.split(' ').nth(1).filter(|status| *status == "200")?;
            Some(stream)
        };
        tokio::time::timeout(PATIENCE, opened).await.ok()?
    }

    /// The next frame; nothing when the stream has ended. What came in part is dropped: it will come again.
    pub async fn next(&mut self) -> Option<Frame> {
        loop {
            let text = self.until(b"\n\n").await?;
            let mut frame = Frame::default();
            for line in text.lines() {
                match line.split_once(": ") {
                    Some(("id", id)) => frame.position = id.parse().ok()?,
                    Some(("event", event)) => event.clone_into(&mut frame.event),
                    Some(("data", data)) => data.clone_into(&mut frame.data),
                    _ => {}
                }
            }
            // A comment keeps the line open and says nothing.
            if !frame.event.is_empty() {
                return Some(frame);
            }
        }
    }

    /// Everything up to a mark, which is passed over.
    async fn until(&mut self, mark: &[u8]) -> Option<String> {
        loop {
            if let Some(at) = self.read.windows(mark.len()).position(|part| part == mark) {
                let text = String::from_utf8(self.read.drain(..at).collect()).ok()?;
                self.read.drain(..mark.len());
                return Some(text);
            }
            // The server gives a sign of life every 15 s; a line that is silent for longer is dead.
            let more = self.connection.read_buf(&mut self.read);
            let count = tokio::time::timeout(Duration::from_secs(40), more).await;
            if count.ok()?.ok()? == 0 {
                return None;
            }
        }
    }
}

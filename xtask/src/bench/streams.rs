//! Ten thousand readers while something is published: when the last one has it, beside a bare socket server that writes the
//! same bytes.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use xshell::Shell;

use super::load::{Running, median};
use super::served::Served;

const COUNT: usize = 10_000;
const ROUNDS: usize = 5;
/// What a reader waits for.
const FRAME: &[u8] = b"event: update";

/// Measures both, in turns.
pub fn measure(shell: &Shell, muster: &Served) -> Result<()> {
    let updates = muster.incident(shell)?;
    let words = r#"{"public":{"state":"investigating","message":"Requests to the API take longer than they should. We look into it."}}"#;
    let before = muster.memory()?;
    let live = format!("{}/status/live", muster.public);
    // Somebody always listens already.
    let first = Readers::open(&live, 1)?;
    let mut readers = Readers::open(&live, COUNT)?;
    drop(first);
    let each = (muster.memory()?.saturating_sub(before)) * 1000 / COUNT as u64;
    let (mut whole, mut spread) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let asked = now();
        let words = words.replace("We look into it.", &format!("We look into it ({round})."));
        muster.post(shell, &updates, &words)?;
        let heard = readers.heard()?;
        whole.push((heard.last - asked) * 1000.0);
        spread.push((heard.last - heard.first) * 1000.0);
    }
    drop(readers);
    let mut bare = Bare::start()?;
    let mut readers = Readers::open(&bare.url, COUNT)?;
    let (mut bare_whole, mut bare_spread) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let asked = now();
        bare.write()?;
        let heard = readers.heard()?;
        bare_whole.push((heard.last - asked) * 1000.0);
        bare_spread.push((heard.last - heard.first) * 1000.0);
    }
    let (ours, theirs) = (median(whole.into_iter()), median(bare_whole.into_iter()));
    println!("\n{COUNT} open streams, the middle of {ROUNDS} updates:");
    println!(
        "muster: from asking to the last reader {ours:.0} ms, from the first reader to the last {:.0} ms",
        median(spread.into_iter())
    );
    println!(
        "a bare socket server with the same bytes: {theirs:.0} ms, {:.0} ms",
        median(bare_spread.into_iter())
    );
    println!("ratio {:.2}; memory a stream {each} bytes", ours / theirs);
    Ok(())
}

/// Seconds, by the clock that several processes share.
#[expect(
    clippy::disallowed_methods,
    reason = "this measures the machine, and no test moves it"
)]
fn now() -> f64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs_f64()
}

struct Heard {
    first: f64,
    last: f64,
}

/// Readers in a process of their own.
struct Readers {
    process: Running,
    said: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Readers {
    fn open(url: &str, count: usize) -> Result<Self> {
        let mut process = child(&["listen", url, &count.to_string()])?;
        let output = process.stdout.take().context("no output")?;
        let mut readers = Self {
            process: Running(process),
            said: BufReader::new(output).lines(),
        };
        ensure!(readers.line()? == "open", "the streams could not be opened");
        Ok(readers)
    }

    /// Waits until every reader has the next one.
    fn heard(&mut self) -> Result<Heard> {
        let line = self.line()?;
        let (first, last) = line.split_once(' ').context("two times")?;
        Ok(Heard {
            first: first.parse()?,
            last: last.parse()?,
        })
    }

    fn line(&mut self) -> Result<String> {
        let line = self
            .said
            .next()
            .with_context(|| format!("the readers ended ({})", self.process.0.id()))?;
        Ok(line?)
    }
}

fn child(words: &[&str]) -> Result<std::process::Child> {
    let program = std::env::current_exe()?;
    let quoted = words
        .iter()
        .map(|word| format!("'{word}'"))
        .collect::<Vec<_>>()
        .join(" ");
    let script = format!(
        "ulimit -n $(ulimit -Hn); exec '{}' bench {quoted}",
        program.display()
    );
    let mut command = Command::new("sh");
    command
        .args(["-c", &script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    Ok(command.spawn()?)
}

/// The bare server in a process of its own.
struct Bare {
    process: Running,
    url: String,
}

impl Bare {
    fn start() -> Result<Self> {
        let mut process = child(&["bare"])?;
        let output = process.stdout.take().context("no output")?;
        let mut address = String::new();
        BufReader::new(output).read_line(&mut address)?;
        Ok(Self {
            process: Running(process),
            url: format!("http://{}/status/live", address.trim()),
        })
    }

    fn write(&mut self) -> Result<()> {
        let input = self.process.0.stdin.as_mut().context("no input")?;
        input.write_all(b"\n")?;
        Ok(input.flush()?)
    }
}

fn runtime() -> Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?)
}

/// The readers: opens so many streams, says so, and says of every frame when the first and when the last had it.
pub fn listen(url: &str, count: usize) -> Result<()> {
    let address = url.trim_start_matches("http://");
    let (host, path) = address.split_once('/').context("an address")?;
    let request =
        format!("GET /{path} HTTP/1.1\r\nHost: {host}\r\nAccept: text/event-stream\r\n\r\n");
    let host = host.to_owned();
    runtime()?.block_on(async move {
        let (told, mut heard) = tokio::sync::mpsc::unbounded_channel();
        for _ in 0..count {
            let mut stream = TcpStream::connect(&host).await?;
            stream.write_all(request.as_bytes()).await?;
            let mut answer = [0; 4096];
            // The greeting: its place was given.
            let length = stream.read(&mut answer).await?;
            ensure!(
                answer[..length].starts_with(b"HTTP/1.1 200"),
                "a stream was refused"
            );
            let told = told.clone();
            tokio::spawn(async move {
                let mut kept = Vec::new();
                while let Ok(length @ 1..) = stream.read(&mut answer).await {
                    kept.extend_from_slice(&answer[..length]);
                    if kept.windows(FRAME.len()).any(|part| part == FRAME) {
                        kept.clear();
                        let _ = told.send(now());
                    }
                }
            });
        }
        println!("open");
        loop {
            let (mut first, mut last) = (f64::MAX, 0.0_f64);
            for _ in 0..count {
                let at = tokio::time::timeout(Duration::from_mins(1), heard.recv()).await;
                let at = at
                    .context("a reader heard nothing for a minute")?
                    .context("a reader")?;
                (first, last) = (first.min(at), last.max(at));
            }
            println!("{first} {last}");
        }
    })
}

/// The bare server: greets whoever comes, and writes a frame of our size to all for every line on its input.
pub fn bare() -> Result<()> {
    let frame = format!(
        "id: 2101\n{}\ndata: {}\n\n",
        String::from_utf8_lossy(FRAME),
        "x".repeat(420)
    );
    runtime()?.block_on(async move {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        println!("{}", listener.local_addr()?);
        let (write, _) = tokio::sync::broadcast::channel::<()>(4);
        let wake = write.clone();
        std::thread::spawn(move || {
            for _ in std::io::stdin().lines().map_while(Result::ok) {
                let _ = wake.send(());
            }
            std::process::exit(0);
        });
        loop {
            let (mut stream, _) = listener.accept().await?;
            let (mut wake, frame) = (write.subscribe(), frame.clone());
            tokio::spawn(async move {
                let greeting =
                    b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\nretry: 3000\n\n";
                let mut request = [0; 1024];
                let _ = stream.read(&mut request).await;
                let _ = stream.write_all(greeting).await;
                while wake.recv().await.is_ok() {
                    if stream.write_all(frame.as_bytes()).await.is_err() {
                        return;
                    }
                }
            });
        }
    })
}

//! The real binary on a folder of its own, spoken to over HTTP.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

/// A folder with a database, removed at the end.
pub struct House(pub PathBuf);

impl House {
    /// An empty one.
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("muster_{name}_{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    /// A command on it.
    pub fn muster(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_muster"));
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env(
                "MUSTER_DATABASE",
                format!("sqlite:{}/muster.db", self.0.display()),
            )
            .current_dir(&self.0);
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.muster().args(arguments).output().expect("it runs")
    }

    /// A token that may do everything.
    pub fn token(&self) -> String {
        let made = self.run(&["token", "add", "ops", "--scope", "admin"]);
        assert!(made.status.success(), "{}", said(&made));
        String::from_utf8_lossy(&made.stdout).trim().to_owned()
    }

    /// Starts the server on a port of its choice.
    pub fn serve(&self, arguments: &[&str]) -> Server {
        let mut command = self.muster();
        command
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(arguments);
        Server::start(command)
    }
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What a command wrote, to standard output and to standard error.
pub fn said(output: &Output) -> String {
    let mut said = String::from_utf8_lossy(&output.stdout).into_owned();
    said.push_str(&String::from_utf8_lossy(&output.stderr));
    said
}

/// A running server; killed at the end.
pub struct Server {
    /// The process.
    pub child: Child,
    /// Where it listens.
    pub address: String,
}

impl Server {
    /// Starts what the command says, and reads what it announces.
    pub fn start(mut command: Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output"));
        let mut announced = String::new();
        while !announced.contains("/status\n") {
            let read = lines.read_line(&mut announced).expect("a line");
            assert_ne!(read, 0, "it ended: {announced}");
        }
        let first = announced.lines().next().unwrap_or_default();
        let address = first
            .rsplit("http://")
            .next()
            .unwrap_or_default()
            .to_owned();
        // What more it announces must go somewhere.
        std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
        Self { child, address }
    }

    /// One request over a connection of its own; the status and the whole answer.
    pub fn ask(&self, token: &str, method: &str, path: &str, body: &str) -> Option<(u16, String)> {
        let mut stream = std::net::TcpStream::connect(&self.address).ok()?;
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .ok()?;
        let (host, length) = (&self.address, body.len());
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        )
        .ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        let status = answer.split(' ').nth(1)?.parse().ok()?;
        Some((status, answer))
    }

    /// Declares an incident; its number is on the answer's address.
    pub fn declare(&self, token: &str, title: &str) {
        let body = format!(r#"{{"title":"{title}"}}"#);
        let declared = self.ask(token, "POST", "/api/v1/incidents", &body);
        assert_eq!(declared.expect("an answer").0, 201);
    }

    /// Notes something in incident 1; the status.
    pub fn note(&self, token: &str, text: &str) -> u16 {
        let body = format!(r#"{{"text":"{text}"}}"#);
        let noted = self.ask(token, "POST", "/api/v1/incidents/1/notes", &body);
        noted.map_or(0, |(status, _)| status)
    }

    /// The whole stream of incident 1 as text.
    pub fn events(&self, token: &str) -> String {
        let (mut all, mut after) = (String::new(), 0);
        loop {
            let path = format!("/api/v1/incidents/1/events?limit=200&after={after}");
            let (status, answer) = self.ask(token, "GET", &path, "").expect("an answer");
            assert_eq!(status, 200, "{answer}");
            let body = answer.split_once("\r\n\r\n").expect("a body").1;
            let page: serde_json::Value = serde_json::from_str(body.trim()).expect("JSON");
            let Some(last) = page["events"].as_array().and_then(|events| events.last()) else {
                return all;
            };
            after = last["position"].as_i64().expect("a position");
            all.push_str(body);
        }
    }

    /// Stops it as a service manager does; what it logged.
    pub fn stop(mut self) -> String {
        let told = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status();
        assert!(told.expect("kill runs").success());
        let mut log = String::new();
        let mut errors = self.child.stderr.take().expect("its log");
        errors.read_to_string(&mut log).expect("text");
        let ended = self.child.wait().expect("it ends");
        assert!(ended.success(), "{ended}: {log}");
        log
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

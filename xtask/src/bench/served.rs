//! Muster itself, as people run it, with a past.

use std::fmt::Write as _;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use xshell::{Shell, cmd};

use super::load::Running;
use crate::build::Profile;

/// So many incidents of the past, five words each.
const PAST: usize = 400;

/// A running server.
pub struct Served {
    process: Running,
    /// Where the war room is.
    pub inside: String,
    /// Where the public side is, alone.
    pub public: String,
    /// A token that may write.
    pub token: String,
    database: String,
}

/// A port that nobody has.
pub fn port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// Waits until somebody answers.
pub fn wait(shell: &Shell, url: &str) -> Result<()> {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(30) {
        let asked = cmd!(shell, "curl --silent --fail --output /dev/null {url}")
            .quiet()
            .ignore_stderr();
        if asked.run().is_ok() {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    bail!("{url} does not answer")
}

impl Served {
    /// Fills a database and starts a server on it, with one processor of its own.
    pub fn start(place: &Path) -> Result<Self> {
        let shell = Shell::new()?;
        let binary = Profile::Release.binary();
        let database = format!("sqlite:{}", place.join("muster.db").display());
        let past = place.join("past.jsonl");
        std::fs::write(&past, past_of_two_years())?;
        cmd!(shell, "{binary} import jsonl {past} --database {database}")
            .quiet()
            .ignore_stdout()
            .run()?;
        let token = cmd!(
            shell,
            "{binary} token add bench --scope write --database {database}"
        );
        let token = token.quiet().ignore_stderr().read()?;
        let (inside, public) = (port()?, port()?);
        // As many streams as are measured, whatever the shell allows by itself.
        let script = format!(
            "ulimit -n $(ulimit -Hn); exec taskset -c 0 {} serve --listen 127.0.0.1:{inside} --status-listen 127.0.0.1:{public} --database {database} --base-url http://127.0.0.1:{public}",
            binary.display()
        );
        let mut command = Command::new("sh");
        command.args(["-c", &script]).current_dir(place);
        let child = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let served = Self {
            process: Running(child),
            inside: format!("http://127.0.0.1:{inside}"),
            public: format!("http://127.0.0.1:{public}"),
            token: token
                .lines()
                .last()
                .context("no token was made")?
                .trim()
                .to_owned(),
            database,
        };
        wait(&shell, &format!("{}/status", served.public))?;
        Ok(served)
    }

    /// The same as files.
    pub fn export(&self, place: &Path) -> Result<PathBuf> {
        let shell = Shell::new()?;
        let (binary, database, public) = (Profile::Release.binary(), &self.database, &self.public);
        let files = place.join("site");
        cmd!(
            shell,
            "{binary} status export {files} --base-url {public} --database {database}"
        )
        .quiet()
        .ignore_stdout()
        .run()?;
        Ok(files)
    }

    /// Resident memory in kB.
    pub fn memory(&self) -> Result<u64> {
        super::resident(self.process.0.id())
    }

    /// Declares an incident and answers the address where updates of it are posted.
    pub fn incident(&self, shell: &Shell) -> Result<String> {
        let said = self.post(shell, "/api/v1/incidents", r#"{"title":"Bench"}"#)?;
        let said: serde_json::Value = serde_json::from_str(&said)?;
        let number = said["incident"]["number"].as_i64();
        let number = number.with_context(|| format!("no incident was declared: {said}"))?;
        Ok(format!("/api/v1/incidents/{number}/updates"))
    }

    /// Posts JSON.
    pub fn post(&self, shell: &Shell, path: &str, body: &str) -> Result<String> {
        let (url, token) = (format!("{}{path}", self.inside), &self.token);
        let said = cmd!(
            shell,
            "curl --silent --show-error -H 'Content-Type: application/json' -H 'Authorization: Bearer '{token} --data {body} {url}"
        )
        .quiet()
        .read()?;
        ensure!(!said.contains("\"error\""), "{path}: {said}");
        Ok(said)
    }
}

/// Lines as public archives have them.
fn past_of_two_years() -> String {
    let mut lines = String::new();
    for number in 1..=PAST {
        let (year, month, day) = (2024 + number / 200, 1 + number % 12, 1 + number % 28);
        let at = |hour: usize| format!("{year}-{month:02}-{day:02}T{hour:02}:00:00Z");
        let mut updates = Vec::new();
        for (hour, state) in [
            "Investigating",
            "Identified",
            "Update",
            "Monitoring",
            "Resolved",
        ]
        .iter()
        .enumerate()
        {
            updates.push(format!(
                r#"{{"at":"{}","status":"{state}","message":"Requests to the API take longer than they should for some customers in Europe. We look into it and write again within the hour."}}"#,
                at(hour + 8)
            ));
        }
        // Writing to a string cannot fail.
        let _ = writeln!(
            lines,
            r#"{{"id":"{number}","title":"Slow requests {number}","impact":"minor","started_at":"{}","resolved_at":"{}","components":["API","Site"],"updates":[{}]}}"#,
            at(8),
            at(12),
            updates.join(",")
        );
    }
    lines
}

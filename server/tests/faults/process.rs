//! A `muster serve` that can be killed, stopped and started again at the same address.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// One process that serves.
pub struct Process {
    /// Where it is reached, whether it runs or not.
    pub address: String,
    /// The mail server and whom its mail is from, if it sends any.
    pub mail: Option<(String, String)>,
    /// It serves the public side and nothing else, and keeps its pages in this folder.
    pub alone: Option<std::path::PathBuf>,
    database: String,
    folder: std::path::PathBuf,
    child: Option<Child>,
}

impl Process {
    /// A process that is not started yet.
    pub fn new(folder: &Path, database: String) -> Self {
        // Free now, and nobody else on this machine asks for one by number.
        let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|it| it.local_addr());
        Self {
            address: port.expect("a port").to_string(),
            mail: None,
            alone: None,
            database,
            folder: folder.to_owned(),
            child: None,
        }
    }

    /// A command of the same program on the same database.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_muster"));
        command
            .args(words)
            .env("MUSTER_DATABASE", &self.database)
            .current_dir(&self.folder);
        command
    }

    /// Starts it. It may end again by itself when its database is away; see [`Process::watch`].
    pub fn start(&mut self) {
        let port = self.address.rsplit(':').next().unwrap_or_default();
        let log = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(self.folder.join(format!("{port}.log")));
        let mut serve = self.command(&["serve", "--listen", &self.address]);
        if let Some((smtp, from)) = &self.mail {
            serve.env("MUSTER_SMTP", smtp).env("MUSTER_MAIL_FROM", from);
        }
        if let Some(folder) = &self.alone {
            serve
                .env("MUSTER_STATUS_ONLY", "1")
                .env("MUSTER_STATUS_KEEP", folder);
        }
        let child = serve
            .env("RUST_LOG", "warn")
            .stdout(Stdio::null())
            .stderr(log.expect("a file for what it says"))
            .spawn();
        self.child = Some(child.expect("it starts"));
    }

    /// Starts it again if it ended by itself, as a service manager does. True when it had.
    pub fn watch(&mut self) -> bool {
        let ended = match &mut self.child {
            Some(child) => child.try_wait().expect("a child").is_some(),
            None => true,
        };
        if ended {
            self.start();
        }
        ended
    }

    /// Ends it without a word.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            child.wait().expect("it is gone");
        }
    }

    /// Tells it to stop, and waits until it has; longer than it may take itself, it is not waited for.
    pub async fn stop(&mut self) {
        let Some(mut child) = self.child.take() else {
            return;
        };
        let id = child.id().to_string();
        let told = Command::new("kill").args(["-TERM", &id]).status();
        told.expect("kill runs");
        for _ in 0..450 {
            if child.try_wait().expect("a child").is_some() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let _ = child.kill();
        child.wait().expect("it is gone");
        panic!("it was told to stop and did not");
    }

    /// Waits until it serves.
    pub async fn ready(&mut self) {
        for _ in 0..600 {
            if let Some(reply) = crate::net::ask(&self.address, "GET", "/readyz", &[], "").await
                && reply.status == 200
            {
                return;
            }
            self.watch();
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{} does not serve", self.address);
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

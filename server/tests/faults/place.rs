//! Where a story plays: a database, the processes on it, and the ways between them.

use crate::post_office::PostOffice;
use crate::postgres::Server;
use crate::process::Process;
use crate::proxy::Proxy;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder that is removed at the end, unless the test fails: then what the processes said is in it.
pub struct Folder(pub PathBuf);

impl Folder {
    /// Makes one.
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("muster_faults_{}_{count}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }
}

/// A database with processes that serve it. The order of the fields is the order in which they end.
pub struct Place {
    /// Those that serve.
    pub processes: Vec<Process>,
    /// The way from each to its database; none on SQLite.
    pub ways: Vec<Arc<Proxy>>,
    /// The database, where it is a server.
    pub server: Option<Server>,
    database: String,
    folder: Folder,
}

impl Place {
    /// The database's address.
    pub fn database(&self) -> &str {
        &self.database
    }

    /// One process on a file.
    pub fn sqlite() -> Self {
        let folder = Folder::new();
        let url = format!("sqlite:{}/muster.db", folder.0.display());
        Self {
            processes: vec![Process::new(&folder.0, url.clone())],
            ways: Vec::new(),
            server: None,
            database: url,
            folder,
        }
    }

    /// So many processes on one server.
    pub async fn postgres(count: usize) -> Self {
        let folder = Folder::new();
        let server = Server::new(&folder.0.join("postgres"));
        let (mut ways, mut processes) = (Vec::new(), Vec::new());
        let mut database = String::new();
        for _ in 0..count {
            let way = Proxy::open(server.socket()).await;
            let url = format!(
                "postgres://postgres@127.0.0.1:{}/postgres?sslmode=disable",
                way.port
            );
            database.clone_from(&url);
            processes.push(Process::new(&folder.0, url));
            ways.push(way);
        }
        Self {
            processes,
            ways,
            server: Some(server),
            database,
            folder,
        }
    }

    /// Every process sends its mail to this server, each in a name of its own.
    pub fn send_to(&mut self, office: &PostOffice) {
        for (index, process) in self.processes.iter_mut().enumerate() {
            process.mail = Some((office.url(), sender(index)));
        }
    }

    /// Starts every process and waits until all serve.
    pub async fn start(&mut self) {
        for process in &mut self.processes {
            process.start();
            process.ready().await;
        }
    }

    /// The addresses of the processes.
    pub fn addresses(&self) -> Vec<String> {
        let addresses = self.processes.iter().map(|one| one.address.clone());
        addresses.collect()
    }

    /// Lets somebody in; answers their token and the path that signs them in.
    pub fn person(&self, handle: &str) -> (String, String) {
        let email = format!("{handle}@example.test");
        let words = [
            "user",
            "add",
            &email,
            "--name",
            handle,
            "--role",
            "responder",
        ];
        let said = self.say(&words);
        let link = said
            .rfind("/sign-in/")
            .map(|at| said[at..].trim().to_owned());
        let words = [
            "token", "add", handle, "--scope", "write", "--person", &email,
        ];
        (self.say(&words), link.expect("a link"))
    }

    /// Runs a short command beside the server, and answers what it said.
    pub fn say(&self, words: &[&str]) -> String {
        let done = self.processes[0].command(words).output().expect("it runs");
        let why = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{words:?}: {why}");
        String::from_utf8(done.stdout)
            .expect("text")
            .trim()
            .to_owned()
    }

    /// Where to look when a test fails.
    pub fn logs(&self) -> &Path {
        &self.folder.0
    }
}

/// Whom the mail of a process is from: by that it is known who sent it.
pub fn sender(index: usize) -> String {
    format!("Muster <process{index}@muster.example>")
}

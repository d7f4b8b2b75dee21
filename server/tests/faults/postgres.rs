//! A PostgreSQL server of our own that can be stopped in any way and started again.

use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// The account that owns nothing, for a server that refuses to run as root.
const NOBODY: u32 = 65_534;

/// Ends the server when its standard input closes, which it does however this process ends.
const KEEPER: &str = "\"$1\" -D \"$2/data\" >>\"$2/log\" 2>&1 & server=$!; cat >/dev/null; kill -QUIT $server 2>/dev/null; wait $server";

/// A server in a folder.
pub struct Server {
    folder: PathBuf,
    bin: PathBuf,
    keeper: Option<Child>,
}

impl Server {
    /// Makes one and starts it.
    pub fn new(folder: &Path) -> Self {
        std::fs::create_dir_all(folder).expect("a folder");
        if is_root() {
            chown(folder, Some(NOBODY), Some(NOBODY)).expect("the folder changes hands");
        }
        let mut server = Self {
            folder: folder.to_owned(),
            bin: binaries(),
            keeper: None,
        };
        let words = "--no-sync -U postgres -A trust -E UTF8 --locale=C -D";
        let data = folder.join("data");
        let made = server
            .program("initdb")
            .args(words.split(' '))
            .arg(&data)
            .output();
        let made = made.expect("initdb runs");
        let words = String::from_utf8_lossy(&made.stderr);
        assert!(made.status.success(), "initdb: {words}");
        // Without fsync a crash of the server loses nothing: what it wrote, the system still has.
        let settings = format!(
            "listen_addresses = ''\nunix_socket_directories = '{}'\nfsync = off\nmax_connections = 100\n",
            folder.display()
        );
        std::fs::write(data.join("postgresql.auto.conf"), settings).expect("the settings");
        server.start();
        server
    }

    /// Where it listens.
    pub fn socket(&self) -> PathBuf {
        self.folder.join(".s.PGSQL.5432")
    }

    /// Starts it, and returns when it answers.
    pub fn start(&mut self) {
        let keeper = self
            .program_at(Path::new("/bin/sh"))
            .args(["-c", KEEPER, "keeper"])
            .arg(self.bin.join("postgres"))
            .arg(&self.folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn();
        self.keeper = Some(keeper.expect("the server starts"));
        for _ in 0..600 {
            let ready = self
                .program("pg_isready")
                .arg("-q")
                .arg("-h")
                .arg(&self.folder)
                .status();
            if ready.is_ok_and(|status| status.success()) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!(
            "PostgreSQL does not start; see {}",
            self.folder.join("log").display()
        );
    }

    /// Stops it: `fast` ends every session, `immediate` is a crash.
    pub fn stop(&mut self, how: &str) {
        let stopped = self
            .program("pg_ctl")
            .args(["stop", "-s", "-w", "-m", how, "-D"])
            .arg(self.folder.join("data"))
            .status();
        assert!(stopped.expect("pg_ctl runs").success(), "it stops");
        self.let_go();
    }

    fn let_go(&mut self) {
        if let Some(mut keeper) = self.keeper.take() {
            drop(keeper.stdin.take());
            let _ = keeper.wait();
        }
    }

    fn program(&self, name: &str) -> Command {
        self.program_at(&self.bin.join(name))
    }

    fn program_at(&self, path: &Path) -> Command {
        let mut command = Command::new(path);
        command.current_dir(&self.folder);
        if is_root() {
            command.uid(NOBODY).gid(NOBODY);
        }
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.let_go();
    }
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0)
}

/// Where the newest server is installed.
fn binaries() -> PathBuf {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin"))
        .filter(|bin| bin.join("initdb").exists())
        .collect();
    found.sort();
    found
        .pop()
        .expect("PostgreSQL is not installed: `apt-get install postgresql`")
}

//! A PostgreSQL server for the tests: the one in `MUSTER_TEST_POSTGRES`, or one of our own that ends with this process.

use crate::place::fresh_name;
use sqlx::{Connection, PgConnection};
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

/// The account that owns nothing, for a server that refuses to run as root.
const NOBODY: u32 = 65_534;

/// Ends the server and clears up when its standard input closes, which it does however this process ends.
const KEEPER: &str = "\"$1\" -D \"$2/data\" >\"$2/log\" 2>&1 & server=$!; cat >/dev/null; kill -QUIT $server; wait $server; rm -rf \"$2\"";

/// A database of a test.
pub struct Database {
    server: String,
    name: String,
}

impl Database {
    /// Makes one.
    pub async fn new() -> Self {
        let server = server().await;
        let name = fresh_name();
        let mut admin = PgConnection::connect(&server).await.expect("the server");
        sqlx::raw_sql(sqlx::AssertSqlSafe(format!(
            "create database {name} template template0 encoding 'UTF8'"
        )))
        .execute(&mut admin)
        .await
        .expect("a database");
        Self { server, name }
    }

    /// Its address.
    pub fn url(&self) -> String {
        let (front, options) = self
            .server
            .split_once('?')
            .map_or((self.server.as_str(), None), |(f, o)| (f, Some(o)));
        let (scheme, rest) = front.split_once("://").expect("an address");
        let host = rest.split('/').next().unwrap_or_default();
        let options = options.map(|o| format!("?{o}")).unwrap_or_default();
        format!("{scheme}://{host}/{}{options}", self.name)
    }

    /// Removes it.
    pub async fn drop(self) {
        let mut admin = PgConnection::connect(&self.server)
            .await
            .expect("the server");
        sqlx::raw_sql(sqlx::AssertSqlSafe(format!(
            "drop database {} with (force)",
            self.name
        )))
        .execute(&mut admin)
        .await
        .expect("the database goes");
    }
}

/// The address of a server where databases may be made.
async fn server() -> String {
    static OWN: OnceLock<(Child, String)> = OnceLock::new();
    if let Ok(url) = std::env::var("MUSTER_TEST_POSTGRES") {
        return url;
    }
    let url = OWN.get_or_init(start).1.clone();
    for _ in 0..300 {
        if PgConnection::connect(&url).await.is_ok() {
            return url;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the PostgreSQL server for the tests does not answer at {url}");
}

fn start() -> (Child, String) {
    let bin = binaries();
    let folder = std::env::temp_dir().join(format!("{}_pg", fresh_name()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let root = std::fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0);
    if root {
        chown(&folder, Some(NOBODY), Some(NOBODY)).expect("the folder changes hands");
    }
    let as_server = |program: &Path| {
        let mut command = Command::new(program);
        command.current_dir(&folder);
        if root {
            command.uid(NOBODY).gid(NOBODY);
        }
        command
    };
    let made = as_server(&bin.join("initdb"))
        .args([
            "--no-sync",
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "-D",
        ])
        .arg(folder.join("data"))
        .output()
        .expect("initdb runs");
    assert!(
        made.status.success(),
        "initdb: {}",
        String::from_utf8_lossy(&made.stderr)
    );
    let settings = format!(
        "listen_addresses = ''\nunix_socket_directories = '{}'\nfsync = off\nmax_connections = 200\n",
        folder.display()
    );
    let conf = folder.join("data/postgresql.auto.conf");
    std::fs::write(&conf, settings).expect("the settings");
    let child = as_server(Path::new("/bin/sh"))
        .args(["-c", KEEPER, "keeper"])
        .arg(bin.join("postgres"))
        .arg(&folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .expect("the server starts");
    let url = format!(
        "postgres://postgres@localhost/postgres?host={}",
        folder.display()
    );
    (child, url)
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
    found.pop().expect(
        "PostgreSQL is not installed: `apt-get install postgresql`, or set MUSTER_TEST_POSTGRES to a server's address",
    )
}

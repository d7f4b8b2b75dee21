//! A PostgreSQL of our own for the tests: own folder, own port, own password, gone at the end.

use std::fs::{self, File, Permissions};
use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};
use xshell::{Shell, TempDir, cmd};

use crate::tools;

const SCRIPT: &str = include_str!("postgres.sh");

/// A running server; dropping it stops the server and removes its data.
pub struct Postgres {
    process: Child,
    /// Where tests connect, with the rights to create databases.
    pub url: String,
    _folder: TempDir,
}

impl Postgres {
    /// Creates an empty cluster and starts a server on it.
    pub fn start(shell: &Shell) -> Result<Self> {
        let bin = tools::postgres(shell)?;
        let folder = shell.create_temp_dir()?;
        fs::set_permissions(folder.path(), Permissions::from_mode(0o700))?;
        let password = random_word()?;
        let password_file = folder.path().join("password");
        fs::write(&password_file, &password)?;
        // Bound and let go again: nobody else is likely to be handed the same port at once.
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();

        let mut command = Command::new("sh");
        command
            .args(["-c", SCRIPT, "postgres.sh"])
            .arg(bin)
            .arg(folder.path());
        command.arg(port.to_string()).current_dir(folder.path());
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        // Ctrl-C is for us; the server hears of it when we are gone.
        command.process_group(0);
        if let Some((user, group)) = unprivileged(shell)? {
            for path in [folder.path(), &password_file] {
                chown(path, Some(user), Some(group))?;
            }
            command.uid(user).gid(group);
        }
        let mut process = command.spawn().context("sh could not be started")?;
        let mut word = String::new();
        if let Some(output) = &mut process.stdout {
            BufReader::new(output).read_line(&mut word)?;
        }
        ensure!(
            word.trim() == "ready",
            "PostgreSQL did not start; its own words are above"
        );
        let url = format!("postgres://muster:{password}@127.0.0.1:{port}/postgres");
        Ok(Self {
            process,
            url,
            _folder: folder,
        })
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        if let Err(error) = self.process.wait() {
            eprintln!(
                "PostgreSQL (process {}) was not stopped: {error}",
                self.process.id()
            );
        }
    }
}

/// PostgreSQL refuses to run as root: the ids to run it with instead, if we are root.
fn unprivileged(shell: &Shell) -> Result<Option<(u32, u32)>> {
    if !tools::is_root(shell)? {
        return Ok(None);
    }
    for name in ["postgres", "nobody"] {
        let id = |what| {
            cmd!(shell, "id {what} {name}")
                .quiet()
                .ignore_stderr()
                .read()
        };
        if let (Ok(user), Ok(group)) = (id("-u"), id("-g")) {
            return Ok(Some((user.parse()?, group.parse()?)));
        }
    }
    anyhow::bail!(
        "PostgreSQL does not run as root, and there is neither a user `postgres` nor `nobody`"
    )
}

fn random_word() -> Result<String> {
    let mut bytes = [0; 16];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(format!("{:032x}", u128::from_ne_bytes(bytes)))
}

//! The process is killed again and again while commands are acknowledged: after each start every acknowledged one is
//! there, and no half of one.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const ROUNDS: usize = 6;
const NOTES: usize = 25;

struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn muster(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_muster"));
    command
        .env(
            "MUSTER_DATABASE",
            format!("sqlite:{}/muster.db", folder.display()),
        )
        .current_dir(folder);
    command
}

/// Starts the server on a port of its choice; the address is on its first line.
fn start(folder: &Path) -> (Child, String) {
    let mut child = muster(folder)
        .args(["serve", "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the server starts");
    let mut line = String::new();
    let stdout = child.stdout.take().expect("its output");
    BufReader::new(stdout)
        .read_line(&mut line)
        .expect("its address");
    let address = line
        .rsplit("http://")
        .next()
        .expect("an address")
        .trim()
        .to_owned();
    (child, address)
}

/// One request over a connection of its own; the status and the body.
fn ask(address: &str, token: &str, method: &str, path: &str, body: &str) -> Option<(u16, String)> {
    use std::io::{Read, Write};
    let mut stream = std::net::TcpStream::connect(address).ok()?;
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .ok()?;
    let length = body.len();
    write!(
        stream,
        "{method} /api/v1{path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let status = answer.split(' ').nth(1)?.parse().ok()?;
    Some((status, answer.split_once("\r\n\r\n")?.1.to_owned()))
}

#[test]
fn what_was_acknowledged_is_there_after_every_kill() {
    let path = std::env::temp_dir().join(format!("muster_kill_{}", std::process::id()));
    std::fs::create_dir_all(&path).expect("a folder");
    let folder = Folder(path);
    let made = muster(&folder.0)
        .args(["token", "add", "killer", "--scope", "write"])
        .output()
        .expect("a token");
    let token = String::from_utf8(made.stdout)
        .expect("text")
        .trim()
        .to_owned();

    let mut acknowledged: Vec<String> = Vec::new();
    for round in 0..ROUNDS {
        let (mut child, address) = start(&folder.0);
        if round == 0 {
            let declared = ask(
                &address,
                &token,
                "POST",
                "/incidents",
                r#"{"title":"Kill"}"#,
            );
            assert_eq!(declared.expect("an answer").0, 201);
        }
        // Both halves of an update in one transaction: after a kill there are as many of the one as of the other.
        let writers: Vec<_> = (0..4)
            .map(|writer| {
                let (address, token) = (address.clone(), token.clone());
                std::thread::spawn(move || {
                    let mut kept = Vec::new();
                    for n in 0..NOTES {
                        let text = format!("r{round}w{writer}n{n}");
                        let body = format!(
                            r#"{{"sitrep":{{"situation":"{text}"}},"public":{{"state":"update","message":"{text}"}}}}"#
                        );
                        match ask(&address, &token, "POST", "/incidents/1/updates", &body) {
                            Some((201, _)) => kept.push(text),
                            _ => break,
                        }
                    }
                    kept
                })
            })
            .collect();
        // Somewhere in the middle of the storm, and not at the same place each time.
        std::thread::sleep(Duration::from_millis(
            60 + 35 * u64::try_from(round).expect("few"),
        ));
        child.kill().expect("SIGKILL");
        child.wait().expect("it is gone");
        for writer in writers {
            acknowledged.extend(writer.join().expect("a writer"));
        }
    }

    let (mut child, address) = start(&folder.0);
    let (mut events, mut after) = (Vec::new(), String::from("0"));
    loop {
        let path = format!("/incidents/1/events?limit=200&after={after}");
        let (status, body) = ask(&address, &token, "GET", &path, "").expect("an answer");
        assert_eq!(status, 200, "{body}");
        let body: serde_json::Value = serde_json::from_str(body.trim()).expect("json");
        let page = body["events"].as_array().expect("events").clone();
        let Some(last) = page.last() else { break };
        after = last["position"].to_string();
        events.extend(page);
    }
    child.kill().expect("stopped");
    child.wait().expect("it is gone");

    let of = |kind: &str, field: &str| -> Vec<String> {
        let mine = events.iter().filter(|event| event["kind"] == kind);
        mine.map(|event| event["data"][field].as_str().unwrap_or_default().to_owned())
            .collect()
    };
    let (sitreps, words) = (
        of("sitrep_sent", "situation"),
        of("public_update_published", "message"),
    );
    assert!(
        acknowledged.len() > ROUNDS,
        "the storm was a storm: {}",
        acknowledged.len()
    );
    assert_eq!(sitreps, words, "no half of an update");
    for text in &acknowledged {
        assert_eq!(
            sitreps.iter().filter(|kept| *kept == text).count(),
            1,
            "{text} was acknowledged"
        );
    }
    let versions: Vec<i64> = events
        .iter()
        .filter_map(|event| event["version"].as_i64())
        .collect();
    let expected: Vec<i64> = (1..=i64::try_from(versions.len()).expect("few")).collect();
    assert_eq!(versions, expected, "the stream has no hole");
}

/// Tells the process to stop, as a service manager does.
fn terminate(child: &Child) {
    let told = Command::new("kill")
        .args(["-TERM", &child.id().to_string()])
        .status();
    assert!(told.expect("kill runs").success());
}

#[test]
fn a_request_that_never_ends_does_not_keep_the_process() {
    let path = std::env::temp_dir().join(format!("muster_stop_{}", std::process::id()));
    std::fs::create_dir_all(&path).expect("a folder");
    let folder = Folder(path);
    let (mut child, address) = start(&folder.0);
    // A request whose body never comes.
    let mut stuck = std::net::TcpStream::connect(&address).expect("it listens");
    std::io::Write::write_all(
        &mut stuck,
        format!(
            "POST /fn/me HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n"
        )
        .as_bytes(),
    )
    .expect("half a request");
    std::thread::sleep(Duration::from_millis(300));
    terminate(&child);
    // Far more than the deadline: only whether it ends is asked.
    for _ in 0..600 {
        if let Some(status) = child.try_wait().expect("a child") {
            assert!(status.success(), "{status}");
            return;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    child.kill().expect("SIGKILL");
    child.wait().expect("it is gone");
    panic!("it did not stop");
}

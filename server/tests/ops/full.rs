//! A full disk: changes are refused in words, reading goes on, and with room again everything does.

use crate::process::{House, Server};
use std::process::Command;

/// The most a file may have; the operating system's own word for a full disk without filling one.
fn limit(server: &Server, bytes: &str) {
    let set = Command::new("prlimit")
        .args(["--pid", &server.child.id().to_string()])
        .arg(format!("--fsize={bytes}:unlimited"))
        .status();
    assert!(set.expect("prlimit runs").success());
}

#[test]
fn a_full_disk_is_said_and_what_was_answered_stays() {
    let house = House::new("full");
    let token = house.token();
    // Whoever writes beyond the limit is told so by an error and not by a signal.
    let mut command = Command::new("sh");
    command
        .arg("-c")
        .arg("trap '' XFSZ; exec \"$0\" serve --listen 127.0.0.1:0")
        .arg(env!("CARGO_BIN_EXE_muster"))
        .env(
            "MUSTER_DATABASE",
            format!("sqlite:{}/muster.db", house.0.display()),
        )
        .current_dir(&house.0);
    let server = Server::start(command);
    server.declare(&token, "Filling up");
    let long = "x".repeat(15_000);
    let mut kept = Vec::new();
    for n in 0..5 {
        let text = format!("before{n}");
        assert_eq!(server.note(&token, &format!("{text} {long}")), 201);
        kept.push(text);
    }
    limit(&server, "700000");
    let mut refused = 0;
    for n in 0..60 {
        let text = format!("during{n}");
        match server.note(&token, &format!("{text} {long}")) {
            201 => kept.push(text),
            503 => refused += 1,
            other => panic!("{other}"),
        }
    }
    assert!(refused > 0, "the disk was never full");
    let body = format!(r#"{{"text":"why {long}"}}"#);
    let answer = server.ask(&token, "POST", "/api/v1/incidents/1/notes", &body);
    let (status, answer) = answer.expect("an answer");
    assert_eq!(status, 503, "{answer}");
    // Nothing was kept, or nobody can know: each in its words, and both say to try again.
    let problem = ["problem:unavailable", "problem:unknown"];
    assert!(problem.iter().any(|p| answer.contains(p)), "{answer}");
    assert!(answer.to_lowercase().contains("again"), "{answer}");
    // Reading goes on.
    let alive = |path: &str| server.ask(&token, "GET", path, "").expect("an answer").0;
    assert_eq!(
        (
            alive("/healthz"),
            alive("/status"),
            alive("/api/v1/incidents")
        ),
        (200, 200, 200)
    );

    limit(&server, "unlimited");
    assert_eq!(server.note(&token, "room again"), 201);
    kept.push("room again".to_owned());
    let events = server.events(&token);
    for text in &kept {
        assert!(events.contains(text.as_str()), "{text} was answered");
    }
    assert_eq!(
        events.matches("\"noted\"").count(),
        kept.len(),
        "and nothing else is there"
    );
}

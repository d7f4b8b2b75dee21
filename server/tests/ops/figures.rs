//! Figures for whoever runs Muster, and a log that holds no secret.

use crate::process::House;

#[test]
fn figures_count_what_happened_and_are_for_those_with_a_token() {
    let house = House::new("metrics");
    let token = house.token();
    let server = house.serve(&[]);
    server.declare(&token, "Counting");
    assert_eq!(server.note(&token, "one"), 201);
    assert_eq!(server.note(&token, " "), 422);
    let (status, _) = server
        .ask("nobody", "GET", "/metrics", "")
        .expect("an answer");
    assert_eq!(status, 401);
    let (status, figures) = server
        .ask(&token, "GET", "/metrics", "")
        .expect("an answer");
    assert_eq!(status, 200);
    for line in [
        r#"muster_commands_total{outcome="done"} 2"#,
        r#"muster_commands_total{outcome="refused"} 1"#,
        r#"muster_rejections_total{code="missing"} 1"#,
        "muster_commit_seconds_count 2",
        r#"muster_requests_total{route="/api/v1/incidents/{number}/notes",status="201"} 1"#,
        r#"muster_incidents_open{severity="unset"} 1"#,
        "muster_outbox_waiting 0",
    ] {
        assert!(figures.contains(line), "{line} in {figures}");
    }
    server.stop();
}

#[test]
fn no_secret_is_in_the_log_however_much_is_logged() {
    let house = House::new("log");
    let token = house.token();
    let added = house.run(&[
        "user",
        "add",
        "bo@example.test",
        "--name",
        "Bo",
        "--role",
        "admin",
    ]);
    let added = crate::process::said(&added);
    let link = added
        .lines()
        .find(|line| line.contains("/sign-in/"))
        .expect("a link");
    let secret = link.rsplit('/').next().expect("a secret").to_owned();
    let mut command = house.muster();
    command
        .args(["--log-format", "json", "serve", "--listen", "127.0.0.1:0"])
        .args(["--smtp", "smtp://me:geheim@127.0.0.1:9"])
        .env("RUST_LOG", "trace");
    let mut server = crate::process::Server::start(command);
    // Read all along: a full pipe would hold the server up.
    let mut errors = server.child.stderr.take().expect("its log");
    let log = std::thread::spawn(move || {
        let mut log = String::new();
        std::io::Read::read_to_string(&mut errors, &mut log).map(|_| log)
    });
    let path = format!("/sign-in/{secret}");
    let shown = server.ask("", "GET", &path, "").expect("an answer");
    assert_eq!(shown.0, 200);
    let (status, answer) = server.ask("", "POST", &path, "").expect("an answer");
    assert_eq!(status, 303, "{answer}");
    let cookie = answer.split("muster=").nth(1).expect("a cookie");
    let cookie = cookie.split(';').next().expect("its value").to_owned();
    server.declare(&token, "Logging");
    server.child.kill().expect("ended");
    server.child.wait().expect("it is gone");
    let log = log.join().expect("read").expect("text");
    let first = log
        .lines()
        .find(|entry| entry.contains("\"route\":"))
        .expect("a request");
    let entry: serde_json::Value = serde_json::from_str(first).expect("JSON");
    assert!(entry["status"].is_number(), "{entry}");
    for (what, secret) in [
        ("link", &secret),
        ("token", &token),
        ("cookie", &cookie),
        ("password of the mail server", &"geheim".to_owned()),
    ] {
        let found = log.lines().find(|entry| entry.contains(secret.as_str()));
        assert_eq!(found, None, "the {what}");
    }
}

//! A process that serves the public side alone stands when every other process and the database are gone: it answers from
//! its last good bytes, says how old they are, also after its own restart, and recovers by itself.

use crate::net::{Reply, ask};
use crate::place::Place;
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::sleep;

/// What is asked for all the time: pages for people, documents for tools.
const PATHS: [&str; 13] = [
    "/status",
    "/status/incidents/1",
    "/status/history",
    "/status.txt",
    "/badge.svg",
    "/api/v2/summary.json",
    "/api/v4/current-status",
    "/history.atom",
    "/feed.json",
    "/status/maintenance/1",
    "/calendar.ics",
    "/api/v2/scheduled-maintenances.json",
    "/api/v2/scheduled-maintenances/upcoming.json",
];
/// Those of them that hold what was said last.
const TELLING: [&str; 6] = [
    "/status",
    "/status/incidents/1",
    "/status.txt",
    "/api/v2/summary.json",
    "/history.atom",
    "/feed.json",
];
/// Those that tell of what is planned.
const PLANNED: [&str; 6] = [
    "/status",
    "/status/maintenance/1",
    "/calendar.ics",
    "/api/v2/scheduled-maintenances.json",
    "/api/v2/scheduled-maintenances/upcoming.json",
    "/api/v2/summary.json",
];
/// A page of another system with a maintenance that lies ahead.
const PLAN: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/fixtures/statuspage/summary.json"
);
const PLANNED_TITLE: &str = "We paint the depot";
/// Clients at once.
const CLIENTS: usize = 8;
/// What was read counts as current for half a minute; then the database is asked, for two seconds.
const SAID_BY: Duration = Duration::from_secs(45);
/// How long anybody may wait for an answer, whatever is gone.
const AT_ONCE: Duration = Duration::from_secs(5);
const OLD: &str = "We cannot read anything newer just now.";
const SECRET: &str = "hunter2-hunter2";

/// Somebody who may everything.
struct Admin {
    token: String,
    address: String,
}

impl Admin {
    /// Starts both processes, the second one alone with the public side.
    async fn begin(place: &mut Place) -> Self {
        place.processes[1].alone = Some(place.logs().join("kept"));
        place.start().await;
        let admin = Self {
            token: place.say(&["token", "add", "ops", "--scope", "admin"]),
            address: place.processes[0].address.clone(),
        };
        admin
            .post("", &json!({"title": "API failing", "kind": "live"}))
            .await;
        place.say(&["import", "statuspage", PLAN]);
        admin
    }

    async fn post(&self, path: &str, body: &serde_json::Value) {
        let bearer = format!("Bearer {}", self.token);
        let headers = [
            ("Authorization", bearer.as_str()),
            ("Content-Type", "application/json"),
        ];
        let path = format!("/api/v1/incidents{path}");
        let reply = ask(&self.address, "POST", &path, &headers, &body.to_string()).await;
        let reply = reply.expect("an answer");
        assert_eq!(reply.status, 201, "{}", reply.text);
    }

    async fn say(&self, words: &str) {
        let public = json!({"state": "investigating", "message": words});
        self.post("/1/updates", &json!({ "public": public })).await;
    }
}

async fn get(address: &str, path: &str) -> Reply {
    let begun = Instant::now();
    let reply = ask(address, "GET", path, &[], "").await;
    let reply = reply.unwrap_or_else(|| panic!("{path} is not answered"));
    let took = begun.elapsed();
    assert!(took < AT_ONCE, "{path} took {took:?}");
    assert_eq!(reply.status, 200, "{path}: {}", reply.text);
    let as_of = reply.header("muster-as-of");
    assert!(
        as_of.ends_with('Z'),
        "{path} says as of when it is: {}",
        reply.head
    );
    reply
}

fn is_old(reply: &Reply) -> bool {
    reply.header("muster-stale") == "true"
}

/// Asks for every path until all answers fit.
async fn until(
    address: &str,
    paths: &[&str],
    what: &str,
    fits: impl Fn(&Reply) -> bool,
) -> Duration {
    let begun = Instant::now();
    loop {
        let mut missing = Vec::new();
        for path in paths {
            if !fits(&get(address, path).await) {
                missing.push(*path);
            }
        }
        if missing.is_empty() {
            return begun.elapsed();
        }
        assert!(begun.elapsed() < SAID_BY, "{what}: not so at {missing:?}");
        sleep(Duration::from_millis(200)).await;
    }
}

/// Clients that ask for everything all the time. Each answer has to be a page.
struct Load {
    over: watch::Sender<bool>,
    clients: JoinSet<(u64, Duration)>,
}

impl Load {
    fn start(address: &str) -> Self {
        let (over, ends) = watch::channel(false);
        let mut clients = JoinSet::new();
        for index in 0..CLIENTS {
            let (address, ends) = (address.to_owned(), ends.clone());
            clients.spawn(async move {
                let (mut count, mut longest) = (0, Duration::ZERO);
                for path in PATHS.iter().cycle().skip(index) {
                    if *ends.borrow() {
                        break;
                    }
                    let begun = Instant::now();
                    get(&address, path).await;
                    longest = longest.max(begun.elapsed());
                    count += 1;
                }
                (count, longest)
            });
        }
        Self { over, clients }
    }

    async fn end(self, what: &str) {
        self.over.send_replace(true);
        let of_each = self.clients.join_all().await;
        let count: u64 = of_each.iter().map(|(count, _)| count).sum();
        let longest = of_each.iter().map(|(_, longest)| *longest).max();
        println!("{what}: {count} answers, all of them pages; the slowest took {longest:?}");
        assert!(count > 500, "that was no load: {count}");
    }
}

/// Everything behind the page goes away, one after the other, and comes back.
pub async fn everything_gone(mut place: Place) {
    let admin = Admin::begin(&mut place).await;
    let page = place.processes[1].address.clone();
    admin.say("The first words.").await;
    let first = |reply: &Reply| reply.text.contains("The first words.") && !is_old(reply);
    until(&page, &TELLING, "the first words are there", first).await;
    for path in PATHS {
        assert!(!is_old(&get(&page, path).await), "{path}");
    }
    let planned = |reply: &Reply| reply.text.contains(PLANNED_TITLE) && !is_old(reply);
    until(&page, &PLANNED, "what is planned is there", planned).await;
    nothing_inside(&page).await;

    let load = Load::start(&page);
    place.processes[0].kill();
    sleep(Duration::from_secs(3)).await;
    until(&page, &TELLING, "it needs no other process", first).await;
    if let Some(server) = &mut place.server {
        server.stop("immediate");
    }
    let took = until(&page, &PATHS, "every answer says that it is old", is_old).await;
    println!("the database was killed; every answer said so after {took:?}");
    says_its_age(&page).await;
    load.end("the database was killed under load").await;

    // Its own end and beginning, with nothing there.
    place.processes[1].kill();
    place.processes[1].start();
    let begun = Instant::now();
    place.processes[1].ready().await;
    println!("it began without a database in {:?}", begun.elapsed());
    let load = Load::start(&page);
    until(&page, &PATHS, "what was kept is old", is_old).await;
    says_its_age(&page).await;
    for path in TELLING {
        let reply = get(&page, path).await;
        assert!(reply.text.contains("The first words."), "{path}");
    }
    for path in PLANNED {
        let reply = get(&page, path).await;
        assert!(reply.text.contains(PLANNED_TITLE), "{path}");
    }

    if let Some(server) = &mut place.server {
        server.start();
    }
    place.processes[0].start();
    place.processes[0].ready().await;
    admin.say("The newer words.").await;
    let begun = Instant::now();
    let newer = |reply: &Reply| reply.text.contains("The newer words.") && !is_old(reply);
    until(&page, &TELLING, "it recovered by itself", newer).await;
    until(&page, &PATHS, "nothing is old any more", |reply| {
        !is_old(reply)
    })
    .await;
    println!(
        "the newer words were everywhere after {:?}",
        begun.elapsed()
    );
    load.end("the database came back under load").await;
    let ready = ask(&page, "GET", "/readyz", &[], "").await;
    assert!(ready.expect("an answer").text.starts_with("ready\n"));
}

async fn nothing_inside(page: &str) {
    for path in [
        "/sign-in",
        "/api/v1/incidents",
        "/live",
        "/metrics",
        "/people",
    ] {
        let reply = ask(page, "GET", path, &[], "").await.expect("an answer");
        assert_eq!(reply.status, 404, "{path}");
    }
    let reply = ask(page, "POST", "/sign-in", &[], "").await;
    assert_ne!(reply.expect("an answer").status, 200);
}

async fn says_its_age(page: &str) {
    for path in [
        "/status",
        "/status/incidents/1",
        "/status/history",
        "/status.txt",
    ] {
        let reply = get(page, path).await;
        assert!(reply.text.contains(OLD), "{path}: {}", reply.text);
        assert!(reply.text.to_lowercase().contains("as of"), "{path}");
    }
    let ready = ask(page, "GET", "/readyz", &[], "")
        .await
        .expect("an answer");
    assert!(ready.text.starts_with("old\nAs of "), "{}", ready.text);
    assert_eq!(ready.status, 200);
}

/// What was blanked while the process was away does not come back from its disk.
pub async fn redacted(mut place: Place) {
    let admin = Admin::begin(&mut place).await;
    let page = place.processes[1].address.clone();
    let folder = place.logs().join("kept");
    admin.say(&format!("The password is {SECRET}.")).await;
    let told = |reply: &Reply| reply.text.contains(SECRET);
    until(&page, &TELLING, "it is told", told).await;
    let begun = Instant::now();
    while holding(&folder).is_empty() {
        assert!(begun.elapsed() < SAID_BY, "it is never kept");
        sleep(Duration::from_millis(50)).await;
    }

    place.processes[1].kill();
    let body = json!({"events": [2], "text": SECRET, "reason": "a password"});
    admin.post("/1/redactions", &body).await;
    assert!(
        !holding(&folder).is_empty(),
        "nobody was there to let go of it"
    );
    place.processes[1].start();
    place.processes[1].ready().await;
    // One is never asked for again, so that no newer one takes its place.
    for path in PATHS.into_iter().filter(|path| *path != "/history.atom") {
        let reply = get(&page, path).await;
        assert!(!reply.text.contains(SECRET), "{path}: {}", reply.text);
        let blanked = !TELLING.contains(&path) || reply.text.contains("[redacted]");
        assert!(blanked && !is_old(&reply), "{path}: {}", reply.text);
    }
    let begun = Instant::now();
    while !holding(&folder).is_empty() {
        assert!(begun.elapsed() < AT_ONCE, "{:?} hold it", holding(&folder));
        sleep(Duration::from_millis(50)).await;
    }
    // And nothing brings it back when the database goes.
    if let Some(server) = &mut place.server {
        server.stop("immediate");
    }
    place.processes[1].kill();
    place.processes[1].start();
    place.processes[1].ready().await;
    for path in PATHS {
        let reply = ask(&page, "GET", path, &[], "").await.expect("an answer");
        assert!(!reply.text.contains(SECRET), "{path}: {}", reply.text);
    }
}

/// The files in which it stands.
fn holding(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder");
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    paths
        .filter(|path| fs::read_to_string(path).is_ok_and(|text| text.contains(SECRET)))
        .collect()
}

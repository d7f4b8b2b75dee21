//! One story: eight clients work, others follow, everything breaks and mends itself, and the checker reads what came of it.

use crate::checker::{self, Complaints};
use crate::clients::{Person, Work, promise, work};
use crate::faults::{Struck, counts, rage};
use crate::followers::{Followed, follow};
use crate::history::{Asked, Outcome};
use crate::letters::{self, Arrived};
use crate::log::Log;
use crate::net::ask;
use crate::place::Place;
use crate::post;
use crate::post_office::PostOffice;
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::json;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;

const CLIENTS: usize = 8;
/// Followers of each process.
const FOLLOWERS: usize = 3;
/// How long it lasts when nothing else is asked for: until promises are over, which takes a minute and more.
const SHORT: Duration = Duration::from_secs(80);
/// How long a client rests between two commands, on average.
const PACE: Duration = Duration::from_millis(600);
/// How soon everybody has everything once nothing breaks any more.
const BY_ITSELF: Duration = Duration::from_mins(1);

/// Tells it, for as long as `MUSTER_FAULTS_SECONDS` says, or once through every fault.
pub async fn tell(name: &str, mut place: Place) {
    let lasting = std::env::var("MUSTER_FAULTS_SECONDS").ok();
    let lasting = lasting.map(|seconds| Duration::from_secs(seconds.parse().expect("seconds")));
    let seed = std::env::var("MUSTER_FAULTS_SEED").ok();
    let seed = seed.map_or_else(rand::random, |seed| seed.parse().expect("a number"));
    println!("{name}: seed {seed}, logs in {}", place.logs().display());
    let office = PostOffice::start();
    place.send_to(&office);
    place.start().await;
    let people: Vec<(String, String)> = (0..CLIENTS)
        .map(|n| {
            let handle = format!("person{n}");
            let (token, _) = place.person(&handle);
            (handle, token)
        })
        .collect();
    let addresses = place.addresses();
    let token = people[0].1.clone();
    let people = known(&addresses[0], people).await;
    post::set_up(&place, &addresses[0], &post::LIST).await;

    let (goal, over, given_up) = (
        watch::Sender::new(None),
        watch::Sender::new(false),
        watch::Sender::new(false),
    );
    let mut followers = JoinSet::new();
    for address in &addresses {
        for n in 0..FOLLOWERS {
            let name = format!("follower {n} at {address}");
            // One of them begins in the middle.
            let after = if n == 0 { 5 } else { 0 };
            let (goal, given_up) = (goal.subscribe(), given_up.subscribe());
            followers.spawn(follow(
                name,
                address.clone(),
                token.clone(),
                after,
                goal,
                given_up,
            ));
        }
    }
    let shared = Arc::new(Work {
        addresses: addresses.clone(),
        people,
        pace: PACE,
        over: over.subscribe(),
        numbers: Mutex::default(),
    });
    let mut clients = JoinSet::new();
    for index in 0..CLIENTS {
        clients.spawn(work(Arc::clone(&shared), index, seed));
    }

    let promising = tokio::spawn(promise(Arc::clone(&shared), seed));

    let mut rng = StdRng::seed_from_u64(seed);
    let storm = rage(&mut place, &mut rng, lasting.unwrap_or(SHORT)).await;
    over.send_replace(true);
    let mut history: Vec<Asked> = clients.join_all().await.into_iter().flatten().collect();
    let promised = promising.await.expect("it is said what was promised");
    let quiet: Vec<i64> = promised.iter().filter_map(Asked::declared).collect();
    history.extend(promised);
    let backlog = post::settle(&place, &office, &quiet).await;
    let end = last_word(&addresses[0], &token).await;
    goal.send_replace(Some(end));
    let enough = tokio::spawn(async move {
        tokio::time::sleep(BY_ITSELF).await;
        given_up.send_replace(true);
        given_up
    });
    let followed = followers.join_all().await;
    let fresh = read_anew(&addresses, &token, end).await;
    enough.abort();

    let log = Log::new(fresh[0].frames.clone());
    let all: Vec<&Followed> = followed.iter().chain(&fresh).collect();
    let arrived = letters::arrived(&post::delivered(&office, addresses.len()), &storm);
    println!(
        "{}",
        Report {
            name,
            history: &history,
            storm: &storm,
            followed: &all,
            log: &log,
            arrived: &arrived,
        }
    );
    let positions = positions(&place).await;
    let mut complaints = check(&history, &all, &log, &positions);
    let of_people = shared
        .people
        .iter()
        .map(|person| (person.id.clone(), person.address.clone()));
    let wanted = letters::wanted(&log, &post::LIST, &of_people.collect());
    complaints.extend(checker::each_once("letter", &wanted, &arrived.letters));
    complaints.extend(checker::told_once(&quiet, post::PROMISES, &log));
    if (backlog.waiting, backlog.failed) != (0, 0) {
        complaints.push(format!("letters did not go out: {backlog:?}"));
    }
    complaints.extend(read_models(&addresses, &token, &log).await);
    let first: Vec<&String> = complaints.iter().take(20).collect();
    assert!(
        complaints.is_empty(),
        "{name}, seed {seed}: {} complaints, the first: {first:#?}",
        complaints.len()
    );
}

/// Every position in the store, read past the server.
async fn positions(place: &Place) -> Vec<i64> {
    let store = server::store::open(place.database()).await;
    let store = store.expect("the store opens");
    let mut positions: Vec<i64> = Vec::new();
    loop {
        let after = positions.last().copied().unwrap_or_default();
        let page = store.feed(after, 1000).await.expect("read");
        if page.is_empty() {
            store.close().await;
            return positions;
        }
        positions.extend(page.iter().map(server::store::Logged::position));
    }
}

fn check(history: &[Asked], followed: &[&Followed], log: &Log, positions: &[i64]) -> Complaints {
    let mut complaints = checker::gapless(positions, log);
    complaints.extend(checker::acknowledged_is_there_once(history, log));
    complaints.extend(checker::one_commander(log));
    for one in followed {
        complaints.extend(checker::prefix(one, log));
        complaints.extend(checker::same_end(one, log));
    }
    complaints
}

/// The people with their ids, as the API knows them. Beside a SQLite file they were let in by another process, and that is
/// noticed within a second.
async fn known(address: &str, people: Vec<(String, String)>) -> Vec<Person> {
    let bearer = format!("Bearer {}", people[0].1);
    for _ in 0..100 {
        let headers = [("Authorization", bearer.as_str())];
        let reply = ask(address, "GET", "/api/v1/people", &headers, "").await;
        let json = reply.map(|reply| reply.json()).unwrap_or_default();
        let listed = json["people"].as_array().cloned().unwrap_or_default();
        let with_id = |(handle, token): &(String, String)| {
            let one = listed.iter().find(|one| one["handle"] == *handle)?;
            let id = one["id"].as_str()?.to_owned();
            Some(Person {
                id,
                address: format!("{handle}@example.test"),
                token: token.clone(),
            })
        };
        if let Some(people) = people.iter().map(with_id).collect() {
            return people;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{address} does not know the people");
}

/// One more note when all is quiet; its position is the end of the log.
async fn last_word(address: &str, token: &str) -> i64 {
    let bearer = format!("Bearer {token}");
    let headers = [
        ("Authorization", bearer.as_str()),
        ("Content-Type", "application/json"),
    ];
    let body = json!({"question": "Is it over?"}).to_string();
    let reply = ask(
        address,
        "POST",
        "/api/v1/incidents/1/requests",
        &headers,
        &body,
    )
    .await;
    let reply = reply.expect("an answer");
    assert_eq!(reply.status, 201, "{}", reply.text);
    reply.json()["event"]["position"]
        .as_i64()
        .expect("a position")
}

/// The whole log, as every process tells it to somebody new.
async fn read_anew(addresses: &[String], token: &str, end: i64) -> Vec<Followed> {
    let mut fresh = Vec::new();
    for address in addresses {
        let (_goal, goal) = watch::channel(Some(end));
        let (_given_up, given_up) = watch::channel(false);
        let name = format!("somebody new at {address}");
        let reading = follow(name, address.clone(), token.to_owned(), 0, goal, given_up);
        let read = tokio::time::timeout(BY_ITSELF, reading).await;
        fresh.push(read.expect("the log can be read"));
    }
    fresh
}

/// Whether the read models of every process say what the log says.
async fn read_models(addresses: &[String], token: &str, log: &Log) -> Complaints {
    let bearer = format!("Bearer {token}");
    let mut complaints = Complaints::new();
    for address in addresses {
        for (number, incident) in log.states() {
            let path = format!("/api/v1/incidents/{number}");
            let reply = ask(address, "GET", &path, &[("Authorization", &bearer)], "").await;
            let shown = reply.map(|reply| reply.json()["incident"].clone());
            let shown = shown.unwrap_or_default();
            let summary = &incident.summary;
            let expected = (json!(summary.version), json!(summary.title));
            if (shown["version"].clone(), shown["title"].clone()) != expected {
                complaints.push(format!("{address} shows incident {number} as {shown}"));
            }
        }
    }
    complaints
}

/// What there is to write down.
struct Report<'a> {
    name: &'a str,
    history: &'a [Asked],
    storm: &'a [Struck],
    followed: &'a [&'a Followed],
    log: &'a Log,
    arrived: &'a Arrived,
}

impl std::fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let count =
            |wanted: fn(&Asked) -> bool| self.history.iter().filter(|one| wanted(one)).count();
        let acknowledged = count(|one| matches!(one.outcome, Outcome::Acknowledged { .. }));
        let refused = count(|one| matches!(one.outcome, Outcome::Refused(_)));
        let resolved = count(|one| one.lost > 0 && one.outcome != Outcome::Unknown);
        let replayed = count(|one| one.replayed);
        let unknown = count(|one| one.outcome == Outcome::Unknown);
        let letters: std::collections::BTreeSet<_> = self.arrived.letters.iter().collect();
        let reconnects: u64 = self.followed.iter().map(|one| one.reconnects).sum();
        let frames: usize = self.followed.iter().map(|one| one.frames.len()).sum();
        writeln!(
            f,
            "{}: {acknowledged} commands acknowledged, {refused} refused by a rule; {resolved} of them had lost an answer \
             and were resolved ({replayed} answered again), {unknown} never; {} faults {:?}; {reconnects} \
             reconnects of {} followers; {} events and entries, {frames} frames checked; {} letters, {} of them twice \
             because their process was killed with them in flight and {} because the mail server hung up, {} reminders",
            self.name,
            self.storm.len(),
            counts(self.storm),
            self.followed.len(),
            self.log.frames.len(),
            letters.len(),
            self.arrived.killed,
            self.arrived.unheard,
            letters::reminders(self.log).len(),
        )
    }
}

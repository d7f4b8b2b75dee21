//! Those who work on incidents while everything around them breaks. Each asks with a key, and asks again with the same key,
//! of whichever process answers, until it knows.

use crate::history::{Asked, Outcome, What, outcome};
use crate::net::ask;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, timeout};

/// How long one command may take, faults and all.
const PATIENCE: Duration = Duration::from_mins(2);
/// The most incidents that are worked on at once.
const INCIDENTS: usize = 6;
/// Incidents whose promises nobody keeps, and how soon one follows the other.
const QUIET: usize = 6;
const ONE_BY_ONE: Duration = Duration::from_secs(3);

/// Somebody who may write.
#[derive(Debug, Clone)]
pub struct Person {
    /// Their id.
    pub id: String,
    /// Where their mail goes.
    pub address: String,
    /// Their token.
    pub token: String,
}

/// What the clients share.
pub struct Work {
    /// Where the processes are.
    pub addresses: Vec<String>,
    /// Who there is.
    pub people: Vec<Person>,
    /// How long a client rests between two commands, on average.
    pub pace: Duration,
    /// Moves to true at the end.
    pub over: watch::Receiver<bool>,
    /// The incidents that are there.
    pub numbers: Mutex<Vec<i64>>,
}

/// A command as it is sent.
struct Command {
    what: What,
    method: &'static str,
    path: String,
    body: Value,
    incident: Option<i64>,
}

/// Works until it is over, and says what it asked for and heard.
pub async fn work(work: Arc<Work>, index: usize, seed: u64) -> Vec<Asked> {
    let mut rng = StdRng::seed_from_u64(seed.wrapping_add(index as u64));
    let mut history = Vec::new();
    let mut at = index;
    while !*work.over.borrow() {
        let tag = format!("c{index}n{}", history.len());
        let command = choose(&work, &mut rng, index, &tag);
        let asked = carry_out(&work, &mut rng, command, tag, index, &mut at).await;
        if let Some(number) = asked.declared() {
            let mut numbers = work.numbers.lock().unwrap_or_else(PoisonError::into_inner);
            numbers.push(number);
        }
        history.push(asked);
        let rest = work.pace.mul_f64(rng.random_range(0.5..1.5));
        tokio::time::sleep(rest).await;
    }
    history
}

/// Declares incidents that nobody works on, so that their promises are over while everything breaks.
pub async fn promise(work: Arc<Work>, seed: u64) -> Vec<Asked> {
    let mut rng = StdRng::seed_from_u64(!seed);
    let (mut history, mut at) = (Vec::new(), 0);
    for index in 0..QUIET {
        let tag = format!("quiet{index}");
        let command = Command {
            what: What::Declare,
            method: "POST",
            path: "/api/v1/incidents".to_owned(),
            body: json!({"title": tag, "severity": "sev4"}),
            incident: None,
        };
        history.push(carry_out(&work, &mut rng, command, tag, index, &mut at).await);
        tokio::time::sleep(ONE_BY_ONE).await;
    }
    history
}

fn choose(work: &Work, rng: &mut StdRng, index: usize, tag: &str) -> Command {
    let known = work.numbers.lock().unwrap_or_else(PoisonError::into_inner);
    let declare = known.len() < INCIDENTS && rng.random_bool(0.1);
    let Some(number) = known.choose(rng).copied().filter(|_| !declare) else {
        return Command {
            what: What::Declare,
            method: "POST",
            path: "/api/v1/incidents".to_owned(),
            body: json!({"title": tag, "severity": "sev2"}),
            incident: None,
        };
    };
    let (what, method, rest, body) = match rng.random_range(0..100) {
        0..40 => (What::Note, "POST", "notes", json!({"text": tag})),
        40..64 => {
            let body = json!({
                "sitrep": {"situation": tag},
                "public": {"state": "update", "message": tag},
                "resolve": rng.random_bool(0.1),
            });
            (What::Both, "POST", "updates", body)
        }
        64..78 => {
            let to = &work.people[rng.random_range(0..work.people.len())].id;
            let body = json!({"person": to, "reason": tag});
            (What::HandOver(to.clone()), "PUT", "roles/ic", body)
        }
        78..86 => {
            let person = &work.people[index].id;
            let body = json!({"person": person, "reason": tag, "force": true});
            (What::Take(person.clone()), "PUT", "roles/ic", body)
        }
        86..95 => {
            let phases = ["assess", "mitigate", "watch"];
            let phase = phases[rng.random_range(0..phases.len())];
            let body = json!({"title": tag, "phase": phase});
            (What::Change, "PATCH", "", body)
        }
        _ => (What::Reopen, "POST", "reopen", json!({"reason": tag})),
    };
    let path = format!("/api/v1/incidents/{number}/{rest}");
    Command {
        what,
        method,
        path: path.trim_end_matches('/').to_owned(),
        body,
        incident: Some(number),
    }
}

/// Asks until it knows. `at` is the process that was asked last: who gets no answer turns to the next one.
async fn carry_out(
    work: &Work,
    rng: &mut StdRng,
    command: Command,
    tag: String,
    index: usize,
    at: &mut usize,
) -> Asked {
    let bearer = format!("Bearer {}", work.people[index].token);
    let headers = [
        ("Authorization", bearer.as_str()),
        ("Content-Type", "application/json"),
        ("Idempotency-Key", tag.as_str()),
    ];
    let body = command.body.to_string();
    let begun = Instant::now();
    let (mut lost, mut replayed, mut outcome_known) = (0, false, Outcome::Unknown);
    while begun.elapsed() < PATIENCE {
        let address = &work.addresses[*at % work.addresses.len()];
        // Some hang up early; what they asked for goes on without them.
        let patience = Duration::from_millis(rng.random_range(1_000..30_000));
        let asking = ask(address, command.method, &command.path, &headers, &body);
        let reply = timeout(patience, asking).await.ok().flatten();
        if let Some(reply) = &reply {
            replayed = reply.header("idempotency-replayed") == "true";
            if let Some(known) = outcome(reply, command.incident) {
                outcome_known = known;
                break;
            }
        }
        // An answer that it is still being done is no loss.
        if reply.is_none_or(|reply| reply.status == 503) {
            lost += 1;
        }
        *at += 1;
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    Asked {
        tag,
        what: command.what,
        outcome: outcome_known,
        lost,
        replayed,
    }
}

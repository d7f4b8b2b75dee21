//! Single faults at the worst moment: the database has kept something and nobody heard, or a process holds the row that
//! gives out positions and cannot let go.

use crate::net::{Reply, ask};
use crate::place::Place;
use crate::proxy::{COMMIT, LOCK, Trap};
use serde_json::json;
use std::time::Duration;

/// Somebody with a token.
struct Caller(String);

impl Caller {
    async fn post(&self, address: &str, path: &str, key: &str, text: &str) -> Option<Reply> {
        let headers = [
            ("Authorization", self.0.as_str()),
            ("Content-Type", "application/json"),
            ("Idempotency-Key", key),
        ];
        let field = if path.is_empty() { "title" } else { "text" };
        let path = format!("/api/v1/incidents{path}");
        ask(
            address,
            "POST",
            &path,
            &headers,
            &json!({field: text}).to_string(),
        )
        .await
    }

    async fn note(&self, address: &str, text: &str) -> Option<Reply> {
        self.post(address, "/1/notes", text, text).await
    }

    /// The same note again until it is answered.
    async fn again(&self, address: &str, text: &str) -> Reply {
        for _ in 0..100 {
            if let Some(reply) = self.note(address, text).await
                && reply.status == 201
            {
                return reply;
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        panic!("{text} is never answered");
    }

    async fn version(&self, address: &str) -> i64 {
        let headers = [("Authorization", self.0.as_str())];
        let reply = ask(address, "GET", "/api/v1/incidents/1", &headers, "").await;
        let json = reply.expect("an answer").json();
        json["incident"]["version"].as_i64().expect("a version")
    }
}

async fn begin(place: &mut Place) -> Caller {
    place.start().await;
    let caller = Caller(format!("Bearer {}", place.person("ada").0));
    let address = &place.processes[0].address;
    let declared = caller.post(address, "", "declare", "API failing").await;
    assert_eq!(declared.expect("an answer").status, 201);
    caller
}

/// The commit that carries a request out: the first one reserves its key.
const SECOND_COMMIT: Trap = Trap {
    words: COMMIT,
    pass: 1,
    both_ways: false,
};

pub async fn answer(mut place: Place) {
    let ada = begin(&mut place).await;
    let address = place.processes[0].address.clone();
    let way = std::sync::Arc::clone(&place.ways[0]);
    way.set(SECOND_COMMIT);
    let asking = ada.note(&address, "Said once");
    let cutting = async {
        while !way.sprung() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        // The database has time to keep it.
        tokio::time::sleep(Duration::from_millis(500)).await;
        way.cut();
        way.stall(false);
    };
    let (first, ()) = tokio::join!(asking, cutting);
    let first = first.expect("an answer");
    let problem = first.json()["type"].clone();
    assert_eq!(
        (first.status, problem),
        (503, json!("urn:muster:problem:unknown"))
    );
    let second = ada.again(&address, "Said once").await;
    assert_eq!(second.header("idempotency-replayed"), "true");
    assert_eq!(second.json()["event"]["data"]["text"], "Said once");
    assert_eq!(ada.version(&address).await, 2, "it happened once");
}

pub async fn process(mut place: Place) {
    let ada = begin(&mut place).await;
    let [first, second] = [0, 1].map(|n| place.processes[n].address.clone());
    let way = std::sync::Arc::clone(&place.ways[0]);
    way.set(SECOND_COMMIT);
    let killing = async {
        while !way.sprung() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
        place.processes[0].kill();
    };
    let (never, ()) = tokio::join!(ada.note(&first, "Said once"), killing);
    assert!(never.is_none(), "{never:?}");
    let reply = ada.again(&second, "Said once").await;
    assert_eq!(reply.header("idempotency-replayed"), "true");
    assert_eq!(ada.version(&second).await, 2, "it happened once");
}

pub async fn network(mut place: Place) {
    let ada = begin(&mut place).await;
    let [first, second] = [0, 1].map(|n| place.processes[n].address.clone());
    // Connections that have not asked for the row yet: only they say the words.
    place.processes[0].kill();
    place.processes[0].start();
    place.processes[0].ready().await;
    let way = std::sync::Arc::clone(&place.ways[0]);
    way.set(Trap {
        words: LOCK,
        pass: 0,
        both_ways: true,
    });
    let meanwhile = async {
        while !way.sprung() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let elsewhere = ada.again(&second, "Said elsewhere");
        let in_time = tokio::time::timeout(Duration::from_secs(45), elsewhere).await;
        assert!(in_time.is_ok(), "the others are held up");
    };
    let (cut_off, ()) = tokio::join!(ada.note(&first, "Said without a line"), meanwhile);
    assert_eq!(
        cut_off
            .expect("an answer, although the database gives none")
            .status,
        503
    );
    assert!(way.sprung(), "all of this without a network");
    way.stall(false);
    ada.again(&first, "Said without a line").await;
    assert_eq!(ada.version(&second).await, 3, "each happened once");
}

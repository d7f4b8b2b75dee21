//! Who is in a room is seen at every process, at once, and is gone by itself when nothing more is heard.

use crate::net::{Stream, ask};
use crate::place::Place;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::timeout;

/// Less than a beat (20 s), so that only a wake-up can have told it.
const BEFORE_THE_BEAT: Duration = Duration::from_secs(15);
/// More than anybody counts as here without a sign of life (50 s), and a beat.
const LONG_GONE: Duration = Duration::from_secs(100);

/// Ada comes to a room at one process, Bo sees her at the other; the one is killed, and she is gone.
pub async fn story(mut place: Place) {
    place.start().await;
    let (token, ada) = place.person("ada");
    let (_, bo) = place.person("bo");
    let [first, second] = [0, 1].map(|n| place.processes[n].address.clone());
    let bearer = format!("Bearer {token}");
    let headers = [
        ("Authorization", bearer.as_str()),
        ("Content-Type", "application/json"),
    ];
    let body = json!({"title": "API failing"}).to_string();
    let declared = ask(&first, "POST", "/api/v1/incidents", &headers, &body).await;
    let declared = declared.expect("an answer");
    assert_eq!(declared.status, 201, "{}", declared.text);

    let mut of_bo = enter(&second, &bo).await;
    let alone = |people: &[Value]| people.len() == 1;
    until(&mut of_bo, BEFORE_THE_BEAT, "Bo himself is here", alone).await;
    let of_ada = enter(&first, &ada).await;
    let both = |people: &[Value]| people.iter().filter(|one| is_here(one)).count() == 2;
    until(&mut of_bo, BEFORE_THE_BEAT, "Ada is here", both).await;

    place.processes[0].kill();
    drop(of_ada);
    let gone = |people: &[Value]| people.iter().filter(|one| is_here(one)).count() == 1;
    until(&mut of_bo, LONG_GONE, "Ada is here no more", gone).await;
}

/// Signs in by a link, and opens the room.
async fn enter(address: &str, link: &str) -> Stream {
    let signed_in = ask(address, "POST", link, &[], "").await;
    let signed_in = signed_in.expect("an answer");
    let cookie = signed_in.header("set-cookie").split(';').next();
    let cookie = cookie.filter(|cookie| !cookie.is_empty());
    let headers = [("Cookie", cookie.expect("a cookie"))];
    let stream = Stream::open(address, "/live?incident=1", &headers).await;
    stream.expect("the room opens")
}

fn is_here(one: &Value) -> bool {
    one["nearness"] == "here"
}

/// Reads until the people in the room are as they should be.
async fn until(
    stream: &mut Stream,
    patience: Duration,
    what: &str,
    fits: impl Fn(&[Value]) -> bool,
) {
    let mut last = Value::Null;
    let reading = async {
        while let Some(frame) = stream.next().await {
            if frame.event != "presence" {
                continue;
            }
            last = serde_json::from_str(&frame.data).expect("JSON");
            if fits(last["people"].as_array().map_or(&[], Vec::as_slice)) {
                return true;
            }
        }
        false
    };
    let seen = timeout(patience, reading).await;
    assert_eq!(seen, Ok(true), "{what}: {last}");
}

//! The mail of a story: a real mail server, whom it goes to, promises that nobody keeps, and the end of it.

use crate::letters::{Delivery, name};
use crate::net::ask;
use crate::place::{Place, sender};
use crate::post_office::PostOffice;
use chrono::TimeDelta;
use serde_json::json;
use server::clock::{Clock, ManualClock, SystemClock};
use server::outbox::{Mail, Outbox};
use server::services::Services;
use server::store::{Backlog, Store};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// Everybody on it gets every sitrep: one is told late that it was taken, of the other the first try is taken and nobody
/// hears of it.
pub const LIST: [&str; 3] = [
    "all@example.test",
    "half@example.test",
    "tardy250@example.test",
];
/// Promises of an incident whose promises are over in a minute, the least there is: next to customers, the team and command.
pub const PROMISES: usize = 3;
/// How long what waits has to stay the same until nobody works on it any more.
const STILL: Duration = Duration::from_secs(10);
/// How long all of it may take.
const PATIENCE: Duration = Duration::from_mins(5);

/// Says in the settings where sitreps go and how soon promises of the least severity are over.
pub async fn set_up(place: &Place, address: &str, list: &[&str]) {
    let token = place.say(&["token", "add", "warden", "--scope", "admin"]);
    let bearer = format!("Bearer {token}");
    let headers = [
        ("Authorization", bearer.as_str()),
        ("Content-Type", "application/json"),
    ];
    let body = json!({
        "incident_list": list,
        "promises": {"sev4": {"first_word": 1, "next_word": 1, "sitrep": 1, "command": 1}},
    });
    let path = "/api/v1/settings";
    let reply = ask(address, "PATCH", path, &headers, &body.to_string()).await;
    let reply = reply.expect("an answer");
    assert_eq!(reply.status, 200, "{}", reply.text);
}

/// Everything that arrived, in order.
pub fn delivered(office: &PostOffice, processes: usize) -> Vec<Delivery> {
    let delivered = office.delivered();
    let delivery = |mail: &crate::post_office::Mail| {
        let number = |header: &str| mail.header(header).parse().expect("a number");
        let from = mail.header("From").replace('"', "");
        Delivery {
            letter: name(&mail.header("Message-ID"), &mail.header("Delivered-To")),
            // The one after the last is ours.
            process: (0..=processes)
                .find(|index| from == sender(*index))
                .expect("a process sent it"),
            begun: number("X-Begun"),
            delivered: number("X-Delivered"),
            heard: mail.header("X-Heard") == "yes",
        }
    };
    delivered.iter().map(delivery).collect()
}

/// Waits until everybody was reminded of every promise of these incidents and all mail went out.
///
/// What a process that was killed held is kept from the others for minutes. It is not waited for: in the end, when nobody
/// works on anything any more, one more process comes whose clock is ahead.
pub async fn settle(place: &Place, office: &PostOffice, quiet: &[i64]) -> Backlog {
    let store: Arc<dyn Store> = server::store::open(place.database())
        .await
        .expect("the store opens");
    let (begun, mut waiting, mut since) = (Instant::now(), 0, Instant::now());
    while begun.elapsed() < PATIENCE {
        let now = store.backlog().await.expect("read").waiting;
        if now != waiting {
            (waiting, since) = (now, Instant::now());
        }
        if (waiting == 0 || since.elapsed() > STILL) && told(store.as_ref(), quiet).await {
            break;
        }
        sleep(Duration::from_millis(500)).await;
    }
    let ahead = Arc::new(ManualClock::at(SystemClock.now() + TimeDelta::minutes(4)));
    let services = Services::open(
        Arc::clone(&store),
        Arc::clone(&ahead) as Arc<dyn Clock>,
        "http://127.0.0.1".to_owned(),
        "build".to_owned(),
    );
    let mail = Mail::new(&office.url(), &sender(place.processes.len())).expect("settings");
    let outbox = Outbox::new(services.await.expect("it opens"), mail);
    let mut backlog = store.backlog().await.expect("read");
    while backlog.waiting > 0 && begun.elapsed() < PATIENCE {
        while outbox.work().await.expect("worked") > 0 {}
        ahead.advance(TimeDelta::seconds(5));
        backlog = store.backlog().await.expect("read");
    }
    store.close().await;
    backlog
}

async fn told(store: &dyn Store, quiet: &[i64]) -> bool {
    let summaries = store.summaries().await.expect("read");
    let mut quiet = summaries
        .iter()
        .filter(|summary| quiet.contains(&summary.number.0));
    quiet.all(|summary| summary.reminders.len() >= PROMISES)
}

//! A process is killed or stopped, or its database crashes, in the middle of a batch of letters.

use crate::checker::{Complaints, each_once};
use crate::faults::{Fault, Struck, now};
use crate::letters::{self, Arrived, Delivery};
use crate::net::ask;
use crate::place::Place;
use crate::post;
use crate::post_office::PostOffice;
use serde_json::json;
use std::time::Duration;
use tokio::time::sleep;

/// Everybody whom the sitrep goes to, in the order in which letters go out; eight go at once. What is slow is not in its
/// mailbox yet when something breaks, what is tardy is, and nobody has heard of it.
const PEOPLE: [&str; 12] = [
    "ada@example.test",
    "fast1@example.test",
    "fast2@example.test",
    "fast3@example.test",
    "slow4000a@example.test",
    "slow4000b@example.test",
    "tardy4000a@example.test",
    "tardy4000b@example.test",
    "z1@example.test",
    "z2@example.test",
    "z3@example.test",
    "z4@example.test",
];

/// A process is killed, started again, and sends what it had not.
pub async fn killed(mut place: Place) {
    let office = PostOffice::start();
    begin(&mut place, &office).await;
    place.processes[0].kill();
    let broke = now();
    place.start().await;
    let whole = now();
    let storm = [Struck {
        fault: Fault::Kill,
        process: 0,
        broke,
        whole,
    }];
    let (delivered, arrived) = end(&place, &office, &storm).await;
    if place.server.is_none() {
        let by_itself = delivered.iter().all(|delivery| delivery.process == 0);
        assert!(
            by_itself,
            "nobody else can hold letters, so nothing is waited for"
        );
    }
    assert_eq!((arrived.killed, arrived.unheard), (2, 0));
    assert_eq!(delivered.len(), PEOPLE.len() + 2);
}

/// A process is told to stop: what is under way is brought to its end, and nothing comes twice.
pub async fn stopped(mut place: Place) {
    let office = PostOffice::start();
    begin(&mut place, &office).await;
    place.processes[0].stop().await;
    assert_eq!(office.delivered().len(), 8, "the whole batch");
    place.start().await;
    let (delivered, _) = end(&place, &office, &[]).await;
    assert_eq!(delivered.len(), PEOPLE.len());
}

/// The database is away while the mail server says yes: that is written down when it is there again.
pub async fn without_a_database(mut place: Place) {
    let office = PostOffice::start();
    begin(&mut place, &office).await;
    let database = place.server.as_mut().expect("a server");
    database.stop("immediate");
    sleep(Duration::from_secs(8)).await;
    database.start();
    place.processes[0].ready().await;
    let (delivered, _) = end(&place, &office, &[]).await;
    assert_eq!(delivered.len(), PEOPLE.len());
}

/// Goes on until the fast ones are written down and the tardy ones are in their mailboxes.
async fn begin(place: &mut Place, office: &PostOffice) {
    place.send_to(office);
    place.start().await;
    let (token, _) = place.person("ada");
    let address = place.processes[0].address.clone();
    post::set_up(place, &address, &PEOPLE[1..]).await;
    let bearer = format!("Bearer {token}");
    let headers = [
        ("Authorization", bearer.as_str()),
        ("Content-Type", "application/json"),
    ];
    let sitrep = json!({"sitrep": {"situation": "It fails."}});
    for (path, body) in [
        ("/api/v1/incidents", json!({"title": "API failing"})),
        ("/api/v1/incidents/1/updates", sitrep),
    ] {
        let reply = ask(&address, "POST", path, &headers, &body.to_string()).await;
        assert_eq!(reply.expect("an answer").status, 201);
    }
    let store = server::store::open(place.database()).await;
    let store = store.expect("the store opens");
    let arrived = || office.delivered().len();
    while arrived() < 6 || store.backlog().await.expect("read").waiting > 8 {
        sleep(Duration::from_millis(50)).await;
    }
    store.close().await;
    assert_eq!(arrived(), 6, "the middle of the first batch");
}

/// Sees each letter once, after what this excuses is taken out.
async fn end(place: &Place, office: &PostOffice, storm: &[Struck]) -> (Vec<Delivery>, Arrived) {
    let backlog = post::settle(place, office, &[]).await;
    assert_eq!((backlog.waiting, backlog.failed), (0, 0), "{backlog:?}");
    let delivered = post::delivered(office, place.processes.len());
    let arrived = letters::arrived(&delivered, storm);
    let wanted: Vec<String> = PEOPLE
        .iter()
        .map(|address| letters::name("<incident-1-sitrep-1@127.0.0.1>", address))
        .collect();
    let complaints = each_once("letter", &wanted, &arrived.letters);
    assert_eq!(complaints, Complaints::new());
    (delivered, arrived)
}

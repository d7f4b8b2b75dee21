//! What becomes of letters when the mail server is slow, refuses, takes one and not the other, or dies.

use crate::house::House;
use crate::place::Place;
use crate::post_office::PostOffice;
use app::data::MailState;
use chrono::TimeDelta;
use server::outbox::{Mail, Outbox};
use server::services::Services;

/// "ines: sent" for everybody whom the last sitrep should reach, by name.
async fn standings(house: &House, number: domain::Number) -> Vec<String> {
    let reach = house.services.reach(number).await.expect("read");
    let people = reach.expect("a sitrep").people;
    let mut lines: Vec<String> = people
        .into_iter()
        .map(|reached| {
            let name = reached
                .name
                .split(' ')
                .next()
                .unwrap_or_default()
                .to_lowercase();
            let state = match reached.mail {
                None => "no letter".to_owned(),
                Some(MailState::Sent { .. }) => "sent".to_owned(),
                Some(MailState::Waiting { trouble, .. }) => format!("waits {trouble:?}"),
                Some(MailState::Failed { trouble, .. }) => format!("failed {trouble}"),
            };
            format!("{name}: {state}")
        })
        .collect();
    lines.sort();
    lines
}

pub async fn each_recipient_has_an_outcome_of_their_own(place: Place) {
    let office = PostOffice::start();
    let house = House::open(&place, &office).await;
    let number = house
        .incident(&["bo", "slow", "later", "muddled", "dies", "refused", "half"])
        .await;
    house
        .sitrep(number, None, "About 42% of requests fail.")
        .await;
    while house.outbox.work().await.expect("worked") > 0 {}
    let first = standings(&house, number).await;
    let state = |who: &str| {
        let line = first.iter().find(|line| line.starts_with(who));
        line.expect("they have a line").clone()
    };
    assert_eq!(state("bo"), "bo: sent");
    assert_eq!(state("slow"), "slow: sent");
    assert!(
        state("later").contains("Busy, come back later"),
        "{first:?}"
    );
    // A talk that went wrong is no refusal.
    assert!(state("muddled").contains("waits"), "{first:?}");
    assert!(state("dies").contains("cannot be reached"), "{first:?}");
    assert!(state("half").contains("cannot be reached"), "{first:?}");
    let refused = state("refused");
    assert!(
        refused.contains("failed") && refused.contains("No such user here"),
        "{refused}"
    );
    assert!(refused.contains("Mend the address"), "{refused}");

    house.send_for(20).await;
    let counts = office.counts();
    for who in ["ines", "bo", "slow", "later", "muddled", "dies"] {
        assert_eq!(
            counts.get(&format!("{who}@example.test")),
            Some(&1),
            "{who}: {counts:?}"
        );
    }
    assert!(!counts.contains_key("refused@example.test"), "{counts:?}");
    // The server had it and died before it said so: nobody can know, so it comes twice, under one name.
    let half: Vec<String> = office
        .delivered()
        .iter()
        .filter(|mail| mail.header("Delivered-To").starts_with("half"))
        .map(|mail| mail.header("Message-ID"))
        .collect();
    assert_eq!(half.len(), 2);
    assert_eq!(half[0], half[1]);
}

pub async fn one_button_sends_what_failed_again(place: Place) {
    let office = PostOffice::start();
    let house = House::open(&place, &office).await;
    let number = house.incident(&["refused"]).await;
    house.sitrep(number, None, "It fails.").await;
    house.send_for(2).await;
    let backlog = house.services.store().backlog().await.expect("read");
    assert_eq!((backlog.waiting, backlog.failed), (0, 1));
    let key = backlog.troubled[0].key.clone();
    let store = house.services.store();
    let now = house.services.now();
    assert_eq!(
        store.retry_letters(Some(&key), now).await.expect("retried"),
        1
    );
    let backlog = store.backlog().await.expect("read");
    assert_eq!((backlog.waiting, backlog.failed), (1, 0));
    house.send_for(2).await;
    // Refused once more, and seen once more.
    assert_eq!(store.backlog().await.expect("read").failed, 1);
    let sent = office.counts().into_keys().collect::<Vec<_>>();
    assert_eq!(
        sent,
        ["ines@example.test"],
        "what was sent is not sent again"
    );
}

pub async fn without_a_mail_server_nothing_waits_and_with_a_dead_one_everything(place: Place) {
    let dead = House::on(std::sync::Arc::clone(&place.store), "smtp://127.0.0.1:9").await;
    let number = dead.incident(&["bo"]).await;
    dead.sitrep(number, None, "It fails.").await;
    dead.send_for(3).await;
    let backlog = place.store.backlog().await.expect("read");
    assert_eq!((backlog.waiting, backlog.failed), (2, 0));
    let trouble = format!("{:?}", backlog.troubled[0].standing);
    assert!(trouble.contains("does --smtp name it?"), "{trouble}");

    // A day later it is given up, in words; the mail server that comes back then gets it by a button.
    for _ in 0..100 {
        dead.wait(15);
        dead.outbox.work().await.expect("worked");
    }
    let backlog = place.store.backlog().await.expect("read");
    assert_eq!((backlog.waiting, backlog.failed), (0, 2));
    let office = PostOffice::start();
    let alive = House::open(&place, &office).await;
    alive.clock.advance(TimeDelta::days(2));
    let again = place.store.retry_letters(None, alive.services.now()).await;
    assert_eq!(again.expect("retried"), 2);
    alive.send_for(2).await;
    assert_eq!(office.counts().len(), 2);

    let silent = Services::open(
        std::sync::Arc::clone(&place.store),
        std::sync::Arc::clone(&alive.clock) as std::sync::Arc<dyn server::clock::Clock>,
        "https://muster.example".to_owned(),
        "build".to_owned(),
    );
    let silent = silent.await.expect("the services open");
    let note = domain::incident::SitrepDraft {
        situation: Some("Nobody mails this.".to_owned()),
        ..domain::incident::SitrepDraft::default()
    };
    let command = domain::IncidentCommand::Update {
        sitrep: Some(note),
        public: None,
        resolve: false,
    };
    silent
        .execute(&alive.ines, number, None, command)
        .await
        .expect("sent");
    let backlog = place.store.backlog().await.expect("read");
    assert_eq!((backlog.waiting, backlog.failed), (0, 0));
}

pub async fn several_processes_and_restarts_send_each_letter_once(place: Place) {
    let office = PostOffice::start();
    let house = House::open(&place, &office).await;
    let people: Vec<String> = (0..12).map(|n| format!("p{n}")).collect();
    let people: Vec<&str> = people.iter().map(String::as_str).collect();
    let number = house.incident(&people).await;
    // Two processes work at the same time; the second one ends in between, and a third one comes.
    for round in 0..4 {
        house.sitrep(number, None, &format!("Round {round}.")).await;
        let other = place.another().await;
        let mail = Mail::new(&office.url(), "Muster <muster@muster.example>").expect("settings");
        let clock = std::sync::Arc::clone(&house.clock) as std::sync::Arc<dyn server::clock::Clock>;
        let services = Services::open(
            std::sync::Arc::clone(&other),
            clock,
            "https://muster.example".to_owned(),
            "build".to_owned(),
        );
        let second = Outbox::new(services.await.expect("it opens"), mail);
        let (one, two) = tokio::join!(house.outbox.work(), second.work());
        assert!(one.expect("worked") + two.expect("worked") > 0);
        if round % 2 == 0 {
            while second.work().await.expect("worked") > 0 {}
        }
        other.close().await;
    }
    house.send_for(2).await;
    let counts = office.counts();
    assert_eq!(counts.len(), 13, "{counts:?}");
    assert!(counts.values().all(|count| *count == 4), "{counts:?}");
}

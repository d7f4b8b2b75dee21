//! Texts: what people type comes back to the letter, however odd or long.

use crate::make::{add_person, at, begin, go_on, noted, person, sitrep};
use crate::place::Place;
use domain::{IncidentEvent, Number};
use server::store::{HouseChange, Listing, Request};

pub async fn every_sign_comes_back(place: Place) {
    let store = place.store.as_ref();
    let texts = [
        "Ünïcödé, 障害, שלום \u{200f}, 👩‍🚒 \u{fe0f}, e\u{301}",
        "'; drop table event; -- \" \\ % _ $1 ?1 {}",
        "\u{1}\u{7}\u{1b}[31m\t\r\n\u{85}\u{2028}\u{202e}",
        "\u{feff}\u{fffd}\u{ffff}\u{10ffff}",
        "",
    ];
    add_person(store, "ines").await;
    let incident = begin(store, texts[0]).await;
    let events = texts.iter().map(|text| noted(text)).collect();
    let done = go_on(store, &incident, events).await;
    assert_eq!(
        store.stream(Number(1), 1).await.expect("stream"),
        done.recorded
    );
    let read = store
        .incident(Number(1))
        .await
        .expect("read")
        .expect("there");
    assert_eq!(read.summary.title, texts[0]);
}

pub async fn nul_breaks_nothing(place: Place) {
    let store = place.store.as_ref();
    let mut odd = person("ines");
    odd.name.insert(2, '\0');
    store
        .change_house(None, at(0), HouseChange::PutPerson(odd))
        .await
        .expect("a person");
    let incident = begin(store, "A\0PI").await;
    let done = go_on(store, &incident, vec![noted("a\0b"), sitrep(1, "x\0y")]).await;
    // In events it is kept; a column for looking up drops it.
    assert_eq!(store.stream(Number(1), 1).await.expect("stream").len(), 2);
    let kept = store
        .incident(Number(1))
        .await
        .expect("read")
        .expect("there");
    assert_eq!(kept.summary, done.incident.summary);
    let found = store
        .find_person("in\0es")
        .await
        .expect("read")
        .expect("found");
    assert_eq!(found.name, "INES Alder");
    let q = Some("A\0PI".to_owned());
    let listing = Listing {
        q,
        limit: 10,
        ..Listing::default()
    };
    assert_eq!(store.list(listing).await.expect("list").incidents.len(), 1);
    let request = Request {
        key: "k\0".to_owned(),
        person: found.id,
        method: "POST".to_owned(),
        path: "/\0".to_owned(),
        body_hash: "h".to_owned(),
        at: at(0),
    };
    store.reserve(&request, at(0)).await.expect("reserve");
}

pub async fn the_longest_texts_fit(place: Place) {
    let store = place.store.as_ref();
    add_person(store, "ines").await;
    let mut incident = begin(store, "API").await;
    // 200,000 characters, each of four bytes, and 200,000 different words' worth of letters.
    let wide = "🚒".repeat(200_000);
    let words: Vec<String> = (0..25_000).map(|n| format!("w{n:06}")).collect();
    let words = words.join(" ");
    for (version, text) in [(1, &wide), (2, &words)] {
        incident = go_on(store, &incident, vec![sitrep(version, text)])
            .await
            .incident;
    }
    let read = store.sitreps_between(Number(1), 1, 2).await.expect("read");
    assert_eq!(read[0].sitrep.situation, wide);
    assert_eq!(read[1].sitrep.situation, words);
    assert_eq!(
        store.incident(Number(1)).await.expect("read"),
        Some(incident)
    );
    let stream = store.stream(Number(1), 1).await.expect("stream");
    let IncidentEvent::SitrepSent { sitrep } = &stream[0].event else {
        panic!("{:?}", stream[0].event.kind())
    };
    assert_eq!(sitrep.situation, wide);
    let q = Some("w024999 w000001".to_owned());
    let listing = Listing {
        q,
        limit: 10,
        ..Listing::default()
    };
    assert_eq!(store.list(listing).await.expect("list").incidents.len(), 1);
}

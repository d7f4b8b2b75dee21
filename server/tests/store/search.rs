//! Finding incidents by words.

use crate::make::{begin, begin_with, declared, go_on, imported, noted, said, sitrep};
use crate::place::Place;
use domain::{IncidentEvent, Kind, Number, PublicState};
use server::store::{Listing, Store};

async fn find(store: &dyn Store, q: &str) -> Vec<i64> {
    let listing = Listing {
        q: Some(q.to_owned()),
        limit: 50,
        ..Listing::default()
    };
    let page = store.list(listing).await.expect("search");
    page.incidents.iter().map(|found| found.number.0).collect()
}

pub async fn words_are_found_wherever_they_stand(place: Place) {
    let store = place.store.as_ref();
    let begun = begin(store, "Database Überlast").await;
    let events = vec![
        noted("Restarted `db-eu-2.internal`, no effect"),
        sitrep(1, "Replication lag of forty minutes"),
        said("1-1", PublicState::Investigating, "Logging in is slow."),
        IncidentEvent::PublicTitleChanged {
            title: "Trouble signing in".to_owned(),
        },
        IncidentEvent::TitleChanged {
            title: "Datenbank überlastet".to_owned(),
        },
    ];
    let first = go_on(store, &begun, events).await.incident;
    begin_with(
        store,
        vec![declared("Payments", Kind::Live), noted("database is fine")],
    )
    .await;
    begin_with(store, vec![imported("障害: Pages", "x")]).await;

    let cases: [(&str, &[i64]); 16] = [
        ("database", &[2, 1]),
        ("DATA", &[2, 1]),
        ("über", &[1]),
        ("ÜBERLASTET", &[1]),
        ("db-eu", &[1]),
        ("internal restart", &[1]),
        ("forty payments", &[]),
        ("payments fine", &[2]),
        ("lag slow sign", &[1]),
        ("1", &[1]),
        ("3", &[3]),
        ("障害", &[3]),
        ("害", &[3]),
        ("atabase", &[]),
        ("pages", &[3]),
        ("overloaded", &[]),
    ];
    for (q, expected) in cases {
        assert_eq!(find(store, q).await, expected, "{q}");
    }
    // What comes later is found at once.
    go_on(store, &first, vec![noted("Overloaded by a batch job")]).await;
    assert_eq!(find(store, "overloaded job").await, [1]);
}

pub async fn a_number_is_found_as_it_is(place: Place) {
    let store = place.store.as_ref();
    for n in 1..=12 {
        let note = if n == 3 {
            "as in INC-1"
        } else {
            "nothing like it"
        };
        begin_with(store, vec![declared("Timeout", Kind::Live), noted(note)]).await;
    }
    let cases: [(&str, &[i64]); 6] = [
        ("#1", &[3, 1]),
        ("timeout #12", &[12]),
        ("#12 timeout", &[12]),
        ("#13", &[]),
        ("#1x", &[]),
        ("1", &[12, 11, 10, 3, 1]),
    ];
    for (q, expected) in cases {
        assert_eq!(find(store, q).await, expected, "{q}");
    }
}

pub async fn hostile_questions_find_nothing_and_break_nothing(place: Place) {
    let store = place.store.as_ref();
    begin(store, "API and not database").await;
    let long = "very ".repeat(50_000);
    for q in [
        "\"",
        "'",
        "\\",
        "*",
        "(",
        "zz:*",
        "zz OR api",
        "zz | api",
        "zz & !api",
        "NEAR(zz api)",
        "-zz",
        "col:zz",
        "zz\0",
        "'; drop table incident; --",
        "%",
        "_",
        "!!!",
        "zz\u{202e}",
        &long,
    ] {
        assert_eq!(find(store, q).await, [0_i64; 0], "{q}");
    }
    // Words of the query languages are words.
    assert_eq!(find(store, "AND not").await, [1]);
    assert_eq!(find(store, "api:* & 'database'").await, [1]);
    assert_eq!(
        find(store, "  ").await,
        [1],
        "blank asks for nothing in particular"
    );
}

pub async fn the_newest_come_first_in_pages(place: Place) {
    let store = place.store.as_ref();
    for n in 1..=12 {
        let title = if n % 2 == 0 {
            "timeout in API"
        } else {
            "Timeouts at the edge"
        };
        begin(store, title).await;
    }
    let mut listing = Listing {
        q: Some("timeout".to_owned()),
        limit: 5,
        ..Listing::default()
    };
    let mut pages = Vec::new();
    loop {
        let page = store.list(listing.clone()).await.expect("search");
        pages.push(
            page.incidents
                .iter()
                .map(|found| found.number.0)
                .collect::<Vec<_>>(),
        );
        listing.before = page.next;
        if page.next.is_none() {
            break;
        }
    }
    assert_eq!(
        pages,
        [vec![12, 11, 10, 9, 8], vec![7, 6, 5, 4, 3], vec![2, 1]]
    );
    listing.before = Some(Number(6));
    listing.q = Some("timeout api".to_owned());
    let page = store.list(listing).await.expect("search");
    let numbers: Vec<i64> = page.incidents.iter().map(|found| found.number.0).collect();
    assert_eq!(numbers, [4, 2]);
}

//! Every refusal has words for people and travels whole.

use crate::world::at;
use domain::incident::Rejection as R;
use domain::{Number, Phase, Rejection};

/// One of each. The match below has no wildcard: a new refusal fails to compile until it stands here too.
fn all() -> Vec<Rejection> {
    let text = || "Bo Larch".to_owned();
    let time = at("14:20");
    let rows = vec![
        R::ReadersOnlyAsk,
        R::AdministratorsRedact,
        R::NotActive,
        R::NotInCharge {
            what: "close this incident".to_owned(),
            ic: text(),
        },
        R::NotInCommand { ic: text() },
        R::CommandStays,
        R::HandOverFirst,
        R::RoleIsEmpty {
            role: "comms".to_owned(),
        },
        R::HasRole {
            name: text(),
            role: "comms".to_owned(),
        },
        R::IsHere { name: text() },
        R::IsNotHere { name: text() },
        R::UnknownPerson { text: text() },
        R::PersonLeft { name: text() },
        R::ReadersHoldNoRole { name: text() },
        R::UnknownComponent { text: text() },
        R::Backfilled,
        R::DrillStaysInside,
        R::NoSuchStep {
            from: Phase::Assess,
            to: Phase::Closed,
        },
        R::IsOver {
            phase: Phase::Closed,
        },
        R::IsResolved,
        R::NotOver {
            phase: Phase::Watch,
        },
        R::MergeIntoItself,
        R::MergeIntoOver {
            into: Number(7),
            phase: Phase::Cancelled,
        },
        R::MergeOfTwoKinds { into: Number(7) },
        R::NoChange {
            field: "title".to_owned(),
        },
        R::Missing {
            field: "title".to_owned(),
        },
        R::TooLong {
            field: "title".to_owned(),
            max: 200,
        },
        R::InTheFuture {
            at: time,
            now: time,
        },
        R::PromiseInThePast {
            at: time,
            now: time,
            field: "next_update_by".to_owned(),
        },
        R::OverBeforeBegun { started_at: time },
        R::BegunAfterOver { resolved_at: time },
        R::NotALink {
            url: "javascript:x".to_owned(),
        },
        R::NothingPromised {
            duty: "Send a sitrep".to_owned(),
        },
        R::NothingToSend,
        R::NewerSitrep {
            version: 5,
            by: text(),
            at: time,
        },
        R::EmptySitrep,
        R::Unreadable {
            words: "Write it like this.".to_owned(),
            field: "at".to_owned(),
        },
    ];
    for row in &rows {
        match row {
            R::ReadersOnlyAsk
            | R::AdministratorsRedact
            | R::NotActive
            | R::NotInCharge { .. }
            | R::NotInCommand { .. }
            | R::CommandStays
            | R::HandOverFirst
            | R::RoleIsEmpty { .. }
            | R::HasRole { .. }
            | R::IsHere { .. }
            | R::IsNotHere { .. }
            | R::UnknownPerson { .. }
            | R::PersonLeft { .. }
            | R::ReadersHoldNoRole { .. }
            | R::UnknownComponent { .. }
            | R::Backfilled
            | R::DrillStaysInside
            | R::NoSuchStep { .. }
            | R::IsOver { .. }
            | R::IsResolved
            | R::NotOver { .. }
            | R::MergeIntoItself
            | R::MergeIntoOver { .. }
            | R::MergeOfTwoKinds { .. }
            | R::NothingPromised { .. }
            | R::NoChange { .. }
            | R::Missing { .. }
            | R::TooLong { .. }
            | R::InTheFuture { .. }
            | R::PromiseInThePast { .. }
            | R::OverBeforeBegun { .. }
            | R::BegunAfterOver { .. }
            | R::NotALink { .. }
            | R::NothingToSend
            | R::NewerSitrep { .. }
            | R::EmptySitrep
            | R::Unreadable { .. } => {}
        }
    }
    rows
}

#[test]
fn every_refusal_has_words_and_travels_whole() {
    for refusal in all() {
        let words = refusal.to_string();
        assert!(
            words.ends_with('.') && words.len() > 15 && !words.contains('{'),
            "{refusal:?} says {words:?}"
        );
        let json = serde_json::to_string(&refusal).expect("json");
        assert_eq!(
            serde_json::from_str::<Rejection>(&json).expect("the same"),
            refusal
        );
    }
}

#[test]
fn the_words_are_these() {
    let words = all()
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
        + "\n";
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/refusals.txt");
    if std::env::var_os("MUSTER_WRITE_GOLDEN").is_some() && !std::path::Path::new(file).exists() {
        std::fs::write(file, &words).expect("written");
    }
    assert_eq!(std::fs::read_to_string(file).expect("the file"), words);
}

//! Redaction: who may, what is found, what is blanked, and that nothing else changes.

use crate::world::{ADA, BO, INES, World};
use domain::incident::{
    Blanking, Found, IncidentCommand as C, IncidentEvent as E, PublicDraft, Redaction, Rejection,
    SitrepDraft, find, redact,
};
use domain::secret::BLANK;
use domain::{Context, Incident, PersonId, PublicState, Role};

const SECRET: &str = "hunter2";

/// A room in which somebody pasted a password: it was noted, it stands in two sitreps, and customers were told it.
fn world() -> World {
    let mut world = World::declared();
    let draft = |situation: Option<&str>| SitrepDraft {
        situation: situation.map(str::to_owned),
        ..SitrepDraft::default()
    };
    let note = |text: &str| C::Note {
        text: text.to_owned(),
        at: None,
    };
    let update = |situation| C::Update {
        sitrep: Some(draft(situation)),
        public: None,
        resolve: false,
    };
    for command in [
        note("the database is root / Hunter2"),
        note("never mind"),
        update(Some("Logged in with hunter2, it is up")),
        update(None),
        C::Update {
            sitrep: None,
            public: Some(PublicDraft {
                title: Some("Logins fail".to_owned()),
                state: PublicState::Identified,
                message: "Use HUNTER2 to log in.".to_owned(),
                components: Vec::new(),
                next_update_by: None,
                impact: None,
            }),
            resolve: false,
        },
        C::AssignRole {
            role: Role::Comms,
            person: PersonId::new(BO),
        },
    ] {
        world.minutes(1).by(INES, command).expect("done");
    }
    world
}

fn ask<T>(world: &World, by: &str, act: impl FnOnce(&Context) -> T) -> T {
    act(&Context {
        by: &PersonId::new(by),
        now: world.now,
        directory: &world.directory,
    })
}

fn found(world: &World, by: &str, secret: &str) -> Result<Vec<Found>, Rejection> {
    ask(world, by, |ctx| find(&world.stream, secret, ctx))
}

fn redacted(
    world: &World,
    by: &str,
    versions: &[i64],
    secret: Option<&str>,
    reason: &str,
) -> Result<Blanking, Rejection> {
    let redaction = Redaction {
        versions: versions.to_vec(),
        secret: secret.map(str::to_owned),
        reason: reason.to_owned(),
    };
    ask(world, by, |ctx| redact(&world.stream, redaction, ctx))
}

#[test]
fn every_place_is_found_later_sitreps_included() {
    let world = world();
    let found = found(&world, ADA, " Hunter2 ").expect("found");
    let places: Vec<_> = found.iter().map(|f| (f.version, f.kind, f.field)).collect();
    assert_eq!(
        places,
        [
            (2, "noted", "text"),
            (4, "sitrep_sent", "situation"),
            (5, "sitrep_sent", "situation"),
            (7, "public_update_published", "message"),
        ]
    );
    assert_eq!(
        found[0].hit.snippet,
        ["the database is root / ", "Hunter2", ""]
    );
    assert_eq!(found[0].by.as_deref(), Some("Ines Alder"));
    assert_eq!(found[0].told_at, None);
    assert_eq!(found[3].told_at, Some(world.stream[6].recorded_at));
}

#[test]
fn its_occurrences_go_and_everything_else_stays() {
    let world = world();
    let blanking =
        redacted(&world, ADA, &[7, 2, 4, 5, 4, 3], Some(SECRET), "a password").expect("redacted");
    // The third was named and holds nothing: it is not counted.
    assert_eq!(
        blanking.redacted,
        E::Redacted {
            versions: vec![2, 4, 5, 7],
            reason: "a password".to_owned(),
            public: true
        }
    );
    assert_eq!(
        blanking.told.iter().map(|t| t.version).collect::<Vec<_>>(),
        [7]
    );
    let mut left = world.stream.clone();
    for (version, event) in &blanking.events {
        let recorded = left.iter_mut().find(|r| r.version == *version);
        recorded.expect("it was there").event = event.clone();
    }
    let json = serde_json::to_string(&left).expect("json");
    assert!(!json.to_lowercase().contains(SECRET), "{json}");
    assert!(json.contains("Logged in with [redacted], it is up"));
    let (before, after) = (world.incident(), Incident::fold(&left).expect("it folds"));
    assert_eq!(after.summary.roles, before.summary.roles);
    assert_eq!(after.summary.progress, before.summary.progress);
    assert_eq!(after.summary.version, before.summary.version);
    assert_eq!(after.participants, before.participants);
    assert_eq!(after.words, before.words);
}

#[test]
fn without_a_secret_every_text_of_the_event_goes() {
    let world = world();
    let blanking = redacted(&world, ADA, &[4], None, "all of it").expect("redacted");
    let mut event = blanking.events[0].1.clone();
    let texts = event.texts_mut();
    assert!(
        texts
            .iter()
            .all(|text| text.text.is_empty() || text.text == BLANK),
        "{texts:?}"
    );
    assert!(texts.iter().filter(|text| text.text == BLANK).count() > 3);
    assert!(blanking.told.is_empty(), "a sitrep stays inside");
    assert!(matches!(
        blanking.redacted,
        E::Redacted { public: false, .. }
    ));
}

#[test]
fn only_an_administrator_may_and_the_reason_keeps_quiet() {
    let world = world();
    for by in [INES, BO] {
        assert_eq!(
            found(&world, by, SECRET),
            Err(Rejection::AdministratorsRedact)
        );
        assert_eq!(
            redacted(&world, by, &[2], Some(SECRET), "why"),
            Err(Rejection::AdministratorsRedact)
        );
    }
    let field = |versions: &[i64], secret, reason| {
        let refused = redacted(&world, ADA, versions, secret, reason).expect_err("refused");
        let words = refused.to_string().to_lowercase();
        assert!(!words.contains(SECRET), "{words}");
        refused.field().expect("a field").to_owned()
    };
    assert_eq!(field(&[2], Some(SECRET), " "), "reason");
    assert_eq!(field(&[2], Some(SECRET), "Hunter2 was pasted"), "reason");
    assert_eq!(field(&[99], Some(SECRET), "why"), "events");
    assert_eq!(field(&[3], Some(SECRET), "why"), "events");
    assert_eq!(field(&[8], None, "a role has no text"), "events");
    assert_eq!(field(&[2], Some("ab"), "why"), "text");
    assert_eq!(field(&[2], Some(" "), "why"), "text");
}

#[test]
fn a_drill_told_nobody() {
    let mut world = World::new();
    world
        .declare(
            INES,
            domain::incident::Declaration {
                title: "Drill hunter2".to_owned(),
                kind: domain::Kind::Drill,
                ..Default::default()
            },
        )
        .expect("declared");
    let found = found(&world, ADA, SECRET).expect("found");
    assert_eq!((found.len(), found[0].told_at), (1, None));
}

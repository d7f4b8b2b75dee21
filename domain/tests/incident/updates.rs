//! The one form.

use crate::world::{BO, INES, World, at};
use domain::incident::{
    Declaration, IncidentCommand as C, IncidentEvent as E, PublicDraft, SitrepDraft,
};
use domain::status::{Affected, ComponentStatus, PublicIncident, PublicState};
use domain::{ComponentId, Kind, Number, Rejection};

fn sitrep(situation: &str) -> SitrepDraft {
    SitrepDraft {
        situation: Some(situation.to_owned()),
        ..SitrepDraft::default()
    }
}

fn public(state: PublicState, message: &str) -> PublicDraft {
    PublicDraft {
        title: None,
        state,
        message: message.to_owned(),
        components: Vec::new(),
        next_update_by: None,
        impact: None,
    }
}

fn update(sitrep: Option<SitrepDraft>, public: Option<PublicDraft>) -> C {
    C::Update {
        sitrep,
        public,
        resolve: false,
    }
}

#[test]
fn both_halves_go_in_one_and_the_sitrep_speaks_of_the_word_that_goes_with_it() {
    let mut world = World::declared();
    let events = world
        .by(
            INES,
            update(
                Some(sitrep("38% fail")),
                Some(public(PublicState::Investigating, "Some requests fail.")),
            ),
        )
        .expect("sent");
    let kinds: Vec<_> = events.iter().map(E::kind).collect();
    assert_eq!(kinds, ["public_update_published", "sitrep_sent"]);
    let sent = world.incident().sitrep.expect("a sitrep").sitrep;
    assert_eq!(sent.version, 1);
    assert!(
        sent.auto.customers.contains("13:30 UTC, Investigating"),
        "{}",
        sent.auto.customers
    );
    assert!(sent.auto.people.contains("Command Ines Alder."));
    assert!(
        sent.auto.promises.contains("Next sitrep by 14:00 UTC."),
        "{}",
        sent.auto.promises
    );
    assert_eq!(
        sent.summary,
        "Not set, Assess. Ines Alder in command. Customers told 13:30: Investigating."
    );
}

#[test]
fn a_field_left_out_keeps_its_text_and_the_headline_does_not() {
    let mut world = World::declared();
    let first = SitrepDraft {
        impact: Some("Deploys fail".to_owned()),
        headline: Some("First".to_owned()),
        ..sitrep("a")
    };
    world.by(INES, update(Some(first), None)).expect("sent");
    world
        .minutes(10)
        .by(BO, update(Some(sitrep("b")), None))
        .expect("sent");
    let sent = world.incident().sitrep.expect("a sitrep").sitrep;
    assert_eq!(
        (sent.version, &*sent.situation, &*sent.impact, sent.headline),
        (2, "b", "Deploys fail", None)
    );
}

#[test]
fn what_is_refused() {
    let mut world = World::declared();
    assert_eq!(
        world.by(INES, update(None, None)),
        Err(Rejection::NothingToSend)
    );
    assert_eq!(
        world.by(INES, update(Some(sitrep(" \n")), None)),
        Err(Rejection::EmptySitrep)
    );
    assert_eq!(
        world.by(
            INES,
            update(None, Some(public(PublicState::Identified, "  ")))
        ),
        Err(Rejection::Missing {
            field: "message".to_owned()
        })
    );
    let late = PublicDraft {
        next_update_by: Some(at("13:00")),
        ..public(PublicState::Identified, "x")
    };
    assert!(matches!(
        world.by(INES, update(None, Some(late))),
        Err(Rejection::PromiseInThePast { .. })
    ));
    let unknown = Affected {
        id: ComponentId::new("nope"),
        status: ComponentStatus::MajorOutage,
    };
    let unknown = PublicDraft {
        components: vec![unknown],
        ..public(PublicState::Identified, "x")
    };
    assert!(matches!(
        world.by(INES, update(None, Some(unknown))),
        Err(Rejection::UnknownComponent { .. })
    ));
    // One half refused: nothing of the other is sent.
    let both = update(
        Some(sitrep("fine")),
        Some(public(PublicState::Identified, "")),
    );
    assert!(world.by(INES, both).is_err());
    assert!(world.incident().sitrep.is_none());
}

#[test]
fn a_drill_never_reaches_customers() {
    let mut world = World::new();
    let drill = Declaration {
        title: "Exercise".to_owned(),
        kind: Kind::Drill,
        ..Declaration::default()
    };
    world.declare(INES, drill).expect("declared");
    let refused = world.by(
        INES,
        update(
            Some(sitrep("x")),
            Some(public(PublicState::Investigating, "x")),
        ),
    );
    assert_eq!(refused, Err(Rejection::DrillStaysInside));
    assert!(
        world
            .by(
                INES,
                C::SetPublicTitle {
                    title: "x".to_owned()
                }
            )
            .is_err()
    );
    world
        .by(INES, update(Some(sitrep("x")), None))
        .expect("inside is fine");
    world
        .by(INES, C::SetStartedAt { at: at("13:00") })
        .expect("inside is fine");
    let public = world
        .stream
        .iter()
        .filter_map(domain::status::fact)
        .find_map(|f| PublicIncident::begin(Number(142), &f));
    assert_eq!(public, None);
}

#[test]
fn publishing_resolved_does_not_move_the_phase_unless_ticked() {
    let mut world = World::declared();
    let over = public(PublicState::Resolved, "It is over.");
    world
        .by(INES, update(None, Some(over.clone())))
        .expect("told");
    assert!(world.incident().summary.progress.phase().is_open());
    world
        .by(
            INES,
            C::Update {
                sitrep: None,
                public: Some(over),
                resolve: true,
            },
        )
        .expect("told and resolved");
    assert!(world.incident().summary.progress.resolved_at().is_some());
}

#[test]
fn the_public_side_follows_the_words_alone() {
    let mut world = World::declared();
    let hit = Affected {
        id: ComponentId::new("api"),
        status: ComponentStatus::PartialOutage,
    };
    let first = PublicDraft {
        components: vec![hit],
        next_update_by: Some(at("14:00")),
        ..public(PublicState::Identified, "Found.")
    };
    world.by(INES, update(None, Some(first))).expect("told");
    world
        .minutes(5)
        .by(
            INES,
            update(None, Some(public(PublicState::Update, "Still at it."))),
        )
        .expect("told");
    let fold = |world: &World| {
        let mut facts = world.stream.iter().filter_map(domain::status::fact);
        let mut incident = PublicIncident::begin(Number(142), &facts.next().expect("a fact"))
            .expect("a beginning");
        facts.for_each(|fact| incident.apply(&fact));
        incident
    };
    let shown = fold(&world);
    assert!(shown.is_active() && shown.state == Some(PublicState::Identified));
    assert_eq!(
        shown.title(|id| world.directory.component(id).map(|c| c.name.clone())),
        "Incident with API"
    );
    assert_eq!(
        shown.next_update_by(),
        None,
        "the last word promised nothing"
    );
    world
        .by(INES, C::Resolve { at: None })
        .expect("resolved inside");
    assert!(fold(&world).is_active(), "customers were not told");
    world
        .by(
            INES,
            update(None, Some(public(PublicState::Resolved, "Over."))),
        )
        .expect("told");
    let shown = fold(&world);
    assert!(!shown.is_active() && shown.resolved_at == Some(world.now));
    assert!(
        shown
            .components
            .values()
            .all(|status| *status == ComponentStatus::Operational)
    );
}

#[test]
fn a_sitrep_never_says_otherwise_than_what_goes_out_with_it() {
    let mut world = World::declared();
    let status = |id: &str, status| Affected {
        id: ComponentId::new(id),
        status,
    };
    let hit = PublicDraft {
        components: vec![
            status("api", ComponentStatus::DegradedPerformance),
            status("web", ComponentStatus::PartialOutage),
        ],
        ..public(PublicState::Identified, "Found.")
    };
    let sent = |world: &World| world.incident().sitrep.expect("a sitrep").sitrep;
    world
        .by(INES, update(Some(sitrep("a")), Some(hit)))
        .expect("sent");
    assert_eq!(
        sent(&world).summary,
        "Not set, Assess. Ines Alder in command. Customers told 13:30: Identified. Dashboard: Partly down."
    );

    // A bare update leaves the state where it was; a component that works again is not down any more.
    let better = PublicDraft {
        components: vec![status("web", ComponentStatus::Operational)],
        ..public(PublicState::Update, "Better.")
    };
    world
        .minutes(10)
        .by(INES, update(Some(sitrep("b")), Some(better)))
        .expect("sent");
    assert_eq!(
        sent(&world).summary,
        "Not set, Assess. Ines Alder in command. Customers told 13:40: Identified. API: Slow."
    );
    assert_eq!(sent(&world).auto.customers, "13:40 UTC, Identified.");

    // Told and resolved in one: nothing is down and nothing is promised.
    let both = C::Update {
        sitrep: Some(sitrep("c")),
        public: Some(public(PublicState::Resolved, "It is over.")),
        resolve: true,
    };
    let events = world.minutes(10).by(INES, both).expect("sent");
    let kinds: Vec<_> = events.iter().map(E::kind).collect();
    assert_eq!(
        kinds,
        ["public_update_published", "resolved", "sitrep_sent"]
    );
    let last = sent(&world);
    assert_eq!(
        last.summary,
        "Not set, Clean up. Ines Alder in command. Customers told 13:50: Resolved."
    );
    assert_eq!(last.auto.promises, "");
}

#[test]
fn a_sitrep_promises_customers_nothing_once_it_was_decided_not_to_tell_them() {
    let mut world = World::declared();
    let reason = "nobody is affected".to_owned();
    world.by(INES, C::KeepSilent { reason }).expect("said");
    world
        .by(INES, update(Some(sitrep("a")), None))
        .expect("sent");
    let auto = world.incident().sitrep.expect("a sitrep").sitrep.auto;
    assert_eq!(
        (&*auto.customers, &*auto.promises),
        ("Not told, on purpose.", "Next sitrep by 14:00 UTC.")
    );
}

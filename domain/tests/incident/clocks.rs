//! Promises: fresh, due, overdue, and whose they are.

use crate::world::{INES, World, at};
use domain::clock::{ClockKind, ClockState, clocks, read_minutes, read_promise};
use domain::incident::{IncidentCommand as C, PublicDraft};
use domain::status::PublicState;
use domain::{PersonId, Role, Settings, Severity};

fn state(world: &World, kind: ClockKind) -> Option<(ClockState, Option<String>)> {
    let incident = world.incident();
    let clock = clocks(
        &incident.summary,
        &world.directory.settings.promises,
        world.now,
    )
    .into_iter()
    .find(|c| c.kind == kind)?;
    Some((clock.state, clock.words(world.now)))
}

fn word(state: PublicState, next: Option<&str>) -> C {
    let next_update_by = next.map(at);
    let public = PublicDraft {
        title: None,
        state,
        message: "x".to_owned(),
        components: vec![],
        next_update_by,
        impact: None,
    };
    C::Update {
        sitrep: None,
        public: Some(public),
        resolve: false,
    }
}

#[test]
fn due_in_the_last_quarter_or_five_minutes_then_overdue() {
    let mut world = World::declared();
    world
        .by(
            INES,
            C::SetSeverity {
                severity: Severity::Sev1,
            },
        )
        .expect("set");
    // First word within 10 minutes: a quarter is 2.5, so the last 5 count.
    for (minute, expected) in [
        (0, ClockState::Fresh),
        (4, ClockState::Fresh),
        (5, ClockState::Due),
        (10, ClockState::Due),
        (11, ClockState::Over),
    ] {
        world.now = at("13:30") + chrono::Duration::minutes(minute);
        assert_eq!(
            state(&world, ClockKind::Customers).map(|s| s.0),
            Some(expected),
            "minute {minute}"
        );
    }
    assert_eq!(
        state(&world, ClockKind::Customers)
            .and_then(|s| s.1)
            .as_deref(),
        Some("Overdue by 1 min")
    );
    // Sitrep within 30: the last quarter is 7.5.
    for (minute, expected) in [
        (22, ClockState::Fresh),
        (23, ClockState::Due),
        (30, ClockState::Due),
        (31, ClockState::Over),
    ] {
        world.now = at("13:30") + chrono::Duration::minutes(minute);
        assert_eq!(
            state(&world, ClockKind::Sitrep).map(|s| s.0),
            Some(expected),
            "minute {minute}"
        );
    }
}

#[test]
fn a_promise_of_ones_own_wins_and_the_last_word_ends_the_clock() {
    let mut world = World::declared();
    world
        .by(
            INES,
            C::SetSeverity {
                severity: Severity::Sev1,
            },
        )
        .expect("set");
    world
        .by(INES, word(PublicState::Investigating, Some("15:00")))
        .expect("told");
    world.now = at("14:10");
    assert_eq!(
        state(&world, ClockKind::Customers).map(|s| s.0),
        Some(ClockState::Fresh),
        "30 min by severity, 90 by promise"
    );
    world
        .by(INES, word(PublicState::Resolved, None))
        .expect("told");
    assert_eq!(
        state(&world, ClockKind::Customers).map(|s| s.0),
        Some(ClockState::Quiet)
    );
    world.by(INES, C::Resolve { at: None }).expect("resolved");
    assert_eq!(
        state(&world, ClockKind::Sitrep),
        None,
        "a resolved incident has no clocks"
    );
}

#[test]
fn silence_must_be_said_and_severity_set() {
    let mut world = World::declared();
    world.minutes(20);
    assert_eq!(
        state(&world, ClockKind::Customers).map(|s| s.0),
        Some(ClockState::Over)
    );
    assert_eq!(
        state(&world, ClockKind::Severity).map(|s| s.0),
        Some(ClockState::Over)
    );
    world
        .by(
            INES,
            C::KeepSilent {
                reason: "nobody is affected".to_owned(),
            },
        )
        .expect("said");
    world
        .by(
            INES,
            C::SetSeverity {
                severity: Severity::Sev4,
            },
        )
        .expect("set");
    assert_eq!(
        state(&world, ClockKind::Customers).map(|s| s.0),
        Some(ClockState::Quiet)
    );
    assert_eq!(state(&world, ClockKind::Severity), None);
}

#[test]
fn a_need_goes_to_comms_and_without_comms_to_the_commander() {
    let mut world = World::declared();
    world.minutes(20);
    let owner = |world: &World| {
        let incident = world.incident();
        let needs = domain::needs::needs([&incident.summary], &world.directory, world.now);
        assert!(
            needs
                .windows(2)
                .all(|pair| pair[0].due_at <= pair[1].due_at),
            "the most overdue first"
        );
        needs
            .iter()
            .find(|need| need.what == "Tell customers")
            .and_then(|need| need.owner.clone())
    };
    assert_eq!(owner(&world), Some(PersonId::new(INES)));
    world
        .by(
            INES,
            C::AssignRole {
                role: Role::Comms,
                person: PersonId::new("bo"),
            },
        )
        .expect("assigned");
    assert_eq!(owner(&world), Some(PersonId::new("bo")));
}

#[test]
fn a_reopened_incident_has_its_clocks_again() {
    let mut world = World::declared();
    let clock = |world: &World, kind| {
        let incident = world.incident();
        let promises = &world.directory.settings.promises;
        let mut all = clocks(&incident.summary, promises, world.now).into_iter();
        let clock = all.find(|clock| clock.kind == kind).expect("it runs");
        (clock.state, clock.due_at)
    };
    let reopen = |world: &mut World| {
        let reason = "it is back".to_owned();
        world.by(INES, C::Reopen { reason }).expect("reopened");
    };
    let severity = Severity::Sev1;
    world.by(INES, C::SetSeverity { severity }).expect("set");
    world
        .by(INES, word(PublicState::Resolved, None))
        .expect("told");
    world.by(INES, C::Resolve { at: None }).expect("resolved");
    world.by(INES, C::Close {}).expect("closed");

    world.now = at("20:00");
    reopen(&mut world);
    for (kind, due) in [
        (ClockKind::Customers, "20:30"),
        (ClockKind::Sitrep, "20:30"),
        (ClockKind::Command, "22:00"),
    ] {
        assert_eq!(
            clock(&world, kind),
            (ClockState::Fresh, Some(at(due))),
            "{kind:?}"
        );
    }
    // A bare update leaves "Resolved" standing; it is a word, and the next one is due after it.
    world.now = at("20:10");
    world
        .by(INES, word(PublicState::Update, None))
        .expect("told");
    assert_eq!(
        clock(&world, ClockKind::Customers),
        (ClockState::Fresh, Some(at("20:40")))
    );
    world
        .by(INES, word(PublicState::Resolved, None))
        .expect("told");
    assert_eq!(
        clock(&world, ClockKind::Customers),
        (ClockState::Quiet, None)
    );
}

#[test]
fn a_decision_not_to_tell_ends_with_the_incident_it_was_for() {
    let mut world = World::declared();
    let reason = || "nobody is affected".to_owned();
    world
        .by(INES, C::KeepSilent { reason: reason() })
        .expect("said");
    world
        .by(INES, C::Cancel { reason: reason() })
        .expect("cancelled");
    world.now = at("20:00");
    world
        .by(INES, C::Reopen { reason: reason() })
        .expect("reopened");
    world.now = at("20:14");
    assert_eq!(
        state(&world, ClockKind::Customers),
        Some((ClockState::Due, Some("Due in 1 min".to_owned())))
    );
}

type Change = fn(&mut Settings);

#[test]
fn settings_are_checked_whichever_way_they_come() {
    let with = |change: Change| {
        let mut settings = Settings::default();
        change(&mut settings);
        settings.checked()
    };
    let kept = with(|s| {
        s.organisation = " Example\u{7} Ltd ".to_owned();
        s.internal_words = vec![" ".to_owned(), " kraken ".to_owned()];
        s.promises.sev4.first_word = Some(10_080);
        s.promises.sev1.sitrep = None;
    })
    .expect("fit to keep");
    assert_eq!(
        (&*kept.organisation, kept.internal_words),
        ("Example Ltd", vec!["kraken".to_owned()])
    );
    let refused: [(Change, &str); 6] = [
        (
            |s| s.promises.sev1.first_word = Some(i64::MAX),
            "sev1.first_word",
        ),
        (|s| s.promises.unset.command = Some(0), "unset.command"),
        (|s| s.promises.sev3.sitrep = Some(10_081), "sev3.sitrep"),
        (|s| s.promises.severity_within = -5, "severity_within"),
        (|s| s.organisation = " ".to_owned(), "organisation"),
        (|s| s.prefix = "x".repeat(11), "prefix"),
    ];
    for (change, field) in refused {
        let refusal = with(change).expect_err(field);
        assert_eq!(refusal.field(), Some(field), "{refusal}");
    }
    assert_eq!(read_promise("x", " "), Ok(None));
    assert_eq!(read_promise("x", " 45 "), Ok(Some(45)));
    assert!(read_promise("x", "half an hour").is_err() && read_promise("x", "0").is_err());
    assert_eq!(read_minutes("x", " 5 "), Ok(5));
    assert!(read_minutes("x", "").is_err(), "it cannot be none");
}

#[test]
fn a_promise_of_any_length_is_counted_without_a_panic() {
    for minutes in [i64::MAX, i64::MIN, 1 << 40, 0, -1] {
        let mut world = World::declared();
        let promises = &mut world.directory.settings.promises;
        promises.severity_within = minutes;
        promises.unset.first_word = Some(minutes);
        promises.unset.sitrep = Some(minutes);
        let incident = world.incident();
        for clock in clocks(
            &incident.summary,
            &world.directory.settings.promises,
            world.now,
        ) {
            assert!(clock.words(world.now).is_some(), "{minutes}");
        }
        let sitrep = domain::incident::SitrepDraft {
            situation: Some("x".to_owned()),
            ..Default::default()
        };
        let send = C::Update {
            sitrep: Some(sitrep),
            public: None,
            resolve: false,
        };
        world.by(INES, send).expect("sent");
    }
}

fn needs(world: &World) -> Vec<(String, Option<PersonId>)> {
    let incident = world.incident();
    domain::needs::needs([&incident.summary], &world.directory, world.now)
        .into_iter()
        .map(|need| (need.what, need.owner))
        .collect()
}

#[test]
fn customers_who_still_read_that_it_goes_on_are_not_forgotten() {
    let reason = || "a false alarm".to_owned();
    let ends: [&[C]; 4] = [
        &[C::Cancel { reason: reason() }],
        &[C::Merge {
            into: domain::Number(7),
        }],
        &[C::Resolve { at: None }],
        &[C::Resolve { at: None }, C::Close {}],
    ];
    for end in ends {
        let mut world = World::declared();
        world
            .by(INES, word(PublicState::Identified, None))
            .expect("told");
        for command in end {
            world.by(INES, command.clone()).expect("ended");
        }
        let waiting = (
            "Customers still read “Identified”".to_owned(),
            Some(PersonId::new(INES)),
        );
        assert_eq!(needs(&world), [waiting], "{end:?}");
        world
            .by(INES, word(PublicState::Resolved, None))
            .expect("told");
        assert_eq!(needs(&world), [], "{end:?}");
    }
    let mut untold = World::declared();
    untold
        .by(INES, C::Cancel { reason: reason() })
        .expect("ended");
    assert_eq!(needs(&untold), [], "they know nothing of it");
}

#[test]
fn who_has_no_access_any_more_holds_a_role_in_name_only() {
    let mut world = World::declared();
    let severity = Severity::Sev2;
    world.by(INES, C::SetSeverity { severity }).expect("set");
    let comms = C::AssignRole {
        role: Role::Comms,
        person: PersonId::new("bo"),
    };
    world.by(INES, comms).expect("assigned");
    world.minutes(179);
    let said = |world: &World, what: &str| {
        let all = needs(world);
        all.into_iter().find(|need| need.0 == what).map(|n| n.1)
    };
    let (ines, bo) = (PersonId::new(INES), PersonId::new("bo"));
    assert_eq!(said(&world, "Tell customers"), Some(Some(bo)));
    assert_eq!(said(&world, "Hand over command"), Some(Some(ines.clone())));
    assert_eq!(said(&world, "A person must take command"), None);
    assert_eq!(said(&world, "Comms has nobody"), None);

    let change = |world: &mut World, id: &str, change: fn(&mut domain::Person)| {
        let mut people = world.directory.people.iter_mut();
        change(people.find(|p| p.id.as_str() == id).expect("known"));
    };
    change(&mut world, "bo", |bo| bo.active = false);
    assert_eq!(said(&world, "Tell customers"), Some(Some(ines)));
    assert_eq!(said(&world, "Comms has nobody"), Some(None));
    change(&mut world, INES, |ines| {
        ines.role = domain::AccountRole::Reader;
    });
    assert_eq!(said(&world, "Tell customers"), Some(None));
    assert_eq!(said(&world, "A person must take command"), Some(None));
    assert_eq!(said(&world, "Hand over command"), None, "by whom?");
}

#[test]
fn t_plus_is_counted_from_the_declaration() {
    let mut world = World::declared();
    let began = at("13:00");
    world
        .by(INES, C::SetStartedAt { at: began })
        .expect("it began before");
    let summary = world.incident().summary;
    assert_eq!(summary.t_plus(at("13:45")), chrono::Duration::minutes(15));
    assert_eq!(summary.t_plus(began), chrono::Duration::zero());
}

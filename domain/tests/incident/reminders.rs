//! Who is told of an overdue promise: the ladder, each once, put off and taken up again.

use crate::world::{ADA, BO, INES, World};
use domain::clock::ClockKind;
use domain::incident::{Effect, IncidentCommand as C, IncidentEvent, PublicDraft, effects};
use domain::status::PublicState;
use domain::{PersonId, Rejection, Role, Severity, remind};

/// What a timer does at this moment: who was told of which clock.
fn tick(world: &mut World) -> Vec<(ClockKind, String)> {
    let due = remind::due(&world.incident().summary, &world.directory, world.now);
    let told = due
        .iter()
        .map(|event| {
            let IncidentEvent::Reminded { clock, person, .. } = event else {
                unreachable!("a reminder")
            };
            (*clock, person.to_string())
        })
        .collect();
    world.record(
        &PersonId::new("nobody"),
        due.into_iter().map(Into::into).collect(),
    );
    told
}

/// SEV 3 with Ines in command and Bo as deputy: customers within an hour, a sitrep within four.
fn world() -> World {
    let mut world = World::declared();
    let severity = Severity::Sev3;
    world.by(INES, C::SetSeverity { severity }).expect("set");
    let (role, person) = (Role::Deputy, PersonId::new(BO));
    world
        .by(INES, C::AssignRole { role, person })
        .expect("made deputy");
    world
}

fn customers(who: &str) -> Vec<(ClockKind, String)> {
    vec![(ClockKind::Customers, who.to_owned())]
}

#[test]
fn the_owner_first_then_the_deputy_and_nobody_twice() {
    let mut world = world();
    world.minutes(60);
    assert_eq!(tick(&mut world), [], "due is not overdue");
    world.minutes(1);
    assert_eq!(tick(&mut world), customers(INES));
    assert_eq!(tick(&mut world), [], "the same moment again");
    world.minutes(4);
    assert_eq!(tick(&mut world), [], "left in peace for five minutes");
    world.minutes(1);
    assert_eq!(tick(&mut world), customers(BO));
    world.minutes(90);
    assert_eq!(tick(&mut world), [], "everybody was told once");
}

#[test]
fn comms_owns_the_word_to_customers_and_the_ic_hears_last() {
    let mut world = world();
    let (role, person) = (Role::Comms, PersonId::new(ADA));
    world
        .by(INES, C::AssignRole { role, person })
        .expect("made comms");
    for who in [ADA, BO, INES] {
        world.minutes(61);
        assert_eq!(tick(&mut world), customers(who));
    }
}

#[test]
fn after_a_long_silence_they_come_one_by_one_and_not_all_at_once() {
    let mut world = world();
    world.minutes(3 * 60);
    assert_eq!(tick(&mut world), customers(INES));
    assert_eq!(tick(&mut world), []);
}

#[test]
fn a_kept_promise_ends_it_and_the_next_one_begins_anew() {
    let mut world = world();
    world.minutes(61);
    assert_eq!(tick(&mut world), customers(INES));
    let public = PublicDraft {
        title: None,
        state: PublicState::Investigating,
        message: "We are looking.".to_owned(),
        components: vec![],
        next_update_by: None,
        impact: None,
    };
    let told = C::Update {
        sitrep: None,
        public: Some(public),
        resolve: false,
    };
    world.by(INES, told).expect("told");
    world.minutes(30);
    assert_eq!(tick(&mut world), []);
    world.minutes(4 * 60);
    let told = tick(&mut world);
    assert!(
        told.contains(&(ClockKind::Customers, INES.to_owned())),
        "{told:?}"
    );
}

#[test]
fn put_off_it_is_silent_until_then_and_begins_anew() {
    let mut world = world();
    world.minutes(61);
    assert_eq!(tick(&mut world), customers(INES));
    let snooze = C::Snooze {
        clock: ClockKind::Customers,
        minutes: 15,
        reason: "the provider writes it".to_owned(),
    };
    world.by(BO, snooze).expect("put off");
    world.minutes(14);
    assert_eq!(tick(&mut world), []);
    world.minutes(1);
    assert_eq!(tick(&mut world), customers(INES));
    world.minutes(5);
    assert_eq!(tick(&mut world), customers(BO));
}

#[test]
fn putting_off_needs_a_reason_a_clock_and_a_sensible_time() {
    let world = world();
    let snooze = |clock, minutes, reason: &str| C::Snooze {
        clock,
        minutes,
        reason: reason.to_owned(),
    };
    let refused = |command| world.try_by(BO, command).expect_err("refused");
    assert_eq!(
        refused(snooze(ClockKind::Sitrep, 15, " ")).field(),
        Some("reason")
    );
    for minutes in [0, -1, 241, i64::MAX] {
        let no = refused(snooze(ClockKind::Sitrep, minutes, "why"));
        assert_eq!(no.field(), Some("minutes"), "{minutes}");
    }
    assert_eq!(
        refused(snooze(ClockKind::Severity, 15, "why")),
        Rejection::NothingPromised {
            duty: "Set the severity".to_owned()
        }
    );
}

#[test]
fn who_lost_their_access_is_passed_over() {
    let mut world = world();
    let ines = world
        .directory
        .people
        .iter_mut()
        .find(|p| p.id.as_str() == INES);
    ines.expect("known").active = false;
    world.minutes(61);
    assert_eq!(tick(&mut world), customers(BO));
}

#[test]
fn a_reminder_goes_out_by_mail_and_a_sitrep_to_all() {
    let mut world = world();
    world.minutes(61);
    tick(&mut world);
    let incident = world.incident();
    let last = world.stream.last().expect("a reminder");
    assert!(matches!(
        effects(&incident, last)[..],
        [Effect::Remind {
            clock: ClockKind::Customers,
            ..
        }]
    ));
}

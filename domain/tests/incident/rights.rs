//! Who may what.

use crate::world::{ADA, BO, BOT, INES, OLD, REA, TOM, World};
use domain::incident::{Declaration, IncidentCommand as C};
use domain::{Kind, PersonId, Rejection, Role};

fn person(id: &str) -> PersonId {
    PersonId::new(id)
}

#[test]
fn readers_ask_and_nothing_else() {
    let mut world = World::declared();
    world
        .by(
            REA,
            C::AskForUpdate {
                question: Some("Are apps safe?".to_owned()),
            },
        )
        .expect("may ask");
    for command in [
        C::Note {
            text: "hi".to_owned(),
            at: None,
        },
        C::SetTitle {
            title: "x".to_owned(),
        },
        C::Join {
            person: person(REA),
        },
        C::TakeCommand {
            reason: "now".to_owned(),
        },
        C::Resolve { at: None },
        C::Close {},
        C::Link {
            url: "https://x.example".to_owned(),
            title: None,
        },
    ] {
        let refusal = world.try_by(REA, command.clone()).expect_err("a reader");
        assert!(refusal.is_forbidden(), "{command:?}: {refusal}");
    }
    assert!(
        World::new()
            .declare(
                REA,
                Declaration {
                    title: "x".to_owned(),
                    ..Declaration::default()
                }
            )
            .is_err()
    );
    assert!(
        world
            .try_by(OLD, C::AskForUpdate { question: None })
            .expect_err("gone")
            .is_forbidden()
    );
}

#[test]
fn ending_is_for_the_commander_the_deputy_and_administrators() {
    let mut world = World::declared();
    world
        .by(
            INES,
            C::AssignRole {
                role: Role::Deputy,
                person: person(BO),
            },
        )
        .expect("deputy");
    for command in [
        C::Cancel {
            reason: "false".to_owned(),
        },
        C::Merge {
            into: domain::Number(3),
        },
    ] {
        assert!(
            world
                .try_by(TOM, command.clone())
                .expect_err("not in charge")
                .is_forbidden()
        );
        for who in [INES, BO, ADA] {
            world.try_by(who, command.clone()).expect("in charge");
        }
    }
    world
        .by(TOM, C::Resolve { at: None })
        .expect("any responder resolves");
    assert!(
        world
            .try_by(TOM, C::Close {})
            .expect_err("not in charge")
            .to_string()
            .contains("Ines Alder")
    );
    for who in [INES, BO, ADA] {
        world.try_by(who, C::Close {}).expect("in charge");
        world
            .try_by(
                who,
                C::Reopen {
                    reason: "back".to_owned(),
                },
            )
            .expect("in charge");
    }
}

#[test]
fn command_is_handed_over_by_who_has_it_or_taken_by_force_and_never_lost() {
    let mut world = World::declared();
    let hand = |to| C::HandOver {
        role: Role::Ic,
        to: person(to),
        reason: "tired".to_owned(),
    };
    assert!(
        world
            .try_by(BO, hand(TOM))
            .expect_err("not his")
            .is_forbidden()
    );
    assert!(
        world
            .try_by(ADA, hand(TOM))
            .expect_err("not even an administrator")
            .is_forbidden()
    );
    assert!(
        world
            .try_by(
                BO,
                C::AssignRole {
                    role: Role::Ic,
                    person: person(BO)
                }
            )
            .is_err()
    );
    assert!(
        world
            .try_by(INES, C::ReleaseRole { role: Role::Ic })
            .is_err()
    );
    assert!(
        world
            .try_by(
                INES,
                C::Leave {
                    person: person(INES)
                }
            )
            .is_err()
    );
    assert!(
        world
            .try_by(
                TOM,
                C::Leave {
                    person: person(INES)
                }
            )
            .is_err()
    );
    assert!(
        world.try_by(INES, hand(OLD)).is_err(),
        "to somebody who is gone"
    );
    assert!(world.try_by(INES, hand(INES)).is_err(), "to oneself");

    // Two hand-overs in the same instant: the second is decided again on what is there now.
    world.by(INES, hand(BO)).expect("handed over");
    let refusal = world.by(INES, hand(TOM)).expect_err("too late");
    assert!(refusal.to_string().contains("Bo Larch"), "{refusal}");

    assert!(
        world
            .try_by(
                TOM,
                C::TakeCommand {
                    reason: " ".to_owned()
                }
            )
            .is_err(),
        "force needs a reason"
    );
    world
        .by(
            TOM,
            C::TakeCommand {
                reason: "Bo does not answer".to_owned(),
            },
        )
        .expect("taken");
    assert_eq!(world.incident().summary.ic(), Some(&person(TOM)));
}

#[test]
fn a_service_may_declare_and_may_name_a_person() {
    let mut world = World::new();
    world
        .declare(
            BOT,
            Declaration {
                title: "Alert".to_owned(),
                ..Declaration::default()
            },
        )
        .expect("declared");
    assert_eq!(world.incident().summary.ic(), Some(&person(BOT)));
    let needs = domain::needs::needs([&world.incident().summary], &world.directory, world.now);
    assert!(
        needs
            .iter()
            .any(|need| need.what == "A person must take command")
    );
    let mut world = World::new();
    let named = Declaration {
        title: "Alert".to_owned(),
        ic: Some(person(BO)),
        ..Declaration::default()
    };
    world.declare(BOT, named).expect("declared");
    assert_eq!(world.incident().summary.ic(), Some(&person(BO)));
}

#[test]
fn a_backfilled_incident_begins_closed_and_has_no_roles() {
    let mut world = World::new();
    let past = Declaration {
        title: "Last week".to_owned(),
        kind: Kind::Backfilled,
        ..Declaration::default()
    };
    world.declare(INES, past).expect("declared");
    let incident = world.incident();
    assert!(incident.summary.progress.phase().is_over() && incident.summary.roles.is_empty());
    assert!(
        world
            .try_by(
                INES,
                C::AssignRole {
                    role: Role::Comms,
                    person: person(BO)
                }
            )
            .is_err()
    );
    assert!(
        world
            .try_by(
                INES,
                C::Reopen {
                    reason: "x".to_owned()
                }
            )
            .is_err()
    );
    world
        .by(
            INES,
            C::Note {
                text: "found in the archive".to_owned(),
                at: None,
            },
        )
        .expect("noted");
}

#[test]
fn a_reader_comes_in_but_holds_no_role() {
    let mut world = World::declared();
    let refused = |refusal: Rejection| {
        assert!(
            matches!(&refusal, Rejection::ReadersHoldNoRole { name } if name == "Rea Moss"),
            "{refusal}"
        );
        assert_eq!(refusal.field(), Some("person"));
    };
    let (comms, rea) = (|| Role::Comms, || person(REA));
    let assign = |person| C::AssignRole {
        role: comms(),
        person,
    };
    let hand = |role| C::HandOver {
        role,
        to: rea(),
        reason: "tired".to_owned(),
    };
    world.by(INES, assign(person(BO))).expect("assigned");
    for command in [assign(rea()), hand(comms()), hand(Role::Ic)] {
        refused(world.try_by(INES, command).expect_err("a reader"));
    }
    let named = Declaration {
        title: "Alert".to_owned(),
        ic: Some(rea()),
        ..Declaration::default()
    };
    refused(World::new().declare(INES, named).expect_err("a reader"));
    world
        .by(INES, C::Join { person: rea() })
        .expect("may be here");
}

//! The whole table of phases, allowed and refused.

use crate::world::{INES, World};
use domain::incident::{Declaration, IncidentCommand as C, Progress, merges_into};
use domain::{Kind, Number, Phase};

/// An incident in a phase.
fn in_phase(phase: Phase) -> World {
    let mut world = World::declared();
    let mut go = |command| {
        world.by(INES, command).expect("allowed");
    };
    match phase {
        Phase::Assess => {}
        Phase::Mitigate | Phase::Watch => go(C::ChangePhase { phase }),
        Phase::Cleanup => go(C::Resolve { at: None }),
        Phase::Followup => {
            go(C::Resolve { at: None });
            go(C::ChangePhase { phase });
        }
        Phase::Closed => {
            go(C::Resolve { at: None });
            go(C::Close {});
        }
        Phase::Cancelled => go(C::Cancel {
            reason: "a test alert".to_owned(),
        }),
        Phase::Merged => go(C::Merge { into: Number(7) }),
    }
    assert_eq!(world.incident().summary.progress.phase(), phase);
    world
}

/// What leads to a phase: the command that the contract names for it.
fn towards(phase: Phase) -> C {
    match phase {
        Phase::Assess | Phase::Mitigate | Phase::Watch | Phase::Followup => {
            C::ChangePhase { phase }
        }
        Phase::Cleanup => C::Resolve { at: None },
        Phase::Closed => C::Close {},
        Phase::Cancelled => C::Cancel {
            reason: "no".to_owned(),
        },
        Phase::Merged => C::Merge { into: Number(7) },
    }
}

fn allowed(from: Phase, to: Phase) -> bool {
    match to {
        Phase::Assess | Phase::Mitigate | Phase::Watch => from.is_open() && from != to,
        Phase::Cleanup | Phase::Cancelled | Phase::Merged => from.is_open(),
        Phase::Followup => from == Phase::Cleanup,
        Phase::Closed => from.is_finishing(),
    }
}

#[test]
fn every_step_of_the_table_and_every_step_that_is_not_in_it() {
    for from in Phase::ALL {
        for to in Phase::ALL {
            let mut world = in_phase(from);
            let result = world.by(INES, towards(to));
            assert_eq!(
                result.is_ok(),
                allowed(from, to),
                "{from:?} to {to:?}: {result:?}"
            );
            match result {
                Ok(_) => assert_eq!(world.incident().summary.progress.phase(), to),
                Err(refusal) => {
                    let words = refusal.to_string();
                    assert!(
                        words.len() > 20 && words.ends_with('.'),
                        "{from:?} to {to:?} is refused with {words:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn reopening_leads_back_and_keeps_the_old_resolution_in_history() {
    for from in [Phase::Cleanup, Phase::Followup, Phase::Closed] {
        let mut world = in_phase(from);
        let before = world.incident().summary.progress.resolved_at();
        assert!(before.is_some());
        let events = world
            .minutes(5)
            .by(
                INES,
                C::Reopen {
                    reason: "it is back".to_owned(),
                },
            )
            .expect("reopened");
        let json = serde_json::to_value(&events[0]).expect("json");
        assert_eq!(
            json["data"]["resolved_at"],
            serde_json::to_value(before).expect("json")
        );
        let progress = world.incident().summary.progress;
        assert_eq!(
            (progress.phase(), progress.resolved_at()),
            (Phase::Mitigate, None)
        );
    }
    let mut world = in_phase(Phase::Cancelled);
    world
        .by(
            INES,
            C::Reopen {
                reason: "it was real".to_owned(),
            },
        )
        .expect("reopened");
    assert_eq!(world.incident().summary.progress, Progress::Assess {});
    for from in [Phase::Assess, Phase::Mitigate, Phase::Watch, Phase::Merged] {
        assert!(
            in_phase(from)
                .by(
                    INES,
                    C::Reopen {
                        reason: "why not".to_owned()
                    }
                )
                .is_err(),
            "{from:?}"
        );
    }
}

#[test]
fn resolving_may_be_backdated_but_not_before_the_beginning_nor_into_the_future() {
    let mut world = World::declared();
    world.minutes(30);
    let late = world.now + chrono::Duration::hours(1);
    assert!(world.by(INES, C::Resolve { at: Some(late) }).is_err());
    let early = world.now - chrono::Duration::hours(1);
    assert!(world.by(INES, C::Resolve { at: Some(early) }).is_err());
    let ten_ago = world.now - chrono::Duration::minutes(10);
    world
        .by(INES, C::Resolve { at: Some(ten_ago) })
        .expect("resolved");
    assert_eq!(
        world.incident().summary.progress.resolved_at(),
        Some(ten_ago)
    );
    assert!(
        world.by(INES, C::SetStartedAt { at: world.now }).is_err(),
        "it cannot begin after it was over"
    );
}

#[test]
fn only_an_incident_of_the_same_kind_that_goes_on_takes_another_up() {
    let from = in_phase(Phase::Assess).incident().summary;
    for phase in Phase::ALL {
        let other = in_phase(phase).incident().summary;
        assert_eq!(
            merges_into(&from, &other).is_ok(),
            !phase.is_over(),
            "{phase:?}"
        );
    }
    let mut drill = World::new();
    let exercise = Declaration {
        title: "Exercise".to_owned(),
        kind: Kind::Drill,
        ..Declaration::default()
    };
    drill.declare(INES, exercise).expect("declared");
    let drill = drill.incident().summary;
    assert!(merges_into(&from, &drill).is_err() && merges_into(&drill, &from).is_err());
    assert!(merges_into(&drill, &drill).is_ok(), "two exercises");
}

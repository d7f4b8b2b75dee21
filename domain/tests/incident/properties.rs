//! Whatever people do in whatever order, these hold.

use crate::world::{ADA, BO, BOT, INES, REA, TOM, World};
use domain::incident::{
    Declaration, Form, Incident, IncidentCommand as C, PublicDraft, SitrepDraft, Summary, slash,
};
use domain::status::{Affected, ComponentStatus, PublicState};
use domain::{ComponentId, Kind, Number, PersonId, Phase, Recorded, Role, Severity};
use proptest::prelude::*;

fn person() -> impl Strategy<Value = PersonId> {
    prop::sample::select(vec![ADA, INES, BO, TOM, REA, BOT]).prop_map(PersonId::new)
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), "[a-z ]{1,20}", "\\PC{0,30}"]
}

fn role() -> impl Strategy<Value = Role> {
    prop::sample::select(vec![
        Role::Ic,
        Role::Deputy,
        Role::Comms,
        Role::Scribe,
        Role::Lead("db".to_owned()),
    ])
}

fn command() -> impl Strategy<Value = C> {
    let update = (
        text(),
        text(),
        any::<bool>(),
        any::<bool>(),
        any::<bool>(),
        prop::sample::select(PublicState::ALL.to_vec()),
    )
        .prop_map(
            |(situation, message, internal, outside, resolve, state)| C::Update {
                sitrep: internal.then(|| SitrepDraft {
                    situation: Some(situation),
                    ..SitrepDraft::default()
                }),
                public: outside.then(|| PublicDraft {
                    title: None,
                    state,
                    message,
                    components: vec![Affected {
                        id: ComponentId::new("api"),
                        status: ComponentStatus::MajorOutage,
                    }],
                    next_update_by: None,
                    impact: None,
                }),
                resolve,
            },
        );
    prop_oneof![
        2 => prop::sample::select(Phase::ALL.to_vec()).prop_map(|phase| C::ChangePhase { phase }),
        1 => Just(C::Resolve { at: None }),
        1 => Just(C::Close {}),
        1 => text().prop_map(|reason| C::Cancel { reason }),
        1 => (1_i64..300).prop_map(|n| C::Merge { into: Number(n) }),
        2 => text().prop_map(|reason| C::Reopen { reason }),
        2 => (role(), person()).prop_map(|(role, person)| C::AssignRole { role, person }),
        3 => (role(), person(), text()).prop_map(|(role, to, reason)| C::HandOver { role, to, reason }),
        2 => text().prop_map(|reason| C::TakeCommand { reason }),
        1 => role().prop_map(|role| C::ReleaseRole { role }),
        1 => person().prop_map(|person| C::Join { person }),
        2 => person().prop_map(|person| C::Leave { person }),
        1 => text().prop_map(|text| C::Note { text, at: None }),
        1 => prop::sample::select(Severity::ALL.to_vec()).prop_map(|severity| C::SetSeverity { severity }),
        3 => update,
    ]
}

fn lived(kind: Kind, acts: Vec<(PersonId, C)>) -> World {
    let mut world = World::new();
    world
        .declare(
            INES,
            Declaration {
                title: "x".to_owned(),
                kind,
                ..Declaration::default()
            },
        )
        .expect("declared");
    for (by, command) in acts {
        world.minutes(1);
        // A refusal is a fine outcome; what is accepted must keep the invariants.
        let _ = world.by(by.as_str(), command);
    }
    world
}

fn acts() -> impl Strategy<Value = Vec<(PersonId, C)>> {
    prop::collection::vec((person(), command()), 0..40)
}

fn kind() -> impl Strategy<Value = Kind> {
    prop::sample::select(Kind::ALL.to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn invariants_hold_at_every_position(kind in kind(), acts in acts()) {
        let world = lived(kind, acts);
        let mut last_sitrep = 0;
        for end in 1..=world.stream.len() {
            let incident = Incident::fold(&world.stream[..end]).expect("an incident");
            let summary = &incident.summary;
            let commanders = summary.roles.iter().filter(|holder| holder.role == Role::Ic).count();
            prop_assert_eq!(commanders, usize::from(kind != Kind::Backfilled));
            prop_assert_eq!(summary.version, i64::try_from(end).expect("short"));
            let mut roles: Vec<_> = summary.roles.iter().map(|holder| &holder.role).collect();
            roles.dedup();
            prop_assert_eq!(roles.len(), summary.roles.len(), "a role has one holder");
            prop_assert!(summary.roles.iter().all(|holder| incident.is_in(&holder.person)), "who has a role is in");
            if let (Some(began), Some(over)) = (summary.started_at, summary.progress.resolved_at()) {
                prop_assert!(began <= over);
            }
            let version = summary.last_sitrep.as_ref().map_or(0, |sitrep| sitrep.version);
            prop_assert!(version == last_sitrep || version == last_sitrep + 1);
            last_sitrep = version;
            if kind == Kind::Drill {
                prop_assert!(summary.last_word.is_none());
            }
        }
    }

    #[test]
    fn replaying_and_travelling_change_nothing(kind in kind(), acts in acts()) {
        let world = lived(kind, acts);
        let once = world.incident();
        prop_assert_eq!(&once, &world.incident());
        let json = serde_json::to_string(&world.stream).expect("json");
        let back: Vec<Recorded> = serde_json::from_str(&json).expect("the same events");
        prop_assert_eq!(&back, &world.stream);
        prop_assert_eq!(&Incident::fold(&back).expect("an incident"), &once);
        let mut summary = Summary::begin(&back[0]).expect("a beginning");
        back[1..].iter().for_each(|recorded| summary.apply(recorded));
        prop_assert_eq!(&summary, &once.summary, "the board and the room agree");
        let state: Incident = serde_json::from_str(&serde_json::to_string(&once).expect("json")).expect("the same state");
        prop_assert_eq!(state, once);
    }

    #[test]
    fn apply_is_total_in_any_order(kind in kind(), acts in acts(), order in prop::collection::vec(any::<prop::sample::Index>(), 0..60)) {
        let world = lived(kind, acts);
        let mut incident = world.incident();
        for index in order {
            incident.apply(index.get(&world.stream));
        }
    }

    #[test]
    fn the_guard_takes_any_text(public in "(\\PC|[İẞßΣς@. -]|Ines|alder){0,40}", name in "[İẞßΣa-c ]{0,6}", word in "\\PC{0,6}") {
        let mut world = World::declared();
        world.directory.people[2].name = name;
        world.directory.settings.internal_words = vec![word];
        for warning in domain::guard::guard(&public, &world.incident(), &[&public], &world.directory) {
            prop_assert!(!warning.word.is_empty() && public.contains(&warning.word), "{warning:?}");
        }
    }

    #[test]
    fn reading_what_people_type_never_panics(line in "\\PC{0,60}", slashed in "/[a-z]{0,8} \\PC{0,30}", pairs in prop::collection::vec(("[a-z_:]{0,12}", "\\PC{0,20}"), 0..8)) {
        let world = World::declared();
        let by = PersonId::new(INES);
        let _ = slash(&line, &by, &world.directory, world.now);
        let _ = slash(&slashed, &by, &world.directory, world.now);
        let _ = Form(pairs).command(&by, &world.directory, world.now);
    }
}

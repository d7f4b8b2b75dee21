//! The wire form of every kind of event, to the letter. These files are kept for ever: what was stored years ago is read
//! by the code of today. A change here needs an upcaster, not a new file.

use domain::clock::ClockKind;
use domain::incident::{Auto, IncidentEvent as E, PublicUpdate, Sitrep, Source};
use domain::status::{Affected, ComponentStatus, Impact, PublicState};
use domain::time::{Time, parse_past};
use domain::{
    ComponentId, Confidence, Kind, Number, PersonId, PersonRef, Phase, Recorded, Role, Severity,
};
use std::path::{Path, PathBuf};

fn at(text: &str) -> Time {
    parse_past(&format!("2026-11-17T{text}"), Time::UNIX_EPOCH).expect("a time")
}

fn events() -> Vec<E> {
    let (ines, bo) = (PersonId::new("p-ines"), PersonId::new("p-bo"));
    let affected = || {
        vec![Affected {
            id: ComponentId::new("c-api"),
            status: ComponentStatus::PartialOutage,
        }]
    };
    let text = |t: &str| t.to_owned();
    vec![
        E::Declared {
            title: text("API failing"),
            severity: Severity::Unset,
            kind: Kind::Live,
            summary: Some(text("503s since the rollout")),
            started_at: at("13:28"),
            ic: Some(ines.clone()),
        },
        E::Imported {
            title: text("Incident with Codespaces"),
            source: Source {
                id: text("9632825"),
                entry_id: Some(text("tag:x:1")),
                url: Some(text("https://status.example/1")),
                created_at: None,
                updated_at: None,
            },
            impact: Some(Impact::Minor),
            components: vec![ComponentId::new("c-api")],
            started_at: Some(at("01:43")),
            resolved_at: Some(at("03:35")),
            ongoing: false,
        },
        E::TitleChanged {
            title: text("API failing in eu-west"),
        },
        E::PublicTitleChanged {
            title: text("API requests fail"),
        },
        E::SeverityChanged {
            from: Severity::Unset,
            to: Severity::Sev1,
        },
        E::PhaseChanged {
            from: Phase::Assess,
            to: Phase::Mitigate,
        },
        E::Resolved {
            resolved_at: at("15:50"),
        },
        E::Closed {},
        E::Cancelled {
            reason: text("a test alert"),
        },
        E::Merged { into: Number(143) },
        E::Reopened {
            reason: text("it is back"),
            to: Phase::Mitigate,
            resolved_at: Some(at("15:50")),
        },
        E::StartedAtChanged {
            started_at: at("13:20"),
        },
        E::RoleAssigned {
            role: Role::Lead(text("db")),
            person: bo.clone(),
            from: None,
        },
        E::RoleHandedOver {
            role: Role::Ic,
            from: ines.clone(),
            to: bo.clone(),
            reason: text("end of shift"),
        },
        E::CommandTaken {
            from: bo.clone(),
            to: ines.clone(),
            reason: text("no answer"),
        },
        E::RoleReleased {
            role: Role::Scribe,
            person: bo.clone(),
        },
        E::Joined { person: bo.clone() },
        E::Left { person: bo },
        E::Noted {
            text: text("503s are **down**"),
        },
        E::UpdateRequested {
            question: Some(text("Are apps safe?")),
        },
        E::Linked {
            url: text("https://graphs.example/1"),
            title: text("Error rate"),
        },
        E::ComponentsAffected {
            components: affected(),
        },
        E::Reminded {
            clock: ClockKind::Customers,
            due_at: at("14:15"),
            person: ines,
        },
        E::Snoozed {
            clock: ClockKind::Sitrep,
            until: at("14:45"),
            reason: text("waiting for the provider"),
        },
        E::SilenceDecided {
            reason: text("nobody is affected"),
        },
        E::SitrepSent {
            sitrep: Sitrep {
                version: 2,
                headline: Some(text("Pooler suspected")),
                situation: text("38% fail"),
                impact: text("Deploys fail"),
                hypothesis: text("the pooler"),
                confidence: Confidence::Likely,
                needs: text("an owner"),
                next_sitrep_by: Some(at("14:30")),
                auto: Auto {
                    people: text("Command Ines Alder."),
                    customers: text("Not told yet."),
                    promises: text("Next sitrep by 14:30 UTC."),
                    links: String::new(),
                },
                summary: text("SEV 1, Mitigate."),
            },
        },
        E::PublicUpdatePublished {
            update: PublicUpdate {
                source: None,
                id: text("142-1"),
                state: PublicState::Identified,
                message: text("We found the cause."),
                components: affected(),
                next_update_by: Some(at("14:30")),
                impact: None,
            },
        },
        E::Redacted {
            versions: vec![3, 5],
            reason: text("a password was pasted"),
            public: true,
        },
    ]
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

fn recorded(event: E) -> Recorded {
    Recorded {
        position: 9001,
        incident: Number(142),
        version: 7,
        occurred_at: at("14:15"),
        recorded_at: at("14:16"),
        by: Some(PersonRef {
            id: PersonId::new("p-ines"),
            handle: "ines".to_owned(),
            name: "Ines Alder".to_owned(),
        }),
        event,
    }
}

#[test]
fn every_kind_reads_and_writes_as_it_always_did() {
    for event in events() {
        let kind = event.kind();
        let recorded = recorded(event);
        let json = serde_json::to_string_pretty(&recorded).expect("json") + "\n";
        let file = folder().join(format!("{kind}.json"));
        if std::env::var_os("MUSTER_WRITE_GOLDEN").is_some() && !file.exists() {
            std::fs::write(&file, &json).expect("written");
        }
        let kept =
            std::fs::read_to_string(&file).unwrap_or_else(|_| panic!("{kind} has no golden file"));
        assert_eq!(kept, json, "{kind} is written otherwise than it was");
        assert_eq!(
            serde_json::from_str::<Recorded>(&kept).expect("readable"),
            recorded,
            "{kind} is read otherwise"
        );
    }
}

#[test]
fn every_kind_has_one_file_and_every_file_a_kind() {
    // No wildcard: a new kind does not compile until it is counted, and then it has no file.
    let count = |event: &E| match event {
        E::Declared { .. }
        | E::Imported { .. }
        | E::TitleChanged { .. }
        | E::PublicTitleChanged { .. }
        | E::SeverityChanged { .. }
        | E::PhaseChanged { .. }
        | E::Resolved { .. }
        | E::Closed {}
        | E::Cancelled { .. }
        | E::Merged { .. }
        | E::Reopened { .. }
        | E::StartedAtChanged { .. }
        | E::RoleAssigned { .. }
        | E::RoleHandedOver { .. }
        | E::CommandTaken { .. }
        | E::RoleReleased { .. }
        | E::Reminded { .. }
        | E::Snoozed { .. }
        | E::Joined { .. }
        | E::Left { .. }
        | E::Noted { .. }
        | E::UpdateRequested { .. }
        | E::Linked { .. }
        | E::ComponentsAffected { .. }
        | E::SilenceDecided { .. }
        | E::SitrepSent { .. }
        | E::PublicUpdatePublished { .. }
        | E::Redacted { .. } => 1,
    };
    assert_eq!(events().iter().map(count).sum::<usize>(), 28);
    let mut kinds: Vec<String> = events()
        .iter()
        .map(|event| format!("{}.json", event.kind()))
        .collect();
    let mut files: Vec<String> = std::fs::read_dir(folder())
        .expect("the folder")
        .map(|file| {
            file.expect("a file")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|name| {
            std::path::Path::new(name)
                .extension()
                .is_some_and(|end| end == "json")
        })
        .collect();
    kinds.sort();
    files.sort();
    assert_eq!(kinds, files);
}

#[test]
fn the_sentences_are_these() {
    let directory = domain::Directory::default();
    let sentences: Vec<String> = events()
        .into_iter()
        .map(|event| {
            format!(
                "{}: {}\n",
                event.kind(),
                domain::incident::describe(&recorded(event), &directory)
            )
        })
        .collect();
    let file = folder().join("sentences.txt");
    if std::env::var_os("MUSTER_WRITE_GOLDEN").is_some() && !file.exists() {
        std::fs::write(&file, sentences.concat()).expect("written");
    }
    assert_eq!(
        std::fs::read_to_string(file).expect("the file"),
        sentences.concat()
    );
}

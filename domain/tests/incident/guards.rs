//! The guard of the public text, and the readings of typed commands.

use crate::world::{INES, World, directory};
use domain::guard::guard;
use domain::incident::{Form, HELP, IncidentCommand as C, SitrepDraft, slash};
use domain::{PersonId, Role, Severity};

fn warned(public: &str) -> Vec<String> {
    let mut world = World::declared();
    world.directory.settings.internal_words = vec!["Kraken".to_owned()];
    let sitrep = SitrepDraft {
        situation: Some("db-eu-2 and 10.0.0.7 are slow; we roll back v2.3".to_owned()),
        ..SitrepDraft::default()
    };
    world
        .by(
            INES,
            C::Update {
                sitrep: Some(sitrep),
                public: None,
                resolve: false,
            },
        )
        .expect("sent");
    guard(public, &world.incident(), &[], &world.directory)
        .into_iter()
        .map(|w| w.word)
        .collect()
}

#[test]
fn the_guard_knows_people_internal_words_and_hosts_of_this_incident() {
    assert_eq!(
        warned("Ines Alder restarts the KRAKEN on db-eu-2 (10.0.0.7)"),
        ["Ines Alder", "KRAKEN", "db-eu-2", "10.0.0.7"]
    );
    assert_eq!(warned("ask @bo"), ["@bo"]);
}

#[test]
fn the_guard_lets_prose_be() {
    for prose in [
        "About 3.5 % of e-mail is late by a 12-hour window.",
        "The API works. Inesalder is a town.",
        "db-us-9 is nobody’s secret here",
        "",
    ] {
        assert_eq!(warned(prose), Vec::<String>::new(), "{prose}");
    }
}

#[test]
fn every_line_of_the_help_is_a_command() {
    let (directory, now) = (directory(), World::declared().now);
    for (line, _) in HELP {
        let command = slash(line, &PersonId::new(INES), &directory, now);
        let command = command.unwrap_or_else(|error| panic!("{line}: {error}"));
        assert!(
            !matches!(command, C::Note { at: None, .. }),
            "{line} reads as a plain note"
        );
    }
}

#[test]
fn slash_commands_say_what_they_mean() {
    let (directory, now, by) = (directory(), World::declared().now, PersonId::new(INES));
    let read = |line: &str| slash(line, &by, &directory, now);
    assert_eq!(
        read("/sev 1"),
        Ok(C::SetSeverity {
            severity: Severity::Sev1
        })
    );
    let to = PersonId::new("bo");
    assert_eq!(
        read("/ic @bo going to bed"),
        Ok(C::HandOver {
            role: Role::Ic,
            to,
            reason: "going to bed".to_owned()
        })
    );
    assert_eq!(
        read("//etc/hosts is fine"),
        Ok(C::Note {
            text: "/etc/hosts is fine".to_owned(),
            at: None
        })
    );
    for line in [
        "/at 2026-11-16 14:05 it was red",
        "/at 2026-11-16T14:05 it was red",
    ] {
        let text = "it was red".to_owned();
        let at = domain::time::parse_past("2026-11-16T14:05", now);
        assert_eq!(read(line), Ok(C::Note { text, at }), "{line}");
    }
    assert!(read("/at 2026-11-16 it was red").is_err());
    assert!(
        read("/sevv 1")
            .expect_err("unknown")
            .to_string()
            .contains("/sevv")
    );
    assert!(
        read("/sev nine")
            .expect_err("no severity")
            .to_string()
            .contains("1, 2, 3 or 4")
    );
    assert!(read("/ic @nobody").is_err() && read("/at soon x").is_err() && read("/help").is_err());
}

#[test]
fn a_form_reads_like_the_composer() {
    let world = World::declared();
    let form = |pairs: &[(&str, &str)]| {
        Form(
            pairs
                .iter()
                .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
                .collect(),
        )
    };
    let read = |pairs: &[(&str, &str)]| {
        form(pairs).command(&PersonId::new(INES), &world.directory, world.now)
    };
    assert_eq!(
        read(&[("do", "severity"), ("severity", "sev2")]),
        Ok(C::SetSeverity {
            severity: Severity::Sev2
        })
    );
    assert_eq!(
        read(&[("do", "say"), ("text", "/sev 2")]),
        Ok(C::SetSeverity {
            severity: Severity::Sev2
        })
    );
    assert!(read(&[("do", "note?")]).is_err());
    assert!(read(&[]).is_err());
    let late = read(&[
        ("do", "update"),
        ("send_sitrep", "on"),
        ("situation", "x"),
        ("next_sitrep_by", "soonish"),
    ]);
    assert!(late.expect_err("not a time").to_string().contains("14:05"));
}

//! The guard of the public text, and the readings of typed commands.

use crate::world::{INES, World, directory};
use domain::guard::guard;
use domain::incident::{Declaration, Form, HELP, IncidentCommand as C, SitrepDraft, slash};
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

/// What the guard says of a text, given what happened in the incident.
fn found(world: &World, public: &str) -> Vec<(String, String)> {
    guard(public, &world.incident(), &[], &world.directory)
        .into_iter()
        .map(|w| (w.word, w.found))
        .collect()
}

#[test]
fn the_guard_remembers_every_internal_text_of_the_incident() {
    let mut world = World::new();
    let text = |text: &str| text.to_owned();
    let declaration = Declaration {
        title: text("web-01 is slow"),
        summary: Some(text("pods on node-02 restart")),
        ..Declaration::default()
    };
    world.declare(INES, declaration).expect("declared");
    let sitrep = |situation: &str, headline: &str| C::Update {
        sitrep: Some(SitrepDraft {
            situation: Some(text(situation)),
            headline: Some(text(headline)),
            ..SitrepDraft::default()
        }),
        public: None,
        resolve: false,
    };
    for command in [
        C::SetTitle {
            title: text("API is slow"),
        },
        C::Note {
            text: text("I look at db-eu-03"),
            at: None,
        },
        C::AskForUpdate {
            question: Some(text("is cache-04 well?")),
        },
        C::Link {
            url: text("https://graphs.example/05"),
            title: Some(text("load of queue-05")),
        },
        C::Link {
            url: text("https://known-by.all"),
            title: None,
        },
        C::KeepSilent {
            reason: text("only lab-06"),
        },
        sitrep("x", "pool-07 suspected"),
        sitrep("pool-08 suspected", "y"),
        sitrep("pool-09 suspected", "z"),
    ] {
        world.by(INES, command).expect("done");
    }
    let public = "WEB-01 node-02 db-eu-03 cache-04 queue-05 lab-06 pool-07 pool-08 pool-09 known-by.all other-10";
    let places: Vec<_> = found(&world, public)
        .into_iter()
        .map(|(word, found)| found.replace("is an internal name. It stands in", &word))
        .collect();
    assert_eq!(
        places,
        [
            "WEB-01 an internal title",
            "node-02 the first sentence",
            "db-eu-03 a note",
            "cache-04 a question",
            "queue-05 the name of a link",
            "lab-06 a reason that somebody gave",
            "pool-07 an earlier sitrep",
            "pool-08 an earlier sitrep",
            "pool-09 the last sitrep",
        ]
    );
    let draft = guard(
        "spare-11 takes over",
        &world.incident(),
        &["", "use spare-11"],
        &world.directory,
    );
    assert_eq!(
        draft[0].found,
        "is an internal name. It stands in this sitrep"
    );
    // Customers read the names of components.
    world.directory.components[0].name = "Cache-04".to_owned();
    assert_eq!(found(&world, "cache-04 works again"), []);
}

#[test]
fn what_the_guard_remembers_does_not_grow_without_end() {
    let mut world = World::declared();
    let note = |world: &mut World, text: String| {
        world
            .by(INES, C::Note { text, at: None })
            .expect("not too long");
    };
    for day in 0..20 {
        let log: Vec<String> = (0..500).map(|n| format!("host-{day}-{n}")).collect();
        note(&mut world, log.join(" "));
    }
    note(&mut world, "db-eu-2 again".to_owned());
    assert_eq!(found(&world, "db-eu-2 is back").len(), 1);
    let state = serde_json::to_string(&world.incident().inside).expect("json");
    assert!(state.len() < 20_000, "{} bytes", state.len());
    // A log that somebody pastes does not push out what was said before it.
    assert_eq!(found(&world, "host-19-7 is back").len(), 1);
}

#[test]
fn a_handle_means_its_person_unless_it_is_a_word_of_every_text() {
    let mut world = World::declared();
    let words = |world: &World, public: &str| -> Vec<String> {
        let found = found(world, public).into_iter();
        found.map(|(word, _)| word).collect()
    };
    assert_eq!(words(&world, "We ask bo and Tom."), ["bo", "Tom"]);
    assert_eq!(words(&world, "Bob and tomorrow"), Vec::<String>::new());
    // "ines" in "Ines Alder" is said once, and once more where it stands alone.
    assert_eq!(words(&world, "Ines Alder looks."), ["Ines Alder"]);
    assert_eq!(
        words(&world, "Ines Alder looks; Ines helps."),
        ["Ines Alder", "Ines"]
    );
    world.directory.people[2].handle = "may".to_owned();
    assert_eq!(words(&world, "This may take long."), Vec::<String>::new());
    assert_eq!(words(&world, "Ask @may."), ["@may"]);
    world.directory.people[2].handle = "dashboard".to_owned();
    assert_eq!(
        words(&world, "The dashboard is slow."),
        Vec::<String>::new()
    );
}

#[test]
fn letters_that_change_their_length_switch_nothing_off() {
    for odd in ["İ", "ẞ", "İstanbul: STRAẞE"] {
        assert_eq!(
            warned(&format!("{odd} — Bo Larch restarts the Kraken ({odd})")),
            ["Bo Larch", "Kraken"]
        );
    }
    let mut world = World::declared();
    world.directory.people[2].name = "İnci Weiß".to_owned();
    world.directory.people[2].handle = "inci".to_owned();
    let found = found(&world, "Fragt İNCİ WEIẞ, nicht İnciler.");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, "İNCİ WEIẞ");
}

#[test]
fn the_guard_lets_prose_be() {
    let both = "e.g. 503s for a 12-hour window, at 5 p.m. over IPv6, 1.5x of 100ms since 2026-11-17T14:05Z, the 15th";
    let mut world = World::declared();
    let text = both.to_owned();
    world.by(INES, C::Note { text, at: None }).expect("noted");
    assert_eq!(found(&world, both), []);
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

//! What a command means, in words: shown below the composer while somebody types, so that nobody sends a guess.

use domain::directory::Directory;
use domain::incident::{IncidentCommand, Severity};
use domain::status::Affected;
use domain::time::{Time, short};
use domain::{ComponentStatus, PersonId, Role};

/// A command in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    /// What the button says: "Set SEV 1".
    pub verb: String,
    /// What was understood, each under its name.
    pub parts: Vec<(&'static str, String)>,
}

/// Says what would happen. `now` tells today's times from others.
pub fn meaning(command: &IncidentCommand, directory: &Directory, now: Time) -> Meaning {
    let name = |person: &PersonId| directory.name(person);
    let time = |at: Option<Time>| {
        at.map_or_else(|| "now".to_owned(), |at| format!("{} UTC", short(at, now)))
    };
    let told = |verb: &str, parts: Vec<(&'static str, String)>| Meaning {
        verb: verb.to_owned(),
        parts,
    };
    match command {
        IncidentCommand::Note { at: None, .. } => told("Say it", Vec::new()),
        IncidentCommand::Note { at, .. } => told("Record it", vec![("Happened", time(*at))]),
        IncidentCommand::SetTitle { title } => told("Rename", vec![("Title", title.clone())]),
        IncidentCommand::SetPublicTitle { title } => {
            told("Rename", vec![("Public title", title.clone())])
        }
        IncidentCommand::SetSeverity { severity } => told(
            &format!("Set {}", severity.label()),
            vec![("Severity", severity_words(*severity))],
        ),
        IncidentCommand::ChangePhase { phase } => told(
            &format!("Move to {}", phase.label()),
            vec![("Phase", phase.label().to_owned())],
        ),
        IncidentCommand::Resolve { at } => {
            told("Resolve", vec![("Customers are well since", time(*at))])
        }
        IncidentCommand::Close {} => told("Close", Vec::new()),
        IncidentCommand::Cancel { reason } => told("Cancel", vec![("Why", reason.clone())]),
        IncidentCommand::Merge { into } => told("Merge", vec![("Into", directory.tag(*into))]),
        IncidentCommand::Reopen { reason } => told("Reopen", vec![("Why", reason.clone())]),
        IncidentCommand::SetStartedAt { at } => {
            told("Set the beginning", vec![("Began", time(Some(*at)))])
        }
        IncidentCommand::AssignRole { role, person } => told(
            &format!("Make {} {}", name(person), role.noun()),
            vec![("Role", role.label()), ("Who", name(person))],
        ),
        IncidentCommand::HandOver { role, to, reason } => told(
            &format!("Hand {} to {}", role.noun(), name(to)),
            vec![
                ("Role", role.label()),
                ("To", name(to)),
                ("Why", reason.clone()),
            ],
        ),
        IncidentCommand::TakeCommand { reason } => {
            told("Take command by force", vec![("Why", reason.clone())])
        }
        IncidentCommand::ReleaseRole { role } => told("Release", vec![("Role", role.label())]),
        IncidentCommand::Join { person } => told("Bring in", vec![("Who", name(person))]),
        IncidentCommand::Leave { person } => told("Leave", vec![("Who", name(person))]),
        IncidentCommand::AskForUpdate { question } => told(
            "Ask",
            vec![(
                "Question",
                question
                    .clone()
                    .unwrap_or_else(|| "for an update".to_owned()),
            )],
        ),
        IncidentCommand::Link { url, title } => told(
            "Share the link",
            vec![
                ("Address", url.clone()),
                ("What it is", title.clone().unwrap_or_default()),
            ],
        ),
        IncidentCommand::AffectComponents { components } => told(
            "Set affected components",
            vec![("Components", component_words(components, directory))],
        ),
        IncidentCommand::KeepSilent { reason } => told(
            "Decide not to tell customers",
            vec![("Why", reason.clone())],
        ),
        IncidentCommand::Snooze {
            clock,
            minutes,
            reason,
        } => told(
            &format!("Put off for {minutes} min"),
            vec![("What", clock.duty().to_owned()), ("Why", reason.clone())],
        ),
        IncidentCommand::Update { sitrep, public, .. } => told(
            "Send",
            vec![(
                "Update",
                match (sitrep, public) {
                    (Some(_), Some(_)) => "sitrep and public update",
                    (Some(_), None) => "sitrep",
                    (None, Some(_)) => "public update",
                    (None, None) => "nothing",
                }
                .to_owned(),
            )],
        ),
    }
}

/// The command as one would type it, to take it up again; in plain words where there is no such line.
pub fn as_typed(command: &IncidentCommand) -> String {
    let clock = |at: &Time| at.format("%Y-%m-%dT%H:%M").to_string();
    match command {
        IncidentCommand::Note { text, at: None } if text.starts_with('/') => format!("/{text}"),
        IncidentCommand::Note { text, at: None } => text.clone(),
        IncidentCommand::Note { text, at: Some(at) } => format!("/at {} {text}", clock(at)),
        IncidentCommand::SetTitle { title } => format!("/title {title}"),
        IncidentCommand::SetSeverity { severity } => {
            format!("/sev {}", severity.as_str().trim_start_matches("sev"))
        }
        IncidentCommand::ChangePhase { phase } => format!("/phase {}", phase.as_str()),
        IncidentCommand::Resolve { at: None } => "/resolve".to_owned(),
        IncidentCommand::Resolve { at: Some(at) } => format!("/resolve {}", clock(at)),
        IncidentCommand::AssignRole { role, person } => match role {
            Role::Deputy | Role::Comms | Role::Scribe => format!("/{role} @{person}"),
            Role::Liaison => format!("/support @{person}"),
            Role::Lead(name) => format!("/lead {name} @{person}"),
            Role::Ic | Role::Custom(_) => format!("Make @{person} {}", role.noun()),
        },
        IncidentCommand::HandOver {
            role: Role::Ic,
            to,
            reason,
        } => format!("/ic @{to} {reason}"),
        IncidentCommand::HandOver { role, to, reason } => {
            format!("Hand {} to @{to}: {reason}", role.noun())
        }
        IncidentCommand::TakeCommand { reason } => format!("Take command: {reason}"),
        IncidentCommand::Join { person } => format!("/join @{person}"),
        IncidentCommand::Leave { .. } => "/leave".to_owned(),
        IncidentCommand::Snooze { clock, reason, .. } => {
            format!("Put off “{}”: {reason}", clock.duty())
        }
        IncidentCommand::AskForUpdate { question } => {
            format!("/ask {}", question.clone().unwrap_or_default())
                .trim_end()
                .to_owned()
        }
        IncidentCommand::Link { url, title } => {
            format!("/link {url} {}", title.clone().unwrap_or_default())
                .trim_end()
                .to_owned()
        }
        IncidentCommand::KeepSilent { reason } => format!("/silent {reason}"),
        IncidentCommand::SetPublicTitle { title } => format!("Public title: {title}"),
        IncidentCommand::Cancel { reason } => format!("Cancel: {reason}"),
        IncidentCommand::Reopen { reason } => format!("Reopen: {reason}"),
        IncidentCommand::SetStartedAt { at } => format!("Began {}", clock(at)),
        IncidentCommand::Merge { into } => format!("Merge into {into}"),
        IncidentCommand::Close {} => "Close".to_owned(),
        IncidentCommand::ReleaseRole { role } => format!("Release {}", role.noun()),
        IncidentCommand::AffectComponents { .. } => "Affected components".to_owned(),
        IncidentCommand::Update { .. } => "Update".to_owned(),
    }
}

fn severity_words(severity: Severity) -> String {
    format!("{}, {}", severity.label(), severity.meaning())
}

fn component_words(components: &[Affected], directory: &Directory) -> String {
    let words: Vec<String> = components
        .iter()
        .map(|affected| {
            let name = directory
                .component(&affected.id)
                .map_or("a former component", |c| c.name.as_str());
            format!("{name} {}", status_words(affected.status))
        })
        .collect();
    if words.is_empty() {
        "none".to_owned()
    } else {
        words.join(", ")
    }
}

fn status_words(status: ComponentStatus) -> String {
    status.label().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::example;
    use domain::incident::{HELP, slash};

    #[test]
    fn every_slash_command_is_understood_and_can_be_typed_again() {
        let directory = example::directory();
        let (by, now) = (PersonId::new("ines"), example::at(30));
        for (form, _) in HELP {
            let line = form
                .replace("ADDRESS", "https://a.example/b")
                .replace("NAME", "db");
            let command = slash(&line, &by, &directory, now).expect(form);
            assert!(
                !meaning(&command, &directory, now).verb.is_empty(),
                "{form}"
            );
            let again = as_typed(&command);
            assert_eq!(slash(&again, &by, &directory, now), Ok(command), "{again}");
        }
    }

    #[test]
    fn a_note_with_a_slash_at_its_head_stays_one() {
        let directory = example::directory();
        let (by, now) = (PersonId::new("ines"), example::at(30));
        let command = slash("//var/log is full", &by, &directory, now).expect("a note");
        assert_eq!(as_typed(&command), "//var/log is full");
    }

    #[test]
    fn the_button_names_what_it_does_and_to_whom() {
        let directory = example::directory();
        let command = IncidentCommand::AssignRole {
            role: Role::Comms,
            person: PersonId::new("bo"),
        };
        assert_eq!(
            meaning(&command, &directory, example::at(0)).verb,
            "Make Bo Elm comms"
        );
    }
}

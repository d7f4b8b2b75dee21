//! Slash commands of the composer. Each is also a visible control; here they are only quicker.

use super::{IncidentCommand, Phase, Rejection, Role, Severity};
use crate::directory::Directory;
use crate::id::PersonId;
use crate::time::{Time, parse_past};

/// Every slash command with what it does, for the listbox and for `/help`.
pub const HELP: [(&str, &str); 16] = [
    ("/sev 1", "set the severity, 1 to 4"),
    (
        "/phase watch",
        "move to assess, mitigate, watch or followup",
    ),
    ("/ic @bo why", "hand command over, with the reason"),
    ("/deputy @bo", "make somebody deputy"),
    ("/comms @bo", "make somebody comms"),
    ("/scribe @bo", "make somebody scribe"),
    ("/support @bo", "make somebody the link to support"),
    ("/lead NAME @bo", "make somebody lead of a part of the work"),
    ("/join", "come in; /join @bo brings somebody in"),
    ("/leave", "go"),
    ("/link ADDRESS what it is", "share a link"),
    (
        "/at 14:05 what happened",
        "note something that happened earlier",
    ),
    ("/ask question", "ask for an update"),
    ("/title new title", "change the title"),
    ("/silent why", "decide not to tell customers for now"),
    (
        "/resolve 14:20",
        "customers are well again, now or since a time",
    ),
];

/// Reads what was typed into the composer: a slash command, or a plain note. `//` begins a note with a slash. `/help`
/// is for the screen and not a command, so it is refused here with the list in words.
pub fn slash(
    typed: &str,
    by: &PersonId,
    directory: &Directory,
    now: Time,
) -> Result<IncidentCommand, Rejection> {
    let typed = typed.trim();
    let Some(line) = typed.strip_prefix('/') else {
        return Ok(IncidentCommand::Note {
            text: typed.to_owned(),
            at: None,
        });
    };
    if line.starts_with('/') {
        return Ok(IncidentCommand::Note {
            text: line.to_owned(),
            at: None,
        });
    }
    let (word, rest) = split(line);
    let unreadable = |words: String| Rejection::Unreadable {
        words,
        field: "text".to_owned(),
    };
    let person = |text: &str| {
        if text.is_empty() {
            return Err(unreadable(format!(
                "Name a person after /{word}, for example /{word} @bo."
            )));
        }
        directory
            .find_person(text)
            .map(|p| p.id.clone())
            .ok_or_else(|| Rejection::UnknownPerson {
                text: text.to_owned(),
            })
    };
    Ok(match word {
        "sev" | "severity" => IncidentCommand::SetSeverity {
            severity: rest.parse::<Severity>().map_err(unreadable)?,
        },
        "phase" => IncidentCommand::ChangePhase {
            phase: rest.parse::<Phase>().map_err(unreadable)?,
        },
        "ic" | "command" => {
            let (name, reason) = split(rest);
            let to = person(name)?;
            if to == *by {
                IncidentCommand::TakeCommand {
                    reason: reason.to_owned(),
                }
            } else {
                IncidentCommand::HandOver {
                    role: Role::Ic,
                    to,
                    reason: reason.to_owned(),
                }
            }
        }
        "deputy" | "comms" | "scribe" | "support" | "liaison" => IncidentCommand::AssignRole {
            role: word.parse::<Role>().map_err(unreadable)?,
            person: person(rest)?,
        },
        "lead" => {
            let (name, who) = split(rest);
            IncidentCommand::AssignRole {
                role: format!("lead:{name}").parse::<Role>().map_err(unreadable)?,
                person: person(who)?,
            }
        }
        "join" if rest.is_empty() => IncidentCommand::Join { person: by.clone() },
        "join" => IncidentCommand::Join {
            person: person(rest)?,
        },
        "leave" => IncidentCommand::Leave { person: by.clone() },
        "link" => {
            let (url, title) = split(rest);
            IncidentCommand::Link {
                url: url.to_owned(),
                title: (!title.is_empty()).then(|| title.to_owned()),
            }
        }
        "at" => {
            let (when, text) = split(rest);
            // A date and a time may stand apart, as people write them.
            let apart = || {
                let (time, text) = split(text);
                Some((parse_past(&format!("{when} {time}"), now)?, text))
            };
            let read = parse_past(when, now).map(|at| (at, text)).or_else(apart);
            let (at, text) = read.ok_or_else(|| {
                unreadable(format!(
                    "“{when}” is not a time. Write /at 14:05 what happened, or /at 2026-11-17 14:05 what happened."
                ))
            })?;
            IncidentCommand::Note {
                text: text.to_owned(),
                at: Some(at),
            }
        }
        "ask" => IncidentCommand::AskForUpdate {
            question: (!rest.is_empty()).then(|| rest.to_owned()),
        },
        "title" => IncidentCommand::SetTitle {
            title: rest.to_owned(),
        },
        "silent" => IncidentCommand::KeepSilent {
            reason: rest.to_owned(),
        },
        "resolve" if rest.is_empty() => IncidentCommand::Resolve { at: None },
        "resolve" => IncidentCommand::Resolve {
            at: Some(parse_past(rest, now).ok_or_else(|| {
                unreadable(format!(
                    "“{rest}” is not a time. Write /resolve 14:20, or /resolve alone for now."
                ))
            })?),
        },
        other => {
            let known: Vec<&str> = HELP.iter().map(|(form, _)| split(form).0).collect();
            return Err(unreadable(format!(
                "There is no command /{other}. Known are {}. Begin with // to write a note with a slash.",
                known.join(", ")
            )));
        }
    })
}

fn split(text: &str) -> (&str, &str) {
    text.trim()
        .split_once(char::is_whitespace)
        .map_or((text.trim(), ""), |(head, rest)| (head, rest.trim()))
}

//! What is left before an incident ends, made from the facts alone.

use domain::directory::Directory;
use domain::incident::Incident;
use domain::time::{Time, short};
use domain::{ComponentStatus, Kind, Phase, PublicState, Role, Severity};

/// How a thing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is done.
    Done,
    /// It is not, and somebody should look.
    Open,
    /// It is not, and a rule holds the gate shut.
    Blocks,
}

/// A thing to look at before the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// How it stands.
    pub standing: Standing,
    /// What it is, as a sentence.
    pub what: String,
    /// When and by whom, or what it means.
    pub more: String,
    /// Where it is settled, with the words of the link.
    pub way: Option<(String, &'static str)>,
}

/// The whole list: the end itself, customers, the team, the facts.
pub fn left(incident: &Incident, directory: &Directory, now: Time) -> Vec<Item> {
    let mut items = vec![resolved(incident, now)];
    if incident.summary.kind == Kind::Live {
        items.push(customers(incident, directory, now));
        items.extend(public_title(incident));
    }
    items.extend(components(incident, directory));
    items.push(sitrep(incident, now));
    items.push(severity(incident));
    items.extend(beginning(incident, now));
    items.push(roles(incident, directory));
    items
}

fn item(standing: Standing, what: impl Into<String>, more: impl Into<String>) -> Item {
    Item {
        standing,
        what: what.into(),
        more: more.into(),
        way: None,
    }
}

fn way(incident: &Incident, page: &str, words: &'static str) -> (String, &'static str) {
    let address = format!("/incidents/{}{page}", incident.summary.number);
    (address, words)
}

fn resolved(incident: &Incident, now: Time) -> Item {
    match incident.summary.progress.resolved_at() {
        Some(at) => item(
            Standing::Done,
            "Customers are well again",
            format!("since {} UTC", short(at, now)),
        ),
        None if incident.summary.progress.phase().is_open() => item(
            Standing::Blocks,
            "It is not resolved",
            "An incident closes after it is resolved; a false alarm is cancelled.",
        ),
        None => item(
            Standing::Done,
            "It is over",
            "No time of resolving is known.",
        ),
    }
}

fn customers(incident: &Incident, directory: &Directory, now: Time) -> Item {
    let summary = &incident.summary;
    let told_by = incident
        .word
        .as_ref()
        .and_then(|word| word.by.as_ref().map(|by| by.name.clone()))
        .unwrap_or_else(|| directory.settings.organisation.clone());
    match (&summary.last_word, summary.silent_since) {
        (Some(word), _) if word.state == PublicState::Resolved => item(
            Standing::Done,
            "Customers told: Resolved",
            format!("{}, {told_by}", short(word.at, now)),
        ),
        (Some(word), _) => Item {
            way: Some(way(incident, "/update", "Tell them")),
            ..item(
                Standing::Open,
                "Customers have not been told that it is over",
                format!(
                    "They last read “{}”, {}.",
                    word.state.label(),
                    short(word.at, now)
                ),
            )
        },
        (None, Some(since)) => item(
            Standing::Done,
            "Customers were not told, on purpose",
            format!("decided {}", short(since, now)),
        ),
        (None, None) => Item {
            way: Some(way(incident, "/update", "Tell them")),
            ..item(
                Standing::Open,
                "Customers were never told",
                "Tell them, or record why not: /silent in the room.",
            )
        },
    }
}

fn public_title(incident: &Incident) -> Option<Item> {
    let missing = incident.words > 0 && incident.summary.public_title.is_none();
    missing.then(|| Item {
        way: Some(way(incident, "#work", "Set it")),
        ..item(
            Standing::Open,
            "The public title is missing",
            "Customers find the incident in the history by it.",
        )
    })
}

fn components(incident: &Incident, directory: &Directory) -> Option<Item> {
    let still: Vec<String> = incident
        .components
        .iter()
        .filter(|(_, status)| **status != ComponentStatus::Operational)
        .map(|(id, status)| {
            let name = directory
                .component(id)
                .map_or("a former component", |c| c.name.as_str());
            format!("{name}: {}", status.label().to_lowercase())
        })
        .collect();
    (!still.is_empty()).then(|| Item {
        way: Some(way(incident, "/update", "Say that they work")),
        ..item(
            Standing::Open,
            "Components are still marked as affected",
            still.join(", "),
        )
    })
}

fn sitrep(incident: &Incident, now: Time) -> Item {
    match (
        &incident.summary.last_sitrep,
        incident.summary.progress.resolved_at(),
    ) {
        (None, _) => Item {
            way: Some(way(incident, "/update", "Write one")),
            ..item(
                Standing::Open,
                "No sitrep was sent",
                "One is enough for those who come later to learn from it.",
            )
        },
        (Some(last), Some(over)) if last.at < over => Item {
            way: Some(way(incident, "/update", "Send a last one")),
            ..item(
                Standing::Open,
                format!("Sitrep {} is from before it was over", last.version),
                "A last one says how it ended.",
            )
        },
        (Some(last), _) => item(
            Standing::Done,
            format!("Sitrep {} sent", last.version),
            short(last.at, now),
        ),
    }
}

fn severity(incident: &Incident) -> Item {
    match incident.summary.severity {
        Severity::Unset => Item {
            way: Some(way(incident, "#severity", "Set it")),
            ..item(
                Standing::Open,
                "The severity was never set",
                "What follows an incident depends on how bad it was.",
            )
        },
        known @ (Severity::Sev1 | Severity::Sev2 | Severity::Sev3 | Severity::Sev4) => {
            item(Standing::Done, known.label(), known.meaning())
        }
    }
}

/// Nearly every incident began before somebody noticed.
fn beginning(incident: &Incident, now: Time) -> Option<Item> {
    let started = incident.summary.started_at?;
    let same = (incident.summary.declared_at - started).num_minutes() == 0;
    let finishing = incident.summary.progress.phase() != Phase::Closed;
    Some(if same && finishing {
        Item {
            way: Some(way(incident, "#work", "Correct it")),
            ..item(
                Standing::Open,
                "It is said to have begun when it was declared",
                format!("{} UTC. Was it earlier?", short(started, now)),
            )
        }
    } else {
        item(
            Standing::Done,
            "It began",
            format!("{} UTC", short(started, now)),
        )
    })
}

fn roles(incident: &Incident, directory: &Directory) -> Item {
    let holders: Vec<String> = incident
        .summary
        .roles
        .iter()
        .filter(|holder| holder.role != Role::Ic)
        .map(|holder| {
            format!(
                "{} ({})",
                directory.name(&holder.person),
                holder.role.label()
            )
        })
        .collect();
    if holders.is_empty() {
        item(Standing::Done, "Nobody but the commander has a role", "")
    } else {
        item(
            Standing::Done,
            "Roles end with the incident",
            holders.join(", "),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::example;
    use domain::incident::{LastSitrep, LastWord, Progress};

    fn incident() -> Incident {
        example::whole(example::incident(142, "API failing", Severity::Sev1))
    }

    fn of(incident: &Incident, standing: Standing) -> Vec<String> {
        left(incident, &example::directory(), example::at(90))
            .into_iter()
            .filter(|item| item.standing == standing)
            .map(|item| item.what)
            .collect()
    }

    #[test]
    fn an_open_incident_is_blocked_by_not_being_resolved() {
        assert_eq!(of(&incident(), Standing::Blocks), ["It is not resolved"]);
    }

    #[test]
    fn customers_who_were_told_and_not_told_that_it_is_over_are_left() {
        let mut incident = incident();
        incident.summary.progress = Progress::Cleanup {
            resolved_at: example::at(60),
        };
        incident.summary.last_word = Some(LastWord {
            at: example::at(30),
            state: PublicState::Identified,
            next_by: None,
        });
        incident.words = 1;
        incident.summary.last_sitrep = Some(LastSitrep {
            version: 2,
            at: example::at(40),
            next_by: None,
            headline: None,
        });
        assert_eq!(
            of(&incident, Standing::Open),
            [
                "Customers have not been told that it is over",
                "The public title is missing",
                "Sitrep 2 is from before it was over",
                "It is said to have begun when it was declared",
            ]
        );
        assert!(of(&incident, Standing::Blocks).is_empty());
    }

    #[test]
    fn a_drill_owes_customers_nothing() {
        let mut incident = incident();
        incident.summary.kind = Kind::Drill;
        let all = left(&incident, &example::directory(), example::at(90));
        assert!(all.iter().all(|item| !item.what.contains("Customers were")));
    }

    #[test]
    fn a_decision_not_to_tell_counts_as_done() {
        let mut incident = incident();
        incident.summary.silent_since = Some(example::at(5));
        let done = of(&incident, Standing::Done);
        assert!(done.contains(&"Customers were not told, on purpose".to_owned()));
    }
}

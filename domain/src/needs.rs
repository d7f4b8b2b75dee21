//! What needs somebody: every promise that is overdue or soon due, with its owner; what nobody owns.

use crate::clock::{ClockKind, ClockState, clocks};
use crate::directory::Directory;
use crate::id::{Number, PersonId};
use crate::incident::{Role, Severity, Summary};
use crate::time::Time;
use serde::{Deserialize, Serialize};

/// Something that needs somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// In which incident.
    pub incident: Number,
    /// What: "Tell customers", "Severity not set".
    pub what: String,
    /// Whose it is; nobody's when empty.
    pub owner: Option<PersonId>,
    /// When it is, or was, due.
    pub due_at: Time,
    /// Overdue, due or fresh.
    pub state: ClockState,
    /// Where it is settled.
    pub href: String,
}

/// Everything that needs somebody, the most overdue first.
pub fn needs<'a>(
    incidents: impl IntoIterator<Item = &'a Summary>,
    directory: &Directory,
    now: Time,
) -> Vec<Need> {
    let mut all: Vec<Need> = incidents
        .into_iter()
        .flat_map(|i| of_one(i, directory, now))
        .collect();
    all.sort_by(|a, b| a.due_at.cmp(&b.due_at).then(a.incident.cmp(&b.incident)));
    all
}

fn of_one(incident: &Summary, directory: &Directory, now: Time) -> Vec<Need> {
    let number = incident.number;
    let ic = incident.ic().cloned();
    let room = format!("/incidents/{number}");
    let form = format!("/incidents/{number}/update");
    let mut needs = Vec::new();
    for clock in clocks(incident, &directory.settings.promises, now) {
        let Some(due_at) = clock.due_at else { continue };
        let (what, owner, href) = match clock.kind {
            ClockKind::Command => ("Hand over command", ic.clone(), format!("{room}/handover")),
            ClockKind::Customers => {
                let comms = incident.role(&Role::Comms).map(|h| h.person.clone());
                ("Tell customers", comms.or_else(|| ic.clone()), form.clone())
            }
            ClockKind::Sitrep => ("Send a sitrep", ic.clone(), form.clone()),
            ClockKind::Severity => ("Severity not set", ic.clone(), room.clone()),
        };
        // Command lasts hours; it is nobody's business before it is due.
        if clock.kind == ClockKind::Command && clock.state == ClockState::Fresh {
            continue;
        }
        let what = what.to_owned();
        needs.push(Need {
            incident: number,
            what,
            owner,
            due_at,
            state: clock.state,
            href,
        });
    }
    let nobody = |what: String, since: Time| Need {
        incident: number,
        what,
        owner: None,
        due_at: since,
        state: ClockState::Over,
        href: format!("{room}#people"),
    };
    if let Some(holder) = incident.role(&Role::Ic)
        && directory
            .person(&holder.person)
            .is_some_and(|person| person.service)
        && incident.progress.phase().is_open()
    {
        needs.push(nobody(
            "A person must take command".to_owned(),
            holder.since,
        ));
    }
    if incident.severity == Severity::Sev1 || incident.severity == Severity::Sev2 {
        let empty = incident.empty_roles();
        needs.extend(
            empty
                .iter()
                .map(|role| nobody(format!("{} has nobody", role.label()), incident.declared_at)),
        );
    }
    needs
}

//! What needs somebody: every promise that is overdue or soon due, with its owner; what nobody owns.

use crate::clock::{ClockKind, ClockState, clocks};
use crate::directory::{AccountRole, Directory};
use crate::id::{Number, PersonId};
use crate::incident::{Holder, Role, Severity, Summary};
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
    let able = |role: &Role| {
        incident
            .role(role)
            .filter(|holder| is_able(holder, directory))
    };
    let ic = able(&Role::Ic).map(|holder| holder.person.clone());
    let comms = able(&Role::Comms).map(|holder| holder.person.clone());
    let room = format!("/incidents/{number}");
    let form = format!("/incidents/{number}/update");
    let mut needs = Vec::new();
    for clock in clocks(incident, &directory.settings.promises, now) {
        let Some(due_at) = clock.due_at else { continue };
        let (what, owner, href) = match clock.kind {
            ClockKind::Command => ("Hand over command", ic.clone(), format!("{room}/handover")),
            ClockKind::Customers => (
                "Tell customers",
                comms.clone().or_else(|| ic.clone()),
                form.clone(),
            ),
            ClockKind::Sitrep => ("Send a sitrep", ic.clone(), form.clone()),
            ClockKind::Severity => ("Severity not set", ic.clone(), room.clone()),
        };
        // Command lasts hours; it is nobody's business before it is due. Who cannot hand it over is not asked to.
        if clock.kind == ClockKind::Command && (clock.state == ClockState::Fresh || ic.is_none()) {
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
    if incident.leaves_customers_waiting()
        && let Some(word) = &incident.last_word
    {
        needs.push(Need {
            incident: number,
            what: format!("Customers still read “{}”", word.state.label()),
            owner: comms.or_else(|| ic.clone()),
            due_at: incident.phase_since,
            state: ClockState::Over,
            href: form,
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
        && incident.progress.phase().is_open()
        && (ic.is_none() || is_service(holder, directory))
    {
        needs.push(nobody(
            "A person must take command".to_owned(),
            holder.since.max(incident.going_since()),
        ));
    }
    if incident.severity == Severity::Sev1 || incident.severity == Severity::Sev2 {
        let empty = incident
            .wanted_roles()
            .iter()
            .filter(|role| able(role).is_none());
        needs.extend(empty.map(|role| {
            nobody(
                format!("{} has nobody", role.label()),
                incident.going_since(),
            )
        }));
    }
    needs
}

/// True while the holder of a role can do what it asks: who lost their access, or may only read by now, holds it in name.
fn is_able(holder: &Holder, directory: &Directory) -> bool {
    directory
        .person(&holder.person)
        .is_some_and(|person| person.active && person.role >= AccountRole::Responder)
}

fn is_service(holder: &Holder, directory: &Directory) -> bool {
    directory
        .person(&holder.person)
        .is_some_and(|person| person.service)
}

//! Who could take a role: who is here stands first.

use crate::data::{Nearness, Presence};
use crate::pages::room::state::RoomState;
use domain::directory::{AccountRole, Directory};
use domain::incident::Incident;
use domain::{PersonId, Role};
use leptos::prelude::*;

/// Somebody who could take it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// "Deputy, here now".
    pub about: String,
    rank: u8,
}

impl Candidate {
    /// What stays the same while nothing in the line changes.
    pub fn key(&self) -> String {
        format!("{} {}", self.id, self.about)
    }
}

/// Everybody who could take a role from its holder, as the room stands.
pub fn candidates(room: RoomState, role: &Role) -> Vec<Candidate> {
    room.session().directory.with(|directory| {
        room.incident.with(|incident| {
            room.presence
                .with(|presence| list(incident, directory, presence, role))
        })
    })
}

fn list(
    incident: &Incident,
    directory: &Directory,
    presence: &[Presence],
    role: &Role,
) -> Vec<Candidate> {
    let people = directory.people.iter();
    let able = people.filter(|p| p.active && !p.service && p.role >= AccountRole::Responder);
    let mut found: Vec<Candidate> = able
        .filter(|p| !incident.has_role(&p.id, role))
        .map(|person| {
            let near = presence
                .iter()
                .find(|p| p.person == person.id)
                .map(|p| p.nearness);
            let (rank, place) = match (near, incident.is_in(&person.id)) {
                (Some(Nearness::Here), _) => (0, "here now"),
                (Some(Nearness::Away), _) => (1, "looked away"),
                (None, true) => (2, "in the incident, not here now"),
                (None, false) => (3, "not in the incident"),
            };
            let roles: Vec<String> = incident
                .summary
                .roles
                .iter()
                .filter(|holder| holder.person == person.id)
                .map(|holder| holder.role.label())
                .collect();
            let about = if roles.is_empty() {
                capital(place)
            } else {
                format!("{}, {place}", roles.join(", "))
            };
            Candidate {
                id: person.id.clone(),
                name: person.name.clone(),
                about,
                rank,
            }
        })
        .collect();
    found.sort_by(|a, b| (a.rank, &a.name).cmp(&(b.rank, &b.name)));
    found
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::example;
    use domain::Severity;
    use std::collections::BTreeMap;

    #[test]
    fn who_is_here_stands_first_and_who_cannot_take_it_is_left_out() {
        let mut directory = example::directory();
        let mut zoe = directory.people[1].clone();
        zoe.id = PersonId::new("zoe");
        zoe.name = "Zoe Fir".to_owned();
        directory.people.push(zoe);
        let incident = Incident {
            summary: example::incident(142, "API failing", Severity::Sev1),
            participants: vec![PersonId::new("ines")],
            links: Vec::new(),
            components: BTreeMap::new(),
            sitrep: None,
            word: None,
            words: 0,
            first_sentence: None,
            source: None,
            inside: domain::guard::Inside::default(),
        };
        let here = [Presence {
            person: PersonId::new("zoe"),
            nearness: Nearness::Here,
            seen_at: example::at(3),
        }];
        let names = |role: &Role| -> Vec<(String, String)> {
            list(&incident, &directory, &here, role)
                .into_iter()
                .map(|c| (c.name, c.about))
                .collect()
        };
        let own = |name: &str, about: &str| (name.to_owned(), about.to_owned());
        assert_eq!(
            names(&Role::Ic),
            [
                own("Zoe Fir", "Here now"),
                own("Bo Elm", "Not in the incident")
            ],
            "not the commander, not the reader"
        );
        assert_eq!(
            names(&Role::Comms)[1],
            own("Ines Alder", "Command, in the incident, not here now")
        );
    }
}

//! The one sentence of each entry.

use super::{HouseEvent, PersonPart, Way};
use crate::directory::{AccountRole, Directory, PersonRef};
use crate::id::PersonId;

impl HouseEvent {
    /// Says what happened and who did it. Without a person it was the command line, or nobody that is known.
    pub fn describe(&self, by: Option<&PersonRef>, directory: &Directory) -> String {
        let who = by.map_or("The command line", |by| by.name.as_str());
        let own = |person: &PersonId| by.is_some_and(|by| by.id == *person);
        let name = |person: &PersonId| directory.name(person);
        match self {
            Self::PersonAdded { name, role, .. } => {
                format!("{who} added {name} as {}.", a_role(*role))
            }
            Self::PersonChanged {
                handle,
                name,
                role,
                active,
                changed,
                was,
                ..
            } => {
                let whom = was.as_ref().unwrap_or(name);
                let told = |part: &PersonPart| match part {
                    PersonPart::Active if *active => format!("let {whom} in again"),
                    PersonPart::Active => format!("shut {whom} out"),
                    PersonPart::Role => format!("made {whom} {}", a_role(*role)),
                    PersonPart::Name => format!("changed the name of {whom} to {name}"),
                    PersonPart::Handle => format!("gave {whom} the handle @{handle}"),
                    PersonPart::Email => format!("changed the e-mail of {whom}"),
                };
                match changed.as_slice() {
                    [] => format!("{who} changed the account of {whom}."),
                    some => format!("{who} {}.", listed(some.iter().map(told))),
                }
            }
            Self::ComponentAdded { name, .. } => format!("{who} added the component {name}."),
            Self::ComponentChanged { name, .. } => format!("{who} changed the component {name}."),
            Self::ComponentRemoved { name, .. } if name.is_empty() => {
                format!("{who} removed a component.")
            }
            Self::ComponentRemoved { name, .. } => format!("{who} removed the component {name}."),
            Self::GroupChanged { name, was } if name == was => {
                format!("{who} changed the group {name}.")
            }
            Self::GroupChanged { name, was } => {
                format!("{who} renamed the group {was} to {name}.")
            }
            Self::ComponentsImported { added, changed } => {
                format!("{who} imported components: {added} new, {changed} that were here already.")
            }
            Self::ComponentsPutBack {} => {
                format!("{who} put components back as they were.")
            }
            Self::ComponentsOrdered { .. } => {
                format!("{who} put the components into another order.")
            }
            Self::SettingsChanged { changed } if changed.is_empty() => {
                format!("{who} changed the settings.")
            }
            Self::SettingsChanged { changed } => {
                let parts = changed.iter().map(|part| part.replace('_', " "));
                format!("{who} changed the settings: {}.", listed(parts))
            }
            Self::LookChanged { changed } => {
                let parts = changed.iter().map(|part| part.replace('_', " "));
                format!(
                    "{who} changed how the status page looks: {}.",
                    listed(parts)
                )
            }
            Self::MaintenanceScheduled { title, .. } => {
                format!("{who} scheduled the maintenance “{title}”.")
            }
            Self::MaintenanceChanged { title, .. } => {
                format!("{who} changed the plan of the maintenance “{title}”.")
            }
            Self::MaintenanceTold { title, state, .. } => match by {
                None => format!(
                    "The maintenance “{title}” is {}.",
                    state.label().to_lowercase()
                ),
                Some(_) => format!(
                    "{who} told customers of the maintenance “{title}”: {}.",
                    state.label().to_lowercase()
                ),
            },
            Self::MaintenanceReminded { title, overdue, .. } => {
                let what = if *overdue { "is late" } else { "begins soon" };
                format!("The owner of the maintenance “{title}” was reminded that it {what}.")
            }
            Self::MaintenancesImported { added, changed } => {
                format!(
                    "{who} imported maintenances: {added} new, {changed} that were here already."
                )
            }
            Self::TokenAdded {
                name: token,
                person,
                scope,
                ..
            } => format!(
                "{who} made the API token {token} with the scope {scope}. It acts as {}.",
                name(person)
            ),
            Self::TokenRevoked { name, .. } if name.is_empty() => {
                format!("{who} ended an API token.")
            }
            Self::TokenRevoked { name, .. } => format!("{who} ended the API token {name}."),
            Self::LinkMade { person } if own(person) => {
                format!("{who} made a sign-in link for another device.")
            }
            // By mail it is made when the letter goes out, and nobody's hand makes it.
            Self::LinkMade { person } if by.is_none() => {
                format!("A sign-in link was made for {}.", name(person))
            }
            Self::LinkMade { person } => format!("{who} made a sign-in link for {}.", name(person)),
            Self::SignedIn {
                person,
                way,
                device,
            } => {
                let way = match way {
                    Way::Link => "by a link",
                    Way::Password => "with a password",
                };
                format!("Somebody signed in as {} {way}, on {device}.", name(person))
            }
            Self::SignedOut { person, device } if own(person) => {
                format!("{who} signed out on {device}.")
            }
            Self::SignedOut { person, device } => {
                format!("{who} signed {} out on {device}.", name(person))
            }
            Self::OthersSignedOut { person, count } if own(person) => {
                format!("{who} signed out everywhere else: {}.", devices(*count))
            }
            Self::OthersSignedOut { person, count } => {
                format!("{who} signed {} out: {}.", name(person), devices(*count))
            }
            Self::PasswordSet { person, count } => {
                format!("{} set a password{}.", name(person), and_signed_out(*count))
            }
            Self::PasswordRemoved { person, count } => format!(
                "{} removed their password{}.",
                name(person),
                and_signed_out(*count)
            ),
            Self::SignInsFailed { person, count } => format!(
                "{count} passwords in a row for {} were wrong. The next one has to wait; links go on working.",
                name(person)
            ),
        }
    }
}

fn a_role(role: AccountRole) -> &'static str {
    match role {
        AccountRole::Reader => "a reader",
        AccountRole::Responder => "a responder",
        AccountRole::Admin => "an administrator",
    }
}

fn devices(count: u64) -> String {
    match count {
        1 => "1 device".to_owned(),
        more => format!("{more} devices"),
    }
}

fn and_signed_out(count: u64) -> String {
    match count {
        0 => String::new(),
        some => format!(", which signed out {}", devices(some)),
    }
}

/// "a, b and c".
fn listed(parts: impl Iterator<Item = String>) -> String {
    let mut parts: Vec<String> = parts.collect();
    let last = parts.pop().unwrap_or_default();
    if parts.is_empty() {
        last
    } else {
        format!("{} and {last}", parts.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::Person;
    use crate::id::ComponentId;
    use serde_json::json;

    fn person(id: &str, name: &str) -> Person {
        Person {
            id: PersonId::new(id),
            handle: id.to_owned(),
            name: name.to_owned(),
            email: None,
            role: AccountRole::Admin,
            service: false,
            active: true,
        }
    }

    #[test]
    fn every_entry_becomes_a_sentence_and_is_read_as_it_was_written() {
        let (ines, bo) = (person("ines", "Ines Alder"), person("bo", "Bo Reyes"));
        let directory = Directory {
            people: vec![ines.clone(), bo.clone()],
            ..Directory::default()
        };
        let changed =
            |changed: &[PersonPart], active: bool, was: Option<&str>| HouseEvent::PersonChanged {
                id: bo.id.clone(),
                handle: "bo".to_owned(),
                name: "Bo Reyes".to_owned(),
                role: AccountRole::Responder,
                active,
                changed: changed.to_vec(),
                was: was.map(str::to_owned),
            };
        let text = |text: &str| text.to_owned();
        let api = || ComponentId::new("c-api");
        let cases = [
            (
                HouseEvent::PersonAdded {
                    id: bo.id.clone(),
                    handle: text("bo"),
                    name: text("Bo Reyes"),
                    role: AccountRole::Reader,
                    active: true,
                },
                "Ines Alder added Bo Reyes as a reader.",
            ),
            (
                changed(&[PersonPart::Role], true, None),
                "Ines Alder made Bo Reyes a responder.",
            ),
            (
                changed(&[PersonPart::Active], false, None),
                "Ines Alder shut Bo Reyes out.",
            ),
            (
                changed(
                    &[
                        PersonPart::Active,
                        PersonPart::Name,
                        PersonPart::Handle,
                        PersonPart::Email,
                    ],
                    true,
                    Some("Bo"),
                ),
                "Ines Alder let Bo in again, changed the name of Bo to Bo Reyes, gave Bo the handle @bo and changed the e-mail of Bo.",
            ),
            (
                changed(&[], true, None),
                "Ines Alder changed the account of Bo Reyes.",
            ),
            (
                HouseEvent::ComponentAdded {
                    id: api(),
                    name: text("API"),
                },
                "Ines Alder added the component API.",
            ),
            (
                HouseEvent::ComponentChanged {
                    id: api(),
                    name: text("API"),
                },
                "Ines Alder changed the component API.",
            ),
            (
                HouseEvent::ComponentRemoved {
                    id: api(),
                    name: text("API"),
                },
                "Ines Alder removed the component API.",
            ),
            (
                HouseEvent::ComponentsOrdered { order: vec![api()] },
                "Ines Alder put the components into another order.",
            ),
            (
                HouseEvent::SettingsChanged {
                    changed: vec![text("internal_words"), text("promises")],
                },
                "Ines Alder changed the settings: internal words and promises.",
            ),
            (
                HouseEvent::LookChanged {
                    changed: vec![text("logo"), text("colour_night")],
                },
                "Ines Alder changed how the status page looks: logo and colour night.",
            ),
            (
                HouseEvent::TokenAdded {
                    id: text("t1"),
                    name: text("deploys"),
                    person: bo.id.clone(),
                    scope: text("write"),
                },
                "Ines Alder made the API token deploys with the scope write. It acts as Bo Reyes.",
            ),
            (
                HouseEvent::TokenRevoked {
                    id: text("t1"),
                    name: text("deploys"),
                },
                "Ines Alder ended the API token deploys.",
            ),
            (
                HouseEvent::LinkMade {
                    person: bo.id.clone(),
                },
                "Ines Alder made a sign-in link for Bo Reyes.",
            ),
            (
                HouseEvent::LinkMade {
                    person: ines.id.clone(),
                },
                "Ines Alder made a sign-in link for another device.",
            ),
            (
                HouseEvent::SignedIn {
                    person: bo.id.clone(),
                    way: Way::Password,
                    device: text("Firefox on Linux"),
                },
                "Somebody signed in as Bo Reyes with a password, on Firefox on Linux.",
            ),
            (
                HouseEvent::SignedIn {
                    person: bo.id.clone(),
                    way: Way::Link,
                    device: text("curl"),
                },
                "Somebody signed in as Bo Reyes by a link, on curl.",
            ),
            (
                HouseEvent::SignedOut {
                    person: ines.id.clone(),
                    device: text("curl"),
                },
                "Ines Alder signed out on curl.",
            ),
            (
                HouseEvent::OthersSignedOut {
                    person: ines.id.clone(),
                    count: 1,
                },
                "Ines Alder signed out everywhere else: 1 device.",
            ),
            (
                HouseEvent::PasswordSet {
                    person: ines.id.clone(),
                    count: 2,
                },
                "Ines Alder set a password, which signed out 2 devices.",
            ),
            (
                HouseEvent::PasswordRemoved {
                    person: ines.id.clone(),
                    count: 0,
                },
                "Ines Alder removed their password.",
            ),
            (
                HouseEvent::SignInsFailed {
                    person: bo.id.clone(),
                    count: 5,
                },
                "5 passwords in a row for Bo Reyes were wrong. The next one has to wait; links go on working.",
            ),
        ];
        let by = ines.as_ref();
        for (event, sentence) in cases {
            assert_eq!(event.describe(Some(&by), &directory), sentence);
            let (kind, data) = event.written();
            assert_eq!(HouseEvent::read(&kind, &data), Some(event));
        }
    }

    #[test]
    fn entries_of_older_builds_are_read() {
        let by = person("ines", "Ines Alder").as_ref();
        let directory = Directory::default();
        let older = [
            (
                "settings_changed",
                json!({"shown": true}),
                "Ines Alder changed the settings.",
            ),
            (
                "token_revoked",
                json!({"id": "t1"}),
                "Ines Alder ended an API token.",
            ),
            (
                "component_removed",
                json!({"id": "c1", "shown": false}),
                "Ines Alder removed a component.",
            ),
            (
                "person_changed",
                json!({"id": "bo", "handle": "bo", "name": "Bo", "role": "admin", "active": true}),
                "Ines Alder changed the account of Bo.",
            ),
        ];
        for (kind, data, sentence) in older {
            let event = HouseEvent::read(kind, &data).expect(kind);
            assert_eq!(event.describe(Some(&by), &directory), sentence);
        }
        assert_eq!(HouseEvent::read("of_tomorrow", &json!({})), None);
    }
}

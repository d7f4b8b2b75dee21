//! Who and what there is beside incidents: people, components, settings. Plain tables, not streams; an incident names
//! their ids and the screens look the words up here.

use crate::clock::Promises;
use crate::id::{ComponentId, PersonId};
use crate::incident::Rejection;
use crate::pages::StatusPage;
use crate::status::{ComponentStatus, code};
use crate::template::Template;
use crate::text;
use crate::time::Time;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// What an account may do; see the rights in the contract. Roles *in* an incident are [`crate::Role`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountRole {
    /// Sees everything that is not private, may ask.
    Reader,
    /// May declare and do everything in an incident.
    Responder,
    /// May also change people, components, settings and tokens.
    Admin,
}

impl AccountRole {
    /// All of them, the least first.
    pub const ALL: [Self; 3] = [Self::Reader, Self::Responder, Self::Admin];

    /// The wire form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Responder => "responder",
            Self::Admin => "admin",
        }
    }

    /// The word on screens.
    pub fn label(self) -> &'static str {
        match self {
            Self::Reader => "Reader",
            Self::Responder => "Responder",
            Self::Admin => "Admin",
        }
    }
}

impl fmt::Display for AccountRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for AccountRole {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|role| role.as_str() == text)
            .ok_or_else(|| format!("“{text}” is not a role. Use reader, responder or admin."))
    }
}

/// A person as events and answers show them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRef {
    /// The lasting id.
    pub id: PersonId,
    /// What people type after an @.
    pub handle: String,
    /// The name to show.
    pub name: String,
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The lasting id.
    pub id: PersonId,
    /// What people type after an @: lower case letters, digits, `-`, `_`, `.`.
    pub handle: String,
    /// The name to show.
    pub name: String,
    /// Where sign-in links and sitreps go; service persons have none.
    #[serde(default)]
    pub email: Option<String>,
    /// What the account may do.
    pub role: AccountRole,
    /// True for the named owner of an API token, who is nobody in flesh.
    pub service: bool,
    /// False once access was taken away; the name stays in history.
    pub active: bool,
}

impl Person {
    /// The part of a person that leaves with an event.
    pub fn as_ref(&self) -> PersonRef {
        PersonRef {
            id: self.id.clone(),
            handle: self.handle.clone(),
            name: self.name.clone(),
        }
    }
}

/// A part that customers know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Component {
    /// The lasting id.
    pub id: ComponentId,
    /// The public name, unique in its group.
    pub name: String,
    /// The heading it stands under on the status page; empty for none.
    pub group: String,
    /// A line for customers; may be empty.
    pub description: String,
    /// Hidden ones can be named in an incident but are not on the status page.
    pub hidden: bool,
    /// How it does apart from every incident; an import may know that one does badly without saying why.
    #[serde(default)]
    pub status: ComponentStatus,
    /// On the page only while something is wrong with it.
    #[serde(default)]
    pub only_if_degraded: bool,
    /// The page shows its uptime.
    #[serde(default)]
    pub showcase: bool,
    /// The first day that counts into its uptime; unknown for most.
    #[serde(default)]
    pub start_date: Option<NaiveDate>,
    /// Where it stands among its neighbours: those of its group, or else the groups and those without one.
    #[serde(default)]
    pub place: i64,
    /// The number of its place on the page that it came from, until the order is changed here.
    #[serde(default)]
    pub position: Option<i64>,
    /// The id that it had on the page that it came from: tools of customers know it.
    #[serde(default)]
    pub code: Option<String>,
    /// When it was made.
    #[serde(default)]
    pub created_at: Time,
    /// When it was last changed.
    #[serde(default)]
    pub updated_at: Time,
}

impl Component {
    /// One that only has a name.
    pub fn new(id: ComponentId, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            group: String::new(),
            description: String::new(),
            hidden: false,
            status: ComponentStatus::Operational,
            only_if_degraded: false,
            showcase: true,
            start_date: None,
            place: 0,
            position: None,
            code: None,
            created_at: Time::UNIX_EPOCH,
            updated_at: Time::UNIX_EPOCH,
        }
    }

    /// The id under which tools of customers know it: that of the page it came from, or one made from its own.
    pub fn code(&self) -> String {
        let made = || code("component", self.id.as_str());
        self.code.clone().unwrap_or_else(made)
    }

    /// "Canvas - Mobile": the name with its group, as tools that show one line for a component have it.
    pub fn full_name(&self) -> String {
        if self.group.is_empty() {
            self.name.clone()
        } else {
            format!("{} - {}", self.group, self.name)
        }
    }
}

/// A heading with components under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// What it is called; unique.
    pub name: String,
    /// A line for customers; may be empty.
    pub description: String,
    /// Whether the page shows what stands under it.
    pub opens: Opens,
    /// Where it stands among the groups and the components without one.
    pub place: i64,
    /// The number of its place on the page that it came from, until the order is changed here.
    #[serde(default)]
    pub position: Option<i64>,
    /// The id that it had on the page that it came from.
    #[serde(default)]
    pub code: Option<String>,
    /// When it was made.
    pub created_at: Time,
    /// When it was last changed.
    pub updated_at: Time,
}

/// Whether the page shows what stands under a heading before anybody asks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Opens {
    /// Yes.
    #[default]
    Always,
    /// While something under it does badly.
    WhenAffected,
    /// No.
    Never,
}

impl Opens {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Always, Self::WhenAffected, Self::Never];

    /// The wire form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::WhenAffected => "when_affected",
            Self::Never => "never",
        }
    }
}

impl FromStr for Opens {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|opens| opens.as_str() == text)
            .ok_or_else(|| {
                format!("“{text}” says nothing about a group. Use always, when_affected or never.")
            })
    }
}

/// What an administrator sets once for the whole house.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The organisation's name, shown to customers.
    pub organisation: String,
    /// What stands before an incident's number.
    pub prefix: String,
    /// How soon customers and the team hear, by severity.
    pub promises: Promises,
    /// Words that must not reach customers; the guard looks for them.
    pub internal_words: Vec<String>,
    /// E-mail addresses that get every sitrep of every incident.
    pub incident_list: Vec<String>,
    /// The time zone that the public page speaks in, by its name in the IANA database.
    pub time_zone: String,
    /// Public updates to begin with, by their names.
    pub templates: Vec<Template>,
    /// The id that the page had where it came from: tools of customers know it.
    pub page_code: Option<String>,
    /// The status pages that are not as they always are; see [`Settings::main_page`].
    pub status_pages: Vec<StatusPage>,
}

impl Settings {
    /// What the organisation is called until somebody says. A page says it in its reader's language.
    pub const NOBODY: &str = "Our service";
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            organisation: Self::NOBODY.to_owned(),
            prefix: "INC".to_owned(),
            promises: Promises::default(),
            internal_words: Vec::new(),
            incident_list: Vec::new(),
            time_zone: "Etc/UTC".to_owned(),
            templates: Vec::new(),
            page_code: None,
            status_pages: Vec::new(),
        }
    }
}

impl Settings {
    /// The longest organisation's name, in characters.
    pub const ORGANISATION: usize = 80;
    /// The longest prefix of a number, in characters.
    pub const PREFIX: usize = 10;

    /// The page that every house has.
    pub fn main_page(&self) -> StatusPage {
        let mut pages = self.status_pages.iter();
        pages
            .find(|page| page.is_main())
            .cloned()
            .unwrap_or_default()
    }

    /// The time zone as people call it.
    pub fn zone_name(&self) -> &str {
        if self.time_zone == "Etc/UTC" {
            "UTC"
        } else {
            &self.time_zone
        }
    }

    /// The settings made fit to keep, or words why not. Whoever keeps settings asks here, whichever way they came.
    pub fn checked(mut self) -> Result<Self, Rejection> {
        self.organisation =
            text::required_line("organisation", &self.organisation, Self::ORGANISATION)?;
        self.prefix = text::required_line("prefix", &self.prefix, Self::PREFIX)?;
        self.internal_words = self
            .internal_words
            .iter()
            .filter_map(|word| {
                text::optional_line("internal_words", Some(word), text::LINE).transpose()
            })
            .collect::<Result<_, _>>()?;
        let addresses = self.incident_list.iter();
        let addresses: BTreeSet<String> = addresses
            .filter(|typed| !text::is_blank(typed))
            .map(|typed| text::address("incident_list", typed))
            .collect::<Result<_, _>>()?;
        self.incident_list = addresses.into_iter().collect();
        self.promises.check()?;
        self.templates = Template::checked(self.templates)?;
        self.status_pages = StatusPage::checked(self.status_pages)?;
        Ok(self)
    }
}

/// Everything the screens and the rules look up by id. Components stand in their order on the page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directory {
    /// Every account, former ones too.
    pub people: Vec<Person>,
    /// Every component, in page order.
    pub components: Vec<Component>,
    /// The headings that components stand under, in page order.
    #[serde(default)]
    pub groups: Vec<Group>,
    /// The house rules.
    pub settings: Settings,
}

impl Directory {
    /// The account with this id.
    pub fn person(&self, id: &PersonId) -> Option<&Person> {
        self.people.iter().find(|p| p.id == *id)
    }

    /// The name of a person, or words for one who is not known any more.
    pub fn name(&self, id: &PersonId) -> String {
        self.person(id)
            .map_or_else(|| "a former member".to_owned(), |p| p.name.clone())
    }

    /// Finds an active person by id, handle (with or without "@"), e-mail or name, upper or lower case.
    pub fn find_person(&self, text: &str) -> Option<&Person> {
        let wanted = text.trim().trim_start_matches('@').to_lowercase();
        let active = || self.people.iter().filter(|p| p.active);
        active()
            .find(|p| {
                p.id.as_str() == wanted || p.handle == wanted || p.email.as_deref() == Some(&wanted)
            })
            .or_else(|| active().find(|p| p.name.to_lowercase() == wanted))
    }

    /// The component with this id.
    pub fn component(&self, id: &ComponentId) -> Option<&Component> {
        self.components.iter().find(|c| c.id == *id)
    }

    /// Finds a component by id, by its exact name, or by "Group - Name" where several groups have one of that name.
    pub fn find_component(&self, text: &str) -> Option<&Component> {
        let text = text.trim();
        let by = |fits: &dyn Fn(&Component) -> bool| {
            let mut found = self.components.iter().filter(|component| fits(component));
            found.next().filter(|_| found.next().is_none())
        };
        by(&|component| component.id.as_str() == text)
            .or_else(|| by(&|component| component.name == text))
            .or_else(|| by(&|component| component.full_name() == text))
    }

    /// The heading with this name.
    pub fn group(&self, name: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.name == name)
    }

    /// Components under their headings, both in page order: a heading stands where its first component does.
    pub fn groups(&self) -> Vec<(&str, Vec<&Component>)> {
        let mut groups: Vec<(&str, Vec<&Component>)> = Vec::new();
        for component in &self.components {
            match groups.iter_mut().find(|(name, _)| *name == component.group) {
                Some((_, members)) => members.push(component),
                None => groups.push((&component.group, vec![component])),
            }
        }
        groups
    }

    /// The order after a component went one place up or down. The first of a group takes the whole group up with it, the
    /// last one takes it down. `None` when there is no such place, or no such component.
    pub fn moved(&self, component: &ComponentId, up: bool) -> Option<Vec<ComponentId>> {
        let mut groups: Vec<Vec<ComponentId>> = self
            .groups()
            .into_iter()
            .map(|(_, members)| members.into_iter().map(|c| c.id.clone()).collect())
            .collect();
        let (group, place) = groups.iter().enumerate().find_map(|(group, members)| {
            let place = members.iter().position(|id| id == component)?;
            Some((group, place))
        })?;
        let neighbour = |place: usize, count: usize| {
            let next = if up {
                place.checked_sub(1)
            } else {
                Some(place + 1)
            };
            next.filter(|next| *next < count)
        };
        if let Some(next) = neighbour(place, groups[group].len()) {
            groups[group].swap(place, next);
        } else {
            let next = neighbour(group, groups.len())?;
            groups.swap(group, next);
        }
        Some(groups.concat())
    }

    /// "INC-142".
    pub fn tag(&self, number: crate::Number) -> String {
        format!("{}-{number}", self.settings.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directory() -> Directory {
        let component = |id: &str, group: &str| Component {
            group: group.to_owned(),
            ..Component::new(ComponentId::new(id), id)
        };
        Directory {
            components: vec![
                component("api", "Core"),
                component("mail", "More"),
                component("web", "Core"),
            ],
            ..Directory::default()
        }
    }

    fn moved(component: &str, up: bool) -> Option<String> {
        let order = directory().moved(&ComponentId::new(component), up)?;
        let order: Vec<&str> = order.iter().map(ComponentId::as_str).collect();
        Some(order.join(" "))
    }

    #[test]
    fn a_group_stands_where_its_first_component_does() {
        let directory = directory();
        let groups: Vec<(&str, usize)> = directory
            .groups()
            .into_iter()
            .map(|(name, members)| (name, members.len()))
            .collect();
        assert_eq!(groups, [("Core", 2), ("More", 1)]);
    }

    #[test]
    fn a_component_moves_inside_its_group_and_takes_it_along_at_the_edge() {
        let cases = [
            ("web", true, Some("web api mail")),
            ("api", false, Some("web api mail")),
            ("web", false, Some("mail api web")),
            ("mail", true, Some("mail api web")),
            ("api", true, None),
            ("mail", false, None),
            ("nothing", true, None),
        ];
        for (component, up, expected) in cases {
            assert_eq!(
                moved(component, up).as_deref(),
                expected,
                "{component} {up}"
            );
        }
    }
}

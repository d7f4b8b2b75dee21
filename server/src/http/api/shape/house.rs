//! Components and settings in full.

use super::{View, words};
use domain::pages::Shown;
use domain::status::{PublicIncident, component_status};
use domain::{ComponentStatus, Directory, Maintenance, Severity, clock};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A part of the service that customers know.
#[derive(Debug, Serialize, ToSchema)]
pub struct Component {
    /// The lasting id.
    id: String,
    /// The public name, unique in its group.
    #[schema(example = "API")]
    name: String,
    /// The heading it stands under on the status page; empty for none.
    group: String,
    /// A line for customers; may be empty.
    description: String,
    /// True when it is not on the status page.
    hidden: bool,
    /// How it does, as customers are told.
    #[schema(value_type = words::ComponentStatus)]
    status: ComponentStatus,
}

impl Component {
    /// With the status that the incidents going on for customers give it.
    pub fn new(
        component: &domain::Component,
        active: &[PublicIncident],
        maintenances: &[Maintenance],
    ) -> Self {
        let domain::Component {
            id,
            name,
            group,
            description,
            hidden,
            ..
        } = component;
        Self {
            status: component_status(component, active, maintenances),
            id: id.to_string(),
            name: name.clone(),
            group: group.clone(),
            description: description.clone(),
            hidden: *hidden,
        }
    }
}

/// How soon people hear, in minutes; null is no promise.
#[derive(Debug, Serialize, ToSchema)]
pub struct Promise {
    /// First word to customers, or a recorded decision not to tell them.
    #[schema(required)]
    first_word: Option<i64>,
    /// Next word to customers.
    #[schema(required)]
    next_word: Option<i64>,
    /// Next sitrep.
    #[schema(required)]
    sitrep: Option<i64>,
    /// Time in command before a warning.
    #[schema(required)]
    command: Option<i64>,
}

/// The promises of each severity.
#[derive(Debug, Serialize, ToSchema)]
pub struct Promises {
    sev1: Promise,
    sev2: Promise,
    sev3: Promise,
    sev4: Promise,
    unset: Promise,
    /// Minutes until the severity must be set.
    severity_within: i64,
}

/// A public update to begin with.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// What it is chosen by; no other one is called so.
    #[schema(max_length = 80)]
    name: String,
    /// `investigating`, `identified`, `monitoring`, `update` or `resolved`; null leaves the state as it is.
    state: Option<String>,
    /// The words; `{components}` stands for the names of the affected components.
    message: String,
}

impl From<domain::Template> for Template {
    fn from(one: domain::Template) -> Self {
        Self {
            name: one.name,
            state: one.state.map(|state| state.as_str().to_owned()),
            message: one.message,
        }
    }
}

impl TryFrom<Template> for domain::Template {
    type Error = String;
    fn try_from(one: Template) -> Result<Self, String> {
        Ok(Self {
            name: one.name,
            state: one.state.map(|state| state.parse()).transpose()?,
            message: one.message,
        })
    }
}

/// A status page of this server.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct StatusPage {
    /// The lasting id, “main” for the page that every house has; leave it out for a new one.
    #[serde(default)]
    id: String,
    /// What stands at its head. That of the main page is the organisation's.
    #[serde(default)]
    #[schema(max_length = 80)]
    name: String,
    /// The host names that lead to it. Once any page has one, every other host name but the house's own leads nowhere.
    #[serde(default)]
    #[schema(example = json!(["status.example.com"]))]
    hosts: Vec<String>,
    /// What it shows, with the incidents and maintenances that touch it: ids or names of components, or null for everything.
    #[serde(default)]
    components: Option<Vec<String>>,
}

impl From<domain::StatusPage> for StatusPage {
    fn from(page: domain::StatusPage) -> Self {
        let domain::StatusPage {
            id,
            name,
            hosts,
            components,
        } = page;
        let components = match components {
            Shown::All => None,
            Shown::Only(these) => Some(these.iter().map(ToString::to_string).collect()),
        };
        Self {
            id,
            name,
            hosts,
            components,
        }
    }
}

impl StatusPage {
    /// As the house keeps it.
    pub fn read(self, directory: &Directory) -> Result<domain::StatusPage, String> {
        let mut known = directory.settings.status_pages.iter();
        let is_known = |id: &str| id.is_empty() || id == domain::StatusPage::MAIN;
        if !is_known(&self.id) && !known.any(|page| page.id == self.id) {
            return Err(format!(
                "There is no status page {}. Leave the id out for a new one.",
                self.id
            ));
        }
        let component = |typed: &String| {
            let found = directory.find_component(typed).map(|one| one.id.clone());
            found.ok_or_else(|| format!("There is no component “{typed}”."))
        };
        Ok(domain::StatusPage {
            components: match &self.components {
                None => Shown::All,
                Some(these) => Shown::Only(these.iter().map(component).collect::<Result<_, _>>()?),
            },
            id: self.id,
            name: self.name,
            hosts: self.hosts,
        })
    }
}

/// What an administrator sets once for the whole house.
#[derive(Debug, Serialize, ToSchema)]
pub struct Settings {
    /// The organisation's name, shown to customers.
    organisation: String,
    /// What stands before an incident's number.
    #[schema(example = "INC")]
    prefix: String,
    /// How soon customers and the team hear, by severity.
    promises: Promises,
    /// Words that must not reach customers; the guard looks for them.
    internal_words: Vec<String>,
    /// Public updates to begin with.
    templates: Vec<Template>,
    /// E-mail addresses that get every sitrep of every incident.
    incident_list: Vec<String>,
    /// The time zone that the public page speaks in, by its IANA name.
    #[schema(example = "Europe/Berlin")]
    time_zone: String,
    /// The status pages, the main one first.
    status_pages: Vec<StatusPage>,
}

impl View<'_> {
    /// The settings.
    pub fn settings(&self) -> Settings {
        let domain::Settings {
            organisation,
            prefix,
            promises,
            internal_words,
            incident_list,
            time_zone,
            templates,
            page_code: _,
            status_pages,
        } = &self.directory.settings;
        let main = self.directory.settings.main_page();
        let further = status_pages.iter().filter(|page| !page.is_main());
        let promise = |severity| {
            let clock::Promise {
                first_word,
                next_word,
                sitrep,
                command,
            } = *promises.of(severity);
            Promise {
                first_word,
                next_word,
                sitrep,
                command,
            }
        };
        Settings {
            organisation: organisation.clone(),
            prefix: prefix.clone(),
            promises: Promises {
                sev1: promise(Severity::Sev1),
                sev2: promise(Severity::Sev2),
                sev3: promise(Severity::Sev3),
                sev4: promise(Severity::Sev4),
                unset: promise(Severity::Unset),
                severity_within: promises.severity_within,
            },
            internal_words: internal_words.clone(),
            templates: templates.iter().cloned().map(Template::from).collect(),
            incident_list: incident_list.clone(),
            time_zone: time_zone.clone(),
            status_pages: std::iter::once(main)
                .chain(further.cloned())
                .map(StatusPage::from)
                .collect(),
        }
    }
}

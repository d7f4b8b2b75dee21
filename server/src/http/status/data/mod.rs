//! What tools read: the same content as the pages, in the shapes that they know already.

mod address;
mod badge;
mod calendar;
mod feed;
mod heroku;
mod llms;
mod maintenance;
mod snapshot;
mod statuspage;
mod text;
pub(super) mod uptime;

pub(super) use heroku::{Heroku, MOST};
pub(super) use snapshot::Snapshot;
pub(super) use uptime::Sheet;

use domain::status::is_code;
use domain::time::Time;
use domain::{Impact, Number};
use serde::{Deserialize, Serialize};

/// A document for tools.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::http::status) enum Doc {
    /// Statuspage: everything that matters now.
    Summary,
    /// Statuspage: one word.
    Status,
    /// Statuspage: components and groups.
    Components,
    /// Statuspage: the last incidents.
    Incidents,
    /// Statuspage: incidents that go on.
    Unresolved,
    /// Statuspage: planned maintenances.
    Maintenances(Planned),
    /// Statuspage: one incident.
    Incident(Code),
    /// The history to follow.
    Feed(Format, Filter),
    /// One incident to follow.
    Updates(Format, Number),
    /// Windows and incidents to subscribe to.
    Calendar(Filter),
    /// As Heroku's status has it.
    Heroku(Heroku),
    /// For people with a terminal.
    Text,
    /// For language models.
    Llms,
    /// A picture to put elsewhere: of one component, or of everything.
    Badge(Option<Code>),
}

/// A shape of feeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::http::status) enum Format {
    /// RFC 4287.
    Atom,
    /// RSS 2.0.
    Rss,
    /// JSON Feed 1.1.
    Json,
}

/// Which incidents somebody wants to hear of. Written the same wherever it may stand: `?component=CODE&impact=minor`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::http::status) struct Filter {
    /// Those that name this component.
    pub component: Option<Code>,
    /// Those that are at least so bad.
    pub least: Impact,
}

impl Filter {
    /// Reads one. Nothing where it names what cannot be: a feed that silently holds everything would be wrong.
    pub fn read(component: Option<&str>, impact: Option<&str>) -> Option<Self> {
        Some(Self {
            component: match component.filter(|text| !text.is_empty()) {
                Some(text) => Some(Code::read(text)?),
                None => None,
            },
            least: match impact.filter(|text| !text.is_empty()) {
                Some(text) => text.parse().ok()?,
                None => Impact::None,
            },
        })
    }

    /// The component, where it asks for nothing else: such a filter has an address without a question.
    pub fn only_component(&self) -> Option<Code> {
        self.component.filter(|_| self.least == Impact::None)
    }

    /// As it stands in an address, with its question mark.
    pub fn query(&self) -> String {
        let component = self
            .component
            .map(|code| format!("component={}", code.text()));
        let least = (self.least != Impact::None).then(|| format!("impact={}", self.least.as_str()));
        let parts: Vec<String> = component.into_iter().chain(least).collect();
        if parts.is_empty() {
            String::new()
        } else {
            format!("?{}", parts.join("&"))
        }
    }
}

/// Which planned maintenances.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::http::status) enum Planned {
    /// The last ones.
    All,
    /// Those to come.
    Upcoming,
    /// Those that are under way.
    Active,
}

/// The code of an incident, as it stands in an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(in crate::http::status) struct Code([u8; 12]);

impl Code {
    /// Reads one.
    pub fn read(text: &str) -> Option<Self> {
        let bytes = text.as_bytes().try_into().ok()?;
        is_code(text).then_some(Self(bytes))
    }

    /// As text.
    pub fn text(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl TryFrom<String> for Code {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::read(&text).ok_or("not a code")
    }
}

impl From<Code> for String {
    fn from(code: Code) -> Self {
        code.text().to_owned()
    }
}

/// A document as it is sent.
pub(super) struct Written {
    /// Its media type.
    pub media: &'static str,
    /// The text.
    pub text: String,
}

impl Doc {
    /// Leaves in the snapshot what the document is about. False when there is no such document.
    fn fits(self, snapshot: &mut Snapshot) -> bool {
        match self {
            Self::Feed(_, Filter { component, least })
            | Self::Calendar(Filter { component, least }) => {
                let wanted = component.map(|code| snapshot.by_code(code).map(|c| c.id.clone()));
                if wanted == Some(None) {
                    return false;
                }
                let wanted = wanted.flatten();
                snapshot.incidents.retain(|incident| {
                    let names =
                        |id| incident.components.contains_key(id) || incident.named.contains(id);
                    incident.impact >= least && wanted.as_ref().is_none_or(names)
                });
                // What is planned is no incident: whoever wants to hear of bad ones only does not hear of it.
                snapshot.maintenances.retain(|one| {
                    let names = |id| one.plan.components.contains(id);
                    least == Impact::None && wanted.as_ref().is_none_or(names)
                });
                true
            }
            Self::Badge(Some(code)) => snapshot.by_code(code).is_some(),
            _ => true,
        }
    }

    /// True when it says how old it is: then it grows old by itself.
    pub fn ages(self) -> bool {
        matches!(self, Self::Text | Self::Llms)
    }

    /// Its media type and its name in a list of what one can follow; a calendar's name is a word of ours.
    pub fn followed(self) -> Option<(&'static str, Option<&'static str>)> {
        match self {
            Self::Feed(format, _) | Self::Updates(format, _) => {
                let media = format.media().split(';').next().unwrap_or_default();
                Some((media, Some(format.name())))
            }
            Self::Calendar(_) => Some(("text/calendar", None)),
            _ => None,
        }
    }

    /// Writes the document. `old` is now, where nothing newer can be read: those that people look at say so, and for those
    /// whose shape others fixed the answer's head does.
    pub fn write(self, snapshot: &Snapshot, as_of: Time, old: Option<Time>) -> Written {
        let json = |text| Written {
            media: "application/json; charset=utf-8",
            text,
        };
        match self {
            Self::Feed(format, filter) => {
                let asked = || format!("{}{}", format.address(), filter.query());
                let address = self.address().unwrap_or_else(asked);
                feed::write(format, &feed::history(filter, &address, snapshot))
            }
            Self::Updates(format, number) => {
                let address = format.of_incident(number);
                feed::write(format, &feed::updates(&address, snapshot))
            }
            Self::Calendar(_) => calendar::write(snapshot),
            Self::Heroku(heroku) => json(heroku.write(snapshot)),
            Self::Text => Written {
                media: "text/plain; charset=utf-8",
                text: text::write(snapshot, as_of, old),
            },
            // As plain text browsers show it; as Markdown they would keep it as a file.
            Self::Llms => Written {
                media: "text/plain; charset=utf-8",
                text: llms::write(snapshot, as_of, old),
            },
            Self::Badge(code) => Written {
                media: "image/svg+xml",
                text: badge::write(
                    snapshot,
                    code.and_then(|code| snapshot.by_code(code)),
                    old.map(|_| as_of),
                ),
            },
            Self::Summary
            | Self::Status
            | Self::Components
            | Self::Incidents
            | Self::Unresolved
            | Self::Maintenances(_)
            | Self::Incident(_) => json(statuspage::write(self, snapshot)),
        }
    }
}

/// The answer where no document is, and where none can be made.
pub(super) fn sorry(words: &str) -> Written {
    Written {
        media: "application/json; charset=utf-8",
        text: serde_json::json!({ "error": words }).to_string(),
    }
}

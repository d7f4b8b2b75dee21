//! What tools read: the same content as the pages, in the shapes that they know already.

mod snapshot;
mod statuspage;

pub(super) use snapshot::Snapshot;

use domain::status::is_code;

/// A document for tools.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
}

/// Which planned maintenances.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::http::status) enum Planned {
    /// The last ones.
    All,
    /// Those to come.
    Upcoming,
    /// Those that are under way.
    Active,
}

/// The code of an incident, as it stands in an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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

/// A document as it is sent.
pub(super) struct Written {
    /// Its media type.
    pub media: &'static str,
    /// The text.
    pub text: String,
}

impl Doc {
    /// The document at an address below `/api/v2/`.
    pub fn v2(path: &str) -> Option<Self> {
        Some(match path {
            "summary.json" => Self::Summary,
            "status.json" => Self::Status,
            "components.json" => Self::Components,
            "incidents.json" => Self::Incidents,
            "incidents/unresolved.json" => Self::Unresolved,
            "scheduled-maintenances.json" => Self::Maintenances(Planned::All),
            "scheduled-maintenances/upcoming.json" => Self::Maintenances(Planned::Upcoming),
            "scheduled-maintenances/active.json" => Self::Maintenances(Planned::Active),
            _ => {
                let code = path.strip_prefix("incidents/")?.strip_suffix(".json")?;
                Self::Incident(Code::read(code)?)
            }
        })
    }

    /// Writes the document.
    pub fn write(self, snapshot: &Snapshot) -> Written {
        Written {
            media: "application/json; charset=utf-8",
            text: statuspage::write(self, snapshot),
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

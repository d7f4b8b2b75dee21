//! Who does what in one incident (the Incident Command System's roles, as the seed names them).

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A role in an incident. Written `ic`, `deputy`, `comms`, `scribe`, `liaison`, `lead:NAME`, or a custom slug.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Role {
    /// Incident commander: exactly one from declare to close.
    Ic,
    /// Stands beside the commander and takes over when needed.
    Deputy,
    /// Tells customers.
    Comms,
    /// Writes down what happens.
    Scribe,
    /// Speaks with support and with partners; shown as "Support".
    Liaison,
    /// Leads one workstream.
    Lead(String),
    /// A role this organisation added.
    Custom(String),
}

impl Role {
    /// The roles that every room shows, filled or not.
    pub const STANDARD: [Self; 5] = [
        Self::Ic,
        Self::Deputy,
        Self::Comms,
        Self::Scribe,
        Self::Liaison,
    ];

    /// The word on screens, in the role column.
    pub fn label(&self) -> String {
        match self {
            Self::Ic => "Command".to_owned(),
            Self::Deputy => "Deputy".to_owned(),
            Self::Comms => "Comms".to_owned(),
            Self::Scribe => "Scribe".to_owned(),
            Self::Liaison => "Support".to_owned(),
            Self::Lead(name) => format!("Lead {name}"),
            Self::Custom(slug) => slug.clone(),
        }
    }

    /// How a sentence calls it: "Ines Alder handed command to …".
    pub fn noun(&self) -> String {
        match self {
            Self::Ic => "command".to_owned(),
            Self::Deputy => "deputy".to_owned(),
            Self::Comms => "comms".to_owned(),
            Self::Scribe => "scribe".to_owned(),
            Self::Liaison => "support".to_owned(),
            Self::Lead(name) => format!("lead of {name}"),
            Self::Custom(slug) => slug.clone(),
        }
    }

    /// The role card: five lines of duty, shown to who holds it.
    pub fn card(&self) -> [&'static str; 5] {
        match self {
            Self::Ic => [
                "You lead the response. You do not fix things yourself.",
                "Know who is here and give every problem an owner.",
                "Name somebody for comms; customers hear within minutes.",
                "Send a sitrep when the picture changes, and before it is due.",
                "Hand over before you are tired, by name and aloud.",
            ],
            Self::Deputy => [
                "You know what the commander knows, and can take over at once.",
                "Watch the clocks and say which one runs out next.",
                "Bring in the people who are missing.",
                "Ask the question that nobody has asked.",
                "Take command when it is handed to you, or by force if nobody answers.",
            ],
            Self::Comms => [
                "You tell customers what they notice, what they can do, and when they hear next.",
                "Say it early, even when it is little. Keep the promised time.",
                "No host names, no people, no blame.",
                "Ask the commander for what you need to know; do not wait for certainty.",
                "Tell them when it is over, and what happens now.",
            ],
            Self::Scribe => [
                "You write down what is said and done, with the time.",
                "Record decisions with their reason.",
                "Put in late what happened earlier; its own time is what counts.",
                "Keep links to graphs and logs where others find them.",
                "Ask people to repeat what you did not catch.",
            ],
            Self::Liaison => [
                "You carry word between the room and support, partners and managers.",
                "Bring in what customers report: how many, what they see.",
                "Ask for an update on their behalf; they do not come in and ask.",
                "Pass on the sitrep, not rumours.",
                "Say when their questions show that the public text is unclear.",
            ],
            Self::Lead(_) | Self::Custom(_) => [
                "You own one part of the work and report to the commander.",
                "Say what you try before you try it, and what came of it.",
                "Ask for people and access as soon as you need them.",
                "Say when something turned out not to be the cause.",
                "Tell the commander before you leave.",
            ],
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ic => f.write_str("ic"),
            Self::Deputy => f.write_str("deputy"),
            Self::Comms => f.write_str("comms"),
            Self::Scribe => f.write_str("scribe"),
            Self::Liaison => f.write_str("liaison"),
            Self::Lead(name) => write!(f, "lead:{name}"),
            Self::Custom(slug) => f.write_str(slug),
        }
    }
}

impl From<Role> for String {
    fn from(role: Role) -> Self {
        role.to_string()
    }
}

impl TryFrom<String> for Role {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl FromStr for Role {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim().to_lowercase();
        let (head, name) = text
            .split_once(':')
            .map_or((text.as_str(), None), |(h, n)| (h, Some(n.trim())));
        match (head, name) {
            ("ic" | "command", None) => Ok(Self::Ic),
            ("deputy", None) => Ok(Self::Deputy),
            ("comms", None) => Ok(Self::Comms),
            ("scribe", None) => Ok(Self::Scribe),
            ("liaison" | "support", None) => Ok(Self::Liaison),
            ("lead", Some(name)) if is_slug(name) => Ok(Self::Lead(name.to_owned())),
            (slug, None) if is_slug(slug) && slug != "lead" => Ok(Self::Custom(slug.to_owned())),
            _ => Err(format!(
                "“{text}” is not a role. Use ic, deputy, comms, scribe, liaison, lead:NAME, or a word of letters, digits and hyphens."
            )),
        }
    }
}

fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.chars().count() <= 40
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

//! What a client asked for, and what it heard.

use crate::net::Reply;

/// What was asked for. Every one carries a tag of its own, by which what came of it is found again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A new incident, the tag being its title.
    Declare,
    /// A note.
    Note,
    /// A sitrep and a word to customers in one.
    Both,
    /// Command goes to the person with this id; nothing happens if they have it.
    HandOver(String),
    /// Command is taken by force by the person with this id; nothing happens if they have it.
    Take(String),
    /// Another title, and perhaps another phase.
    Change,
    /// Open again after it was resolved.
    Reopen,
}

impl What {
    /// The kinds of the events that carry the tag when it was done, each once.
    pub fn leaves(&self) -> &'static [&'static str] {
        match self {
            Self::Declare => &["declared"],
            Self::Note => &["noted"],
            Self::Both => &["sitrep_sent", "public_update_published"],
            Self::HandOver(_) => &["role_handed_over"],
            Self::Take(_) => &["command_taken"],
            Self::Change => &["title_changed"],
            Self::Reopen => &["reopened"],
        }
    }
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was done: the incident, and its version after it.
    Acknowledged {
        /// Which.
        incident: i64,
        /// After it.
        version: i64,
    },
    /// It was not, and will not be: the problem's name.
    Refused(String),
    /// Nobody said in time.
    Unknown,
    /// An answer that no fault excuses.
    Broken(String),
}

/// A command and what became of it.
#[derive(Debug, Clone)]
pub struct Asked {
    /// What it is found by.
    pub tag: String,
    /// What was asked for.
    pub what: What,
    /// What became of it.
    pub outcome: Outcome,
    /// How often no answer came, or one that nobody knows.
    pub lost: u64,
    /// Whether the answer was one given again.
    pub replayed: bool,
}

impl Asked {
    /// The number of the incident that this declared.
    pub fn declared(&self) -> Option<i64> {
        match (&self.what, &self.outcome) {
            (What::Declare, Outcome::Acknowledged { incident, .. }) => Some(*incident),
            _ => None,
        }
    }
}

/// What an answer means; nothing when it means: ask again, with the same key.
pub fn outcome(reply: &Reply, incident: Option<i64>) -> Option<Outcome> {
    let json = reply.json();
    let problem = || {
        let name = json["type"].as_str().unwrap_or_default();
        name.rsplit(':').next().unwrap_or_default().to_owned()
    };
    match reply.status {
        200 | 201 => {
            let version = reply.header("etag").trim_matches('"').parse();
            let incident = incident.or_else(|| json["incident"]["number"].as_i64());
            Some(match (incident, version) {
                (Some(incident), Ok(version)) => Outcome::Acknowledged { incident, version },
                _ => Outcome::Broken(reply.text.clone()),
            })
        }
        503 => None,
        409 if problem() == "in-progress" => None,
        403 | 409 | 422 => Some(Outcome::Refused(problem())),
        other => Some(Outcome::Broken(format!("{other} {}", reply.text))),
    }
}

//! What each screen is made from: plain data that the server gathers and the browser keeps alive.

use domain::directory::{Directory, Person};
use domain::incident::{Entry, SentSitrep, Summary};
use domain::status::PublicState;
use domain::time::Time;
use domain::{Incident, Kind, Look, Maintenance, Number, PersonId, Phase, Severity};
use serde::{Deserialize, Serialize};

/// Who is signed in and what everybody may look up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Me {
    /// The signed-in person.
    pub person: Person,
    /// People, components, settings.
    pub directory: Directory,
    /// How the person likes the screens.
    pub preference: Preference,
    /// The build that made this page; another one on the live stream means a deploy.
    pub build: String,
}

/// How a person likes the screens.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preference {
    /// `light`, `night`, or empty for what the device says.
    pub theme: String,
    /// True when single keys are switched off.
    pub keys_off: bool,
}

/// The board.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Board {
    /// Open ones and those that are resolved and not finished.
    pub incidents: Vec<Summary>,
    /// The incident that was resolved last, told only while nothing is open.
    pub last: Option<Summary>,
    /// The position this was made from; the live stream goes on after it.
    pub position: i64,
}

/// What the list of all incidents is filtered by. Every field is part of the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// Words in titles, notes, sitreps and public messages.
    pub q: String,
    /// Only these phases; all when empty.
    pub phases: Vec<Phase>,
    /// Only these severities; all when empty.
    pub severities: Vec<Severity>,
    /// Only this kind.
    pub kind: Option<Kind>,
    /// The page goes on before this number.
    pub before: Option<Number>,
}

/// A page of the list, the newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Listing {
    /// The incidents.
    pub incidents: Vec<Summary>,
    /// Where the next page begins.
    pub next: Option<Number>,
}

/// How near somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nearness {
    /// The room is open and in front.
    Here,
    /// The room was open a moment ago.
    Away,
}

/// Somebody who has the room open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    /// Who.
    pub person: PersonId,
    /// How near.
    pub nearness: Nearness,
    /// When last seen.
    pub seen_at: Time,
}

/// The war room.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Room {
    /// The incident as it stands.
    pub incident: Incident,
    /// The newest entries of the timeline, the oldest first.
    pub entries: Vec<Entry>,
    /// True when there are earlier ones.
    pub more: bool,
    /// Who has the room open.
    pub presence: Vec<Presence>,
    /// The sitrep this person read before the current one, for "changed since you last read", and when they read it.
    pub read: Option<(SentSitrep, Time)>,
    /// Whom the current sitrep reached; nothing before the first.
    pub reach: Option<Reach>,
    /// The position this was made from.
    pub position: i64,
}

/// Whom a sitrep reached.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reach {
    /// Which sitrep.
    pub version: i64,
    /// Everybody who is in the incident, has read it, or gets it by mail.
    pub people: Vec<Reached>,
}

/// Somebody whom a sitrep reached, or should reach.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reached {
    /// Their name, or the address on the incident list.
    pub name: String,
    /// Who; nobody for an address on the list.
    pub person: Option<PersonId>,
    /// When they had it before their eyes.
    pub seen_at: Option<Time>,
    /// Where their letter is; nothing where none was written.
    pub mail: Option<MailState>,
}

/// Where a letter is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum MailState {
    /// It has not gone out.
    Waiting {
        /// Its key.
        letter: String,
        /// Why it did not go out before.
        trouble: Option<String>,
    },
    /// The mail server has it.
    Sent {
        /// Since when.
        at: Time,
    },
    /// It is not tried again by itself.
    Failed {
        /// Its key.
        letter: String,
        /// Why, and what to do.
        trouble: String,
    },
}

/// What has not gone out of the house.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Post {
    /// Whom letters are from; nobody where no mail server is set up.
    pub from: Option<String>,
    /// How many letters wait.
    pub waiting: i64,
    /// Since when the oldest does.
    pub oldest: Option<Time>,
    /// How many were given up.
    pub failed: i64,
    /// Those in trouble, a page of them.
    pub troubled: Vec<Undelivered>,
}

/// A letter in trouble.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Undelivered {
    /// What it is: "Sitrep 3 of INC-142".
    pub about: String,
    /// Where it should go.
    pub to: String,
    /// How often it was tried.
    pub tries: i64,
    /// Where it is.
    pub mail: MailState,
}

/// A field of the draft that everybody who writes an update shares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftField {
    /// Its name in the form.
    pub field: String,
    /// What was written; nothing once it was sent or given up.
    pub text: Option<String>,
    /// How often it was changed. A write names the revision that it was made on.
    pub revision: i64,
    /// Who changed it last.
    pub by: PersonId,
    /// When.
    pub at: Time,
}

/// How a command is sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sending {
    /// What it is known by when it is sent again.
    pub key: Option<String>,
    /// The fields of the draft that it was made of, each at the revision that the writer saw.
    pub drafted: Vec<(String, i64)>,
}

impl Sending {
    /// Known by a key, and made of no draft.
    pub fn once(key: String) -> Self {
        Self {
            key: Some(key),
            drafted: Vec::new(),
        }
    }
}

/// The one form, ready to write in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UpdatePage {
    /// The incident as it stands, with the last sitrep and the last public word.
    pub incident: Incident,
    /// What somebody has written in it already.
    pub draft: Vec<DraftField>,
    /// True when the sitrep goes by mail, too.
    pub mailed: bool,
    /// The position this was made from.
    pub position: i64,
}

/// One line of the sitrep log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SitrepHead {
    /// The version.
    pub version: i64,
    /// When it was sent.
    pub sent_at: Time,
    /// Who sent it.
    pub by: String,
    /// The human one-liner.
    pub headline: Option<String>,
    /// The computed line.
    pub summary: String,
    /// Words added and removed against the one before; none for the first.
    pub changes: Option<(usize, usize)>,
}

/// The log of an incident's sitreps with what the scrubber shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SitrepLog {
    /// The incident.
    pub incident: Summary,
    /// The versions, the oldest first.
    pub heads: Vec<SitrepHead>,
    /// When each phase began, in order.
    pub phases: Vec<(Phase, Time)>,
    /// When customers were told what.
    pub told: Vec<(PublicState, Time)>,
    /// The position this was made from.
    pub position: i64,
}

/// Two sitreps beside each other, or the first one alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The older one; nothing when there is only the first.
    pub from: Option<SentSitrep>,
    /// The newer one.
    pub to: SentSitrep,
    /// Field by field, word by word.
    pub diff: domain::diff::Diff,
}

/// How a person gets in, and where they are signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Devices {
    /// The browsers, the last used first.
    pub devices: Vec<Device>,
    /// True when there is a password beside links.
    pub password: bool,
}

/// A browser that is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// The session's id (not its secret).
    pub id: String,
    /// What the browser calls itself, shortened.
    pub label: String,
    /// When it signed in.
    pub created_at: Time,
    /// When it was last seen.
    pub seen_at: Time,
    /// True for the one that asks.
    pub current: bool,
}

/// An API token as it is listed; the secret is shown once, when it is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Its id.
    pub id: String,
    /// What it is for.
    pub name: String,
    /// Whose it is.
    pub person: PersonId,
    /// `read`, `write` or `admin`.
    pub scope: String,
    /// When it was made.
    pub created_at: Time,
    /// When it was last used.
    pub last_used_at: Option<Time>,
}

/// What only administrators see of the house.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// API tokens that work.
    pub tokens: Vec<Token>,
    /// What has not gone out.
    pub post: Post,
    /// How the public page is dressed.
    pub look: Look,
}

/// What of the log is asked for. Every field is part of the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AuditFilter {
    /// Only what this person did.
    pub by: Option<PersonId>,
    /// The page goes on before this position.
    pub before: Option<i64>,
}

/// A page of what happened outside incidents, the newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AuditPage {
    /// The entries.
    pub entries: Vec<AuditEntry>,
    /// Where the next page begins.
    pub next: Option<i64>,
}

/// Something that happened outside incidents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// Place in the order of everything.
    pub position: i64,
    /// When.
    pub at: Time,
    /// What, in a sentence.
    pub words: String,
}

/// A window as it is typed, by the clock of the page: "2026-11-24T01:30".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaintenanceWindow {
    /// When it begins.
    pub from: String,
    /// When it is to be over.
    pub to: String,
}

/// A planned maintenance, with its window as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// It.
    pub maintenance: Maintenance,
    /// Its window.
    pub window: MaintenanceWindow,
}

/// Planned maintenance: what is under way or lies ahead, and the last ones that are over.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plans {
    /// In the order of their windows.
    pub open: Vec<Planned>,
    /// The newest first.
    pub over: Vec<Planned>,
    /// A window that a new one may begin with: the coming night.
    pub suggested: MaintenanceWindow,
    /// The position this was made from; the live stream goes on after it.
    pub position: i64,
}

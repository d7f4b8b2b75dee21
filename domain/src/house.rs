//! What happened outside incidents, as the log keeps it under the stream `house`, and the sentence each becomes.

mod describe;

use crate::directory::AccountRole;
use crate::id::{ComponentId, PersonId};
use crate::maintenance::{MaintenanceNumber, MaintenanceState};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Something that happened outside incidents. There is never a secret in it, nor the hash of one.
///
/// A field that was added later has a default: entries of older builds are read for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data", rename_all = "snake_case")]
pub enum HouseEvent {
    /// Somebody has an account.
    PersonAdded {
        /// Who.
        id: PersonId,
        /// What people type after an @.
        handle: String,
        /// The name at that time.
        name: String,
        /// What they may do.
        role: AccountRole,
        /// True while they have access.
        active: bool,
    },
    /// An account is another.
    PersonChanged {
        /// Whose.
        id: PersonId,
        /// The handle after it.
        handle: String,
        /// The name after it.
        name: String,
        /// The role after it.
        role: AccountRole,
        /// True when they have access after it.
        active: bool,
        /// What is another than before, in this order.
        #[serde(default)]
        changed: Vec<PersonPart>,
        /// The name before, where that changed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        was: Option<String>,
    },
    /// There is a new component.
    ComponentAdded {
        /// Which.
        id: ComponentId,
        /// Its name.
        name: String,
    },
    /// A component is another.
    ComponentChanged {
        /// Which.
        id: ComponentId,
        /// Its name after it.
        name: String,
    },
    /// A component is not there any more.
    ComponentRemoved {
        /// Which.
        id: ComponentId,
        /// Its name.
        #[serde(default)]
        name: String,
    },
    /// A group of components is another.
    GroupChanged {
        /// What it is called after it.
        name: String,
        /// What it was called.
        was: String,
    },
    /// Components came from another page.
    ComponentsImported {
        /// How many are new.
        added: usize,
        /// How many were here.
        changed: usize,
    },
    /// Somebody undid what they had done to components and groups.
    ComponentsPutBack {},
    /// Components stand in another order.
    ComponentsOrdered {
        /// Those that were put first, in order.
        order: Vec<ComponentId>,
    },
    /// The settings are others.
    SettingsChanged {
        /// Which, by their names on the wire.
        #[serde(default)]
        changed: Vec<String>,
    },
    /// The public page is dressed in another way.
    LookChanged {
        /// Which parts, by their names on the wire.
        #[serde(default)]
        changed: Vec<String>,
    },
    /// A maintenance is planned.
    MaintenanceScheduled {
        /// Which.
        number: MaintenanceNumber,
        /// What it is.
        title: String,
    },
    /// The plan of a maintenance is another.
    MaintenanceChanged {
        /// Which.
        number: MaintenanceNumber,
        /// What it is.
        title: String,
    },
    /// Customers were told of a maintenance.
    MaintenanceTold {
        /// Which.
        number: MaintenanceNumber,
        /// What it is.
        title: String,
        /// Where it stands then.
        state: MaintenanceState,
    },
    /// The owner of a maintenance was reminded.
    MaintenanceReminded {
        /// Which.
        number: MaintenanceNumber,
        /// What it is.
        title: String,
        /// True when it was late, and not only near.
        overdue: bool,
    },
    /// Maintenances came from another page.
    MaintenancesImported {
        /// How many are new.
        added: usize,
        /// How many were here.
        changed: usize,
    },
    /// There is a new API token.
    TokenAdded {
        /// Which.
        id: String,
        /// Its name.
        name: String,
        /// On whose behalf it acts.
        person: PersonId,
        /// What it may do.
        scope: String,
    },
    /// An API token does not work any more.
    TokenRevoked {
        /// Which.
        id: String,
        /// Its name.
        #[serde(default)]
        name: String,
    },
    /// A sign-in link was made.
    LinkMade {
        /// Whom it lets in.
        person: PersonId,
    },
    /// Somebody got in.
    SignedIn {
        /// Who.
        person: PersonId,
        /// How.
        way: Way,
        /// The device in words.
        device: String,
    },
    /// A device is not signed in any more.
    SignedOut {
        /// Whose.
        person: PersonId,
        /// The device in words.
        device: String,
    },
    /// All of somebody's devices but the one in hand are not signed in any more, and no link that is on its way works.
    OthersSignedOut {
        /// Whose.
        person: PersonId,
        /// How many devices.
        count: u64,
    },
    /// Somebody has a password, or another one.
    PasswordSet {
        /// Who.
        person: PersonId,
        /// How many other devices it signed out.
        #[serde(default)]
        count: u64,
    },
    /// Somebody has no password any more.
    PasswordRemoved {
        /// Who.
        person: PersonId,
        /// How many other devices it signed out.
        #[serde(default)]
        count: u64,
    },
    /// So many passwords in a row were wrong.
    SignInsFailed {
        /// Whose password it was not.
        person: PersonId,
        /// How many.
        count: i64,
    },
}

/// A part of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonPart {
    /// Whether they have access.
    Active,
    /// What they may do.
    Role,
    /// The name.
    Name,
    /// What people type after an @.
    Handle,
    /// Where they are reached.
    Email,
}

/// How somebody gets in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// By a link that works once.
    Link,
    /// With a password.
    Password,
}

impl HouseEvent {
    /// Reads an entry of the log; `None` when another build wrote it in a form that this one does not know.
    pub fn read(kind: &str, data: &Value) -> Option<Self> {
        serde_json::from_value(json!({ "kind": kind, "data": data })).ok()
    }

    /// The kind and the data, as the log keeps them.
    pub fn written(&self) -> (String, Value) {
        let mut value = serde_json::to_value(self).unwrap_or_default();
        let kind = value["kind"].as_str().unwrap_or_default().to_owned();
        (kind, value["data"].take())
    }

    /// True for what customers see of it at once, whatever it was before.
    pub fn is_public(&self) -> bool {
        matches!(
            self,
            Self::LookChanged { .. }
                | Self::MaintenanceScheduled { .. }
                | Self::MaintenanceChanged { .. }
                | Self::MaintenanceTold { .. }
                | Self::MaintenancesImported { .. }
        )
    }

    /// True for what only says who got in and how. No screen but that of the log shows it, so it wakes none; all it may
    /// mean for an open stream is that its reader was shut out.
    pub fn is_access(&self) -> bool {
        match self {
            Self::LinkMade { .. }
            | Self::SignedIn { .. }
            | Self::SignedOut { .. }
            | Self::OthersSignedOut { .. }
            | Self::PasswordSet { .. }
            | Self::PasswordRemoved { .. }
            | Self::SignInsFailed { .. } => true,
            Self::PersonAdded { .. }
            | Self::PersonChanged { .. }
            | Self::ComponentAdded { .. }
            | Self::ComponentChanged { .. }
            | Self::ComponentRemoved { .. }
            | Self::GroupChanged { .. }
            | Self::ComponentsImported { .. }
            | Self::ComponentsPutBack {}
            | Self::ComponentsOrdered { .. }
            | Self::SettingsChanged { .. }
            | Self::LookChanged { .. }
            | Self::MaintenanceScheduled { .. }
            | Self::MaintenanceChanged { .. }
            | Self::MaintenanceTold { .. }
            | Self::MaintenanceReminded { .. }
            | Self::MaintenancesImported { .. }
            | Self::TokenAdded { .. }
            | Self::TokenRevoked { .. } => false,
        }
    }
}

//! The rules of Muster, and nothing else.
//!
//! Architecture invariants:
//! - No IO, no clock, no randomness, no async. Time, ids and the acting person come in with [`Context`].
//! - [`incident::decide()`] says what happens, [`Incident::apply`] makes it so, [`incident::effects`] says what must leave
//!   the house. The same code runs in the server and in the browser.
//! - `apply` is total: a stored event is a fact and cannot be refused.
//! - Nothing in [`status`] can reach an internal text: it sees events only through [`status::fact`].
//! - No wildcard in a match over events or commands: a new kind is a compile error at every place that must know it.
#![deny(clippy::wildcard_enum_match_arm)]

pub mod clock;
pub mod diff;
pub mod directory;
pub mod event;
pub mod guard;
pub mod house;
pub mod id;
pub mod incident;
pub mod look;
pub mod maintenance;
pub mod markdown;
pub mod needs;
pub mod pages;
pub mod remind;
pub mod secret;
pub mod status;
pub mod template;
pub mod text;
pub mod time;

pub use directory::{AccountRole, Component, Directory, Group, Opens, Person, PersonRef, Settings};
pub use event::{Context, Proposed, Recorded};
pub use house::HouseEvent;
pub use id::{ComponentId, Number, PersonId};
pub use incident::{
    Confidence, Incident, IncidentCommand, IncidentEvent, Kind, Phase, Rejection, Role, Severity,
    Summary,
};
pub use look::{Link, Look};
pub use maintenance::{Maintenance, MaintenanceNumber, MaintenanceState};
pub use pages::StatusPage;
pub use status::{ComponentStatus, Impact, PublicState};
pub use template::Template;

//! Things as the API shows them. Each shape is made from a domain type by taking it apart field by field, so that a new
//! field is a compile error here and never slips out, or stays in, unnoticed.

mod event;
mod house;
mod incident;
mod people;
mod sitrep;
pub mod words;

pub use event::{Diff, Event, diff};
pub use house::{Component, Settings, StatusPage, Template};
pub use incident::{Incident, IncidentHead};
pub use people::{ComponentRef, Person, PersonRef};
pub use sitrep::{PublicUpdate, Sitrep};

use domain::Directory;

/// How things are shown: with names in place of bare ids.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// Where names are looked up.
    pub directory: &'a Directory,
    /// Where people reach this server.
    pub base_url: &'a str,
}

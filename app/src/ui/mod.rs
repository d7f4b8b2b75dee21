//! Small parts that every screen is made of.
mod clock;
mod connection;
mod diff;
#[cfg(test)]
pub(crate) mod example;
mod face;
pub mod focus;
mod icon;
pub mod keys;
mod markdown;
mod once;
mod page;
mod person;
mod phase;
mod severity;
mod status;
mod textarea;
pub mod theme;
mod time;
mod words;

pub use clock::{Clock, ClockNews, StripClock, state_icon, state_name};
pub use diff::{Delta, DiffList, DiffSide, DiffText, FieldDelta};
pub use face::Face;
pub use icon::{Icon, Sprite};
pub use markdown::{Markdown, MarkdownNews, Said};
pub use once::Once;
pub use page::Page;
pub(crate) use page::TopBar;
pub use person::{Name, You};
pub use phase::{PhaseBars, PhaseStepper};
pub use severity::SeverityMark;
pub use status::{StatusMark, status_class, status_icon};
pub use textarea::TextArea;
pub use time::{Ago, At};
pub use words::Words;

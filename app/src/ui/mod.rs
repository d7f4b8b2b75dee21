//! Small parts that every screen is made of.
mod diff;
mod icon;
mod page;
mod severity;
mod textarea;
mod time;
mod words;

pub use diff::{Delta, DiffList, DiffSide, DiffText, FieldDelta};
pub use icon::{Icon, Sprite};
pub use page::Page;
pub use severity::SeverityMark;
pub use textarea::TextArea;
pub use time::{Ago, At};
pub use words::Words;

//! Small parts that every screen is made of.
mod icon;
mod page;
mod severity;
mod textarea;
mod time;

pub use icon::{Icon, Sprite};
pub use page::Page;
pub use severity::SeverityMark;
pub use textarea::TextArea;
pub use time::{Ago, At};

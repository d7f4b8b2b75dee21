//! Small parts that every screen is made of.
mod icon;
mod page;
mod textarea;
mod time;

pub use icon::{Icon, Sprite};
pub use page::Page;
pub use textarea::TextArea;
pub use time::{Ago, At};

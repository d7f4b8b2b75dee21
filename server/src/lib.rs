//! The process.

pub mod clock;
pub mod http;
pub mod store;

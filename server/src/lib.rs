//! The process.

pub mod http;
pub mod store;

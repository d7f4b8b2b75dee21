//! The process.

pub mod store;

//! The edge: everything that speaks HTTP.

pub mod assets;
mod encoding;
pub mod status;

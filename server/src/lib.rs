//! The process: HTTP, storage, live streams.
//!
//! Arrows: `http -> services -> store`, `outbox -> services`, `timers -> services`; nothing imports `http`.
#![recursion_limit = "512"]

pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod doctor;
pub mod http;
pub mod hub;
pub mod ids;
pub mod import;
pub mod look;
pub mod metrics;
pub mod outbox;
pub mod serve;
pub mod services;
pub mod store;
pub mod telemetry;
pub mod timers;

/// The name of this build: the hashed name of what browsers load, so that it changes exactly when they must load anew.
pub fn build() -> String {
    http::assets::manifest().wasm.clone()
}

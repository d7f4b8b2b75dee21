//! The screens and the server functions. Knows no SQL and no sockets: everything it asks of the server goes through the
//! one trait in [`backend`], handed over in the Leptos context.
#![expect(
    clippy::needless_pass_by_value,
    reason = "the props of a component are owned"
)]
#![recursion_limit = "512"]

#[cfg(all(feature = "ssr", feature = "hydrate"))]
compile_error!("`ssr` and `hydrate` exclude each other: build `server` and `frontend` apart");

pub mod api;
pub mod backend;
pub mod data;
pub mod error;
pub mod forms;
pub mod house;
pub mod keep;
pub mod live;
pub mod me;
pub mod now;
pub mod once;
pub mod pages;
pub mod shell;
pub mod ui;

pub use error::AppError;
pub use shell::{App, Assets, shell};

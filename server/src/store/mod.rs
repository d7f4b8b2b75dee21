//! Where everything is kept: SQLite by default, PostgreSQL when one machine is not enough.
//!
//! Architecture invariants:
//! - One door to write history: [`Log::commit`] and [`House::change_house`]. Positions are taken there and nowhere else,
//!   from one locked row, so whoever has read up to a position has missed nothing below it.
//! - What a commit answered is on disk, with every read model that follows from it.
//! - Read models are disposable: [`Ops::rebuild`] makes the same rows again from the log.
//! - Nothing here reads a clock or makes an id: times and ids come in.

mod access;
mod db;
mod drafts;
mod error;
mod house;
mod idempotency;
mod incidents;
mod log;
mod maintenance;
mod ops;
mod outbox;
mod public;
mod room;
mod sql;
mod times;

use std::sync::Arc;

pub use access::{
    Access, AccessChange, Attempt, Counter, NewLink, NewSession, NewToken, Scope, Session, Token,
};
pub use drafts::{Drafted, Drafting, Drafts};
pub use error::{CommitError, HouseError, StoreError};
pub use house::{House, HouseChange, HouseEntry};
pub use idempotency::{Answer, Idempotency, Request, Reserved};
pub use incidents::{Incidents, Listing, Page, SitrepHead};
pub use log::{CarriedOut, Commit, Committed, Log, Logged, Once, Redact, Target};
pub use maintenance::Maintenances;
pub use ops::{Checkup, Ops, RebuildReport, WriterFigures};
pub use outbox::{Backlog, Letter, NewLetter, Outbox, Posted, Standing, Taken, Tried};
pub use public::{Past, PublicSide};
pub use room::{Preference, Present, Room};

/// Everything the process keeps, by concern. Object safe; handed around as `Arc<dyn Store>`.
pub trait Store:
    Log
    + Incidents
    + PublicSide
    + Maintenances
    + House
    + Access
    + Room
    + Drafts
    + Outbox
    + Idempotency
    + Ops
    + 'static
{
}

/// Opens the store at an address: `sqlite:PATH` for a file, `postgres://…` for a server. Neither migrates nor asks for it:
/// [`Ops::migrate`] does, [`Ops::ready`] says whether it is needed.
pub async fn open(url: &str) -> Result<Arc<dyn Store>, StoreError> {
    Ok(Arc::new(sql::SqlStore::open(url).await?))
}

/// Opens the store on a PostgreSQL server that may be away: nothing is asked of it yet. Needs a running runtime.
pub fn open_unseen(url: &str) -> Result<Arc<dyn Store>, StoreError> {
    Ok(Arc::new(sql::SqlStore::open_unseen(url)?))
}

//! What can go wrong in the store. Details are for the process's log; people get [`StoreError::public`] at the most.

use domain::Number;
use thiserror::Error;

/// The store could not do what was asked.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The address of the database is of no form that Muster knows; the words name the accepted forms and no password.
    #[error("{0}")]
    Address(String),
    /// The database cannot be opened or is not fit for use; the words say why and what to do.
    #[error("{0}")]
    Unfit(String),
    /// Migrations are missing.
    #[error(
        "the database lacks {} migration(s): {}. Run `muster migrate`, or start without --no-migrate.",
        .0.len(),
        .0.join(", ")
    )]
    Pending(Vec<String>),
    /// A stored row cannot be read back; a mistake of ours or a change by hand.
    #[error("a stored row cannot be read: {0}")]
    Corrupt(String),
    /// A commit that makes no sense whatever the state: a mistake of the caller.
    #[error("not a commit: {0}")]
    Senseless(&'static str),
    /// The store is being closed and takes no more commits.
    #[error("the store is closed")]
    Closed,
    /// The transaction was undone, and all that shared it.
    #[error("the transaction was undone: {0}")]
    Undone(String),
    /// The database was told to keep the transaction, and nobody heard whether it did. Known after reading again.
    #[error("whether the transaction was kept is not known: {0}")]
    Lost(String),
    /// The database refused or cannot be reached.
    #[error("the database: {0}")]
    Database(#[from] sqlx::Error),
    /// Migrating failed.
    #[error("migrating the database: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
}

impl StoreError {
    /// One word that may leave the process.
    pub fn public(&self) -> &'static str {
        match self {
            Self::Address(_) | Self::Unfit(_) | Self::Pending(_) | Self::Migration(_) => "unready",
            Self::Closed | Self::Undone(_) | Self::Lost(_) | Self::Database(_) => "unavailable",
            Self::Corrupt(_) | Self::Senseless(_) => "broken",
        }
    }

    /// True when the database is away and certainly nothing was kept, so that trying again can do no harm.
    pub fn leaves_no_trace(&self) -> bool {
        self.public() == "unavailable" && !matches!(self, Self::Lost(_))
    }
}

/// Why a commit did not happen. Nothing of it was kept.
#[derive(Debug, Error)]
pub enum CommitError {
    /// Somebody else was first: decide again on the state as it is now.
    #[error("the incident is at version {actual} by now")]
    Conflict {
        /// The version the incident is at.
        actual: i64,
    },
    /// The same thing came in before.
    #[error("already imported as {number}")]
    AlreadyImported {
        /// The incident that it became.
        number: Number,
    },
    /// A command with this key was carried out before: [`Log::carried_out`](super::Log::carried_out) says what it came to.
    #[error("already carried out")]
    AlreadyCarriedOut,
    /// The store could not.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for CommitError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Why a change to people, components, settings or tokens did not happen. Nothing of it was kept.
#[derive(Debug, Error)]
pub enum HouseError {
    /// Another person has the handle.
    #[error("the handle is taken")]
    HandleTaken,
    /// Another person has the e-mail.
    #[error("the e-mail is taken")]
    EmailTaken,
    /// Another component has the name, or another token in force.
    #[error("the name is taken")]
    NameTaken,
    /// There is nothing with this id.
    #[error("there is no such thing")]
    Unknown,
    /// It was asked for before, with this key.
    #[error("already asked for")]
    AskedBefore,
    /// Somebody else has changed it meanwhile.
    #[error("it was changed meanwhile")]
    Stale,
    /// Nobody would be left who may administer.
    #[error("this is the last administrator")]
    LastAdmin,
    /// The store could not.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for HouseError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

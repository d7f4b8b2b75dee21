//! How people and programs get in: sessions, one-time sign-in links, passwords, API tokens. Only hashes of secrets are kept.

use super::StoreError;
use async_trait::async_trait;
use chrono::TimeDelta;
use domain::time::Time;
use domain::{Person, PersonId};
use std::fmt;
use std::str::FromStr;

/// A session to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSession {
    /// Its id, shown in the list of devices.
    pub id: String,
    /// Whose.
    pub person: PersonId,
    /// The hash of the cookie's secret.
    pub token_hash: String,
    /// The device in words.
    pub label: String,
    /// Now.
    pub created_at: Time,
    /// When it ends by itself.
    pub expires_at: Time,
}

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: String,
    /// Whose.
    pub person: PersonId,
    /// The device in words.
    pub label: String,
    /// When it began.
    pub created_at: Time,
    /// When it was last used, roughly.
    pub seen_at: Time,
    /// When it ends by itself.
    pub expires_at: Time,
}

/// A one-time sign-in link to hand out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLink {
    /// The hash of its secret.
    pub token_hash: String,
    /// Who signs in with it.
    pub person: PersonId,
    /// Now.
    pub created_at: Time,
    /// Until when it works.
    pub expires_at: Time,
}

/// A change to who is signed in, or how they get in. Each leaves an entry in the log that wakes no screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccessChange {
    /// Keeps a sign-in link, beside those that the person has.
    AddLink(NewLink),
    /// Keeps a sign-in link in place of all that the person has and did not spend.
    ReplaceLinks(NewLink),
    /// Spends a link of the session's person and begins the session, both or neither. It lets in once, also when two ask
    /// in the same instant; refused for whoever comes second, and when the link is old, unknown or somebody else's.
    SpendLink {
        /// The hash of the link's secret.
        token_hash: String,
        /// What begins.
        session: NewSession,
    },
    /// Begins a session of somebody whose password was right; refused when it is another by now.
    Begin {
        /// The kept hash that the password was held against.
        password_hash: String,
        /// What begins.
        session: NewSession,
    },
    /// Ends one of a person's sessions; refused when there is none to end.
    End {
        /// Whose.
        person: PersonId,
        /// Which.
        session: String,
    },
    /// Ends all of a person's sessions but `except`, and spends their sign-in links.
    EndOthers {
        /// Whose.
        person: PersonId,
        /// The one that stays.
        except: Option<String>,
    },
    /// Keeps a password; ends what [`AccessChange::EndOthers`] ends.
    PutPassword {
        /// Whose.
        person: PersonId,
        /// Its hash, with salt and parameters.
        hash: String,
        /// The session that stays.
        except: Option<String>,
    },
    /// Forgets a password; ends what [`AccessChange::EndOthers`] ends.
    RemovePassword {
        /// Whose.
        person: PersonId,
        /// The session that stays.
        except: Option<String>,
    },
    /// Says how many passwords in a row were wrong.
    NoteFailures {
        /// Whose they were not.
        person: PersonId,
        /// How many.
        count: i64,
    },
}

/// Something that failed attempts are counted by, in every process alike.
#[derive(Debug, Clone)]
pub struct Counter {
    /// Its name, a hash: neither addresses nor what was typed are kept.
    pub key: String,
    /// How long the next attempt waits after so many.
    pub wait: fn(i64) -> TimeDelta,
}

/// What became of asking for an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// It may be made. So many were counted at the first counter, with this one.
    Go(i64),
    /// Nothing was counted; there may be another one then.
    Wait(Time),
}

/// What an API token may do at the most; its person's role limits it further.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Read.
    Read,
    /// Read and change incidents.
    Write,
    /// Everything.
    Admin,
}

impl Scope {
    /// All of them, the least first.
    pub const ALL: [Self; 3] = [Self::Read, Self::Write, Self::Admin];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Admin => "admin",
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Scope {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|scope| scope.as_str() == text)
            .ok_or_else(|| format!("“{text}” is not a scope. Use read, write or admin."))
    }
}

/// An API token to hand out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    /// Its id.
    pub id: String,
    /// Its name; no two tokens in force have the same.
    pub name: String,
    /// On whose behalf it acts.
    pub person: PersonId,
    /// The hash of its secret.
    pub secret_hash: String,
    /// What it may do.
    pub scope: Scope,
}

/// An API token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// On whose behalf it acts.
    pub person: PersonId,
    /// What it may do.
    pub scope: Scope,
    /// When it was made.
    pub created_at: Time,
    /// When it was last used, roughly.
    pub last_used_at: Option<Time>,
    /// When it was ended.
    pub revoked_at: Option<Time>,
}

/// Getting in, and being shut out. A person who is not active gets in by no way.
#[async_trait]
pub trait Access: Send + Sync {
    /// The session with this secret, and who it is, unless it ended.
    async fn session(
        &self,
        token_hash: &str,
        now: Time,
    ) -> Result<Option<(Session, Person)>, StoreError>;

    /// Notes that a session was used; the time only moves forward.
    async fn touch_session(&self, id: &str, at: Time) -> Result<(), StoreError>;

    /// A person's sessions that have not ended, the last used first.
    async fn sessions(&self, person: &PersonId, now: Time) -> Result<Vec<Session>, StoreError>;

    /// Whom a link would let in, without spending it: for the page with the button.
    async fn link(&self, token_hash: &str, now: Time) -> Result<Option<Person>, StoreError>;

    /// The hash of a person's password, if they have one.
    async fn password(&self, person: &PersonId) -> Result<Option<String>, StoreError>;

    /// Counts an attempt at each of these before it is made, unless one of them has to wait: then none is counted. That
    /// way many at once are no way around waiting.
    async fn attempt(&self, counters: &[Counter], now: Time) -> Result<Attempt, StoreError>;

    /// An attempt came out well: forgets what `counters[0]` counted, and takes this one attempt off the others.
    async fn attempt_succeeded(&self, counters: &[Counter]) -> Result<(), StoreError>;

    /// Forgets what was last counted before a time. Answers how many.
    async fn purge_attempts(&self, before: Time) -> Result<u64, StoreError>;

    /// The token with this secret, and on whose behalf it acts, unless it was ended.
    async fn token(&self, secret_hash: &str) -> Result<Option<(Token, Person)>, StoreError>;

    /// Notes that a token was used; the time only moves forward.
    async fn touch_token(&self, id: &str, at: Time) -> Result<(), StoreError>;

    /// Forgets sessions and links that ended before a time. Answers how many.
    async fn purge_access(&self, before: Time) -> Result<u64, StoreError>;
}

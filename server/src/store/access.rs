//! How people and programs get in: sessions, one-time sign-in links, API tokens. Only hashes of secrets are kept.

use super::StoreError;
use async_trait::async_trait;
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

    /// Ends one of a person's sessions. False when there was none to end.
    async fn revoke_session(
        &self,
        person: &PersonId,
        id: &str,
        at: Time,
    ) -> Result<bool, StoreError>;

    /// Ends all of a person's sessions but `except`, and spends their sign-in links. Answers how many sessions ended.
    async fn revoke_sessions(
        &self,
        person: &PersonId,
        except: Option<&str>,
        at: Time,
    ) -> Result<u64, StoreError>;

    /// Keeps a sign-in link, beside those that the person has.
    async fn add_link(&self, link: NewLink) -> Result<(), StoreError>;

    /// Keeps a sign-in link in place of all that the person has and did not spend.
    async fn replace_links(&self, link: NewLink) -> Result<(), StoreError>;

    /// Whom a link would let in, without spending it: for the page with the button.
    async fn link(&self, token_hash: &str, now: Time) -> Result<Option<Person>, StoreError>;

    /// Spends a link of the session's person and begins the session, both or neither. It lets in once, also when two ask
    /// in the same instant; false for whoever comes second, and when the link is old, unknown or somebody else's.
    async fn spend_link(&self, token_hash: &str, session: NewSession) -> Result<bool, StoreError>;

    /// The token with this secret, and on whose behalf it acts, unless it was ended.
    async fn token(&self, secret_hash: &str) -> Result<Option<(Token, Person)>, StoreError>;

    /// Notes that a token was used; the time only moves forward.
    async fn touch_token(&self, id: &str, at: Time) -> Result<(), StoreError>;

    /// Forgets sessions and links that ended before a time. Answers how many.
    async fn purge_access(&self, before: Time) -> Result<u64, StoreError>;
}

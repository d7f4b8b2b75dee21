//! Small things about people in rooms: who is here, who has read what, how they like it. Not history.

use super::StoreError;
use async_trait::async_trait;
use domain::time::Time;
use domain::{Number, PersonId};
use tokio::sync::broadcast;

/// Somebody who looks at an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present {
    /// Who.
    pub person: PersonId,
    /// The last sign of them, from any of their sessions.
    pub seen_at: Time,
}

/// How a person likes the screens.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preference {
    /// `light` or `night`; `None` follows the device.
    pub theme: Option<String>,
    /// True when single keys do nothing.
    pub keys_off: bool,
}

/// Presence, reading and preferences. Nobody says goodbye to a room: a tab that is hidden gives its stream back while the
/// person is only away, and one session may have the room open twice. Signs of life that stop say all of it.
#[async_trait]
pub trait Room: Send + Sync {
    /// Says to every process that something about a room changed which is not history: who is there, what is being written,
    /// what became of a letter. Carries nothing: whoever hears it looks.
    async fn wake_room(&self, number: Number);

    /// The rooms that were woken, here or by another process on PostgreSQL. A wake-up may be lost or come twice.
    fn woken_rooms(&self) -> broadcast::Receiver<Number>;

    /// A sign of life of a person in an incident. True when nobody had seen them there since `fresh`.
    async fn beat(
        &self,
        number: Number,
        person: &PersonId,
        session: &str,
        at: Time,
        fresh: Time,
    ) -> Result<bool, StoreError>;

    /// Who gave a sign of life since a time, by person.
    async fn present(&self, number: Number, since: Time) -> Result<Vec<Present>, StoreError>;

    /// Forgets signs of life before a time.
    async fn purge_presence(&self, before: Time) -> Result<u64, StoreError>;

    /// A person has read a sitrep; the first time counts.
    async fn read_sitrep(
        &self,
        person: &PersonId,
        number: Number,
        version: i64,
        at: Time,
    ) -> Result<(), StoreError>;

    /// The newest sitrep that a person has read, and when; `None` for none.
    async fn last_read(
        &self,
        person: &PersonId,
        number: Number,
    ) -> Result<Option<(i64, Time)>, StoreError>;

    /// Who has read a sitrep, and when, the first one first.
    async fn readers(
        &self,
        number: Number,
        version: i64,
    ) -> Result<Vec<(PersonId, Time)>, StoreError>;

    /// How a person likes the screens.
    async fn preference(&self, person: &PersonId) -> Result<Preference, StoreError>;

    /// Keeps how a person likes the screens.
    async fn put_preference(
        &self,
        person: &PersonId,
        preference: Preference,
    ) -> Result<(), StoreError>;
}

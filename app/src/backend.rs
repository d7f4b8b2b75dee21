//! The one trait between the screens and the server. Object safe, because server functions cannot be generic; handed
//! over in the Leptos context as [`SharedBackend`].

use crate::AppError;
use crate::data::{
    AuditFilter, AuditPage, Board, Comparison, Devices, DraftField, Filter, Kept, Listing, Me,
    Plans, Room, Sending, SitrepLog, UpdatePage,
};
use crate::house::{HouseAnswer, HouseCommand};
use async_trait::async_trait;
use domain::incident::{Declaration, Entry, IncidentCommand};
use domain::{Number, PersonId, Recorded};
use std::sync::Arc;

/// Who asks: the signed-in person and the session they ask with. Made by the server from the cookie, for each request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    /// The account.
    pub person: PersonId,
    /// The session's id.
    pub session: String,
}

/// What screens ask of the server. Every method checks the rights of the one who asks.
#[async_trait]
pub trait Backend: Send + Sync + 'static {
    /// Who is signed in, with everything to look up.
    async fn me(&self, by: &Viewer) -> Result<Me, AppError>;
    /// Open incidents and those not finished.
    async fn board(&self, by: &Viewer) -> Result<Board, AppError>;
    /// All incidents, filtered, the newest first.
    async fn incidents(&self, by: &Viewer, filter: Filter) -> Result<Listing, AppError>;
    /// One incident's room.
    async fn room(&self, by: &Viewer, number: Number) -> Result<Room, AppError>;
    /// Earlier entries of the timeline, before a version, the oldest first; and whether there are more.
    async fn earlier(
        &self,
        by: &Viewer,
        number: Number,
        before: i64,
    ) -> Result<(Vec<Entry>, bool), AppError>;
    /// Writes a field of the shared draft at a revision; answers what stands there then. Responders and administrators only.
    async fn write_draft(
        &self,
        by: &Viewer,
        number: Number,
        written: DraftField,
    ) -> Result<DraftField, AppError>;
    /// The one form.
    async fn update_page(&self, by: &Viewer, number: Number) -> Result<UpdatePage, AppError>;
    /// The log of sitreps.
    async fn sitreps(&self, by: &Viewer, number: Number) -> Result<SitrepLog, AppError>;
    /// Two sitreps compared; without `from`, the one before `to`; without `to`, the last. Nothing before the first is sent.
    async fn compare(
        &self,
        by: &Viewer,
        number: Number,
        from: Option<i64>,
        to: Option<i64>,
    ) -> Result<Option<Comparison>, AppError>;
    /// Remembers that this person has read a sitrep.
    async fn mark_read(&self, by: &Viewer, number: Number, version: i64) -> Result<(), AppError>;
    /// How this person gets in, and where they are signed in.
    async fn devices(&self, by: &Viewer) -> Result<Devices, AppError>;
    /// What happened outside incidents, the newest first; administrators only.
    async fn audit(&self, by: &Viewer, asked: AuditFilter) -> Result<AuditPage, AppError>;
    /// Planned maintenance.
    async fn plans(&self, by: &Viewer) -> Result<Plans, AppError>;
    /// API tokens, and what has not gone out of the house; administrators only.
    async fn kept(&self, by: &Viewer) -> Result<Kept, AppError>;
    /// Declares an incident; the same key again answers the same number.
    async fn declare(
        &self,
        by: &Viewer,
        declaration: Declaration,
        key: Option<&str>,
    ) -> Result<Number, AppError>;
    /// Carries out a command. What came of it is recorded when this returns; the same key again answers the same events.
    async fn execute(
        &self,
        by: &Viewer,
        number: Number,
        command: IncidentCommand,
        sending: Sending,
    ) -> Result<Vec<Recorded>, AppError>;
    /// Carries out something outside incidents.
    async fn keep_house(&self, by: &Viewer, command: HouseCommand)
    -> Result<HouseAnswer, AppError>;
}

/// The backend as it stands in the context.
pub type SharedBackend = Arc<dyn Backend>;

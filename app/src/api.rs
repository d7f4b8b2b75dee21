//! The server functions: public addresses, so each one asks who is signed in before anything else. Their paths are
//! fixed by hand; a tab that was left open over a deploy still finds them.
#![expect(
    missing_docs,
    reason = "the macro makes an undocumented struct field of every argument"
)]

use crate::AppError;
use crate::data::{
    self, AuditFilter, AuditPage, Comparison, DraftField, Filter, Listing, Sending, SitrepLog,
};
use crate::house::{HouseAnswer, HouseCommand};
use domain::incident::{Declaration, Entry, IncidentCommand};
use domain::{Number, Recorded};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

#[cfg(feature = "ssr")]
use crate::backend::{SharedBackend, Viewer};

/// The backend and the one who asks; sets the answer's status when nobody is signed in.
#[cfg(feature = "ssr")]
fn door() -> Result<(SharedBackend, Viewer), AppError> {
    let backend = use_context::<SharedBackend>();
    let viewer = use_context::<Viewer>();
    match (backend, viewer) {
        (Some(backend), Some(viewer)) => Ok((backend, viewer)),
        (_, None) => answer(Err(AppError::SignIn {})),
        (None, _) => answer(Err(AppError::Internal {})),
    }
}

/// Gives an error its status, and says when to come back; server functions would answer 500 for every one.
#[cfg(feature = "ssr")]
fn answer<T>(result: Result<T, AppError>) -> Result<T, AppError> {
    if let Err(error) = &result
        && let Some(response) = use_context::<leptos_axum::ResponseOptions>()
        && let Ok(status) = http::StatusCode::from_u16(error.status())
    {
        response.set_status(status);
        if let AppError::TooOften { seconds } = error {
            response.insert_header(http::header::RETRY_AFTER, (*seconds).into());
        }
    }
    result
}

/// Who is signed in, with everything to look up.
#[server(prefix = "/fn", endpoint = "me", input = Json)]
pub async fn me() -> Result<data::Me, AppError> {
    let (backend, viewer) = door()?;
    answer(backend.me(&viewer).await)
}

/// The board.
#[server(prefix = "/fn", endpoint = "board", input = Json)]
pub async fn board() -> Result<data::Board, AppError> {
    let (backend, viewer) = door()?;
    answer(backend.board(&viewer).await)
}

/// All incidents, filtered.
#[server(prefix = "/fn", endpoint = "incidents", input = Json)]
pub async fn incidents(filter: Filter) -> Result<Listing, AppError> {
    let (backend, viewer) = door()?;
    answer(backend.incidents(&viewer, filter).await)
}

/// One war room.
#[server(prefix = "/fn", endpoint = "room", input = Json)]
pub async fn room(number: Number) -> Result<data::Room, AppError> {
    let (backend, viewer) = door()?;
    answer(backend.room(&viewer, number).await)
}

/// Earlier entries of a timeline.
#[server(prefix = "/fn", endpoint = "earlier", input = Json)]
pub async fn earlier(number: Number, before: i64) -> Result<(Vec<Entry>, bool), AppError> {
    let (backend, viewer) = door()?;
    answer(backend.earlier(&viewer, number, before).await)
}

/// The one form.
#[server(prefix = "/fn", endpoint = "update_page", input = Json)]
pub async fn update_page(number: Number) -> Result<data::UpdatePage, AppError> {
    let (backend, viewer) = door()?;
    answer(backend.update_page(&viewer, number).await)
}

/// The log of sitreps.
#[server(prefix = "/fn", endpoint = "sitreps", input = Json)]
pub async fn sitreps(number: Number) -> Result<SitrepLog, AppError> {
    let (backend, viewer) = door()?;
    answer(backend.sitreps(&viewer, number).await)
}

/// Two sitreps compared.
#[server(prefix = "/fn", endpoint = "compare", input = Json)]
pub async fn compare(
    number: Number,
    from: Option<i64>,
    to: Option<i64>,
) -> Result<Option<Comparison>, AppError> {
    let (backend, viewer) = door()?;
    answer(backend.compare(&viewer, number, from, to).await)
}

/// Remembers what was read.
#[server(prefix = "/fn", endpoint = "mark_read", input = Json)]
pub async fn mark_read(number: Number, version: i64) -> Result<(), AppError> {
    let (backend, viewer) = door()?;
    answer(backend.mark_read(&viewer, number, version).await)
}

/// How one gets in, and one's own devices.
#[server(prefix = "/fn", endpoint = "devices", input = Json)]
pub async fn devices() -> Result<data::Devices, AppError> {
    let (backend, viewer) = door()?;
    answer(backend.devices(&viewer).await)
}

/// What happened outside incidents.
#[server(prefix = "/fn", endpoint = "audit", input = Json)]
pub async fn audit(asked: AuditFilter) -> Result<AuditPage, AppError> {
    let (backend, viewer) = door()?;
    answer(backend.audit(&viewer, asked).await)
}

/// Planned maintenance.
#[server(prefix = "/fn", endpoint = "plans", input = Json)]
pub async fn plans() -> Result<data::Plans, AppError> {
    let (backend, viewer) = door()?;
    answer(backend.plans(&viewer).await)
}

/// What only administrators see of the house.
#[server(prefix = "/fn", endpoint = "kept", input = Json)]
pub async fn kept() -> Result<data::Kept, AppError> {
    let (backend, viewer) = door()?;
    answer(backend.kept(&viewer).await)
}

/// Declares an incident. The same key again answers the same number.
#[server(prefix = "/fn", endpoint = "declare", input = Json)]
pub async fn declare(
    declaration: Declaration,
    // A page of an older build sends none.
    #[server(default)] key: Option<String>,
) -> Result<Number, AppError> {
    let (backend, viewer) = door()?;
    answer(backend.declare(&viewer, declaration, key.as_deref()).await)
}

/// Carries out a command in an incident. The same key again answers the same events.
#[server(prefix = "/fn", endpoint = "execute", input = Json)]
pub async fn execute(
    number: Number,
    command: IncidentCommand,
    // A page of an older build sends none.
    #[server(default)] sending: Sending,
) -> Result<Vec<Recorded>, AppError> {
    let (backend, viewer) = door()?;
    answer(backend.execute(&viewer, number, command, sending).await)
}

/// Writes a field of the shared draft at a revision; answers what stands there then.
#[server(prefix = "/fn", endpoint = "write_draft", input = Json)]
pub async fn write_draft(number: Number, written: DraftField) -> Result<DraftField, AppError> {
    let (backend, viewer) = door()?;
    answer(backend.write_draft(&viewer, number, written).await)
}

/// Carries out something outside incidents.
#[server(prefix = "/fn", endpoint = "keep_house", input = Json)]
pub async fn keep_house(command: HouseCommand) -> Result<HouseAnswer, AppError> {
    let (backend, viewer) = door()?;
    answer(backend.keep_house(&viewer, command).await)
}

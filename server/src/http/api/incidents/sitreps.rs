//! `GET /incidents/{number}/sitreps`: the log, one of them, two compared.

use super::Numbered;
use crate::http::api::call::Reads;
use crate::http::api::input::Place;
use crate::http::api::problem::{Answer, ApiError};
use crate::http::api::query::{Meta, Paging, Query};
use crate::http::api::shape::{Diff, Sitrep, diff};
use axum::Json;
use axum::response::IntoResponse;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// Sitreps on a page, unless the caller says otherwise.
const PAGE: i64 = 50;
/// The list's name in its cursors.
const LIST: &str = "sitreps";

/// Sitreps, the oldest first.
#[derive(Serialize, ToSchema)]
pub struct ManySitreps {
    sitreps: Vec<Sitrep>,
    meta: Meta,
}

/// One sitrep.
#[derive(Serialize, ToSchema)]
pub struct OneSitrep {
    sitrep: Sitrep,
}

/// A comparison.
#[derive(Serialize, ToSchema)]
pub struct OneDiff {
    diff: Diff,
}

/// A sitrep in the address.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(
    dead_code,
    reason = "only its description is used; Place reads the address"
)]
pub struct Version {
    /// The incident's number.
    #[param(example = 142)]
    number: i64,
    /// The sitrep's version, from 1.
    version: i64,
}

/// Two sitreps in the address.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(
    dead_code,
    reason = "only its description is used; Place reads the address"
)]
pub struct Versions {
    /// The incident's number.
    #[param(example = 142)]
    number: i64,
    /// The version to compare from.
    a: i64,
    /// The version to compare to.
    b: i64,
}

/// List sitreps
///
/// The oldest first.
#[utoipa::path(
    get, path = "/incidents/{number}/sitreps", tag = "Sitreps", operation_id = "list_sitreps",
    params(Numbered, Paging),
    responses((status = 200, description = "A page of sitreps.", body = ManySitreps))
)]
pub async fn list(Reads(call): Reads, place: Place, mut query: Query) -> Answer {
    let limit = query.limit(PAGE)?;
    let after: i64 = query.cursor(LIST)?.unwrap_or_default();
    query.end()?;
    let incident = call.incident(place.number()?).await?;
    let number = incident.summary.number;
    let last = incident
        .summary
        .last_sitrep
        .as_ref()
        .map_or(0, |sitrep| sitrep.version);
    let end = after.saturating_add(limit);
    let found = call
        .services
        .store()
        .sitreps_between(number, after.saturating_add(1), end)
        .await?;
    let sitreps = found.iter().map(Sitrep::from).collect();
    Ok(Json(ManySitreps {
        sitreps,
        meta: Meta::next(LIST, (end < last).then_some(end)),
    })
    .into_response())
}

/// One sitrep
#[utoipa::path(
    get, path = "/incidents/{number}/sitreps/{version}", tag = "Sitreps", operation_id = "get_sitrep",
    params(Version),
    responses((status = 200, description = "The sitrep as it was sent.", body = OneSitrep))
)]
pub async fn one(Reads(call): Reads, place: Place) -> Answer {
    let number = place.number()?;
    let version = place.version("version")?;
    call.incident(number).await?;
    let found = call.services.store().sitrep(number, version).await?;
    let sent = found
        .ok_or_else(|| ApiError::Absent(format!("Incident {number} has no sitrep {version}.")))?;
    Ok(Json(OneSitrep {
        sitrep: Sitrep::from(&sent),
    })
    .into_response())
}

/// Compare two sitreps
///
/// Word by word, as data. Joining the steps `equal` and `insert` of a field gives its new text to the letter, `equal` and
/// `delete` its old one.
#[utoipa::path(
    get, path = "/incidents/{number}/sitreps/{a}/diff/{b}", tag = "Sitreps", operation_id = "compare_sitreps",
    params(Versions),
    responses((status = 200, description = "What changed.", body = OneDiff))
)]
pub async fn compare(Reads(call): Reads, place: Place) -> Answer {
    let (a, b) = (place.version("a")?, place.version("b")?);
    let comparison = call
        .services
        .comparison(place.number()?, Some(a), Some(b))
        .await?;
    Ok(Json(OneDiff {
        diff: diff(comparison.diff),
    })
    .into_response())
}

//! `GET /incidents/{number}`.

use super::{Numbered, OneIncident, answer};
use crate::http::api::call::Reads;
use crate::http::api::input::Place;
use crate::http::api::problem::Answer;
use http::StatusCode;

/// One incident
///
/// The `ETag` is its version; give it back as `If-Match` to change the incident only if nothing happened since.
#[utoipa::path(
    get, path = "/incidents/{number}", tag = "Incidents", operation_id = "get_incident",
    params(Numbered),
    responses((status = 200, description = "The incident as it stands.", body = OneIncident))
)]
pub async fn one(Reads(call): Reads, place: Place) -> Answer {
    let incident = call.incident(place.number()?).await?;
    Ok(answer(StatusCode::OK, &call, &incident))
}

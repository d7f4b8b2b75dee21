//! The steps at the end of an incident, and back: resolve, close, cancel, merge, reopen.

use super::{Numbered, OneIncident, answer};
use crate::http::api::call::{Call, Writes};
use crate::http::api::if_match::Expected;
use crate::http::api::input::{Body, Moment, Place};
use crate::http::api::problem::{Answer, ApiError};
use domain::{IncidentCommand, Number};
use http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

/// Since when customers are well again.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct Resolve {
    /// Since when; now if left out.
    at: Option<Moment>,
}

/// Nothing more is needed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct Nothing {}

/// Why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct Reason {
    /// Why.
    reason: String,
}

/// Into which.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct MergeInto {
    /// The number of the other incident.
    into: i64,
}

/// Resolve an incident
///
/// Customers are well again; clean up begins.
#[utoipa::path(
    post, path = "/incidents/{number}/resolve", tag = "Incidents", operation_id = "resolve_incident",
    params(Numbered), request_body(content = Option<Resolve>),
    responses((status = 200, description = "The incident after it.", body = OneIncident))
)]
pub async fn resolve(
    Writes(call): Writes,
    place: Place,
    expected: Expected,
    Body(input): Body<Resolve>,
) -> Answer {
    let at = input.at.map(|moment| moment.0);
    carry_out(&call, &place, expected, IncidentCommand::Resolve { at }).await
}

/// Close an incident
///
/// From clean up or follow up. For the IC, the deputy, or an administrator.
#[utoipa::path(
    post, path = "/incidents/{number}/close", tag = "Incidents", operation_id = "close_incident",
    params(Numbered), request_body(content = Option<Nothing>),
    responses((status = 200, description = "The incident after it.", body = OneIncident))
)]
pub async fn close(
    Writes(call): Writes,
    place: Place,
    expected: Expected,
    Body(Nothing {}): Body<Nothing>,
) -> Answer {
    carry_out(&call, &place, expected, IncidentCommand::Close {}).await
}

/// Cancel an incident
///
/// It was a false alarm. For the IC, the deputy, or an administrator.
#[utoipa::path(
    post, path = "/incidents/{number}/cancel", tag = "Incidents", operation_id = "cancel_incident",
    params(Numbered), request_body = Reason,
    responses((status = 200, description = "The incident after it.", body = OneIncident))
)]
pub async fn cancel(
    Writes(call): Writes,
    place: Place,
    expected: Expected,
    Body(Reason { reason }): Body<Reason>,
) -> Answer {
    carry_out(&call, &place, expected, IncidentCommand::Cancel { reason }).await
}

/// Merge an incident into another
///
/// It is part of the other one. For the IC, the deputy, or an administrator.
#[utoipa::path(
    post, path = "/incidents/{number}/merge", tag = "Incidents", operation_id = "merge_incident",
    params(Numbered), request_body = MergeInto,
    responses((status = 200, description = "The incident after it.", body = OneIncident))
)]
pub async fn merge(
    Writes(call): Writes,
    place: Place,
    expected: Expected,
    Body(MergeInto { into }): Body<MergeInto>,
) -> Answer {
    // The address is right; it is the body that names one that is not there.
    if call.services.incident(Number(into)).await?.is_none() {
        return Err(ApiError::invalid(
            "into",
            format!("There is no incident {into} to merge into."),
        ));
    }
    carry_out(
        &call,
        &place,
        expected,
        IncidentCommand::Merge { into: Number(into) },
    )
    .await
}

/// Reopen an incident
///
/// It is not over after all: from clean up, follow up and closed to mitigate, from cancelled to assess. For the IC, the
/// deputy, or an administrator.
#[utoipa::path(
    post, path = "/incidents/{number}/reopen", tag = "Incidents", operation_id = "reopen_incident",
    params(Numbered), request_body = Reason,
    responses((status = 200, description = "The incident after it.", body = OneIncident))
)]
pub async fn reopen(
    Writes(call): Writes,
    place: Place,
    expected: Expected,
    Body(Reason { reason }): Body<Reason>,
) -> Answer {
    carry_out(&call, &place, expected, IncidentCommand::Reopen { reason }).await
}

async fn carry_out(
    call: &Call,
    place: &Place,
    expected: Expected,
    command: IncidentCommand,
) -> Answer {
    let done = call.execute(place.number()?, expected, command).await?;
    Ok(answer(StatusCode::OK, call, &done.incident))
}

//! `POST /incidents`.

use super::{OneIncident, answer};
use crate::http::api::call::Writes;
use crate::http::api::input::{Body, Moment};
use crate::http::api::problem::{Answer, ApiError};
use crate::http::api::shape::words;
use domain::incident::Declaration;
use domain::{Kind, Severity};
use http::header::LOCATION;
use http::{HeaderValue, StatusCode};
use serde::Deserialize;
use utoipa::ToSchema;

/// An incident to declare. The title is enough.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct NewIncident {
    /// What people inside call it.
    #[schema(max_length = 200, example = "API failing in eu-west")]
    title: String,
    /// How bad, if known.
    #[schema(value_type = Option<words::Severity>)]
    severity: Option<Severity>,
    /// Live unless said otherwise.
    #[schema(value_type = Option<words::Kind>)]
    kind: Option<Kind>,
    /// A first sentence.
    summary: Option<String>,
    /// When it began; now if left out.
    started_at: Option<Moment>,
    /// Who commands, by id, handle or e-mail; the token's person if left out.
    #[schema(example = "bo")]
    ic: Option<String>,
}

/// Declare an incident
///
/// It has a number and somebody in command from here on. A service person that declares is in command itself, and is
/// reminded to hand over, until it does; naming `ic` at once avoids that.
#[utoipa::path(
    post, path = "/incidents", tag = "Incidents", operation_id = "declare_incident",
    request_body = NewIncident,
    responses((
        status = 201, description = "Declared, and on disk.", body = OneIncident,
        headers(("Location" = String, description = "Its address."))
    ))
)]
pub async fn declare(Writes(call): Writes, Body(input): Body<NewIncident>) -> Answer {
    let declaration = Declaration {
        title: input.title,
        severity: input.severity.unwrap_or_default(),
        kind: input.kind.unwrap_or_default(),
        summary: input.summary,
        started_at: input.started_at.map(|moment| moment.0),
        ic: input.ic.map(|text| call.person("ic", &text)).transpose()?,
    };
    let declared = call.services.declare(&call.person.id, declaration).await?;
    let location = format!("/api/v1/incidents/{}", declared.incident.summary.number);
    let location = HeaderValue::from_str(&location).map_err(|_| ApiError::Internal)?;
    let mut response = answer(StatusCode::CREATED, &call, &declared.incident);
    response.headers_mut().insert(LOCATION, location);
    Ok(response)
}

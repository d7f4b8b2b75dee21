//! `PATCH /incidents/{number}`.

use super::{Numbered, OneIncident, answer};
use crate::http::api::call::Writes;
use crate::http::api::if_match::Expected;
use crate::http::api::input::{Body, Moment, Place};
use crate::http::api::problem::{Answer, ApiError};
use crate::http::api::shape::words;
use domain::{IncidentCommand, Phase, Severity};
use http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

/// What is to change. At least one field; one that is left out, or null, stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct IncidentChange {
    /// What people inside call it.
    #[schema(max_length = 200)]
    title: Option<String>,
    /// What customers read.
    #[schema(max_length = 200)]
    public_title: Option<String>,
    #[schema(value_type = Option<words::Severity>)]
    severity: Option<Severity>,
    /// Assess, mitigate and watch in any order, and from cleanup to followup; the other steps are calls of their own.
    #[schema(value_type = Option<words::Phase>)]
    phase: Option<Phase>,
    /// When it began.
    started_at: Option<Moment>,
}

impl IncidentChange {
    fn commands(self) -> Vec<IncidentCommand> {
        [
            self.title.map(|title| IncidentCommand::SetTitle { title }),
            self.public_title
                .map(|title| IncidentCommand::SetPublicTitle { title }),
            self.severity
                .map(|severity| IncidentCommand::SetSeverity { severity }),
            self.started_at
                .map(|moment| IncidentCommand::SetStartedAt { at: moment.0 }),
            self.phase
                .map(|phase| IncidentCommand::ChangePhase { phase }),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// Change an incident
///
/// All fields in one transaction, or none. What is so already is left alone.
#[utoipa::path(
    patch, path = "/incidents/{number}", tag = "Incidents", operation_id = "change_incident",
    params(Numbered), request_body = IncidentChange,
    responses((status = 200, description = "The incident after it.", body = OneIncident))
)]
pub async fn change(
    Writes(call): Writes,
    place: Place,
    expected: Expected,
    Body(input): Body<IncidentChange>,
) -> Answer {
    let number = place.number()?;
    let commands = input.commands();
    if commands.is_empty() {
        let words = "Nothing is to change. Send at least one of title, public_title, severity, phase and started_at.";
        return Err(ApiError::invalid("body", words));
    }
    let changed = call.change(number, expected, &commands).await?;
    Ok(answer(StatusCode::OK, &call, &changed.incident))
}

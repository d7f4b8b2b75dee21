//! `PUT` and `DELETE /incidents/{number}/roles/{role}`. Command is never assigned: its holder hands it over, or somebody
//! takes it by force.

use super::{OneIncident, answer};
use crate::http::api::call::{Call, Writes};
use crate::http::api::if_match::Expected;
use crate::http::api::input::{Body, Place};
use crate::http::api::problem::{Answer, ApiError};
use domain::{Incident, IncidentCommand, PersonId, Rejection, Role};
use http::StatusCode;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// The reason of a handover for which none was given.
const NO_REASON: &str = "Handed over through the API, without a reason.";

/// A role in the address.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(
    dead_code,
    reason = "only its description is used; Place reads the address"
)]
pub struct RoleOf {
    /// The incident's number.
    #[param(example = 142)]
    number: i64,
    /// `ic`, `deputy`, `comms`, `scribe`, `liaison`, `lead:NAME`, or a word of your own.
    #[param(example = "comms")]
    role: String,
}

/// Who is to have a role.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct Assignment {
    /// By id, handle or e-mail. May be left out with `force`, which is always for oneself.
    #[schema(example = "bo")]
    person: Option<String>,
    /// Why it goes from one to another; stands in the timeline. Needed with `force`.
    reason: Option<String>,
    /// Take command without being handed it. Loud, and it stays visible.
    force: Option<bool>,
}

/// Give somebody a role
///
/// For `ic`, whose holder alone may give it away, this is a handover; anyone else takes command with `force` and a
/// `reason`. Giving a role to who has it already changes nothing.
#[utoipa::path(
    put, path = "/incidents/{number}/roles/{role}", tag = "Roles", operation_id = "assign_role",
    params(RoleOf), request_body = Assignment,
    responses((status = 200, description = "The incident after it.", body = OneIncident))
)]
pub async fn assign(
    Writes(call): Writes,
    place: Place,
    expected: Expected,
    Body(input): Body<Assignment>,
) -> Answer {
    let (number, role) = (place.number()?, place.role()?);
    let incident = call.incident(number).await?;
    let command = command(&call, &incident, role, input)?;
    match call.execute(number, expected, command).await {
        Ok(done) => Ok(answer(StatusCode::OK, &call, &done.incident)),
        // PUT says how it shall be, and it is.
        Err(ApiError::Rule { rejection, .. })
            if matches!(*rejection, Rejection::HasRole { .. }) =>
        {
            Ok(answer(
                StatusCode::OK,
                &call,
                &*call.incident(number).await?,
            ))
        }
        Err(other) => Err(other),
    }
}

fn command(
    call: &Call,
    incident: &Incident,
    role: Role,
    input: Assignment,
) -> Result<IncidentCommand, ApiError> {
    let Assignment {
        person,
        reason,
        force,
    } = input;
    let person = person
        .map(|text| call.person("person", &text))
        .transpose()?;
    if force.unwrap_or_default() {
        return by_force(call, &role, person, reason);
    }
    let to = person.ok_or_else(|| Rejection::Missing {
        field: "person".to_owned(),
    })?;
    let held = incident.summary.role(&role).is_some();
    Ok(match (role, reason) {
        (Role::Ic, reason) if held => IncidentCommand::HandOver {
            role: Role::Ic,
            to,
            reason: reason.unwrap_or_else(|| NO_REASON.to_owned()),
        },
        (role, Some(reason)) if held => IncidentCommand::HandOver { role, to, reason },
        (role, _) => IncidentCommand::AssignRole { role, person: to },
    })
}

fn by_force(
    call: &Call,
    role: &Role,
    person: Option<PersonId>,
    reason: Option<String>,
) -> Result<IncidentCommand, ApiError> {
    if *role != Role::Ic {
        return Err(ApiError::invalid(
            "force",
            "Only command is taken by force. Other roles are simply given.",
        ));
    }
    if person.is_some_and(|person| person != call.person.id) {
        let words = "Command is taken by force for oneself only. Leave person out, or use that person's token.";
        return Err(ApiError::invalid("person", words));
    }
    Ok(IncidentCommand::TakeCommand {
        reason: reason.unwrap_or_default(),
    })
}

/// Give a role back
///
/// Any but `ic`: an incident always has one commander.
#[utoipa::path(
    delete, path = "/incidents/{number}/roles/{role}", tag = "Roles", operation_id = "release_role",
    params(RoleOf),
    responses((status = 200, description = "The incident after it.", body = OneIncident))
)]
pub async fn release(Writes(call): Writes, place: Place, expected: Expected) -> Answer {
    let (number, role) = (place.number()?, place.role()?);
    let done = call
        .execute(number, expected, IncidentCommand::ReleaseRole { role })
        .await?;
    Ok(answer(StatusCode::OK, &call, &done.incident))
}

//! Incidents: one verb, or one small family of verbs, in a file.

mod change;
mod declare;
mod end;
mod events;
mod list;
mod one;
mod redactions;
mod roles;
mod sitreps;
mod timeline;
mod updates;

use super::call::Call;
use super::if_match::etag;
use super::shape::Incident;
use crate::http::Server;
use axum::Json;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::ETAG;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The calls under `/incidents`.
pub fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(list::list, declare::declare))
        .routes(routes!(one::one, change::change))
        .routes(routes!(end::resolve))
        .routes(routes!(end::close))
        .routes(routes!(end::cancel))
        .routes(routes!(end::merge))
        .routes(routes!(end::reopen))
        .routes(routes!(timeline::note))
        .routes(routes!(timeline::link))
        .routes(routes!(timeline::join))
        .routes(routes!(timeline::ask))
        .routes(routes!(roles::assign, roles::release))
        .routes(routes!(updates::send))
        .routes(routes!(sitreps::list))
        .routes(routes!(sitreps::one))
        .routes(routes!(sitreps::compare))
        .routes(routes!(events::list))
        .routes(routes!(redactions::search))
        .routes(routes!(redactions::redact))
}

/// The incident in the address.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(
    dead_code,
    reason = "only its description is used; Place reads the address"
)]
struct Numbered {
    /// The incident's number.
    #[param(example = 142)]
    number: i64,
}

/// One incident.
#[derive(Serialize, ToSchema)]
struct OneIncident {
    incident: Incident,
}

/// Answers an incident, with its version as the `ETag`.
fn answer(status: StatusCode, call: &Call, incident: &domain::Incident) -> Response {
    let version = etag(incident.summary.version);
    (
        status,
        [(ETAG, version)],
        Json(OneIncident {
            incident: call.view().incident(incident),
        }),
    )
        .into_response()
}

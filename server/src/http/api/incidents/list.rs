//! `GET /incidents`.

use crate::http::api::call::Reads;
use crate::http::api::problem::Answer;
use crate::http::api::query::{Meta, Paging, Query};
use crate::http::api::shape::{IncidentHead, words};
use crate::store::Listing;
use axum::Json;
use axum::response::IntoResponse;
use domain::{Kind, Number, Phase, Severity, text};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// Incidents on a page, unless the caller says otherwise.
const PAGE: i64 = 50;
/// The list's name in its cursors.
const LIST: &str = "incidents";

/// Incidents, the newest first.
#[derive(Serialize, ToSchema)]
pub struct ManyIncidents {
    incidents: Vec<IncidentHead>,
    meta: Meta,
}

/// What the list is filtered by. Each may be given several times, or with commas between.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(
    dead_code,
    reason = "only its description is used; Query reads the values"
)]
pub struct Filters {
    /// In one of these phases.
    #[param(value_type = Option<Vec<words::Phase>>, explode = false)]
    phase: Option<String>,
    /// Of one of these severities.
    #[param(value_type = Option<Vec<words::Severity>>, explode = false)]
    severity: Option<String>,
    /// Of one of these kinds.
    #[param(value_type = Option<Vec<words::Kind>>, explode = false)]
    kind: Option<String>,
    /// With words that begin like each of these, in titles, notes, sitreps and public messages. INC-142 or #142 is that
    /// incident, and those that mention it.
    q: Option<String>,
}

/// List incidents
///
/// The newest first. All filters must hold; of several values of one filter any will do.
#[utoipa::path(
    get, path = "/incidents", tag = "Incidents", operation_id = "list_incidents",
    params(Filters, Paging),
    responses((status = 200, description = "A page of incidents.", body = ManyIncidents))
)]
pub async fn list(Reads(call): Reads, mut query: Query) -> Answer {
    let q = query
        .take("q")
        .map(|q| text::clean_line(&q))
        .filter(|q| !q.is_empty());
    let listing = Listing {
        phases: query.words("phase", &Phase::ALL, Phase::as_str)?,
        severities: query.words("severity", &Severity::ALL, Severity::as_str)?,
        kinds: query.words("kind", &Kind::ALL, Kind::as_str)?,
        q,
        limit: query.limit(PAGE)?,
        before: query.cursor(LIST)?.map(Number),
    };
    query.end()?;
    let page = call.services.list(listing).await?;
    let view = call.view();
    let incidents = page
        .incidents
        .iter()
        .map(|summary| view.head(summary))
        .collect();
    Ok(Json(ManyIncidents {
        incidents,
        meta: Meta::next(LIST, page.next),
    })
    .into_response())
}

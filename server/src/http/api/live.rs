//! `GET /live`: every event this token may see, as it happens.

use super::call::Reads;
use super::problem::Answer;
use super::query::Query;
use super::shape::Event;
use crate::http::Server;
use crate::http::live::{Follower, begins_after, open};
use http::HeaderMap;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The stream.
pub fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new().routes(routes!(live))
}

/// Where to begin.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(
    dead_code,
    reason = "only its description is used; Query reads the values"
)]
struct After {
    /// Only what has a position above this one; from now on if left out.
    after: Option<i64>,
}

/// Where to go on.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(
    dead_code,
    reason = "only its description is used; the stream reads the header"
)]
struct Resume {
    /// The id of the last frame seen; wins over `after`.
    #[param(rename = "Last-Event-ID")]
    last_event_id: Option<i64>,
}

/// Follow what happens
///
/// Server-sent events, complete and in order. `id:` is the position; `event: incident` carries an event as `data:`;
/// `event: hello` comes first and names the build; `event: house` says that people, components or settings changed. Come
/// back with the last id and nothing is missed. The stream ends when the token does.
#[utoipa::path(
    get, path = "/live", tag = "Timeline", operation_id = "follow", params(After, Resume),
    responses((status = 200, description = "A stream of events.", body = Event, content_type = "text/event-stream"))
)]
async fn live(Reads(call): Reads, mut query: Query, headers: HeaderMap) -> Answer {
    let after = query.number("after")?;
    query.end()?;
    let after = begins_after(&headers, after, &call.server.hub);
    Ok(open(
        &call.server,
        after,
        Follower::Program(call.token_hash),
    ))
}

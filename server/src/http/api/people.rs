//! `/people`: accounts. Everybody reads them; administrators change them.

use super::call::{Call, Keeps, Reads};
use super::idempotency::Kept;
use super::input::{Body, Place};
use super::problem::{Answer, ApiError};
use super::query::{Meta, Paging, Query, page};
use super::shape::{Person, words};
use crate::http::Server;
use app::house::HouseCommand;
use axum::Json;
use axum::response::IntoResponse;
use domain::{AccountRole, text};
use http::header::LOCATION;
use http::{HeaderValue, StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// People on a page, unless the caller says otherwise.
const PAGE: i64 = 200;
/// The list's name in its cursors.
const LIST: &str = "people";

/// The calls under `/people`.
pub fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(list, invite))
        .routes(routes!(one, change))
}

/// People.
#[derive(Serialize, ToSchema)]
pub struct ManyPeople {
    people: Vec<Person>,
    meta: Meta,
}

/// One person.
#[derive(Serialize, ToSchema)]
pub struct OnePerson {
    person: Person,
}

/// Somebody who was invited.
#[derive(Serialize, ToSchema)]
pub struct Invited {
    person: Person,
    /// Lets in whoever opens it, once, for two days. Shown once: null when the answer is given again.
    #[schema(required)]
    sign_in_link: Option<String>,
}

/// The person in the address.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(
    dead_code,
    reason = "only its description is used; Place reads the address"
)]
struct Named {
    /// By id, handle or e-mail.
    #[param(example = "bo")]
    person: String,
}

/// Somebody to invite.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct NewPerson {
    /// Where they are reached.
    #[schema(example = "bo@example.com")]
    email: String,
    /// Their name.
    #[schema(example = "Bo Lind")]
    name: String,
    /// What they may do; responder if left out.
    #[schema(value_type = Option<words::Account>)]
    role: Option<AccountRole>,
}

/// What is to change. A field that is left out, or null, stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct PersonChange {
    /// The name to show.
    name: Option<String>,
    /// What people type after an @.
    handle: Option<String>,
    /// What they may do.
    #[schema(value_type = Option<words::Account>)]
    role: Option<AccountRole>,
    /// False takes access away: sessions, tokens and open streams end.
    active: Option<bool>,
}

/// List people
///
/// Former ones and service persons too.
#[utoipa::path(
    get, path = "/people", tag = "People", operation_id = "list_people", params(Paging),
    responses((status = 200, description = "A page of people.", body = ManyPeople))
)]
async fn list(Reads(call): Reads, mut query: Query) -> Answer {
    let limit = query.limit(PAGE)?;
    let cursor = query.cursor(LIST)?;
    query.end()?;
    let (people, next) = page(
        &call.directory.people,
        |p| p.id.to_string(),
        cursor.as_ref(),
        limit,
    )?;
    let people = people.into_iter().map(Person::from).collect();
    Ok(Json(ManyPeople {
        people,
        meta: Meta::next(LIST, next),
    })
    .into_response())
}

/// One person
#[utoipa::path(
    get, path = "/people/{person}", tag = "People", operation_id = "get_person", params(Named),
    responses((status = 200, description = "The account.", body = OnePerson))
)]
async fn one(Reads(call): Reads, place: Place) -> Answer {
    Ok(Json(OnePerson {
        person: found(&call, &place)?.into(),
    })
    .into_response())
}

/// Invite somebody
#[utoipa::path(
    post, path = "/people", tag = "People", operation_id = "invite_person", request_body = NewPerson,
    responses((
        status = 201, description = "The account, with a link to sign in.", body = Invited,
        headers(("Location" = String, description = "Its address."))
    ))
)]
async fn invite(Keeps(call): Keeps, Body(input): Body<NewPerson>) -> Answer {
    let email = text::clean_line(&input.email).to_lowercase();
    let role = input.role.unwrap_or(AccountRole::Responder);
    let command = HouseCommand::Invite {
        email: input.email,
        name: input.name,
        role,
    };
    let done = call
        .services
        .keep_house(&call.person.id, None, command)
        .await?;
    let directory = call.services.directory();
    let person = directory
        .people
        .iter()
        .find(|person| person.email.as_deref() == Some(&email));
    let person = person.ok_or(ApiError::Internal)?;
    let location = HeaderValue::from_str(&format!("/api/v1/people/{}", person.id))
        .map_err(|_| ApiError::Internal)?;
    let invited = |link| Invited {
        person: person.into(),
        sign_in_link: link,
    };
    // A secret is never kept, also not in the answers that are given again.
    let kept = serde_json::to_string(&invited(None)).map_err(|_| ApiError::Internal)?;
    let mut response = (
        StatusCode::CREATED,
        [(LOCATION, location)],
        Json(invited(done.secret)),
    )
        .into_response();
    response.extensions_mut().insert(Kept(kept));
    Ok(response)
}

/// Change an account
#[utoipa::path(
    patch, path = "/people/{person}", tag = "People", operation_id = "change_person",
    params(Named), request_body = PersonChange,
    responses((status = 200, description = "The account after it.", body = OnePerson))
)]
async fn change(Keeps(call): Keeps, place: Place, Body(input): Body<PersonChange>) -> Answer {
    let PersonChange {
        name,
        handle,
        role,
        active,
    } = input;
    let id = found(&call, &place)?.id.clone();
    let command = HouseCommand::ChangePerson {
        person: id.clone(),
        name,
        handle,
        role,
        active,
    };
    call.services
        .keep_house(&call.person.id, None, command)
        .await?;
    let directory = call.services.directory();
    let person = directory.person(&id).ok_or(ApiError::Internal)?;
    Ok(Json(OnePerson {
        person: person.into(),
    })
    .into_response())
}

fn found<'a>(call: &'a Call, place: &Place) -> Result<&'a domain::Person, ApiError> {
    let text = place.text("person");
    call.find_person(text)
        .ok_or_else(|| ApiError::Absent(format!("There is nobody called {text}.")))
}

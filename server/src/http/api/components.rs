//! `/components`: what customers know by name. Everybody reads them; administrators change them.

use super::call::{Call, Keeps, Reads};
use super::input::{Body, Place};
use super::problem::{Answer, ApiError};
use super::query::{Meta, Paging, Query, page};
use super::shape::Component;
use crate::http::Server;
use app::house::HouseCommand;
use axum::Json;
use axum::response::{IntoResponse, Response};
use domain::{ComponentId, text};
use http::header::LOCATION;
use http::{HeaderValue, StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Components on a page, unless the caller says otherwise.
const PAGE: i64 = 200;
/// The list's name in its cursors.
const LIST: &str = "components";

/// The calls under `/components`.
pub fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(one, change))
}

/// Components, in the order of the status page.
#[derive(Serialize, ToSchema)]
pub struct ManyComponents {
    components: Vec<Component>,
    meta: Meta,
}

/// One component.
#[derive(Serialize, ToSchema)]
pub struct OneComponent {
    component: Component,
}

/// The component in the address.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(
    dead_code,
    reason = "only its description is used; Place reads the address"
)]
struct Named {
    /// By id or exact name.
    #[param(example = "API")]
    component: String,
}

/// A component to add at the end of the page.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct NewComponent {
    /// Its public name, unique in its group.
    #[schema(max_length = 80, example = "API")]
    name: String,
    /// The heading it stands under; none if left out.
    group: Option<String>,
    /// A line for customers.
    description: Option<String>,
}

/// What is to change. A field that is left out, or null, stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct ComponentChange {
    /// Its public name, unique in its group.
    #[schema(max_length = 80)]
    name: Option<String>,
    /// The heading it stands under; empty for none.
    group: Option<String>,
    /// A line for customers.
    description: Option<String>,
    /// True takes it off the status page.
    hidden: Option<bool>,
}

/// List components
#[utoipa::path(
    get, path = "/components", tag = "Components", operation_id = "list_components", params(Paging),
    responses((status = 200, description = "A page of components.", body = ManyComponents))
)]
async fn list(Reads(call): Reads, mut query: Query) -> Answer {
    let limit = query.limit(PAGE)?;
    let cursor = query.cursor(LIST)?;
    query.end()?;
    let (found, next) = page(
        &call.directory.components,
        |c| c.id.to_string(),
        cursor.as_ref(),
        limit,
    )?;
    let active = call.services.store().public_active().await?;
    let planned = call.services.store().maintenances_open().await?;
    let components = found
        .into_iter()
        .map(|component| Component::new(component, &active, &planned))
        .collect();
    Ok(Json(ManyComponents {
        components,
        meta: Meta::next(LIST, next),
    })
    .into_response())
}

/// One component
#[utoipa::path(
    get, path = "/components/{component}", tag = "Components", operation_id = "get_component", params(Named),
    responses((status = 200, description = "The component.", body = OneComponent))
)]
async fn one(Reads(call): Reads, place: Place) -> Answer {
    let component = found(&call, &place)?;
    answer(&call, component).await
}

/// Add a component
#[utoipa::path(
    post, path = "/components", tag = "Components", operation_id = "add_component", request_body = NewComponent,
    responses((
        status = 201, description = "The component.", body = OneComponent,
        headers(("Location" = String, description = "Its address."))
    ))
)]
async fn add(Keeps(call): Keeps, Body(input): Body<NewComponent>) -> Answer {
    let name = text::clean_line(&input.name);
    let group = text::clean_line(input.group.as_deref().unwrap_or_default());
    let command = HouseCommand::AddComponent {
        name: input.name,
        group: input.group.unwrap_or_default(),
        description: input.description.unwrap_or_default(),
    };
    call.services
        .keep_house(&call.person.id, None, command)
        .await?;
    let directory = call.services.directory();
    let component = directory
        .components
        .iter()
        .find(|component| component.name == name && component.group == group);
    let component = component.ok_or(ApiError::Internal)?;
    let location = format!("/api/v1/components/{}", component.id);
    let location = HeaderValue::from_str(&location).map_err(|_| ApiError::Internal)?;
    let mut response = answer(&call, component).await?;
    *response.status_mut() = StatusCode::CREATED;
    response.headers_mut().insert(LOCATION, location);
    Ok(response)
}

/// Change a component
#[utoipa::path(
    patch, path = "/components/{component}", tag = "Components", operation_id = "change_component",
    params(Named), request_body = ComponentChange,
    responses((status = 200, description = "The component after it.", body = OneComponent))
)]
async fn change(Keeps(call): Keeps, place: Place, Body(input): Body<ComponentChange>) -> Answer {
    let ComponentChange {
        name,
        group,
        description,
        hidden,
    } = input;
    let id: ComponentId = found(&call, &place)?.id.clone();
    let command = HouseCommand::ChangeComponent {
        component: id.clone(),
        name,
        group,
        description,
        hidden,
    };
    call.services
        .keep_house(&call.person.id, None, command)
        .await?;
    let directory = call.services.directory();
    answer(&call, directory.component(&id).ok_or(ApiError::Internal)?).await
}

fn found<'a>(call: &'a Call, place: &Place) -> Result<&'a domain::Component, ApiError> {
    let text = place.text("component");
    let found = call.directory.find_component(text);
    found.ok_or_else(|| ApiError::Absent(format!("There is no component called {text}.")))
}

async fn answer(call: &Call, component: &domain::Component) -> Result<Response, ApiError> {
    let active = call.services.store().public_active().await?;
    let planned = call.services.store().maintenances_open().await?;
    Ok(Json(OneComponent {
        component: Component::new(component, &active, &planned),
    })
    .into_response())
}

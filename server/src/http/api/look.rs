//! `/settings/look`: how the public page is dressed. Everybody reads it, as everybody sees the page; administrators change it.

use super::call::{Call, Keeps, Reads};
use super::input::Body;

use super::problem::Answer;
use crate::http::Server;
use app::house::HouseCommand;
use axum::Json;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The calls under `/settings/look`.
pub fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new().routes(routes!(get, put))
}

/// How the public page is dressed. What is left out or empty looks as it does by itself.
#[derive(Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields, expecting = "an object")]
pub struct Look {
    /// The text of an SVG, or a `data:` address of a PNG, JPEG, WebP or SVG in base64.
    #[schema(max_length = 32000)]
    logo: String,
    /// The colour of links on light paper.
    #[schema(example = "#0a5872")]
    colour: String,
    /// The colour of links at night.
    #[schema(example = "#86b4bf")]
    colour_night: String,
    /// What stands in the head of every page, in order.
    #[schema(max_items = 8)]
    links: Vec<Link>,
    /// The last line of every page, in Markdown.
    #[schema(max_length = 1000)]
    footer: String,
    /// Rules after those of the page. Nothing in them may load anything.
    #[schema(max_length = 20000)]
    css: String,
}

/// A way from the public page to another place.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct Link {
    /// What it is called.
    #[schema(max_length = 40)]
    name: String,
    /// Where it leads: `https:`, `http:` or `mailto:`.
    address: String,
}

impl From<domain::Look> for Look {
    fn from(look: domain::Look) -> Self {
        let domain::Look {
            logo,
            colour,
            colour_night,
            links,
            footer,
            css,
        } = look;
        let link = |link: domain::Link| Link {
            name: link.name,
            address: link.address,
        };
        Self {
            logo,
            colour,
            colour_night,
            links: links.into_iter().map(link).collect(),
            footer,
            css,
        }
    }
}

impl From<Look> for domain::Look {
    fn from(look: Look) -> Self {
        let link = |link: Link| domain::Link {
            name: link.name,
            address: link.address,
        };
        Self {
            logo: look.logo,
            colour: look.colour,
            colour_night: look.colour_night,
            links: look.links.into_iter().map(link).collect(),
            footer: look.footer,
            css: look.css,
        }
    }
}

/// The look.
#[derive(Serialize, ToSchema)]
pub struct TheLook {
    look: Look,
}

/// How the status page looks
#[utoipa::path(
    get, path = "/settings/look", tag = "Settings", operation_id = "get_look",
    responses((status = 200, description = "The look.", body = TheLook))
)]
async fn get(Reads(call): Reads) -> Answer {
    answer(&call).await
}

/// Change how the status page looks
#[utoipa::path(
    put, path = "/settings/look", tag = "Settings", operation_id = "put_look", request_body = Look,
    responses((status = 200, description = "The look after it.", body = TheLook))
)]
async fn put(Keeps(call): Keeps, Body(look): Body<Look>) -> Answer {
    let look = Box::new(look.into());
    call.services
        .keep_house(&call.person.id, None, HouseCommand::SetLook { look })
        .await?;
    answer(&call).await
}

async fn answer(call: &Call) -> Answer {
    let look = call.services.look().await?.into();
    Ok(Json(TheLook { look }).into_response())
}

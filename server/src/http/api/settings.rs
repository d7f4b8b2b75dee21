//! `/settings`: what holds for the whole house. Everybody reads it; administrators change it.

use super::call::{Keeps, Reads};
use super::input::Body;
use super::problem::Answer;
use super::shape::{Settings, StatusPage, Template, View};
use crate::http::Server;
use app::house::HouseCommand;
use axum::Json;
use axum::response::IntoResponse;
use domain::incident::{Form, Rejection};
use domain::{Directory, Severity};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The calls under `/settings`.
pub fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new().routes(routes!(get, change))
}

/// The settings.
#[derive(Serialize, ToSchema)]
pub struct TheSettings {
    settings: Settings,
}

/// What is to change. A field that is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct SettingsChange {
    /// The organisation's name, shown to customers.
    #[schema(max_length = 80)]
    organisation: Option<String>,
    /// What stands before an incident's number.
    #[schema(max_length = 10, example = "INC")]
    prefix: Option<String>,
    /// How soon customers and the team hear, by severity.
    promises: Option<PromisesChange>,
    /// Words that must not reach customers, all of them.
    internal_words: Option<Vec<String>>,
    /// E-mail addresses that get every sitrep of every incident, all of them.
    incident_list: Option<Vec<String>>,
    /// Public updates to begin with, all of them.
    templates: Option<Vec<Template>>,
    /// The status pages, all of them. A further one that is left out is gone; the main one is as it always is then.
    status_pages: Option<Vec<StatusPage>>,
    /// The time zone that the public page speaks in, by its IANA name.
    #[schema(example = "Europe/Berlin")]
    time_zone: Option<String>,
}

/// The promises to change, by severity.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct PromisesChange {
    sev1: Option<PromiseChange>,
    sev2: Option<PromiseChange>,
    sev3: Option<PromiseChange>,
    sev4: Option<PromiseChange>,
    unset: Option<PromiseChange>,
}

/// Minutes, 1 to 10080; null for no promise. One that is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct PromiseChange {
    /// First word to customers.
    #[serde(default)]
    #[schema(value_type = Option<i64>)]
    first_word: Minutes,
    /// Next word to customers.
    #[serde(default)]
    #[schema(value_type = Option<i64>)]
    next_word: Minutes,
    /// Next sitrep.
    #[serde(default)]
    #[schema(value_type = Option<i64>)]
    sitrep: Minutes,
    /// Time in command before a warning.
    #[serde(default)]
    #[schema(value_type = Option<i64>)]
    command: Minutes,
}

/// A promise to change: left out it stays, null is none.
#[derive(Clone, Copy, Default)]
enum Minutes {
    #[default]
    LeftOut,
    Given(Option<i64>),
}

impl<'de> Deserialize<'de> for Minutes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::Given)
    }
}

impl Minutes {
    /// As the settings form has it: blank for none.
    fn typed(self) -> Option<String> {
        match self {
            Self::LeftOut => None,
            Self::Given(None) => Some(String::new()),
            Self::Given(Some(minutes)) => Some(minutes.to_string()),
        }
    }
}

impl SettingsChange {
    /// As the settings form posts it, so that one reading and one set of rules serve both.
    fn form(self) -> Form {
        let mut fields = vec![("do".to_owned(), "settings".to_owned())];
        let mut put = |name: &str, value: Option<String>| {
            fields.extend(value.map(|value| (name.to_owned(), value)));
        };
        put("organisation", self.organisation);
        put("prefix", self.prefix);
        put("time_zone", self.time_zone);
        // A line break inside one would make two of it.
        let lines = |words: Vec<String>| {
            words
                .iter()
                .map(|word| word.replace(['\n', '\r'], " "))
                .collect::<Vec<_>>()
                .join("\n")
        };
        put("internal_words", self.internal_words.map(lines));
        put("incident_list", self.incident_list.map(lines));
        for (severity, promise) in self
            .promises
            .into_iter()
            .flat_map(PromisesChange::by_severity)
        {
            let severity = severity.as_str();
            put(
                &format!("{severity}.first_word"),
                promise.first_word.typed(),
            );
            put(&format!("{severity}.next_word"), promise.next_word.typed());
            put(&format!("{severity}.sitrep"), promise.sitrep.typed());
            put(&format!("{severity}.command"), promise.command.typed());
        }
        Form(fields)
    }
}

impl PromisesChange {
    fn by_severity(self) -> impl Iterator<Item = (Severity, PromiseChange)> {
        let Self {
            sev1,
            sev2,
            sev3,
            sev4,
            unset,
        } = self;
        [
            (Severity::Sev1, sev1),
            (Severity::Sev2, sev2),
            (Severity::Sev3, sev3),
            (Severity::Sev4, sev4),
            (Severity::Unset, unset),
        ]
        .into_iter()
        .filter_map(|(severity, promise)| Some((severity, promise?)))
    }
}

/// The settings
#[utoipa::path(
    get, path = "/settings", tag = "Settings", operation_id = "get_settings",
    responses((status = 200, description = "The settings.", body = TheSettings))
)]
async fn get(Reads(call): Reads) -> Answer {
    Ok(Json(TheSettings {
        settings: call.view().settings(),
    })
    .into_response())
}

fn status_pages(
    given: Vec<StatusPage>,
    directory: &Directory,
) -> Result<Vec<domain::StatusPage>, Rejection> {
    let read = |one: StatusPage| {
        one.read(directory).map_err(|words| Rejection::Unreadable {
            words,
            field: "status_pages".to_owned(),
        })
    };
    given.into_iter().map(read).collect()
}

fn templates(given: Vec<Template>) -> Result<Vec<domain::Template>, Rejection> {
    let read = |one: Template| {
        one.try_into().map_err(|words| Rejection::Unreadable {
            words,
            field: "templates".to_owned(),
        })
    };
    given.into_iter().map(read).collect()
}

/// Change the settings
#[utoipa::path(
    patch, path = "/settings", tag = "Settings", operation_id = "change_settings", request_body = SettingsChange,
    responses((status = 200, description = "The settings after it.", body = TheSettings))
)]
async fn change(Keeps(call): Keeps, Body(mut input): Body<SettingsChange>) -> Answer {
    let templates = input.templates.take().map(templates).transpose()?;
    let pages = input.status_pages.take();
    let pages = pages.map(|given| status_pages(given, &call.directory));
    let pages = pages.transpose()?;
    let mut command = HouseCommand::from_form(&input.form(), &call.directory.settings)?;
    if let HouseCommand::SetSettings { settings } = &mut command {
        settings.templates = templates.unwrap_or_else(|| std::mem::take(&mut settings.templates));
        settings.status_pages = pages.unwrap_or_else(|| std::mem::take(&mut settings.status_pages));
    }
    call.services
        .keep_house(&call.person.id, None, command)
        .await?;
    let directory = call.services.directory();
    let view = View {
        directory: &directory,
        base_url: call.services.base_url(),
    };
    Ok(Json(TheSettings {
        settings: view.settings(),
    })
    .into_response())
}

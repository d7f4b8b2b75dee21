//! Redaction by hand: look for a text, see every place, blank it. A screen of its own beside the app, without any script: what
//! is typed here must not get into the state of a page, an address, the history or the storage of a browser.

mod page;

use super::{Server, forms, security};
use crate::services::Refusal;
use app::AppError;
use app::backend::Viewer;
use axum::Extension;
use axum::extract::rejection::RawFormRejection;
use axum::extract::{Path, RawForm, State};
use axum::response::{IntoResponse, Response};
use domain::incident::{Form, Redaction};
use domain::{AccountRole, Number, Rejection};
use http::StatusCode;
use page::{Asked, Screen, Shown};

type MaybeViewer = Option<Extension<Viewer>>;

/// `GET /incidents/{number}/redact`: the empty field.
pub async fn show(
    State(server): State<Server>,
    Path(number): Path<String>,
    viewer: MaybeViewer,
) -> Response {
    answer(&server, &number, viewer, None).await
}

/// `POST /incidents/{number}/redact`: looks for a text, or blanks it.
pub async fn act(
    State(server): State<Server>,
    Path(number): Path<String>,
    viewer: MaybeViewer,
    body: Result<RawForm, RawFormRejection>,
) -> Response {
    match forms::read(body) {
        Ok(form) => answer(&server, &number, viewer, Some(form)).await,
        Err(response) => *response,
    }
}

async fn answer(
    server: &Server,
    number: &str,
    viewer: MaybeViewer,
    form: Option<Form>,
) -> Response {
    match screen(server, number, viewer, form).await {
        Ok((status, screen)) => (status, page::render(screen)).into_response(),
        Err(error) => {
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::FORBIDDEN);
            security::plain_error(status, "Not possible", &error.to_string())
        }
    }
}

/// What the screen shows; an error where there is none to show.
async fn screen(
    server: &Server,
    number: &str,
    viewer: MaybeViewer,
    form: Option<Form>,
) -> Result<(StatusCode, Screen), AppError> {
    let Extension(viewer) = viewer.ok_or(AppError::SignIn {})?;
    let services = &server.services;
    let me = app::backend::Backend::me(services, &viewer).await?;
    if me.person.role != AccountRole::Admin {
        return Err(Rejection::AdministratorsRedact.into());
    }
    let missing = || AppError::no_incident(number);
    let number: Number = number.parse().map(Number).map_err(|_| missing())?;
    let incident = services.incident(number).await.map_err(Refusal::from)?;
    let incident = incident.ok_or_else(missing)?;
    let mut screen = Screen {
        number,
        tag: me.directory.tag(number),
        title: incident.summary.title.clone(),
        theme: me.preference.theme,
        now: services.now(),
        shown: Shown::Field { error: None },
    };
    let Some(form) = form else {
        return Ok((StatusCode::OK, screen));
    };
    let mut asked = Asked::read(&form);
    let found = services.find_text(&viewer.person, number, &asked.text);
    let found = match found.await.map_err(AppError::from) {
        Ok(found) => found,
        Err(error) => return refused(screen, error),
    };
    if form.get("do") != Some("redact") {
        asked.tick(&found.texts);
        screen.shown = Shown::Found {
            asked,
            found,
            error: None,
        };
        return Ok((StatusCode::OK, screen));
    }
    let redaction = Redaction {
        versions: asked.versions.clone(),
        secret: (!asked.whole).then(|| asked.text.clone()),
        reason: asked.reason.clone(),
    };
    let done = services.redact(&viewer.person, number, None, redaction);
    match done.await.map_err(AppError::from) {
        Ok(done) => {
            screen
                .title
                .clone_from(&done.committed.incident.summary.title);
            let left = found
                .texts
                .iter()
                .filter(|place| !asked.versions.contains(&place.version))
                .count();
            screen.shown = Shown::Done {
                done: Box::new(done),
                mailed: found.mailed,
                left,
            };
            Ok((StatusCode::OK, screen))
        }
        Err(error) => {
            let status = status_of(&error);
            screen.shown = Shown::Found {
                asked,
                found,
                error: Some(error),
            };
            Ok((status, screen))
        }
    }
}

fn refused(mut screen: Screen, error: AppError) -> Result<(StatusCode, Screen), AppError> {
    if error.field().is_none() {
        return Err(error);
    }
    let status = status_of(&error);
    screen.shown = Shown::Field { error: Some(error) };
    Ok((status, screen))
}

fn status_of(error: &AppError) -> StatusCode {
    StatusCode::from_u16(error.status()).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY)
}

//! Plain form posts: the way without a script, and before it is there. Success redirects; everything else shows the
//! screen again with what was typed, so that a reload, a refusal and a session that ran out lose nothing.

use super::{Server, pages, security, session};
use app::AppError;
use app::backend::{Backend, Viewer};
use app::data::Sending;
use app::forms::Posted;
use app::house::HouseCommand;
use axum::Extension;
use axum::extract::rejection::RawFormRejection;
use axum::extract::{OriginalUri, Path, RawForm, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::CookieJar;
use domain::Number;
use domain::incident::{Form, UpdateForm};
use http::StatusCode;

/// A form as it came in.
pub type Body = Result<RawForm, RawFormRejection>;
type MaybeViewer = Option<Extension<Viewer>>;

/// `POST /incidents`: declares.
pub async fn declare(State(server): State<Server>, viewer: MaybeViewer, body: Body) -> Response {
    let form = match read(body) {
        Ok(form) => form,
        Err(response) => return *response,
    };
    let viewer = viewer.map(|Extension(viewer)| viewer);
    let result = async {
        let viewer = viewer.as_ref().ok_or(AppError::SignIn {})?;
        let declaration = form.declaration(&server.services.directory(), server.services.now())?;
        let key = form.get("key");
        Backend::declare(&server.services, viewer, declaration, key).await
    }
    .await;
    match result {
        Ok(number) => Redirect::to(&format!("/incidents/{number}")).into_response(),
        Err(error) => refused(&server, form, error, viewer, "/incidents/new").await,
    }
}

/// `POST /incidents/{number}` and its screens: any command.
pub async fn command(
    State(server): State<Server>,
    Path(number): Path<String>,
    OriginalUri(uri): OriginalUri,
    viewer: MaybeViewer,
    body: Body,
) -> Response {
    let form = match read(body) {
        Ok(form) => form,
        Err(response) => return *response,
    };
    let viewer = viewer.map(|Extension(viewer)| viewer);
    let path = uri.path();
    let now = server.services.now();
    if form.ticked("preview") {
        let error = match &viewer {
            Some(_) => UpdateForm::read(&form, now).err().map(AppError::from),
            None => Some(AppError::SignIn {}),
        };
        return pages::again(
            &server,
            Posted {
                form,
                error,
                answer: None,
            },
            viewer,
            path,
        )
        .await;
    }
    let result = async {
        let viewer = viewer.as_ref().ok_or(AppError::SignIn {})?;
        let number = number
            .parse::<i64>()
            .map(Number)
            .map_err(|_| AppError::no_incident(&number))?;
        let command = form.command(&viewer.person, &server.services.directory(), now)?;
        Backend::execute(&server.services, viewer, number, command, sending(&form))
            .await
            .map(|_| number)
    }
    .await;
    match result {
        Ok(number) => Redirect::to(&next(&form, &format!("/incidents/{number}"))).into_response(),
        Err(error) => refused(&server, form, error, viewer, path).await,
    }
}

/// `POST /people`, `/components`, `/settings`, `/devices`.
pub async fn house(
    State(server): State<Server>,
    OriginalUri(uri): OriginalUri,
    jar: CookieJar,
    viewer: MaybeViewer,
    body: Body,
) -> Response {
    let form = match read(body) {
        Ok(form) => form,
        Err(response) => return *response,
    };
    let viewer = viewer.map(|Extension(viewer)| viewer);
    let path = uri.path();
    let result = async {
        let viewer = viewer.as_ref().ok_or(AppError::SignIn {})?;
        let command = HouseCommand::from_form(&form, &server.services.directory().settings)?;
        Ok((
            Backend::keep_house(&server.services, viewer, command).await?,
            viewer.clone(),
        ))
    }
    .await;
    match result {
        // A link or a token is shown once, so there is no page to redirect to.
        Ok((answer, viewer)) if answer.secret.is_some() => {
            let posted = Posted {
                form,
                error: None,
                answer: Some(answer),
            };
            pages::again(&server, posted, Some(viewer), path).await
        }
        Ok((_, viewer))
            if server
                .services
                .session_stands(&viewer)
                .await
                .unwrap_or(true) =>
        {
            Redirect::to(&next(&form, path)).into_response()
        }
        Ok(_) => (jar.add(session::end(&server)), Redirect::to("/sign-in")).into_response(),
        Err(error) => refused(&server, form, error, viewer, path).await,
    }
}

/// What a form is known by, and the draft that it was filled with: fields called `draft:NAME` with a revision.
fn sending(form: &Form) -> Sending {
    let drafted = form.0.iter().filter_map(|(name, revision)| {
        let field = name.strip_prefix("draft:")?;
        Some((field.to_owned(), revision.parse().ok()?))
    });
    Sending {
        key: form.get("key").map(str::to_owned),
        drafted: drafted.collect(),
    }
}

async fn refused(
    server: &Server,
    form: Form,
    error: AppError,
    viewer: Option<Viewer>,
    path: &str,
) -> Response {
    pages::again(
        server,
        Posted {
            form,
            error: Some(error),
            answer: None,
        },
        viewer,
        path,
    )
    .await
}

/// Where to go after success: the form's own wish, if it stays on this server.
fn next(form: &Form, otherwise: &str) -> String {
    form.get("next")
        .filter(|path| stays_here(path))
        .unwrap_or(otherwise)
        .to_owned()
}

/// Browsers take a backslash for a slash and leave out tabs and line breaks, so what looks like a path with one of them
/// may lead elsewhere.
fn stays_here(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains(|c: char| c == '\\' || c.is_control())
}

/// Reads a posted form; what cannot be read is answered at once.
pub fn read(body: Body) -> Result<Form, Box<Response>> {
    let fields = |bytes: &[u8]| {
        form_urlencoded::parse(bytes)
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect()
    };
    match body {
        Ok(RawForm(bytes)) => Ok(Form(fields(&bytes))),
        Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            Err(Box::new(security::plain_error(
                StatusCode::PAYLOAD_TOO_LARGE,
                "This is too much at once",
                "A form may carry 4 MB. Go back: your text is still there. Shorten it, or send it in parts.",
            )))
        }
        Err(rejection) => Err(Box::new(security::plain_error(
            rejection.status(),
            "This is not a form",
            "Muster could not read what was sent. Go back, reload the page, and send it again.",
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_a_form_nobody_is_sent_elsewhere() {
        for (path, stays) in [
            ("/incidents/7?tab=x#y", true),
            ("/", true),
            ("", false),
            ("incidents", false),
            ("https://elsewhere.test/", false),
            ("//elsewhere.test/", false),
            ("/\\elsewhere.test/", false),
            ("/x\\y", false),
            ("/\t/elsewhere.test/", false),
            ("/\n/elsewhere.test/", false),
            ("/\r/elsewhere.test/", false),
            ("/\u{0}", false),
            ("/\u{7f}", false),
            ("/\u{85}x", false),
        ] {
            assert_eq!(stays_here(path), stays, "{path:?}");
        }
    }
}

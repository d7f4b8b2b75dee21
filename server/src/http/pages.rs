//! The screens: the app rendered on the server.

use super::{Server, assets, security, session};
use crate::ids;
use app::backend::{Backend, SharedBackend, Viewer};
use app::forms::Posted;
use app::house::without_passwords;
use app::shell::{Assets, Beginning, Theme, shell};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use http::header::{CONTENT_SECURITY_POLICY, HeaderValue};
use http::{Method, StatusCode};
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use std::sync::Arc;

/// `GET` of any screen.
pub async fn page(State(server): State<Server>, request: Request) -> Response {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return security::plain_error(
            StatusCode::METHOD_NOT_ALLOWED,
            "Nothing can be sent here",
            "This address only shows something. Go back and use the form that is there.",
        );
    }
    render(&server, None, None, request).await
}

/// The screen again, in answer to a post: with what was typed but for passwords, and with its status.
pub async fn again(
    server: &Server,
    mut posted: Posted,
    viewer: Option<Viewer>,
    path: &str,
) -> Response {
    posted.form = without_passwords(posted.form);
    let status = posted
        .error
        .as_ref()
        .and_then(|error| StatusCode::from_u16(error.status()).ok());
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = path.parse().unwrap_or_default();
    if let Some(viewer) = viewer {
        request.extensions_mut().insert(viewer);
    }
    render(server, Some(posted), status, request).await
}

async fn render(
    server: &Server,
    posted: Option<Posted>,
    status: Option<StatusCode>,
    request: Request,
) -> Response {
    let viewer = session::viewer(&request);
    let theme = match &viewer {
        Some(viewer) => server
            .services
            .me(viewer)
            .await
            .map(|me| me.preference.theme)
            .unwrap_or_default(),
        None => String::new(),
    };
    let beginning = Beginning {
        now: server.services.now(),
        key: ids::new_id(),
        posted,
    };
    let inside = inside(server, viewer);
    let context = move || {
        inside();
        provide_context(beginning.clone());
        provide_context(Theme(theme.clone()));
        provide_context(built());
        if let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>())
            && let Ok(policy) = HeaderValue::from_str(&security::policy(&nonce))
        {
            response.insert_header(CONTENT_SECURITY_POLICY, policy);
        }
    };
    let mut response = leptos_axum::render_app_async_with_context(context, shell)(request).await;
    if let Some(status) = status.filter(|_| response.status() == StatusCode::OK) {
        *response.status_mut() = status;
    }
    response
}

/// What server functions find in their context, called by a screen or over HTTP.
pub fn inside(
    server: &Server,
    viewer: Option<Viewer>,
) -> impl Fn() + Clone + Send + Sync + 'static {
    let backend: SharedBackend = Arc::new(server.services.clone());
    move || {
        provide_context(Arc::clone(&backend));
        if let Some(viewer) = &viewer {
            provide_context(viewer.clone());
        }
    }
}

fn built() -> Assets {
    let manifest = assets::manifest();
    Assets {
        js: format!("/pkg/{}", manifest.js),
        wasm: format!("/pkg/{}", manifest.wasm),
        css: format!("/pkg/{}", manifest.css),
        build: crate::build(),
    }
}

//! Who asks: from the cookie to a [`Viewer`], for every request of the inside.

use super::{Server, security};
use crate::services::SESSION_DAYS;
use app::backend::Viewer;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use http::StatusCode;

/// The cookie's name. The `__Host-` prefix binds it to this host and to https; browsers drop it silently on plain http.
fn name(secure: bool) -> &'static str {
    if secure { "__Host-muster" } else { "muster" }
}

/// Puts the viewer into the request, if there is one. A store that cannot answer does not sign anybody out: 503.
pub async fn recognise(
    State(server): State<Server>,
    jar: CookieJar,
    mut request: Request,
    next: Next,
) -> Response {
    if let Some(cookie) = jar.get(name(server.is_https())) {
        match server.services.viewer(cookie.value()).await {
            Ok(Some(viewer)) => {
                request.extensions_mut().insert(viewer);
            }
            Ok(None) => {}
            Err(error) => {
                tracing::error!(error = %error, "sessions cannot be read");
                return security::plain_error(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "Muster cannot reach its database",
                    "Nothing you typed is lost in this tab. Go back, and try again in a moment.",
                );
            }
        }
    }
    next.run(request).await
}

/// The viewer of a request.
pub fn viewer(request: &Request) -> Option<Viewer> {
    request.extensions().get::<Viewer>().cloned()
}

/// The cookie that begins a session.
pub fn begin(server: &Server, secret: String) -> Cookie<'static> {
    let secure = server.is_https();
    Cookie::build((name(secure), secret))
        .path("/")
        .http_only(true)
        .secure(secure)
        .same_site(SameSite::Lax)
        .max_age(time::Duration::days(SESSION_DAYS))
        .build()
}

/// The cookie that ends it.
pub fn end(server: &Server) -> Cookie<'static> {
    let secure = server.is_https();
    Cookie::build((name(secure), ""))
        .path("/")
        .http_only(true)
        .secure(secure)
        .removal()
        .build()
}

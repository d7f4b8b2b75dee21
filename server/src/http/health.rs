//! For whoever watches the process.

use crate::services::Services;
use axum::extract::State;
use http::StatusCode;

/// `GET /healthz`: the process is alive.
pub async fn alive() -> &'static str {
    "alive\n"
}

/// `GET /readyz`: the database is reachable and no migration is missing.
pub async fn ready(State(services): State<Services>) -> (StatusCode, String) {
    match services.store().ready().await {
        Ok(()) => (StatusCode::OK, "ready\n".to_owned()),
        Err(error) => {
            tracing::warn!(error = %error, "not ready");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                format!("{}\n", error.public()),
            )
        }
    }
}

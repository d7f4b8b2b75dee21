//! What stands where a screen cannot be: signed out, not allowed, not there, broken. Each with one way on.

use crate::AppError;
use leptos::prelude::*;

/// A page that cannot be shown.
#[component]
pub fn Refused(
    /// Why.
    error: AppError,
) -> impl IntoView {
    set_status(error.status());
    let (heading, way, address) = match &error {
        AppError::SignIn {} => ("Signed out", "Sign in", "/sign-in"),
        AppError::Forbidden { .. } | AppError::Rejected { .. } => {
            ("Not allowed", "Back to the board", "/")
        }
        AppError::NotFound { .. } => ("Not found", "All incidents", "/incidents"),
        AppError::Conflict { .. } | AppError::Internal {} => {
            ("Something went wrong", "Back to the board", "/")
        }
        AppError::Unreachable {} => ("No connection", "Try again", ""),
    };
    view! {
        <leptos_meta::Title text=heading/>
        <div class="page error-page">
            <main id="main" class="plain">
                <header class="head"><h1>{heading}</h1></header>
                <p>{error.to_string()}</p>
                <p class="row"><a class="btn primary" href=address rel="external">{way}</a></p>
            </main>
        </div>
    }
}

/// An address that no screen has.
#[component]
pub fn Missing() -> impl IntoView {
    view! { <Refused error=AppError::NotFound { words: "There is no page at this address. It may have been mistyped.".to_owned() }/> }
}

fn set_status(status: u16) {
    #[cfg(feature = "ssr")]
    if let (Some(response), Ok(status)) = (
        use_context::<leptos_axum::ResponseOptions>(),
        http::StatusCode::from_u16(status),
    ) {
        response.set_status(status);
    }
    #[cfg(not(feature = "ssr"))]
    let _ = status;
}

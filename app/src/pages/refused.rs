//! What stands where a screen cannot be: signed out, not allowed, not there, broken. Each with one way on.

use crate::AppError;
use crate::forms::posted;
use crate::house::is_about_a_password;
use crate::me::Session;
use crate::ui::{TextArea, TopBar};
use domain::incident::Form;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// A page that cannot be shown. Who is signed in keeps the bar at the top.
#[component]
pub fn Refused(
    /// Why.
    error: AppError,
) -> impl IntoView {
    set_status(error.status());
    let code = error.status();
    let heading = heading(&error);
    let typed = posted()
        .filter(|posted| posted.error.as_ref() == Some(&error))
        .filter(|posted| !is_about_a_password(&posted.form))
        .map(|posted| posted.form);
    let signed_in = use_context::<Session>().is_some();
    view! {
        <leptos_meta::Title text=heading/>
        <div class="page error-page">
            <a class="skip" href="#main">"Skip to content"</a>
            {signed_in.then(|| view! { <TopBar/> })}
            <main id="main" class="plain narrow" tabindex="-1">
                <header class="head"><p class="code">{code}</p><h1>{heading}</h1></header>
                <p>{error.to_string()}</p>
                {typed.map(|form| view! { <Typed form=form/> })}
                <WayOn error=error/>
            </main>
        </div>
    }
}

/// What was posted and could not be carried out, to be sent again from here: the screen that it was typed on cannot be shown.
#[component]
fn Typed(form: Form) -> impl IntoView {
    // A page that answers a declaration has the address of the screen, not of the post.
    let action = use_location()
        .pathname
        .with_untracked(|path| path.strip_suffix("/new").unwrap_or(path).to_owned());
    let fields = form
        .0
        .into_iter()
        .map(
            |(name, value)| match TYPED.into_iter().find(|(known, _)| *known == name) {
                Some((name, label)) if !value.trim().is_empty() => {
                    let id = format!("typed-{name}");
                    view! {
                        <div class="field">
                            <label for=id.clone()>{label}</label>
                            <TextArea name=name id=id value=RwSignal::new(value) rows=4/>
                        </div>
                    }
                    .into_any()
                }
                Some(_) | None => view! { <input type="hidden" name=name value=value/> }.into_any(),
            },
        )
        .collect_view();
    view! {
        <form method="post" action=action class="form" aria-labelledby="typed-h">
            <h2 id="typed-h" class="sect">"What you typed"</h2>
            {fields}
            <p class="row"><button class="btn primary">"Send it again"</button></p>
        </form>
    }
}

/// The fields that a person types into, by their name on the wire, and what they are called.
const TYPED: [(&str, &str); 19] = [
    ("title", "Title"),
    ("public_title", "Title for customers"),
    ("summary", "What do you see?"),
    ("situation", "Situation"),
    ("impact", "Impact"),
    ("hypothesis", "Hypothesis"),
    ("needs", "What we need"),
    ("headline", "Headline"),
    ("message", "Message to customers"),
    ("text", "What you said"),
    ("question", "Question"),
    ("reason", "Why"),
    ("url", "Address"),
    ("name", "Name"),
    ("email", "E-mail"),
    ("description", "Description"),
    ("internal_words", "Internal words"),
    ("template_name", "Name of the template"),
    ("template_message", "Words of the template"),
];

/// A part of a page that cannot be shown.
#[component]
pub(crate) fn Problem(
    /// Why.
    error: AppError,
) -> impl IntoView {
    set_status(error.status());
    view! {
        <div class="notice crit" role="alert">
            <p><b>{heading(&error)}". "</b>{error.to_string()}</p>
            <WayOn error=error/>
        </div>
    }
}

/// An address that no screen has.
#[component]
pub fn Missing() -> impl IntoView {
    view! { <Refused error=AppError::NotFound { words: "There is no page at this address. It may have been mistyped.".to_owned() }/> }
}

fn heading(error: &AppError) -> &'static str {
    match error {
        AppError::SignIn {} => "Signed out",
        AppError::Forbidden { .. } => "Not allowed",
        AppError::Rejected { rejection } if rejection.is_forbidden() => "Not allowed",
        AppError::Rejected { .. } => "Not possible",
        AppError::NotFound { .. } => "Not found",
        AppError::Conflict { .. } => "Somebody was faster",
        AppError::SentOtherwise {} => "Sent already",
        AppError::TooOften { .. } => "Too often",
        AppError::Internal {} => "Something went wrong",
        AppError::Unreachable {} => "No connection",
    }
}

/// One step that leads on from here.
#[component]
fn WayOn(error: AppError) -> impl IntoView {
    let (words, address) = match &error {
        AppError::SignIn {} => ("Sign in", "/sign-in"),
        AppError::NotFound { .. } => ("All incidents", "/incidents"),
        AppError::Forbidden { .. } | AppError::Rejected { .. } => ("Back to the board", "/"),
        // An empty address is this page, loaded anew.
        AppError::Conflict { .. }
        | AppError::SentOtherwise {}
        | AppError::TooOften { .. }
        | AppError::Internal {}
        | AppError::Unreachable {} => ("Try again", ""),
    };
    // Signing in must not replace a page that holds what somebody typed.
    let tab = (matches!(error, AppError::SignIn {}) && posted().is_some()).then_some("_blank");
    view! { <p class="row"><a class="btn" href=address rel="external" target=tab>{words}</a></p> }
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

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_says_what_happened_and_has_one_way_on() {
        let all = [
            AppError::SignIn {},
            AppError::no_incident(999),
            AppError::Internal {},
            AppError::Unreachable {},
            AppError::TooOften { seconds: 40 },
            AppError::Forbidden {
                words: "Only administrators may.".to_owned(),
            },
        ];
        for error in all {
            let words = error.to_string();
            let html = Owner::new().with(|| view! { <Problem error=error/> }.to_html());
            assert_eq!(html.matches("<a ").count(), 1, "{html}");
            assert!(html.contains(&words), "{html}");
        }
    }
}

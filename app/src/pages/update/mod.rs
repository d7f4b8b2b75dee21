//! The one form: the sitrep for the team and the word to customers, written and sent together.

mod acts;
mod auto;
mod beginning;
mod changes;
mod components;
mod desk;
mod draft;
mod due;
mod guard;
mod header;
mod inside;
mod keep;
mod keeping;
mod merge;
mod news;
mod outlook;
mod outside;
mod plan;
mod reading;
mod segments;
mod send;
mod sendbar;
mod text;
mod writing;

use crate::AppError;
use crate::api;
use crate::pages::gathered;
use domain::Number;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use writing::Writing;

/// `/incidents/{n}/update`.
#[component]
pub fn Update() -> impl IntoView {
    let params = use_params_map();
    let typed = Memo::new(move |_| params.with(|p| p.get("number").unwrap_or_default()));
    let page = Resource::new_blocking(
        move || typed.get(),
        |typed| async move {
            match typed.parse() {
                Ok(number) => api::update_page(Number(number)).await,
                Err(_) => Err(AppError::no_incident(typed)),
            }
        },
    );
    gathered(page, |page| view! { <Writing page=page/> })
}

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
mod sharing;
mod text;
mod writing;

use crate::AppError;
use crate::api;
use crate::me::use_session;
use crate::pages::{gathered, numbered};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use writing::Writing;

/// `/incidents/{n}/update`.
#[component]
pub fn Update() -> impl IntoView {
    let params = use_params_map();
    let number = Memo::new(move |_| params.with(|params| numbered(params.get_str("number"))));
    let may = use_session().may_act_now();
    let page = Resource::new_blocking(
        move || number.get(),
        move |number| async move {
            if may {
                api::update_page(number?).await
            } else {
                Err(AppError::Forbidden {
                    words: "Your account reads and asks, but does not write updates. An administrator can make you a responder.".to_owned(),
                })
            }
        },
    );
    gathered(page, |page| view! { <Writing page=page/> })
}

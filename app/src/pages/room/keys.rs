//! The keys of the room, and every slash command in one panel.

use super::state::RoomState;
use crate::ui::keys::{show_popover, use_keys};
use domain::incident::HELP;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// The id of the panel.
const COMMANDS: &str = "commands";

/// Listens: `/` to the composer, `u` to the update, `j` and `k` through the timeline.
pub fn listen(room: RoomState) {
    let navigate = use_navigate();
    use_keys(move |key| match key {
        "/" => focus("say"),
        "u" if room.acts.get_untracked() => {
            navigate(
                &format!("/incidents/{}/update", room.number),
                NavigateOptions::default(),
            );
            true
        }
        "j" => step(1),
        "k" => step(-1),
        _ => false,
    });
}

/// Shows every slash command.
pub fn open_help() {
    show_popover(COMMANDS);
}

/// Every slash command with what it does. Each is also a visible control of the room.
#[component]
pub fn Help() -> impl IntoView {
    let lines = HELP
        .map(|(form, about)| view! { <div><dt><code>{form}</code></dt><dd>{about}</dd></div> })
        .collect_view();
    view! {
        <div popover="auto" id=COMMANDS class="pop keyspop" role="dialog" aria-labelledby="cmd-h">
            <header class="sect">
                <h2 id="cmd-h">"Commands"</h2>
                <button type="button" class="quiet small end" popovertarget=COMMANDS popovertargetaction="hide">"Close"</button>
            </header>
            <dl class="keylist">{lines}</dl>
            <p class="help">"Two slashes begin a note that starts with a slash. Each command is also a control on this page."</p>
        </div>
    }
}

#[cfg(feature = "hydrate")]
fn focus(id: &str) -> bool {
    use wasm_bindgen::JsCast;
    // On small screens the composer stands behind its tab.
    if let Some(tab) = use_context::<RwSignal<super::tabs::Tab>>() {
        tab.set(super::tabs::Tab::Talk);
    }
    document()
        .get_element_by_id(id)
        .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
        .is_some_and(|element| element.focus().is_ok())
}

/// Goes through the entries from where the focus is; from nowhere it begins at the newest.
#[cfg(feature = "hydrate")]
fn step(by: i32) -> bool {
    use wasm_bindgen::JsCast;
    let Ok(entries) = document().query_selector_all(".log li[tabindex]") else {
        return false;
    };
    let count = i32::try_from(entries.length()).unwrap_or_default();
    let entry = |n: i32| -> Option<web_sys::HtmlElement> {
        entries.item(u32::try_from(n).ok()?)?.dyn_into().ok()
    };
    let active = document().active_element();
    let at = (0..count).find(|n| {
        let entry = entry(*n);
        entry.is_some_and(|entry| active.as_ref() == Some(&entry))
    });
    let next = at.map_or(count - 1, |at| (at + by).clamp(0, count - 1));
    entry(next).is_some_and(|entry| entry.focus().is_ok())
}

#[cfg(not(feature = "hydrate"))]
fn focus(_: &str) -> bool {
    false
}

#[cfg(not(feature = "hydrate"))]
fn step(_: i32) -> bool {
    false
}

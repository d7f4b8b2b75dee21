//! The ways on from the head, from the menu behind it, and at the thumb on a phone.

use super::state::use_room;
use crate::forms::CommandForm;
use crate::ui::Icon;
use leptos::prelude::*;

/// Update, Hand over, more.
#[component]
pub fn Actions() -> impl IntoView {
    let room = use_room();
    let acts = room.acts;
    let open = move || room.summary.with(|s| !s.progress.phase().is_over());
    view! {
        <div class="acts" role="group" aria-label="Incident actions">
            <Show when=move || acts.get() && open()>
                <a class="btn primary tall" href=format!("/incidents/{}/update", room.number)><Icon name=Icon::Send/>"Update"</a>
                <a class="btn tall" href=format!("/incidents/{}/handover", room.number)><Icon name=Icon::Handover/>"Hand over"</a>
            </Show>
            <button type="button" class="btn tall icon" aria-label="More actions" popovertarget="more"><Icon name=Icon::More/></button>
        </div>
    }
}

/// The same at the thumb.
#[component]
pub fn ActionBar() -> impl IntoView {
    let room = use_room();
    let acts = room.acts;
    let open = move || room.summary.with(|s| !s.progress.phase().is_over());
    view! {
        <div class="actionbar" role="group" aria-label="Actions at hand">
            <Show when=move || acts.get() && open()>
                <a class="btn primary" href=format!("/incidents/{}/update", room.number)><Icon name=Icon::Send/>"Update"</a>
                <a class="btn" href=format!("/incidents/{}/handover", room.number)><Icon name=Icon::Handover/>"Hand over"</a>
            </Show>
            <button type="button" class="btn" popovertarget="more"><Icon name=Icon::More/>"More"</button>
        </div>
    }
}

/// What is needed now and then.
#[component]
pub fn More() -> impl IntoView {
    let room = use_room();
    let number = room.number;
    let me = move || room.session().person.with(|me| me.id.clone());
    let is_in = Memo::new(move |_| room.incident.with(|i| i.is_in(&me())));
    let commands = Memo::new(move |_| room.summary.with(|s| s.ic() == Some(&me())));
    let open = Memo::new(move |_| room.summary.with(|s| !s.progress.phase().is_over()));
    let acts = room.acts;
    view! {
        <div popover="auto" id="more" class="pop drop" role="dialog" aria-label="More actions">
            <ul role="list">
                <Show when=move || acts.get() && open.get() && !is_in.get()>
                    <li><CommandForm number=number what="join"><button><Icon name=Icon::Person/>"Join as a responder"</button></CommandForm></li>
                </Show>
                <Show when=move || acts.get() && is_in.get() && !commands.get()>
                    <li><CommandForm number=number what="leave"><button><Icon name=Icon::X/>"Leave the incident"</button></CommandForm></li>
                </Show>
                <li><a href=format!("/incidents/{number}/sitreps")><Icon name=Icon::Doc/>"All sitreps"</a></li>
                <li><a href="?catchup=1"><Icon name=Icon::Clock/>"Catch me up"</a></li>
                <Show when=move || acts.get()>
                    <li class="sep">
                        <a href=format!("/incidents/{number}/close")>
                            <Icon name=Icon::Check/>
                            {move || if open.get() { "Resolve, close, cancel or merge" } else { "Reopen the incident" }}
                        </a>
                    </li>
                </Show>
                <Show when=move || room.session().may_keep_house()>
                    <li class="sep"><a href=format!("/incidents/{number}/redact") rel="external"><Icon name=Icon::Lock/>"Redact"</a></li>
                </Show>
                <li class="sep"><button type="button" popovertarget="keys"><Icon name=Icon::Order/>"Keys and commands"</button></li>
            </ul>
        </div>
    }
}

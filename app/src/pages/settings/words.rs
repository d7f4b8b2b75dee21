//! Words that must not reach customers: the guard looks for them in every public text.

use crate::forms::{HouseForm, typed};
use crate::me::use_session;
use crate::ui::TextArea;
use leptos::prelude::*;

const OF: (&str, &str) = ("part", "words");

/// The list.
#[component]
pub(super) fn InternalWords(admin: bool) -> impl IntoView {
    view! {
        <section class="sec" aria-labelledby="words-h">
            <header>
                <h2 id="words-h">"Internal words"</h2>
                <p class="help">"Code names, systems, partners. A public text that has one is pointed out before it is published. Names of people are looked for anyway."</p>
            </header>
            <div>
                {if admin { view! { <Fields/> }.into_any() } else { view! { <List/> }.into_any() }}
            </div>
        </section>
    }
}

#[component]
fn List() -> impl IntoView {
    let session = use_session();
    let words = move || {
        session
            .directory
            .with(|d| d.settings.internal_words.clone())
    };
    move || {
        let words = words();
        if words.is_empty() {
            view! { <p class="help">"None yet."</p> }.into_any()
        } else {
            let items = words
                .into_iter()
                .map(|word| view! { <li><span>{word}</span></li> })
                .collect_view();
            view! { <ul class="words" role="list">{items}</ul> }.into_any()
        }
    }
}

#[component]
fn Fields() -> impl IntoView {
    let now = use_session()
        .directory
        .with_untracked(|d| d.settings.internal_words.join("\n"));
    let value = RwSignal::new(typed("settings", Some(OF), "internal_words", now));
    view! {
        <HouseForm what="settings" action="/settings" class="form" of=(OF.0, OF.1.to_owned())>
            <div class="field">
                <label for="internal-words">"Words "<span class="help">"one on a line"</span></label>
                <TextArea name="internal_words" id="internal-words" value=value rows=6/>
            </div>
            <p class="row"><button class="btn primary">"Save the words"</button></p>
        </HouseForm>
    }
}

//! The guard's notices under the message: it warns, it does not block.

use super::acts::Act;
use super::desk::use_desk;
use super::writing::act_on;
use crate::ui::Icon;
use domain::guard::Warning;
use leptos::prelude::*;

/// A notice for each word to check.
#[component]
pub(super) fn GuardNotice() -> impl IntoView {
    let desk = use_desk();
    let warnings = Memo::new(move |_| desk.outlook.with(|o| o.warnings.clone()));
    view! {
        <div id="guard" tabindex="-1">
            <For each=move || warnings.get() key=|warning| warning.word.clone() let:warning>
                <Notice warning=warning/>
            </For>
        </div>
    }
}

#[component]
fn Notice(warning: Warning) -> impl IntoView {
    let desk = use_desk();
    let Warning {
        word,
        found,
        instead,
    } = warning;
    let say = Act::Say { word: word.clone() }.value();
    let keep = Act::Keep { word: word.clone() }.value();
    let press = move |act: String| {
        move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            act_on(desk, &act);
        }
    };
    view! {
        <div class="notice warn" role="group" aria-label="Check before sending">
            <Icon name=Icon::Problem/>
            <div>
                <p><b>{format!("“{word}” {found}.")}</b>" Customers would read it on the status page."</p>
                <p class="acts">
                    <button class="btn small" name="preview" value=say.clone() on:click=press(say)>
                        {format!("Say “{instead}”")}
                    </button>
                    <button class="quiet small" name="preview" value=keep.clone() on:click=press(keep)>"Keep it"</button>
                </p>
            </div>
        </div>
    }
}

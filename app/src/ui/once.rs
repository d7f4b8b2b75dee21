//! A link or a token that is shown one time only, in a field to copy from.

use crate::forms::posted;
use crate::house::HouseAnswer;
use crate::ui::focus::focus;
use leptos::prelude::*;

/// The id of the box, so that the focus can go there.
const BOX: &str = "once";

/// What is shown once on a page: by a form here, or by the post that this page answers.
#[derive(Clone, Copy)]
pub struct Once(RwSignal<Option<HouseAnswer>>);

impl Once {
    /// Nothing yet, unless the page answers a post that made something.
    pub fn of_this_page() -> Self {
        Self(RwSignal::new(
            posted()
                .and_then(|posted| posted.answer)
                .filter(|answer| answer.secret.is_some()),
        ))
    }

    /// For a form: shows what it made and puts the focus there.
    pub fn show(self) -> Callback<HouseAnswer> {
        Callback::new(move |answer: HouseAnswer| {
            self.0.set(answer.secret.is_some().then_some(answer));
            // The box is put in by an effect, which runs after this.
            leptos::task::spawn_local(async {
                leptos::task::tick().await;
                focus(BOX);
            });
        })
    }

    /// The box, where there is something to show.
    pub fn view(self) -> impl IntoView {
        move || {
            let HouseAnswer { words, secret } = self.0.get()?;
            let secret = secret?;
            Some(view! {
                <div class="once" id=BOX tabindex="-1" role="group" aria-label="Shown once">
                    <p>{words}</p>
                    <p class="row"><code>{secret.clone()}</code><Copy text=secret/></p>
                </div>
            })
        }
    }
}

/// Copies a text. Only there where the browser can.
#[component]
fn Copy(text: String) -> impl IntoView {
    let able = RwSignal::new(false);
    let copied = RwSignal::new(false);
    Effect::new(move |_| able.set(can_copy()));
    view! {
        <Show when=move || able.get()>
            <button
                type="button"
                class="btn small"
                on:click={
                    let text = text.clone();
                    move |_| copy(text.clone(), copied)
                }
            >
                {move || if copied.get() { "Copied" } else { "Copy" }}
            </button>
        </Show>
    }
}

#[cfg(feature = "hydrate")]
fn can_copy() -> bool {
    // On plain http off this machine there is no clipboard.
    window().is_secure_context()
}

#[cfg(not(feature = "hydrate"))]
fn can_copy() -> bool {
    false
}

fn copy(text: String, copied: RwSignal<bool>) {
    #[cfg(feature = "hydrate")]
    leptos::task::spawn_local(async move {
        let writing = window().navigator().clipboard().write_text(&text);
        copied.set(wasm_bindgen_futures::JsFuture::from(writing).await.is_ok());
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = (text, copied);
}

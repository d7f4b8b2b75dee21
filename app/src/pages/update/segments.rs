//! A choice of a few as one ruled box.

use leptos::prelude::*;

/// Radio buttons in a row.
#[component]
pub(super) fn Segments(
    /// The name on the wire.
    name: &'static str,
    /// Values with their words.
    choices: Vec<(&'static str, &'static str)>,
    /// The value chosen.
    value: RwSignal<String>,
    /// True for the small kind.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let first = value.get_untracked();
    view! {
        <div class=if small { "seg small" } else { "seg" }>
            {choices
                .into_iter()
                .map(|(choice, words)| {
                    view! {
                        <label>
                            <input
                                type="radio"
                                name=name
                                value=choice
                                checked=first == choice
                                prop:checked=move || value.with(|value| value == choice)
                                on:change=move |_| value.set(choice.to_owned())
                            />
                            {words}
                        </label>
                    }
                })
                .collect_view()}
        </div>
    }
}

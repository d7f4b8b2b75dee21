//! What the sitrep says by itself.

use super::desk::use_desk;
use domain::incident::field_label;
use leptos::prelude::*;

/// The sections that nobody has to write.
#[component]
pub(super) fn AutoSections() -> impl IntoView {
    let desk = use_desk();
    let minute = desk.clock().minute();
    let sections = Memo::new(move |_| {
        desk.outlook.with(|o| {
            [
                ("people", o.auto.people.clone()),
                ("customers", o.auto.customers.clone()),
                ("promises", o.auto.promises.clone()),
                ("links", o.auto.links.trim().to_owned()),
            ]
        })
    });
    view! {
        <section class="auto" aria-labelledby="auto-h">
            <h3 id="auto-h">
                "Added for you "
                <span class="help">
                    "as it stands at "{move || minute.get().format("%H:%M").to_string()}", frozen when you send"
                </span>
            </h3>
            <dl>
                {move || {
                    sections
                        .get()
                        .into_iter()
                        .filter(|(_, text)| !text.is_empty())
                        .map(|(field, text)| {
                            view! { <div><dt>{field_label(field)}</dt><dd>{emphasised(&text)}</dd></div> }
                        })
                        .collect_view()
                }}
            </dl>
        </section>
    }
}

/// What is missing stands out: "Scribe nobody." and "Not told yet."
fn emphasised(text: &str) -> impl IntoView + use<> {
    text.split_inclusive(['.', '\n'])
        .map(|part| {
            let missing = part.trim_end().ends_with(" nobody.") || part.trim() == "Not told yet.";
            if missing {
                view! { <b>{part.to_owned()}</b> }.into_any()
            } else {
                part.to_owned().into_any()
            }
        })
        .collect_view()
}

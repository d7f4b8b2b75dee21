//! The only `<textarea>` in the app. Leptos 0.8 does not escape a textarea's children when it renders on the server, so a
//! stored `</textarea><script>` would run; this escapes them.

use leptos::prelude::*;

/// A field for several lines that grows with its text.
#[component]
pub fn TextArea(
    /// The name on the wire.
    name: &'static str,
    /// The id that its label points to.
    #[prop(into)]
    id: String,
    /// What stands in it; writing goes back into the signal.
    value: RwSignal<String>,
    /// Lines at first.
    #[prop(default = 2)]
    rows: u32,
    /// Shown while empty.
    #[prop(optional)]
    placeholder: &'static str,
    /// True when the browser refuses it empty.
    #[prop(optional)]
    required: bool,
    /// The id of its hint or error.
    #[prop(optional, into)]
    described_by: String,
    /// True when what stands in it is refused.
    #[prop(optional, into)]
    invalid: Signal<bool>,
    /// Class names; none when empty.
    #[prop(optional, into)]
    class: Signal<String>,
) -> impl IntoView {
    view! {
        <textarea
            class=move || Some(class.get()).filter(|class| !class.is_empty())
            name=name
            id=id
            rows=rows
            placeholder=placeholder
            required=required
            aria-describedby=(!described_by.is_empty()).then_some(described_by)
            aria-invalid=move || invalid.get().then_some("true")
            prop:value=move || value.get()
            on:input=move |event| value.set(event_target_value(&event))
        >
            {initial(value)}
        </textarea>
    }
}

#[cfg(feature = "ssr")]
fn initial(value: RwSignal<String>) -> String {
    let text = value.get_untracked();
    let escaped = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    // HTML drops the first line break inside a textarea.
    if escaped.starts_with('\n') {
        format!("\n{escaped}")
    } else {
        escaped
    }
}

#[cfg(not(feature = "ssr"))]
fn initial(value: RwSignal<String>) -> String {
    value.get_untracked()
}

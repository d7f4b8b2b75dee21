//! A promise: a time, how far off that is, and quick choices.

use super::acts::Act;
use super::desk::use_desk;
use super::text::Writer;
use super::writing::act_on;
use domain::time::{Time, length, parse_future, short};
use leptos::prelude::*;

const QUICK: [(i64, &str); 3] = [(15, "15 min"), (30, "30 min"), (60, "1 hour")];

/// A field for hours and minutes.
#[component]
pub(super) fn Due(
    /// Its name on the wire, and its id.
    name: &'static str,
    /// What stands above it.
    label: &'static str,
    /// What it is for.
    #[prop(optional)]
    help: &'static str,
    /// What stands in it.
    value: RwSignal<String>,
) -> impl IntoView {
    let desk = use_desk();
    let minute = desk.clock().minute();
    let invalid = desk.blamed(name);
    let far = format!("{name}-far");
    view! {
        <div class="field due">
            <label for=name>{label} {(!help.is_empty()).then(|| view! { <span class="help">{help}</span> })}</label>
            <Writer name=name/>
            <span class="row">
                <input
                    type="text"
                    class="hm"
                    id=name
                    name=name
                    autocomplete="off"
                    aria-describedby=far.clone()
                    aria-invalid=move || invalid.get().then_some("true")
                    value=value.get_untracked()
                    prop:value=move || value.get()
                    on:input=move |event| value.set(event_target_value(&event))
                />
                " UTC "
                <span class="help" id=far>{move || value.with(|text| far_off(text, minute.get()))}</span>
                <span class="quick" role="group" aria-label=format!("{label}: quick choices")>
                    {QUICK
                        .map(|(minutes, words)| {
                            let act = Act::Promise { field: name.to_owned(), minutes }.value();
                            let value = act.clone();
                            view! {
                                <button
                                    class="btn small"
                                    name="preview"
                                    value=value
                                    on:click=move |event| {
                                        event.prevent_default();
                                        act_on(desk, &act);
                                    }
                                >
                                    {words}
                                </button>
                            }
                        })
                        .collect_view()}
                </span>
            </span>
        </div>
    }
}

/// "in 18 min", and the day when it is another one.
fn far_off(text: &str, now: Time) -> String {
    if text.trim().is_empty() {
        return "nothing promised".to_owned();
    }
    match parse_future(text, now) {
        None => "write it as 14:45".to_owned(),
        Some(at) if at <= now => format!("that was {} ago", length(now - at)),
        Some(at) if at.date_naive() == now.date_naive() => format!("in {}", length(at - now)),
        Some(at) => format!("{}, in {}", short(at, now), length(at - now)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::example::at;

    #[test]
    fn a_promise_says_how_far_off_it_is() {
        let now = at(27);
        assert_eq!(far_off("14:45", now), "in 18 min");
        assert_eq!(far_off("14:20", now), "that was 7 min ago");
        assert_eq!(far_off("soon", now), "write it as 14:45");
        assert_eq!(far_off(" ", now), "nothing promised");
        assert!(far_off("01:00", now).ends_with("in 10 h 33 min"));
    }
}

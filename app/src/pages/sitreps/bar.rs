//! From which to which, and how: a plain form and plain links, carried out in place where there is a script.

use super::Review;
use super::choice::Picked;
use crate::ui::Icon;
use domain::time::short;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// The bar above the comparison.
#[component]
pub(super) fn CompareBar(review: Review) -> impl IntoView {
    let navigate = use_navigate();
    let go = Callback::new(move |picked: Picked| {
        let options = NavigateOptions {
            scroll: false,
            ..NavigateOptions::default()
        };
        navigate(&picked.address(review.number), options);
    });
    let picked = review.picked;
    let address = move |change: fn(Picked) -> Picked| change(picked.get()).address(review.number);
    view! {
        <form class="cmpbar" method="get" action=format!("/incidents/{}/sitreps", review.number)>
            <p class="fromto">
                <Versions
                    review=review
                    name="from"
                    label="From"
                    chosen=Signal::derive(move || picked.get().from())
                    on_choose=Callback::new(move |from| go.run(picked.get_untracked().set(from)))
                />
                <Versions
                    review=review
                    name="to"
                    label="to"
                    chosen=Signal::derive(move || Some(picked.get().to))
                    on_choose=Callback::new(move |to: Option<i64>| {
                        let before = picked.get_untracked();
                        go.run(Picked { to: to.unwrap_or(before.to), ..before });
                    })
                />
                <button class="btn small compare">"Compare"</button>
                <a class="quiet small" href=move || address(Picked::swapped)>
                    <Icon name=Icon::Handover/>
                    <span class="vh">"Swap from and to"</span>
                </a>
            </p>
            {move || picked.get().side.then(|| view! { <input type="hidden" name="view" value="side"/> })}
            <nav class="seg small" aria-label="Layout">
                <a href=move || address(|p| p.view(false)) aria-current=move || (!picked.get().side).then_some("true")>"Inline"</a>
                <a href=move || address(|p| p.view(true)) aria-current=move || picked.get().side.then_some("true")>"Side by side"</a>
            </nav>
        </form>
    }
}

/// All sitreps to choose from.
#[component]
fn Versions(
    review: Review,
    name: &'static str,
    label: &'static str,
    chosen: Signal<Option<i64>>,
    on_choose: Callback<Option<i64>>,
) -> impl IntoView {
    let heads = move || {
        review.log.with(|log| {
            let began = log.incident.declared_at;
            let line = |head: &crate::data::SitrepHead| {
                (
                    head.version,
                    format!("Sitrep {}, {}", head.version, short(head.sent_at, began)),
                )
            };
            log.heads.iter().map(line).collect::<Vec<_>>()
        })
    };
    view! {
        <label for=name>{label}</label>
        <select
            id=name
            name=name
            on:change=move |event| {
                on_choose.run(event_target_value(&event).parse().ok());
            }
        >
            {(name == "from")
                .then(|| {
                    view! {
                        <option value="" prop:selected=move || chosen.get().is_none()>"the one before"</option>
                    }
                })}
            <For each=heads key=|(version, _)| *version let:line>
                <Choice version=line.0 words=line.1 chosen=chosen/>
            </For>
        </select>
    }
}

#[component]
fn Choice(version: i64, words: String, chosen: Signal<Option<i64>>) -> impl IntoView {
    let first = chosen.get_untracked() == Some(version);
    view! {
        <option value=version.to_string() selected=first prop:selected=move || chosen.get() == Some(version)>
            {words}
        </option>
    }
}

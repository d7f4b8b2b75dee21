//! What belongs to the incident: affected components, links, times.

use super::state::use_room;
use crate::forms::{CommandForm, typed, was_posted};
use crate::now::use_now;
use crate::ui::{At, Icon};
use domain::markdown::Href;
use domain::time::length;
use domain::{ComponentId, ComponentStatus};
use leptos::prelude::*;

/// The components that the team believes are affected.
#[component]
pub fn Components(may: Memo<bool>) -> impl IntoView {
    let room = use_room();
    let affected = Memo::new(move |_| {
        room.incident.with(|incident| {
            room.session().directory.with(|directory| {
                let named = |id: &ComponentId| {
                    directory
                        .component(id)
                        .map_or_else(|| "A former component".to_owned(), |c| c.name.clone())
                };
                let all = incident.components.iter();
                all.map(|(id, status)| (named(id), *status))
                    .collect::<Vec<_>>()
            })
        })
    });
    let any = Memo::new(move |_| room.session().directory.with(|d| !d.components.is_empty()));
    view! {
        <section class="blk" aria-labelledby="comp-h">
            <h2 class="sect" id="comp-h">"Affected components"</h2>
            <ul class="comps" role="list">
                <For
                    each=move || affected.get()
                    key=|(name, status)| format!("{name} {}", status.as_str())
                    children=|(name, status)| view! { <li><span>{name}</span><StatusMark status=status/></li> }
                />
            </ul>
            <Show when=move || affected.with(Vec::is_empty)>
                <p class="help">"None named yet."</p>
            </Show>
            <Show when=move || may.get() && any.get()>
                <Affect/>
            </Show>
        </section>
    }
}

/// The state of a component: shape, word, colour.
#[component]
fn StatusMark(status: ComponentStatus) -> impl IntoView {
    let (class, icon) = match status {
        ComponentStatus::Operational => ("st ok", Icon::StWorking),
        ComponentStatus::DegradedPerformance => ("st slow", Icon::StSlow),
        ComponentStatus::PartialOutage => ("st part", Icon::StPartly),
        ComponentStatus::MajorOutage => ("st down", Icon::StDown),
        ComponentStatus::UnderMaintenance => ("st work", Icon::StMaintenance),
    };
    view! { <span class=class><Icon name=icon/>{status.label()}</span> }
}

/// Every component with its state in this incident; inside only, customers hear of it by an update.
#[component]
fn Affect() -> impl IntoView {
    let room = use_room();
    let rows = move || {
        room.session().directory.with(|directory| {
            directory
                .components
                .iter()
                .map(|component| affect_row(component.id.clone(), component.name.clone()))
                .collect_view()
        })
    };
    view! {
        <details class="edit" open=was_posted("affect", None)>
            <summary>"Change what is affected"</summary>
            <CommandForm number=room.number what="affect" class="form">
                <p class="help">"Customers do not see this. They hear of it by an update."</p>
                <div class="comprows">{rows}</div>
                <p class="row"><button class="btn small">"Set affected components"</button></p>
            </CommandForm>
        </details>
    }
}

fn affect_row(id: ComponentId, name: String) -> impl IntoView {
    let room = use_room();
    let field = format!("component:{id}");
    let html_id = format!("affect-{id}");
    let of_it = move || {
        room.incident
            .with(|incident| incident.components.get(&id).map_or("same", |s| s.as_str()))
    };
    let first = typed("affect", None, &field, untrack(&of_it));
    // Follows what others set: the form carries every component, and an old value would take theirs back.
    let chosen = Memo::new(move |before: Option<&(&'static str, String)>| {
        let now = of_it();
        match before {
            None => (now, first.clone()),
            Some((was, kept)) if *was == now => (now, kept.clone()),
            Some(_) => (now, now.to_owned()),
        }
    });
    let chosen = Memo::new(move |_| chosen.with(|(_, chosen)| chosen.clone()));
    let options = ComponentStatus::ALL
        .map(|status| {
            let selected = move || chosen.with(|chosen| chosen == status.as_str());
            view! { <option value=status.as_str() selected=selected>{status.label()}</option> }
        })
        .collect_view();
    view! {
        <p>
            <label for=html_id.clone()>{name}</label>
            <select id=html_id name=field prop:value=move || chosen.get()>
                <option value="same" selected=move || chosen.with(|chosen| chosen == "same")>"Not affected"</option>
                {options}
            </select>
        </p>
    }
}

/// Links that everybody needs.
#[component]
pub fn Links() -> impl IntoView {
    let room = use_room();
    let links = Memo::new(move |_| room.incident.with(|incident| incident.links.clone()));
    view! {
        <section class="blk" aria-labelledby="link-h">
            <h2 class="sect" id="link-h">"Links"</h2>
            <ul class="flow" role="list">
                <For
                    each=move || links.get().into_iter().enumerate()
                    key=|(index, link)| format!("{index} {}", link.url)
                    children=|(_, link)| {
                        match Href::parse(&link.url) {
                            Some(href) => view! {
                                <li><a href=href.as_str().to_owned() target="_blank" rel="noopener noreferrer">{link.title}</a></li>
                            }.into_any(),
                            None => view! { <li>{link.title}" ("{link.url}")"</li> }.into_any(),
                        }
                    }
                />
            </ul>
            <Show when=move || links.with(Vec::is_empty)>
                <p class="help">"None yet. Graphs, logs, the call: what everybody needs belongs here."</p>
            </Show>
            <Show when=move || room.acts.get()>
                <details class="edit" open=was_posted("link", None)>
                    <summary>"Add a link"</summary>
                    <CommandForm number=room.number what="link" class="form">
                        <p class="field">
                            <label for="link-url">"Address"</label>
                            <input type="url" id="link-url" name="url" required placeholder="https://" value=typed("link", None, "url", "")/>
                        </p>
                        <p class="field">
                            <label for="link-title">"What it is "<span class="help">"optional"</span></label>
                            <input type="text" id="link-title" name="title" maxlength="300" value=typed("link", None, "title", "")/>
                        </p>
                        <p class="row"><button class="btn small">"Share the link"</button></p>
                    </CommandForm>
                </details>
            </Show>
        </section>
    }
}

/// When it began, was declared, was over; and the correction of its beginning.
#[component]
pub fn Times() -> impl IntoView {
    let room = use_room();
    let now = use_now().minute();
    let times = Memo::new(move |_| {
        room.summary.with(|s| {
            (
                s.started_at,
                s.declared_at,
                s.progress.resolved_at(),
                s.progress.closed_at(),
            )
        })
    });
    let line = |name: &'static str, at: Option<domain::time::Time>| {
        at.map(|at| view! { <div><dt>{name}</dt><dd><At at=at/>" UTC"</dd></div> })
    };
    let unseen = move || {
        let (started, declared, ..) = times.get();
        let gap = declared - started?;
        (gap.num_minutes() > 0).then(|| {
            view! { <p class="help">{format!("It went on for {} before it was declared.", length(gap))}</p> }
        })
    };
    view! {
        <section class="blk" aria-labelledby="time-h">
            <h2 class="sect" id="time-h">"Times"</h2>
            <dl class="facts">
                {move || {
                    let (started, declared, resolved, closed) = times.get();
                    view! {
                        {line("Began", started)}
                        {line("Declared", Some(declared))}
                        {line("Over", resolved)}
                        {line("Closed", closed)}
                    }
                }}
            </dl>
            {unseen}
            <Show when=move || room.acts.get()>
                <details class="edit" open=was_posted("started_at", None)>
                    <summary>"Correct the beginning"</summary>
                    <CommandForm number=room.number what="started_at" class="row">
                        <label for="began">"Began"</label>
                        <input
                            type="text"
                            id="began"
                            name="started_at"
                            required
                            autocomplete="off"
                            placeholder=move || now.get().format("%H:%M").to_string()
                            aria-describedby="began-help"
                            value=typed("started_at", None, "started_at", "")
                        />
                        <button class="btn small">"Set it"</button>
                        <span class="help" id="began-help">"UTC: 13:28, or 2026-11-17 13:28"</span>
                    </CommandForm>
                </details>
            </Show>
        </section>
    }
}

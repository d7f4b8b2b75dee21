//! Planned maintenance: what lies ahead and is under way, and planning more of it. `/maintenance/7` is one of them, with what
//! can be done about it.

mod fields;
mod one;

use crate::api;
use crate::data::{Planned, Plans};
use crate::forms::HouseForm;
use crate::live::{Frame, Place, use_live};
use crate::me::use_session;
use crate::once::OnceKey;
use crate::pages::gathered;
use crate::ui::Page;
use domain::MaintenanceNumber;
use fields::{Fields, Message};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_params_map;

/// The screen.
#[component]
pub fn Maintenances() -> impl IntoView {
    let plans = Resource::new_blocking(|| (), |()| api::plans());
    gathered(plans, |plans| view! { <Whole plans=plans/> })
}

/// The plans, kept up to date. Forms stand in parts that are made once, so that news take nothing from whoever types.
#[derive(Clone, Copy)]
struct Known(RwSignal<Plans>);

impl Known {
    fn renew(self) {
        spawn_local(async move {
            if let Ok(plans) = api::plans().await {
                let _ = self.0.try_set(plans);
            }
        });
    }

    fn one(self, number: MaintenanceNumber) -> Option<Planned> {
        self.0.with(|plans| {
            let mut all = plans.open.iter().chain(&plans.over);
            all.find(|one| one.maintenance.number == number).cloned()
        })
    }
}

#[component]
fn Whole(plans: Plans) -> impl IntoView {
    let position = plans.position;
    let known = Known(RwSignal::new(plans));
    let live = use_live();
    Effect::new(move |_| {
        live.follow(position, Place::House, move |frame| match frame {
            Frame::House => known.renew(),
            Frame::Event(_) | Frame::Presence(_) | Frame::Reach(_) | Frame::Draft(_) => {}
        });
    });
    let params = use_params_map();
    let number = Memo::new(move |_| {
        let number = params.with(|params| params.get("number"))?;
        number.parse().ok().map(MaintenanceNumber)
    });
    view! {
        <Page class="maintenance-page" title="Maintenance">
            <main id="main" class="plain" tabindex="-1">
                {move || match number.get() {
                    Some(number) => view! { <one::One number=number known=known/> }.into_any(),
                    None => view! { <List known=known/> }.into_any(),
                }}
            </main>
        </Page>
    }
}

#[component]
fn List(known: Known) -> impl IntoView {
    let session = use_session();
    let open = Memo::new(move |_| known.0.with(|plans| plans.open.clone()));
    let over = Memo::new(move |_| known.0.with(|plans| plans.over.clone()));
    let count = move || open.with(Vec::len);
    view! {
        <header class="head">
            <h1>"Maintenance "<span class="n">{count}</span></h1>
            <p class="help">"What you take down on purpose. Customers read of it from the moment it is planned."</p>
        </header>
        <Show when=move || open.with(Vec::is_empty)>
            <div class="nothing"><h2>"Nothing is planned"</h2></div>
        </Show>
        <Rows title="Planned" all=open/>
        <Show when=move || session.may_act()><New known=known/></Show>
        <Rows title="Over" all=over/>
    }
}

#[component]
fn Rows(title: &'static str, all: Memo<Vec<Planned>>) -> impl IntoView {
    let rows = move || {
        let all = all.get();
        (!all.is_empty()).then(|| {
            view! {
                <section class="wide" aria-label=title>
                    <h2 class="sect">{title}</h2>
                    <ul class="windows" role="list">{all.into_iter().map(row).collect_view()}</ul>
                </section>
            }
        })
    };
    view! { {rows} }
}

fn row(one: Planned) -> impl IntoView {
    let Planned {
        maintenance,
        window,
    } = one;
    let href = format!("/maintenance/{}", maintenance.number);
    view! {
        <li>
            <a href=href>{maintenance.plan.title}</a>
            <span class="meta">{spoken(&window.from, &window.to)}</span>
            <span class="state">{maintenance.state.label()}</span>
        </li>
    }
}

/// "2026-11-24 02:00 to 03:00", by the clock of the page.
fn spoken(from: &str, to: &str) -> String {
    let (day, _) = from.split_once('T').unwrap_or_default();
    let end = match to.split_once('T') {
        Some((same, time)) if same == day => time.to_owned(),
        _ => to.replace('T', " "),
    };
    format!("{} to {end}", from.replace('T', " "))
}

#[component]
fn New(known: Known) -> impl IntoView {
    let done = Callback::new(move |_| known.renew());
    let suggested = known.0.with_untracked(|plans| plans.suggested.clone());
    view! {
        <section class="sec" aria-labelledby="new-h">
            <header>
                <h2 id="new-h">"Plan a maintenance"</h2>
                <p class="help">"It begins and ends by itself unless you say otherwise."</p>
            </header>
            <div>
                <HouseForm what="schedule_maintenance" action="/maintenance" class="form" clears=true on_done=done>
                    <OnceKey what="schedule_maintenance"/>
                    <Fields what="schedule_maintenance" window=suggested plan=None/>
                    <Message what="schedule_maintenance" id="new-message" label="What customers read now"/>
                    <p class="row"><button class="btn primary">"Plan it and tell customers"</button></p>
                </HouseForm>
            </div>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_within_a_day_says_the_day_once() {
        let from = "2026-11-24T02:00";
        assert_eq!(
            spoken(from, "2026-11-24T03:00"),
            "2026-11-24 02:00 to 03:00"
        );
        assert_eq!(
            spoken(from, "2026-11-25T03:00"),
            "2026-11-24 02:00 to 2026-11-25 03:00"
        );
    }
}

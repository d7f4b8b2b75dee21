//! Parts of the room, one at a time on small screens. Without wasm the tabs are jumps down a page that shows everything.

use super::state::use_room;
use crate::now::use_now;
use domain::clock::{ClockState, clocks};
use leptos::prelude::*;

/// A part of the room.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tab {
    /// The clocks and the sitrep.
    #[default]
    Now,
    /// The timeline.
    Talk,
    /// Severity, components, links.
    Work,
    /// Roles and people.
    People,
}

impl Tab {
    const ALL: [Self; 4] = [Self::Now, Self::Talk, Self::Work, Self::People];

    /// The chosen part, for the screen to follow.
    pub fn provide() -> RwSignal<Self> {
        let tab = RwSignal::new(Self::default());
        provide_context(tab);
        #[cfg(feature = "hydrate")]
        Effect::new(move |_| {
            // The frame is the page's; the stylesheet looks there.
            if let Ok(Some(page)) = document().query_selector(".page.war") {
                let _ = page.set_attribute("data-tab", tab.get().id());
            }
        });
        tab
    }

    fn id(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Talk => "talk",
            Self::Work => "work",
            Self::People => "people",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Now => "Now",
            Self::Talk => "Talk",
            Self::Work => "Work",
            Self::People => "People",
        }
    }
}

/// The row of tabs, each with what waits behind it.
#[component]
pub fn Tabs(tab: RwSignal<Tab>) -> impl IntoView {
    let tabs = Tab::ALL
        .map(|choice| {
            let choose = move |event: leptos::ev::MouseEvent| {
                event.prevent_default();
                tab.set(choice);
            };
            view! {
                <a
                    href=format!("#{}", choice.id())
                    aria-current=move || (tab.get() == choice).then_some("true")
                    on:click=choose
                >
                    {choice.label()}
                    <Behind tab=choice/>
                </a>
            }
        })
        .collect_view();
    view! { <nav class="tabs" aria-label="Parts of the war room">{tabs}</nav> }
}

/// How many things need somebody behind a tab.
#[component]
fn Behind(tab: Tab) -> impl IntoView {
    let room = use_room();
    let now = use_now().minute();
    let count = Memo::new(move |_| match tab {
        Tab::Now => room.session().directory.with(|directory| {
            room.summary.with(|summary| {
                let running = clocks(summary, &directory.settings.promises, now.get());
                running
                    .iter()
                    .filter(|c| c.state == ClockState::Over)
                    .count()
            })
        }),
        Tab::People => room.summary.with(|summary| summary.empty_roles().len()),
        Tab::Talk | Tab::Work => 0,
    });
    let words = match tab {
        Tab::Now => " overdue",
        Tab::People => " roles with nobody",
        Tab::Talk | Tab::Work => "",
    };
    move || {
        (count.get() > 0).then(|| view! { " "<span class="n over">{count.get()}<span class="vh">{words}</span></span> })
    }
}

//! What the organisation is called, and what stands before an incident's number.

use crate::forms::{HouseForm, typed};
use crate::me::use_session;
use leptos::prelude::*;

const OF: (&str, &str) = ("part", "names");

/// The names.
#[component]
pub(super) fn Names(admin: bool) -> impl IntoView {
    view! {
        <section class="sec" aria-labelledby="names-h">
            <header>
                <h2 id="names-h">"Names"</h2>
                <p class="help">"The organisation stands on the status page."</p>
            </header>
            <div>
                {if admin { view! { <Fields/> }.into_any() } else { view! { <Facts/> }.into_any() }}
            </div>
        </section>
    }
}

#[component]
fn Facts() -> impl IntoView {
    let session = use_session();
    let organisation = move || session.directory.with(|d| d.settings.organisation.clone());
    let prefix = move || session.directory.with(|d| d.settings.prefix.clone());
    let zone = move || session.directory.with(|d| d.settings.time_zone.clone());
    view! {
        <dl class="facts">
            <div><dt>"Organisation"</dt><dd>{organisation}</dd></div>
            <div><dt>"Incidents are called"</dt><dd>{prefix}"-142"</dd></div>
            <div><dt>"Time zone"</dt><dd>{zone}</dd></div>
        </dl>
    }
}

#[component]
fn Fields() -> impl IntoView {
    let settings = use_session()
        .directory
        .with_untracked(|d| d.settings.clone());
    view! {
        <HouseForm what="settings" action="/settings" class="form" of=(OF.0, OF.1.to_owned())>
            <p class="field">
                <label for="organisation">"Organisation"</label>
                <input
                    type="text"
                    id="organisation"
                    name="organisation"
                    required
                    value=typed("settings", Some(OF), "organisation", settings.organisation.clone())
                />
            </p>
            <p class="field">
                <label for="prefix">"Before the number "<span class="help">{settings.prefix.clone()}"-142"</span></label>
                <input
                    type="text"
                    id="prefix"
                    name="prefix"
                    required
                    value=typed("settings", Some(OF), "prefix", settings.prefix)
                />
            </p>
            <p class="field">
                <label for="time-zone">"Time zone "<span class="help">"of the public page, as Europe/Berlin"</span></label>
                <input
                    type="text"
                    id="time-zone"
                    name="time_zone"
                    required
                    autocapitalize="none"
                    spellcheck="false"
                    value=typed("settings", Some(OF), "time_zone", settings.time_zone)
                />
            </p>
            <p class="row"><button class="btn primary">"Save the names"</button></p>
        </HouseForm>
    }
}

//! What goes over with the role: how bad, where it stands, what runs out next, what nobody does.

use crate::now::use_now;
use crate::pages::room::state::use_room;
use crate::ui::SeverityMark;
use domain::Role;
use domain::clock::{ClockKind, clocks};
use domain::time::{elapsed, length, short};
use leptos::prelude::*;

/// The column beside the form.
#[component]
pub fn Brief() -> impl IntoView {
    let room = use_room();
    let now = use_now().minute();
    let severity = Memo::new(move |_| room.summary.with(|s| s.severity));
    let phase = move || {
        room.summary.with(|s| {
            let since = length(now.get() - s.phase_since);
            format!("{}, for {since}", s.progress.phase().label())
        })
    };
    let lasted = move || {
        room.summary
            .with(|s| format!("T+{}", elapsed(s.t_plus(now.get()))))
    };
    let due = move |kind: ClockKind| {
        room.session().directory.with(|d| {
            room.summary.with(|s| {
                let clocks = clocks(s, &d.settings.promises, now.get());
                let clock = clocks.iter().find(|clock| clock.kind == kind);
                clock
                    .and_then(|clock| clock.words(now.get()))
                    .unwrap_or_else(|| "nothing promised".to_owned())
            })
        })
    };
    let said = move || {
        room.summary.with(|s| {
            s.last_word
                .as_ref()
                .map(|word| format!("Told {}: {}", short(word.at, now.get()), word.state.label()))
        })
    };
    let empty = move || {
        room.summary.with(|s| {
            let names: Vec<String> = s.empty_roles().iter().map(Role::label).collect();
            if names.is_empty() {
                "every role has somebody".to_owned()
            } else {
                format!("nobody: {}", names.join(", "))
            }
        })
    };
    let needs = Memo::new(move |_| {
        room.incident.with(|incident| {
            let sitrep = incident.sitrep.as_ref()?;
            let needs = sitrep.sitrep.needs.trim();
            (!needs.is_empty()).then(|| domain::markdown::excerpt(needs, 280))
        })
    });
    view! {
        <section class="brief" aria-labelledby="b-h">
            <h2 class="sect" id="b-h">"What they take over"</h2>
            <dl class="facts">
                <div><dt>"How bad"</dt><dd><SeverityMark severity=severity/></dd></div>
                <div><dt>"Where it stands"</dt><dd>{phase}<span class="help">{lasted}</span></dd></div>
                <div>
                    <dt>"Customers"</dt>
                    <dd>{move || due(ClockKind::Customers)}<span class="help">{said}</span></dd>
                </div>
                <div><dt>"Sitrep"</dt><dd>{move || due(ClockKind::Sitrep)}</dd></div>
                <div><dt>"Roles"</dt><dd>{empty}</dd></div>
                {move || needs.get().map(|needs| view! { <div><dt>"Needs"</dt><dd>{needs}</dd></div> })}
            </dl>
        </section>
    }
}

//! What is new against what was sent last, word by word.

use super::desk::{Desk, use_desk};
use super::outlook::{public_changes, sitrep_changes};
use crate::ui::{At, DiffList};
use domain::directory::PersonRef;
use domain::time::Time;
use domain::{Context, Kind};
use leptos::prelude::*;
use std::sync::Arc;

/// The sitrep against the last one.
#[component]
pub(super) fn SitrepChanges() -> impl IntoView {
    let desk = use_desk();
    let last = Memo::new(move |_| {
        desk.incident.with(|incident| {
            let sent = incident.sitrep.as_ref()?;
            Some((sent.sitrep.version, sent.sent_at, name(sent.by.as_ref())))
        })
    });
    view! {
        <h2 class="sect" id="din-h">
            {move || match last.get() {
                None => "Changes".into_any(),
                Some((version, at, by)) => {
                    view! { {format!("Changed since sitrep {version} ")}<Sent by=by at=at/> }.into_any()
                }
            }}
        </h2>
        {move || {
            if last.with(Option::is_none) {
                return view! { <p class="help">"This is the first sitrep: everything in it is new."</p> }.into_any();
            }
            let fields = desk
                .outlook
                .with(|o| {
                    let new = o.sitrep.as_ref()?;
                    desk.incident.with(|incident| sitrep_changes(new, incident))
                });
            match fields {
                Some(fields) => view! { <DiffList fields=fields/> }.into_any(),
                None => view! { <p class="help">"Nothing to compare: the sitrep cannot go out as it stands."</p> }.into_any(),
            }
        }}
    }
}

/// The public update against the last one.
#[component]
pub(super) fn PublicChanges() -> impl IntoView {
    let desk = use_desk();
    let last = Memo::new(move |_| {
        desk.incident.with(|incident| {
            let sent = incident.word.as_ref()?;
            Some((sent.published_at, name(sent.by.as_ref())))
        })
    });
    view! {
        <h2 class="sect" id="dout-h">
            {move || match last.get() {
                None => "Changes for customers".into_any(),
                Some((at, by)) => view! { "Changed since the last public update "<Sent by=by at=at/> }.into_any(),
            }}
        </h2>
        {move || {
            if desk.incident.with(|incident| incident.summary.kind == Kind::Drill) {
                return view! { <p class="help">"Nothing reaches customers."</p> }.into_any();
            }
            if last.with(Option::is_none) {
                return view! { <p class="help">"This is the first word to customers."</p> }.into_any();
            }
            match compared(desk) {
                Some((fields, marks)) => view! { <DiffList fields=fields marks=marks/> }.into_any(),
                None => view! { <p class="help">"Nothing to compare: the message is missing."</p> }.into_any(),
            }
        }}
    }
}

fn compared(desk: Desk) -> Option<(Vec<domain::diff::FieldDiff>, Arc<[String]>)> {
    let session = desk.session();
    let me = session.person.with(|person| person.id.clone());
    desk.outlook.with(|o| {
        let new = o.update.as_ref()?;
        let marks = o.warnings.iter().map(|w| w.word.clone()).collect();
        let title = desk
            .settled
            .with(|form| form.get("public_title").unwrap_or_default().to_owned());
        let fields = session.directory.with(|directory| {
            let ctx = Context {
                by: &me,
                now: desk.clock().minute().get_untracked(),
                directory,
            };
            desk.incident
                .with(|incident| public_changes(new, &title, incident, &ctx))
        })?;
        Some((fields, marks))
    })
}

#[component]
fn Sent(by: String, at: Time) -> impl IntoView {
    view! { <span class="n">{by}", "<At at=at/></span> }
}

fn name(by: Option<&PersonRef>) -> String {
    by.map_or_else(|| "somebody".to_owned(), |by| by.name.clone())
}

//! The fields of a plan: the same for a new one and for one that changes.

use crate::data::MaintenanceWindow;
use crate::forms::{posted_in, typed};
use crate::me::use_session;
use crate::ui::TextArea;
use domain::maintenance::{Plan, Repeat};
use leptos::prelude::*;

/// How long before the beginning a new one reminds, in minutes.
const REMIND: i64 = 60;

/// Everything but the words to customers. What was typed and refused stands there again.
#[component]
pub(super) fn Fields(
    what: &'static str,
    window: MaintenanceWindow,
    plan: Option<Plan>,
) -> impl IntoView {
    let session = use_session();
    let posted = posted_in(what, None);
    let now = |field: &str, value: String| typed(what, None, field, value);
    // A tick that is not there was taken away, once the form was posted.
    let ticked = |field: &str, value: bool| match &posted {
        Some(posted) => posted.form.get(field) == Some("yes"),
        None => value,
    };
    let (starts, ends) = (
        ticked(
            "starts_itself",
            plan.as_ref().is_none_or(|plan| plan.starts_itself),
        ),
        ticked(
            "ends_itself",
            plan.as_ref().is_none_or(|plan| plan.ends_itself),
        ),
    );
    let remind = match &plan {
        None => Some(REMIND),
        Some(plan) => plan.remind_before,
    };
    let remind = now(
        "remind_before",
        remind
            .map(|minutes| minutes.to_string())
            .unwrap_or_default(),
    );
    let repeat = plan.as_ref().and_then(|plan| plan.repeat);
    let repeat = now(
        "repeat",
        repeat
            .map(|repeat| repeat.as_str().to_owned())
            .unwrap_or_default(),
    );
    let chosen: Vec<String> = if let Some(posted) = &posted {
        let all = posted
            .form
            .0
            .iter()
            .filter(|(name, _)| name == "components");
        all.map(|(_, id)| id.clone()).collect()
    } else {
        let all = plan.iter().flat_map(|plan| &plan.components);
        all.map(ToString::to_string).collect()
    };
    let title = now("title", plan.map(|plan| plan.title).unwrap_or_default());
    let (from, to) = (now("from", window.from), now("to", window.to));
    let zone = session
        .directory
        .with_untracked(|d| d.settings.time_zone.clone());
    let components = session.directory.with_untracked(|directory| {
        let all = directory.components.iter().map(|component| {
            let id = component.id.to_string();
            let checked = chosen.contains(&id);
            let of = format!("{what}-{id}");
            view! {
                <li class="tick">
                    <input type="checkbox" id=of.clone() name="components" value=id checked=checked/>
                    <label for=of>{component.full_name()}</label>
                </li>
            }
        });
        all.collect_view()
    });
    let id = |field: &str| format!("{what}-{field}");
    let repeats = Repeat::ALL.map(|each| {
        view! { <option value=each.as_str() selected=repeat == each.as_str()>{each.label()}</option> }
    });
    view! {
        <p class="field">
            <label for=id("title")>"What is done"</label>
            <input type="text" id=id("title") name="title" required autocomplete="off" value=title/>
        </p>
        <div class="pair">
            <p class="field">
                <label for=id("from")>"Begins "<span class="help">{zone.clone()}</span></label>
                <input type="datetime-local" id=id("from") name="from" required value=from/>
            </p>
            <p class="field">
                <label for=id("to")>"Is over "<span class="help">{zone}</span></label>
                <input type="datetime-local" id=id("to") name="to" required value=to/>
            </p>
        </div>
        <fieldset class="field">
            <legend>"Which components it takes down"</legend>
            <ul class="ticks" role="list">{components}</ul>
        </fieldset>
        <p class="tick">
            <input type="checkbox" id=id("starts") name="starts_itself" value="yes" checked=starts/>
            <label for=id("starts")>"Begins by itself"</label>
        </p>
        <p class="tick">
            <input type="checkbox" id=id("ends") name="ends_itself" value="yes" checked=ends/>
            <label for=id("ends")>"Is completed by itself at its end"</label>
        </p>
        <div class="pair">
            <p class="field">
                <label for=id("remind")>"Remind me before "<span class="help">"minutes, or blank"</span></label>
                <input type="text" inputmode="numeric" id=id("remind") name="remind_before" value=remind/>
            </p>
            <p class="field">
                <label for=id("repeat")>"Comes again"</label>
                <select id=id("repeat") name="repeat">
                    <option value="">"No"</option>
                    {repeats}
                </select>
            </p>
        </div>
    }
}

/// The words to customers.
#[component]
pub(super) fn Message(
    what: &'static str,
    id: &'static str,
    label: &'static str,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    let words = RwSignal::new(typed(what, None, "message", ""));
    view! {
        <p class="field">
            <label for=id>{label}" "{optional.then(|| view! { <span class="help">"optional"</span> })}</label>
            <TextArea id=id name="message" rows=4 required=!optional value=words/>
        </p>
    }
}

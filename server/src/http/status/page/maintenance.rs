//! `/status/maintenance/{n}`: one planned maintenance; and how it stands on other pages.

use super::Parts;
use super::parts::{Here, as_of, heading, moment, said};
use app::ui::{StatusMark, status_class};
use chrono_tz::Tz;
use domain::time::{Time, length};
use domain::{ComponentStatus, Maintenance, MaintenanceState};
use leptos::prelude::*;

pub(super) fn view(here: &Here, one: &Maintenance) -> Parts {
    let status = look(one);
    let title = one.plan.title.clone();
    let last = one.words.len();
    let words = one.words.iter().rev().enumerate().map(|(back, word)| {
        let id = format!("u{}", last - back);
        let href = format!("{}#{id}", href(one));
        said(
            here,
            word.state.label(),
            word.at,
            &word.message,
            Some(id),
            href,
        )
    });
    let main = view! {
        <div id="now">
            <p class="crumb"><a href="/status">"All components"</a></p>
            {heading(status, title.clone())}
            {window(here, one)}
            {as_of(here, href(one))}
        </div>
        <section id="updates" aria-labelledby="updates-h">
            <h2 id="updates-h">"Updates"</h2>
            <ol class="ups" role="list">{words.collect_view()}</ol>
        </section>
        {affected(here, one)}
    };
    (title, Some(status), main.into_any())
}

/// What lies ahead or is under way, for the front page.
pub(super) fn section(here: &Here, open: &[Maintenance]) -> Option<AnyView> {
    if open.is_empty() {
        return None;
    }
    let all = open.iter().map(|one| article(here, one));
    let section = view! {
        <section id="planned" aria-labelledby="planned-h">
            <h2 id="planned-h">"Scheduled maintenance"</h2>
            {all.collect_view()}
        </section>
    };
    Some(section.into_any())
}

fn article(here: &Here, one: &Maintenance) -> AnyView {
    let id = format!("m{}", one.number);
    let last = one.words.last().map(|word| {
        let href = format!("{}#u{}", href(one), one.words.len());
        said(here, word.state.label(), word.at, &word.message, None, href)
    });
    let parts = names(here, one);
    let parts = (!parts.is_empty()).then(|| view! { <p class="note">{parts.join(", ")}</p> });
    view! {
        <article class=format!("incident {}", status_class(look(one))) aria-labelledby=id>
            <h3 id=id.clone()><a href=href(one)>{one.plan.title.clone()}</a></h3>
            {window(here, one)}
            {parts}
            <ol class="ups" role="list">{last}</ol>
        </article>
    }
    .into_any()
}

/// A line of a list of what is over.
pub(super) fn past(one: &Maintenance) -> AnyView {
    let (from, to) = one.span();
    let outcome = match one.state {
        MaintenanceState::Cancelled => "Maintenance, cancelled.".to_owned(),
        state if state.is_over() => format!("Maintenance, {}.", length(to - from)),
        state => format!("Maintenance, {}.", state.label().to_lowercase()),
    };
    view! {
        <li>
            {moment(from, from.format("%a %-d %b").to_string())}
            <div>
                <a href=href(one)>{one.plan.title.clone()}</a>
                <p>{outcome}</p>
            </div>
        </li>
    }
    .into_any()
}

/// Its address.
pub(super) fn href(one: &Maintenance) -> String {
    format!("/status/maintenance/{}", one.number)
}

fn look(one: &Maintenance) -> ComponentStatus {
    if one.state == MaintenanceState::Completed {
        ComponentStatus::Operational
    } else {
        ComponentStatus::UnderMaintenance
    }
}

fn names(here: &Here, one: &Maintenance) -> Vec<String> {
    let known = |id| here.content.names.get(id).cloned();
    one.plan.components.iter().filter_map(known).collect()
}

/// "Tue 24 Nov, 02:00 to 03:00 UTC, 1 h. Scheduled." in the zone of the page, with what is not as planned.
fn window(here: &Here, one: &Maintenance) -> AnyView {
    let zone = here.content.zone;
    let (from, to) = (one.plan.from, one.plan.to);
    let late = here.now - to;
    let state = match one.state {
        MaintenanceState::InProgress | MaintenanceState::Verifying if late.num_minutes() > 0 => {
            format!(
                "{}. It takes {} longer than planned.",
                one.state.label(),
                length(late)
            )
        }
        MaintenanceState::Scheduled if here.now > from => {
            "It should have begun and has not yet.".to_owned()
        }
        state => format!("{}.", state.label()),
    };
    let same = day(from, zone) == day(to, zone);
    let end = if same {
        clock(to, zone)
    } else {
        stamp(to, zone)
    };
    view! {
        <p class="promise">
            <strong>{moment(from, stamp(from, zone))} " to " {moment(to, format!("{end} {}", name(to, zone)))}</strong>
            " " <span>{format!("{}. {state}", length(to - from))}</span>
        </p>
    }
    .into_any()
}

fn day(at: Time, zone: Tz) -> chrono::NaiveDate {
    at.with_timezone(&zone).date_naive()
}

fn clock(at: Time, zone: Tz) -> String {
    at.with_timezone(&zone).format("%H:%M").to_string()
}

fn stamp(at: Time, zone: Tz) -> String {
    let at = at.with_timezone(&zone);
    at.format("%a %-d %b, %H:%M").to_string()
}

fn name(at: Time, zone: Tz) -> String {
    at.with_timezone(&zone).format("%Z").to_string()
}

fn affected(here: &Here, one: &Maintenance) -> Option<AnyView> {
    let names = names(here, one);
    if names.is_empty() {
        return None;
    }
    let status = if one.state.is_active() {
        ComponentStatus::UnderMaintenance
    } else {
        ComponentStatus::Operational
    };
    let rows = names.into_iter().map(|name| {
        let mark = one
            .state
            .is_active()
            .then(|| view! { <StatusMark status=status/> });
        view! { <li><div><h3>{name}</h3></div> {mark}</li> }
    });
    let section = view! {
        <section aria-labelledby="affected-h">
            <h2 id="affected-h">"Affected"</h2>
            <ul class="comps" role="list">{rows.collect_view()}</ul>
        </section>
    };
    Some(section.into_any())
}

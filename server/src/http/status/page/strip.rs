//! Ninety days of a component as a strip: a list with a text for each day, which shows its bad days by their height.

use chrono::TimeDelta;
use domain::ComponentStatus;
use domain::status::{DayState, Uptime};
use domain::time::length;
use leptos::prelude::*;

/// The strip, and the uptime beside it.
pub(super) fn strip(name: &str, uptime: &Uptime) -> AnyView {
    let label = format!("{name}, the last {} days", uptime.days.len());
    // Days of which nothing is known only take their place: reading "not known" ninety times helps nobody.
    let days = uptime.days.iter().map(|day| {
        let said = day.known || !day.incidents.is_empty();
        let words = said.then(|| view! { <b>{words(day)}</b> });
        view! { <li class=class(day) aria-hidden=(!said).then_some("true")>{words}</li> }
    });
    // Of a few hours no percentage says anything.
    let percent = uptime
        .words()
        .filter(|_| uptime.counted >= TimeDelta::days(1));
    let percent = percent.unwrap_or_else(|| "new".to_owned());
    view! {
        <ol class="bars" role="list" aria-label=label>{days.collect_view()}</ol>
        <span class="up"><span class="vh">"Uptime "</span>{percent}</span>
    }
    .into_any()
}

fn class(day: &DayState) -> Option<&'static str> {
    match day.worst {
        _ if !day.known => Some("u"),
        ComponentStatus::Operational => None,
        ComponentStatus::UnderMaintenance => Some("m"),
        ComponentStatus::DegradedPerformance => Some("s"),
        ComponentStatus::PartialOutage => Some("p"),
        ComponentStatus::MajorOutage => Some("d"),
    }
}

/// "17 Nov, partly down 56 min".
pub(super) fn words(day: &DayState) -> String {
    let date = day.date.format("%-d %b");
    let incidents = match day.incidents.len() {
        0 => String::new(),
        1 => ", 1 incident".to_owned(),
        many => format!(", {many} incidents"),
    };
    let state = match day.worst {
        _ if !day.known => return format!("{date}, not known yet{incidents}"),
        ComponentStatus::Operational => return format!("{date}, working{incidents}"),
        worst => worst.label().to_lowercase(),
    };
    format!("{date}, {state} {}{incidents}", length(day.length))
}

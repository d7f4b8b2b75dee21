//! Ninety days of a component as a strip: a list with a text for each day, which shows its bad days by their height.

use super::super::words::{Key, Words};
use chrono::TimeDelta;
use domain::ComponentStatus;
use domain::status::{DayState, Uptime};
use leptos::prelude::*;

/// The strip, and the uptime beside it.
pub(super) fn strip(words: &Words, name: &str, uptime: &Uptime) -> AnyView {
    let args = [("name", name.into()), ("days", uptime.days.len().into())];
    let label = words.tell(Key::DaysOf, args);
    // Days of which nothing is known only take their place: reading "not known" ninety times helps nobody.
    let days = uptime.days.iter().map(|state| {
        let said = state.known || !state.incidents.is_empty();
        let text = said.then(|| view! { <b>{day(words, state)}</b> });
        view! { <li class=class(state) aria-hidden=(!said).then_some("true")>{text}</li> }
    });
    // Of a few hours no percentage says anything.
    let percent = words
        .uptime(uptime)
        .filter(|_| uptime.counted >= TimeDelta::days(1));
    let percent = percent.unwrap_or_else(|| words.say(Key::UptimeNew));
    view! {
        <ol class="bars" role="list" aria-label=label>{days.collect_view()}</ol>
        <span class="up"><span class="vh">{words.say(Key::Uptime)} " "</span>{percent}</span>
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

/// "17 Nov, partly down 56 min, 1 incident".
pub(super) fn day(words: &Words, state: &DayState) -> String {
    let date = words.date(Key::DateDay, state.date);
    let day = match state.worst {
        _ if !state.known => words.tell(Key::DayUnknown, [("date", date.into())]),
        ComponentStatus::Operational => words.tell(Key::DayWorking, [("date", date.into())]),
        worst => words.bad_day(worst, date, state.length),
    };
    match state.incidents.len() {
        0 => day,
        count => words.tell(
            Key::DayIncidents,
            [("day", day.into()), ("count", count.into())],
        ),
    }
}

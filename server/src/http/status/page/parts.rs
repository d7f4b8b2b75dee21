//! What several public pages show alike.

use super::super::content::Content;
use app::ui::{Icon, Markdown};
use chrono::SecondsFormat;
use domain::status::{PublicIncident, PublicState, PublicWord};
use domain::time::{Time, length, short};
use domain::{ComponentStatus, Impact};
use leptos::prelude::*;

/// What every part of a page may know.
pub(super) struct Here<'a> {
    /// What is to be shown.
    pub content: &'a Content,
    /// The moment of reading.
    pub now: Time,
    /// True when the store cannot be read.
    pub old: bool,
}

/// A moment, for machines and for people in these words.
pub(super) fn moment(at: Time, words: String) -> impl IntoView {
    view! { <time datetime=machine(at)>{words}</time> }
}

/// "14:27 UTC", with its date when that is not today. The script says the reader's own time beside it.
pub(super) fn clock(at: Time, now: Time) -> impl IntoView {
    view! { <time datetime=machine(at) data-own="">{short(at, now)} " UTC"</time> }
}

/// "14:27 UTC" of a day that is said elsewhere.
fn own(at: Time) -> impl IntoView {
    view! { <time datetime=machine(at) data-own="">{at.format("%H:%M UTC").to_string()}</time> }
}

fn machine(at: Time) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// When the page was made, and how to have it newer.
pub(super) fn as_of(here: &Here, href: String) -> AnyView {
    let at = here.content.as_of;
    let line = view! {
        <p class="asof">
            "As of " {own(at)}
            {at.format(", %A %-d %B %Y. ").to_string()} <a href=href>"Reload"</a>
        </p>
    };
    if !here.old {
        return line.into_any();
    }
    let age = length(here.now - at);
    view! {
        {line}
        <p class="live">
            {format!("We cannot read anything newer just now. What you see is {age} old.")}
        </p>
    }
    .into_any()
}

/// A heading with the shape of a state.
pub(super) fn heading(status: ComponentStatus, words: String) -> impl IntoView {
    view! {
        <h1 class=app::ui::status_class(status)>
            <Icon name=app::ui::status_icon(status)/>
            <span>{words}</span>
        </h1>
    }
}

/// How bad an incident looks from outside: by its components while it goes on, and a tick when it is over.
pub(super) fn look(incident: &PublicIncident) -> ComponentStatus {
    if !incident.is_active() {
        return ComponentStatus::Operational;
    }
    let worst = incident.components.values().copied().max();
    let said = match incident.impact {
        // It goes on, so not all is well, whatever it names.
        Impact::None | Impact::Minor => ComponentStatus::DegradedPerformance,
        Impact::Major => ComponentStatus::PartialOutage,
        Impact::Critical => ComponentStatus::MajorOutage,
    };
    worst
        .filter(|worst| *worst != ComponentStatus::Operational)
        .unwrap_or(said)
}

/// The word for a state that is not a bare update.
pub(super) fn state_word(incident: &PublicIncident) -> &'static str {
    incident.state.unwrap_or(PublicState::Update).label()
}

/// "Minor impact"; nothing when none is known.
pub(super) fn impact_words(impact: Impact) -> Option<&'static str> {
    match impact {
        Impact::None => None,
        Impact::Minor => Some("Minor impact"),
        Impact::Major => Some("Major impact"),
        Impact::Critical => Some("Critical impact"),
    }
}

/// The line under an incident's title while it goes on: when customers hear next, honestly, and where it stands.
pub(super) fn promise(here: &Here, incident: &PublicIncident) -> impl IntoView + use<> {
    let now = here.now;
    let next = match incident.next_update_by() {
        Some(by) if by < now => view! {
            <strong class="down">"An update was promised by " {clock(by, now)}</strong>
            <span>{format!("That was {} ago.", length(now - by))}</span>
        }
        .into_any(),
        Some(by) => view! { <strong>"Next update by " {clock(by, now)}</strong> }.into_any(),
        None => view! { <strong>"No time is promised for the next update"</strong> }.into_any(),
    };
    let began = incident
        .started_at
        .map(|at| view! { ", began " {clock(at, now)} });
    view! {
        <p class="promise">
            {next} " " <span>{state_word(incident)} {began}</span>
        </p>
    }
}

/// A word to customers. `href` leads to where it stands alone.
pub(super) fn word(here: &Here, word: &PublicWord, id: Option<String>, href: String) -> AnyView {
    let PublicWord {
        state,
        message,
        published_at,
        ..
    } = word;
    said(here, state.label(), *published_at, message, id, href)
}

/// A word of an incident or a maintenance.
pub(super) fn said(
    here: &Here,
    state: &'static str,
    at: Time,
    message: &str,
    id: Option<String>,
    href: String,
) -> AnyView {
    let day = (at.date_naive() != here.now.date_naive())
        .then(|| view! { <br/> {at.format("%-d %b %Y").to_string()} });
    view! {
        <li id=id>
            <h3>{state}</h3>
            <a class="pl" href=href>
                <time datetime=machine(at) data-own="">
                    {at.format("%H:%M UTC").to_string()} {day}
                </time>
            </a>
            <Markdown text=message.to_owned()/>
        </li>
    }
    .into_any()
}

/// The address of an incident.
pub(super) fn href(incident: &PublicIncident) -> String {
    format!("/status/incidents/{}", incident.number)
}

/// A line of a list of past incidents.
pub(super) fn past(here: &Here, incident: &PublicIncident, at: Time) -> AnyView {
    view! {
        <li>
            {moment(at, at.format("%a %-d %b").to_string())}
            <div>
                <a href=href(incident)>{here.content.title(incident)}</a>
                <p>{outcome(incident)}</p>
            </div>
        </li>
    }
    .into_any()
}

/// "Minor impact. Resolved after 1 h 8 min."
fn outcome(incident: &PublicIncident) -> String {
    let impact = impact_words(incident.impact).map(|words| format!("{words}. "));
    let end = if incident.is_active() {
        format!("{}, still going on.", state_word(incident))
    } else {
        format!("{}.", resolved(incident))
    };
    impact.unwrap_or_default() + &end
}

/// "Resolved after 1 h 8 min", as far as that is known.
pub(super) fn resolved(incident: &PublicIncident) -> String {
    match (incident.started_at, incident.resolved_at) {
        (Some(from), Some(to)) if to >= from => format!("Resolved after {}", length(to - from)),
        (_, Some(_)) => "Resolved".to_owned(),
        (_, None) => "Over".to_owned(),
    }
}

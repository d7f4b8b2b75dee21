//! What several public pages show alike.

use super::super::address::Page;
use super::super::content::Content;
use super::super::words::{Key, Tongue, Words, capital};
use app::ui::{Icon, Markdown, status_class, status_icon};
use chrono::SecondsFormat;
use domain::status::{PublicIncident, PublicWord};
use domain::time::Time;
use domain::{ComponentStatus, Impact, Settings};
use leptos::prelude::*;

/// What every part of a page may know.
pub(super) struct Here<'a> {
    /// What is to be shown.
    pub content: &'a Content,
    /// The moment of reading.
    pub now: Time,
    /// True when the store cannot be read.
    pub old: bool,
    /// The language, and whether the address says it.
    pub tongue: Tongue,
    /// Its words.
    pub words: &'static Words,
}

impl Here<'_> {
    /// The address of another page, in the same language.
    pub fn href(&self, page: Page) -> String {
        href(self.tongue, page)
    }

    /// The title of an incident; never the internal one.
    pub fn title(&self, incident: &PublicIncident) -> String {
        self.words.title(&self.content.title(incident))
    }
}

/// What the organisation is called.
pub(super) fn organisation(words: &Words, name: &str) -> String {
    match name {
        "" | Settings::NOBODY => words.say(Key::SiteNobody),
        name => name.to_owned(),
    }
}

/// The address of a page in a language; the front page for what has no address.
pub(super) fn href(tongue: Tongue, page: Page) -> String {
    tongue.root() + &page.path().unwrap_or_default()
}

/// The way back to the front page.
pub(super) fn crumb(here: &Here) -> impl IntoView + use<> {
    let all = here.words.say(Key::AllComponents);
    view! { <p class="crumb"><a href=here.href(Page::Front)>{all}</a></p> }
}

/// A moment, for machines and for people in these words.
pub(super) fn stamp(at: Time, words: String) -> impl IntoView {
    view! { <time datetime=machine(at)>{words}</time> }
}

/// "14:27 UTC", with its date when that is not today. The script says the reader's own time beside it.
pub(super) fn clock(here: &Here, at: Time) -> AnyView {
    own(at, here.words.utc(here.words.short(at, here.now)))
}

/// A moment beside which the script says the reader's own time.
fn own(at: Time, words: String) -> AnyView {
    view! { <time datetime=machine(at) data-own="">{words}</time> }.into_any()
}

fn machine(at: Time) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// When the page was made, and how to have it newer.
pub(super) fn as_of(here: &Here, href: String) -> AnyView {
    let (at, words) = (here.content.as_of, here.words);
    let reload = view! { <a href=href>{words.say(Key::Reload)}</a> };
    let parts = [
        ("time", own(at, words.clock(at))),
        ("date", words.moment(Key::DateLong, at).into_any()),
        ("reload", reload.into_any()),
    ];
    let line = view! { <p class="asof">{words.weave(Key::AsOf, parts)}</p> };
    if !here.old {
        return line.into_any();
    }
    let age = words.length(here.now - at);
    view! {
        {line}
        <p class="live">{words.tell(Key::AsOfOld, [("age", age.into())])}</p>
    }
    .into_any()
}

/// How something does: a shape, the word, the colour.
pub(super) fn mark(here: &Here, status: ComponentStatus) -> AnyView {
    view! {
        <span class=format!("st {}", status_class(status))>
            <Icon name=status_icon(status)/>
            {here.words.status(status)}
        </span>
    }
    .into_any()
}

/// A heading with the shape of a state.
pub(super) fn heading(status: ComponentStatus, words: String) -> impl IntoView {
    view! {
        <h1 class=status_class(status)>
            <Icon name=status_icon(status)/>
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

/// The line under an incident's title while it goes on: when customers hear next, honestly, and where it stands.
pub(super) fn promise(here: &Here, incident: &PublicIncident) -> impl IntoView + use<> {
    let (now, words) = (here.now, here.words);
    let next = match incident.next_update_by() {
        Some(by) if by < now => {
            let missed = words.weave(Key::NextUpdateMissed, [("time", clock(here, by))]);
            let late = words.length(now - by);
            let late = words.tell(Key::NextUpdateLate, [("length", late.into())]);
            view! {
                <strong class="down">{missed}</strong>
                <span>{late}</span>
            }
            .into_any()
        }
        Some(by) => {
            let next = words.weave(Key::NextUpdate, [("time", clock(here, by))]);
            view! { <strong>{next}</strong> }.into_any()
        }
        None => view! { <strong>{words.say(Key::NextUpdateNone)}</strong> }.into_any(),
    };
    let state = words.state_of(incident);
    let stands = match incident.started_at {
        Some(at) => {
            let parts = [("state", state.into_any()), ("time", clock(here, at))];
            words.weave(Key::StateSince, parts)
        }
        None => state.into_any(),
    };
    view! {
        <p class="promise">
            {next} " " <span>{stands}</span>
        </p>
    }
}

/// A word to customers. `href` leads to where it stands alone.
pub(super) fn word(here: &Here, word: &PublicWord, id: Option<String>, href: String) -> AnyView {
    let state = here.words.state(word.state);
    said(here, state, word.published_at, &word.message, id, href)
}

/// A word of an incident or a maintenance.
pub(super) fn said(
    here: &Here,
    state: String,
    at: Time,
    message: &str,
    id: Option<String>,
    href: String,
) -> AnyView {
    let words = here.words;
    let day = (at.date_naive() != here.now.date_naive())
        .then(|| view! { <br/> {words.moment(Key::DateYear, at)} });
    view! {
        <li id=id>
            <h3>{state}</h3>
            <a class="pl" href=href>
                <time datetime=machine(at) data-own="">
                    {words.clock(at)} {day}
                </time>
            </a>
            <Markdown text=message.to_owned()/>
        </li>
    }
    .into_any()
}

/// A line of a list of past incidents.
pub(super) fn past(here: &Here, incident: &PublicIncident, at: Time) -> AnyView {
    let page = Page::Incident(incident.number);
    view! {
        <li>
            {stamp(at, capital(&here.words.moment(Key::DateWeek, at)))}
            <div>
                <a href=here.href(page)>{here.title(incident)}</a>
                <p>{outcome(here.words, incident)}</p>
            </div>
        </li>
    }
    .into_any()
}

/// "Minor impact. Resolved after 1 h 8 min."
fn outcome(words: &Words, incident: &PublicIncident) -> String {
    let end = if incident.is_active() {
        words.tell(Key::Still, [("state", words.state_of(incident).into())])
    } else {
        resolved(words, incident)
    };
    match words.impact(incident.impact) {
        Some(impact) => {
            let args = [("impact", impact.into()), ("end", end.into())];
            words.tell(Key::OutcomeWithImpact, args)
        }
        None => words.tell(Key::Outcome, [("end", end.into())]),
    }
}

/// "Resolved after 1 h 8 min", as far as that is known.
pub(super) fn resolved(words: &Words, incident: &PublicIncident) -> String {
    match (incident.started_at, incident.resolved_at) {
        (Some(from), Some(to)) if to >= from => {
            let length = words.length(to - from);
            words.tell(Key::ResolvedAfter, [("length", length.into())])
        }
        (_, Some(_)) => words.say(Key::Resolved),
        (_, None) => words.say(Key::Over),
    }
}

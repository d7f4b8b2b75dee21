//! `/status/incidents/{n}`: one incident, every update with an address of its own.

use super::super::address::Page;
use super::super::words::{Key, Words};
use super::parts::{
    Here, as_of, clock, crumb, heading, look, mark, promise, resolved, stamp, word,
};
use super::{Parts, follow};
use domain::status::{Kept, PublicIncident, PublicState, promises};
use domain::time::Time;
use domain::{ComponentId, ComponentStatus};
use leptos::prelude::*;

pub(super) fn view(here: &Here, incident: &PublicIncident) -> Parts {
    let words = here.words;
    let title = here.title(incident);
    let status = look(incident);
    let stands = if incident.is_active() {
        promise(here, incident).into_any()
    } else {
        over(words, incident)
    };
    let page = here.href(Page::Incident(incident.number));
    let updates = incident.words.iter().enumerate().rev().map(|(at, said)| {
        let id = format!("u{}", at + 1);
        let anchor = format!("#{id}");
        word(here, said, Some(id), anchor)
    });
    let updates = if incident.words.is_empty() {
        view! { <p class="empty">{words.say(Key::NoUpdates)}</p> }.into_any()
    } else {
        view! { <ol class="ups" role="list">{updates.collect_view()}</ol> }.into_any()
    };
    let main = view! {
        <div id="now">
            {crumb(here)}
            {heading(status, title.clone())}
            {stands}
            {as_of(here, page)}
        </div>
        <div id="affected">{affected(here, incident)}</div>
        <section id="updates" class="incident" aria-labelledby="updates-h">
            <h2 id="updates-h">{words.say(Key::Updates)} <span>{words.say(Key::UpdatesOrder)}</span></h2>
            {updates}
            {kept(here, incident)}
        </section>
        {follow::line(Page::Incident(incident.number), words)}
    };
    let word = if incident.is_active() {
        words.state_of(incident)
    } else {
        words.say(Key::Resolved)
    };
    (
        words.name_and_state(&word, &title),
        Some(status),
        main.into_any(),
    )
}

/// The line under the title of an incident that is over.
fn over(words: &Words, incident: &PublicIncident) -> AnyView {
    let day = |at: Time| words.moment(Key::DateClock, at);
    let full = |at: Time| stamp(at, words.utc(day(at))).into_any();
    let when = match (incident.started_at, incident.resolved_at) {
        (Some(from), Some(to)) if from.date_naive() == to.date_naive() => {
            let to = stamp(to, words.clock(to)).into_any();
            let from = stamp(from, day(from)).into_any();
            words.weave(Key::FromTo, [("from", from), ("to", to)])
        }
        (Some(from), Some(to)) => {
            words.weave(Key::FromTo, [("from", full(from)), ("to", full(to))])
        }
        (Some(from), None) => words.weave(Key::FromOnly, [("from", full(from))]),
        (None, Some(to)) => words.weave(Key::ToOnly, [("to", full(to))]),
        (None, None) => words.say(Key::WhenUnknown).into_any(),
    };
    let impact = words.impact(incident.impact);
    let impact = impact.map(|impact| words.tell(Key::Sentence, [("words", impact.into())]));
    view! {
        <p class="promise">
            <strong>{resolved(words, incident)}</strong> " " <span>{when} " " {impact}</span>
        </p>
    }
    .into_any()
}

/// How a component went through an incident.
struct Course {
    now: ComponentStatus,
    since: Time,
    worst: ComponentStatus,
}

/// What the updates said of each component, in the order in which they were first named.
fn courses(incident: &PublicIncident) -> Vec<(ComponentId, Course)> {
    let mut courses: Vec<(ComponentId, Course)> = Vec::new();
    for said in &incident.words {
        let at = said.published_at;
        for affected in &said.components {
            match courses.iter_mut().find(|(id, _)| *id == affected.id) {
                Some((_, course)) => course.go(affected.status, at),
                None => courses.push((
                    affected.id.clone(),
                    Course {
                        now: affected.status,
                        since: at,
                        worst: affected.status,
                    },
                )),
            }
        }
        if said.state == PublicState::Resolved {
            for (_, course) in &mut courses {
                course.go(ComponentStatus::Operational, at);
            }
        }
    }
    courses
}

impl Course {
    fn go(&mut self, status: ComponentStatus, at: Time) {
        if self.now != status {
            self.since = at;
        }
        self.now = status;
        self.worst = self.worst.max(status);
    }
}

fn affected(here: &Here, incident: &PublicIncident) -> Option<AnyView> {
    let name = |id: &ComponentId| here.content.names.get(id).cloned();
    let active = incident.is_active();
    let told: Vec<(String, Course)> = courses(incident)
        .into_iter()
        .filter_map(|(id, course)| name(&id).map(|name| (name, course)))
        .collect();
    let named: Vec<String> = incident.named.iter().filter_map(name).collect();
    let inside = if !told.is_empty() {
        let rows = told.into_iter().map(|(name, course)| {
            let (status, since) = if active {
                let since = clock(here, course.since);
                (course.now, Some(view! { <td>{since}</td> }))
            } else {
                (course.worst, None)
            };
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td>{mark(here, status)}</td>
                    {since}
                </tr>
            }
        });
        let heads: &[Key] = if active {
            &[Key::Component, Key::Now, Key::Since]
        } else {
            &[Key::Component, Key::AtWorst]
        };
        let heads = heads
            .iter()
            .map(|key| view! { <th scope="col">{here.words.say(*key)}</th> });
        view! {
            <table class="aff">
                <thead><tr>{heads.collect_view()}</tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        }
        .into_any()
    } else if !named.is_empty() {
        let rows = named.into_iter().map(|name| view! { <li>{name}</li> });
        view! { <ul class="comps" role="list">{rows.collect_view()}</ul> }.into_any()
    } else {
        return None;
    };
    let section = view! {
        <section aria-labelledby="affected-h">
            <h2 id="affected-h">{here.words.say(Key::Affected)}</h2>
            {inside}
        </section>
    };
    Some(section.into_any())
}

/// "We promised updates by 14:00 and 14:15 UTC and kept both."
fn kept(here: &Here, incident: &PublicIncident) -> Option<AnyView> {
    // Once it is over, no promise is open any more.
    let until = if incident.is_active() {
        here.now
    } else {
        incident.resolved_at.unwrap_or(here.now)
    };
    let Kept { made, kept } = promises(&incident.words, until);
    let short = |at: &Time| here.words.short(*at, here.now).into();
    let words = match made.as_slice() {
        [] => return None,
        [one] => {
            let key = match kept {
                0 => Key::KeptOneNot,
                _ => Key::KeptOne,
            };
            here.words.tell(key, [("first", short(one))])
        }
        [first, second] => {
            let key = match kept {
                0 => Key::KeptTwoNone,
                1 => Key::KeptTwoOne,
                _ => Key::KeptTwo,
            };
            let args = [("first", short(first)), ("second", short(second))];
            here.words.tell(key, args)
        }
        many => {
            let key = match kept {
                0 => Key::KeptNone,
                kept if kept == many.len() => Key::KeptAll,
                _ => Key::KeptSome,
            };
            let args = [("count", many.len().into()), ("kept", kept.into())];
            here.words.tell(key, args)
        }
    };
    Some(view! { <p class="note">{words}</p> }.into_any())
}

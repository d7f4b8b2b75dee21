//! `/status/incidents/{n}`: one incident, every update with an address of its own.

use super::Parts;
use super::parts::{
    Here, as_of, clock, heading, href, impact_words, look, moment, promise, resolved, state_word,
    word,
};
use app::ui::StatusMark;
use domain::status::{Kept, PublicIncident, PublicState, promises};
use domain::time::Time;
use domain::{ComponentId, ComponentStatus};
use leptos::prelude::*;

pub(super) fn view(here: &Here, incident: &PublicIncident) -> Parts {
    let title = here.content.title(incident);
    let status = look(incident);
    let stands = if incident.is_active() {
        promise(here, incident).into_any()
    } else {
        over(incident)
    };
    let page = href(incident);
    let updates = incident.words.iter().enumerate().rev().map(|(at, said)| {
        let id = format!("u{}", at + 1);
        let anchor = format!("#{id}");
        word(here, said, Some(id), anchor)
    });
    let updates = if incident.words.is_empty() {
        view! { <p class="empty">"Nothing was written about it."</p> }.into_any()
    } else {
        view! { <ol class="ups" role="list">{updates.collect_view()}</ol> }.into_any()
    };
    let main = view! {
        <div id="now">
            <p class="crumb"><a href="/status">"All components"</a></p>
            {heading(status, title.clone())}
            {stands}
            {as_of(here, page)}
        </div>
        <div id="affected">{affected(here, incident)}</div>
        <section id="updates" class="incident" aria-labelledby="updates-h">
            <h2 id="updates-h">"Updates" <span>"newest first"</span></h2>
            {updates}
            {kept(here, incident)}
        </section>
    };
    let word = if incident.is_active() {
        state_word(incident)
    } else {
        "Resolved"
    };
    (format!("{word}: {title}"), Some(status), main.into_any())
}

/// The line under the title of an incident that is over.
fn over(incident: &PublicIncident) -> AnyView {
    let day = |at: Time| at.format("%A %-d %B %Y, %H:%M UTC").to_string();
    let when = match (incident.started_at, incident.resolved_at) {
        (Some(from), Some(to)) if from.date_naive() == to.date_naive() => view! {
            {moment(from, from.format("%A %-d %B %Y, %H:%M").to_string())} " to "
            {moment(to, to.format("%H:%M UTC").to_string())} ". "
        }
        .into_any(),
        (Some(from), Some(to)) => {
            view! { {moment(from, day(from))} " to " {moment(to, day(to))} ". " }.into_any()
        }
        (Some(from), None) => {
            view! { "Began " {moment(from, day(from))} "; it is not known when it ended. " }
                .into_any()
        }
        (None, Some(to)) => {
            view! { "Ended " {moment(to, day(to))} "; it is not known when it began. " }.into_any()
        }
        (None, None) => "It is not known when it was. ".into_any(),
    };
    let impact = impact_words(incident.impact).map(|words| format!("{words}."));
    view! {
        <p class="promise">
            <strong>{resolved(incident)}</strong> " " <span>{when} {impact}</span>
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
                let since = clock(course.since, here.now);
                (course.now, Some(view! { <td>{since}</td> }))
            } else {
                (course.worst, None)
            };
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td><StatusMark status=status/></td>
                    {since}
                </tr>
            }
        });
        let heads = if active {
            view! { <th scope="col">"Now"</th> <th scope="col">"Since"</th> }.into_any()
        } else {
            view! { <th scope="col">"At worst"</th> }.into_any()
        };
        view! {
            <table class="aff">
                <thead><tr><th scope="col">"Component"</th> {heads}</tr></thead>
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
            <h2 id="affected-h">"Affected"</h2>
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
    let count = made.len();
    let times: Vec<String> = made
        .iter()
        .map(|at| domain::time::short(*at, here.now))
        .collect();
    let by = match times.as_slice() {
        [] => return None,
        [one] => format!("an update by {one} UTC"),
        [first, second] => format!("updates by {first} and {second} UTC"),
        many => format!("{} updates by a time", many.len()),
    };
    let words = match (kept, count) {
        (1, 1) => format!("We promised {by} and kept it."),
        (0, 1) => format!("We promised {by} and did not keep it."),
        (2, 2) => format!("We promised {by} and kept both."),
        (kept, count) if kept == count => format!("We promised {by} and kept all."),
        (0, _) => format!("We promised {by} and kept none."),
        (kept, _) => format!("We promised {by} and kept {kept}."),
    };
    Some(view! { <p class="note">{words}</p> }.into_any())
}

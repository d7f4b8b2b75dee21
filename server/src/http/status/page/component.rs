//! `/status/components/{code}`: one component, its days in words, and its uptime with everything it is made of.

use super::super::address::Page;
use super::super::words::Key;
use super::parts::{Here, as_of, crumb, heading, mark, stamp};
use super::strip::{day, strip};
use super::{Parts, follow, maintenance};
use crate::http::status::components::OneComponent;
use crate::http::status::data::Code;
use domain::Number;
use domain::status::{PublicIncident, Uptime, share};
use leptos::prelude::*;

pub(super) fn view(here: &Here, one: &OneComponent) -> Parts {
    let OneComponent {
        component,
        code,
        status,
        uptime,
        incidents,
        maintenances,
        span: _,
    } = one;
    let words = here.words;
    let page = Code::read(code).map_or(Page::Front, Page::Component);
    let name = component.name.clone();
    let about = (!component.description.is_empty())
        .then(|| view! { <p>{component.description.clone()}</p> });
    let bad = uptime
        .days
        .iter()
        .rev()
        .filter(|day| !day.incidents.is_empty() || !day.maintenances.is_empty());
    let bad: Vec<_> = bad
        .map(|state| {
            let links = state
                .incidents
                .iter()
                .filter_map(|number| link(here, incidents, *number));
            let planned = maintenances
                .iter()
                .filter(|one| state.maintenances.contains(&one.number));
            let planned = planned.map(|one| view! { <p>{maintenance::named(here, one)}</p> });
            view! {
                <li>
                    <span>{day(words, state)}</span>
                    <div>{links.collect_view()} {planned.collect_view()}</div>
                </li>
            }
        })
        .collect();
    let days = if bad.is_empty() {
        view! { <p class="empty">{words.say(Key::NoBadDays)}</p> }.into_any()
    } else {
        view! { <ol class="list days" role="list">{bad}</ol> }.into_any()
    };
    let last = words.tell(Key::LastDays, [("days", uptime.days.len().into())]);
    let title = words.name_and_state(&name, &words.status(*status));
    // What tools read has no language, and stands where it always did.
    let sheet = |end: &str, name: &'static str| {
        let address = format!("/status/components/{code}/uptime.{end}");
        view! { <a href=address>{name}</a> }.into_any()
    };
    let take = [
        ("csv", sheet("csv", "CSV")),
        ("json", sheet("json", "JSON")),
    ];
    let main = view! {
        <div id="now">
            {crumb(here)}
            {heading(*status, title.clone())}
            {about}
            {as_of(here, here.href(page))}
        </div>
        <section id="days" aria-labelledby="days-h">
            <h2 id="days-h">{last}</h2>
            <ul class="comps" role="list">
                <li><div><h3>{name.clone()}</h3></div> {strip(words, &name, uptime)} {mark(here, *status)}</li>
            </ul>
            {days}
        </section>
        <section id="uptime" aria-labelledby="uptime-h">
            <h2 id="uptime-h">{words.say(Key::Uptime)}</h2>
            {workings(here, incidents, uptime)}
            <p>{words.weave(Key::UptimeTake, take)}</p>
        </section>
        {follow::line(page, words)}
    };
    (title, Some(*status), main.into_any())
}

fn link(here: &Here, incidents: &[PublicIncident], number: Number) -> Option<AnyView> {
    let incident = incidents
        .iter()
        .find(|incident| incident.number == number)?;
    Some(view! { <p>{named(here, incident)}</p> }.into_any())
}

/// The title of an incident, which leads to its page.
fn named(here: &Here, incident: &PublicIncident) -> AnyView {
    let page = Page::Incident(incident.number);
    view! { <a href=here.href(page)>{here.title(incident)}</a> }.into_any()
}

/// (TM - Σ OM × PA) / TM with its numbers, each of them with its incident.
fn workings(here: &Here, incidents: &[PublicIncident], uptime: &Uptime) -> AnyView {
    let words = here.words;
    let Some(percent) = words.uptime(uptime) else {
        return view! { <p class="empty">{words.say(Key::UptimeUnknown)}</p> }.into_any();
    };
    let terms = uptime.terms.iter().map(|term| {
        let incident = incidents.iter().find(|i| i.number == term.incident);
        let name = incident.map(|incident| match incident.started_at {
            Some(at) => {
                let date = stamp(at, words.moment(Key::DateDay, at)).into_any();
                let parts = [("date", date), ("incident", named(here, incident))];
                words.weave(Key::OnDay, parts)
            }
            None => named(here, incident),
        });
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>{words.status(term.status)}</td>
                <td>{words.length(term.length)}</td>
                <td>{words.percent(share(term.status) * 10)}</td>
            </tr>
        }
    });
    let head = |key| view! { <th scope="col">{words.say(key)}</th> };
    let table = (!uptime.terms.is_empty()).then(|| {
        view! {
            <table class="aff">
                <thead>
                    <tr>{[Key::Incident, Key::ItWas, Key::ItLasted, Key::Share].map(head)}</tr>
                </thead>
                <tbody>{terms.collect_view()}</tbody>
            </table>
        }
    });
    let uncounted = (!uptime.uncounted.is_empty()).then(|| {
        let many = words.count(Key::UptimeUncounted, uptime.uncounted.len());
        view! { <p class="note">{many}</p> }
    });
    let percent = view! { <strong>{percent}</strong> }.into_any();
    let counted = words.length(uptime.counted).into_any();
    let sum = words.weave(Key::UptimeOf, [("percent", percent), ("length", counted)]);
    view! {
        <p>{sum}</p>
        <p class="note">{words.say(Key::UptimeHow)}</p>
        {table}
        {uncounted}
    }
    .into_any()
}

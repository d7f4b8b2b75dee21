//! `/status`: how everything is.

use super::super::address::Page;
use super::super::content::RECENT_DAYS;
use super::super::data::Code;
use super::super::words::Key;
use super::parts::{Here, as_of, heading, look, mark, past, promise, word};
use super::strip::strip;
use super::{Parts, follow, maintenance};
use app::ui::status_class;
use domain::Opens;
use domain::status::{PublicIncident, PublicPage, sentence};
use domain::time::Time;
use leptos::prelude::*;
use std::cmp::Reverse;

/// The most updates of one incident on the front page; its own page has all of them.
const UPDATES: usize = 5;

pub(super) fn view(here: &Here, page: &PublicPage) -> Parts {
    let words = here.words;
    let sentence = sentence(&page.groups, &page.active);
    let (status, said) = (sentence.status(), words.sentence(&sentence));
    let title = said.trim_end_matches(['.', '。']).to_owned();
    let active = page.active.iter().map(|incident| active(here, incident));
    let recent = page.recent.iter().map(|incident| {
        let at = incident.started_at.or(incident.resolved_at);
        let at = at.unwrap_or(here.content.as_of);
        (at, past(here, incident, at))
    });
    let maintained = page.maintained.iter().filter(|one| one.state.is_over());
    let maintained = maintained.map(|one| (one.plan.from, maintenance::past(here, one)));
    let mut recent: Vec<(Time, AnyView)> = recent.chain(maintained).collect();
    recent.sort_by_key(|(at, _)| Reverse(*at));
    let span = words.tell(Key::PastIncidentsSpan, [("days", RECENT_DAYS.into())]);
    let main = view! {
        <div id="now">{heading(status, said)} {as_of(here, here.href(Page::Front))}</div>
        <div id="active">{active.collect_view()}</div>
        <div id="maintenance">{maintenance::section(here, &page.maintenances)}</div>
        <div id="components">{components(here, page)}</div>
        <section id="past" aria-labelledby="past-h">
            <h2 id="past-h">{words.say(Key::PastIncidents)} <span>{span}</span></h2>
            {if recent.is_empty() {
                view! { <p class="empty">{words.say(Key::NoIncidents)}</p> }.into_any()
            } else {
                view! { <ol class="list" role="list">{recent.into_iter().map(|(_, row)| row).collect_view()}</ol> }.into_any()
            }}
            <p><a href=here.href(Page::History)>{words.say(Key::AllIncidents)}</a></p>
        </section>
        {follow::line(Page::Front, words)}
    };
    (title, Some(status), main.into_any())
}

fn active(here: &Here, incident: &PublicIncident) -> AnyView {
    let page = here.href(Page::Incident(incident.number));
    let id = format!("i{}", incident.number);
    let count = incident.words.len();
    let newest = incident.words.iter().enumerate().rev().take(UPDATES);
    let updates = newest.map(|(at, said)| word(here, said, None, format!("{page}#u{}", at + 1)));
    let more = (count > UPDATES).then(|| {
        let all = here.words.count(Key::AllUpdates, count);
        view! { <p class="note"><a href=page.clone()>{all}</a></p> }
    });
    view! {
        <article class=format!("incident {}", status_class(look(incident))) aria-labelledby=id>
            <h2 id=id.clone()><a href=page.clone()>{here.title(incident)}</a></h2>
            {promise(here, incident)}
            <ol class="ups" role="list">{updates.collect_view()}</ol>
            {more}
        </article>
    }
    .into_any()
}

fn components(here: &Here, page: &PublicPage) -> Option<AnyView> {
    let PublicPage {
        groups, uptimes, ..
    } = page;
    if groups.is_empty() {
        return None;
    }
    let groups = groups.iter().map(|group| {
        let rows = group.components.iter().map(|component| {
            let about = (!component.description.is_empty())
                .then(|| view! { <p>{component.description.clone()}</p> });
            let days = uptimes
                .get(&component.id)
                .map(|uptime| strip(here.words, &component.name, uptime));
            let href = Code::read(&component.code).map(|code| here.href(Page::Component(code)));
            view! {
                <li>
                    <div><h4><a href=href>{component.name.clone()}</a></h4> {about}</div>
                    {days}
                    {mark(here, component.status)}
                </li>
            }
        });
        let rows = view! { <ul class="comps" role="list">{rows.collect_view()}</ul> };
        let about =
            (!group.description.is_empty()).then(|| view! { <p>{group.description.clone()}</p> });
        match group.opens {
            _ if group.name.is_empty() => rows.into_any(),
            Opens::Always => view! { <h3>{group.name.clone()}</h3> {about} {rows} }.into_any(),
            Opens::WhenAffected | Opens::Never => view! {
                <details class="group" open=group.is_open()>
                    <summary><h3>{group.name.clone()}</h3> {mark(here, group.status())}</summary>
                    {about}
                    {rows}
                </details>
            }
            .into_any(),
        }
    });
    let section = view! {
        <section aria-labelledby="components-h">
            <h2 id="components-h">{here.words.say(Key::Components)}</h2>
            {groups.collect_view()}
        </section>
    };
    Some(section.into_any())
}

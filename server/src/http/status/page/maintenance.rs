//! `/status/maintenance/{n}`: one planned maintenance; and how it stands on other pages.

use super::super::address::Page;
use super::super::words::{Key, capital, time_of_day};
use super::Parts;
use super::parts::{Here, as_of, crumb, heading, mark, said, stamp};
use app::ui::status_class;
use domain::maintenance::{MaintenanceWord, Step};
use domain::time::Time;
use domain::{ComponentStatus, Maintenance, MaintenanceState};
use leptos::prelude::*;

pub(super) fn view(here: &Here, one: &Maintenance) -> Parts {
    let status = look(one);
    let title = one.plan.title.clone();
    let last = one.words.len();
    let updates = one.words.iter().rev().enumerate().map(|(back, word)| {
        let id = format!("u{}", last - back);
        let href = format!("{}#{id}", href(here, one));
        update(here, word, Some(id), href)
    });
    let main = view! {
        <div id="now">
            {crumb(here)}
            {heading(status, title.clone())}
            {window(here, one)}
            {as_of(here, href(here, one))}
        </div>
        <section id="updates" aria-labelledby="updates-h">
            <h2 id="updates-h">{here.words.say(Key::Updates)}</h2>
            <ol class="ups" role="list">{updates.collect_view()}</ol>
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
            <h2 id="planned-h">{here.words.say(Key::Planned)}</h2>
            {all.collect_view()}
        </section>
    };
    Some(section.into_any())
}

fn article(here: &Here, one: &Maintenance) -> AnyView {
    let id = format!("m{}", one.number);
    let last = one.words.last().map(|word| {
        let href = format!("{}#u{}", href(here, one), one.words.len());
        update(here, word, None, href)
    });
    let parts = names(here, one);
    let parts =
        (!parts.is_empty()).then(|| view! { <p class="note">{here.words.list(&parts)}</p> });
    view! {
        <article class=format!("incident {}", status_class(look(one))) aria-labelledby=id>
            <h3 id=id.clone()>{named(here, one)}</h3>
            {window(here, one)}
            {parts}
            <ol class="ups" role="list">{last}</ol>
        </article>
    }
    .into_any()
}

/// What is said; what the clock says is said in the reader's language.
pub(super) fn message(here: &Here, word: &MaintenanceWord) -> String {
    match word.step() {
        Some(Step::Begin) => here.words.say(Key::PlannedBegun),
        Some(Step::Complete) => here.words.say(Key::PlannedDone),
        Some(Step::Remind | Step::Overdue) | None => word.message.clone(),
    }
}

fn update(here: &Here, word: &MaintenanceWord, id: Option<String>, href: String) -> AnyView {
    let state = here.words.maintenance(word.state);
    let message = message(here, word);
    said(here, state, word.at, &message, id, href)
}

/// A line of a list of what was.
pub(super) fn past(here: &Here, one: &Maintenance) -> AnyView {
    let words = here.words;
    let (from, to) = one.span();
    let end = match one.state {
        MaintenanceState::Completed => words.length(to - from),
        state => words.maintenance(state),
    };
    let end = words.name_and_state(&words.say(Key::Maintenance), &end);
    view! {
        <li>
            {stamp(from, capital(&words.moment(Key::DateWeek, from)))}
            <div>
                {named(here, one)}
                <p>{words.tell(Key::Outcome, [("end", end.into())])}</p>
            </div>
        </li>
    }
    .into_any()
}

/// Its title, which leads to its page.
pub(super) fn named(here: &Here, one: &Maintenance) -> AnyView {
    view! { <a href=href(here, one)>{one.plan.title.clone()}</a> }.into_any()
}

fn href(here: &Here, one: &Maintenance) -> String {
    here.href(Page::Maintenance(one.number))
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

/// "tue 24 Nov, 02:00" and "03:00 UTC", in the zone of the page.
pub(super) fn ends(here: &Here, one: &Maintenance) -> (String, String) {
    let (words, zone) = (here.words, here.content.zone);
    let (from, to) = (one.plan.from, one.plan.to);
    let local = |at: Time| at.with_timezone(&zone);
    let begin = words.moment(Key::WeekClock, local(from));
    let end = if local(from).date_naive() == local(to).date_naive() {
        time_of_day(local(to))
    } else {
        words.moment(Key::WeekClock, local(to))
    };
    let end = words.zoned(end, local(to).format("%Z").to_string());
    (begin, end)
}

/// "Tue 24 Nov, 02:00 to 03:00 UTC" in the zone of the page, and after it "1 h. Scheduled." with what is not as planned.
fn window(here: &Here, one: &Maintenance) -> AnyView {
    let words = here.words;
    let (from, to) = (one.plan.from, one.plan.to);
    let (begin, end) = ends(here, one);
    let parts = [
        ("from", stamp(from, capital(&begin)).into_any()),
        ("to", stamp(to, end).into_any()),
    ];
    let late = here.now - to;
    let length = words.length(to - from).into();
    let state = words.maintenance(one.state).into();
    let stands = match one.state {
        MaintenanceState::InProgress | MaintenanceState::Verifying if late.num_minutes() > 0 => {
            let late = words.length(late).into();
            let args = [("length", length), ("state", state), ("late", late)];
            words.tell(Key::WindowLate, args)
        }
        MaintenanceState::Scheduled if here.now > from => {
            words.tell(Key::WindowNotBegun, [("length", length)])
        }
        _ => words.tell(Key::WindowState, [("length", length), ("state", state)]),
    };
    view! {
        <p class="promise">
            <strong>{words.weave(Key::Window, parts)}</strong> " " <span>{stands}</span>
        </p>
    }
    .into_any()
}

fn affected(here: &Here, one: &Maintenance) -> Option<AnyView> {
    let names = names(here, one);
    if names.is_empty() {
        return None;
    }
    let active = one.state.is_active();
    let rows = names.into_iter().map(|name| {
        let mark = active.then(|| mark(here, ComponentStatus::UnderMaintenance));
        view! { <li><div><h3>{name}</h3></div> {mark}</li> }
    });
    let section = view! {
        <section aria-labelledby="affected-h">
            <h2 id="affected-h">{here.words.say(Key::Affected)}</h2>
            <ul class="comps" role="list">{rows.collect_view()}</ul>
        </section>
    };
    Some(section.into_any())
}

//! `/status/components/{code}`: one component, its days in words, and its uptime with everything it is made of.

use super::Parts;
use super::maintenance;
use super::parts::{Here, as_of, heading, href, moment};
use super::strip::{strip, words};
use crate::http::status::components::OneComponent;
use app::ui::StatusMark;
use domain::Number;
use domain::status::{PublicIncident, Uptime, share};
use domain::time::length;
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
    let page = format!("/status/components/{code}");
    let name = component.name.clone();
    let about = (!component.description.is_empty())
        .then(|| view! { <p>{component.description.clone()}</p> });
    let bad = uptime
        .days
        .iter()
        .rev()
        .filter(|day| !day.incidents.is_empty() || !day.maintenances.is_empty());
    let bad: Vec<_> = bad
        .map(|day| {
            let links = day
                .incidents
                .iter()
                .filter_map(|number| link(here, incidents, *number));
            let planned = maintenances.iter().filter(|one| day.maintenances.contains(&one.number));
            let planned = planned.map(|one| view! { <p><a href=maintenance::href(one)>{one.plan.title.clone()}</a></p> });
            view! { <li><span>{words(day)}</span> <div>{links.collect_view()} {planned.collect_view()}</div></li> }
        })
        .collect();
    let days = if bad.is_empty() {
        view! { <p class="empty">"No incident and no maintenance touched it."</p> }.into_any()
    } else {
        view! { <ol class="list days" role="list">{bad}</ol> }.into_any()
    };
    let main = view! {
        <div id="now">
            <p class="crumb"><a href="/status">"All components"</a></p>
            {heading(*status, format!("{name}: {}", status.label()))}
            {about}
            {as_of(here, page.clone())}
        </div>
        <section id="days" aria-labelledby="days-h">
            <h2 id="days-h">"The last 90 days"</h2>
            <ul class="comps" role="list">
                <li><div><h3>{name.clone()}</h3></div> {strip(&name, uptime)} <StatusMark status=*status/></li>
            </ul>
            {days}
        </section>
        <section id="uptime" aria-labelledby="uptime-h">
            <h2 id="uptime-h">"Uptime"</h2>
            {workings(here, incidents, uptime)}
            <p>
                "Take it along: " <a href=format!("{page}/uptime.csv")>"CSV"</a> " "
                <a href=format!("{page}/uptime.json")>"JSON"</a>
            </p>
        </section>
    };
    (
        format!("{name}: {}", status.label()),
        Some(*status),
        main.into_any(),
    )
}

fn link(here: &Here, incidents: &[PublicIncident], number: Number) -> Option<AnyView> {
    let incident = incidents
        .iter()
        .find(|incident| incident.number == number)?;
    let title = here.content.title(incident);
    Some(view! { <p><a href=href(incident)>{title}</a></p> }.into_any())
}

/// (TM - Σ OM × PA) / TM with its numbers, each of them with its incident.
fn workings(here: &Here, incidents: &[PublicIncident], uptime: &Uptime) -> AnyView {
    let Some(percent) = uptime.words() else {
        return view! { <p class="empty">"Nothing is known of it yet."</p> }.into_any();
    };
    let terms = uptime.terms.iter().map(|term| {
        let incident = incidents.iter().find(|i| i.number == term.incident);
        let name = incident.map(|incident| {
            let title = here.content.title(incident);
            let at = incident.started_at;
            let when = at.map(|at| moment(at, at.format("%-d %b, ").to_string()));
            view! { {when} <a href=href(incident)>{title}</a> }
        });
        let share = share(term.status) * 10;
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>{term.status.label()}</td>
                <td>{length(term.length)}</td>
                <td>{format!("{share}%")}</td>
            </tr>
        }
    });
    let table = (!uptime.terms.is_empty()).then(|| {
        view! {
            <table class="aff">
                <thead>
                    <tr>
                        <th scope="col">"Incident"</th> <th scope="col">"It was"</th>
                        <th scope="col">"For"</th> <th scope="col">"Share"</th>
                    </tr>
                </thead>
                <tbody>{terms.collect_view()}</tbody>
            </table>
        }
    });
    let uncounted = (!uptime.uncounted.is_empty()).then(|| {
        let many = uptime.uncounted.len();
        view! {
            <p class="note">
                {format!("Of {many} imported incidents nobody knows how it did; they are listed above and take nothing from the uptime.")}
            </p>
        }
    });
    view! {
        <p><strong>{percent}</strong> {format!(" of {}.", length(uptime.counted))}</p>
        <p class="note">
            "The time that counts, less what was lost, divided by the time that counts. Down counts whole, partly down three tenths; \
             slow and maintenance count nothing. Where incidents overlap, each minute counts once."
        </p>
        {table}
        {uncounted}
    }
    .into_any()
}

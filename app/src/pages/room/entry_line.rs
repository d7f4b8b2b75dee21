//! One line of the timeline: time, icon, sentence, and what was written below it.

use super::state::use_room;
use super::timeline::{Line, Way};
use crate::ui::{At, Icon, Said};
use domain::incident::{Entry, EntryKind, Part};
use domain::markdown::Href;
use domain::time::day;
use leptos::prelude::*;

/// A line as a list item.
pub fn line_view(line: Line, opened_at: i64) -> AnyView {
    match line {
        Line::Day(at) => view! { <li class="day"><span>{day(at)}</span></li> }.into_any(),
        Line::Unread(count) => {
            view! { <li class="unread" id="unread"><span>{format!("{count} new since you looked away")}</span></li> }
                .into_any()
        }
        Line::Entry(entry, way) => view! { <EntryLine entry=*entry way=way opened_at=opened_at/> }.into_any(),
    }
}

#[component]
fn EntryLine(entry: Entry, way: Way, opened_at: i64) -> impl IntoView {
    let kind = match entry.kind {
        EntryKind::Talk => "say",
        EntryKind::Event => "ev",
        EntryKind::Key => "key",
    };
    let arrival = match way {
        Way::Recorded if entry.position > opened_at => " fresh",
        Way::Recorded => "",
        Way::Sending | Way::Waiting(_) => " wait",
    };
    let icon = icon(&entry.event);
    let late = entry.is_late().then(|| late(&entry));
    let body = body(&entry);
    let sentence = sentence(&entry);
    view! {
        <li class=format!("{kind}{arrival}") tabindex="-1">
            <time datetime=entry.at.to_rfc3339()>{entry.at.format("%H:%M").to_string()}</time>
            <Icon name=icon/>
            <div>{sentence}{body}{late}{on_its_way(way)}</div>
        </li>
    }
}

/// The sentence, names and what matters set apart; what the entry leads to is a link.
fn sentence(entry: &Entry) -> AnyView {
    let href = entry.href.as_deref().and_then(Href::parse);
    let parts: Vec<AnyView> = entry
        .sentence
        .0
        .iter()
        .map(|part| match part {
            Part::Name(name) => view! { <b>{name.clone()}</b> }.into_any(),
            Part::Text(text) => text.clone().into_any(),
            Part::Strong(text) => match &href {
                Some(href) => link(href, text.clone()),
                None => view! { <strong>{text.clone()}</strong> }.into_any(),
            },
        })
        .collect();
    parts.into_any()
}

fn link(href: &Href, text: String) -> AnyView {
    let address = href.as_str().to_owned();
    if href.is_external() {
        view! { <a href=address target="_blank" rel="noopener noreferrer">{text}</a> }.into_any()
    } else {
        view! { <a href=address>{text}</a> }.into_any()
    }
}

/// What somebody said goes on after the name; everything else stands on lines of its own.
fn body(entry: &Entry) -> AnyView {
    match entry.body.clone() {
        None => ().into_any(),
        Some(text) if entry.event == "noted" => view! { " "<Said text=text/> }.into_any(),
        Some(text) => view! { <div class="rb"><Said text=text/></div> }.into_any(),
    }
}

fn late(entry: &Entry) -> AnyView {
    let by = entry.by.clone().unwrap_or_else(|| "an import".to_owned());
    view! { " "<span class="late">"entered "<At at=entry.recorded_at/>" by "{by}</span> }.into_any()
}

fn on_its_way(way: Way) -> AnyView {
    match way {
        Way::Recorded | Way::Sending => ().into_any(),
        Way::Waiting(id) => {
            let room = use_room();
            view! {
                " "
                <span class="late">
                    "waits to be sent. "
                    <button type="button" class="linkish" on:click=move |_| room.drop_waiting(id)>"Take it back"</button>
                </span>
            }
            .into_any()
        }
    }
}

/// The icon of a kind of event, by its name on the wire.
fn icon(event: &str) -> Icon {
    match event {
        "noted" | "update_requested" => Icon::Chat,
        "declared" | "imported" => Icon::Flag,
        "severity_changed" => Icon::Sev,
        "sitrep_sent" => Icon::Doc,
        "public_update_published" | "public_title_changed" => Icon::Globe,
        "role_handed_over" | "command_taken" => Icon::Handover,
        "role_assigned" | "role_released" | "joined" | "left" => Icon::Person,
        "linked" => Icon::Link,
        "silence_decided" | "merged" => Icon::Decide,
        "resolved" | "closed" => Icon::Check,
        "cancelled" => Icon::X,
        "reopened" => Icon::Undo,
        "components_affected" => Icon::Problem,
        "phase_changed" => Icon::Order,
        "started_at_changed" => Icon::Clock,
        // A newer server may know more kinds than this page.
        _ => Icon::Order,
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::now::provide_now;
    use crate::ui::example::at;
    use domain::incident::Sentence;

    fn entry(event: &str, parts: Vec<Part>) -> Entry {
        Entry {
            position: 7,
            version: 3,
            at: at(5),
            recorded_at: at(5),
            kind: EntryKind::Event,
            event: event.to_owned(),
            by: Some("Tom Birch".to_owned()),
            sentence: Sentence(parts),
            body: None,
            href: None,
        }
    }

    fn html(entry: Entry) -> String {
        Owner::new()
            .with(|| {
                provide_now(at(30));
                line_view(Line::Entry(Box::new(entry), Way::Recorded), 100).to_html()
            })
            .replace("<!>", "")
    }

    #[test]
    fn a_late_entry_says_when_and_by_whom_it_was_put_in() {
        let mut entry = entry("noted", vec![Part::Name("Tom Birch".to_owned())]);
        entry.body = Some("DNS is *fine*".to_owned());
        assert!(!html(entry.clone()).contains("entered"));
        entry.recorded_at = at(20);
        let html = html(entry);
        assert!(html.contains("14:05</time>"), "{html}");
        assert!(html.contains("entered <time"), "{html}");
        assert!(html.contains("14:20</time> by Tom Birch"), "{html}");
        assert!(
            html.contains("<b>Tom Birch</b> DNS is <em>fine</em>"),
            "{html}"
        );
    }

    #[test]
    fn a_link_is_followed_only_where_it_is_safe() {
        let mut entry = entry("linked", vec![Part::Strong("Graph".to_owned())]);
        entry.href = Some("https://graphs.example/a".to_owned());
        assert!(html(entry.clone()).contains(r#"<a href="https://graphs.example/a""#));
        entry.href = Some("javascript:alert(1)".to_owned());
        let html = html(entry);
        assert!(!html.contains("javascript"), "{html}");
        assert!(html.contains("<strong>Graph</strong>"), "{html}");
    }

    #[test]
    fn what_people_write_is_never_markup() {
        let mut entry = entry("noted", vec![Part::Name("<img src=x>".to_owned())]);
        entry.body = Some("<script>alert(1)</script>".to_owned());
        let html = html(entry);
        assert!(!html.contains("<script"), "{html}");
        assert!(!html.contains("<img"), "{html}");
    }
}

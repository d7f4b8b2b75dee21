//! The history as a feed: Atom, RSS and JSON Feed. An entry is an incident; its content is what Statuspage's feeds hold, so
//! that readers which take the first bold word as the state go on working. Unlike there, `published` is when it began.

use super::snapshot::Snapshot;
use super::{Format, Written, maintenance};
use atom_syndication as atom;
use domain::markdown::plain;
use domain::status::PublicIncident;
use domain::time::Time;
use domain::{Component, Maintenance};
use serde::Serialize;
use std::cmp::Reverse;
use std::fmt::Write as _;

/// Writes the feed.
pub(super) fn write(format: Format, address: &str, snapshot: &Snapshot) -> Written {
    match format {
        Format::Atom => Written {
            media: "application/atom+xml; charset=utf-8",
            text: atom(address, snapshot),
        },
        Format::Rss => Written {
            media: "application/rss+xml; charset=utf-8",
            text: rss(snapshot),
        },
        Format::Json => Written {
            media: "application/feed+json; charset=utf-8",
            text: json(address, snapshot),
        },
    }
}

fn title(snapshot: &Snapshot) -> String {
    format!(
        "{} Status - Incident History",
        snapshot.settings.organisation
    )
}

/// What becomes an entry: an incident or a maintenance.
struct Entry {
    /// What names it for ever.
    tag: String,
    page: String,
    title: String,
    /// When it began, or the first time known of it.
    begun: Time,
    /// When customers could last read something new of it.
    changed: Time,
    /// Every word as HTML, the newest first.
    content: String,
    components: Vec<String>,
}

/// What changed last stands first.
fn entries(snapshot: &Snapshot) -> Vec<Entry> {
    let incidents = snapshot.incidents.iter().map(|one| incident(snapshot, one));
    let planned = snapshot
        .maintenances
        .iter()
        .map(|one| planned(snapshot, one));
    let mut entries: Vec<Entry> = incidents.chain(planned).collect();
    // Incidents keep the order that they came in, by their beginnings, where nothing is planned.
    if !snapshot.maintenances.is_empty() {
        entries.sort_by_key(|entry| Reverse(entry.begun.min(entry.changed)));
    }
    entries
}

fn incident(snapshot: &Snapshot, one: &PublicIncident) -> Entry {
    let first = one.words.first().map(|word| word.published_at);
    let known = one.started_at.or(first).or(one.resolved_at);
    let begun = known.or(one.created_at).unwrap_or_default();
    let mut content = String::new();
    for word in one.words.iter().rev() {
        put(
            &mut content,
            snapshot,
            word.published_at,
            word.state.label(),
            &word.message,
        );
    }
    Entry {
        tag: tag(snapshot, &format!("Incident/{}", one.number)),
        page: format!("{}/incidents/{}", snapshot.url, one.number),
        title: snapshot.title(one),
        begun,
        changed: one.updated_at.unwrap_or(begun),
        content,
        components: names(snapshot.affected(one)),
    }
}

/// Its window stands first, as in Statuspage's feeds.
fn planned(snapshot: &Snapshot, one: &Maintenance) -> Entry {
    let zone = snapshot.zone();
    let (from, to) = (
        one.plan.from.with_timezone(&zone),
        one.plan.to.with_timezone(&zone),
    );
    let end = if from.date_naive() == to.date_naive() {
        to.format("%H:%M %Z")
    } else {
        to.format("%b %-d, %H:%M %Z")
    };
    let window = from.format("%b %-d, %H:%M");
    let mut content = format!("<p><strong>THIS IS A SCHEDULED EVENT {window} - {end}</strong></p>");
    for word in one.words.iter().rev() {
        put(
            &mut content,
            snapshot,
            word.at,
            word.state.label(),
            &word.message,
        );
    }
    Entry {
        tag: tag(snapshot, &format!("Maintenance/{}", one.number)),
        page: maintenance::page(snapshot, one),
        title: one.plan.title.clone(),
        begun: one.created_at,
        changed: one.updated_at,
        content,
        components: names(maintenance::affected(snapshot, one)),
    }
}

fn names(components: Vec<&Component>) -> Vec<String> {
    components.into_iter().map(Component::full_name).collect()
}

/// A name for ever: RFC 4151.
fn tag(snapshot: &Snapshot, what: &str) -> String {
    let (_, host) = snapshot.url.split_once("://").unwrap_or_default();
    let host = host.split(['/', ':']).next().unwrap_or_default();
    format!("tag:{host},2005:{what}")
}

fn atom(address: &str, snapshot: &Snapshot) -> String {
    let link = |rel: &str, media: &str, href: String| atom::Link {
        href,
        rel: rel.to_owned(),
        mime_type: Some(media.to_owned()),
        ..atom::Link::default()
    };
    let entries = entries(snapshot).into_iter().map(|entry| atom::Entry {
        id: entry.tag,
        published: Some(entry.begun.fixed_offset()),
        updated: entry.changed.fixed_offset(),
        links: vec![link("alternate", "text/html", entry.page)],
        title: entry.title.into(),
        content: Some(atom::Content {
            value: Some(entry.content),
            content_type: Some("html".to_owned()),
            ..atom::Content::default()
        }),
        ..atom::Entry::default()
    });
    let feed = atom::Feed {
        id: tag(snapshot, "/history"),
        lang: Some("en".to_owned()),
        title: title(snapshot).into(),
        updated: snapshot.updated_at().fixed_offset(),
        authors: vec![atom::Person {
            name: snapshot.settings.organisation.clone(),
            ..atom::Person::default()
        }],
        links: vec![
            link("alternate", "text/html", snapshot.url.clone()),
            link(
                "self",
                "application/atom+xml",
                format!("{}{address}", snapshot.url),
            ),
        ],
        entries: entries.collect(),
        ..atom::Feed::default()
    };
    feed.to_string()
}

fn rss(snapshot: &Snapshot) -> String {
    let items = entries(snapshot).into_iter().map(|entry| rss::Item {
        title: Some(entry.title),
        description: Some(entry.content),
        pub_date: Some(entry.changed.to_rfc2822()),
        link: Some(entry.page.clone()),
        guid: Some(rss::Guid {
            value: entry.page,
            permalink: true,
        }),
        ..rss::Item::default()
    });
    let channel = rss::Channel {
        title: title(snapshot),
        link: snapshot.url.clone(),
        description: format!(
            "What {} tells its customers",
            snapshot.settings.organisation
        ),
        pub_date: Some(snapshot.updated_at().to_rfc2822()),
        items: items.collect(),
        ..rss::Channel::default()
    };
    channel.to_string()
}

/// JSON Feed 1.1.
#[derive(Serialize)]
struct Feed<'a> {
    version: &'static str,
    title: String,
    home_page_url: &'a str,
    #[serde(rename = "feed_url")]
    address: String,
    language: &'static str,
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    id: String,
    url: String,
    title: String,
    content_html: String,
    date_published: Time,
    date_modified: Time,
    tags: Vec<String>,
}

fn json(address: &str, snapshot: &Snapshot) -> String {
    let items = entries(snapshot).into_iter().map(|entry| Item {
        id: entry.tag,
        url: entry.page,
        title: entry.title,
        content_html: entry.content,
        date_published: entry.begun,
        date_modified: entry.changed,
        tags: entry.components,
    });
    let feed = Feed {
        version: "https://jsonfeed.org/version/1.1",
        title: title(snapshot),
        home_page_url: &snapshot.url,
        address: format!("{}{address}", snapshot.url),
        language: "en",
        items: items.collect(),
    };
    // Made of texts and times: it can be written.
    serde_json::to_string(&feed).unwrap_or_default()
}

fn put(html: &mut String, snapshot: &Snapshot, at: Time, state: &str, message: &str) {
    let at = at.with_timezone(&snapshot.zone());
    let text = html_escape::encode_text(&plain(message)).replace('\n', "<br>");
    // Writing to a string cannot fail.
    let _ = write!(
        html,
        "<p><small>{} <var data-var='date'>{}</var>, <var data-var='time'>{}</var> {}</small><br><strong>{state}</strong> - {text}</p>",
        at.format("%b"),
        at.format("%-d"),
        at.format("%H:%M"),
        at.format("%Z"),
    );
}

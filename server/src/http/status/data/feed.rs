//! The history as a feed: Atom, RSS and JSON Feed. An entry is an incident; its content is what Statuspage's feeds hold, so
//! that readers which take the first bold word as the state go on working. Unlike there, `published` is when it began.

use super::snapshot::Snapshot;
use super::{Format, Written};
use atom_syndication as atom;
use domain::markdown::plain;
use domain::status::{PublicIncident, PublicWord};
use domain::time::Time;
use serde::Serialize;
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

fn page(snapshot: &Snapshot, incident: &PublicIncident) -> String {
    format!("{}/incidents/{}", snapshot.url, incident.number)
}

/// When it began, or the first time known of it.
fn begun(incident: &PublicIncident) -> Time {
    let first = incident.words.first().map(|word| word.published_at);
    let known = incident.started_at.or(first).or(incident.resolved_at);
    known.or(incident.created_at).unwrap_or_default()
}

/// When customers could last read something new of it.
fn changed(incident: &PublicIncident) -> Time {
    incident.updated_at.unwrap_or_else(|| begun(incident))
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
    let entries = snapshot.incidents.iter().map(|incident| atom::Entry {
        id: tag(snapshot, &format!("Incident/{}", incident.number)),
        published: Some(begun(incident).fixed_offset()),
        updated: changed(incident).fixed_offset(),
        links: vec![link("alternate", "text/html", page(snapshot, incident))],
        title: snapshot.title(incident).into(),
        content: Some(atom::Content {
            value: Some(content(snapshot, incident)),
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
    let items = snapshot.incidents.iter().map(|incident| rss::Item {
        title: Some(snapshot.title(incident)),
        description: Some(content(snapshot, incident)),
        pub_date: Some(changed(incident).to_rfc2822()),
        link: Some(page(snapshot, incident)),
        guid: Some(rss::Guid {
            value: page(snapshot, incident),
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
    let items = snapshot.incidents.iter().map(|incident| Item {
        id: tag(snapshot, &format!("Incident/{}", incident.number)),
        url: page(snapshot, incident),
        title: snapshot.title(incident),
        content_html: content(snapshot, incident),
        date_published: begun(incident),
        date_modified: changed(incident),
        tags: snapshot
            .affected(incident)
            .into_iter()
            .map(domain::Component::full_name)
            .collect(),
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

/// Every word of an incident as HTML, the newest first.
fn content(snapshot: &Snapshot, incident: &PublicIncident) -> String {
    let mut html = String::new();
    for word in incident.words.iter().rev() {
        put(&mut html, snapshot, word);
    }
    html
}

fn put(html: &mut String, snapshot: &Snapshot, word: &PublicWord) {
    let at = word.published_at.with_timezone(&snapshot.zone());
    let text = html_escape::encode_text(&plain(&word.message)).replace('\n', "<br>");
    // Writing to a string cannot fail.
    let _ = write!(
        html,
        "<p><small>{} <var data-var='date'>{}</var>, <var data-var='time'>{}</var> {}</small><br><strong>{}</strong> - {text}</p>",
        at.format("%b"),
        at.format("%-d"),
        at.format("%H:%M"),
        at.format("%Z"),
        word.state.label(),
    );
}

//! The history as a feed: Atom, RSS and JSON Feed. An entry is an incident; its content is what Statuspage's feeds hold, so
//! that readers which take the first bold word as the state go on working. Unlike there, `published` is when it began.

use super::snapshot::Snapshot;
use super::{Filter, Format, Written, maintenance};
use atom_syndication as atom;
use domain::markdown::plain;
use domain::status::{PublicIncident, PublicWord};
use domain::time::Time;
use domain::{Component, Maintenance};
use serde::Serialize;
use std::cmp::Reverse;
use std::fmt::Write as _;

/// A feed, before it has a form.
pub(super) struct Feed {
    /// What names it for ever.
    tag: String,
    /// Where it is.
    address: String,
    /// The page that says the same.
    page: String,
    title: String,
    organisation: String,
    updated: Time,
    /// What changed last stands first.
    entries: Vec<Entry>,
}

/// Writes the feed.
pub(super) fn write(format: Format, feed: &Feed) -> Written {
    Written {
        media: format.media(),
        text: match format {
            Format::Atom => atom(feed),
            Format::Rss => rss(feed),
            Format::Json => json(feed),
        },
    }
}

/// What happened, as far as a filter asks for it; `address` is where the feed is below the page.
pub(super) fn history(filter: Filter, address: &str, snapshot: &Snapshot) -> Feed {
    let organisation = snapshot.settings.organisation.clone();
    let component = filter.component.and_then(|code| snapshot.by_code(code));
    let about = component.map(|one| format!("{} - ", one.full_name()));
    let page = filter
        .component
        .map(|code| format!("/components/{}", code.text()));
    Feed {
        tag: tag(snapshot, &format!("/history{}", filter.query())),
        address: format!("{}{address}", snapshot.url),
        page: format!("{}{}", snapshot.url, page.unwrap_or_default()),
        title: format!(
            "{organisation} Status - {}Incident History",
            about.unwrap_or_default()
        ),
        organisation,
        updated: snapshot.updated_at(),
        entries: entries(snapshot),
    }
}

/// One incident, an entry for each update.
pub(super) fn updates(address: &str, snapshot: &Snapshot) -> Feed {
    let organisation = snapshot.settings.organisation.clone();
    let incidents = || snapshot.incidents.iter();
    let title = incidents().map(|one| snapshot.title(one)).next();
    let number = incidents().map(|one| one.number.to_string()).next();
    let number = number.unwrap_or_default();
    let mut entries: Vec<Entry> = incidents().flat_map(|one| said(snapshot, one)).collect();
    entries.reverse();
    Feed {
        tag: tag(snapshot, &format!("Incident/{number}/updates")),
        address: format!("{}{address}", snapshot.url),
        page: format!("{}/incidents/{number}", snapshot.url),
        title: format!("{organisation} Status - {}", title.unwrap_or_default()),
        organisation,
        updated: incidents()
            .filter_map(|one| one.updated_at)
            .chain(entries.iter().map(|entry| entry.changed))
            .max()
            .unwrap_or_default(),
        entries,
    }
}

/// What becomes an entry: an incident, a maintenance or an update.
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

/// The updates of an incident, the oldest first. What was published is not changed, so it was last changed then.
fn said(snapshot: &Snapshot, one: &PublicIncident) -> Vec<Entry> {
    let (title, components) = (snapshot.title(one), names(snapshot.affected(one)));
    let words = one.words.iter().enumerate();
    let entry = |(at, word): (usize, &PublicWord)| {
        let mut content = String::new();
        let (published, state) = (word.published_at, word.state.label());
        put(&mut content, snapshot, published, state, &word.message);
        Entry {
            tag: tag(snapshot, &format!("Update/{}", word.code())),
            page: format!("{}/incidents/{}#u{}", snapshot.url, one.number, at + 1),
            title: format!("{state}: {title}"),
            begun: published,
            changed: published,
            content,
            components: components.clone(),
        }
    };
    words.map(entry).collect()
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

fn atom(feed: &Feed) -> String {
    let link = |rel: &str, media: &str, href: String| atom::Link {
        href,
        rel: rel.to_owned(),
        mime_type: Some(media.to_owned()),
        ..atom::Link::default()
    };
    let entries = feed.entries.iter().map(|entry| atom::Entry {
        id: entry.tag.clone(),
        published: Some(entry.begun.fixed_offset()),
        updated: entry.changed.fixed_offset(),
        links: vec![link("alternate", "text/html", entry.page.clone())],
        title: entry.title.clone().into(),
        content: Some(atom::Content {
            value: Some(entry.content.clone()),
            content_type: Some("html".to_owned()),
            ..atom::Content::default()
        }),
        ..atom::Entry::default()
    });
    let document = atom::Feed {
        id: feed.tag.clone(),
        lang: Some("en".to_owned()),
        title: feed.title.clone().into(),
        updated: feed.updated.fixed_offset(),
        authors: vec![atom::Person {
            name: feed.organisation.clone(),
            ..atom::Person::default()
        }],
        links: vec![
            link("alternate", "text/html", feed.page.clone()),
            link("self", "application/atom+xml", feed.address.clone()),
        ],
        entries: entries.collect(),
        ..atom::Feed::default()
    };
    document.to_string()
}

fn rss(feed: &Feed) -> String {
    let items = feed.entries.iter().map(|entry| rss::Item {
        title: Some(entry.title.clone()),
        description: Some(entry.content.clone()),
        pub_date: Some(entry.changed.to_rfc2822()),
        link: Some(entry.page.clone()),
        guid: Some(rss::Guid {
            value: entry.page.clone(),
            permalink: true,
        }),
        ..rss::Item::default()
    });
    let channel = rss::Channel {
        title: feed.title.clone(),
        link: feed.page.clone(),
        description: format!("What {} tells its customers", feed.organisation),
        pub_date: Some(feed.updated.to_rfc2822()),
        items: items.collect(),
        ..rss::Channel::default()
    };
    channel.to_string()
}

/// JSON Feed 1.1.
#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    #[serde(rename = "feed_url")]
    address: &'a str,
    language: &'static str,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    content_html: &'a str,
    date_published: Time,
    date_modified: Time,
    tags: &'a [String],
}

fn json(feed: &Feed) -> String {
    let items = feed.entries.iter().map(|entry| Item {
        id: &entry.tag,
        url: &entry.page,
        title: &entry.title,
        content_html: &entry.content,
        date_published: entry.begun,
        date_modified: entry.changed,
        tags: &entry.components,
    });
    let document = JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        home_page_url: &feed.page,
        address: &feed.address,
        language: "en",
        items: items.collect(),
    };
    // Made of texts and times: it can be written.
    serde_json::to_string(&document).unwrap_or_default()
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

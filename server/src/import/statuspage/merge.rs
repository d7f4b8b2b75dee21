//! Several documents become one page. What the JSON knows wins over the feed, and the newer document over the older one.

use super::super::report::{Broken, Report};
use super::super::{Foreign, ImportError};
use super::{Document, Page, feed, page};
use chrono_tz::Tz;
use reqwest::Url;

/// Puts documents together. `zone` is the time zone here, for times of feeds that only name theirs by letters.
pub(super) fn merged(
    documents: Vec<Document>,
    zone: &str,
    report: &mut Report,
) -> Result<Page, ImportError> {
    let (mut told, mut feeds) = (Vec::new(), Vec::new());
    for Document { name, content } in documents {
        let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&content);
        let read = match content.trim_ascii_start().first() {
            Some(b'{') => {
                page::read(&name, content, report).map(|read| told.push((name.clone(), read)))
            }
            Some(b'<') => feed::read(content).map(|read| feeds.push((name.clone(), read))),
            Some(_) | None => Err("it is neither JSON nor a feed of a Statuspage".to_owned()),
        };
        if let Err(why) = read {
            report.broken.push(Broken { what: name, why });
        }
    }
    of_one_page(&told, &feeds)?;
    // The newest last, which then has the say.
    told.sort_by_key(|(_, read)| read.head.updated_at);
    let mut page = Page::default();
    for (_, read) in told {
        for row in read.rows {
            add_row(&mut page.rows, row);
        }
        for incident in read.incidents {
            match position(&page.incidents, &incident) {
                Some(at) => page.incidents[at] = incident,
                None => page.incidents.push(incident),
            }
        }
        for maintenance in read.maintenances {
            page.maintenances
                .retain(|known| known.code != maintenance.code);
            page.maintenances.push(maintenance);
        }
        page.name = Some(read.head.name.clone());
        page.head = Some(read.head);
    }
    let said = page
        .head
        .as_ref()
        .and_then(|head| head.time_zone.as_deref());
    let zones: Vec<Tz> = [said, Some(zone)]
        .into_iter()
        .flatten()
        .filter_map(|zone| zone.parse().ok())
        .collect();
    for (document, read) in feeds {
        let (incidents, maintenances) = read.incidents(&document, &zones, report);
        for incident in incidents {
            match position(&page.incidents, &incident) {
                Some(at) => add_from_feed(&mut page.incidents[at], incident),
                None => page.incidents.push(incident),
            }
        }
        for maintenance in maintenances {
            // A feed has no window.
            if page
                .maintenances
                .iter()
                .all(|known| known.code != maintenance.code)
            {
                page.maintenances.push(maintenance);
            }
        }
        page.name = page.name.or(read.name);
    }
    Ok(page)
}

fn position(incidents: &[Foreign], incident: &Foreign) -> Option<usize> {
    let key = incident.key();
    incidents.iter().position(|known| known.key() == key)
}

/// The list of components is what the page shows. What an incident says of one may be as old as the incident.
fn add_row(rows: &mut Vec<page::Row>, row: page::Row) {
    match rows.iter_mut().find(|known| known.id == row.id) {
        Some(known) if row.listed || !known.listed => *known = row,
        Some(_) => {}
        None => rows.push(row),
    }
}

fn add_from_feed(known: &mut Foreign, incident: Foreign) {
    if known.source.entry_id.is_none() {
        known.source.entry_id = incident.source.entry_id;
    }
    if known.words.is_empty() {
        known.words = incident.words;
    }
}

/// Whose a document is: by the page's id, or by its address where a feed has nothing else.
struct Owner<'a> {
    document: &'a str,
    id: Option<&'a str>,
    name: &'a str,
    url: &'a str,
}

impl Owner<'_> {
    fn is_other(&self, than: &Self) -> bool {
        match (self.id, than.id) {
            (Some(id), Some(other)) => id != other,
            _ => host(self.url) != host(than.url),
        }
    }

    fn in_words(&self) -> String {
        format!("{} ({})", self.name, self.url)
    }
}

fn host(url: &str) -> Option<String> {
    Url::parse(url).ok()?.host_str().map(str::to_owned)
}

fn of_one_page(
    told: &[(String, page::Read)],
    feeds: &[(String, feed::Read)],
) -> Result<(), ImportError> {
    let told = told.iter().map(|(document, read)| Owner {
        document,
        id: Some(&read.head.id),
        name: &read.head.name,
        url: &read.head.url,
    });
    let feeds = feeds.iter().map(|(document, read)| Owner {
        document,
        id: None,
        name: read.name.as_deref().unwrap_or("somebody"),
        url: &read.url,
    });
    let owners: Vec<Owner> = told.chain(feeds).collect();
    let Some((first, others)) = owners.split_first() else {
        return Ok(());
    };
    match others.iter().find(|owner| owner.is_other(first)) {
        None => Ok(()),
        Some(other) => Err(ImportError::TwoPages {
            first: first.document.to_owned(),
            one: first.in_words(),
            second: other.document.to_owned(),
            other: other.in_words(),
        }),
    }
}

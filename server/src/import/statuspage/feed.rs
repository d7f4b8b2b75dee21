//! The history feed. It has less than the JSON: no beginning of an incident (`published` is the time of the last update),
//! no components, no ids of updates, times to the minute and without a year.

use super::super::maintenances::{self, ForeignMaintenance};
use super::super::report::{Broken, Report};
use super::super::{Foreign, ForeignWord, fit};
use super::html::{self, Piece};
use atom_syndication::{Entry, Feed};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeZone};
use chrono_tz::Tz;
use domain::incident::Source;
use domain::maintenance::MaintenanceWord;
use domain::status::PublicState;
use domain::text;
use domain::time::Time;

/// A word is at most this much later than the one above it: times set by hand, clocks of several people.
const SLACK: Days = Days::new(31);

/// What a feed says of its page.
pub(super) struct Read {
    /// Its page's address.
    pub url: String,
    /// Whose it is.
    pub name: Option<String>,
    feed: Feed,
}

/// Reads a feed, or says why it is none.
pub(super) fn read(content: &[u8]) -> Result<Read, String> {
    let feed = Feed::read_from(content)
        .map_err(|error| format!("it is not the Atom feed of a Statuspage ({error})"))?;
    let url = link(feed.links()).unwrap_or_default().to_owned();
    let name = feed.authors().first().map(|author| author.name.clone());
    Ok(Read { url, name, feed })
}

/// What an entry turned out to be.
enum Told {
    Incident(Foreign),
    Maintenance(ForeignMaintenance),
}

impl Read {
    /// The incidents and the maintenances.
    pub(super) fn incidents(
        &self,
        document: &str,
        zones: &[Tz],
        report: &mut Report,
    ) -> (Vec<Foreign>, Vec<ForeignMaintenance>) {
        let (mut incidents, mut maintenances) = (Vec::new(), Vec::new());
        for (at, entry) in self.feed.entries().iter().enumerate() {
            match incident(entry, zones, report) {
                Ok(Told::Incident(incident)) => incidents.push(incident),
                Ok(Told::Maintenance(planned)) => maintenances.push(planned),
                Err(why) => report.broken.push(Broken {
                    what: format!(
                        "{document}: entry {} ({})",
                        at + 1,
                        text::clean_line(entry.title())
                    ),
                    why,
                }),
            }
        }
        (incidents, maintenances)
    }
}

fn link(links: &[atom_syndication::Link]) -> Option<&str> {
    links
        .iter()
        .find(|link| link.rel() == "alternate")
        .map(atom_syndication::Link::href)
}

fn last_part(text: &str) -> &str {
    text.rsplit('/').next().unwrap_or(text)
}

fn incident(entry: &Entry, zones: &[Tz], report: &mut Report) -> Result<Told, String> {
    let title = fit(text::required_line("title", entry.title(), text::TITLE))?;
    let content = entry.content().and_then(|content| content.value());
    let pieces = html::pieces(content.unwrap_or_default());
    if pieces.is_empty() {
        return Err("no update is in it that is written as a Statuspage does".to_owned());
    }
    let planned = ["scheduled", "in progress", "verifying", "completed"];
    let is_planned = |piece: &Piece| {
        planned
            .iter()
            .any(|state| piece.state.eq_ignore_ascii_case(state))
    };
    if pieces.iter().any(is_planned) {
        let code = last_part(link(entry.links()).unwrap_or(entry.id()));
        return Ok(Told::Maintenance(ForeignMaintenance {
            title,
            code: code.to_owned(),
            window: None,
            components: Vec::new(),
            created_at: None,
            updated_at: Some(entry.updated().to_utc()),
            words: planned_words(pieces, entry, zones)?,
        }));
    }
    if pieces.iter().any(is_postmortem) {
        report.leave(format!(
            "The postmortem of “{title}” is a plain update here."
        ));
    }
    let words = words(&pieces, entry, zones)?;
    let last = words.iter().rfind(|word| word.state != PublicState::Update);
    let resolved_at = last
        .filter(|word| word.state == PublicState::Resolved)
        .map(|word| word.at);
    let source = Source {
        entry_id: Some(entry.id().to_owned()),
        url: link(entry.links()).map(str::to_owned),
        updated_at: Some(entry.updated().to_utc()),
        ..Source::new(last_part(entry.id()))
    };
    Ok(Told::Incident(Foreign {
        title,
        source,
        impact: None,
        components: Vec::new(),
        started_at: None,
        resolved_at,
        ongoing: last.is_some() && resolved_at.is_none(),
        words,
    }))
}

fn is_postmortem(piece: &Piece) -> bool {
    piece.state.eq_ignore_ascii_case("postmortem")
}

/// The oldest first. They come the newest first, and only the newest has a whole time, which is the entry's: the year of
/// the others is found going back from it.
fn words(pieces: &[Piece], entry: &Entry, zones: &[Tz]) -> Result<Vec<ForeignWord>, String> {
    let mut after = entry.published().unwrap_or(entry.updated()).to_utc();
    let mut words = Vec::with_capacity(pieces.len());
    for (at, piece) in pieces.iter().enumerate() {
        let word = word(piece, after, zones).map_err(|why| format!("update {}: {why}", at + 1))?;
        after = word.at;
        words.push(word);
    }
    words.reverse();
    Ok(words)
}

fn planned_words(
    pieces: Vec<Piece>,
    entry: &Entry,
    zones: &[Tz],
) -> Result<Vec<MaintenanceWord>, String> {
    let mut after = entry.published().unwrap_or(entry.updated()).to_utc();
    let mut told = Vec::with_capacity(pieces.len());
    for (at, piece) in pieces.into_iter().enumerate() {
        after =
            time(&piece.when, after, zones).map_err(|why| format!("update {}: {why}", at + 1))?;
        told.push(maintenances::Told {
            place: at + 1,
            state: piece.state,
            message: piece.text,
            at: after,
            code: None,
        });
    }
    told.reverse();
    maintenances::words(told)
}

fn word(piece: &Piece, after: Time, zones: &[Tz]) -> Result<ForeignWord, String> {
    let state = if is_postmortem(piece) {
        PublicState::Update
    } else {
        piece.state.to_ascii_lowercase().parse()?
    };
    Ok(ForeignWord {
        at: time(&piece.when, after, zones)?,
        state,
        message: fit(text::required_text("message", &piece.text, text::MESSAGE))?,
        affected: Vec::new(),
        source: None,
    })
}

/// "Aug 21, 00:37 UTC", the last one that is not after a time.
fn time(when: &str, after: Time, zones: &[Tz]) -> Result<Time, String> {
    let unreadable = || format!("“{when}” is not a time such as “Aug 21, 00:37 UTC”");
    let (local, zone) = when.rsplit_once(' ').ok_or_else(unreadable)?;
    let (day, clock) = local.split_once(", ").ok_or_else(unreadable)?;
    let clock = NaiveTime::parse_from_str(clock, "%H:%M").map_err(|_| unreadable())?;
    let latest = after.naive_utc() + SLACK;
    // The 29th of February is there every fourth year at least, but for the turn of some centuries.
    let mut years = (latest.year() - 8..=latest.year()).rev();
    let found = years.find_map(|year| {
        let day = NaiveDate::parse_from_str(&format!("{day} {year}"), "%b %d %Y").ok()?;
        Some(day.and_time(clock)).filter(|time| *time <= latest)
    });
    in_zone(found.ok_or_else(unreadable)?, zone, zones)
}

/// A time in a zone that is only named by letters. They are no names of one zone, so they must fit one that is known.
fn in_zone(local: NaiveDateTime, letters: &str, zones: &[Tz]) -> Result<Time, String> {
    if matches!(letters, "UTC" | "GMT") {
        return Ok(local.and_utc());
    }
    let fits = |time: &DateTime<Tz>| time.format("%Z").to_string() == letters;
    zones
        .iter()
        .flat_map(|zone| {
            let times = zone.from_local_datetime(&local);
            [times.earliest(), times.latest()]
        })
        .flatten()
        .find(fits)
        .map(|time| time.to_utc())
        .ok_or_else(|| {
            format!(
                "which time zone {letters} is cannot be told from a feed. Give components.json of the page with it, which \
                 says."
            )
        })
}

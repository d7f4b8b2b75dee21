//! The uptime of a component with its workings, to calculate with: as JSON and as CSV.

use super::Written;
use crate::http::status::components::OneComponent;
use domain::status::{Uptime, share};
use domain::time::Time;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// A shape of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::http::status) enum Sheet {
    /// RFC 4180.
    Csv,
    /// JSON.
    Json,
}

/// Writes the table. `base_url` is where the house is.
pub(in crate::http::status) fn write(sheet: Sheet, one: &OneComponent, base_url: &str) -> Written {
    match sheet {
        Sheet::Csv => Written {
            media: "text/csv; charset=utf-8",
            text: csv(one),
        },
        Sheet::Json => Written {
            media: "application/json; charset=utf-8",
            text: json(one, &format!("{base_url}/status")),
        },
    }
}

#[derive(Serialize)]
struct Document<'a> {
    component: &'a str,
    from: Time,
    to: Time,
    formula: &'static str,
    /// TM, in seconds.
    counted_seconds: i64,
    /// Percent with two digits, rounded down; null before anything counts.
    uptime: Option<f64>,
    terms: Vec<Term>,
    uncounted_incidents: Vec<i64>,
    days: Vec<Day>,
}

#[derive(Serialize)]
struct Term {
    incident: i64,
    url: String,
    status: &'static str,
    /// OM, in seconds.
    seconds: i64,
    /// PA, from 0 to 1.
    share: f64,
}

#[derive(Serialize)]
struct Day {
    date: String,
    known: bool,
    status: &'static str,
    seconds: i64,
    incidents: Vec<i64>,
}

/// Tenths and hundredths are small: they lose nothing as a float.
#[expect(clippy::cast_precision_loss, reason = "at most 10000")]
fn part(number: i64, of: i64) -> f64 {
    number as f64 / of as f64
}

/// As JSON.
fn json(one: &OneComponent, url: &str) -> String {
    let Uptime {
        days,
        terms,
        uncounted,
        counted,
    } = &one.uptime;
    let document = Document {
        component: &one.component.name,
        from: one.span.0,
        to: one.span.1,
        formula: "(TM - sum(OM * PA)) / TM",
        counted_seconds: counted.num_seconds(),
        uptime: one
            .uptime
            .hundredths()
            .map(|hundredths| part(hundredths, 100)),
        terms: terms
            .iter()
            .map(|term| Term {
                incident: term.incident.0,
                url: format!("{url}/incidents/{}", term.incident),
                status: term.status.as_str(),
                seconds: term.length.num_seconds(),
                share: part(share(term.status), 10),
            })
            .collect(),
        uncounted_incidents: uncounted.iter().map(|number| number.0).collect(),
        days: days
            .iter()
            .map(|day| Day {
                date: day.date.to_string(),
                known: day.known,
                status: day.worst.as_str(),
                seconds: day.length.num_seconds(),
                incidents: day.incidents.iter().map(|number| number.0).collect(),
            })
            .collect(),
    };
    // Made of texts and numbers: it can be written.
    serde_json::to_string(&document).unwrap_or_default()
}

/// As CSV, a line a day. Nothing in it comes from people, so nothing needs quotes.
fn csv(one: &OneComponent) -> String {
    let mut lines = "date,known,status,seconds,incidents\r\n".to_owned();
    for day in &one.uptime.days {
        let incidents: Vec<String> = day.incidents.iter().map(ToString::to_string).collect();
        // Writing to a string cannot fail.
        let _ = write!(
            lines,
            "{},{},{},{},{}\r\n",
            day.date,
            day.known,
            day.worst.as_str(),
            day.length.num_seconds(),
            incidents.join(" ")
        );
    }
    lines
}

//! A small picture that says how something does, to stand in a README or on a page of one's own.

use super::snapshot::Snapshot;
use domain::status::{Indicator, overall};
use domain::time::Time;
use domain::{Component, ComponentStatus};

/// How wide a letter of this size is, about; the words are fitted into their places.
const LETTER: usize = 7;
/// What stands beside the words.
const EDGE: usize = 8;

/// What is old has no colour of its own: green would say that all is well now.
const OLD: &str = "#5c554b";

/// Draws it: of one component, or of everything. `old` is as of when it is, where nothing newer can be read.
pub(super) fn write(
    snapshot: &Snapshot,
    component: Option<&Component>,
    old: Option<Time>,
) -> String {
    let (name, status) = match component {
        Some(component) => (component.name.as_str(), snapshot.status(component)),
        None => (snapshot.settings.organisation.as_str(), whole(snapshot)),
    };
    let words = match old {
        Some(at) => format!("{}, {}", status.label(), at.format("%-d %b %H:%M UTC")),
        None => status.label().to_owned(),
    };
    let (left, right) = (width(name), width(&words));
    let (all, middle) = (left + right, left + right / 2);
    let (from, colour) = (left / 2, old.map_or(colour(status), |_| OLD));
    let (left_words, right_words) = (left - 2 * EDGE, right - 2 * EDGE);
    let name = html_escape::encode_quoted_attribute(name);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{all}\" height=\"20\" role=\"img\" aria-label=\"{name}: {words}\">\
         <title>{name}: {words}</title>\
         <rect width=\"{left}\" height=\"20\" fill=\"#38322a\"/><rect x=\"{left}\" width=\"{right}\" height=\"20\" fill=\"{colour}\"/>\
         <g fill=\"#fff\" font-family=\"system-ui,Verdana,sans-serif\" font-size=\"12\" text-anchor=\"middle\">\
         <text x=\"{from}\" y=\"14\" textLength=\"{left_words}\" lengthAdjust=\"spacingAndGlyphs\">{name}</text>\
         <text x=\"{middle}\" y=\"14\" textLength=\"{right_words}\" lengthAdjust=\"spacingAndGlyphs\">{words}</text>\
         </g></svg>"
    )
}

/// Everything, as the status of one component would be.
fn whole(snapshot: &Snapshot) -> ComponentStatus {
    let all: Vec<_> = snapshot
        .components
        .iter()
        .map(|c| snapshot.status(c))
        .collect();
    let open = snapshot.incidents.iter().map(|incident| incident.impact);
    match overall(&all, open).0 {
        Indicator::None => ComponentStatus::Operational,
        Indicator::Maintenance => ComponentStatus::UnderMaintenance,
        Indicator::Minor => ComponentStatus::DegradedPerformance,
        Indicator::Major => ComponentStatus::PartialOutage,
        Indicator::Critical => ComponentStatus::MajorOutage,
    }
}

fn width(words: &str) -> usize {
    words.chars().count() * LETTER + 2 * EDGE
}

/// Dark enough for white words: 4.5 to 1 at the least.
fn colour(status: ComponentStatus) -> &'static str {
    match status {
        ComponentStatus::Operational => "#2f6b43",
        ComponentStatus::UnderMaintenance => "#2c6678",
        ComponentStatus::DegradedPerformance => "#8a5600",
        ComponentStatus::PartialOutage => "#a3470b",
        ComponentStatus::MajorOutage => "#a3221b",
    }
}

//! Two sitreps, field by field, and the line that sums it up.

use super::{Diff, FieldDiff, words};

/// More fields than this are counted, not listed, in the summary.
const LISTED: usize = 6;
/// The longest field name that is written out in the summary, in characters.
const NAME_CHARS: usize = 40;

/// Compares two versions of a sitrep, given as (field name, text) in the order of reading.
///
/// A field that only one version has is compared with the empty text. Should a name come twice in one
/// version, the first text counts.
pub fn sitreps(from: i64, to: i64, old: &[(&str, &str)], new: &[(&str, &str)]) -> Diff {
    let mut fields: Vec<FieldDiff> = Vec::new();
    let mut parts = Vec::new();
    for &(name, _) in new.iter().chain(old) {
        if fields.iter().any(|done| done.field == name) {
            continue;
        }
        let (before, after) = (text_of(old, name), text_of(new, name));
        let field = words(name, before, after);
        parts.extend(part(&field, before, after));
        fields.push(field);
    }
    Diff {
        from,
        to,
        summary: sentence(&parts),
        fields,
    }
}

fn text_of<'a>(version: &[(&str, &'a str)], name: &str) -> &'a str {
    let found = version.iter().find(|(field, _)| *field == name);
    found.map_or("", |&(_, text)| text)
}

/// What the summary says of one field, if it changed.
fn part(field: &FieldDiff, before: &str, after: &str) -> Option<String> {
    if !field.changed {
        return None;
    }
    let name: String = field
        .field
        .replace('_', " ")
        .chars()
        .take(NAME_CHARS)
        .collect();
    let (was_blank, is_blank) = (before.trim().is_empty(), after.trim().is_empty());
    let what = if was_blank && !is_blank {
        "new".to_owned()
    } else if is_blank && !was_blank {
        "emptied".to_owned()
    } else if field.is_reordered_only() {
        "reordered".to_owned()
    } else if field.is_punctuation_only() {
        "punctuation only".to_owned()
    } else {
        match (field.added, field.removed) {
            (added, 0) => format!("+{added}"),
            (0, removed) => format!("−{removed}"),
            (added, removed) => format!("+{added} −{removed}"),
        }
    };
    Some(format!("{name} {what}"))
}

fn sentence(parts: &[String]) -> String {
    if parts.is_empty() {
        return "no change".to_owned();
    }
    let listed = parts[..parts.len().min(LISTED)].join(", ");
    let line = match parts.len().saturating_sub(LISTED) {
        0 => listed,
        more => format!("{listed} and {more} more"),
    };
    let mut letters = line.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

//! The lines of the timeline as the browser holds them: in the order of the log, each once.

use domain::incident::Entry;

/// Adds entries; one that is there already stays as it is.
pub fn merge(entries: &mut Vec<Entry>, more: Vec<Entry>) {
    for entry in more {
        match entries.binary_search_by_key(&entry.version, |known| known.version) {
            Ok(_) => {}
            Err(at) => entries.insert(at, entry),
        }
    }
}

/// Takes the newest entries anew. Those before are let go if something is missing between: never a hole in the middle.
/// True when that happened.
pub fn replace(entries: &mut Vec<Entry>, newest: Vec<Entry>) -> bool {
    let last = entries.last().map_or(0, |entry| entry.version);
    let hole = newest.first().is_some_and(|first| first.version > last + 1);
    if hole {
        entries.clear();
    }
    merge(entries, newest);
    hole
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::example::at;
    use domain::incident::{EntryKind, Sentence};

    pub(crate) fn line(version: i64, text: &str) -> Entry {
        Entry {
            position: 100 + version,
            version,
            at: at(version),
            recorded_at: at(version),
            kind: EntryKind::Talk,
            event: "noted".to_owned(),
            by: Some("Bo Elm".to_owned()),
            sentence: Sentence::default(),
            body: Some(text.to_owned()),
            href: None,
        }
    }

    fn versions(entries: &[Entry]) -> Vec<i64> {
        entries.iter().map(|entry| entry.version).collect()
    }

    #[test]
    fn each_line_stands_there_once_and_in_order() {
        let mut entries = vec![line(3, "c")];
        merge(
            &mut entries,
            vec![line(1, "a"), line(3, "again"), line(2, "b"), line(4, "d")],
        );
        assert_eq!(versions(&entries), [1, 2, 3, 4]);
        assert_eq!(entries[2].body.as_deref(), Some("c"));
    }

    #[test]
    fn a_hole_lets_the_old_ones_go_and_a_seam_does_not() {
        let mut entries = vec![line(1, "a"), line(2, "b")];
        assert!(!replace(&mut entries, vec![line(3, "c")]));
        assert_eq!(versions(&entries), [1, 2, 3]);
        assert!(replace(&mut entries, vec![line(9, "i")]));
        assert_eq!(versions(&entries), [9]);
    }
}

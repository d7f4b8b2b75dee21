//! The order of the timeline on the screen: by the time things happened, with a line for each new day and one where the
//! reader looked away.

use domain::incident::{Entry, EntryKind};
use domain::time::Time;
use std::collections::BTreeMap;

/// What the timeline shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Shown {
    /// Everything.
    #[default]
    All,
    /// What people said.
    Talk,
    /// What happened.
    Events,
    /// What a review looks at first.
    Key,
}

impl Shown {
    /// Every choice, in order.
    pub const ALL: [Self; 4] = [Self::All, Self::Talk, Self::Events, Self::Key];

    /// As it stands in the address; everything else means all.
    pub fn from_query(text: Option<&str>) -> Self {
        let found = Self::ALL.into_iter().find(|s| Some(s.as_str()) == text);
        found.unwrap_or_default()
    }

    /// The word in the address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Talk => "talk",
            Self::Events => "events",
            Self::Key => "key",
        }
    }

    /// The word on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::Talk => "Talk",
            Self::Events => "Events",
            Self::Key => "Key moments",
        }
    }

    /// True when such an entry is shown.
    pub fn lets(self, kind: EntryKind) -> bool {
        match self {
            Self::All => true,
            Self::Talk => kind == EntryKind::Talk,
            Self::Events => kind != EntryKind::Talk,
            Self::Key => kind == EntryKind::Key,
        }
    }
}

/// How far an entry is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It is in the log.
    Recorded,
    /// It is being sent.
    Sending,
    /// It waits for the line. The key takes it back.
    Waiting(i64),
}

/// A line on the screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Line {
    /// A new day.
    Day(Time),
    /// From here on is what came while the reader looked away.
    Unread(usize),
    /// An entry.
    Entry(Box<Entry>, Way),
}

impl Line {
    /// What stays the same while nothing in the line changes.
    pub fn key(&self) -> String {
        match self {
            Self::Day(day) => format!("day {}", day.date_naive()),
            Self::Unread(count) => format!("unread {count}"),
            Self::Entry(entry, way) => format!("{} {way:?}", entry.position),
        }
    }
}

/// Puts the lines in order. `today` saves the first day its name when it is today; what lies beyond `seen` and was not
/// done by `me` is new to the reader.
pub fn lines(
    entries: &[Entry],
    pending: Vec<(Entry, Way)>,
    show: Shown,
    today: Time,
    seen: Option<i64>,
    me: &str,
) -> Vec<Line> {
    let recorded = entries.iter().map(|entry| (entry.clone(), Way::Recorded));
    // By time, and in one moment by the order of the log; what is not in the log yet has a position beyond it.
    let ordered: BTreeMap<(Time, i64), (Entry, Way)> = recorded
        .chain(pending)
        .filter(|(entry, _)| show.lets(entry.kind))
        .map(|(entry, way)| ((entry.at, entry.position), (entry, way)))
        .collect();
    let is_new = |entry: &Entry, way: Way| {
        way == Way::Recorded
            && entry.by.as_deref() != Some(me)
            && seen.is_some_and(|seen| entry.position > seen)
    };
    let new = ordered.values().filter(|(e, way)| is_new(e, *way)).count();
    let mut lines = Vec::with_capacity(ordered.len() + 4);
    let mut day = today.date_naive();
    let mut said = new == 0;
    for (index, (entry, way)) in ordered.into_values().enumerate() {
        if entry.at.date_naive() != day {
            day = entry.at.date_naive();
            lines.push(Line::Day(entry.at));
        }
        if !said && is_new(&entry, way) {
            said = true;
            // At the very top it would say that everything is new, which helps nobody.
            if index > 0 {
                lines.push(Line::Unread(new));
            }
        }
        lines.push(Line::Entry(Box::new(entry), way));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::example::at;
    use domain::incident::Sentence;

    fn entry(position: i64, minute: i64, kind: EntryKind) -> Entry {
        Entry {
            position,
            version: position,
            at: at(minute),
            recorded_at: at(position),
            kind,
            event: "noted".to_owned(),
            by: Some("Bo Elm".to_owned()),
            sentence: Sentence::default(),
            body: None,
            href: None,
        }
    }

    fn shape(lines: &[Line]) -> Vec<String> {
        lines
            .iter()
            .map(|line| match line {
                Line::Day(day) => domain::time::day(*day),
                Line::Unread(count) => format!("{count} new"),
                Line::Entry(entry, _) => entry.position.to_string(),
            })
            .collect()
    }

    fn shown(entries: &[Entry], show: Shown, seen: Option<i64>, me: &str) -> Vec<String> {
        shape(&lines(entries, Vec::new(), show, at(0), seen, me))
    }

    #[test]
    fn what_was_put_in_late_stands_where_it_happened() {
        let talk = |position, minute| entry(position, minute, EntryKind::Talk);
        let entries = [talk(1, 10), talk(2, 20), talk(3, 15)];
        assert_eq!(shown(&entries, Shown::All, None, ""), ["1", "3", "2"]);
    }

    #[test]
    fn another_day_gets_its_name() {
        let entries = [
            entry(1, -24 * 60, EntryKind::Talk),
            entry(2, 5, EntryKind::Talk),
        ];
        assert_eq!(
            shown(&entries, Shown::All, None, ""),
            ["Mon 16 Nov 2026", "1", "Tue 17 Nov 2026", "2"]
        );
    }

    #[test]
    fn the_unread_line_counts_what_others_did_and_never_stands_at_the_top() {
        let entries = [
            entry(1, 1, EntryKind::Talk),
            entry(2, 2, EntryKind::Event),
            entry(3, 3, EntryKind::Talk),
        ];
        assert_eq!(
            shown(&entries, Shown::All, Some(1), "Ines"),
            ["1", "2 new", "2", "3"]
        );
        assert_eq!(
            shown(&entries, Shown::All, Some(1), "Bo Elm"),
            ["1", "2", "3"]
        );
        assert_eq!(
            shown(&entries, Shown::All, Some(0), "Ines"),
            ["1", "2", "3"]
        );
        assert_eq!(shown(&entries, Shown::All, None, "Ines"), ["1", "2", "3"]);
    }

    #[test]
    fn filters_show_what_they_say() {
        let entries = [
            entry(1, 1, EntryKind::Talk),
            entry(2, 2, EntryKind::Event),
            entry(3, 3, EntryKind::Key),
        ];
        assert_eq!(shown(&entries, Shown::Talk, None, ""), ["1"]);
        assert_eq!(shown(&entries, Shown::Events, None, ""), ["2", "3"]);
        assert_eq!(shown(&entries, Shown::Key, None, ""), ["3"]);
        assert_eq!(Shown::from_query(Some("key")), Shown::Key);
        assert_eq!(Shown::from_query(Some("nonsense")), Shown::All);
    }

    #[test]
    fn what_is_on_its_way_comes_after_what_is_recorded_in_the_same_moment() {
        let pending = (
            Entry {
                position: super::super::model::PROVISIONAL + 1,
                ..entry(10, 5, EntryKind::Talk)
            },
            Way::Sending,
        );
        let recorded = [entry(9, 5, EntryKind::Talk)];
        let lines = lines(&recorded, vec![pending], Shown::All, at(0), Some(1), "Ines");
        assert_eq!(lines.len(), 2);
        assert!(matches!(&lines[1], Line::Entry(_, Way::Sending)));
    }
}

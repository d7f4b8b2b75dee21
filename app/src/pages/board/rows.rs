//! What the board holds: one small picture for each incident, in the order in which they matter.

use domain::incident::{IncidentEvent, Summary};
use domain::time::Time;
use domain::{Kind, Number, Recorded, Severity};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Every incident on the board, by number.
pub(super) type Rows = BTreeMap<Number, Summary>;

/// What became of an event that came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Applied {
    /// The board moved on.
    Moved,
    /// It was known already.
    Known,
    /// Something before it is missing: the board must be read anew.
    Gap,
}

/// Moves the board on by one event. Events may come twice, from the stream and as the answer to a command.
pub(super) fn apply(rows: &mut Rows, event: &Recorded) -> Applied {
    match rows.get_mut(&event.incident) {
        Some(row) if event.version <= row.version => Applied::Known,
        // What stands here was made from texts that are gone.
        Some(_) if matches!(event.event, IncidentEvent::Redacted { .. }) => Applied::Gap,
        Some(row) if event.version == row.version + 1 => {
            row.apply(event);
            Applied::Moved
        }
        Some(_) => Applied::Gap,
        None => match Summary::begin(event) {
            Some(row) => {
                rows.insert(row.number, row);
                Applied::Moved
            }
            // One that was over goes on.
            None if matches!(event.event, IncidentEvent::Reopened { .. }) => Applied::Gap,
            None => Applied::Known,
        },
    }
}

/// Open ones, the worst first; a drill never stands above something real.
pub(super) fn open(rows: &Rows) -> Vec<Number> {
    let mut open: Vec<&Summary> = rows
        .values()
        .filter(|row| row.progress.phase().is_open())
        .collect();
    open.sort_by_key(|row| {
        (
            row.kind == Kind::Drill,
            weight(row.severity),
            Reverse(row.number),
        )
    });
    open.into_iter().map(|row| row.number).collect()
}

/// Resolved and not finished, the latest first.
pub(super) fn unfinished(rows: &Rows) -> Vec<Number> {
    let mut unfinished: Vec<&Summary> = rows
        .values()
        .filter(|row| row.progress.phase().is_finishing())
        .collect();
    unfinished.sort_by_key(|row| Reverse((row.progress.resolved_at(), row.number)));
    unfinished.into_iter().map(|row| row.number).collect()
}

/// What nobody has judged yet may be bad: it stands before what is known to be mild.
fn weight(severity: Severity) -> u8 {
    match severity {
        Severity::Sev1 => 0,
        Severity::Sev2 => 1,
        Severity::Unset => 2,
        Severity::Sev3 => 3,
        Severity::Sev4 => 4,
    }
}

/// When an incident was over, or else began: what "the last incident" is measured by.
pub(super) fn ended(row: &Summary) -> Time {
    row.progress
        .resolved_at()
        .or(row.started_at)
        .unwrap_or(row.declared_at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::example::{at, incident};
    use domain::incident::Progress;

    fn rows(all: impl IntoIterator<Item = Summary>) -> Rows {
        all.into_iter().map(|row| (row.number, row)).collect()
    }

    fn event(number: i64, version: i64, event: IncidentEvent) -> Recorded {
        Recorded {
            position: 100 + version,
            incident: Number(number),
            version,
            occurred_at: at(1),
            recorded_at: at(1),
            by: None,
            event,
        }
    }

    fn severity(to: Severity) -> IncidentEvent {
        IncidentEvent::SeverityChanged {
            from: Severity::Unset,
            to,
        }
    }

    #[test]
    fn the_worst_stands_first_and_a_drill_last() {
        let mut drill = incident(1, "Exercise", Severity::Sev1);
        drill.kind = Kind::Drill;
        let rows = rows([
            drill,
            incident(2, "Slow", Severity::Sev3),
            incident(3, "Unclear", Severity::Unset),
            incident(4, "Down", Severity::Sev1),
            incident(5, "Down too", Severity::Sev1),
        ]);
        assert_eq!(open(&rows), [5, 4, 3, 2, 1].map(Number));
        assert_eq!(unfinished(&rows), []);
    }

    #[test]
    fn resolved_ones_move_below_and_closed_ones_leave() {
        let mut cleaning = incident(1, "Was down", Severity::Sev1);
        cleaning.progress = Progress::Cleanup { resolved_at: at(5) };
        let mut over = incident(2, "Long ago", Severity::Sev1);
        over.progress = Progress::Closed {
            resolved_at: None,
            closed_at: at(9),
        };
        let rows = rows([cleaning, over]);
        assert_eq!(open(&rows), []);
        assert_eq!(unfinished(&rows), [Number(1)]);
    }

    #[test]
    fn an_event_moves_its_row_once_and_a_gap_asks_for_a_new_board() {
        let mut rows = rows([incident(7, "Slow", Severity::Unset)]);
        let change = event(7, 2, severity(Severity::Sev2));
        assert_eq!(apply(&mut rows, &change), Applied::Moved);
        assert_eq!(rows[&Number(7)].severity, Severity::Sev2);
        assert_eq!(
            apply(&mut rows, &change),
            Applied::Known,
            "it may come twice"
        );
        let far = event(7, 9, severity(Severity::Sev1));
        assert_eq!(apply(&mut rows, &far), Applied::Gap);
        let of_a_closed_one = event(3, 5, severity(Severity::Sev1));
        assert_eq!(apply(&mut rows, &of_a_closed_one), Applied::Known);
    }
}

//! The geometry of the time line: where phases, sitreps and words to customers stand, in hundredths of its width.

use crate::data::SitrepLog;
use domain::Phase;
use domain::time::Time;

/// Everything on the time line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Axis {
    /// Where a line with a time below it stands.
    pub hours: Vec<(f64, String)>,
    /// Phases: from, width, which.
    pub bands: Vec<(f64, f64, Phase)>,
    /// Sitreps: where, which, and whether there is room for the number.
    pub sitreps: Vec<(f64, i64, bool)>,
    /// Where customers were told.
    pub told: Vec<f64>,
}

/// Steps between two times below the line, in minutes; the first that leaves at most this many.
const STEPS: [i64; 13] = [
    5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440, 2_880, 10_080, 43_200,
];
const MOST: i64 = 8;
/// Two numbers nearer than this would touch.
const ROOM: f64 = 2.4;
/// A phase narrower than this has no room for its name.
pub(super) const NAMED: f64 = 8.0;

impl Axis {
    /// Lays the log out. `now` ends the line while the incident goes on.
    pub(super) fn of(log: &SitrepLog, now: Time) -> Self {
        let open = log.incident.progress.phase().is_open();
        let moments = || {
            let sent = log.heads.iter().map(|head| head.sent_at);
            let phases = log.phases.iter().map(|(_, at)| *at);
            let told = log.told.iter().map(|(_, at)| *at);
            sent.chain(phases)
                .chain(told)
                .chain([log.incident.declared_at])
                .chain(open.then_some(now))
        };
        let first = moments().min().unwrap_or(now);
        let last = moments().max().unwrap_or(now);
        let step = step(first, last);
        let begin = floor(first, step);
        let end = begin + chrono::Duration::minutes(step * cells(begin, last, step));
        let place = |at: Time| share(at - begin, end - begin);

        let mut bands = Vec::new();
        for (index, (phase, at)) in log.phases.iter().enumerate() {
            let until = log.phases.get(index + 1).map_or(last, |(_, next)| *next);
            if !phase.is_over() && until > *at {
                bands.push((place(*at), place(until) - place(*at), *phase));
            }
        }
        let mut free = f64::NEG_INFINITY;
        let sitreps = log
            .heads
            .iter()
            .map(|head| {
                let x = place(head.sent_at);
                let room = x - free >= ROOM;
                if room {
                    free = x;
                }
                (x, head.version, room)
            })
            .collect();
        Self {
            hours: hours(begin, end, step, &place),
            bands,
            sitreps,
            told: log.told.iter().map(|(_, at)| place(*at)).collect(),
        }
    }

    /// Where a sitrep stands.
    pub(super) fn of_version(&self, version: i64) -> Option<f64> {
        let found = self.sitreps.iter().find(|(_, v, _)| *v == version);
        found.map(|(x, _, _)| *x)
    }
}

fn step(first: Time, last: Time) -> i64 {
    STEPS
        .into_iter()
        .find(|step| cells(floor(first, *step), last, *step) <= MOST)
        .unwrap_or(STEPS[STEPS.len() - 1])
}

/// How many steps reach from `begin` to `last`, at least one.
fn cells(begin: Time, last: Time, step: i64) -> i64 {
    let seconds = (last - begin).num_seconds();
    seconds.div_euclid(step * 60)
        + i64::from(seconds.rem_euclid(step * 60) != 0).max(i64::from(seconds == 0))
}

fn floor(at: Time, step: i64) -> Time {
    let seconds = at.timestamp().rem_euclid(step * 60);
    at - chrono::Duration::seconds(seconds)
        - chrono::Duration::nanoseconds(i64::from(at.timestamp_subsec_nanos()))
}

fn hours(begin: Time, end: Time, step: i64, place: &impl Fn(Time) -> f64) -> Vec<(f64, String)> {
    let cells = cells(begin, end, step);
    // A line for each of thousands of steps would help nobody.
    let every = (cells / MOST).max(1);
    let mut hours = Vec::new();
    let mut day = None;
    for cell in (0..=cells).step_by(usize::try_from(every).unwrap_or(1)) {
        let at = begin + chrono::Duration::minutes(step * cell);
        let today = at.date_naive();
        let new_day = day.is_some_and(|day| day != today) || step >= 1_440;
        day = Some(today);
        let form = if new_day { "%-d %b" } else { "%H:%M" };
        hours.push((place(at), at.format(form).to_string()));
    }
    hours
}

/// A part of a whole in hundredths, to two places: what a coordinate is written as.
fn share(part: chrono::Duration, whole: chrono::Duration) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a coordinate on a screen; an incident does not last for 2^52 seconds"
    )]
    let of = |span: chrono::Duration| span.num_seconds() as f64;
    let whole = of(whole);
    if whole <= 0.0 {
        return 0.0;
    }
    (of(part) / whole * 10_000.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::SitrepHead;
    use crate::ui::example::{at, incident};
    use domain::Severity;

    fn log(sent: &[i64]) -> SitrepLog {
        SitrepLog {
            incident: incident(142, "API failing", Severity::Sev1),
            heads: sent
                .iter()
                .zip(1..)
                .map(|(minutes, version)| SitrepHead {
                    version,
                    sent_at: at(*minutes),
                    by: "Ines Alder".to_owned(),
                    headline: None,
                    summary: String::new(),
                    changes: None,
                })
                .collect(),
            phases: vec![(Phase::Assess, at(0)), (Phase::Mitigate, at(20))],
            told: vec![(domain::PublicState::Investigating, at(10))],
            position: 1,
        }
    }

    #[test]
    fn things_stand_where_their_time_is() {
        let axis = Axis::of(&log(&[10, 30]), at(40));
        assert_eq!(axis.hours.first(), Some(&(0.0, "14:00".to_owned())));
        assert_eq!(axis.hours.last(), Some(&(100.0, "14:40".to_owned())));
        assert_eq!(
            axis.bands,
            [(0.0, 50.0, Phase::Assess), (50.0, 50.0, Phase::Mitigate)]
        );
        assert_eq!(axis.of_version(1), Some(25.0));
        assert_eq!(axis.of_version(2), Some(75.0));
        assert_eq!(axis.told, [25.0]);
    }

    #[test]
    fn numbers_that_would_touch_are_left_out() {
        let sent: Vec<i64> = (0..60).collect();
        let axis = Axis::of(&log(&sent), at(60));
        let shown: Vec<f64> = axis
            .sitreps
            .iter()
            .filter(|(_, _, room)| *room)
            .map(|(x, _, _)| *x)
            .collect();
        assert!(shown.len() < 60, "{}", shown.len());
        assert!(shown.windows(2).all(|pair| pair[1] - pair[0] >= ROOM));
    }

    #[test]
    fn whatever_its_length_the_line_has_few_times_below_it() {
        for minutes in [0, 1, 7, 59, 300, 1_439, 5_000, 100_000, 5_000_000] {
            let axis = Axis::of(&log(&[minutes]), at(minutes));
            let lines = axis.hours.len();
            assert!((2..=18).contains(&lines), "{minutes} min: {lines} lines");
            let inside = |x: f64| (0.0..=100.0).contains(&x);
            assert!(axis.sitreps.iter().all(|(x, _, _)| inside(*x)), "{minutes}");
            assert!(axis.bands.iter().all(|(x, w, _)| inside(*x) && inside(*w)));
        }
    }
}

//! How a component did, day by day, and its uptime with everything that it is made of:
//!
//! `(TM - Σ OM × PA) / TM`, as Heroku's documentation has it. TM is the time that counts, OM how long something was wrong, PA
//! which part of the component that was: all of it when it was down, three tenths when it was partly down, nothing when it
//! was slow or under maintenance. Where incidents overlap, each moment counts once, for the worst.

use super::{ComponentStatus, PublicIncident, PublicState};
use crate::id::{ComponentId, Number};
use crate::maintenance::{Maintenance, MaintenanceNumber, MaintenanceState};
use crate::time::Time;
use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

/// A day of the page, in its zone: 23, 24 or 25 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// Its date.
    pub date: NaiveDate,
    /// Its first moment.
    pub from: Time,
    /// The first moment after it.
    pub to: Time,
}

/// How a day went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayState {
    /// Which.
    pub date: NaiveDate,
    /// False for a day before anything is known of the component.
    pub known: bool,
    /// The worst of it.
    pub worst: ComponentStatus,
    /// How long it did that badly.
    pub length: TimeDelta,
    /// What touched it, in the order of numbers; also those of which nobody knows how it did.
    pub incidents: Vec<Number>,
    /// Planned maintenance that took it down, in the order of numbers.
    pub maintenances: Vec<MaintenanceNumber>,
}

/// What one incident took from the uptime.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Which incident.
    pub incident: Number,
    /// What it did to the component.
    pub status: ComponentStatus,
    /// For how long.
    pub length: TimeDelta,
}

/// The uptime of a component with its workings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uptime {
    /// Every day, the oldest first.
    pub days: Vec<DayState>,
    /// What was lost, by incident and status.
    pub terms: Vec<Term>,
    /// Incidents that a source says were about the component, without saying how it did. They take nothing.
    pub uncounted: Vec<Number>,
    /// TM: the time that counts.
    pub counted: TimeDelta,
}

/// The share of a component that is gone, in tenths.
pub fn share(status: ComponentStatus) -> i64 {
    match status {
        ComponentStatus::MajorOutage => 10,
        ComponentStatus::PartialOutage => 3,
        ComponentStatus::Operational
        | ComponentStatus::UnderMaintenance
        | ComponentStatus::DegradedPerformance => 0,
    }
}

impl Uptime {
    /// In hundredths of a percent, rounded down: what was not whole never reads as whole. None before anything counts.
    pub fn hundredths(&self) -> Option<i64> {
        let whole = self.counted.num_seconds() * 10;
        let lost: i64 = self
            .terms
            .iter()
            .map(|term| term.length.num_seconds() * share(term.status))
            .sum();
        (whole > 0).then(|| (whole - lost).max(0) * 10_000 / whole)
    }

    /// "99.93%".
    pub fn words(&self) -> Option<String> {
        let hundredths = self.hundredths()?;
        Some(match (hundredths / 100, hundredths % 100) {
            (100, _) => "100%".to_owned(),
            (whole, part) => format!("{whole}.{part:02}%"),
        })
    }
}

/// A time in which a component did not do well, by one cause.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    from: Time,
    to: Time,
    status: ComponentStatus,
    cause: Cause,
}

/// Why it did not do well. Of equals the first counts, incidents before maintenances.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Cause {
    Incident(Number),
    Maintenance(MaintenanceNumber),
}

/// The uptime of a component over some days. `since` is when anything is known of it.
pub fn uptime(
    component: &ComponentId,
    since: Time,
    days: &[Day],
    incidents: &[PublicIncident],
    maintenances: &[Maintenance],
    now: Time,
) -> Uptime {
    let planned = maintenances
        .iter()
        .filter_map(|maintenance| window(maintenance, component, now));
    let stretches: Vec<Stretch> = incidents
        .iter()
        .flat_map(|incident| stretches(incident, component, now))
        .chain(planned)
        .collect();
    let named: Vec<&PublicIncident> = incidents
        .iter()
        .filter(|incident| incident.named.contains(component))
        .filter(|incident| {
            let cause = Cause::Incident(incident.number);
            stretches.iter().all(|s| s.cause != cause)
        })
        .collect();
    let first = stretches.iter().map(|stretch| stretch.from).min();
    let since = first.map_or(since, |first| first.min(since));
    let mut result = Uptime {
        days: Vec::with_capacity(days.len()),
        terms: Vec::new(),
        uncounted: Vec::new(),
        counted: TimeDelta::zero(),
    };
    for day in days {
        let (from, to) = (day.from.max(since), day.to.min(now));
        let mut state = DayState {
            date: day.date,
            known: from < to,
            worst: ComponentStatus::Operational,
            length: TimeDelta::zero(),
            incidents: Vec::new(),
            maintenances: Vec::new(),
        };
        if state.known {
            result.counted += to - from;
            for (length, stretch) in worst_of(&stretches, from, to) {
                result.lose(stretch, length);
                state.meet(stretch, length);
            }
        }
        for incident in &named {
            if touches(incident, day) {
                state.incidents.push(incident.number);
                if !result.uncounted.contains(&incident.number) {
                    result.uncounted.push(incident.number);
                }
            }
        }
        state.incidents.sort_unstable();
        state.incidents.dedup();
        state.maintenances.sort_unstable();
        state.maintenances.dedup();
        result.days.push(state);
    }
    result
}

impl Uptime {
    fn lose(&mut self, stretch: Stretch, length: TimeDelta) {
        // What was planned takes nothing.
        let Cause::Incident(incident) = stretch.cause else {
            return;
        };
        let same = |term: &&mut Term| term.incident == incident && term.status == stretch.status;
        match self.terms.iter_mut().find(same) {
            Some(term) => term.length += length,
            None => self.terms.push(Term {
                incident,
                status: stretch.status,
                length,
            }),
        }
    }
}

impl DayState {
    fn meet(&mut self, stretch: Stretch, length: TimeDelta) {
        match stretch.cause {
            Cause::Incident(number) => self.incidents.push(number),
            Cause::Maintenance(number) => self.maintenances.push(number),
        }
        if stretch.status > self.worst {
            self.worst = stretch.status;
            self.length = TimeDelta::zero();
        }
        if stretch.status == self.worst {
            self.length += length;
        }
    }
}

/// Cuts a span where anything begins or ends, and says of each piece what was the worst in it.
fn worst_of(
    stretches: &[Stretch],
    from: Time,
    to: Time,
) -> impl Iterator<Item = (TimeDelta, Stretch)> {
    let mut cuts = vec![from, to];
    let edges = stretches
        .iter()
        .flat_map(|stretch| [stretch.from, stretch.to]);
    cuts.extend(edges.filter(|at| (from..to).contains(at)));
    cuts.sort_unstable();
    cuts.dedup();
    let pieces: Vec<(Time, Time)> = cuts.windows(2).map(|cut| (cut[0], cut[1])).collect();
    pieces.into_iter().filter_map(move |(from, to)| {
        let over = stretches.iter().filter(|s| s.from <= from && s.to >= to);
        // Of equals the first incident counts.
        let worst = over.max_by_key(|s| (s.status, std::cmp::Reverse(s.cause)))?;
        Some((to - from, *worst))
    })
}

/// When the incident did something to the component, as its words say. The first word speaks for the time since it began.
fn stretches(incident: &PublicIncident, component: &ComponentId, now: Time) -> Vec<Stretch> {
    let mut found = Vec::new();
    let mut open: Option<(Time, ComponentStatus)> = None;
    let mut go = |at: Time, status: ComponentStatus, open: &mut Option<(Time, ComponentStatus)>| {
        if let Some((from, before)) = open.take()
            && from < at
            && before != ComponentStatus::Operational
        {
            found.push(Stretch {
                from,
                to: at,
                status: before,
                cause: Cause::Incident(incident.number),
            });
        }
        *open = Some((at, status));
    };
    for (place, word) in incident.words.iter().enumerate() {
        let said = word.published_at;
        let begun = incident
            .started_at
            .filter(|begun| place == 0 && *begun < said);
        let told = word
            .components
            .iter()
            .find(|affected| affected.id == *component);
        if let Some(affected) = told {
            go(begun.unwrap_or(said), affected.status, &mut open);
        }
        if word.state == PublicState::Resolved && open.is_some() {
            let end = incident.resolved_at.unwrap_or(said);
            go(end, ComponentStatus::Operational, &mut open);
        }
    }
    if open.is_some() {
        let last = incident.words.last().map_or(now, |word| word.published_at);
        let end = if incident.is_active() {
            now
        } else {
            incident.resolved_at.unwrap_or(last)
        };
        go(end, ComponentStatus::Operational, &mut open);
    }
    found
}

/// When a maintenance took the component down, if it did.
fn window(maintenance: &Maintenance, component: &ComponentId, now: Time) -> Option<Stretch> {
    if !maintenance.plan.components.contains(component) {
        return None;
    }
    let (from, to) = match maintenance.state {
        MaintenanceState::Scheduled => return None,
        MaintenanceState::InProgress | MaintenanceState::Verifying => (maintenance.began_at?, now),
        MaintenanceState::Completed | MaintenanceState::Cancelled => {
            (maintenance.began_at?, maintenance.ended_at?)
        }
    };
    (from < to).then_some(Stretch {
        from,
        to,
        status: ComponentStatus::UnderMaintenance,
        cause: Cause::Maintenance(maintenance.number),
    })
}

/// True when an incident was going on during a day, as far as that is known.
fn touches(incident: &PublicIncident, day: &Day) -> bool {
    let first = incident.words.first().map(|word| word.published_at);
    let last = incident.words.last().map(|word| word.published_at);
    let from = incident.started_at.or(first).or(incident.resolved_at);
    let to = incident.resolved_at.or(last).or(from);
    from.zip(to)
        .is_some_and(|(from, to)| from < day.to && to >= day.from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::status::{Affected, PublicFact};

    fn at(hour: i64) -> Time {
        Time::UNIX_EPOCH + TimeDelta::hours(hour)
    }

    fn days(count: i64) -> Vec<Day> {
        (0..count)
            .map(|n| Day {
                date: at(n * 24).date_naive(),
                from: at(n * 24),
                to: at(n * 24 + 24),
            })
            .collect()
    }

    fn id() -> ComponentId {
        ComponentId::new("api")
    }

    /// An incident with words at hours, each with a state of the component or the end.
    fn incident(
        number: i64,
        begun: i64,
        words: &[(i64, Option<ComponentStatus>)],
    ) -> PublicIncident {
        let started_at = at(begun);
        let begun = PublicFact::Begun { started_at };
        let mut incident = PublicIncident::begin(Number(number), &begun).expect("a beginning");
        for (hour, status) in words {
            incident.apply(&PublicFact::Said {
                id: String::new(),
                state: match status {
                    Some(_) => PublicState::Identified,
                    None => PublicState::Resolved,
                },
                message: String::new(),
                components: status
                    .map(|status| Affected { id: id(), status })
                    .into_iter()
                    .collect(),
                next_update_by: None,
                impact: None,
                source: None,
                at: at(*hour),
            });
        }
        incident
    }

    use ComponentStatus::{MajorOutage as Down, PartialOutage as Partly};

    #[test]
    fn what_was_lost_is_the_time_by_its_share() {
        // Begun an hour before the first word: 2 h down, then 4 h partly down, over midnight.
        let incident = incident(7, 20, &[(21, Some(Down)), (22, Some(Partly)), (26, None)]);
        let uptime = uptime(&id(), at(0), &days(4), &[incident], &[], at(96));
        let lost: Vec<_> = uptime
            .terms
            .iter()
            .map(|term| (term.incident.0, term.status, term.length.num_hours()))
            .collect();
        assert_eq!(lost, [(7, Down, 2), (7, Partly, 4)]);
        assert_eq!(uptime.counted.num_hours(), 96);
        // (96 - 2 - 4 * 0.3) / 96
        assert_eq!(uptime.hundredths(), Some(9_666));
        assert_eq!(uptime.words().as_deref(), Some("96.66%"));
        let days: Vec<_> = uptime
            .days
            .iter()
            .map(|day| (day.worst, day.length.num_hours(), day.incidents.len()))
            .collect();
        let well = (ComponentStatus::Operational, 0, 0);
        assert_eq!(days, [(Down, 2, 1), (Partly, 2, 1), well, well]);
    }

    #[test]
    fn each_moment_counts_once_for_the_worst() {
        let partly = incident(1, 0, &[(0, Some(Partly)), (10, None)]);
        let down = incident(2, 4, &[(4, Some(Down)), (6, None)]);
        let uptime = uptime(&id(), at(0), &days(1), &[down, partly], &[], at(24));
        let lost: Vec<_> = uptime
            .terms
            .iter()
            .map(|term| (term.incident.0, term.length.num_hours()))
            .collect();
        assert_eq!(lost, [(1, 8), (2, 2)]);
        assert_eq!(uptime.days[0].incidents, [Number(1), Number(2)]);
    }

    #[test]
    fn what_goes_on_counts_until_now_and_a_hair_is_not_whole() {
        let open = incident(1, 30, &[(30, Some(Down))]);
        let going = uptime(&id(), at(24), &days(3), &[open], &[], at(36));
        assert_eq!(
            going.counted.num_hours(),
            12,
            "nothing counts before it is known"
        );
        assert!(!going.days[0].known && going.days[1].known && !going.days[2].known);
        assert_eq!(going.hundredths(), Some(5_000));
        let mut blink = incident(1, 5, &[(5, Some(Down))]);
        blink.resolved_at = Some(at(5) + TimeDelta::seconds(1));
        blink.state = Some(PublicState::Resolved);
        let blinked = uptime(&id(), at(0), &days(90), &[blink], &[], at(90 * 24));
        assert_eq!(blinked.words().as_deref(), Some("99.99%"));
        let nothing = uptime(&id(), at(0), &days(1), &[], &[], at(24));
        assert_eq!(nothing.words().as_deref(), Some("100%"));
        assert_eq!(
            uptime(&id(), at(9), &days(1), &[], &[], at(0)).words(),
            None
        );
    }

    #[test]
    fn what_nobody_knows_is_shown_and_takes_nothing() {
        let mut named = incident(3, 2, &[]);
        named.named = vec![id()];
        named.imported = true;
        named.resolved_at = Some(at(30));
        let uptime = uptime(&id(), at(0), &days(2), &[named], &[], at(48));
        assert_eq!(uptime.uncounted, [Number(3)]);
        assert_eq!(uptime.words().as_deref(), Some("100%"));
        assert!(uptime.days.iter().all(|day| day.incidents == [Number(3)]));
    }

    #[test]
    fn what_was_planned_shows_and_takes_nothing() {
        use crate::maintenance::{Maintenance, Plan, Step};
        let plan = Plan {
            title: "New disks".to_owned(),
            components: vec![id()],
            from: at(2),
            to: at(4),
            starts_itself: true,
            ends_itself: true,
            remind_before: None,
            repeat: None,
        };
        let mut planned = Maintenance::schedule(plan, "Soon.", None, at(0)).expect("a plan");
        planned.number = MaintenanceNumber(7);
        let days = days(1);
        let day = |planned: &Maintenance, incidents: &[PublicIncident]| {
            let one = std::slice::from_ref(planned);
            let uptime = uptime(&id(), at(0), &days, incidents, one, at(10));
            (uptime.words(), uptime.days[0].clone())
        };
        assert_eq!(day(&planned, &[]).1.worst, ComponentStatus::Operational);
        planned.take(Step::Begin, at(2));
        planned.take(Step::Complete, at(4));
        let (words, state) = day(&planned, &[]);
        assert_eq!(words.as_deref(), Some("100%"));
        assert_eq!(state.worst, ComponentStatus::UnderMaintenance);
        assert_eq!(state.length, TimeDelta::hours(2));
        assert_eq!(state.maintenances, [MaintenanceNumber(7)]);
        // What goes wrong meanwhile is worse, and counts.
        let down = incident(1, 3, &[(3, Some(ComponentStatus::MajorOutage)), (5, None)]);
        let (words, state) = day(&planned, &[down]);
        assert_eq!(words.as_deref(), Some("80.00%"));
        assert_eq!(state.worst, ComponentStatus::MajorOutage);
        assert_eq!((state.incidents.len(), state.maintenances.len()), (1, 1));
    }
}

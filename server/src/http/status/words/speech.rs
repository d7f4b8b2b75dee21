//! How things are said that are more than one message: times, lengths, lists, states.

use super::{Key, Words};
use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, TimeZone};
use domain::status::{PublicIncident, PublicState, PublicTitle, Sentence, Subject, Uptime};
use domain::time::Time;
use domain::{ComponentStatus, Impact, MaintenanceState};
use fluent_bundle::FluentValue;

/// A status, and the sentences and the words of a day that belong to it.
struct Doing {
    word: Key,
    all: Key,
    some: Key,
    many: Key,
    day: Key,
}

impl Words {
    /// A day, said as `key` has it.
    pub fn date(&self, key: Key, day: NaiveDate) -> String {
        self.dated(key, day, "")
    }

    /// A moment in the zone that it is given in, said as `key` has it.
    pub fn moment(&self, key: Key, at: DateTime<impl TimeZone<Offset: Copy>>) -> String {
        self.dated(key, at.date_naive(), &time_of_day(at))
    }

    fn dated(&self, key: Key, day: NaiveDate, clock: &str) -> String {
        let args = [
            ("weekday", day.weekday().number_from_monday().into()),
            ("day", day.day().into()),
            ("month", day.month().into()),
            // A text: as a number it would be one that some languages write with a point.
            ("year", day.year().to_string().into()),
            ("clock", clock.into()),
        ];
        self.tell(key, args)
    }

    /// "14:27" on the day of `now`, "17 Nov, 14:27" on another day, with the year when that differs too.
    pub fn short(&self, at: Time, now: Time) -> String {
        if at.date_naive() == now.date_naive() {
            time_of_day(at)
        } else if at.year() == now.year() {
            self.moment(Key::DayClock, at)
        } else {
            self.moment(Key::YearClock, at)
        }
    }

    /// "14:27 UTC".
    pub fn utc(&self, time: String) -> String {
        self.zoned(time, "UTC".to_owned())
    }

    /// "02:00 CEST".
    pub fn zoned(&self, time: String, zone: String) -> String {
        self.tell(Key::Zoned, [("time", time.into()), ("zone", zone.into())])
    }

    /// "14:27 UTC" of a day that is said elsewhere.
    pub fn clock(&self, at: Time) -> String {
        self.utc(time_of_day(at))
    }

    /// "1 h 8 min"; below that as [`domain::time::length`] has it.
    pub fn length(&self, span: TimeDelta) -> String {
        let minutes = span.num_minutes().max(0);
        let (hours, rest) = (minutes / 60, minutes % 60);
        match minutes {
            0 => self.say(Key::LengthNone),
            1..60 => self.tell(Key::LengthMinutes, [("minutes", minutes.into())]),
            60..2880 if rest == 0 => self.tell(Key::LengthHours, [("hours", hours.into())]),
            60..2880 => {
                let args = [("hours", hours.into()), ("minutes", rest.into())];
                self.tell(Key::LengthBoth, args)
            }
            _ => self.tell(Key::LengthDays, [("days", (minutes / 1440).into())]),
        }
    }

    /// "99.93%"; none before anything counts.
    pub fn uptime(&self, uptime: &Uptime) -> Option<String> {
        let hundredths = uptime.hundredths()?;
        let (whole, part) = (hundredths / 100, hundredths % 100);
        if whole >= 100 {
            return Some(self.percent(100));
        }
        let args = [
            ("whole", whole.into()),
            ("part", format!("{part:02}").into()),
        ];
        Some(self.tell(Key::Percent, args))
    }

    /// "30%".
    pub fn percent(&self, whole: i64) -> String {
        self.tell(Key::PercentWhole, [("whole", whole.into())])
    }

    /// "API, Web and Search".
    pub fn list(&self, names: &[impl AsRef<str>]) -> String {
        let mut names = names.iter().map(AsRef::as_ref);
        let Some(last) = names.next_back() else {
            return String::new();
        };
        let first = names.map(str::to_owned).reduce(|first, next| {
            let args = [("first", first.into()), ("next", next.into())];
            self.tell(Key::ListComma, args)
        });
        match first {
            Some(first) => {
                let args = [("first", first.into()), ("last", last.into())];
                self.tell(Key::ListAnd, args)
            }
            None => last.to_owned(),
        }
    }

    /// The word for how a component does.
    pub fn status(&self, status: ComponentStatus) -> String {
        self.say(doing(status).word)
    }

    /// The one sentence at the top.
    pub fn sentence(&self, sentence: &Sentence<'_>) -> String {
        match sentence {
            Sentence::Working => self.say(Key::AllWorking),
            Sentence::Incident => self.say(Key::OnAnIncident),
            Sentence::Hit { status, subject } => {
                let doing = doing(*status);
                match subject {
                    Subject::All => self.say(doing.all),
                    Subject::Some(names) => {
                        let args = [
                            ("names", self.list(names).into()),
                            ("count", names.len().into()),
                        ];
                        self.tell(doing.some, args)
                    }
                    Subject::Many(count) => self.tell(doing.many, [("count", (*count).into())]),
                }
            }
        }
    }

    /// "partly down 56 min" with its date.
    pub fn bad_day(&self, status: ComponentStatus, date: String, length: TimeDelta) -> String {
        let args = [
            ("date", date.into()),
            ("length", self.length(length).into()),
        ];
        self.tell(doing(status).day, args)
    }

    /// The word for where an incident stands.
    pub fn state(&self, state: PublicState) -> String {
        self.say(match state {
            PublicState::Investigating => Key::Investigating,
            PublicState::Identified => Key::Identified,
            PublicState::Monitoring => Key::Monitoring,
            PublicState::Resolved => Key::Resolved,
            PublicState::Update => Key::Update,
        })
    }

    /// The word for a state that is not a bare update.
    pub fn state_of(&self, incident: &PublicIncident) -> String {
        self.state(incident.state.unwrap_or(PublicState::Update))
    }

    /// The word for where a planned maintenance stands.
    pub fn maintenance(&self, state: MaintenanceState) -> String {
        self.say(match state {
            MaintenanceState::Scheduled => Key::PlannedScheduled,
            MaintenanceState::InProgress => Key::PlannedInProgress,
            MaintenanceState::Verifying => Key::PlannedVerifying,
            MaintenanceState::Completed => Key::PlannedCompleted,
            MaintenanceState::Cancelled => Key::PlannedCancelled,
        })
    }

    /// "Minor impact"; nothing when none is known.
    pub fn impact(&self, impact: Impact) -> Option<String> {
        let key = match impact {
            Impact::None => return None,
            Impact::Minor => Key::ImpactMinor,
            Impact::Major => Key::ImpactMajor,
            Impact::Critical => Key::ImpactCritical,
        };
        Some(self.say(key))
    }

    /// The title of an incident, as it was written or else made of the names of its components.
    pub fn title(&self, title: &PublicTitle) -> String {
        match title {
            PublicTitle::Written(title) => title.clone(),
            PublicTitle::Made(names) if names.is_empty() => self.say(Key::IncidentNameless),
            PublicTitle::Made(names) => {
                let names = self.list(names);
                self.tell(Key::IncidentWith, [("names", names.into())])
            }
        }
    }

    /// "API: Down".
    pub fn name_and_state(&self, name: &str, state: &str) -> String {
        self.tell(
            Key::NameAndState,
            [("name", name.into()), ("state", state.into())],
        )
    }

    /// A message that counts.
    pub fn count(&self, key: Key, count: usize) -> String {
        self.tell(key, [("count", FluentValue::from(count))])
    }
}

/// "14:27", in the zone that the moment is given in.
pub(in crate::http::status) fn time_of_day(at: DateTime<impl TimeZone<Offset: Copy>>) -> String {
    at.naive_local().format("%H:%M").to_string()
}

/// With a capital at its beginning, for what stands first on a line.
pub(in crate::http::status) fn capital(text: &str) -> String {
    let mut signs = text.chars();
    let first = signs.next().into_iter().flat_map(char::to_uppercase);
    first.chain(signs).collect()
}

fn doing(status: ComponentStatus) -> Doing {
    match status {
        ComponentStatus::Operational => Doing {
            word: Key::Working,
            all: Key::AllWorking,
            some: Key::AllWorking,
            many: Key::AllWorking,
            day: Key::DayWorking,
        },
        ComponentStatus::UnderMaintenance => Doing {
            word: Key::Maintenance,
            all: Key::AllMaintenance,
            some: Key::SomeMaintenance,
            many: Key::ManyMaintenance,
            day: Key::DayMaintenance,
        },
        ComponentStatus::DegradedPerformance => Doing {
            word: Key::Slow,
            all: Key::AllSlow,
            some: Key::SomeSlow,
            many: Key::ManySlow,
            day: Key::DaySlow,
        },
        ComponentStatus::PartialOutage => Doing {
            word: Key::PartlyDown,
            all: Key::AllPartlyDown,
            some: Key::SomePartlyDown,
            many: Key::ManyPartlyDown,
            day: Key::DayPartlyDown,
        },
        ComponentStatus::MajorOutage => Doing {
            word: Key::Down,
            all: Key::AllDown,
            some: Key::SomeDown,
            many: Key::ManyDown,
            day: Key::DayDown,
        },
    }
}

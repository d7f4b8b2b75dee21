//! The last days of a page, as its zone has them.

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta, TimeZone};
use chrono_tz::Tz;
use domain::status::Day;
use domain::time::Time;

/// As many days are shown, today included.
pub(super) const SHOWN: u64 = 90;

/// The last days, today included, the oldest first. Where the clocks change, one has 23 or 25 hours.
pub(super) fn last(zone: Tz, now: Time) -> Vec<Day> {
    let today = now.with_timezone(&zone).date_naive();
    let dates = (0..SHOWN).rev();
    dates
        .filter_map(|ago| today.checked_sub_days(Days::new(ago)))
        .filter_map(|date| {
            Some(Day {
                date,
                from: beginning(zone, date)?,
                to: beginning(zone, date.succ_opt()?)?,
            })
        })
        .collect()
}

/// The first moment of a day. Where the clocks skip midnight, it begins after the gap.
fn beginning(zone: Tz, date: NaiveDate) -> Option<Time> {
    let midnight = date.and_time(NaiveTime::MIN);
    (0..=3)
        .map(|hours| midnight + TimeDelta::hours(hours))
        .find_map(|moment| zone.from_local_datetime(&moment).earliest())
        .map(|moment| moment.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_follow_each_other_without_a_gap_where_clocks_change() {
        for zone in [
            Tz::Europe__Berlin,
            Tz::America__Santiago,
            Tz::Etc__UTC,
            Tz::Africa__Cairo,
        ] {
            let now = chrono::DateTime::parse_from_rfc3339("2026-11-17T14:27:00Z");
            let now = now.expect("a time").to_utc();
            let days = last(zone, now);
            assert_eq!(days.len(), 90);
            assert!(
                days.windows(2).all(|pair| pair[0].to == pair[1].from),
                "{zone}"
            );
            assert!(days[89].from <= now && now < days[89].to, "{zone}");
            let hours = days.iter().map(|day| (day.to - day.from).num_hours());
            let odd = hours.filter(|hours| *hours != 24).count();
            assert_eq!(odd, usize::from(zone != Tz::Etc__UTC), "{zone}");
        }
    }
}

//! Times as people read them: UTC, ages, promises, elapsed.

use chrono::{DateTime, Datelike, Duration, Utc};

/// A moment, always UTC.
pub type Time = DateTime<Utc>;

/// "14:27" on the day of `now`, "17 Nov, 14:27" on another day, with the year when that differs too.
pub fn short(at: Time, now: Time) -> String {
    if at.date_naive() == now.date_naive() {
        at.format("%H:%M").to_string()
    } else if at.year() == now.year() {
        at.format("%-d %b, %H:%M").to_string()
    } else {
        at.format("%-d %b %Y, %H:%M").to_string()
    }
}

/// "Tue 17 Nov 2026": the day alone.
pub fn day(at: Time) -> String {
    at.format("%a %-d %b %Y").to_string()
}

/// A length of time in words: "under 1 min", "12 min", "1 h 8 min", "3 days". Negative lengths count as none.
pub fn length(span: Duration) -> String {
    let minutes = span.num_minutes().max(0);
    match minutes {
        0 => "under 1 min".to_owned(),
        1..60 => format!("{minutes} min"),
        60..2880 if minutes % 60 == 0 => format!("{} h", minutes / 60),
        60..2880 => format!("{} h {} min", minutes / 60, minutes % 60),
        _ => format!("{} days", minutes / 1440),
    }
}

/// Time since something began as a clock shows it: "0:53" is 53 minutes, "26:05" is a day and two hours; days from 100 h on.
pub fn elapsed(span: Duration) -> String {
    let minutes = span.num_minutes().max(0);
    if minutes >= 100 * 60 {
        format!("{} d", minutes / 1440)
    } else {
        format!("{}:{:02}", minutes / 60, minutes % 60)
    }
}

/// Reads a time a person typed: "14:05" (the latest such time not after `now`, so that 23:50 typed at 00:10 means
/// yesterday), "2026-11-17T14:05" or full RFC 3339. Times without a zone are UTC. `None` when it is none of these.
pub fn parse_past(text: &str, now: Time) -> Option<Time> {
    let text = text.trim();
    if let Some(clock) = clock_time(text, now) {
        return Some(if clock > now {
            clock - Duration::days(1)
        } else {
            clock
        });
    }
    parse_full(text)
}

/// Like [`parse_past`] for a promise: "14:05" is the nearest such time. At 14:20 that is a quarter of an hour ago, which a
/// promise cannot be and which is refused with words; taken for tomorrow's, it would go out as a promise nobody meant.
pub fn parse_future(text: &str, now: Time) -> Option<Time> {
    let text = text.trim();
    if let Some(clock) = clock_time(text, now) {
        return Some(if now - clock > Duration::hours(12) {
            clock + Duration::days(1)
        } else {
            clock
        });
    }
    parse_full(text)
}

fn clock_time(text: &str, now: Time) -> Option<Time> {
    let time = chrono::NaiveTime::parse_from_str(text, "%H:%M").ok()?;
    Some(now.date_naive().and_time(time).and_utc())
}

fn parse_full(text: &str) -> Option<Time> {
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Some(at.to_utc());
    }
    ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
        .iter()
        .find_map(|form| chrono::NaiveDateTime::parse_from_str(text, form).ok())
        .map(|at| at.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Time {
        parse_full(text).expect("a time")
    }

    #[test]
    fn lengths_read_like_speech() {
        let cases = [
            (0, "under 1 min"),
            (12, "12 min"),
            (60, "1 h"),
            (68, "1 h 8 min"),
            (4400, "3 days"),
        ];
        for (minutes, words) in cases {
            assert_eq!(length(Duration::minutes(minutes)), words);
        }
        assert_eq!(elapsed(Duration::minutes(53)), "0:53");
        assert_eq!(elapsed(Duration::minutes(-5)), "0:00");
    }

    #[test]
    fn a_clock_time_means_the_nearest_one_in_the_direction_meant() {
        let now = at("2026-11-18T00:10");
        assert_eq!(parse_past("23:50", now), Some(at("2026-11-17T23:50")));
        assert_eq!(parse_past("00:05", now), Some(at("2026-11-18T00:05")));
        assert_eq!(parse_future("00:15", now), Some(at("2026-11-18T00:15")));
        assert_eq!(parse_future("00:05", now), Some(at("2026-11-18T00:05")));
        let evening = at("2026-11-18T23:50");
        assert_eq!(parse_future("00:05", evening), Some(at("2026-11-19T00:05")));
        assert_eq!(
            parse_future("2026-11-18T09:00:00+02:00", now),
            Some(at("2026-11-18T07:00"))
        );
        assert_eq!(parse_past("soon", now), None);
    }

    #[test]
    fn the_date_shows_as_soon_as_it_is_not_today() {
        let now = at("2026-11-18T00:10");
        assert_eq!(short(at("2026-11-18T00:05"), now), "00:05");
        assert_eq!(short(at("2026-11-17T23:50"), now), "17 Nov, 23:50");
        assert_eq!(short(at("2025-11-17T23:50"), now), "17 Nov 2025, 23:50");
    }
}

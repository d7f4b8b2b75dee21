//! When a letter is tried again, and when it is given up.

use super::mail::MailError;
use crate::store::{Taken, Tried};
use chrono::TimeDelta;
use domain::time::Time;

/// The waits between tries, in seconds; the last one goes on.
const WAITS: [i64; 8] = [5, 15, 30, 60, 120, 300, 600, 900];
/// What could not be delivered for so long is given up, in hours: by then it is history.
const PATIENCE_HOURS: i64 = 24;

/// What follows from a try that failed. `chance` is any number: tries of many letters must not come all at once.
pub(super) fn after(error: &MailError, taken: &Taken, now: Time, chance: u32) -> Tried {
    let trouble = error.to_string();
    if error.is_final() {
        return Tried::GivenUp { trouble };
    }
    if now - taken.created_at >= TimeDelta::hours(PATIENCE_HOURS) {
        return Tried::GivenUp {
            trouble: format!(
                "It could not be delivered for {PATIENCE_HOURS} hours. The last try: {trouble}"
            ),
        };
    }
    let step = usize::try_from(taken.tries - 1).unwrap_or_default();
    let wait = WAITS[step.min(WAITS.len() - 1)] * 1_000;
    // From three quarters of the wait to five quarters.
    let jitter = wait / 2 * i64::from(chance % 1_000) / 1_000 - wait / 4;
    Tried::Again {
        at: now + TimeDelta::milliseconds(wait + jitter),
        trouble,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Letter;

    fn taken(tries: i64, age: TimeDelta) -> (Taken, Time) {
        let now = Time::UNIX_EPOCH + TimeDelta::days(20_000);
        let taken = Taken {
            key: "k".to_owned(),
            letter: Letter::Test {},
            person: None,
            address: "bo@example.test".to_owned(),
            created_at: now - age,
            tries,
        };
        (taken, now)
    }

    fn wait(tries: i64, chance: u32) -> i64 {
        let (taken, now) = taken(tries, TimeDelta::minutes(1));
        let error = MailError::Away("connection refused".to_owned());
        match after(&error, &taken, now, chance) {
            Tried::Again { at, .. } => (at - now).num_milliseconds(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn each_wait_is_longer_up_to_a_quarter_of_an_hour_and_never_in_step() {
        assert_eq!(
            (wait(1, 0), wait(1, 500), wait(1, 999)),
            (3_750, 5_000, 6_247)
        );
        assert_eq!((wait(2, 500), wait(8, 500)), (15_000, 900_000));
        assert_eq!(wait(1_000, 500), 900_000);
    }

    #[test]
    fn a_refused_address_and_a_day_without_success_are_given_up() {
        let (fresh, now) = taken(1, TimeDelta::minutes(1));
        let refused = MailError::Refused("550 no such user".to_owned());
        assert!(matches!(
            after(&refused, &fresh, now, 0),
            Tried::GivenUp { .. }
        ));
        let (old, now) = taken(90, TimeDelta::hours(24));
        let away = MailError::Away("connection refused".to_owned());
        let Tried::GivenUp { trouble } = after(&away, &old, now, 0) else {
            panic!("tried for ever");
        };
        assert!(
            trouble.contains("24 hours") && trouble.contains("refused"),
            "{trouble}"
        );
    }
}

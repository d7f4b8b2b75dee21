//! Times as the store keeps them: unix microseconds in UTC.

use super::StoreError;
use chrono::DateTime;
use domain::time::Time;

/// The whole microseconds of a time.
pub(super) fn micros(at: Time) -> i64 {
    at.timestamp_micros()
}

/// The time of whole microseconds.
pub(super) fn time(micros: i64) -> Result<Time, StoreError> {
    DateTime::from_timestamp_micros(micros)
        .ok_or_else(|| StoreError::Corrupt(format!("{micros} is not a time")))
}

/// A time as it will be read back.
pub(super) fn kept(at: Time) -> Time {
    DateTime::from_timestamp_micros(micros(at)).unwrap_or(at)
}

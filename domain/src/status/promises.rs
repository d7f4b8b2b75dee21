//! Whether what was promised to customers was kept. Said on the page either way.

use super::PublicWord;
use crate::time::Time;

/// What became of the promises of an incident whose time is over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    /// Promises whose time has come, by the time that was promised.
    pub made: Vec<Time>,
    /// How many of them were kept: the next word came no later than promised.
    pub kept: usize,
}

/// Looks at every promise that is decided by `now`: kept by the word that followed, or its time is past. `words` are oldest
/// first. The last word's promise is still open, unless it was missed.
pub fn promises(words: &[PublicWord], now: Time) -> Kept {
    let mut result = Kept::default();
    for (at, word) in words.iter().enumerate() {
        let Some(by) = word.next_update_by else {
            continue;
        };
        match words.get(at + 1) {
            Some(next) => {
                result.made.push(by);
                result.kept += usize::from(next.published_at <= by);
            }
            None if by < now => result.made.push(by),
            None => {}
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::status::PublicState;
    use chrono::Duration;

    #[test]
    fn a_promise_is_kept_by_the_next_word_in_time() {
        let start = Time::default();
        let minute = |m| start + Duration::minutes(m);
        let word = |at, by: Option<i64>| PublicWord {
            id: String::new(),
            state: PublicState::Identified,
            message: String::new(),
            components: Vec::new(),
            next_update_by: by.map(minute),
            published_at: minute(at),
            source: None,
        };
        let words = [
            word(0, Some(15)),
            word(15, Some(30)),
            word(31, None),
            word(40, Some(60)),
        ];
        let open = promises(&words, minute(50));
        assert_eq!((open.made, open.kept), (vec![minute(15), minute(30)], 1));
        let missed = promises(&words, minute(61));
        assert_eq!((missed.made.len(), missed.kept), (3, 1));
    }
}

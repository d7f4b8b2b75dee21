//! The small things that a press changes in the form: a promise from now on, an internal name for other words. Each is the
//! value of a button named `preview`, so that without JavaScript the server makes the page again with it done.

use super::beginning::clock;
use domain::guard::Warning;
use domain::incident::Form;
use domain::time::Time;

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Act {
    /// Only look.
    Look,
    /// Promise the next word so many minutes from now.
    Promise {
        /// `next_sitrep_by` or `next_update_by`.
        field: String,
        /// From now.
        minutes: i64,
    },
    /// Replace a word in the public half.
    Say {
        /// The word.
        word: String,
    },
    /// Leave a word as it is.
    Keep {
        /// The word.
        word: String,
    },
}

impl Act {
    /// Reads a button's value; anything unknown only looks.
    pub(super) fn read(value: &str) -> Self {
        let act = match value.split_once(':') {
            Some(("say", word)) => Some(Self::Say {
                word: word.to_owned(),
            }),
            Some(("keep", word)) => Some(Self::Keep {
                word: word.to_owned(),
            }),
            Some((field @ ("next_sitrep_by" | "next_update_by"), minutes)) => minutes
                .parse()
                .ok()
                .filter(|m| (1..=1440).contains(m))
                .map(|minutes| Self::Promise {
                    field: field.to_owned(),
                    minutes,
                }),
            Some(_) | None => None,
        };
        act.unwrap_or(Self::Look)
    }

    /// The button's value.
    pub(super) fn value(&self) -> String {
        match self {
            Self::Look => "1".to_owned(),
            Self::Promise { field, minutes } => format!("{field}:{minutes}"),
            Self::Say { word } => format!("say:{word}"),
            Self::Keep { word } => format!("keep:{word}"),
        }
    }

    /// Does it to a form.
    pub(super) fn on(&self, form: &mut Form, warnings: &[Warning], now: Time) {
        match self {
            Self::Look => {}
            Self::Promise { field, minutes } => {
                let at = clock(now + chrono::Duration::minutes(*minutes), now);
                set(form, field, |_| at.clone());
            }
            Self::Say { word } => {
                if let Some(warning) = warnings.iter().find(|warning| warning.word == *word) {
                    for field in ["public_title", "message"] {
                        set(form, field, |text| {
                            replaced(text, &warning.word, &warning.instead)
                        });
                    }
                }
            }
            Self::Keep { word } => form.0.push(("kept".to_owned(), word.clone())),
        }
    }
}

fn set(form: &mut Form, field: &str, change: impl Fn(&str) -> String) {
    for (_, value) in form.0.iter_mut().filter(|(name, _)| name == field) {
        *value = change(value);
    }
}

/// Every place where the word stands whole, with something else in its place.
fn replaced(text: &str, word: &str, instead: &str) -> String {
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let mut out = String::with_capacity(text.len());
    let mut last = 0;
    for (at, found) in text.match_indices(word) {
        let end = at + found.len();
        if edge(text[..at].chars().next_back()) && edge(text[end..].chars().next()) {
            out.push_str(&text[last..at]);
            out.push_str(instead);
            last = end;
        }
    }
    out.push_str(&text[last..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_is_read_as_it_was_written() {
        let acts = [
            Act::Look,
            Act::Promise {
                field: "next_update_by".to_owned(),
                minutes: 30,
            },
            Act::Say {
                word: "db:eu-2".to_owned(),
            },
            Act::Keep {
                word: "Bo".to_owned(),
            },
        ];
        for act in acts {
            assert_eq!(Act::read(&act.value()), act);
        }
        assert_eq!(Act::read("next_update_by:-5"), Act::Look);
        assert_eq!(Act::read("state:1"), Act::Look);
    }

    #[test]
    fn only_whole_words_are_replaced() {
        assert_eq!(
            replaced("db-1 and db-12, db-1.", "db-1", "a database"),
            "a database and db-12, a database."
        );
    }

    #[test]
    fn a_promise_is_counted_from_now() {
        let now = crate::ui::example::at(27);
        let mut form = Form(vec![("next_update_by".to_owned(), "15:00".to_owned())]);
        let act = Act::read("next_update_by:15");
        act.on(&mut form, &[], now);
        assert_eq!(form.raw("next_update_by"), Some("14:42"));
    }
}

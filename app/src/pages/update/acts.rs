//! The small things that a press changes in the form: a promise from now on, an internal name for other words, a template. Each
//! is the value of a button named `preview`, so that without JavaScript the server makes the page again with it done.

use super::beginning::clock;
use domain::directory::Directory;
use domain::guard::Warning;
use domain::incident::Form;
use domain::text::is_blank;
use domain::time::Time;
use domain::{ComponentStatus, Incident};

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
    /// Begin the message with words that were thought of beforehand.
    Begin {
        /// The template.
        template: String,
    },
}

/// What there is to see around the form when a button is pressed.
pub(super) struct Given<'a> {
    pub incident: &'a Incident,
    pub directory: &'a Directory,
    pub warnings: &'a [Warning],
    pub now: Time,
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
            Some(("template", name)) => Some(Self::Begin {
                template: name.to_owned(),
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
            Self::Begin { template } => format!("template:{template}"),
        }
    }

    /// Does it to a form.
    pub(super) fn on(&self, form: &mut Form, given: &Given<'_>) {
        let now = given.now;
        match self {
            Self::Look => {}
            Self::Promise { field, minutes } => {
                let at = clock(now + chrono::Duration::minutes(*minutes), now);
                set(form, field, |_| at.clone());
            }
            Self::Say { word } => {
                if let Some(warning) = given.warnings.iter().find(|warning| warning.word == *word) {
                    for field in ["public_title", "message"] {
                        set(form, field, |text| {
                            replaced(text, &warning.word, &warning.instead)
                        });
                    }
                }
            }
            Self::Keep { word } => form.0.push(("kept".to_owned(), word.clone())),
            Self::Begin { template } => begin(form, template, given),
        }
    }
}

/// Puts a template into the message. It takes the place of what customers have read already and of nothing that was written
/// since: below that it begins a new paragraph.
fn begin(form: &mut Form, name: &str, given: &Given<'_>) {
    let settings = &given.directory.settings;
    let Some(template) = settings.templates.iter().find(|one| one.name == name) else {
        // Somebody removed it meanwhile; the form stays as it is.
        return;
    };
    let affected = given.directory.components.iter().filter(|component| {
        let chosen = form.raw(&format!("component:{}", component.id));
        chosen.is_some_and(|status| status != ComponentStatus::Operational.as_str())
    });
    let affected: Vec<&str> = affected.map(|component| component.name.as_str()).collect();
    let words = template.filled(&affected, &settings.organisation);
    let last = given.incident.word.as_ref();
    let last = last.map_or("", |word| word.update.message.as_str());
    set(form, "message", |typed| {
        if is_blank(typed) || typed.trim() == last.trim() {
            words.clone()
        } else {
            format!("{}\n\n{words}", typed.trim_end())
        }
    });
    if let Some(state) = template.state {
        set(form, "state", |_| state.as_str().to_owned());
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
    use crate::ui::example;
    use domain::{PublicState, Severity, Template};

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
            Act::Begin {
                template: "Slow: API".to_owned(),
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

    fn press(button: &str, form: &mut Form, directory: &Directory) {
        let given = Given {
            incident: &example::whole(example::incident(142, "API failing", Severity::Sev1)),
            directory,
            warnings: &[],
            now: example::at(27),
        };
        Act::read(button).on(form, &given);
    }

    #[test]
    fn a_template_begins_the_message_and_takes_nothing_that_was_written() {
        let mut directory = example::directory();
        directory.settings.templates = vec![Template {
            name: "Slow: API".to_owned(),
            state: Some(PublicState::Identified),
            message: "{components} may be slow.".to_owned(),
        }];
        let mut form = Form(vec![
            ("state".to_owned(), "investigating".to_owned()),
            ("message".to_owned(), " ".to_owned()),
        ]);
        press("template:Slow: API", &mut form, &directory);
        let first = "Our service may be slow.";
        assert_eq!(form.raw("message"), Some(first));
        assert_eq!(form.raw("state"), Some("identified"));
        press("template:Slow: API", &mut form, &directory);
        assert_eq!(
            form.raw("message"),
            Some(&*format!("{first}\n\n{first}")),
            "what is in the field was written by somebody"
        );
        let before = form.clone();
        press("template:Gone", &mut form, &directory);
        assert_eq!(form, before);
    }

    #[test]
    fn a_promise_is_counted_from_now() {
        let mut form = Form(vec![("next_update_by".to_owned(), "15:00".to_owned())]);
        press("next_update_by:15", &mut form, &Directory::default());
        assert_eq!(form.raw("next_update_by"), Some("14:42"));
    }
}

//! The sentence at the top of the board: who commands the worst incident, and how long until customers hear.

use domain::clock::{Clock, ClockKind, ClockState, clocks};
use domain::directory::Directory;
use domain::incident::Summary;
use domain::time::{Time, length};
use domain::{Kind, Number, PersonId, PublicState, Severity};
use leptos::prelude::*;

/// The sentence, in pieces that the page marks up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lede {
    /// "SEV 1 in progress."
    what: String,
    /// The room of the incident, and "Ines Alder is in command."
    command: Option<(Number, String)>,
    /// "Customers hear from us", "in 3 min", ".": the middle stands out when it is due.
    customers: (String, Option<(ClockState, String)>, &'static str),
}

/// The sentence about the worst open incident. Drills speak only when nothing is real.
pub(super) fn lede(worst: &Summary, directory: &Directory, me: &PersonId, now: Time) -> Lede {
    let what = match (worst.kind, worst.severity) {
        (Kind::Drill, _) => "A drill is in progress.".to_owned(),
        (_, Severity::Unset) => "An incident is in progress, severity not set.".to_owned(),
        (_, severity) => format!("{} in progress.", severity.label()),
    };
    let command = worst.ic().map(|ic| {
        let words = if ic == me {
            "You are in command.".to_owned()
        } else {
            format!("{} is in command.", directory.name(ic))
        };
        (worst.number, words)
    });
    let clock = clocks(worst, &directory.settings.promises, now)
        .into_iter()
        .find(|clock| clock.kind == ClockKind::Customers);
    Lede {
        what,
        command,
        customers: clock.map_or_else(
            || plain("Customers do not hear of a drill."),
            |clock| customers(worst, &clock, now),
        ),
    }
}

type Customers = (String, Option<(ClockState, String)>, &'static str);

fn plain(words: &str) -> Customers {
    (words.to_owned(), None, "")
}

fn customers(worst: &Summary, clock: &Clock, now: Time) -> Customers {
    let told = worst.last_word.as_ref();
    let Some(due) = clock.due_at else {
        return match (told, worst.silent_since) {
            (Some(word), _) if word.state == PublicState::Resolved => {
                plain("Customers were told that it is over.")
            }
            (Some(_), _) => (
                format!("Customers were told {} ago.", length(now - clock.since)),
                None,
                "",
            ),
            (None, Some(_)) => plain("Customers are not told, on purpose."),
            (None, None) => plain("Customers know nothing, and nothing is promised."),
        };
    };
    let (before, time) = match (told, clock.state) {
        (Some(_), ClockState::Over) => (
            "Customers should have heard from us",
            format!("{} ago", length(now - due)),
        ),
        (Some(_), _) => (
            "Customers hear from us",
            format!("in {}", length(due - now)),
        ),
        (None, ClockState::Over) => (
            "Customers know nothing; the first word is overdue by",
            length(now - due),
        ),
        (None, _) => (
            "Customers know nothing yet; the first word is due",
            format!("in {}", length(due - now)),
        ),
    };
    (before.to_owned(), Some((clock.state, time)), ".")
}

/// "Seven things", for the end of the sentence.
pub(super) fn things(count: usize) -> String {
    const WORDS: [&str; 13] = [
        "Nothing",
        "One thing",
        "Two",
        "Three",
        "Four",
        "Five",
        "Six",
        "Seven",
        "Eight",
        "Nine",
        "Ten",
        "Eleven",
        "Twelve",
    ];
    match (count, WORDS.get(count)) {
        (0 | 1, Some(words)) => (*words).to_owned(),
        (_, Some(word)) => format!("{word} things"),
        (_, None) => format!("{count} things"),
    }
}

/// The sentence while something is open.
#[component]
pub(super) fn LedeWords(
    /// Its pieces.
    lede: Lede,
    /// How many things need somebody.
    needs: usize,
) -> impl IntoView {
    let (before, time, after) = lede.customers;
    let verb = if needs == 1 {
        " needs somebody."
    } else {
        " need somebody."
    };
    view! {
        <h1>
            <span>
                {lede.what}" "
                {lede.command.map(|(number, words)| view! { <a href=format!("/incidents/{number}")>{words}</a> })}
            </span>
            " "
            <span>
                {before}
                {time.map(|(state, words)| view! { " "<b class=emphasis(state)>{words}</b> })}
                {after}
                {(needs > 0).then(|| view! { " "<a href="#needs-h">{things(needs)}</a>{verb} })}
            </span>
        </h1>
    }
}

fn emphasis(state: ClockState) -> &'static str {
    match state {
        ClockState::Over => "over",
        ClockState::Due => "due",
        ClockState::Fresh | ClockState::Quiet => "",
    }
}

/// The sentence while nothing is open.
#[component]
pub(super) fn CalmWords(
    /// The last incident, its tag, and how long ago it was over.
    last: Option<(Number, String, String)>,
) -> impl IntoView {
    view! {
        <h1>
            <span>"Nothing is open."</span>
            " "
            <span>
                {match last {
                    Some((number, tag, ago)) => {
                        view! { "The last incident was "<a href=format!("/incidents/{number}")>{tag}</a>", "{ago}"." }.into_any()
                    }
                    None => "No incident has been declared yet.".into_any(),
                }}
            </span>
        </h1>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::example::{at, directory, incident};
    use domain::incident::LastWord;

    fn words(incident: &Summary, me: &str, minutes: i64) -> String {
        let lede = lede(incident, &directory(), &PersonId::new(me), at(minutes));
        let (before, time, after) = lede.customers;
        let time = time
            .map(|(_, words)| format!(" {words}"))
            .unwrap_or_default();
        let command = lede.command.map(|(_, words)| words).unwrap_or_default();
        format!("{} {command} {before}{time}{after}", lede.what)
    }

    fn told(mut incident: Summary, state: PublicState, next_by: Option<i64>) -> Summary {
        incident.last_word = Some(LastWord {
            at: at(10),
            state,
            next_by: next_by.map(at),
        });
        incident
    }

    #[test]
    fn the_sentence_says_who_commands_and_when_customers_hear() {
        let sev1 = || incident(142, "API failing", Severity::Sev1);
        let cases = [
            (
                words(&told(sev1(), PublicState::Identified, Some(25)), "bo", 22),
                "SEV 1 in progress. Ines Alder is in command. Customers hear from us in 3 min.",
            ),
            (
                words(&told(sev1(), PublicState::Identified, Some(25)), "ines", 31),
                "SEV 1 in progress. You are in command. Customers should have heard from us 6 min ago.",
            ),
            (
                words(&sev1(), "bo", 4),
                "SEV 1 in progress. Ines Alder is in command. Customers know nothing yet; the first word is due in 6 min.",
            ),
            (
                words(&sev1(), "bo", 16),
                "SEV 1 in progress. Ines Alder is in command. Customers know nothing; the first word is overdue by 6 min.",
            ),
            (
                words(&told(sev1(), PublicState::Resolved, None), "bo", 16),
                "SEV 1 in progress. Ines Alder is in command. Customers were told that it is over.",
            ),
        ];
        for (said, expected) in cases {
            assert_eq!(said, expected);
        }
    }

    #[test]
    fn a_drill_is_called_one() {
        let mut drill = incident(3, "Exercise", Severity::Sev1);
        drill.kind = Kind::Drill;
        assert_eq!(
            words(&drill, "bo", 4),
            "A drill is in progress. Ines Alder is in command. Customers do not hear of a drill."
        );
    }

    #[test]
    fn small_numbers_are_words() {
        assert_eq!(things(1), "One thing");
        assert_eq!(things(7), "Seven things");
        assert_eq!(things(300), "300 things");
    }
}

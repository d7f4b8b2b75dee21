//! What a clock says: its value and its second line, in words. The same for the board, the strip and the announcements.

use domain::clock::{Clock, ClockKind, ClockState};
use domain::directory::Directory;
use domain::incident::Summary;
use domain::time::{Time, length, short};
use domain::{PersonId, PublicState, Role};

/// A clock ready to show. It compares equal until its words change, so that a `Memo` of it moves the page only then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    /// Gives the icon and the colour.
    pub state: ClockState,
    /// "Due in 3 min", "Nothing published".
    pub value: String,
    /// The part of the promise already used, 0 to 100; nothing where nothing is promised.
    pub used: Option<u8>,
    /// "Told 12 min ago: Identified".
    pub sub: String,
}

impl Face {
    /// Puts a clock of an incident into words. `me` is the reader: their own name gets a "you".
    pub fn of(
        clock: &Clock,
        incident: &Summary,
        directory: &Directory,
        me: &PersonId,
        now: Time,
    ) -> Self {
        let (value, sub) = match clock.kind {
            ClockKind::Command => command(clock, incident, directory, me, now),
            ClockKind::Customers => customers(clock, incident, now),
            ClockKind::Sitrep => sitrep(clock, incident, now),
            ClockKind::Severity => (
                clock.words(now).unwrap_or_default(),
                format!("not set for {}", length(now - clock.since)),
            ),
        };
        let put_off = incident
            .snoozed(clock.kind)
            .filter(|until| clock.state == ClockState::Over && now < *until);
        Self {
            state: clock.state,
            value,
            used: clock.due_at.map(|_| clock.used),
            sub: match put_off {
                Some(until) => format!("{sub}, put off until {}", short(until, now)),
                None => sub,
            },
        }
    }
}

fn command(
    clock: &Clock,
    incident: &Summary,
    directory: &Directory,
    me: &PersonId,
    now: Time,
) -> (String, String) {
    let ic = incident.role(&Role::Ic).map(|holder| &holder.person);
    let name = ic.map_or_else(|| "Nobody".to_owned(), |id| directory.name(id));
    let value = if ic == Some(me) {
        format!("{name}, you")
    } else {
        name
    };
    let so_far = length(now - clock.since);
    let sub = match clock.due_at {
        Some(due) => format!("{so_far} of {}", length(due - clock.since)),
        None => format!("for {so_far}"),
    };
    (value, sub)
}

fn customers(clock: &Clock, incident: &Summary, now: Time) -> (String, String) {
    let ago = || format!("{} ago", length(now - clock.since));
    match (&incident.last_word, incident.silent_since, clock.words(now)) {
        (Some(word), _, None) if word.state == PublicState::Resolved => {
            ("Told: resolved".to_owned(), ago())
        }
        // Its own age and not the clock's: after a reopening the clock runs from there.
        (Some(word), _, Some(promise)) => {
            let ago = length(now - word.at);
            (promise, format!("Told {ago} ago: {}", word.state.label()))
        }
        (Some(word), _, None) => (format!("Told {}", ago()), word.state.label().to_owned()),
        (None, Some(_), _) => (
            "Not told, on purpose".to_owned(),
            format!("Decided {}", ago()),
        ),
        (None, None, Some(promise)) => match (clock.state, clock.due_at) {
            (ClockState::Fresh, Some(due)) => (
                "Nothing published".to_owned(),
                format!("Decide by {}, in {}", short(due, now), length(due - now)),
            ),
            _ => (promise, "Nothing published".to_owned()),
        },
        (None, None, None) => (
            "Nothing published".to_owned(),
            "Nothing promised".to_owned(),
        ),
    }
}

fn sitrep(clock: &Clock, incident: &Summary, now: Time) -> (String, String) {
    let ago = || format!("{} ago", length(now - clock.since));
    match (&incident.last_sitrep, clock.words(now)) {
        (Some(last), Some(promise)) => (promise, format!("Sitrep {}, {}", last.version, ago())),
        (Some(last), None) => (format!("Sitrep {}", last.version), ago()),
        (None, Some(promise)) => (promise, "None sent yet".to_owned()),
        (None, None) => ("None sent yet".to_owned(), "None promised".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::example;
    use domain::Severity;
    use domain::clock::clocks;
    use domain::incident::{LastSitrep, LastWord};

    fn face(incident: &Summary, kind: ClockKind, now: Time) -> (ClockState, String, String) {
        let directory = example::directory();
        let clock = clocks(incident, &directory.settings.promises, now)
            .into_iter()
            .find(|clock| clock.kind == kind)
            .expect("the clock runs");
        let face = Face::of(&clock, incident, &directory, &PersonId::new("ines"), now);
        (face.state, face.value, face.sub)
    }

    fn owned(state: ClockState, value: &str, sub: &str) -> (ClockState, String, String) {
        (state, value.to_owned(), sub.to_owned())
    }

    #[test]
    fn before_the_first_word_the_clock_says_until_when_to_decide() {
        let incident = example::incident(142, "API failing", Severity::Unset);
        let cases = [
            (
                2,
                owned(
                    ClockState::Fresh,
                    "Nothing published",
                    "Decide by 14:15, in 13 min",
                ),
            ),
            (
                12,
                owned(ClockState::Due, "Due in 3 min", "Nothing published"),
            ),
            (
                19,
                owned(ClockState::Over, "Overdue by 4 min", "Nothing published"),
            ),
        ];
        for (minutes, expected) in cases {
            assert_eq!(
                face(&incident, ClockKind::Customers, example::at(minutes)),
                expected
            );
        }
    }

    #[test]
    fn after_a_word_it_says_what_they_were_told_and_when_they_hear_next() {
        let mut incident = example::incident(142, "API failing", Severity::Sev1);
        incident.last_word = Some(LastWord {
            at: example::at(10),
            state: PublicState::Identified,
            next_by: Some(example::at(25)),
        });
        assert_eq!(
            face(&incident, ClockKind::Customers, example::at(22)),
            owned(
                ClockState::Due,
                "Due in 3 min",
                "Told 12 min ago: Identified"
            )
        );
        incident.severity = Severity::Sev4;
        if let Some(word) = &mut incident.last_word {
            word.next_by = None;
        }
        assert_eq!(
            face(&incident, ClockKind::Customers, example::at(22)),
            owned(ClockState::Quiet, "Told 12 min ago", "Identified")
        );
    }

    #[test]
    fn a_decision_not_to_tell_is_said() {
        let mut incident = example::incident(142, "API failing", Severity::Sev3);
        incident.silent_since = Some(example::at(4));
        assert_eq!(
            face(&incident, ClockKind::Customers, example::at(9)),
            owned(
                ClockState::Quiet,
                "Not told, on purpose",
                "Decided 5 min ago"
            )
        );
    }

    #[test]
    fn command_names_who_and_how_long_of_what_is_healthy() {
        let incident = example::incident(142, "API failing", Severity::Sev1);
        assert_eq!(
            face(&incident, ClockKind::Command, example::at(51)),
            owned(ClockState::Fresh, "Ines Alder, you", "51 min of 2 h")
        );
    }

    #[test]
    fn a_sitrep_names_its_number() {
        let mut incident = example::incident(142, "API failing", Severity::Sev1);
        assert_eq!(
            face(&incident, ClockKind::Sitrep, example::at(2)),
            owned(ClockState::Fresh, "Due in 28 min", "None sent yet")
        );
        incident.last_sitrep = Some(LastSitrep {
            version: 4,
            at: example::at(10),
            next_by: None,
            headline: None,
        });
        assert_eq!(
            face(&incident, ClockKind::Sitrep, example::at(21)),
            owned(ClockState::Fresh, "Due in 19 min", "Sitrep 4, 11 min ago")
        );
    }
}

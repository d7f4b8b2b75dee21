//! What the composer offers while a slash command is typed: commands first, then what can stand behind them.

use domain::directory::Directory;
use domain::incident::HELP;
use domain::{Phase, Severity};

/// The most that is offered at once; more would cover the room.
const MOST: usize = 16;

/// Something to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// How it is written: "/sev 1", "@bo".
    pub form: String,
    /// What it is.
    pub about: String,
    /// The whole line after it was chosen.
    pub line: String,
}

/// What can stand where the writer is. Nothing for a plain note.
pub fn suggestions(typed: &str, directory: &Directory) -> Vec<Suggestion> {
    if !typed.starts_with('/') || typed.starts_with("//") || typed.contains('\n') {
        return Vec::new();
    }
    let mut found = match typed.rsplit_once(char::is_whitespace) {
        None => commands(typed),
        Some((before, last)) => match (before.trim_end(), last) {
            (before, last) if last.starts_with('@') => people(before, last, directory),
            ("/sev" | "/severity", last) => severities(last),
            ("/phase", last) => phases(last),
            _ => Vec::new(),
        },
    };
    found.truncate(MOST);
    // A single choice that is written out already is no choice.
    if let [only] = found.as_slice()
        && only.line.trim_end() == typed.trim_end()
    {
        return Vec::new();
    }
    found
}

fn commands(typed: &str) -> Vec<Suggestion> {
    let all = "/help".starts_with(typed);
    HELP.iter()
        .filter(|(form, _)| all || form.starts_with(typed))
        .map(|(form, about)| {
            let word = form.split(' ').next().unwrap_or(form);
            let space = if form.contains(' ') { " " } else { "" };
            Suggestion {
                form: (*form).to_owned(),
                about: (*about).to_owned(),
                line: format!("{word}{space}"),
            }
        })
        .collect()
}

fn people(before: &str, last: &str, directory: &Directory) -> Vec<Suggestion> {
    let wanted = last.trim_start_matches('@').to_lowercase();
    let people = directory.people.iter().filter(|p| p.active && !p.service);
    people
        .filter(|p| {
            let mut words = p.name.split(' ').map(str::to_lowercase);
            p.handle.starts_with(&wanted) || words.any(|word| word.starts_with(&wanted))
        })
        .map(|person| Suggestion {
            form: format!("@{}", person.handle),
            about: person.name.clone(),
            line: format!("{before} @{} ", person.handle),
        })
        .collect()
}

fn severities(last: &str) -> Vec<Suggestion> {
    Severity::CHOICES
        .into_iter()
        .map(|severity| (severity.as_str().trim_start_matches("sev"), severity))
        .filter(|(number, _)| number.starts_with(last))
        .map(|(number, severity)| Suggestion {
            form: format!("/sev {number}"),
            about: severity.meaning().to_owned(),
            line: format!("/sev {number}"),
        })
        .collect()
}

fn phases(last: &str) -> Vec<Suggestion> {
    [
        Phase::Assess,
        Phase::Mitigate,
        Phase::Watch,
        Phase::Followup,
    ]
    .into_iter()
    .filter(|phase| phase.as_str().starts_with(&last.to_lowercase()))
    .map(|phase| Suggestion {
        form: format!("/phase {}", phase.as_str()),
        about: phase.label().to_owned(),
        line: format!("/phase {}", phase.as_str()),
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::example;

    fn lines(typed: &str) -> Vec<String> {
        let found = suggestions(typed, &example::directory());
        found.into_iter().map(|s| s.line).collect()
    }

    #[test]
    fn a_slash_offers_everything_and_letters_narrow_it() {
        assert_eq!(lines("/").len(), HELP.len());
        assert_eq!(lines("/help").len(), HELP.len());
        assert_eq!(lines("/se"), ["/sev "]);
        assert_eq!(lines("/le"), ["/lead ", "/leave"]);
    }

    #[test]
    fn what_can_stand_behind_a_command_is_offered_too() {
        assert_eq!(
            lines("/comms @"),
            ["/comms @ines ", "/comms @bo ", "/comms @rae "]
        );
        assert_eq!(
            lines("/comms @al"),
            ["/comms @ines "],
            "by the last name too"
        );
        assert_eq!(lines("/sev "), ["/sev 1", "/sev 2", "/sev 3", "/sev 4"]);
        assert_eq!(lines("/phase w"), ["/phase watch"]);
    }

    #[test]
    fn a_note_and_a_finished_line_offer_nothing() {
        for typed in [
            "",
            "hello @bo",
            "//var",
            "/sev 1",
            "/leave",
            "/nonsense",
            "/at 14:05 db is back",
        ] {
            assert_eq!(lines(typed), Vec::<String>::new(), "{typed}");
        }
    }
}

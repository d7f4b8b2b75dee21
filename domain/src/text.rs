//! What people type, made fit to keep. Every free text passes through here on its way into an event.
//!
//! Removed without a word, because nobody can see them and they only deceive or break: control characters (except line
//! breaks and tabs in longer texts) and the bidirectional overrides and isolates that can make a text read as another.
//! Right-to-left text itself stays as it is. Nothing else is changed; too long or empty is refused, never cut.

use crate::incident::Rejection;

/// Longest title, in characters.
pub const TITLE: usize = 200;
/// Longest single line other than a title: a headline, a link's name.
pub const LINE: usize = 300;
/// Longest e-mail address, in characters.
const ADDRESS: usize = 254;
/// Longest reason or note, in characters.
pub const NOTE: usize = 20_000;
/// Longest public message, in characters.
pub const MESSAGE: usize = 20_000;
/// Longest field of a sitrep, in characters.
pub const SITREP: usize = 200_000;

fn deceives(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// True for what leaves no mark on a screen: white space, controls, and what only joins, directs, fills or varies others.
fn is_unseen(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// True when a text shows nothing, however many characters it has.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(is_unseen)
}

/// A text of several lines: CRLF becomes LF, the ends are trimmed of white space.
pub fn clean(text: &str) -> String {
    let kept: String = text
        .replace("\r\n", "\n")
        .chars()
        .filter(|c| (!c.is_control() || matches!(c, '\n' | '\t')) && !deceives(*c))
        .collect();
    kept.trim_end().trim_start_matches('\n').to_owned()
}

/// A text of one line: line breaks and runs of white space become single spaces.
pub fn clean_line(text: &str) -> String {
    let kept: String = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !c.is_control() && !deceives(*c))
        .collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One line that must say something, at most `max` characters. `field` is its name on the wire.
pub fn required_line(field: &str, text: &str, max: usize) -> Result<String, Rejection> {
    within(field, required(field, clean_line(text))?, max)
}

/// Several lines that must say something, at most `max` characters.
pub fn required_text(field: &str, text: &str, max: usize) -> Result<String, Rejection> {
    within(field, required(field, clean(text))?, max)
}

/// Several lines that may be empty, at most `max` characters.
pub fn optional_text(field: &str, text: &str, max: usize) -> Result<String, Rejection> {
    within(field, clean(text), max)
}

/// One line that may be left out; blank counts as left out.
pub fn optional_line(
    field: &str,
    text: Option<&str>,
    max: usize,
) -> Result<Option<String>, Rejection> {
    let line = clean_line(text.unwrap_or_default());
    if is_blank(&line) {
        Ok(None)
    } else {
        within(field, line, max).map(Some)
    }
}

fn required(field: &str, text: String) -> Result<String, Rejection> {
    if is_blank(&text) {
        Err(Rejection::Missing {
            field: field.to_owned(),
        })
    } else {
        Ok(text)
    }
}

fn within(field: &str, text: String, max: usize) -> Result<String, Rejection> {
    // Counting bytes first keeps a text of several megabytes cheap to refuse.
    if text.len() > max && text.chars().count() > max {
        return Err(Rejection::TooLong {
            field: field.to_owned(),
            max,
        });
    }
    Ok(text)
}

/// An e-mail address, in lower case. No more is asked of it than every address has: whether it is one, only a letter tells.
pub fn address(field: &str, text: &str) -> Result<String, Rejection> {
    let address = required_line(field, text, ADDRESS)?.to_lowercase();
    let fits = address
        .split_once('@')
        .is_some_and(|(local, host)| !local.is_empty() && host.contains('.'));
    if fits && !address.contains(|c: char| c.is_whitespace() || "<>,;\"".contains(c)) {
        Ok(address)
    } else {
        Err(Rejection::Unreadable {
            words: format!("“{address}” is not an e-mail. Write name@example.com."),
            field: field.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_and_overrides_go_and_everything_else_stays() {
        assert_eq!(clean("a\u{0}b\u{1b}[31m\r\n\tc\u{202e}d"), "ab[31m\n\tcd");
        assert_eq!(clean_line(" API\n failing\u{7} "), "API failing");
        assert_eq!(clean_line("שלום \u{200f}world"), "שלום \u{200f}world");
    }

    #[test]
    fn a_text_that_nobody_can_see_is_none() {
        let unseen = "\u{200b}\u{200f} \u{2060}\u{feff}\u{ad}\u{3164}\u{fe0f}";
        let missing = |field: &str| {
            Err(Rejection::Missing {
                field: field.to_owned(),
            })
        };
        assert_eq!(required_line("title", unseen, TITLE), missing("title"));
        assert_eq!(required_text("reason", unseen, NOTE), missing("reason"));
        assert_eq!(optional_line("headline", Some(unseen), LINE), Ok(None));
        // Next to what is seen they stay: they shape it.
        for seen in ["שלום\u{200f}", "می\u{200c}خواهم", "❤\u{fe0f}", "."] {
            assert_eq!(required_line("title", seen, TITLE).as_deref(), Ok(seen));
        }
    }

    #[test]
    fn empty_and_too_long_are_refused_by_name() {
        assert_eq!(
            required_line("title", " \n ", TITLE),
            Err(Rejection::Missing {
                field: "title".to_owned()
            })
        );
        let long = "x".repeat(10_000);
        assert_eq!(
            required_line("title", &long, TITLE),
            Err(Rejection::TooLong {
                field: "title".to_owned(),
                max: TITLE
            })
        );
        assert_eq!(
            required_line("title", &"ü".repeat(TITLE), TITLE).map(|t| t.chars().count()),
            Ok(TITLE)
        );
    }
}

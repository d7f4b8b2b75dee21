//! Where a secret stands in a text, and the text without it.
//!
//! A secret is found as it was typed and as it is shown: whatever its letters' case, wherever lines break, and with the
//! marks of Markdown that nobody sees. What is put together from pieces elsewhere (`pass` in one note, `word` in the next)
//! nobody can find.

use crate::text;
use std::ops::Range;

/// What stands in place of what was blanked.
pub const BLANK: &str = "[redacted]";

/// The shortest secret that can be looked for, in characters. A shorter one stands in half of all words.
pub const SHORTEST: usize = 3;

/// Places of a secret in a text, as ranges of bytes, in order and apart. What was blanked before is none.
pub fn hits(text: &str, secret: &str) -> Vec<Range<usize>> {
    let wanted: Vec<char> = read(secret.trim(), 0, Reading::Written)
        .map(|(_, c)| c)
        .collect();
    let mut found = Vec::new();
    if wanted.is_empty() {
        return found;
    }
    let mut start = 0;
    for piece in text.split(BLANK) {
        for reading in [Reading::Written, Reading::Unescaped, Reading::Shown] {
            let (places, signs): (Vec<_>, Vec<_>) = read(piece, start, reading).unzip();
            find(&places, &signs, &wanted, &mut found);
        }
        start += piece.len() + BLANK.len();
    }
    apart(found)
}

/// A text with its hits blanked.
pub fn blanked(text: &str, hits: &[Range<usize>]) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for hit in hits {
        kept.push_str(&text[from..hit.start]);
        kept.push_str(BLANK);
        from = hit.end;
    }
    kept.push_str(&text[from..]);
    kept
}

/// How much of a text is passed over.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reading {
    /// Nothing.
    Written,
    /// The backslashes that take the meaning from a sign, and what leaves no mark on a screen.
    Unescaped,
    /// Also the signs that only change how text looks.
    Shown,
}

/// The signs of a text in lower case, white space as one space, each with the bytes it stands for.
fn read(
    text: &str,
    start: usize,
    reading: Reading,
) -> impl Iterator<Item = (Range<usize>, char)> + '_ {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (at, mut c) = chars.next()?;
            if reading > Reading::Written {
                let escapes = chars.peek().is_some_and(|(_, c)| c.is_ascii_punctuation());
                if c == '\\' && escapes {
                    c = chars.next()?.1;
                } else if (reading == Reading::Shown && matches!(c, '*' | '_' | '`' | '~'))
                    || (!c.is_whitespace() && text::is_blank(c.encode_utf8(&mut [0; 4])))
                {
                    continue;
                }
            }
            if c.is_whitespace() {
                while chars.next_if(|(_, c)| c.is_whitespace()).is_some() {}
                c = ' ';
            }
            let end = chars.peek().map_or(text.len(), |(next, _)| *next);
            return Some((start + at..start + end, c));
        }
    })
    .flat_map(|(place, c)| c.to_lowercase().map(move |c| (place.clone(), c)))
}

fn find(places: &[Range<usize>], signs: &[char], wanted: &[char], found: &mut Vec<Range<usize>>) {
    for (at, window) in signs.windows(wanted.len()).enumerate() {
        if window == wanted {
            found.push(places[at].start..places[at + wanted.len() - 1].end);
        }
    }
}

/// Hits that touch or overlap are one.
fn apart(mut found: Vec<Range<usize>>) -> Vec<Range<usize>> {
    found.sort_by_key(|hit| hit.start);
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(found.len());
    for hit in found {
        match apart.last_mut() {
            Some(last) if hit.start < last.end => last.end = last.end.max(hit.end),
            Some(_) | None => apart.push(hit),
        }
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(text: &str, secret: &str) -> String {
        blanked(text, &hits(text, secret))
    }

    #[test]
    fn a_secret_is_found_as_it_was_typed_and_as_it_is_shown() {
        for (text, secret, left) in [
            (
                "key abc123, again ABC123.",
                "abc123",
                "key [redacted], again [redacted].",
            ),
            ("one two\n  three", "two three", "one [redacted]"),
            (
                "hunter\\_2 and hunter_2",
                "hunter_2",
                "[redacted] and [redacted]",
            ),
            ("is pass**word**!", "password", "is [redacted]**!"),
            ("is `s3cr3t` so", "s3cr3t", "is `[redacted]` so"),
            ("zero\u{200b}width", "zerowidth", "[redacted]"),
            ("ends in abc\\", "abc\\", "ends in [redacted]"),
            ("abc\\!def", "abc\\", "[redacted]!def"),
            ("GRÜẞE İstanbul", "grüße i̇stanbul", "[redacted]"),
            ("aXaXa", "axa", "[redacted]"),
            ("障害の鍵です", "害の鍵", "障[redacted]です"),
            ("nothing here", "else", "nothing here"),
            ("nothing here", "  ", "nothing here"),
        ] {
            assert_eq!(without(text, secret), left, "{secret:?} in {text:?}");
        }
    }

    #[test]
    fn what_was_blanked_is_not_found_again() {
        let once = without("key abc123", "abc123");
        assert_eq!(hits(&once, "redacted"), Vec::new());
        assert_eq!(
            without("[redacted] and redacted", "redacted"),
            "[redacted] and [redacted]"
        );
    }
}

//! Words as people wrote them: names with hyphens stay on one line, words to check are marked.

use leptos::prelude::*;
use std::sync::Arc;

/// A hyphenated word longer than this may break: a name is shorter, and a narrow screen must not be pushed apart.
const NAME: usize = 28;

/// A stretch of text and how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece<'a> {
    Plain(&'a str),
    /// A host, a region: `db-eu-2` never breaks in the middle.
    Name(&'a str),
    /// A word that customers should perhaps not read.
    Marked(&'a str),
}

/// A text, to the letter, as it stands inside a paragraph.
#[component]
pub fn Words(
    /// The text.
    #[prop(into)]
    text: String,
    /// Words to mark, as the guard found them.
    #[prop(optional, into)]
    marks: Arc<[String]>,
) -> impl IntoView {
    let all = pieces(&text, &marks);
    // Most texts are one piece; a list of one would cost a marker each.
    if let [Piece::Plain(only)] = all.as_slice() {
        return (*only).to_owned().into_any();
    }
    all.into_iter()
        .map(|piece| match piece {
            Piece::Plain(text) => text.to_owned().into_any(),
            Piece::Name(text) => view! { <span class="nb">{text.to_owned()}</span> }.into_any(),
            Piece::Marked(text) => view! { <mark>{text.to_owned()}</mark> }.into_any(),
        })
        .collect_view()
        .into_any()
}

/// Cuts a text; the pieces joined are the text again.
fn pieces<'a>(text: &'a str, marks: &[String]) -> Vec<Piece<'a>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some((before, marked, after)) = first_mark(rest, marks) {
        names(before, &mut out);
        out.push(Piece::Marked(marked));
        rest = after;
    }
    names(rest, &mut out);
    out
}

/// The first marked word: what stands before it, itself, and what follows.
fn first_mark<'a>(text: &'a str, marks: &[String]) -> Option<(&'a str, &'a str, &'a str)> {
    let (at, len) = marks
        .iter()
        .filter(|mark| !mark.is_empty())
        .filter_map(|mark| text.find(mark.as_str()).map(|at| (at, mark.len())))
        .min_by_key(|(at, len)| (*at, std::cmp::Reverse(*len)))?;
    let (before, from) = text.split_at(at);
    let (marked, after) = from.split_at(len);
    Some((before, marked, after))
}

/// Sets hyphenated names apart from the rest.
fn names<'a>(text: &'a str, out: &mut Vec<Piece<'a>>) {
    let (mut plain, mut at) = (0, 0);
    for word in text.split_inclusive(char::is_whitespace) {
        let name = word.trim_matches(|c: char| !c.is_alphanumeric());
        if name.contains('-') && name.len() <= NAME {
            let lead = word.find(name).unwrap_or(0);
            let (from, to) = (at + lead, at + lead + name.len());
            if plain < from {
                out.push(Piece::Plain(&text[plain..from]));
            }
            out.push(Piece::Name(&text[from..to]));
            plain = to;
        }
        at += word.len();
    }
    if plain < text.len() {
        out.push(Piece::Plain(&text[plain..]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|piece| match piece {
                Piece::Plain(text) | Piece::Name(text) | Piece::Marked(text) => *text,
            })
            .collect()
    }

    #[test]
    fn a_name_with_hyphens_is_a_piece_of_its_own() {
        assert_eq!(
            pieces("Reads move to db-eu-2, again.", &[]),
            [
                Piece::Plain("Reads move to "),
                Piece::Name("db-eu-2"),
                Piece::Plain(", again.")
            ]
        );
        assert_eq!(pieces("a - b", &[]), [Piece::Plain("a - b")]);
        assert_eq!(pieces("", &[]), []);
    }

    #[test]
    fn a_word_to_check_is_marked_wherever_it_stands() {
        let marks = ["db-eu-2".to_owned()];
        assert_eq!(
            pieces("db-eu-2 and db-eu-2", &marks),
            [
                Piece::Marked("db-eu-2"),
                Piece::Plain(" and "),
                Piece::Marked("db-eu-2")
            ]
        );
    }

    #[test]
    fn no_letter_is_lost() {
        let marks = ["ü-1".to_owned(), "b".to_owned()];
        for text in ["", " - ", "-a-", "ü-1 b-ü\nx", "🧑‍🚒-a b", "((a-b))"] {
            assert_eq!(joined(&pieces(text, &marks)), text);
        }
    }
}

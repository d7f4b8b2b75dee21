//! Finding whole words in a text, upper and lower case alike.

use std::collections::HashSet;
use std::iter::repeat_n;
use std::ops::Range;

/// A text made ready to be searched for many words.
pub(super) struct Folded {
    lower: String,
    /// Where in the text the character stands that a byte of `lower` comes from; last the text's end. Characters may be
    /// longer or shorter in lower case ("İ", "ẞ").
    from: Vec<usize>,
    /// The single words, to know at once of most names that they are not there.
    words: HashSet<String>,
}

/// In lower case, character by character, so that a part of a text is folded as the whole is.
pub(super) fn fold(text: &str) -> String {
    text.chars().flat_map(fold_one).collect()
}

/// "İ" becomes "i" with a second dot, which would tell "İNCİ" from "İnci".
fn fold_one(c: char) -> impl Iterator<Item = char> {
    c.to_lowercase().filter(|c| *c != '\u{307}')
}

fn single_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

impl Folded {
    pub(super) fn new(text: &str) -> Self {
        let mut lower = String::with_capacity(text.len());
        let mut from = Vec::with_capacity(text.len() + 1);
        for (at, c) in text.char_indices() {
            for c in fold_one(c) {
                lower.push(c);
                from.extend(repeat_n(at, c.len_utf8()));
            }
        }
        from.push(text.len());
        let words = single_words(&lower).map(str::to_owned).collect();
        Self { lower, from, words }
    }

    /// Every place in the text where the wanted words stand whole, in order.
    pub(super) fn all(&self, wanted: &str) -> impl Iterator<Item = Range<usize>> {
        let wanted = fold(wanted.trim());
        let mut next = if single_words(&wanted).all(|word| self.words.contains(word)) {
            0
        } else {
            self.lower.len()
        };
        std::iter::from_fn(move || {
            let first = wanted.chars().next()?.len_utf8();
            loop {
                let at = next + self.lower.get(next..)?.find(&wanted)?;
                next = at + first;
                let end = at + wanted.len();
                if self.stands_whole(at, end) {
                    return Some(self.from[at]..self.from[end]);
                }
            }
        })
    }

    fn stands_whole(&self, at: usize, end: usize) -> bool {
        let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        is_edge(self.lower[..at].chars().next_back()) && is_edge(self.lower[end..].chars().next())
    }
}

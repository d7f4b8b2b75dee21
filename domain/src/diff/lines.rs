//! Which lines stayed and which only moved.

use std::collections::{HashMap, VecDeque};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::align::Ids;
use super::token::{Kind, tokens};

/// A line with fewer words that turns up elsewhere is more likely a coincidence ("Yes", "none", a
/// host's state under another host's name) than something that was moved, and is shown in full.
const MOVED_WORDS: usize = 3;

/// One line of a text.
pub(super) struct Line<'a> {
    /// Its letters, without the line end.
    pub content: &'a str,
    /// `\n`, `\r\n`, or nothing at the end of the text.
    pub end: &'a str,
    /// What became of it.
    pub fate: Fate,
    /// The same number means the same content, in both texts.
    id: usize,
}

/// What became of a line.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Not known yet: its words are to be compared.
    Compared,
    /// In both texts, at the same place among the others that stayed.
    Stayed,
    /// In both texts, at different places.
    Moved {
        /// Its line end is the same in both and went along.
        with_end: bool,
    },
}

/// Cuts both texts into lines and decides what became of each. The lines that stayed are as many, and
/// in the same order, on both sides.
pub(super) fn pair<'a>(old: &'a str, new: &'a str) -> (Vec<Line<'a>>, Vec<Line<'a>>) {
    let mut ids = Ids::default();
    let (mut old, mut new) = (lines(old, &mut ids), lines(new, &mut ids));
    find_stayed(&mut old, &mut new);
    find_moved(&mut old, &mut new);
    (old, new)
}

fn lines<'a>(text: &'a str, ids: &mut Ids<'a>) -> Vec<Line<'a>> {
    let cut = |line: &'a str| {
        let content = line.strip_suffix('\n').unwrap_or(line);
        let content = if content.len() < line.len() {
            content.strip_suffix('\r').unwrap_or(content)
        } else {
            content
        };
        let end = &line[content.len()..];
        Line {
            content,
            end,
            fate: Fate::Compared,
            id: ids.of(content),
        }
    };
    text.split_inclusive('\n').map(cut).collect()
}

fn has_words(line: &Line, at_least: usize) -> bool {
    let words = tokens(line.content).filter(|token| token.kind == Kind::Word);
    words.take(at_least).count() == at_least
}

/// Lines without a word are left to the words' comparison: an empty line is like every other and
/// would pair paragraphs that have nothing in common.
fn find_stayed(old: &mut [Line], new: &mut [Line]) {
    let worded = |lines: &[Line]| -> (Vec<usize>, Vec<usize>) {
        let lines = lines
            .iter()
            .enumerate()
            .filter(|(_, line)| has_words(line, 1));
        lines.map(|(at, line)| (at, line.id)).unzip()
    };
    let (old_at, old_ids) = worded(old);
    let (new_at, new_ids) = worded(new);
    for op in capture_diff_slices(Algorithm::Patience, &old_ids, &new_ids) {
        if let DiffOp::Equal {
            old_index,
            new_index,
            len,
        } = op
        {
            for n in 0..len {
                old[old_at[old_index + n]].fate = Fate::Stayed;
                new[new_at[new_index + n]].fate = Fate::Stayed;
            }
        }
    }
}

/// Finds the lines that are gone here and stand there.
fn find_moved(old: &mut [Line], new: &mut [Line]) {
    let is_free = |line: &Line| line.fate == Fate::Compared;
    let mut places: HashMap<usize, VecDeque<usize>> = HashMap::new();
    for (k, line) in new.iter().enumerate() {
        if is_free(line) && has_words(line, MOVED_WORDS) {
            places.entry(line.id).or_default().push_back(k);
        }
    }
    for start in 0..old.len() {
        if !is_free(&old[start]) {
            continue;
        }
        // Some of these places were taken meanwhile, by lines that followed another one.
        let Some(free) = places.get_mut(&old[start].id) else {
            continue;
        };
        let Some(place) = std::iter::from_fn(|| free.pop_front()).find(|&k| is_free(&new[k]))
        else {
            continue;
        };
        // A moved line takes along what follows it on both sides, however short: the empty line
        // behind a paragraph, the last word of a wrapped one.
        for (from, to) in old[start..].iter_mut().zip(&mut new[place..]) {
            if !(is_free(from) && is_free(to) && from.id == to.id) {
                break;
            }
            let fate = Fate::Moved {
                with_end: from.end == to.end,
            };
            (from.fate, to.fate) = (fate, fate);
        }
    }
}

//! Which pieces of the old text are which pieces of the new one.
//!
//! Lines first: equal lines are paired, lines that stand elsewhere in the other text are marked as
//! moved. Words are then compared only in the gaps that are left, where they are few.

use std::collections::{HashMap, VecDeque};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::token::{Kind, Token, tokens};

/// A line with fewer words that turns up elsewhere is more likely a coincidence ("Yes", "none", a
/// host's state under another host's name) than something that was moved, and is shown in full.
const MOVED_WORDS: usize = 3;

/// One text, cut up.
pub(super) struct Side<'a> {
    /// All pieces, in order.
    pub tokens: Vec<Token<'a>>,
    /// For each piece: it belongs to a line that only moved.
    pub moved: Vec<bool>,
    ids: Vec<u32>,
    lines: Vec<Line>,
}

/// A run of pieces that is the same in both texts.
#[derive(Clone, Copy)]
pub(super) struct Run {
    /// Index of its first piece in the old text.
    pub old: usize,
    /// Index of its first piece in the new text.
    pub new: usize,
    /// Number of pieces.
    pub len: usize,
}

/// What the comparison found.
pub(super) struct Alignment<'a> {
    pub old: Side<'a>,
    pub new: Side<'a>,
    /// What stayed, in the order of both texts.
    pub same: Vec<Run>,
}

struct Line {
    /// Pieces of the line, its end not included.
    start: usize,
    end: usize,
    /// The same number means the same letters.
    content: u32,
    words: usize,
}

/// Numbers equal strings alike, across both texts.
#[derive(Default)]
struct Ids<'a>(HashMap<&'a str, u32>);

impl<'a> Ids<'a> {
    fn of(&mut self, text: &'a str) -> u32 {
        let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        *self.0.entry(text).or_insert(next)
    }
}

/// Compares two texts.
pub(super) fn align<'a>(old: &'a str, new: &'a str) -> Alignment<'a> {
    let (mut pieces, mut contents) = (Ids::default(), Ids::default());
    let mut old = side(old, &mut pieces, &mut contents);
    let mut new = side(new, &mut pieces, &mut contents);
    let pairs = equal_lines(&old, &new);
    mark_moved(&mut old, &mut new, &pairs);

    let mut same = Vec::new();
    let (mut old_from, mut new_from) = (0, 0);
    for (i, k) in pairs {
        let (old_line, new_line) = (&old.lines[i], &new.lines[k]);
        gap(
            &old,
            old_from..old_line.start,
            &new,
            new_from..new_line.start,
            &mut same,
        );
        same.push(Run {
            old: old_line.start,
            new: new_line.start,
            len: old_line.end - old_line.start,
        });
        (old_from, new_from) = (old_line.end, new_line.end);
    }
    gap(
        &old,
        old_from..old.tokens.len(),
        &new,
        new_from..new.tokens.len(),
        &mut same,
    );
    Alignment { old, new, same }
}

fn side<'a>(text: &'a str, pieces: &mut Ids<'a>, contents: &mut Ids<'a>) -> Side<'a> {
    let tokens: Vec<_> = tokens(text).collect();
    let ids = tokens.iter().map(|token| pieces.of(token.text)).collect();
    let mut lines = Vec::new();
    let (mut start, mut words, mut byte, mut line_byte) = (0, 0, 0, 0);
    for (at, token) in tokens.iter().enumerate() {
        if token.kind == Kind::Break {
            let content = contents.of(&text[line_byte..byte]);
            lines.push(Line {
                start,
                end: at,
                content,
                words,
            });
            (start, words, line_byte) = (at + 1, 0, byte + token.text.len());
        } else if token.kind == Kind::Word {
            words += 1;
        }
        byte += token.text.len();
    }
    if start < tokens.len() {
        let content = contents.of(&text[line_byte..]);
        lines.push(Line {
            start,
            end: tokens.len(),
            content,
            words,
        });
    }
    Side {
        moved: vec![false; tokens.len()],
        tokens,
        ids,
        lines,
    }
}

/// Pairs of line numbers that stay, rising on both sides. Lines without a word are left to the words'
/// comparison: an empty line is like every other and would pair paragraphs that have nothing in common.
fn equal_lines(old: &Side, new: &Side) -> Vec<(usize, usize)> {
    let worded = |side: &Side| -> (Vec<usize>, Vec<u32>) {
        let lines = side.lines.iter().enumerate();
        lines
            .filter(|(_, line)| line.words > 0)
            .map(|(at, line)| (at, line.content))
            .unzip()
    };
    let (old_at, old_ids) = worded(old);
    let (new_at, new_ids) = worded(new);
    let mut pairs = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, &old_ids, &new_ids) {
        if let DiffOp::Equal {
            old_index,
            new_index,
            len,
        } = op
        {
            pairs.extend((0..len).map(|n| (old_at[old_index + n], new_at[new_index + n])));
        }
    }
    pairs
}

/// Finds the lines that are gone here and stand there, and marks their pieces on both sides.
fn mark_moved(old: &mut Side, new: &mut Side, pairs: &[(usize, usize)]) {
    let mut old_free = vec![true; old.lines.len()];
    let mut new_free = vec![true; new.lines.len()];
    for &(i, k) in pairs {
        (old_free[i], new_free[k]) = (false, false);
    }
    let mut places: HashMap<u32, VecDeque<usize>> = HashMap::new();
    for (k, line) in new.lines.iter().enumerate() {
        if new_free[k] && line.words >= MOVED_WORDS {
            places.entry(line.content).or_default().push_back(k);
        }
    }
    for start in 0..old.lines.len() {
        if !old_free[start] || old.lines[start].words < MOVED_WORDS {
            continue;
        }
        let place = places.get_mut(&old.lines[start].content);
        let Some(mut k) = place.and_then(|free| {
            while free.front().is_some_and(|&k| !new_free[k]) {
                free.pop_front();
            }
            free.pop_front()
        }) else {
            continue;
        };
        // A moved line takes along what follows it on both sides, however short: the empty line
        // behind a paragraph, the last word of a wrapped one.
        let mut i = start;
        loop {
            (old_free[i], new_free[k]) = (false, false);
            mark_line(old, i, new, k);
            (i, k) = (i + 1, k + 1);
            let goes_on = i < old.lines.len()
                && k < new.lines.len()
                && old_free[i]
                && new_free[k]
                && old.lines[i].content == new.lines[k].content;
            if !goes_on {
                break;
            }
        }
    }
}

fn mark_line(old: &mut Side, i: usize, new: &mut Side, k: usize) {
    let (from, to) = (&old.lines[i], &new.lines[k]);
    // The line's end goes along only where both have the same one.
    let (old_end, new_end) = (old.ids.get(from.end), new.ids.get(to.end));
    let ends = usize::from(old_end.is_some() && old_end == new_end);
    old.moved[from.start..from.end + ends].fill(true);
    new.moved[to.start..to.end + ends].fill(true);
}

/// Compares the words between two equal lines. Spaces take no part: they are everywhere, and pairing
/// them would tear sentences apart; what stands between two paired words is settled afterwards.
fn gap(
    old: &Side,
    old_range: std::ops::Range<usize>,
    new: &Side,
    new_range: std::ops::Range<usize>,
    same: &mut Vec<Run>,
) {
    let compared = |side: &Side, range: std::ops::Range<usize>| -> (Vec<usize>, Vec<u32>) {
        range
            .filter(|&at| !side.moved[at] && side.tokens[at].kind != Kind::Space)
            .map(|at| (at, side.ids[at]))
            .unzip()
    };
    if old_range.is_empty() || new_range.is_empty() {
        return;
    }
    let (old_at, old_ids) = compared(old, old_range);
    let (new_at, new_ids) = compared(new, new_range);
    for op in capture_diff_slices(Algorithm::Patience, &old_ids, &new_ids) {
        if let DiffOp::Equal {
            old_index,
            new_index,
            len,
        } = op
        {
            same.extend((0..len).map(|n| Run {
                old: old_at[old_index + n],
                new: new_at[new_index + n],
                len: 1,
            }));
        }
    }
}

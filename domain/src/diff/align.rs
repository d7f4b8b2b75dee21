//! Which pieces of the old text are which pieces of the new one.
//!
//! Lines first: equal lines are paired, lines that stand elsewhere in the other text are marked as
//! moved, and neither is looked into any further. Only the lines that are left are cut into words,
//! and only those are compared word by word.

use std::collections::HashMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::lines::{Fate, Line, pair};
use super::token::{Kind, Token, tokens};

/// What the comparison found.
pub(super) struct Alignment<'a> {
    pub old: Side<'a>,
    pub new: Side<'a>,
    /// Pieces that stayed, as (index in the old text, index in the new one), in the order of both.
    pub same: Vec<(usize, usize)>,
}

/// One text, cut up as far as was needed: a line that stayed or moved is one piece.
pub(super) struct Side<'a> {
    /// All pieces, in order and without gaps.
    pub tokens: Vec<Token<'a>>,
    /// For each piece: it belongs to a line that only moved.
    pub moved: Vec<bool>,
    /// For each line that stayed: the index of its piece.
    stayed: Vec<usize>,
}

/// Numbers equal strings alike, across both texts.
#[derive(Default)]
pub(super) struct Ids<'a>(HashMap<&'a str, usize>);

impl<'a> Ids<'a> {
    pub(super) fn of(&mut self, text: &'a str) -> usize {
        let next = self.0.len();
        *self.0.entry(text).or_insert(next)
    }
}

/// Compares two texts.
pub(super) fn align<'a>(old: &'a str, new: &'a str) -> Alignment<'a> {
    let (old, new) = pair(old, new);
    let (old, new) = (cut(&old), cut(&new));
    let mut ids = Ids::default();
    let mut same = Vec::new();
    let (mut old_from, mut new_from) = (0, 0);
    for (&o, &n) in old.stayed.iter().zip(&new.stayed) {
        gap(
            &mut ids,
            (&old, old_from..o),
            (&new, new_from..n),
            &mut same,
        );
        same.push((o, n));
        (old_from, new_from) = (o + 1, n + 1);
    }
    let (old_rest, new_rest) = (old_from..old.tokens.len(), new_from..new.tokens.len());
    gap(&mut ids, (&old, old_rest), (&new, new_rest), &mut same);
    Alignment { old, new, same }
}

fn cut<'a>(lines: &[Line<'a>]) -> Side<'a> {
    let mut side = Side {
        tokens: Vec::new(),
        moved: Vec::new(),
        stayed: Vec::new(),
    };
    for line in lines {
        let whole = Token {
            kind: Kind::Word,
            text: line.content,
        };
        let (moved, end_moved) = match line.fate {
            Fate::Compared => {
                side.tokens.extend(tokens(line.content));
                (false, false)
            }
            Fate::Stayed => {
                side.stayed.push(side.tokens.len());
                side.tokens.push(whole);
                (false, false)
            }
            Fate::Moved { with_end } => {
                side.tokens
                    .extend((!line.content.is_empty()).then_some(whole));
                (true, with_end)
            }
        };
        side.moved.resize(side.tokens.len(), moved);
        side.tokens.extend((!line.end.is_empty()).then_some(Token {
            kind: Kind::Break,
            text: line.end,
        }));
        side.moved.resize(side.tokens.len(), end_moved);
    }
    side
}

/// Compares the words between two lines that stayed. Spaces take no part: they are everywhere, and
/// pairing them would tear sentences apart; what stands between two paired words is settled later.
fn gap<'a>(
    ids: &mut Ids<'a>,
    (old, old_range): (&Side<'a>, Range<usize>),
    (new, new_range): (&Side<'a>, Range<usize>),
    same: &mut Vec<(usize, usize)>,
) {
    // The line end between two lines that stayed needs no comparing.
    if old_range.len() < 2 && new_range.len() < 2 {
        return;
    }
    let mut compared = |side: &Side<'a>, range: Range<usize>| -> (Vec<usize>, Vec<usize>) {
        range
            .filter(|&at| !side.moved[at] && side.tokens[at].kind != Kind::Space)
            .map(|at| (at, ids.of(side.tokens[at].text)))
            .unzip()
    };
    let (old_at, old_ids) = compared(old, old_range);
    let (new_at, new_ids) = compared(new, new_range);
    for op in capture_diff_slices(Algorithm::Patience, &old_ids, &new_ids) {
        if let DiffOp::Equal {
            old_index,
            new_index,
            len,
        } = op
        {
            same.extend((0..len).map(|n| (old_at[old_index + n], new_at[new_index + n])));
        }
    }
}

//! From what stayed to the steps a reader sees.

use std::ops::Range;

use super::align::{Alignment, Side, align};
use super::token::{Kind, tokens};
use super::{Op, OpKind};

/// Changes with at most this many unchanged words between them are shown as one: single words that
/// happen to be the same in a rewritten sentence help nobody.
const JOINED_WORDS: usize = 2;

/// A stretch of both texts, in bytes. The stretches follow each other without gaps, so that whatever
/// is joined or split here, both texts stay whole.
struct Stretch {
    kind: StretchKind,
    old: Range<usize>,
    new: Range<usize>,
    /// A word was inserted or deleted (not only punctuation or spaces).
    has_words: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum StretchKind {
    Same,
    Changed,
    MovedAway,
    MovedHere,
}

/// The steps from the old text to the new one.
pub(super) fn ops(old: &str, new: &str) -> Vec<Op> {
    if old == new {
        return Vec::from_iter(op(OpKind::Equal, old, false));
    }
    let stretches = Writer::new(&align(old, new)).finish();
    let mut ops = Vec::with_capacity(stretches.len() * 2);
    for Stretch {
        kind,
        old: from,
        new: to,
        ..
    } in join(stretches, old)
    {
        match kind {
            StretchKind::Same => ops.extend(op(OpKind::Equal, &new[to], false)),
            StretchKind::Changed => {
                ops.extend(op(OpKind::Delete, &old[from], false));
                ops.extend(op(OpKind::Insert, &new[to], false));
            }
            StretchKind::MovedAway => ops.extend(op(OpKind::Delete, &old[from], true)),
            StretchKind::MovedHere => ops.extend(op(OpKind::Insert, &new[to], true)),
        }
    }
    ops
}

fn op(op: OpKind, text: &str, moved: bool) -> Option<Op> {
    (!text.is_empty()).then(|| Op {
        op,
        text: text.to_owned(),
        moved,
    })
}

/// Walks through both texts at once and writes down the stretches.
struct Writer<'a> {
    found: &'a Alignment<'a>,
    old: Cursor,
    new: Cursor,
    out: Vec<Stretch>,
}

/// A place in one text.
#[derive(Clone, Copy, Default)]
struct Cursor {
    token: usize,
    byte: usize,
}

impl<'a> Writer<'a> {
    fn new(found: &'a Alignment<'a>) -> Self {
        Self {
            found,
            old: Cursor::default(),
            new: Cursor::default(),
            out: Vec::new(),
        }
    }

    fn finish(mut self) -> Vec<Stretch> {
        for &(old, new) in &self.found.same {
            self.gap(old, new);
            self.same(1);
        }
        self.gap(self.found.old.tokens.len(), self.found.new.tokens.len());
        self.out
    }

    /// Everything up to two paired pieces: equal pieces at either edge stay, the rest changed.
    fn gap(&mut self, old_end: usize, new_end: usize) {
        let (old, new) = (&self.found.old, &self.found.new);
        let alike = |o: usize, n: usize| {
            !old.moved[o] && !new.moved[n] && old.tokens[o].text == new.tokens[n].text
        };
        let room = (old_end - self.old.token).min(new_end - self.new.token);
        let ahead = (0..room)
            .take_while(|&n| alike(self.old.token + n, self.new.token + n))
            .count();
        let behind = (0..room - ahead)
            .take_while(|&n| alike(old_end - 1 - n, new_end - 1 - n))
            .count();
        self.same(ahead);
        let (old_end, new_end) = (old_end - behind, new_end - behind);
        while self.old.token < old_end || self.new.token < new_end {
            self.take(StretchKind::Changed, |moved| !moved, old_end, new_end);
            self.take(
                StretchKind::MovedAway,
                |moved| moved,
                old_end,
                self.new.token,
            );
            self.take(
                StretchKind::MovedHere,
                |moved| moved,
                self.old.token,
                new_end,
            );
        }
        self.same(behind);
    }

    fn same(&mut self, len: usize) {
        let (old_end, new_end) = (self.old.token + len, self.new.token + len);
        self.take(StretchKind::Same, |_| true, old_end, new_end);
    }

    /// Writes the pieces up to the given ends, as far as they are of the wanted sort.
    fn take(
        &mut self,
        kind: StretchKind,
        wanted: impl Fn(bool) -> bool,
        old_end: usize,
        new_end: usize,
    ) {
        let (old_range, old_words) = self.old.advance(&self.found.old, old_end, &wanted);
        let (new_range, new_words) = self.new.advance(&self.found.new, new_end, &wanted);
        if old_range.is_empty() && new_range.is_empty() {
            return;
        }
        let has_words = old_words || new_words;
        match self.out.last_mut() {
            Some(last) if last.kind == kind => {
                last.old.end = old_range.end;
                last.new.end = new_range.end;
                last.has_words |= has_words;
            }
            _ => self.out.push(Stretch {
                kind,
                old: old_range,
                new: new_range,
                has_words,
            }),
        }
    }
}

impl Cursor {
    /// Moves on while the pieces are wanted; returns the bytes passed and whether a word was in them.
    fn advance(
        &mut self,
        side: &Side,
        end: usize,
        wanted: impl Fn(bool) -> bool,
    ) -> (Range<usize>, bool) {
        let start = self.byte;
        let mut has_words = false;
        while self.token < end && wanted(side.moved[self.token]) {
            let token = side.tokens[self.token];
            has_words |= token.kind == Kind::Word;
            self.byte += token.text.len();
            self.token += 1;
        }
        (start..self.byte, has_words)
    }
}

/// Joins neighbouring changes of words. Changes of punctuation or spaces alone are left as they are:
/// joined, they would make the words between them look changed. No change reaches across a line end.
fn join(stretches: Vec<Stretch>, old: &str) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::with_capacity(stretches.len());
    for next in stretches {
        if let [.., first, between] = out.as_mut_slice()
            && changes_words(first)
            && changes_words(&next)
            && between.kind == StretchKind::Same
            && is_short(&old[between.old.clone()])
        {
            first.old.end = next.old.end;
            first.new.end = next.new.end;
            out.pop();
        } else {
            out.push(next);
        }
    }
    out
}

fn changes_words(stretch: &Stretch) -> bool {
    stretch.kind == StretchKind::Changed && stretch.has_words
}

fn is_short(between: &str) -> bool {
    let mut words = 0;
    tokens(between).all(|token| {
        words += usize::from(token.kind == Kind::Word);
        words <= JOINED_WORDS && token.kind != Kind::Break
    })
}

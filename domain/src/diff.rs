//! What changed between two texts, word by word.
//!
//! A sitrep is prose that is sent again and again with a few words altered, so the question is never
//! "which lines differ" but "which words are new". [`words`] answers it for one text, [`sitreps`] for
//! two whole sitreps with a one-line summary.
//!
//! How it is done: lines that are the same on both sides are paired first, lines that only moved are
//! set aside, and words are compared in what is left. That keeps two texts of 100 kB below a frame or
//! two, and it keeps a paragraph that merely changed its place from drowning the real news.
//!
//! What always holds, for any two texts whatever: joining the `equal` and `insert` operations gives
//! the new text to the letter, and joining `equal` and `delete` gives the old one.
//!
//! Nothing here reads a clock (`similar` can stop at a deadline, which panics in the browser).

mod align;
mod lines;
mod script;
mod sitrep;
mod token;

use serde::{Deserialize, Serialize};

pub use sitrep::sitreps;
pub(crate) use token::joins_previous;

/// The comparison of two versions of a sitrep.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Diff {
    /// Version compared from.
    pub from: i64,
    /// Version compared to.
    pub to: i64,
    /// One line for lists and e-mail: "Situation +21 −13, impact +6 −2, needs new".
    pub summary: String,
    /// Every field of either version, those of the newer one first and in its order.
    pub fields: Vec<FieldDiff>,
}

/// The comparison of one text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldDiff {
    /// The field's name, as given.
    pub field: String,
    /// Whether the two texts differ at all, be it by a space.
    pub changed: bool,
    /// Words inserted, without those that only moved.
    pub added: usize,
    /// Words deleted, without those that only moved.
    pub removed: usize,
    /// The steps from the old text to the new one, in reading order.
    pub ops: Vec<Op>,
}

/// One step from the old text to the new one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Op {
    /// What happens to the text.
    pub op: OpKind,
    /// The text: never empty, and never cut inside a word.
    pub text: String,
    /// The same lines stand elsewhere in the other text: a deletion and an insertion that belong
    /// together. Worth a quiet mark at most; not part of the counts.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub moved: bool,
}

/// The kind of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OpKind {
    /// In both texts.
    Equal,
    /// Only in the new text.
    Insert,
    /// Only in the old text.
    Delete,
}

/// Compares two versions of one text, word by word.
pub fn words(field: &str, old: &str, new: &str) -> FieldDiff {
    let ops = script::ops(old, new);
    let count = |kind| {
        let changed = ops.iter().filter(|op| op.op == kind && !op.moved);
        changed.map(|op| token::count_words(&op.text)).sum()
    };
    FieldDiff {
        field: field.to_owned(),
        changed: old != new,
        added: count(OpKind::Insert),
        removed: count(OpKind::Delete),
        ops,
    }
}

impl FieldDiff {
    /// The texts differ, but no word does and nothing moved: punctuation, spaces, line ends.
    /// "Changed since you last read" leaves such a field unmarked. Punctuation *inside* a word
    /// (1.5 and 15, db-eu-2 and db-eu2) makes another word and is not meant.
    pub fn is_punctuation_only(&self) -> bool {
        self.changed && self.has_no_new_words() && !self.ops.iter().any(|op| op.moved)
    }

    /// The texts differ only in the order of their lines (and perhaps in punctuation).
    pub fn is_reordered_only(&self) -> bool {
        self.has_no_new_words() && self.ops.iter().any(|op| op.moved)
    }

    fn has_no_new_words(&self) -> bool {
        self.added == 0 && self.removed == 0
    }
}

/// How much of the new text was not in the old one: from 0 (nothing) to 1 (every word).
///
/// Above 0.6 the war room shows "new text" instead of underlining nearly everything.
/// Words that only moved are not new, and a text without words has none that are.
pub fn share_new(diff: &FieldDiff) -> f32 {
    let of_new = diff.ops.iter().filter(|op| op.op != OpKind::Delete);
    let total: usize = of_new.map(|op| token::count_words(&op.text)).sum();
    if total == 0 {
        return 0.0;
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "a share for display; texts have far fewer than 2^23 words"
    )]
    let share = diff.added as f32 / total as f32;
    share
}

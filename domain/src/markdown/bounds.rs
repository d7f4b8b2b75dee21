//! How much is too much.

/// The longest text that is read as Markdown, in bytes. A sitrep's field holds 200,000 characters.
const BYTES: usize = 1_000_000;
/// The most nodes one text may become: a cell, an entry, a word in bold are one each.
const NODES: usize = 50_000;
/// The most steps the parser may spend on walking through open containers; see [`too_heavy`].
const STEPS: usize = 4_000_000;

/// A text became more nodes than a screen can bear.
#[derive(Debug)]
pub(super) struct TooMany;

/// Counts nodes up to the limit.
#[derive(Default)]
pub(super) struct Nodes(usize);

impl Nodes {
    /// One more.
    pub(super) fn add(&mut self) -> Result<(), TooMany> {
        self.0 += 1;
        if self.0 > NODES { Err(TooMany) } else { Ok(()) }
    }
}

/// Whether reading the text as Markdown would take too long.
///
/// The parser walks through every open quotation and list for every line, so that 50 kB of `>` and
/// 25,000 lines behind it take seconds. What a line begins with bounds how many containers it opens.
pub(super) fn too_heavy(source: &str) -> bool {
    let mut lines: usize = 0;
    let mut deepest = 0;
    for line in source.split(['\n', '\r']) {
        lines += 1;
        deepest = deepest.max(columns_before_text(line));
    }
    source.len() > BYTES || lines.saturating_mul(deepest) > STEPS
}

fn columns_before_text(line: &str) -> usize {
    line.bytes()
        .take_while(|b| {
            matches!(
                b,
                b' ' | b'\t' | b'>' | b'-' | b'+' | b'*' | b'.' | b')' | b'0'..=b'9'
            )
        })
        .map(|b| if b == b'\t' { 4 } else { 1 })
        .sum()
}

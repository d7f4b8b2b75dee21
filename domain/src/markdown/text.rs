//! Markdown without its marks: for subjects of e-mails, lists, titles.

use super::{Block, Inline, parse};
use crate::diff::joins_previous;

/// The words of a Markdown text, one block a line. Of a link the text stays, of a table its cells
/// with `|` between them, and an entry of a task list keeps its `[x]`.
pub fn plain(source: &str) -> String {
    let mut out = String::new();
    write_blocks(&parse(source), &mut out);
    out.truncate(out.trim_end().len());
    out
}

/// The beginning of a Markdown text on one line, at most `max_chars` characters long. What is too long
/// ends with "…" behind a whole word (or within a word that is too long by itself).
pub fn excerpt(source: &str, max_chars: usize) -> String {
    let line = plain(source)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    // The byte behind the last character that fits beside the ellipsis.
    let Some(room) = max_chars.checked_sub(1) else {
        return String::new();
    };
    if line.chars().nth(max_chars).is_none() {
        return line;
    }
    let mut end = line
        .char_indices()
        .nth(room)
        .map_or(line.len(), |(at, _)| at);
    if !line[end..].starts_with(' ') {
        match line[..end].rfind(' ') {
            Some(space) => end = space,
            None => {
                while line[end..].starts_with(joins_previous) && end > 0 {
                    end -= line[..end].chars().next_back().map_or(0, char::len_utf8);
                }
            }
        }
    }
    format!("{}…", line[..end].trim_end())
}

fn write_blocks(blocks: &[Block], out: &mut String) {
    for block in blocks {
        match block {
            Block::Paragraph(content) | Block::Text(content) | Block::Heading { content, .. } => {
                write_inlines(content, out);
            }
            Block::Quote(content) => write_blocks(content, out),
            Block::Code { text, .. } => out.push_str(text.trim_end()),
            Block::List { items, .. } => {
                for item in items {
                    match item.task {
                        Some(true) => out.push_str("[x] "),
                        Some(false) => out.push_str("[ ] "),
                        None => {}
                    }
                    write_blocks(&item.content, out);
                }
            }
            Block::Table { head, rows, .. } => {
                for row in std::iter::once(head).chain(rows) {
                    for (at, cell) in row.iter().enumerate() {
                        out.push_str(if at == 0 { "" } else { " | " });
                        write_inlines(cell, out);
                    }
                    out.push('\n');
                }
            }
            Block::Rule => {}
        }
        if !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
    }
}

/// The words of a line. A line end counts as a space only where the author did not insist.
pub(super) fn write_inlines(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::Emphasis(content)
            | Inline::Strong(content)
            | Inline::Strikethrough(content)
            | Inline::Link { content, .. } => write_inlines(content, out),
            Inline::SoftBreak => out.push(' '),
            Inline::LineBreak => out.push('\n'),
        }
    }
}

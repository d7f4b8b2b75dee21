//! Writing a tree down so that a test reads like the screen, and walking through it.

use domain::markdown::{Align, Block, Inline, parse};

/// The tree in one line. This is notation for tests: nothing is escaped.
pub fn shown(source: &str) -> String {
    blocks(&parse(source))
}

fn blocks(all: &[Block]) -> String {
    all.iter().map(block).collect()
}

fn block(block: &Block) -> String {
    match block {
        Block::Paragraph(content) => format!("p[{}]", inlines(content)),
        Block::Text(content) => format!("[{}]", inlines(content)),
        Block::Heading { level, content } => format!("h{level}[{}]", inlines(content)),
        Block::Quote(content) => format!("quote[{}]", blocks(content)),
        Block::Code { language, text } => {
            format!(
                "code{}[{text}]",
                language
                    .as_deref()
                    .map(|name| format!(":{name}"))
                    .unwrap_or_default()
            )
        }
        Block::List { start, items } => {
            let mut entries = String::new();
            for item in items {
                entries += match item.task {
                    Some(true) => "☑",
                    Some(false) => "☐",
                    None => "•",
                };
                entries += &blocks(&item.content);
            }
            format!(
                "list{}[{entries}]",
                start.map(|start| start.to_string()).unwrap_or_default()
            )
        }
        Block::Table {
            alignment,
            head,
            rows,
        } => {
            let alignment: String = alignment
                .iter()
                .map(|align| match align {
                    Align::Auto => 'a',
                    Align::Left => 'l',
                    Align::Center => 'c',
                    Align::Right => 'r',
                })
                .collect();
            let row = |cells: &Vec<Vec<Inline>>| {
                cells
                    .iter()
                    .map(|cell| inlines(cell))
                    .collect::<Vec<_>>()
                    .join("|")
            };
            let rows: Vec<String> = rows.iter().map(row).collect();
            format!("table:{alignment}[{}/{}]", row(head), rows.join("/"))
        }
        Block::Rule => "rule".to_owned(),
    }
}

fn inlines(all: &[Inline]) -> String {
    all.iter()
        .map(|inline| match inline {
            Inline::Text(text) => text.clone(),
            Inline::Code(text) => format!("code[{text}]"),
            Inline::Emphasis(content) => format!("em[{}]", inlines(content)),
            Inline::Strong(content) => format!("strong[{}]", inlines(content)),
            Inline::Strikethrough(content) => format!("strike[{}]", inlines(content)),
            Inline::Link { href, content } => {
                format!("link:{}[{}]", href.as_str(), inlines(content))
            }
            Inline::SoftBreak => "⏎".to_owned(),
            Inline::LineBreak => "⏎⏎".to_owned(),
        })
        .collect()
}

/// What a walk through a tree finds.
#[derive(Default, Debug)]
pub struct Found {
    /// Addresses of links.
    pub links: Vec<String>,
    /// All words, code included.
    pub words: String,
    /// Links inside links.
    pub nested_links: usize,
    /// The deepest nesting.
    pub depth: usize,
    /// All nodes.
    pub nodes: usize,
}

/// Walks through the tree of a text.
pub fn found(source: &str) -> Found {
    let mut found = Found::default();
    walk_blocks(&parse(source), 1, &mut found);
    found
}

fn walk_blocks(all: &[Block], depth: usize, found: &mut Found) {
    for block in all {
        found.nodes += 1;
        found.depth = found.depth.max(depth);
        match block {
            Block::Paragraph(content) | Block::Text(content) | Block::Heading { content, .. } => {
                walk_inlines(content, depth + 1, false, found);
            }
            Block::Quote(content) => walk_blocks(content, depth + 1, found),
            Block::Code { text, .. } => found.words.push_str(text),
            Block::List { items, .. } => {
                for item in items {
                    walk_blocks(&item.content, depth + 2, found);
                }
            }
            Block::Table { head, rows, .. } => {
                for cell in std::iter::once(head).chain(rows).flatten() {
                    found.nodes += 1;
                    walk_inlines(cell, depth + 3, false, found);
                }
            }
            Block::Rule => {}
        }
    }
}

fn walk_inlines(all: &[Inline], depth: usize, in_link: bool, found: &mut Found) {
    for inline in all {
        found.nodes += 1;
        found.depth = found.depth.max(depth);
        match inline {
            Inline::Text(text) | Inline::Code(text) => found.words.push_str(text),
            Inline::Emphasis(content)
            | Inline::Strong(content)
            | Inline::Strikethrough(content) => {
                walk_inlines(content, depth + 1, in_link, found);
            }
            Inline::Link { href, content } => {
                found.links.push(href.as_str().to_owned());
                found.nested_links += usize::from(in_link);
                walk_inlines(content, depth + 1, true, found);
            }
            Inline::SoftBreak | Inline::LineBreak => found.words.push('\n'),
        }
    }
}

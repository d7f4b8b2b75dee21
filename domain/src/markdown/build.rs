//! From the parser's events to the tree.

mod link;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, Tag};

use super::bounds::{Nodes, TooMany};
use super::clean::clean;
use super::linkify::linkify;
use super::{Align, Block, Cell, Inline, Item};

/// Quotations, lists and entries open at once; what is deeper is flattened.
const BLOCK_DEPTH: usize = 32;
/// The same with what is stressed or linked within a line.
const INLINE_DEPTH: usize = 40;

/// The tree of a text.
pub(super) fn blocks<'a>(events: impl Iterator<Item = Event<'a>>) -> Result<Vec<Block>, TooMany> {
    let mut builder = Builder::default();
    builder.frames.push(Frame::new(Kind::Container));
    for event in events {
        builder.event(event)?;
    }
    builder.end_text()?;
    Ok(builder
        .frames
        .pop()
        .map(|root| root.blocks)
        .unwrap_or_default())
}

#[derive(Default)]
struct Builder {
    /// What is open and becomes a node, outermost first.
    frames: Vec<Frame>,
    /// For everything that is open, whether it has a frame; without one its content goes to what is
    /// around it.
    open: Vec<bool>,
    nodes: Nodes,
}

/// A node in the making.
struct Frame {
    kind: Kind,
    blocks: Vec<Block>,
    inlines: Vec<Inline>,
    text: String,
}

enum Kind {
    /// The whole text.
    Container,
    Quote,
    List {
        start: Option<u64>,
        items: Vec<Item>,
    },
    Item {
        task: Option<bool>,
    },
    Paragraph,
    Heading(u8),
    Code {
        language: Option<String>,
    },
    Html,
    Table {
        alignment: Vec<Align>,
        head: Vec<Cell>,
        rows: Vec<Vec<Cell>>,
    },
    Head(Vec<Cell>),
    Row(Vec<Cell>),
    Cell,
    Emphasis,
    Strong,
    Strikethrough,
    Link(String),
    Image(String),
}

impl Frame {
    fn new(kind: Kind) -> Self {
        Self {
            kind,
            blocks: Vec::new(),
            inlines: Vec::new(),
            text: String::new(),
        }
    }
}

impl Builder {
    fn event(&mut self, event: Event) -> Result<(), TooMany> {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(_) => self.end(),
            Event::Text(text)
            | Event::Html(text)
            | Event::InlineHtml(text)
            // The extensions behind these three are not switched on.
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::FootnoteReference(text) => self.text(&clean(&text)),
            Event::Code(text) => self.inline(Inline::Code(clean(&text))),
            Event::SoftBreak => self.inline(Inline::SoftBreak),
            Event::HardBreak => self.inline(Inline::LineBreak),
            Event::Rule => self.block(Block::Rule),
            Event::TaskListMarker(done) => self.task(done),
        }
    }

    fn start(&mut self, tag: Tag) -> Result<(), TooMany> {
        let depth = self.frames.len();
        let kind = match tag {
            Tag::Paragraph => Some(Kind::Paragraph),
            Tag::Heading { level, .. } => Some(Kind::Heading(level as u8)),
            Tag::CodeBlock(kind) => Some(Kind::Code {
                language: language(&kind),
            }),
            Tag::HtmlBlock => Some(Kind::Html),
            Tag::BlockQuote(_) => (depth < BLOCK_DEPTH).then_some(Kind::Quote),
            Tag::List(start) => (depth < BLOCK_DEPTH).then_some(Kind::List {
                start,
                items: Vec::new(),
            }),
            Tag::Item => self.in_list().then_some(Kind::Item { task: None }),
            Tag::Table(columns) => Some(Kind::Table {
                alignment: columns.into_iter().map(align).collect(),
                head: Vec::new(),
                rows: Vec::new(),
            }),
            Tag::TableHead => Some(Kind::Head(Vec::new())),
            Tag::TableRow => Some(Kind::Row(Vec::new())),
            Tag::TableCell => Some(Kind::Cell),
            Tag::Emphasis => (depth < INLINE_DEPTH).then_some(Kind::Emphasis),
            Tag::Strong => (depth < INLINE_DEPTH).then_some(Kind::Strong),
            Tag::Strikethrough => (depth < INLINE_DEPTH).then_some(Kind::Strikethrough),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => {
                let scheme = if link_type == LinkType::Email {
                    "mailto:"
                } else {
                    ""
                };
                (!self.in_link()).then(|| Kind::Link(format!("{scheme}{dest_url}")))
            }
            Tag::Image { dest_url, .. } => {
                (depth < INLINE_DEPTH).then(|| Kind::Image(dest_url.into_string()))
            }
            // The extensions behind these are not switched on; their content would stay.
            Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => None,
        };
        self.open.push(kind.is_some());
        match kind {
            Some(kind) => self.frames.push(Frame::new(kind)),
            // What is flattened must not run together with what stands before it.
            None if self.takes_blocks() => self.end_text()?,
            None => {}
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), TooMany> {
        if self.takes_blocks() {
            self.end_text()?;
        }
        if self.open.pop() != Some(true) {
            return Ok(());
        }
        let Some(Frame {
            kind,
            blocks,
            inlines,
            text,
        }) = self.frames.pop()
        else {
            return Ok(());
        };
        match kind {
            Kind::Container | Kind::Quote => self.block(Block::Quote(blocks)),
            Kind::List { start, items } => self.block(Block::List { start, items }),
            Kind::Item { task } => self.item(Item {
                task,
                content: blocks,
            }),
            Kind::Paragraph => self.block(Block::Paragraph(linkify(inlines))),
            Kind::Heading(level) => self.block(Block::Heading {
                level,
                content: linkify(inlines),
            }),
            Kind::Code { language } => self.block(Block::Code { language, text }),
            Kind::Html => self.block(Block::Paragraph(lines(&text))),
            Kind::Table {
                alignment,
                head,
                rows,
            } => self.block(Block::Table {
                alignment,
                head,
                rows,
            }),
            Kind::Head(cells) => self.row(cells, true),
            Kind::Row(cells) => self.row(cells, false),
            Kind::Cell => self.cell(linkify(inlines)),
            Kind::Emphasis => self.nested(Inline::Emphasis, inlines),
            Kind::Strong => self.nested(Inline::Strong, inlines),
            Kind::Strikethrough => self.nested(Inline::Strikethrough, inlines),
            Kind::Link(address) => self.link(&address, inlines),
            Kind::Image(address) => self.image(&address, &inlines),
        }
    }

    fn nested(
        &mut self,
        node: fn(Vec<Inline>) -> Inline,
        content: Vec<Inline>,
    ) -> Result<(), TooMany> {
        let content = if self.in_link() {
            content
        } else {
            linkify(content)
        };
        self.inline(node(content))
    }

    /// Words: for the code or HTML that is open, or for the line.
    fn text(&mut self, text: &str) -> Result<(), TooMany> {
        let Some(top) = self.frames.last_mut() else {
            return Ok(());
        };
        if matches!(top.kind, Kind::Code { .. } | Kind::Html) {
            top.text.push_str(text);
        } else if let Some(Inline::Text(last)) = top.inlines.last_mut() {
            last.push_str(text);
        } else if !text.is_empty() {
            return self.inline(Inline::Text(text.to_owned()));
        }
        Ok(())
    }

    fn inline(&mut self, inline: Inline) -> Result<(), TooMany> {
        self.nodes.add()?;
        if let Some(top) = self.frames.last_mut() {
            top.inlines.push(inline);
        }
        Ok(())
    }

    fn block(&mut self, block: Block) -> Result<(), TooMany> {
        self.end_text()?;
        self.nodes.add()?;
        if let Some(top) = self.frames.last_mut() {
            top.blocks.push(block);
        }
        Ok(())
    }

    /// Words that stand directly among blocks become a block of their own.
    fn end_text(&mut self) -> Result<(), TooMany> {
        let Some(top) = self.frames.last_mut() else {
            return Ok(());
        };
        if !top.inlines.is_empty() {
            self.nodes.add()?;
            let words = linkify(std::mem::take(&mut top.inlines));
            top.blocks.push(Block::Text(words));
        }
        Ok(())
    }

    fn item(&mut self, item: Item) -> Result<(), TooMany> {
        self.nodes.add()?;
        if let Some(Frame {
            kind: Kind::List { items, .. },
            ..
        }) = self.frames.last_mut()
        {
            items.push(item);
        }
        Ok(())
    }

    fn cell(&mut self, cell: Cell) -> Result<(), TooMany> {
        self.nodes.add()?;
        if let Some(Frame {
            kind: Kind::Head(cells) | Kind::Row(cells),
            ..
        }) = self.frames.last_mut()
        {
            cells.push(cell);
        }
        Ok(())
    }

    fn row(&mut self, cells: Vec<Cell>, is_head: bool) -> Result<(), TooMany> {
        self.nodes.add()?;
        if let Some(Frame {
            kind: Kind::Table { head, rows, .. },
            ..
        }) = self.frames.last_mut()
        {
            if is_head {
                *head = cells;
            } else {
                rows.push(cells);
            }
        }
        Ok(())
    }

    /// The box of a task belongs to the entry around it, be there a paragraph between or not.
    fn task(&mut self, done: bool) -> Result<(), TooMany> {
        let mut around = self.frames.iter_mut().rev().take(2);
        let item = around.find_map(|frame| {
            if let Kind::Item { task } = &mut frame.kind {
                Some(task)
            } else {
                None
            }
        });
        match item {
            Some(task) => {
                *task = Some(done);
                Ok(())
            }
            None => self.text(if done { "[x] " } else { "[ ] " }),
        }
    }

    fn takes_blocks(&self) -> bool {
        self.frames.last().is_some_and(|top| {
            matches!(top.kind, Kind::Container | Kind::Quote | Kind::Item { .. })
        })
    }

    fn in_list(&self) -> bool {
        self.frames
            .last()
            .is_some_and(|top| matches!(top.kind, Kind::List { .. }))
    }

    fn in_link(&self) -> bool {
        let mut kinds = self.frames.iter().map(|frame| &frame.kind);
        kinds.any(|kind| matches!(kind, Kind::Link(_) | Kind::Image(_)))
    }
}

fn align(column: Alignment) -> Align {
    match column {
        Alignment::None => Align::Auto,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::Right,
    }
}

/// The first word behind the fence, if it can be a language's name.
fn language(kind: &CodeBlockKind) -> Option<String> {
    let CodeBlockKind::Fenced(info) = kind else {
        return None;
    };
    let name = info.split([' ', ',', '\t', '{']).next().unwrap_or_default();
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '#' | '.' | '_');
    (!name.is_empty() && name.len() <= 30 && name.chars().all(fits)).then(|| name.to_owned())
}

/// HTML as it was written, with its line ends.
fn lines(html: &str) -> Vec<Inline> {
    let mut out = Vec::new();
    for line in html.trim_end().split('\n') {
        if !out.is_empty() {
            out.push(Inline::LineBreak);
        }
        out.push(Inline::Text(line.to_owned()));
    }
    out
}

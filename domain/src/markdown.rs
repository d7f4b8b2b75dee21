//! Markdown as a tree that is safe by its type: there is no node that could carry HTML, load anything
//! or lead to an address that was not checked. Screens turn these nodes into elements; nobody ever
//! turns them into a string of HTML.
//!
//! Understood: `CommonMark`, tables, ~~strikethrough~~, task lists, and plain `https://…` addresses.
//!
//! What happens to the rest, so that the reader always sees what was written:
//! - **HTML** is text like any other: `<b>` shows as `<b>`.
//! - **Links** lead to `http`, `https`, `mailto`, `tel`, `/a/path/here` or `#a-place` (see [`Href`]).
//!   Of any other link the text stays and the address is written behind it in brackets.
//! - **Images** are never loaded. They become a link "image: …" to the picture.
//! - **Control characters, bidirectional overrides and isolates** (U+202A–U+202E, U+2066–U+2069) are
//!   removed, also those written as entities: nobody can see them, and they make one text read as
//!   another. Right-to-left text needs none of them. Tabs and line ends in code stay.
//! - **Titles** of links (shown by some browsers on hovering) are dropped.
//! - **Nesting** beyond about fifteen levels is flattened: the words stay, the indentation ends.
//! - **Texts that are too large or built to be slow** (see [`parse`]) are shown as written, in one
//!   preformatted block.

mod bounds;
mod build;
mod clean;
mod href;
mod linkify;
mod text;

pub use href::Href;
pub use text::{excerpt, plain};

use pulldown_cmark::{Options, Parser};

/// A block of text, from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// Words with no paragraph around them: what a list item holds when its list is tight.
    Text(Vec<Inline>),
    /// A heading. The level is the author's, 1 to 6; a screen moves it below its own headings.
    Heading {
        /// 1 to 6.
        level: u8,
        /// The words.
        content: Vec<Inline>,
    },
    /// A quotation.
    Quote(Vec<Block>),
    /// Preformatted text.
    Code {
        /// The language named behind the fence, if it looks like one (`rust`, `c++`).
        language: Option<String>,
        /// The text with its line ends.
        text: String,
    },
    /// A list.
    List {
        /// The first number of a numbered list; `None` for bullets.
        start: Option<u64>,
        /// The entries.
        items: Vec<Item>,
    },
    /// A table.
    Table {
        /// One for each column.
        alignment: Vec<Align>,
        /// The cells of the first line.
        head: Vec<Cell>,
        /// The other lines; each has as many cells as the head.
        rows: Vec<Vec<Cell>>,
    },
    /// A line across.
    Rule,
}

/// An entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// For an entry of a task list: whether it is done.
    pub task: Option<bool>,
    /// What it says.
    pub content: Vec<Block>,
}

/// A cell of a table.
pub type Cell = Vec<Inline>;

/// How a column of a table is aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// As the screen likes.
    Auto,
    /// To the left.
    Left,
    /// Centred.
    Center,
    /// To the right.
    Right,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Words.
    Text(String),
    /// Code within a line.
    Code(String),
    /// Stressed.
    Emphasis(Vec<Inline>),
    /// Strongly stressed.
    Strong(Vec<Inline>),
    /// Struck through.
    Strikethrough(Vec<Inline>),
    /// A link. Never stands inside another one.
    Link {
        /// Where it leads.
        href: Href,
        /// What it says.
        content: Vec<Inline>,
    },
    /// The author went to a new line without meaning much by it.
    SoftBreak,
    /// The author wants a new line here.
    LineBreak,
}

/// Reads Markdown. Never fails: any text is Markdown of some sort.
///
/// The time grows with the length only. Texts beyond 1 MB, with more than 50,000 nodes, or built so
/// that the parser would grow quadratic (a quotation thousands of levels deep) come back as one
/// [`Block::Code`] with the text as it was written.
pub fn parse(source: &str) -> Vec<Block> {
    if bounds::too_heavy(source) {
        return as_written(source);
    }
    let known = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    build::blocks(Parser::new_ext(source, known)).unwrap_or_else(|_| as_written(source))
}

fn as_written(source: &str) -> Vec<Block> {
    vec![Block::Code {
        language: None,
        text: clean::clean(source),
    }]
}

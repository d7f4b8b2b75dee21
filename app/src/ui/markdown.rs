//! Markdown as people see it: the safe nodes of `domain::markdown` as elements, with the words that are new to the reader
//! underlined where wanted. No string of HTML is ever made.

use crate::ui::Words;
use domain::diff::{self, FieldDiff, OpKind};
use domain::markdown::{Align, Block, Cell, Href, Inline, Item, parse};
use leptos::prelude::*;
use std::collections::VecDeque;

/// A text as Markdown. Headings in it come below those of the screen.
#[component]
pub fn Markdown(
    /// What was written.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let blocks = parse(&text);
    view! { <div class="prose">{all(&blocks, &mut Marks::none())}</div> }
}

/// A short text as it stands in a line after a name: one paragraph goes on in the line, more come below.
#[component]
pub fn Said(
    /// What was written.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let blocks = parse(&text);
    match blocks.as_slice() {
        [Block::Paragraph(line)] => inlines(line, &mut Marks::none()),
        blocks => view! { <div class="prose">{all(blocks, &mut Marks::none())}</div> }.into_any(),
    }
}

/// A text with what is new against an older one underlined.
#[component]
pub fn MarkdownNews(
    /// What the reader knows.
    #[prop(into)]
    old: String,
    /// What was written since.
    #[prop(into)]
    new: String,
) -> impl IntoView {
    let blocks = parse(&new);
    let mut marks = Marks::between(&parse(&old), &blocks);
    view! { <div class="prose">{all(&blocks, &mut marks)}</div> }
}

/// A stretch of one leaf, and whether it is new.
type Stretch = (bool, String);

/// What is new, leaf by leaf in the order of reading; empty when nothing is to be marked.
struct Marks(VecDeque<Vec<Stretch>>);

impl Marks {
    fn none() -> Self {
        Self(VecDeque::new())
    }

    /// Compares what is seen, not what was typed: a list that became a paragraph says nothing new.
    fn between(old: &[Block], new: &[Block]) -> Self {
        let (old, _) = seen(old);
        let (new, leaves) = seen(new);
        let inserted = inserted(&diff::words("", &old, &new));
        Self(
            leaves
                .into_iter()
                .map(|(from, to)| cut(&new, from, to, &inserted))
                .collect(),
        )
    }

    /// The next leaf. `text` is what it says, for when nothing is marked.
    fn take(&mut self, text: &str) -> AnyView {
        match self.0.pop_front() {
            Some(stretches) => stretches
                .into_iter()
                .map(|(new, text)| {
                    let words = view! { <Words text=text/> };
                    if new {
                        view! { <ins>{words}</ins> }.into_any()
                    } else {
                        words.into_any()
                    }
                })
                .collect_view()
                .into_any(),
            None => view! { <Words text=text/> }.into_any(),
        }
    }
}

/// Where the new text has words that the old one had not, in bytes of the new text.
fn inserted(diff: &FieldDiff) -> Vec<(usize, usize)> {
    let mut at = 0;
    let mut found = Vec::new();
    for op in diff.ops.iter().filter(|op| op.op != OpKind::Delete) {
        let end = at + op.text.len();
        if op.op == OpKind::Insert && !op.moved && op.text.contains(char::is_alphanumeric) {
            let lead = op.text.len() - op.text.trim_start().len();
            let trail = op.text.len() - op.text.trim_end().len();
            found.push((at + lead, end - trail));
        }
        at = end;
    }
    found
}

/// Cuts one leaf where news begin and end.
fn cut(whole: &str, from: usize, to: usize, inserted: &[(usize, usize)]) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    let mut at = from;
    let mut push = |new: bool, from: usize, to: usize| {
        if let Some(text) = whole.get(from..to).filter(|text| !text.is_empty()) {
            stretches.push((new, text.to_owned()));
        }
    };
    for &(start, end) in inserted {
        let (start, end) = (start.max(at), end.min(to));
        if start < end {
            push(false, at, start);
            push(true, start, end);
            at = end;
        }
    }
    push(false, at, to);
    stretches
}

/// The words as they are seen, blocks on lines of their own, and where each leaf lies in them, in the order in which the
/// views are made.
fn seen(blocks: &[Block]) -> (String, Vec<(usize, usize)>) {
    let mut seen = Seen::default();
    seen.blocks(blocks);
    (seen.text, seen.leaves)
}

#[derive(Default)]
struct Seen {
    text: String,
    leaves: Vec<(usize, usize)>,
}

impl Seen {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(line)
                | Block::Text(line)
                | Block::Heading { content: line, .. } => {
                    self.line(line);
                }
                Block::Quote(inside) => self.blocks(inside),
                Block::Code { text, .. } => {
                    self.leaf(text);
                    self.text.push('\n');
                }
                Block::List { items, .. } => {
                    for item in items {
                        self.blocks(&item.content);
                    }
                }
                Block::Table { head, rows, .. } => {
                    let cells = head.iter().chain(rows.iter().flatten());
                    for cell in cells {
                        self.line(cell);
                    }
                }
                Block::Rule => {}
            }
        }
    }

    fn line(&mut self, line: &[Inline]) {
        self.inlines(line);
        self.text.push('\n');
    }

    fn inlines(&mut self, line: &[Inline]) {
        for inline in line {
            match inline {
                Inline::Text(text) | Inline::Code(text) => self.leaf(text),
                Inline::Emphasis(inside)
                | Inline::Strong(inside)
                | Inline::Strikethrough(inside)
                | Inline::Link {
                    content: inside, ..
                } => self.inlines(inside),
                Inline::SoftBreak | Inline::LineBreak => self.text.push('\n'),
            }
        }
    }

    fn leaf(&mut self, text: &str) {
        let from = self.text.len();
        self.text.push_str(text);
        self.leaves.push((from, self.text.len()));
    }
}

fn all(blocks: &[Block], marks: &mut Marks) -> AnyView {
    let views: Vec<AnyView> = blocks.iter().map(|block| one(block, marks)).collect();
    views.into_any()
}

fn one(block: &Block, marks: &mut Marks) -> AnyView {
    match block {
        Block::Paragraph(line) => view! { <p>{inlines(line, marks)}</p> }.into_any(),
        Block::Text(line) => inlines(line, marks),
        // One level for all of them: whatever the author chose, the order of the screen's own headings stays whole.
        Block::Heading { content, .. } => view! { <h4>{inlines(content, marks)}</h4> }.into_any(),
        Block::Quote(inside) => view! { <blockquote>{all(inside, marks)}</blockquote> }.into_any(),
        Block::Code { text, .. } => {
            // Reachable by keyboard, because it scrolls sideways.
            view! { <pre tabindex="0"><code>{marks.take(text)}</code></pre> }.into_any()
        }
        Block::List { start, items: list } => {
            let entries = items(list, marks);
            match start {
                Some(start) => view! { <ol start=start.to_string()>{entries}</ol> }.into_any(),
                None => view! { <ul>{entries}</ul> }.into_any(),
            }
        }
        Block::Table {
            alignment,
            head,
            rows,
        } => table(alignment, head, rows, marks),
        Block::Rule => view! { <hr/> }.into_any(),
    }
}

fn items(list: &[Item], marks: &mut Marks) -> AnyView {
    let entries: Vec<AnyView> = list
        .iter()
        .map(|item| {
            let task = item.task.map(|done| {
                let label = if done { "Done" } else { "Not done" };
                view! { <input type="checkbox" disabled checked=done aria-label=label/> }
            });
            view! { <li>{task}{all(&item.content, marks)}</li> }.into_any()
        })
        .collect();
    entries.into_any()
}

fn table(alignment: &[Align], head: &[Cell], rows: &[Vec<Cell>], marks: &mut Marks) -> AnyView {
    let class = |column: usize| match alignment.get(column) {
        Some(Align::Center) => "mid",
        Some(Align::Right) => "end",
        Some(Align::Auto | Align::Left) | None => "",
    };
    let heads: Vec<AnyView> = head
        .iter()
        .enumerate()
        .map(|(n, cell)| {
            view! { <th scope="col" class=class(n)>{inlines(cell, marks)}</th> }.into_any()
        })
        .collect();
    let body: Vec<AnyView> = rows
        .iter()
        .map(|row| {
            let cells: Vec<AnyView> = row
                .iter()
                .enumerate()
                .map(|(n, cell)| {
                    view! { <td class=class(n)>{inlines(cell, marks)}</td> }.into_any()
                })
                .collect();
            view! { <tr>{cells}</tr> }.into_any()
        })
        .collect();
    view! { <table tabindex="0"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table> }
        .into_any()
}

fn inlines(line: &[Inline], marks: &mut Marks) -> AnyView {
    let views: Vec<AnyView> = line.iter().map(|inline| piece(inline, marks)).collect();
    views.into_any()
}

fn piece(inline: &Inline, marks: &mut Marks) -> AnyView {
    match inline {
        Inline::Text(text) => marks.take(text),
        Inline::Code(text) => view! { <code>{marks.take(text)}</code> }.into_any(),
        Inline::Emphasis(inside) => view! { <em>{inlines(inside, marks)}</em> }.into_any(),
        Inline::Strong(inside) => view! { <strong>{inlines(inside, marks)}</strong> }.into_any(),
        Inline::Strikethrough(inside) => view! { <s>{inlines(inside, marks)}</s> }.into_any(),
        Inline::Link { href, content } => link(href, inlines(content, marks)),
        Inline::SoftBreak => "\n".into_any(),
        Inline::LineBreak => view! { <br/> }.into_any(),
    }
}

/// Another site opens beside the room, and learns nothing of it.
fn link(href: &Href, content: AnyView) -> AnyView {
    let address = href.as_str().to_owned();
    if href.is_external() {
        view! { <a href=address target="_blank" rel="noopener noreferrer">{content}</a> }.into_any()
    } else {
        view! { <a href=address rel="external">{content}</a> }.into_any()
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn html(view: impl FnOnce() -> AnyView) -> String {
        let html = Owner::new().with(|| view().to_html());
        html.replace("<!>", "")
    }

    fn shown(text: &'static str) -> String {
        html(|| view! { <Markdown text=text/> }.into_any())
    }

    fn news(old: &'static str, new: &'static str) -> String {
        html(|| view! { <MarkdownNews old=old new=new/> }.into_any())
    }

    #[test]
    fn what_people_write_becomes_elements() {
        let html = shown(
            "# Now\n\nAbout **38%** of `GET /` *fail*.\n\n- [x] one\n- two\n\n1. a\n\n| a | b |\n|--:|---|\n| 1 | 2 |",
        );
        for part in [
            "<h4>Now</h4>",
            "<p>About <strong>38%</strong> of <code>GET /</code> <em>fail</em>.</p>",
            r#"<input type="checkbox" disabled checked aria-label="Done">"#,
            "<ol start=\"1\">",
            r#"<th scope="col" class="end">a</th>"#,
            r#"<td class="end">1</td>"#,
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn nothing_written_becomes_markup_or_a_script() {
        let html = shown(
            "<script>alert(1)</script> [x](javascript:alert(1)) ![y](https://evil.example/a.png) <img src=x onerror=alert(1)>",
        );
        assert!(!html.contains("<script"), "{html}");
        assert!(!html.contains("<img"), "{html}");
        assert!(!html.contains("href=\"javascript"), "{html}");
    }

    #[test]
    fn another_site_opens_beside_the_room() {
        let html = shown("[graph](https://graphs.example/a)");
        assert!(
            html.contains(r#"<a href="https://graphs.example/a" target="_blank" rel="noopener noreferrer">graph</a>"#),
            "{html}"
        );
    }

    #[test]
    fn new_words_are_underlined_where_they_stand() {
        assert_eq!(
            news("About 42% fail.", "About 38% fail."),
            r#"<div class="prose"><p>About <ins>38%</ins> fail.</p></div>"#
        );
        let html = news("- db is slow", "- db is **very** slow\n- api too");
        assert!(html.contains("<strong><ins>very</ins></strong>"), "{html}");
        assert!(html.contains("<li><ins>api too</ins></li>"), "{html}");
    }

    #[test]
    fn another_shape_of_the_same_words_is_no_news() {
        assert!(!news("one\n\ntwo", "- one\n- two").contains("<ins>"));
        assert!(!news("one two", "**one** two").contains("<ins>"));
    }

    #[test]
    fn a_cut_never_loses_a_letter() {
        let whole = "äöü one two";
        let stretches = cut(whole, 0, whole.len(), &[(0, 2), (7, 10)]);
        let joined: String = stretches.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(joined, whole);
    }

    #[test]
    fn one_paragraph_goes_on_in_the_line() {
        let said = |text: &'static str| html(|| view! { <Said text=text/> }.into_any());
        assert_eq!(said("hello *you*"), "hello <em>you</em>");
        assert!(said("one\n\ntwo").starts_with(r#"<div class="prose">"#));
    }
}

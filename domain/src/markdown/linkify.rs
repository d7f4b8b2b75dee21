//! Plain addresses in a text become links: people paste them as they are.

use super::{Href, Inline};

/// Turns the addresses in the texts at this level into links. Must not be used inside a link.
pub(super) fn linkify(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut out = Vec::with_capacity(inlines.len());
    for inline in inlines {
        match inline {
            Inline::Text(text) => split(text, &mut out),
            Inline::Code(_)
            | Inline::Emphasis(_)
            | Inline::Strong(_)
            | Inline::Strikethrough(_)
            | Inline::Link { .. }
            | Inline::SoftBreak
            | Inline::LineBreak => out.push(inline),
        }
    }
    out
}

fn split(text: String, out: &mut Vec<Inline>) {
    let mut done = 0;
    let mut from = 0;
    while let Some(start) = text[from..].find("http").map(|at| from + at) {
        let address = address_at(&text, start);
        from = start + address.len().max("http".len());
        if let Some(href) = Href::parse(address) {
            if done < start {
                out.push(Inline::Text(text[done..start].to_owned()));
            }
            out.push(Inline::Link {
                href,
                content: vec![Inline::Text(address.to_owned())],
            });
            done = from;
        }
    }
    if done == 0 {
        out.push(Inline::Text(text));
    } else if done < text.len() {
        out.push(Inline::Text(text[done..].to_owned()));
    }
}

/// The address that begins here, without the punctuation of the sentence around it; or nothing.
fn address_at(text: &str, start: usize) -> &str {
    let rest = &text[start..];
    let in_word = text[..start].ends_with(char::is_alphanumeric);
    if in_word || !(rest.starts_with("https://") || rest.starts_with("http://")) {
        return "";
    }
    let stops = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | '|' | '\\');
    let mut address = &rest[..rest.find(stops).unwrap_or(rest.len())];
    let mut open = address.matches('(').count();
    let mut closed = address.matches(')').count();
    // A bracket belongs to the address if it was opened in it: "(see https://…/a_(b))".
    while let Some(last) = address.chars().last() {
        let loose = match last {
            ')' => closed > open,
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' | ']' | '…' | '”' | '’' => {
                true
            }
            _ => false,
        };
        if !loose {
            break;
        }
        closed -= usize::from(last == ')');
        open -= usize::from(last == '(');
        address = &address[..address.len() - last.len_utf8()];
    }
    address
}

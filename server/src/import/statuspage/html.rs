//! Words that were written as HTML, as plain text: line breaks stay, and so do the addresses that links lead to.

use domain::text::clean_line;
use html5gum::{StartTag, Token, Tokenizer};

/// Tags that make a text HTML. One with none of them is plain already, whatever signs it has: "<2%" stays.
const TAGS: [&[u8]; 20] = [
    b"a",
    b"b",
    b"blockquote",
    b"br",
    b"code",
    b"div",
    b"em",
    b"h1",
    b"h2",
    b"h3",
    b"h4",
    b"i",
    b"li",
    b"ol",
    b"p",
    b"pre",
    b"span",
    b"strong",
    b"u",
    b"ul",
];

/// A word in the content of a feed's entry.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Piece {
    /// "Aug 21, 00:37 UTC".
    pub when: String,
    /// "Resolved".
    pub state: String,
    pub text: String,
}

/// A text that may be HTML. Its line breaks count, also where it is: Statuspage makes `<br>` of them itself.
pub(super) fn plain(text: &str) -> String {
    let is_tag = |Ok(token): Result<Token, _>| match token {
        Token::StartTag(tag) => TAGS.contains(&tag.name.as_slice()),
        _ => false,
    };
    if !Tokenizer::new(text).any(is_tag) {
        return text.to_owned();
    }
    let mut plain = Text {
        keeps_lines: true,
        ..Text::default()
    };
    for Ok(token) in Tokenizer::new(text) {
        plain.take(&token);
    }
    plain.finish()
}

/// The words in the content of an entry, the newest first as they stand there: each begins with a small line that has its
/// time in marked variables, and its state in bold.
pub(super) fn pieces(html: &str) -> Vec<Piece> {
    let mut pieces: Vec<(Piece, Text)> = Vec::new();
    let mut head: Option<Text> = None;
    let mut is_time = false;
    let mut bold: Option<Text> = None;
    for Ok(token) in Tokenizer::new(html) {
        match &token {
            Token::StartTag(tag) if *tag.name == b"small" => {
                head = Some(Text::default());
                is_time = false;
            }
            Token::StartTag(tag) if *tag.name == b"var" && head.is_some() => {
                is_time |= tag.attributes.contains_key(b"data-var".as_slice());
            }
            Token::EndTag(tag) if *tag.name == b"small" => {
                let small = head.take().map(Text::finish).unwrap_or_default();
                if is_time {
                    let piece = Piece {
                        when: clean_line(&small),
                        ..Piece::default()
                    };
                    pieces.push((piece, Text::default()));
                } else if let Some((_, text)) = pieces.last_mut() {
                    text.write(&small);
                }
                is_time = false;
            }
            Token::StartTag(tag) if *tag.name == b"strong" && wants_state(&pieces) => {
                bold = Some(Text::default());
            }
            Token::EndTag(tag) if *tag.name == b"strong" && bold.is_some() => {
                let state = bold.take().map(Text::finish).unwrap_or_default();
                if let Some((piece, _)) = pieces.last_mut() {
                    piece.state = clean_line(&state);
                }
            }
            token => {
                let text = pieces.last_mut().map(|(_, text)| text);
                if let Some(text) = bold.as_mut().or(head.as_mut()).or(text) {
                    text.take(token);
                }
            }
        }
    }
    let finish = |(piece, text): (Piece, Text)| {
        let text = text.finish();
        let text = text.strip_prefix('-').unwrap_or(&text).trim().to_owned();
        Piece { text, ..piece }
    };
    pieces.into_iter().map(finish).collect()
}

/// The first thing in bold is the state; the words after it may have more.
fn wants_state(pieces: &[(Piece, Text)]) -> bool {
    pieces
        .last()
        .is_some_and(|(piece, text)| piece.state.is_empty() && text.out.trim().is_empty())
}

/// A text as it is written.
#[derive(Default)]
struct Text {
    out: String,
    /// The address of the link that is open, and where its words begin.
    link: Option<(String, usize)>,
    /// Line breaks of the source count.
    keeps_lines: bool,
}

impl Text {
    fn take(&mut self, token: &Token) {
        match token {
            Token::String(text) => self.write(&String::from_utf8_lossy(text)),
            Token::StartTag(tag) => self.open(tag),
            Token::EndTag(tag) => match tag.name.as_slice() {
                b"a" => self.close_link(),
                b"p" | b"ul" | b"ol" | b"div" | b"blockquote" | b"h1" | b"h2" | b"h3" | b"h4" => {
                    self.paragraph();
                }
                _ => {}
            },
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }

    fn open(&mut self, tag: &StartTag<()>) {
        match tag.name.as_slice() {
            b"br" => self.line(),
            b"li" => {
                if !self.out.is_empty() && !self.out.ends_with('\n') {
                    self.line();
                }
                self.out.push_str("- ");
            }
            b"a" => {
                let address = tag.attributes.get(b"href".as_slice());
                let address = address.map(|href| String::from_utf8_lossy(href).trim().to_owned());
                self.link = address.map(|address| (address, self.out.len()));
            }
            b"p" | b"ul" | b"ol" | b"div" | b"blockquote" | b"h1" | b"h2" | b"h3" | b"h4" => {
                self.paragraph();
            }
            _ => {}
        }
    }

    fn write(&mut self, text: &str) {
        for c in text.chars() {
            if !c.is_ascii_whitespace() || (self.keeps_lines && c == '\n') {
                self.out.push(c);
            } else if !self.out.is_empty() && !self.out.ends_with([' ', '\n']) {
                self.out.push(' ');
            }
        }
    }

    fn line(&mut self) {
        self.out.truncate(self.out.trim_end_matches(' ').len());
        self.out.push('\n');
    }

    fn paragraph(&mut self) {
        self.out.truncate(self.out.trim_end().len());
        if !self.out.is_empty() {
            self.out.push_str("\n\n");
        }
    }

    /// The address after the words, unless it is them.
    fn close_link(&mut self) {
        let Some((address, start)) = self.link.take() else {
            return;
        };
        let words = self.out.get(start..).unwrap_or_default().trim();
        let leads_out = ["http:", "https:", "mailto:"]
            .iter()
            .any(|scheme| address.starts_with(scheme));
        if !leads_out || address.contains(words) && !words.is_empty() {
            return;
        }
        let shown = if words.is_empty() {
            address
        } else {
            format!(" ({address})")
        };
        self.out.push_str(&shown);
    }

    fn finish(mut self) -> String {
        self.close_link();
        self.out.trim().to_owned()
    }
}

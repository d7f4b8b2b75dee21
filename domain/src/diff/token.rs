//! Cutting a text into words, punctuation, spaces and line ends.
//!
//! The pieces joined are the text again. A word is what a reader would call one: `db-eu-2`, `14:15`,
//! `41,200` and `38%` are one word each, while the full stop after a word, brackets and quotation
//! marks stand alone, so that a comma added behind a word does not make the word look new.

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters, figures, signs such as `%` or an emoji: what carries meaning.
    Word,
    /// Punctuation beside a word, list bullets, dashes standing alone.
    Mark,
    /// White space within a line.
    Space,
    /// One line end, `\n` or `\r\n`.
    Break,
}

/// A piece of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'a> {
    /// What it is.
    pub kind: Kind,
    /// Its letters.
    pub text: &'a str,
}

/// The pieces of a text, in order and without gaps.
pub(super) fn tokens(text: &str) -> Tokens<'_> {
    Tokens { rest: text }
}

/// Counts words the way the counts of a diff do.
pub(super) fn count_words(text: &str) -> usize {
    tokens(text)
        .filter(|token| token.kind == Kind::Word)
        .count()
}

/// Whether a cut in front of this character would tear a visible sign apart: accents, emoji
/// modifiers and the joiners between the parts of an emoji.
pub(crate) fn joins_previous(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36F}' | '\u{200C}' | '\u{200D}' | '\u{20D0}'..='\u{20FF}'
        | '\u{3099}' | '\u{309A}' | '\u{FE00}'..='\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0020}'..='\u{E007F}')
}

/// See [`tokens`].
pub(super) struct Tokens<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let first = self.rest.chars().next()?;
        let (kind, len) = if let Some(len) = break_len(self.rest) {
            (Kind::Break, len)
        } else if first.is_whitespace() {
            (Kind::Space, space_len(self.rest))
        } else {
            let len = piece_len(self.rest, first);
            (kind_of(&self.rest[..len]), len)
        };
        let (text, rest) = self.rest.split_at(len);
        self.rest = rest;
        Some(Token { kind, text })
    }
}

fn break_len(text: &str) -> Option<usize> {
    if text.starts_with('\n') {
        Some(1)
    } else if text.starts_with("\r\n") {
        Some(2)
    } else {
        None
    }
}

fn space_len(text: &str) -> usize {
    text.char_indices()
        .find(|&(at, c)| !c.is_whitespace() || break_len(&text[at..]).is_some())
        .map_or(text.len(), |(at, _)| at)
}

/// The length of the word or the single punctuation mark that `text` begins with.
fn piece_len(text: &str, first: char) -> usize {
    let after_first = first.len_utf8();
    let next = text[after_first..].chars().next();
    let joined = next.is_some_and(joins_previous);
    if !joined && (is_opening(first) || is_closing(first)) {
        // ".5" and ":8080" are one word; the mark in front belongs to the figure.
        let glued = matches!(first, '.' | ':') && next.is_some_and(|c| c.is_ascii_alphanumeric());
        if !glued {
            return after_first;
        }
    }
    // `end` stays behind the last character that is not closing punctuation: at the end of a word
    // such marks are left for the next piece, inside a word they belong to it.
    let mut end = after_first;
    let mut previous = first;
    for (at, c) in text.char_indices().skip(1) {
        let ends = c.is_whitespace()
            || is_divider(c)
            || is_unspaced(c)
            || is_unspaced(first)
            || (matches!(c, ',' | ';') && !is_between_figures(previous, &text[at..]));
        if !joins_previous(c) {
            if ends {
                break;
            }
            if is_closing(c) {
                previous = c;
                continue;
            }
        }
        end = at + c.len_utf8();
        previous = c;
    }
    end
}

/// A comma between figures groups them ("41,200"), any other one separates words.
fn is_between_figures(previous: char, from_mark: &str) -> bool {
    previous.is_ascii_digit() && from_mark[1..].starts_with(|c: char| c.is_ascii_digit())
}

fn kind_of(piece: &str) -> Kind {
    if piece
        .chars()
        .all(|c| is_opening(c) || is_closing(c) || is_quiet(c))
    {
        Kind::Mark
    } else {
        Kind::Word
    }
}

/// Ends a word wherever it stands: brackets, the long dash, the ellipsis.
fn is_divider(c: char) -> bool {
    matches!(
        c,
        '(' | ')' | '[' | ']' | '{' | '}' | '（' | '）' | '「' | '」' | '『' | '』' | '—' | '…'
    )
}

/// Stands before a word and is not part of it. `*`, `_` and `` ` `` are Markdown's emphasis.
fn is_opening(c: char) -> bool {
    is_divider(c)
        || matches!(
            c,
            '"' | '\'' | '‘' | '“' | '‚' | '„' | '«' | '‹' | '¿' | '¡' | '*' | '_' | '`'
        )
}

/// Stands behind a word and is not part of it.
fn is_closing(c: char) -> bool {
    is_divider(c)
        || matches!(
            c,
            '.' | ','
                | ';'
                | ':'
                | '!'
                | '?'
                | '"'
                | '\''
                | '’'
                | '”'
                | '»'
                | '›'
                | '“'
                | '*'
                | '_'
                | '`'
                | '、'
                | '。'
                | '，'
                | '．'
                | '！'
                | '？'
                | '：'
                | '；'
                | '،'
                | '؛'
                | '؟'
                | '۔'
                | '।'
        )
}

/// No word by itself: dashes, bullets, rules of a table, headings. They keep their meaning inside a
/// word, and `<`, `>`, `=`, `+` are words because turning one round turns the statement round.
fn is_quiet(c: char) -> bool {
    c.is_control() || matches!(c, '-' | '‐' | '‑' | '–' | '/' | '|' | '•' | '·' | '#')
}

/// Chinese and Japanese are written without spaces: there every character counts as a word, or a
/// whole paragraph would be one. (Thai and its neighbours put spaces between phrases and have vowel
/// signs that must not be torn off; they are left whole.)
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{3001}'..='\u{3098}' | '\u{309B}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

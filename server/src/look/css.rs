//! A stylesheet of an administrator: nothing in it may load anything from anywhere. Read as browsers read it (CSS Syntax
//! Module Level 3), so that no spelling gets past.

use cssparser::{BasicParseErrorKind, ParseError, ParseErrorKind, Parser, Token};

/// The deepest nesting that is read: rules of people are a few levels deep.
const DEEPEST: u8 = 32;

/// Rules that load what they name, or mean another document.
const RULES: [&str; 4] = ["import", "namespace", "document", "-moz-document"];

/// Functions that load what they name, whatever their argument looks like.
const LOADERS: [&str; 9] = [
    "src",
    "image",
    "image-set",
    "-webkit-image-set",
    "cross-fade",
    "-webkit-cross-fade",
    "-moz-element",
    "paint",
    "expression",
];

/// Where something is wrong, counted from nothing, and what.
type Wrong = ParseError<(u32, String)>;

/// Says in words what is wrong with it.
pub(super) fn check(css: &str) -> Result<(), String> {
    let mut parser = Parser::new(css);
    parser.set_nested_block_limit(DEEPEST);
    block(&mut parser).map_err(|error| match error.kind {
        ParseErrorKind::Custom((line, words)) => {
            format!("Line {} of the stylesheet: {words}", line + 1)
        }
        ParseErrorKind::Basic(BasicParseErrorKind::TooManyNestedBlocks) => {
            "The stylesheet is nested too deep.".to_owned()
        }
        ParseErrorKind::Basic(_) => "The stylesheet cannot be read to its end.".to_owned(),
    })
}

/// Reads to the end of a block, and of every block in it.
fn block(parser: &mut Parser<'_>) -> Result<(), Wrong> {
    while !parser.is_exhausted() {
        let line = parser.current_source_location().line;
        let token = parser.next()?.clone();
        if let Some(words) = wrong(&token) {
            return Err(ParseError::custom((line, words)));
        }
        match token {
            Token::Function(name) if name.eq_ignore_ascii_case("url") => {
                parser.parse_nested_block(|parser| {
                    let address = parser.expect_string()?;
                    match reaches(address) {
                        Some(words) => Err(ParseError::custom((line, words))),
                        None => Ok(()),
                    }
                })?;
            }
            Token::Function(_)
            | Token::ParenthesisBlock
            | Token::SquareBracketBlock
            | Token::CurlyBracketBlock => parser.parse_nested_block(block)?,
            _ => {}
        }
    }
    Ok(())
}

/// Why a piece may not stand there, whatever comes after it.
fn wrong(token: &Token<'_>) -> Option<String> {
    let is_one_of =
        |name: &str, words: &[&str]| words.iter().any(|word| name.eq_ignore_ascii_case(word));
    match token {
        Token::AtKeyword(name) if is_one_of(name, &RULES) => {
            Some(format!("@{name} is not possible here."))
        }
        Token::Function(name) if is_one_of(name, &LOADERS) => Some(format!(
            "{name}() is not possible here. Use url() with a data: address of a picture."
        )),
        Token::UnquotedUrl(address) => reaches(address),
        Token::BadUrl(_) | Token::BadString(_) => Some("a text does not end.".to_owned()),
        Token::CloseParenthesis | Token::CloseSquareBracket | Token::CloseCurlyBracket => {
            Some("a bracket is closed that was not opened.".to_owned())
        }
        _ => None,
    }
}

/// Why an address may not stand there; nothing for a picture that is in the stylesheet itself.
fn reaches(address: &str) -> Option<String> {
    let start = address.trim().get(.."data:image/".len());
    let within = start.is_some_and(|start| start.eq_ignore_ascii_case("data:image/"));
    (!within).then(|| {
        "it would load something from elsewhere. Put the picture into the stylesheet, as url(\"data:image/…\").".to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_of_people_are_kept() {
        for css in [
            "",
            "h1 { color: red; }",
            "@media (max-width: 30em) { .comps > li:nth-child(2n) { padding: calc(1px + 2em) } }",
            "header { background: url(data:image/png;base64,AAAA) }",
            "header { background: URL( \"data:image/svg+xml;base64,PHN2Zy8+\" ) }",
            "@supports (display: grid) { @layer mine { a[href^=\"https://\"]::after { content: \"↗\" } } }",
            "/* url(https://evil.example) */ p { margin: 0 }",
        ] {
            assert_eq!(check(css), Ok(()), "{css}");
        }
    }

    #[test]
    fn nothing_reaches_out_however_it_is_written() {
        for css in [
            "@import 'https://evil.example/a.css';",
            "@IMPORT url(a.css);",
            "@\\69mport 'a.css';",
            "p { background: url(https://evil.example/a.png) }",
            "p { background: u\\72l(https://evil.example/a.png) }",
            "p { background: URL('//evil.example/a.png') }",
            "p { background: url(a.png) }",
            "p { background: url( data:text/html,x ) }",
            "p { background: image-set('https://evil.example/a.png' 1x) }",
            "p { background: -webkit-image-set(url(a.png) 1x) }",
            "p { background: image('https://evil.example/a.png') }",
            "@font-face { font-family: x; src: url(https://evil.example/a.woff2) }",
            "@font-face { font-family: x; src: src('https://evil.example/a.woff2') }",
            "@namespace x 'https://evil.example';",
            "a { --x: url(https://evil.example); color: var(--x) }",
            "a { content: \"never ends\n }",
            "} a { color: red }",
        ] {
            assert!(check(css).is_err(), "{css}");
        }
    }

    #[test]
    fn it_says_where() {
        let why = check("p {}\n\na { background: url(x.png) }").unwrap_err();
        assert!(
            why.starts_with("Line 3 of the stylesheet: it would load"),
            "{why}"
        );
    }

    #[test]
    fn nesting_without_an_end_is_refused() {
        for open in ["(", "[", "{", "calc("] {
            let why = check(&open.repeat(20_000 / open.len())).unwrap_err();
            assert!(why.contains("nested too deep"), "{why}");
        }
    }
}

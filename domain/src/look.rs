//! How the public page is dressed: the organisation's logo and colours, its links and last line, and a stylesheet of its own.

use crate::incident::Rejection;
use crate::text;
use serde::{Deserialize, Serialize};

/// What an administrator sets for the public page. Everything may be empty: then the page looks as it does by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Look {
    /// The text of an SVG, or a `data:` address of a picture. Whoever keeps it looks into it first.
    pub logo: String,
    /// The colour of links on light paper, as `#0a5872`.
    pub colour: String,
    /// The colour of links at night.
    pub colour_night: String,
    /// What stands in the head of every page, in order.
    pub links: Vec<Link>,
    /// The last line of every page, in Markdown.
    pub footer: String,
    /// Rules after those of the page. Whoever keeps them looks into them first.
    pub css: String,
}

/// A way from the public page to another place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What it is called.
    pub name: String,
    /// Where it leads: `https:`, `http:` or `mailto:`.
    pub address: String,
}

/// The paper of the public page, light and at night: `--paper` in `style/tokens.css`.
const PAPER: [&str; 2] = ["#fbfaf8", "#0c0b09"];
/// How far text stands out at least (WCAG 2.2, 1.4.3).
const CONTRAST: f64 = 4.5;

impl Look {
    /// The longest logo, in characters: it comes with the first visit of everybody.
    pub const LOGO: usize = 32_000;
    /// The longest stylesheet, in characters.
    pub const CSS: usize = 20_000;
    /// The longest last line, in characters.
    pub const FOOTER: usize = 1_000;
    /// The most links.
    pub const LINKS: usize = 8;

    /// True when there is something in a stylesheet: without it the page asks for none.
    pub fn is_styled(&self) -> bool {
        [&self.logo, &self.colour, &self.colour_night, &self.css]
            .iter()
            .any(|part| !part.is_empty())
    }

    /// Made fit to keep, or words why not. What is inside the logo and the stylesheet is for a reader of these to say.
    pub fn checked(self) -> Result<Self, Rejection> {
        let [light, night] = PAPER;
        if self.links.len() > Self::LINKS {
            return Err(refuse(
                "links",
                format!("There is room for {} links.", Self::LINKS),
            ));
        }
        Ok(Self {
            logo: text::optional_text("logo", self.logo.trim(), Self::LOGO)?,
            colour: colour("colour", &self.colour, light)?,
            colour_night: colour("colour_night", &self.colour_night, night)?,
            links: self
                .links
                .into_iter()
                .map(Link::checked)
                .collect::<Result<_, _>>()?,
            footer: text::optional_text("footer", &self.footer, Self::FOOTER)?,
            css: text::optional_text("css", &self.css, Self::CSS)?,
        })
    }
}

impl Link {
    /// Reads a line of a form, as `Help https://help.example.com`.
    pub fn read(line: &str) -> Result<Self, Rejection> {
        match line.trim().rsplit_once(char::is_whitespace) {
            Some((name, address)) => Ok(Self {
                name: name.trim().to_owned(),
                address: address.to_owned(),
            }),
            None => Err(refuse(
                "links",
                format!(
                    "“{}” is not a link. Write a name and an address: Help https://help.example.com",
                    line.trim()
                ),
            )),
        }
    }

    fn checked(self) -> Result<Self, Rejection> {
        let address = text::required_line("links", &self.address, text::LINE)?;
        let leads = ["https://", "http://", "mailto:"]
            .iter()
            .any(|scheme| address.len() > scheme.len() && address.starts_with(scheme));
        if !leads || address.contains(char::is_whitespace) {
            return Err(refuse(
                "links",
                format!("“{address}” is not an address. It begins with https:// or mailto:"),
            ));
        }
        Ok(Self {
            name: text::required_line("links", &self.name, 40)?,
            address,
        })
    }
}

fn refuse(field: &str, words: String) -> Rejection {
    Rejection::Unreadable {
        words,
        field: field.to_owned(),
    }
}

/// A colour as `#rrggbb` in lower case, that text on this paper can be read in; or nothing.
fn colour(field: &str, typed: &str, paper: &str) -> Result<String, Rejection> {
    let typed = typed.trim().to_lowercase();
    if typed.is_empty() {
        return Ok(typed);
    }
    let (Some(ink), Some(paper)) = (luminance(&typed), luminance(paper)) else {
        return Err(refuse(
            field,
            format!("“{typed}” is not a colour. Write it as #0a5872."),
        ));
    };
    let contrast = (ink.max(paper) + 0.05) / (ink.min(paper) + 0.05);
    if contrast < CONTRAST {
        return Err(refuse(
            field,
            format!(
                "Text in {typed} is hard to read there: its contrast is {contrast:.1} to 1, and {CONTRAST} is the least. Choose a {} one.",
                if paper > ink { "darker" } else { "lighter" }
            ),
        ));
    }
    Ok(typed)
}

/// Relative luminance of `#rrggbb`, as WCAG 2.2 defines it.
fn luminance(colour: &str) -> Option<f64> {
    let digits = colour.strip_prefix('#').filter(|digits| {
        digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
    })?;
    let part = |at: usize| {
        let value = u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()?;
        let value = f64::from(value) / 255.0;
        Some(if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        })
    };
    Some(0.2126 * part(0)? + 0.7152 * part(2)? + 0.0722 * part(4)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(look: Look) -> (String, String) {
        let why = look.checked().unwrap_err();
        (why.field().unwrap_or_default().to_owned(), why.to_string())
    }

    #[test]
    fn a_colour_that_cannot_be_read_is_refused() {
        let with = |colour: &str, colour_night: &str| Look {
            colour: colour.to_owned(),
            colour_night: colour_night.to_owned(),
            ..Look::default()
        };
        let kept = with(" #0A5872 ", "#86b4bf").checked().unwrap();
        assert_eq!(kept.colour, "#0a5872");
        let (field, words) = refused(with("#ffcc00", ""));
        assert_eq!(field, "colour");
        assert!(
            words.contains("1.4 to 1") && words.contains("darker"),
            "{words}"
        );
        let (field, words) = refused(with("", "#202020"));
        assert_eq!(field, "colour_night");
        assert!(words.contains("lighter"), "{words}");
        for typed in ["red", "#fff", "#12345g", "#0a5872;}", "0a5872", "#ä1234"] {
            assert_eq!(refused(with(typed, "")).0, "colour", "{typed}");
        }
    }

    #[test]
    fn links_lead_to_the_web_or_a_mailbox() {
        let link = Link::read("  Our help pages   https://help.example.com/ ").unwrap();
        assert_eq!(link.name, "Our help pages");
        let with = |line: &str| Look {
            links: vec![Link::read(line).unwrap()],
            ..Look::default()
        };
        assert!(with("Write mailto:help@example.com").checked().is_ok());
        for line in [
            "Bad javascript:alert(1)",
            "Bad data:text/html,x",
            "Bad //example.com",
            "Bad https://",
            "Bad JAVASCRIPT:alert(1)",
        ] {
            assert_eq!(refused(with(line)).0, "links", "{line}");
        }
        assert!(Link::read("https://example.com").is_err());
    }
}

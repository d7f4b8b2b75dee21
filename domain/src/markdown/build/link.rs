//! Links and images.

use super::Builder;
use crate::markdown::bounds::TooMany;
use crate::markdown::clean::clean;
use crate::markdown::text::write_inlines;
use crate::markdown::{Href, Inline};

/// As much of a refused address is shown, in characters.
const SHOWN: usize = 200;

impl Builder {
    /// A link, or what it says with the refused address behind it.
    pub(super) fn link(&mut self, address: &str, content: Vec<Inline>) -> Result<(), TooMany> {
        if let Some(href) = Href::parse(address) {
            let content = if content.is_empty() {
                vec![Inline::Text(href.as_str().to_owned())]
            } else {
                content
            };
            return self.inline(Inline::Link { href, content });
        }
        let mut says = String::new();
        write_inlines(&content, &mut says);
        for inline in content {
            if let Inline::Text(text) = inline {
                self.text(&text)?;
            } else {
                self.inline(inline)?;
            }
        }
        let address = shown(address);
        if address.is_empty() || address == says {
            Ok(())
        } else if says.is_empty() {
            self.text(&address)
        } else {
            self.text(&format!(" ({address})"))
        }
    }

    /// A picture is never loaded: a link to it says what it shows.
    pub(super) fn image(&mut self, address: &str, alt: &[Inline]) -> Result<(), TooMany> {
        let mut says = String::from("image: ");
        write_inlines(alt, &mut says);
        let says = says.trim_end_matches([' ', ':']).to_owned();
        if self.in_link() {
            return self.text(&says);
        }
        self.link(address, vec![Inline::Text(says)])
    }
}

fn shown(address: &str) -> String {
    let address = clean(address).replace(['\n', '\t'], " ");
    match address.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &address[..end]),
        None => address,
    }
}

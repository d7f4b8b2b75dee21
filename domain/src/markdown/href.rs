//! Where a link may lead.

use super::clean::is_hidden;

/// The longest address that becomes a link, in bytes.
const BYTES: usize = 2048;

/// An address that is safe to follow. There is no way to make one but [`Href::parse`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Href(String);

impl Href {
    /// Accepts `http://host…`, `https://host…`, `mailto:…`, `tel:…`, `/path` and `#place`.
    ///
    /// Everything else is refused, and so is what browsers and people read differently: spaces and
    /// control characters (browsers drop some of them: `java\tscript:`), backslashes (browsers read
    /// `/\host` as `//host`), `//host` (leaves the site while looking as if it did not) and
    /// `https://known.example@other.example` (leads to the other).
    pub fn parse(address: &str) -> Option<Self> {
        let deceiving = |c: char| c.is_whitespace() || c == '\\' || is_hidden(c);
        if address.len() > BYTES || address.contains(deceiving) {
            return None;
        }
        let is_local =
            address.starts_with('#') || (address.starts_with('/') && !address.starts_with("//"));
        (is_local || has_allowed_scheme(address)).then(|| Self(address.to_owned()))
    }

    /// The address, for an attribute.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Leads to another site (and not to a page here, a mail program or a telephone).
    pub fn is_external(&self) -> bool {
        self.0
            .get(..4)
            .is_some_and(|start| start.eq_ignore_ascii_case("http"))
    }
}

fn has_allowed_scheme(address: &str) -> bool {
    let Some((scheme, rest)) = address.split_once(':') else {
        return false;
    };
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => rest.strip_prefix("//").is_some_and(|rest| {
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            host.starts_with(|c: char| c.is_alphanumeric() || c == '[') && !host.contains('@')
        }),
        "mailto" | "tel" => !rest.is_empty(),
        _ => false,
    }
}

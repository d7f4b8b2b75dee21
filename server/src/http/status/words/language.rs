//! The languages, and which of them somebody is answered in: the one in the address, or else what the browser asks for.

use axum::extract::FromRequestParts;
use http::HeaderMap;
use http::header::ACCEPT_LANGUAGE;
use http::request::Parts;
use std::convert::Infallible;

/// So many wishes of a browser are heard; people speak fewer.
const WISHES: usize = 32;

/// A language that the pages are in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(in crate::http::status) enum Language {
    /// The one for everybody whose own is not here, and that of all documents for tools.
    #[default]
    English,
    /// German.
    German,
    /// French.
    French,
    /// Spanish.
    Spanish,
    /// Portuguese.
    Portuguese,
    /// Japanese.
    Japanese,
}

impl Language {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::English,
        Self::German,
        Self::French,
        Self::Spanish,
        Self::Portuguese,
        Self::Japanese,
    ];

    /// As addresses and documents name it: BCP 47.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::French => "fr",
            Self::Spanish => "es",
            Self::Portuguese => "pt",
            Self::Japanese => "ja",
        }
    }

    /// As `OpenGraph` names it, with the country whose words ours are.
    pub fn locale(self) -> &'static str {
        match self {
            Self::English => "en_US",
            Self::German => "de_DE",
            Self::French => "fr_FR",
            Self::Spanish => "es_ES",
            Self::Portuguese => "pt_BR",
            Self::Japanese => "ja_JP",
        }
    }

    /// As those who speak it call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
            Self::French => "Français",
            Self::Spanish => "Español",
            Self::Portuguese => "Português",
            Self::Japanese => "日本語",
        }
    }

    /// Its messages.
    pub(super) fn messages(self) -> &'static str {
        match self {
            Self::English => include_str!("../../../../locales/en.ftl"),
            Self::German => include_str!("../../../../locales/de.ftl"),
            Self::French => include_str!("../../../../locales/fr.ftl"),
            Self::Spanish => include_str!("../../../../locales/es.ftl"),
            Self::Portuguese => include_str!("../../../../locales/pt.ftl"),
            Self::Japanese => include_str!("../../../../locales/ja.ftl"),
        }
    }

    /// What a browser likes best of what there is (RFC 9110, 12.5.4). Whatever cannot be read is as if it had not been said.
    fn wished(headers: &HeaderMap) -> Self {
        let lines = headers.get_all(ACCEPT_LANGUAGE).into_iter();
        let wishes: Vec<(&str, u16)> = lines
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(','))
            .take(WISHES)
            .filter_map(wish)
            .collect();
        // The first of those that are liked alike, as browsers send them; "*" is English, where English is not refused.
        let mut best = (Self::English, 0);
        for (tag, quality) in &wishes {
            let language = match *tag {
                "*" => Self::ALL
                    .into_iter()
                    .find(|language| wishes.iter().all(|(tag, _)| !language.is(tag))),
                tag => Self::ALL.into_iter().find(|language| language.is(tag)),
            };
            if let Some(language) = language
                && *quality > best.1
            {
                best = (language, *quality);
            }
        }
        best.0
    }

    /// True for a tag of this language, whatever its region: "de", "de-AT", "DE-1996".
    fn is(self, tag: &str) -> bool {
        let primary = tag.split('-').next().unwrap_or_default();
        primary.eq_ignore_ascii_case(self.code())
    }
}

/// A tag and how much it is liked, in thousandths: "de;q=0.8".
fn wish(text: &str) -> Option<(&str, u16)> {
    let mut parts = text.split(';').map(str::trim);
    let tag = parts.next().filter(|tag| !tag.is_empty())?;
    let quality = match parts.next() {
        None => 1000,
        Some(weight) => {
            let (name, value) = weight.split_once('=')?;
            let is_quality = name.trim().eq_ignore_ascii_case("q");
            is_quality.then(|| thousandths(value.trim())).flatten()?
        }
    };
    Some((tag, quality))
}

/// Reads "0.8", "1" and "0.125", and no other way to write a number.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    if part.len() > 3 || !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let part: u16 = format!("{part:0<3}").parse().ok()?;
    match whole {
        "0" => Some(part),
        "1" if part == 0 => Some(1000),
        _ => None,
    }
}

/// In which language somebody is answered, and whether the address says so. Then its links do, too.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(in crate::http::status) struct Tongue {
    /// Which.
    pub language: Language,
    /// True for an address such as `/status/de`.
    pub fixed: bool,
}

impl Tongue {
    /// A language that the address names.
    pub fn fixed(language: Language) -> Self {
        Self {
            language,
            fixed: true,
        }
    }

    /// Every way in which a page can be asked for.
    pub fn all() -> impl Iterator<Item = Self> {
        let each = Language::ALL.into_iter();
        each.flat_map(|language| [false, true].map(|fixed| Self { language, fixed }))
    }

    /// Where the pages begin: `/status`, or `/status/de`.
    pub fn root(self) -> String {
        if self.fixed {
            format!("/status/{}", self.language.code())
        } else {
            "/status".to_owned()
        }
    }

    /// What a request asks for.
    fn of(path: &str, headers: &HeaderMap) -> Self {
        let below = path.strip_prefix("/status/").unwrap_or_default();
        let first = below.split('/').next().unwrap_or_default();
        // Only as it is written in our links: one page has one address.
        let named = Language::ALL.into_iter().find(|one| one.code() == first);
        match named {
            Some(language) => Self::fixed(language),
            None => Self {
                language: Language::wished(headers),
                fixed: false,
            },
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Tongue {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(parts.uri.path(), &parts.headers))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{English, French, German, Japanese, Portuguese, Spanish};
    use http::HeaderValue;

    fn wished(lines: &[&[u8]]) -> Language {
        let mut headers = HeaderMap::new();
        for line in lines {
            let line = HeaderValue::from_bytes(line).expect("a header");
            headers.append(ACCEPT_LANGUAGE, line);
        }
        Language::wished(&headers)
    }

    #[test]
    fn a_browser_is_answered_in_what_it_likes_best() {
        for (line, expected) in [
            ("de", German),
            ("de-AT, en;q=0.9", German),
            ("DE-at", German),
            ("en-US,en;q=0.9,de;q=0.8", English),
            ("fr-CH;q=0.3, es-419;q=0.9, en;q=0.1", Spanish),
            ("zh-CN, ja;q=0.5", Japanese),
            ("zh-CN, nl", English),
            ("pt-BR , pt ; q = 0.7", Portuguese),
            ("de;Q=0.2,fr;Q=0.7", French),
            // Alike: the first.
            ("fr, de", French),
            ("fr;q=0.5, de;q=0.5", French),
            // Refused.
            ("de;q=0", English),
            ("de;q=0.000, fr;q=0.001", French),
            ("*", English),
            ("*;q=0.5, de;q=0.1", English),
            ("de, *;q=0.5", German),
            ("en;q=0, *", German),
            ("en;q=0, de;q=0, *;q=0.1", French),
            ("", English),
        ] {
            assert_eq!(wished(&[line.as_bytes()]), expected, "{line}");
        }
        assert_eq!(wished(&[]), English);
        assert_eq!(wished(&[b"nl", b"ja"]), Japanese, "two lines are one list");
    }

    #[test]
    fn what_cannot_be_read_is_as_if_it_had_not_been_said() {
        for line in [
            "de;q=NaN",
            "de;q=inf",
            "de;q=-1",
            "de;q=2",
            "de;q=1.001",
            "de;q=0.5555",
            "de;q=1e0",
            "de;q=",
            "de;q",
            "de;level=1",
            "deu",
            "d",
            "-de",
            "x-de",
            ";q=1",
            ",,,;;;===",
            "de_DE",
            "../de",
            "<script>",
        ] {
            assert_eq!(wished(&[line.as_bytes()]), English, "{line}");
            let after = format!("{line}, ja;q=0.1");
            assert_eq!(wished(&[after.as_bytes()]), Japanese, "{after}");
        }
        assert_eq!(wished(&[b"de\xff\xfe", b"fr"]), French, "not even text");
        let endless = "x-y;q=0.9,".repeat(100_000) + "de";
        assert_eq!(wished(&[endless.as_bytes()]), English, "it has an end");
    }

    #[test]
    fn an_address_names_a_language_in_one_way() {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static("fr"));
        for (path, language, fixed) in [
            ("/status", French, false),
            ("/status/", French, false),
            ("/status/de", German, true),
            ("/status/de/", German, true),
            ("/status/ja/incidents/1", Japanese, true),
            ("/status/DE", French, false),
            ("/status/de-AT", French, false),
            ("/status/d%65", French, false),
            ("/status/nl", French, false),
            ("/status/incidents/de", French, false),
            ("/de", French, false),
        ] {
            let tongue = Tongue::of(path, &headers);
            assert_eq!((tongue.language, tongue.fixed), (language, fixed), "{path}");
        }
    }
}

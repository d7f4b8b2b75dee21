//! The packings in which we keep what we send, and which of them a browser takes.

use http::HeaderMap;
use http::header::ACCEPT_ENCODING;

/// A packing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// The smaller one.
    Brotli,
    /// The one that everything takes.
    Gzip,
}

impl Encoding {
    /// What the request accepts of what we keep, smallest first.
    pub fn accepted(request: &HeaderMap) -> impl Iterator<Item = Self> {
        [Self::Brotli, Self::Gzip]
            .into_iter()
            .filter(|encoding| encoding.is_accepted(request))
    }

    fn is_accepted(self, request: &HeaderMap) -> bool {
        request
            .get_all(ACCEPT_ENCODING)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .any(|offer| {
                let (name, parameters) = offer.split_once(';').unwrap_or((offer, ""));
                let quality = parameters.trim().strip_prefix("q=").unwrap_or("1");
                let refused = quality.parse().is_ok_and(|quality: f32| quality <= 0.0);
                name.trim().eq_ignore_ascii_case(self.name()) && !refused
            })
    }

    /// Its name in `Content-Encoding`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// What the names of packed files end in.
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
        }
    }
}

//! What stands after the question mark: filters, limits, cursors. A name that no call knows is refused: a filter with a
//! slip of the pen would silently show everything.

use super::problem::ApiError;
use axum::extract::FromRequestParts;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::request::Parts;
use serde::Serialize;
use std::str::FromStr;
use utoipa::{IntoParams, ToSchema};

/// The most that one page may have.
const MOST: i64 = 200;

/// The names and values after the question mark.
pub struct Query(Vec<(String, String)>);

impl<S: Sync> FromRequestParts<S> for Query {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let query = parts.uri.query().unwrap_or_default().as_bytes();
        let pairs = form_urlencoded::parse(query);
        Ok(Self(
            pairs
                .map(|(name, value)| (name.into_owned(), value.into_owned()))
                .collect(),
        ))
    }
}

impl Query {
    /// Takes the value of a name; blank counts as left out, and of two the last one counts.
    pub fn take(&mut self, name: &str) -> Option<String> {
        let found = self.0.iter().rposition(|(n, _)| n == name);
        let value = found.map(|at| self.0[at].1.trim().to_owned());
        self.0.retain(|(n, _)| n != name);
        value.filter(|value| !value.is_empty())
    }

    /// Takes every value of a name, given several times or with commas between; each must be one of `all`.
    pub fn words<T: Copy>(
        &mut self,
        name: &str,
        all: &[T],
        word: impl Fn(T) -> &'static str,
    ) -> Result<Vec<T>, ApiError> {
        let values = self.0.iter().filter(|(n, _)| n == name);
        let values: Vec<String> = values
            .flat_map(|(_, value)| value.split(','))
            .map(|value| value.trim().to_owned())
            .collect();
        self.0.retain(|(n, _)| n != name);
        let find = |value: &String| {
            all.iter()
                .copied()
                .find(|one| word(*one) == value)
                .ok_or_else(|| {
                    let known: Vec<_> = all.iter().map(|one| word(*one)).collect();
                    ApiError::invalid(
                        name,
                        format!("“{value}” is no {name}. Use {}.", known.join(", ")),
                    )
                })
        };
        values
            .iter()
            .filter(|value| !value.is_empty())
            .map(find)
            .collect()
    }

    /// Takes a whole number.
    pub fn number(&mut self, name: &str) -> Result<Option<i64>, ApiError> {
        let Some(value) = self.take(name) else {
            return Ok(None);
        };
        value
            .parse()
            .map(Some)
            .map_err(|_| ApiError::invalid(name, format!("“{value}” is not a whole number.")))
    }

    /// Takes the limit: 1 to 200.
    pub fn limit(&mut self, otherwise: i64) -> Result<i64, ApiError> {
        let limit = self.number("limit")?.unwrap_or(otherwise);
        if (1..=MOST).contains(&limit) {
            Ok(limit)
        } else {
            Err(ApiError::invalid(
                "limit",
                format!("The limit is a number from 1 to {MOST}."),
            ))
        }
    }

    /// Takes the cursor of a list, as [`cursor`] made it.
    pub fn cursor<T: FromStr>(&mut self, list: &str) -> Result<Option<T>, ApiError> {
        let Some(value) = self.take("cursor") else {
            return Ok(None);
        };
        let bytes = URL_SAFE_NO_PAD.decode(&value).ok();
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        let place = text
            .as_deref()
            .and_then(|text| text.strip_prefix(list)?.strip_prefix(':')?.parse().ok());
        place.map(Some).ok_or_else(|| {
            let words = "This cursor is not of this list. Take next_cursor from the page before, or begin without one.";
            ApiError::invalid("cursor", words)
        })
    }

    /// Refuses what is left.
    pub fn end(self) -> Result<(), ApiError> {
        match self.0.into_iter().next() {
            None => Ok(()),
            Some((name, _)) => {
                let words = format!(
                    "This call knows no “{name}”. See /api/v1/openapi.json for what it takes."
                );
                Err(ApiError::invalid(name, words))
            }
        }
    }
}

/// Where the next page of a list begins.
pub fn cursor(list: &str, place: impl std::fmt::Display) -> String {
    URL_SAFE_NO_PAD.encode(format!("{list}:{place}"))
}

/// What stands beside a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Meta {
    /// Give it as `cursor` to read on; null at the end.
    #[schema(required)]
    pub next_cursor: Option<String>,
}

impl Meta {
    /// The next page of `list` begins after `place`; `None` at the end.
    pub fn next(list: &str, place: Option<impl std::fmt::Display>) -> Self {
        Self {
            next_cursor: place.map(|place| cursor(list, place)),
        }
    }
}

/// How every list is paged.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(
    dead_code,
    reason = "only its description is used; Query reads the values"
)]
pub struct Paging {
    /// How many at most, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<i64>,
    /// Where to go on: `next_cursor` of the page before.
    cursor: Option<String>,
}

/// A page of things that are all at hand: those after `cursor`, at most `limit`, and the key of the last when there is more.
pub fn page<T>(
    all: impl IntoIterator<Item = T>,
    key: impl Fn(&T) -> String,
    cursor: Option<&String>,
    limit: i64,
) -> Result<(Vec<T>, Option<String>), ApiError> {
    let mut rest = all.into_iter();
    if let Some(cursor) = cursor
        && !rest.by_ref().any(|one| key(&one) == *cursor)
    {
        return Err(ApiError::invalid(
            "cursor",
            "What this cursor points to is gone. Begin without one.",
        ));
    }
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut page: Vec<T> = rest.take(limit.saturating_add(1)).collect();
    let more = page.len() > limit;
    page.truncate(limit);
    let last = page.last().filter(|_| more).map(key);
    Ok((page, last))
}

//! What comes in: the body, the address, the query. Each says by name what it cannot take.

use super::problem::ApiError;
use app::AppError;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, RawPathParams, Request};
use chrono::{DateTime, SubsecRound, Utc};
use domain::time::Time;
use domain::{Number, Role};
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};
use serde_json::error::Category;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// A body of JSON. An empty one counts as `{}`, so that what is missing is named.
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let is_json = is_json(request.headers());
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|_| ApiError::TooLarge)?;
        if bytes.trim_ascii().is_empty() {
            return read("{}").map(Self);
        }
        if !is_json {
            return Err(ApiError::NotJson);
        }
        let text = std::str::from_utf8(&bytes).map_err(|error| {
            let at = error.valid_up_to();
            ApiError::Malformed(format!(
                "The body is not UTF-8 from byte {at} on. Send JSON in UTF-8."
            ))
        })?;
        read(text).map(Self)
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let kind = kind
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, ApiError> {
    let mut json = serde_json::Deserializer::from_str(text);
    if text.trim_start().starts_with(['[', '"']) {
        // Serde would take a list for an object, field by field.
        let parsed: Result<serde::de::IgnoredAny, _> = serde_json::from_str(text);
        parsed.map_err(|error| unreadable(String::new(), &error))?;
        return Err(ApiError::invalid(
            "body",
            "The body is one JSON object. See /api/v1/openapi.json for its fields.",
        ));
    }
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        unreadable(path, &error.into_inner())
    })?;
    json.end()
        .map_err(|error| unreadable(String::new(), &error))?;
    Ok(value)
}

fn unreadable(path: String, error: &serde_json::Error) -> ApiError {
    let words = error.to_string();
    match error.classify() {
        Category::Syntax | Category::Eof | Category::Io => {
            ApiError::Malformed(format!("This is not JSON: {words}."))
        }
        Category::Data => {
            let field = match named(&words) {
                Some(name) if path == "." || path.is_empty() => name.to_owned(),
                Some(name) if !path.ends_with(name) => format!("{path}.{name}"),
                None if path == "." => "body".to_owned(),
                Some(_) | None => path,
            };
            let mut letters = words.chars();
            let first = letters
                .next()
                .map(|first| first.to_ascii_uppercase())
                .unwrap_or_default();
            let words = format!(
                "{first}{}. See /api/v1/openapi.json for what this call takes.",
                letters.as_str()
            );
            ApiError::Invalid { field, words }
        }
    }
}

/// The field that serde names when one is missing, not known or there twice; the path then leads to its object only.
fn named(words: &str) -> Option<&str> {
    let (what, rest) = words.split_once(" field `")?;
    matches!(what, "missing" | "unknown" | "duplicate")
        .then(|| rest.split('`').next())
        .flatten()
}

/// A moment, RFC 3339. Another offset than UTC is converted; what is finer than a microsecond is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment(pub Time);

impl Moment {
    /// Reads a moment.
    pub fn read(text: &str) -> Result<Self, String> {
        match DateTime::parse_from_rfc3339(text.trim()) {
            Ok(time) => Ok(Self(time.with_timezone(&Utc).trunc_subsecs(6))),
            Err(_) => Err(format!(
                "“{text}” is not a time. Write it like 2026-11-17T14:05:00Z"
            )),
        }
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl PartialSchema for Moment {
    fn schema() -> RefOr<Schema> {
        let time = SchemaFormat::KnownFormat(KnownFormat::DateTime);
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(time))
            .into()
    }
}

impl ToSchema for Moment {
    fn name() -> std::borrow::Cow<'static, str> {
        "Time".into()
    }
}

/// The names in the address, such as the number of an incident.
pub struct Place(Vec<(String, String)>);

impl<S: Send + Sync> FromRequestParts<S> for Place {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let params = RawPathParams::from_request_parts(parts, state).await;
        let params = params.map_err(|_| ApiError::NoSuchCall)?;
        Ok(Self(
            params
                .iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
        ))
    }
}

impl Place {
    /// What stands in the address under a name.
    pub fn text(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(n, _)| n == name)
            .map_or("", |(_, value)| value.as_str())
    }

    /// The incident's number.
    pub fn number(&self) -> Result<Number, ApiError> {
        let text = self.text("number");
        text.parse()
            .map(Number)
            .map_err(|_| AppError::no_incident(text).into())
    }

    /// A sitrep's version.
    pub fn version(&self, name: &str) -> Result<i64, ApiError> {
        let text = self.text(name);
        text.parse().map_err(|_| {
            ApiError::Absent(format!(
                "There is no sitrep {text}. Sitreps are counted from 1."
            ))
        })
    }

    /// A role.
    pub fn role(&self) -> Result<Role, ApiError> {
        self.text("role")
            .parse()
            .map_err(|words: String| ApiError::invalid("role", words))
    }
}

//! `If-Match: "17"`: only if the incident is at that version. Optional on every change of an incident.

use super::problem::ApiError;
use axum::extract::FromRequestParts;
use http::HeaderValue;
use http::header::IF_MATCH;
use http::request::Parts;

/// The version that the caller expects, if any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected(pub Option<i64>);

impl<S: Sync> FromRequestParts<S> for Expected {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let Some(value) = parts.headers.get(IF_MATCH) else {
            return Ok(Self(None));
        };
        let text = value.to_str().unwrap_or_default().trim();
        if text == "*" {
            return Ok(Self(None));
        }
        let bare = text.strip_prefix("W/").unwrap_or(text).trim_matches('"');
        let version = bare.parse::<i64>().ok().filter(|version| *version >= 0);
        version.map(|version| Self(Some(version))).ok_or_else(|| {
            let words =
                "If-Match takes the version of the incident as its ETag shows it, such as \"17\".";
            ApiError::invalid("If-Match", words)
        })
    }
}

/// The version as a header.
pub fn etag(version: i64) -> HeaderValue {
    HeaderValue::from_str(&format!("\"{version}\"")).unwrap_or(HeaderValue::from_static("\"0\""))
}

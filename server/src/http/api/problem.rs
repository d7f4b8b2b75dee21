//! What went wrong, as problem+json (RFC 9457). One error for every call, mapped by one exhaustive match; what is internal
//! is logged here, once, and never shown.

use super::shape::{Event, Incident};
use crate::services::Refusal;
use crate::store::{Scope, StoreError};
use app::AppError;
use axum::response::{IntoResponse, Response};
use domain::Rejection;
use http::header::{CONTENT_TYPE, HeaderName, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, StatusCode};
use serde::Serialize;
use utoipa::ToSchema;

/// The media type of an error.
pub const PROBLEM_JSON: &str = "application/problem+json";
/// Longest text that is answered, in characters; what came in may be quoted in it.
const LONGEST: usize = 600;
/// When to come back after something that passes, in seconds.
const SOON: u64 = 2;

/// Why a call was not carried out. Nothing of it was kept, save perhaps with [`ApiError::Unknown`].
#[derive(Debug)]
pub enum ApiError {
    /// No token came along.
    NoToken,
    /// The token is unknown or was ended, or its person has no access any more.
    BadToken,
    /// The token may do less than this.
    SmallScope {
        /// What it may.
        has: Scope,
        /// What it would take.
        needs: Scope,
    },
    /// The person may not.
    NotAllowed(String),
    /// A rule said no.
    Rule {
        /// Which, with its words.
        rejection: Box<Rejection>,
        /// The input to blame, where it is called otherwise than in the rule.
        field: Option<&'static str>,
    },
    /// What was asked for is not there.
    Absent(String),
    /// There is no such call.
    NoSuchCall,
    /// The call is there, the method is not.
    WrongMethod,
    /// The caller wants a form that is not spoken here.
    NotAcceptable {
        /// What is.
        speaks: &'static str,
    },
    /// The body is of another kind than JSON.
    NotJson,
    /// The body is larger than any call takes.
    TooLarge,
    /// The body cannot be read at all.
    Malformed(String),
    /// The body or the address can be read, and something in it is not what the call takes.
    Invalid {
        /// The input to blame.
        field: String,
        /// What is wrong and what would be right.
        words: String,
    },
    /// `If-Match` named another version.
    Stale {
        /// As it stands.
        incident: Box<Incident>,
        /// What happened since the version expected.
        events: Vec<Event>,
    },
    /// Somebody was faster, and the command made no sense any more.
    Overtaken(String),
    /// The first request with this key is still being done.
    InProgress(String),
    /// The key came with another request before.
    KeyReused,
    /// It was tried too often; after so many seconds it may be tried again.
    TooOften {
        /// How many.
        seconds: u64,
    },
    /// The request came before, and its answer went with what was redacted.
    AnswerRedacted,
    /// The store cannot be reached; nothing was kept.
    Unavailable,
    /// The store was told to keep it, and nobody heard whether it did.
    Unknown,
    /// A mistake of ours.
    Internal,
}

/// What every call answers.
pub type Answer = Result<Response, ApiError>;

impl ApiError {
    /// Something in the input is not what the call takes.
    pub fn invalid(field: impl Into<String>, words: impl Into<String>) -> Self {
        Self::Invalid {
            field: field.into(),
            words: words.into(),
        }
    }
}

impl From<Rejection> for ApiError {
    fn from(rejection: Rejection) -> Self {
        Self::Rule {
            rejection: Box::new(rejection),
            field: None,
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        tracing::error!(error = %error, "the store failed");
        match (&error, error.public()) {
            (StoreError::Lost(_), _) => Self::Unknown,
            (_, "broken") => Self::Internal,
            _ => Self::Unavailable,
        }
    }
}

impl From<AppError> for ApiError {
    fn from(error: AppError) -> Self {
        match error {
            AppError::SignIn {} => Self::BadToken,
            AppError::Forbidden { words } => Self::NotAllowed(words),
            AppError::NotFound { words } => Self::Absent(words),
            AppError::Rejected { rejection } => rejection.into(),
            conflict @ (AppError::Conflict { .. } | AppError::SentOtherwise {}) => {
                Self::Overtaken(conflict.to_string())
            }
            AppError::TooOften { seconds } => Self::TooOften { seconds },
            AppError::Internal {} => Self::Internal,
            AppError::Unreachable {} => Self::Unavailable,
        }
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::App(error) => error.into(),
            Refusal::Store(error) => error.into(),
            // Calls that expect a version answer this themselves, with what happened since.
            stale @ Refusal::Stale { .. } => AppError::from(stale).into(),
        }
    }
}

/// An error as it is answered.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// What kind of problem, as a name that does not change: `urn:muster:problem:…`.
    #[serde(rename = "type")]
    #[schema(example = "urn:muster:problem:too-long")]
    kind: String,
    /// The kind in words.
    #[schema(example = "A rule says no")]
    title: &'static str,
    /// What happened and what to do, for people.
    #[schema(example = "The title is too long. It may have at most 200 characters.")]
    detail: String,
    /// The HTTP status.
    #[schema(example = 422)]
    status: u16,
    /// The input to blame, by its name on the wire, where one is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "title")]
    field: Option<String>,
    /// With 412: the incident as it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    incident: Option<Box<Incident>>,
    /// With 412: what happened since the version that was expected, the oldest first.
    #[serde(skip_serializing_if = "Option::is_none")]
    events: Option<Vec<Event>>,
}

impl Problem {
    fn new(status: StatusCode, kind: &str, title: &'static str, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("urn:muster:problem:{}", kind.replace('_', "-")),
            title,
            detail: shortened(detail.into()),
            status: status.as_u16(),
            field: None,
            incident: None,
            events: None,
        }
    }

    fn blaming(mut self, field: Option<String>) -> Self {
        self.field = field.map(shortened);
        self
    }
}

fn shortened(text: String) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

impl From<ApiError> for Problem {
    fn from(error: ApiError) -> Self {
        match error {
            ApiError::NoToken => Self::new(
                StatusCode::UNAUTHORIZED,
                "no_token",
                "A token is needed",
                "Send an API token as “Authorization: Bearer muster_…”. An administrator makes one under Settings or with “muster token add”.",
            ),
            ApiError::BadToken => Self::new(
                StatusCode::UNAUTHORIZED,
                "bad_token",
                "The token does not work",
                "This token is unknown or was ended, or its person has no access any more. Ask an administrator for another.",
            ),
            ApiError::SmallScope { has, needs } => Self::new(
                StatusCode::FORBIDDEN,
                "small_scope",
                "The token may not",
                format!("This token has the scope {has}; the call takes {needs}. Use a token made with --scope {needs}."),
            ),
            ApiError::NotAllowed(words) => {
                Self::new(StatusCode::FORBIDDEN, "not_allowed", "The person may not", words)
            }
            ApiError::Rule { rejection, field } => rule(&rejection, field),
            ApiError::Absent(words) => Self::new(StatusCode::NOT_FOUND, "not_found", "It is not there", words),
            ApiError::NoSuchCall => Self::new(
                StatusCode::NOT_FOUND,
                "no_such_call",
                "There is no such call",
                "Every call that there is stands in /api/v1/openapi.json.",
            ),
            ApiError::WrongMethod => Self::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "wrong_method",
                "The call has no such method",
                "The header Allow says which methods there are. See /api/v1/openapi.json.",
            ),
            ApiError::NotAcceptable { speaks } => Self::new(
                StatusCode::NOT_ACCEPTABLE,
                "not_acceptable",
                "Not in that form",
                format!("This call answers {speaks}. Leave Accept out, or name that."),
            ),
            ApiError::NotJson => Self::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "not_json",
                "The body is not JSON",
                "Send the body as “Content-Type: application/json”.",
            ),
            ApiError::TooLarge => Self::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "too_large",
                "This is too much at once",
                "A body may have 4 MB. Nothing was kept. Shorten it, or send it in parts.",
            ),
            ApiError::Malformed(words) => {
                Self::new(StatusCode::BAD_REQUEST, "malformed", "The body cannot be read", words)
            }
            ApiError::Invalid { field, words } => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", "Something is not as it should be", words)
                    .blaming(Some(field))
            }
            ApiError::Stale { incident, events } => {
                let words = format!(
                    "The incident is at version {} by now. Look at what happened since, then decide again.",
                    incident.version()
                );
                let mut problem =
                    Self::new(StatusCode::PRECONDITION_FAILED, "stale", "Something happened meanwhile", words);
                problem.incident = Some(incident);
                problem.events = Some(events);
                problem
            }
            ApiError::Overtaken(words) => {
                Self::new(StatusCode::CONFLICT, "overtaken", "Somebody was faster", words)
            }
            ApiError::InProgress(words) => {
                Self::new(StatusCode::CONFLICT, "in_progress", "This request is being done", words)
            }
            ApiError::AnswerRedacted => Self::new(
                StatusCode::GONE,
                "answer_redacted",
                "The answer was redacted",
                "This request came before. Its answer went when something in this incident was redacted. Look at the incident as it is now; send the request with a new key only if it is not there.",
            ),
            ApiError::KeyReused => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "key_reused",
                "The key belongs to another request",
                "This Idempotency-Key came with another request before. A new request takes a new key.",
            )
            .blaming(Some("Idempotency-Key".to_owned())),
            ApiError::TooOften { seconds } => Self::new(
                StatusCode::TOO_MANY_REQUESTS,
                "too_often",
                "Too often",
                AppError::TooOften { seconds }.to_string(),
            ),
            ApiError::Unavailable => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "unavailable",
                "Muster cannot reach its database",
                "Nothing was kept. Try again in a moment.",
            ),
            ApiError::Unknown => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "unknown",
                "Muster lost its database in the middle of this",
                "Whether it was kept is not known. Send it again with the same Idempotency-Key: then it happens once. Without a key, look first.",
            ),
            ApiError::Internal => Self::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "internal",
                "Something broke",
                "The server could not do this, and has logged why.",
            ),
        }
    }
}

/// The kind is the rule's own code, so that programs can tell one refusal from another.
fn rule(rejection: &Rejection, field: Option<&'static str>) -> Problem {
    let (status, title) = if rejection.is_forbidden() {
        (StatusCode::FORBIDDEN, "The person may not")
    } else if rejection.is_conflict() {
        (StatusCode::CONFLICT, "Somebody was faster")
    } else {
        (StatusCode::UNPROCESSABLE_ENTITY, "A rule says no")
    };
    let code = serde_json::to_value(rejection).ok();
    let code = code
        .as_ref()
        .and_then(|value| value["code"].as_str())
        .unwrap_or("rule");
    let field = field.or_else(|| rejection.field()).map(str::to_owned);
    Problem::new(status, code, title, rejection.to_string()).blaming(field)
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let bearer = |words| Some((WWW_AUTHENTICATE, HeaderValue::from_static(words)));
        let header: Option<(HeaderName, HeaderValue)> = match &self {
            Self::NoToken => bearer(r#"Bearer realm="muster""#),
            Self::BadToken => bearer(r#"Bearer realm="muster", error="invalid_token""#),
            Self::SmallScope { .. } => {
                bearer(r#"Bearer realm="muster", error="insufficient_scope""#)
            }
            Self::InProgress(_) | Self::Unavailable | Self::Unknown => {
                Some((RETRY_AFTER, SOON.into()))
            }
            Self::TooOften { seconds } => Some((RETRY_AFTER, (*seconds).into())),
            Self::NotAllowed(_)
            | Self::Rule { .. }
            | Self::Absent(_)
            | Self::NoSuchCall
            | Self::WrongMethod
            | Self::NotAcceptable { .. }
            | Self::NotJson
            | Self::TooLarge
            | Self::Malformed(_)
            | Self::Invalid { .. }
            | Self::Stale { .. }
            | Self::Overtaken(_)
            | Self::KeyReused
            | Self::AnswerRedacted
            | Self::Internal => None,
        };
        let problem = Problem::from(self);
        let status =
            StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, axum::Json(problem)).into_response();
        response
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
        if let Some((name, value)) = header {
            response.headers_mut().insert(name, value);
        }
        response
    }
}

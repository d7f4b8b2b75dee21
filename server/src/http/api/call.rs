//! Who calls, and what they may: from the bearer token to a [`Call`] that every handler works through. Cookies count for
//! nothing here.

use super::if_match::Expected;
use super::problem::ApiError;
use super::shape::{Event, View};
use crate::http::{Server, limits};
use crate::ids::hash;
use crate::services::{Refusal, Services};
use crate::store::Once;
use crate::store::{Committed, Scope};
use app::AppError;
use axum::extract::{FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::{ComponentId, Directory, IncidentCommand, Number, Person, PersonId, Rejection};
use http::HeaderMap;
use http::header::AUTHORIZATION;
use http::request::Parts;
use std::sync::Arc;

/// A call with a token that works.
#[derive(Clone)]
pub struct Call {
    /// What Muster does.
    pub services: Services,
    /// The whole server, for the stream.
    pub server: Server,
    /// People, components and settings.
    pub directory: Arc<Directory>,
    /// On whose behalf the token acts.
    pub person: Person,
    /// The hash of the token's secret, to ask later whether it still stands.
    pub token_hash: String,
    scope: Scope,
}

/// Lets in whoever has a token that works, and puts the [`Call`] into the request.
pub async fn authenticate(
    State(server): State<Server>,
    mut request: Request,
    next: Next,
) -> Response {
    // Whoever comes without a token that works is held up after a while: tokens are not for guessing.
    let caller = limits::caller(&request);
    let stranger = |error: ApiError| match server.limits.stranger(caller) {
        Ok(()) => error.into_response(),
        Err(seconds) => ApiError::TooOften { seconds }.into_response(),
    };
    let Some(token) = bearer(request.headers()) else {
        return stranger(ApiError::NoToken);
    };
    let (person, scope) = match server.services.bearer(token).await {
        Ok(Some(found)) => found,
        Ok(None) => return stranger(ApiError::BadToken),
        Err(error) => return ApiError::from(error).into_response(),
    };
    let call = Call {
        services: server.services.clone(),
        directory: server.services.directory(),
        token_hash: hash(token),
        server,
        person,
        scope,
    };
    request.extensions_mut().insert(call);
    next.run(request).await
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

/// Makes an extractor that asks for a scope.
macro_rules! with_scope {
    ($($(#[$doc:meta])* $name:ident needs $scope:expr;)*) => {$(
        $(#[$doc])*
        pub struct $name(pub Call);

        impl<S: Sync> FromRequestParts<S> for $name {
            type Rejection = ApiError;

            async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
                let call = parts.extensions.get::<Call>().cloned().ok_or(ApiError::NoToken)?;
                if call.scope < $scope {
                    return Err(ApiError::SmallScope { has: call.scope, needs: $scope });
                }
                Ok(Self(call))
            }
        }
    )*};
}

with_scope! {
    /// A call that reads.
    Reads needs Scope::Read;
    /// A call that changes incidents. Whether the person may is for the rules to say.
    Writes needs Scope::Write;
    /// A call that changes people, components or settings, or blanks what was written.
    Keeps needs Scope::Admin;
}

impl Call {
    /// The same call, for a request with a key.
    #[must_use]
    pub fn keyed(&self, once: Once) -> Self {
        Self {
            services: self.services.keyed(Some(once)),
            ..self.clone()
        }
    }

    /// How things are shown.
    pub fn view(&self) -> View<'_> {
        View {
            directory: &self.directory,
            base_url: self.services.base_url(),
        }
    }

    /// An incident as it stands.
    pub async fn incident(&self, number: Number) -> Result<Arc<domain::Incident>, ApiError> {
        let found = self.services.incident(number).await?;
        found.ok_or_else(|| AppError::no_incident(number).into())
    }

    /// Carries out one command.
    pub async fn execute(
        &self,
        number: Number,
        expected: Expected,
        command: IncidentCommand,
    ) -> Result<Committed, ApiError> {
        let done = self
            .services
            .execute(&self.person.id, number, expected.0, command)
            .await;
        done.map_err(|refusal| self.refused(refusal))
    }

    /// Carries out several commands in one, leaving out what would change nothing.
    pub async fn change(
        &self,
        number: Number,
        expected: Expected,
        commands: &[IncidentCommand],
    ) -> Result<Committed, ApiError> {
        let done = self
            .services
            .execute_all(&self.person.id, number, expected.0, commands)
            .await;
        done.map_err(|refusal| self.refused(refusal))
    }

    /// A service's refusal, with the incident as it stands where another version was expected.
    pub fn refused(&self, refusal: Refusal) -> ApiError {
        match refusal {
            Refusal::Stale { incident, since } => ApiError::Stale {
                incident: Box::new(self.view().incident(&incident)),
                events: since.iter().map(Event::from).collect(),
            },
            other @ (Refusal::App(_) | Refusal::Store(_)) => other.into(),
        }
    }

    /// Finds a person by id, handle or e-mail, former ones too (the rules say what may be done with those). Not by name:
    /// two people may have the same.
    pub fn find_person(&self, text: &str) -> Option<&Person> {
        let text = text.trim();
        let short = text.trim_start_matches('@').to_lowercase();
        let people = || self.directory.people.iter();
        people()
            .find(|person| person.id.as_str() == text)
            .or_else(|| people().find(|person| person.handle == short))
            .or_else(|| people().find(|person| person.email.as_deref() == Some(&short)))
    }

    /// A person named in the body; `field` is the input to blame when there is nobody.
    pub fn person(&self, field: &'static str, text: &str) -> Result<PersonId, ApiError> {
        let found = self.find_person(text).map(|person| person.id.clone());
        found.ok_or_else(|| ApiError::Rule {
            rejection: Box::new(Rejection::UnknownPerson {
                text: text.to_owned(),
            }),
            field: Some(field),
        })
    }

    /// A component named in the body, by id or exact name.
    pub fn component(&self, text: &str) -> Result<ComponentId, ApiError> {
        let found = self
            .directory
            .find_component(text)
            .map(|component| component.id.clone());
        found.ok_or_else(|| {
            Rejection::UnknownComponent {
                text: text.to_owned(),
            }
            .into()
        })
    }
}

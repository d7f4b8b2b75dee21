//! A whole server on a database of its own, and clients that speak HTTP to it.

use crate::place::Place;
use crate::schema;
use axum::Router;
use axum::body::Body;
use chrono::{DateTime, TimeDelta};
use domain::{AccountRole, PersonId};
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, Method, Request};
use serde_json::Value;
use server::clock::ManualClock;
use server::hub::Hub;
use server::services::Services;
use server::store::Scope;
use std::sync::Arc;
use tokio_util::sync::{CancellationToken, DropGuard};
use tower::ServiceExt;

/// The server of a test, with a clock that is moved by hand.
pub struct TestApp {
    /// What Muster does.
    pub services: Services,
    /// The clock; it begins on 17 November 2026 at 14:00 UTC.
    pub clock: Arc<ManualClock>,
    /// What handlers work with.
    pub server: server::http::Server,
    /// Everything that speaks HTTP.
    pub router: Router,
    _stop: DropGuard,
}

impl TestApp {
    /// Starts on a database.
    pub async fn start(place: &Place) -> Self {
        Self::at(place, "http://muster.test").await
    }

    /// Starts where people come by this address.
    pub async fn at(place: &Place, base_url: &str) -> Self {
        let two = DateTime::parse_from_rfc3339("2026-11-17T14:00:00Z").expect("a time");
        let clock = Arc::new(ManualClock::at(two.to_utc()));
        let services = Services::open(
            Arc::clone(&place.store),
            Arc::clone(&clock) as Arc<dyn server::clock::Clock>,
            base_url.to_owned(),
            "build".to_owned(),
        );
        let services = services.await.expect("the services open");
        let stop = CancellationToken::new();
        let hub = Hub::start(services.clone(), stop.clone());
        let state = server::http::Server::new(services.clone(), hub);
        let router = server::http::router(&state, server::http::public_router(&state));
        Self {
            services,
            clock,
            server: state,
            router,
            _stop: stop.drop_guard(),
        }
    }

    /// Moves the clock.
    pub fn wait(&self, minutes: i64) {
        self.clock.advance(TimeDelta::minutes(minutes));
    }

    /// Lets somebody in; the handle is what stands before the @.
    pub async fn person(&self, handle: &str, role: AccountRole) -> PersonId {
        let email = format!("{handle}@example.test");
        let name = format!("{} Alder", handle.to_uppercase());
        let person = self.services.add_person(None, &email, &name, role).await;
        person.expect("a person").id
    }

    /// A client with a token of somebody.
    pub async fn client_of(&self, person: &PersonId, scope: Scope) -> Client {
        let name = format!("{person} {scope}");
        let token = self
            .services
            .add_token(None, &name, scope, Some(person.clone()))
            .await;
        self.with_token(Some(token.expect("a token")))
    }

    /// A client for somebody new.
    pub async fn client(&self, handle: &str, role: AccountRole, scope: Scope) -> Client {
        let person = self.person(handle, role).await;
        self.client_of(&person, scope).await
    }

    /// A client with this token, or none.
    pub fn with_token(&self, token: Option<String>) -> Client {
        Client {
            router: self.router.clone(),
            token,
        }
    }
}

/// Somebody who calls `/api/v1`.
#[derive(Clone)]
pub struct Client {
    router: Router,
    /// The token, if there is one.
    pub token: Option<String>,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub text: String,
}

impl Reply {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// The body, which must have come with this status.
    #[track_caller]
    pub fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        self.json()
    }

    /// A header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("plain text"))
    }
}

impl Client {
    /// A call that is ready but for its body.
    pub fn call(&self, method: Method, path: &str) -> Call {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/api/v1{path}"));
        if let Some(token) = &self.token {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        Call {
            router: self.router.clone(),
            path: path.to_owned(),
            request,
        }
    }

    /// `GET`.
    pub async fn get(&self, path: &str) -> Reply {
        self.call(Method::GET, path).send().await
    }

    /// `POST`.
    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.call(Method::POST, path).json(&body).await
    }

    /// `PATCH`.
    pub async fn patch(&self, path: &str, body: Value) -> Reply {
        self.call(Method::PATCH, path).json(&body).await
    }

    /// `PUT`.
    pub async fn put(&self, path: &str, body: Value) -> Reply {
        self.call(Method::PUT, path).json(&body).await
    }

    /// `DELETE`.
    pub async fn delete(&self, path: &str) -> Reply {
        self.call(Method::DELETE, path).send().await
    }

    /// Declares an incident and answers its number.
    pub async fn declare(&self, title: &str) -> i64 {
        let declared = self
            .post("/incidents", serde_json::json!({"title": title}))
            .await;
        declared.expect(201)["incident"]["number"]
            .as_i64()
            .expect("a number")
    }
}

/// A call to send.
pub struct Call {
    router: Router,
    path: String,
    request: http::request::Builder,
}

impl Call {
    /// Adds a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    /// Sends it without a body.
    pub async fn send(self) -> Reply {
        self.bytes("").await
    }

    /// Sends it with JSON.
    pub async fn json(self, body: &Value) -> Reply {
        self.header(CONTENT_TYPE.as_str(), "application/json")
            .bytes(body.to_string())
            .await
    }

    /// Sends it with any bytes. Every answer is held against the OpenAPI document.
    pub async fn bytes(self, body: impl Into<Body>) -> Reply {
        let request = self.request.body(body.into()).expect("a request");
        let method = request.method().clone();
        let response = self.router.oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX)
            .await
            .expect("a body");
        let reply = Reply {
            status: parts.status.as_u16(),
            headers: parts.headers,
            text: String::from_utf8(body.to_vec()).expect("UTF-8"),
        };
        schema::check(&method, &self.path, &reply);
        reply
    }

    /// Sends it and leaves the answer open.
    pub async fn open(self) -> axum::response::Response {
        let request = self.request.body(Body::empty()).expect("a request");
        self.router.oneshot(request).await.expect("an answer")
    }
}

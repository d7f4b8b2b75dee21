//! Somebody with a session, who sends the forms that the screens send and calls the functions that they call.

use crate::app::{Reply, TestApp};
use axum::Router;
use axum::body::Body;
use domain::PersonId;
use http::Request;
use http::header::{CONTENT_TYPE, COOKIE, SET_COOKIE};
use serde_json::Value;
use tower::ServiceExt;

/// A browser that is signed in.
pub struct Browser {
    router: Router,
    /// Its cookie.
    pub cookie: String,
}

impl Browser {
    /// Signs somebody in by a link.
    pub async fn of(app: &TestApp, person: &PersonId) -> Self {
        let link = app
            .services
            .sign_in_link(None, person)
            .await
            .expect("a link");
        Self::by(app, &link).await
    }

    /// Signs in by a link, wherever it was made.
    pub async fn by(app: &TestApp, link: &str) -> Self {
        let path = link
            .rfind("/sign-in/")
            .map(|at| &link[at..])
            .expect("a path");
        let request = Request::post(path).body(Body::empty()).expect("a request");
        let response = app
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("an answer");
        let cookie = response.headers().get(SET_COOKIE).expect("a cookie");
        let cookie = cookie
            .to_str()
            .expect("text")
            .split(';')
            .next()
            .unwrap_or_default();
        Self {
            router: app.router.clone(),
            cookie: cookie.to_owned(),
        }
    }

    /// Posts a form; it must be carried out.
    #[track_caller]
    pub fn form(&self, path: &str, fields: &[(&str, &str)]) -> impl Future<Output = Reply> {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(fields);
        let sent = self.send(path, "application/x-www-form-urlencoded", body.finish());
        async {
            let reply = sent.await;
            assert_eq!(reply.status, 303, "{}", reply.text);
            reply
        }
    }

    /// Calls a server function; it must be carried out.
    pub async fn function(&self, name: &str, arguments: Value) -> Value {
        let path = format!("/fn/{name}");
        let reply = self
            .send(&path, "application/json", arguments.to_string())
            .await;
        reply.expect(200)
    }

    /// The body of a screen, which must be there.
    pub async fn page(&self, path: &str) -> String {
        let request = Request::get(path)
            .header(COOKIE, &self.cookie)
            .body(Body::empty())
            .expect("a request");
        let reply = ask(&self.router, request).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        reply.text
    }

    /// Posts anything, whatever comes of it.
    pub async fn send(&self, path: &str, kind: &str, body: impl Into<Body>) -> Reply {
        let request = Request::post(path)
            .header(COOKIE, &self.cookie)
            .header(CONTENT_TYPE, kind)
            .body(body.into())
            .expect("a request");
        ask(&self.router, request).await
    }
}

/// Sends a request that nothing is added to.
pub async fn ask(router: &Router, request: Request<Body>) -> Reply {
    let response = router.clone().oneshot(request).await.expect("an answer");
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX)
        .await
        .expect("a body");
    Reply {
        status: parts.status.as_u16(),
        headers: parts.headers,
        text: String::from_utf8(body.to_vec()).expect("UTF-8"),
    }
}

//! A public side of one's own: a store in a folder that goes away, a clock that stands, the router.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::response::Response;
use chrono::{DateTime, TimeDelta};
use domain::time::Time;
use domain::{
    AccountRole, Component, ComponentId, Directory, Incident, IncidentEvent, Person, PersonId,
    PersonRef, Proposed,
};
use http::{HeaderMap, HeaderName, Request, StatusCode};
use server::clock::{Clock, ManualClock};
use server::http::status::{Assets, Public, router};
use server::hub::Hub;
use server::services::Services;
use server::store::{Commit, HouseChange, Store, Target, open};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// A folder that is removed at the end.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("muster_public_{}_{count}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).expect("a temporary folder");
        Self(path)
    }

    pub fn file(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, content).expect("a file");
        path
    }

    pub fn url(&self) -> String {
        format!("sqlite:{}/muster.db", self.0.display())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Nobody is harmed by a folder that stays behind in the temporary ones.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The public side with everything behind it.
pub struct Site {
    pub store: Arc<dyn Store>,
    pub hub: Option<Hub>,
    pub clock: Arc<ManualClock>,
    pub router: Router,
    pub stop: CancellationToken,
    pub folder: Folder,
}

/// A moment on the day of the tests, in 2026.
pub fn at(clock: &str) -> Time {
    DateTime::parse_from_rfc3339(&format!("2026-11-17T{clock}:00Z"))
        .expect("a time")
        .to_utc()
}

/// A page as it came.
pub struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub html: String,
}

impl Site {
    /// A public side that wakes for everything: what is committed is there at once.
    pub async fn new() -> Self {
        Self::with(false).await
    }

    /// A public side that wakes for what the hub lets through, as in the process.
    pub async fn behind_a_hub() -> Self {
        Self::with(true).await
    }

    async fn with(hub: bool) -> Self {
        let folder = Folder::new();
        let store = open(&folder.url()).await.expect("the store opens");
        store.migrate().await.expect("the store migrates");
        let clock = Arc::new(ManualClock::at(at("14:27")));
        let stop = CancellationToken::new();
        let hub = if hub {
            let inside = Services::open(
                Arc::clone(&store),
                clock.clone(),
                "http://muster.test".to_owned(),
                "build".to_owned(),
            );
            let inside = inside.await.expect("the services open");
            Some(Hub::start(inside, stop.clone()))
        } else {
            None
        };
        let public = Public {
            store: Arc::clone(&store),
            clock: clock.clone(),
            moved: hub.as_ref().map_or_else(|| store.head(), Hub::public),
            // Without a hub nothing wakes for a redaction; tests of one have one.
            blanked: hub
                .as_ref()
                .map_or_else(|| tokio::sync::watch::channel(0).1, Hub::blanked),
            base_url: "https://muster.test".to_owned(),
            assets: Assets {
                css: "/pkg/status.css".to_owned(),
                js: "/pkg/status.js".to_owned(),
            },
            stop: stop.clone(),
        };
        Self {
            router: router(public),
            store,
            hub,
            clock,
            stop,
            folder,
        }
    }

    /// Waits until the hub has seen everything.
    pub async fn reached(&self) {
        let head = *self.store.head().borrow();
        let hub = self.hub.as_ref().expect("a hub");
        let mut seen = hub.head();
        seen.wait_for(|seen| *seen >= head)
            .await
            .expect("it goes on");
    }

    /// A component of this name and, as it happens, this id.
    pub async fn component(&self, name: &str, group: &str) -> ComponentId {
        let id = ComponentId::new(name);
        let component = Component {
            group: group.to_owned(),
            ..Component::new(id.clone(), name)
        };
        let change = HouseChange::PutComponent {
            component,
            place: None,
        };
        self.change(change).await;
        id
    }

    pub async fn change(&self, change: HouseChange) {
        let done = self.store.change_house(None, self.clock.now(), change);
        done.await.expect("a change of the house");
    }

    /// Somebody who acts.
    pub async fn person(&self, handle: &str, name: &str) -> PersonRef {
        let person = Person {
            id: PersonId::new(format!("p-{handle}")),
            handle: handle.to_owned(),
            name: name.to_owned(),
            email: Some(format!("{handle}@example.test")),
            role: AccountRole::Admin,
            service: false,
            active: true,
        };
        self.change(HouseChange::PutPerson(person.clone())).await;
        person.as_ref()
    }

    pub async fn directory(&self) -> Directory {
        self.store.directory().await.expect("the directory")
    }

    /// Makes events happen now.
    pub async fn happen(
        &self,
        target: Option<&Incident>,
        by: Option<&PersonRef>,
        events: Vec<IncidentEvent>,
    ) -> Incident {
        let proposed = events.into_iter().map(Proposed::from).collect();
        self.commit(target, by, proposed).await
    }

    pub async fn commit(
        &self,
        target: Option<&Incident>,
        by: Option<&PersonRef>,
        proposed: Vec<Proposed>,
    ) -> Incident {
        let target = target.map_or(Target::New, |incident| {
            Target::Incident(Box::new(incident.clone()))
        });
        let commit = Commit {
            target,
            by: by.cloned(),
            recorded_at: self.clock.now(),
            proposed,
            letters: false,
            import_key: None,
            once: None,
            drafted: Vec::new(),
        };
        self.store.commit(commit).await.expect("a commit").incident
    }

    pub fn later(&self, minutes: i64) {
        self.clock.advance(TimeDelta::minutes(minutes));
    }

    pub async fn ask(&self, path: &str, header: Option<(HeaderName, &str)>) -> Response {
        let mut request = Request::get(path);
        if let Some((name, value)) = header {
            request = request.header(name, value);
        }
        let request = request.body(Body::empty()).expect("a request");
        self.router
            .clone()
            .oneshot(request)
            .await
            .expect("an answer")
    }

    pub async fn get(&self, path: &str) -> Page {
        let (parts, body) = self.ask(path, None).await.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a body");
        Page {
            status: parts.status,
            headers: parts.headers,
            html: String::from_utf8(bytes.to_vec()).expect("UTF-8"),
        }
    }
}

impl Page {
    /// What a person reads, with single spaces.
    pub fn text(&self) -> String {
        words(&self.html)
    }

    /// What lies between two marks, the first time.
    pub fn between<'a>(&'a self, from: &str, to: &str) -> &'a str {
        let start = self.html.find(from).map_or_else(
            || panic!("no {from:?} in {}", self.html),
            |at| at + from.len(),
        );
        let rest = &self.html[start..];
        rest.find(to).map_or(rest, |end| &rest[..end])
    }
}

/// The words of a piece of HTML, with single spaces.
pub fn words(html: &str) -> String {
    let mut text = String::new();
    for (at, piece) in html.split('<').enumerate() {
        let visible = match piece.split_once('>') {
            // What is for machines nobody reads.
            Some((tag, _)) if at > 0 && tag.starts_with("script ") => "",
            Some((_, visible)) if at > 0 => visible,
            Some(_) | None => piece,
        };
        text.push(' ');
        text.push_str(visible);
    }
    for (entity, sign) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, sign);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The invented incidents.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name)
}

//! The live stream of the inside: every event this person may see, in order, `id:` being the position. The wake-up carries
//! no data and a reconnect asks "what since N?", so nothing is lost and nothing comes twice.

use super::Server;
use crate::hub::{About, Frame, Hub};
use crate::metrics::OpenStream;
use crate::services::HERE_SECONDS;
use crate::store::StoreError;
use app::AppError;
use app::backend::Viewer;
use app::live::{Draft, Hello, Presences};
use axum::Extension;
use axum::extract::{Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use chrono::Duration as Span;
use domain::Number;
use http::{HeaderMap, StatusCode};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

/// How often a stream gives a sign of life for its room and looks whether its session still stands.
const BEAT: Duration = Duration::from_secs(20);
/// How soon whoever follows comes back after a stream ended.
const RETRY: Duration = Duration::from_secs(3);
/// Frames that wait for a slow reader before its stream waits too.
const WAITING: usize = 64;

/// Where a stream begins.
#[derive(Debug, Deserialize)]
pub struct Start {
    after: Option<i64>,
    incident: Option<i64>,
    /// `1` where the update form is open.
    draft: Option<i64>,
}

/// What a browser sees of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drafts {
    /// Nothing: it has no form open.
    Hidden,
    /// Every change, while its person may write updates.
    Shown,
}

/// Who follows.
#[derive(Debug, Clone)]
pub enum Follower {
    /// A browser with a session, perhaps in a room.
    Browser(Viewer, Option<Number>, Drafts),
    /// A program, by the hash of its token.
    Program(String),
}

impl Follower {
    fn side(&self) -> &'static str {
        match self {
            Self::Browser(..) => "inside",
            Self::Program(_) => "api",
        }
    }
}

/// `GET /live?after=&incident=&draft=`: the stream of a tab.
pub async fn stream(
    State(server): State<Server>,
    Query(start): Query<Start>,
    headers: HeaderMap,
    viewer: Option<Extension<Viewer>>,
) -> Response {
    let Some(Extension(viewer)) = viewer else {
        return (
            StatusCode::UNAUTHORIZED,
            "Signed out. Sign in again; the page keeps what you typed.\n",
        )
            .into_response();
    };
    let room = start.incident.map(Number);
    // A sign of life is kept for the room, so there must be one.
    if let Some(number) = room {
        match server.services.incident(number).await {
            Ok(Some(_)) => {}
            Ok(None) => {
                let words = format!("{}\n", AppError::no_incident(number));
                return (StatusCode::NOT_FOUND, words).into_response();
            }
            Err(error) => {
                tracing::error!(error = %error, "a stream could not begin");
                return (
                    StatusCode::SERVICE_UNAVAILABLE,
                    "Muster cannot reach its database. Come back in a moment.\n",
                )
                    .into_response();
            }
        }
    }
    let after = begins_after(&headers, start.after, &server.hub);
    let drafts = match start.draft {
        Some(1) => Drafts::Shown,
        Some(_) | None => Drafts::Hidden,
    };
    open(&server, after, Follower::Browser(viewer, room, drafts))
}

/// `Last-Event-ID` wins over `?after=`; without either the stream begins now.
pub fn begins_after(headers: &HeaderMap, after: Option<i64>, hub: &Hub) -> i64 {
    let last = headers
        .get("last-event-id")
        .and_then(|id| id.to_str().ok())
        .and_then(|id| id.parse().ok());
    last.or(after).unwrap_or_else(|| *hub.head().borrow())
}

/// Opens a stream; its task ends with the connection, the session or the process.
pub fn open(server: &Server, after: i64, follower: Follower) -> Response {
    let (sender, receiver) = mpsc::channel(WAITING);
    let server = server.clone();
    tokio::spawn(async move {
        let _open = OpenStream::new(follower.side());
        let stop = server.hub.stop().clone();
        tokio::select! {
            () = stop.cancelled() => {}
            () = follow(&server, after, &follower, &sender) => {}
        }
    });
    let keep_alive = KeepAlive::new().interval(Duration::from_secs(15));
    Sse::new(ReceiverStream::new(receiver))
        .keep_alive(keep_alive)
        .into_response()
}

type Sender = mpsc::Sender<Result<Event, Infallible>>;

async fn follow(server: &Server, mut after: i64, follower: &Follower, sender: &Sender) {
    let mut head = server.hub.head();
    let mut rooms = server.services.store().woken_rooms();
    let mut beat = tokio::time::interval(BEAT);
    let mut reach = String::new();
    let hello = Hello {
        build: server.services.build().to_owned(),
    };
    // Said at the beginning: when the process stops, nobody can be sure that a last frame still arrives.
    let Ok(hello) = Event::default()
        .event("hello")
        .retry(RETRY)
        .json_data(hello)
    else {
        return;
    };
    if sender.send(Ok(hello)).await.is_err() {
        return;
    }
    let mut drafted = BTreeMap::new();
    let mut look = true;
    loop {
        if !send_news(server, &mut after, follower, sender).await {
            return;
        }
        if look && !send_draft(server, &mut drafted, follower, sender).await {
            return;
        }
        look = false;
        tokio::select! {
            () = sender.closed() => return,
            changed = head.changed() => if changed.is_err() { return },
            woken = rooms.recv() => {
                look = match (woken, follower) {
                    (Ok(number), Follower::Browser(_, Some(room), _)) => number == *room,
                    // Some were missed, and one of them may have been for this room.
                    (Err(RecvError::Lagged(_)), Follower::Browser(..)) => true,
                    (Ok(_) | Err(RecvError::Lagged(_)), _) => false,
                    (Err(RecvError::Closed), _) => return,
                };
                if look && !send_room(server, follower, sender, &mut reach).await {
                    return;
                }
            }
            // A wake-up may be lost.
            _ = beat.tick() => {
                look = true;
                if !still_welcome(server, follower, sender).await { return }
            }
        }
    }
}

/// Sends everything that is new. False when the reader is gone or the log cannot be read: the reader comes back with its
/// position, and that is better than to go on with a hole. When the house changed, the follower may have been shut out.
async fn send_news(server: &Server, after: &mut i64, follower: &Follower, sender: &Sender) -> bool {
    loop {
        let Ok(frames) = server.hub.since(*after).await else {
            return false;
        };
        if frames.is_empty() {
            return true;
        }
        let of_house = |frame: &Arc<Frame>| match frame.about {
            About::House | About::Access => true,
            About::Incident => false,
        };
        if frames.iter().any(of_house) && !is_let_in(server, follower).await {
            return false;
        }
        for frame in frames {
            *after = frame.position;
            let Some(name) = frame.about.event() else {
                continue;
            };
            let event = Event::default()
                .event(name)
                .id(frame.position.to_string())
                .data(&frame.data);
            if sender.send(Ok(event)).await.is_err() {
                return false;
            }
        }
    }
}

/// True while the follower's session or token stands. A database that is away shuts nobody out.
async fn is_let_in(server: &Server, follower: &Follower) -> bool {
    match follower {
        Follower::Program(token) => server.services.token_stands(token).await.unwrap_or(true),
        Follower::Browser(viewer, ..) => {
            server.services.session_stands(viewer).await.unwrap_or(true)
        }
    }
}

/// Every beat: is the follower still allowed in; and a sign of life for the room. False ends the stream.
async fn still_welcome(server: &Server, follower: &Follower, sender: &Sender) -> bool {
    if !is_let_in(server, follower).await {
        return false;
    }
    let Follower::Browser(viewer, Some(number), _) = follower else {
        return true;
    };
    match enter(server, viewer, *number).await {
        Ok(true) => server.services.store().wake_room(*number).await,
        Ok(false) => {}
        Err(error) => tracing::warn!(error = %error, "a sign of life was not kept"),
    }
    send_presence(server, follower, sender).await
}

async fn enter(server: &Server, viewer: &Viewer, number: Number) -> Result<bool, StoreError> {
    let now = server.services.now();
    let fresh = now - Span::seconds(HERE_SECONDS);
    server
        .services
        .store()
        .beat(number, &viewer.person, &viewer.session, now, fresh)
        .await
}

/// Who is in the room, and whom its sitrep reached if that is not what was sent last.
async fn send_room(
    server: &Server,
    follower: &Follower,
    sender: &Sender,
    sent: &mut String,
) -> bool {
    let Follower::Browser(_, Some(incident), _) = follower else {
        return true;
    };
    if !send_presence(server, follower, sender).await {
        return false;
    }
    let reach = match server.services.reach(*incident).await {
        Ok(reach) => serde_json::to_string(&reach).unwrap_or_default(),
        Err(error) => {
            tracing::warn!(error = %error, "whom the sitrep reached could not be read");
            return true;
        }
    };
    if reach.is_empty() || reach == *sent {
        return true;
    }
    sent.clone_from(&reach);
    let event = Event::default().event("reach").data(reach);
    sender.send(Ok(event)).await.is_ok()
}

async fn send_presence(server: &Server, follower: &Follower, sender: &Sender) -> bool {
    let Follower::Browser(_, Some(incident), _) = follower else {
        return true;
    };
    match server.services.presence(*incident).await {
        Ok(people) => {
            send(
                sender,
                "presence",
                &Presences {
                    incident: *incident,
                    people,
                },
            )
            .await
        }
        Err(error) => {
            tracing::warn!(error = %error, "presence could not be read");
            true
        }
    }
}

/// Sends the fields of the room's draft that this stream has not sent at their revision.
async fn send_draft(
    server: &Server,
    sent: &mut BTreeMap<String, i64>,
    follower: &Follower,
    sender: &Sender,
) -> bool {
    let Follower::Browser(viewer, Some(incident), Drafts::Shown) = follower else {
        return true;
    };
    if !server.services.may_draft(&viewer.person) {
        return true;
    }
    let mut fields = match server.services.draft(*incident).await {
        Ok(fields) => fields,
        Err(error) => {
            tracing::warn!(error = %error, "a draft could not be read");
            return true;
        }
    };
    fields.retain(|f| sent.get(&f.field) != Some(&f.revision));
    if fields.is_empty() {
        return true;
    }
    for field in &fields {
        sent.insert(field.field.clone(), field.revision);
    }
    let draft = Draft {
        incident: *incident,
        fields,
    };
    send(sender, "draft", &draft).await
}

async fn send(sender: &Sender, name: &str, data: &impl serde::Serialize) -> bool {
    match serde_json::to_string(data) {
        Ok(data) => sender
            .send(Ok(Event::default().event(name).data(data)))
            .await
            .is_ok(),
        Err(_) => false,
    }
}

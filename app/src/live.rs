//! The live stream: one for each visible tab, carrying the events themselves. Reconnecting asks "what since N?", so a tab
//! that slept for an hour and one that never blinked end in the same state.

use crate::data::{DraftField, Presence, Reach};
use domain::time::Time;
use domain::{Number, Recorded};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How the stream stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LiveState {
    /// Not asked for, or not yet open.
    Off,
    /// Open.
    Live,
    /// Lost, and trying again.
    Reconnecting,
    /// The session is over: trying again would not help.
    SignedOut,
}

/// What comes in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Frame {
    /// An event of an incident, in order, none left out.
    Event(Box<Recorded>),
    /// People, components or settings changed; the directory was read anew.
    House,
    /// Who has the room open now.
    Presence(Presences),
    /// Whom the room's sitrep reached by now.
    Reach(Option<Reach>),
    /// Fields of a draft that somebody changed.
    Draft(Draft),
}

/// The data of a draft frame: fields that were changed, as they stand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Of which incident.
    pub incident: Number,
    /// The fields.
    pub fields: Vec<DraftField>,
}

/// What a screen is open for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// All incidents.
    House,
    /// The room of one; the others see that one is there.
    Room(Number),
    /// Its update form: the draft comes along.
    Form(Number),
}

/// The data of a presence frame.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Presences {
    /// Whose room.
    pub incident: Number,
    /// Who is in it.
    pub people: Vec<Presence>,
}

/// The data of the first frame.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// The server's build.
    pub build: String,
}

/// What a screen does with a frame.
pub type OnFrame = Arc<dyn Fn(&Frame) + Send + Sync>;

/// The stream of this tab.
#[derive(Clone, Copy)]
pub struct Live {
    /// How it stands.
    pub state: RwSignal<LiveState>,
    /// True when the server runs another build than the one that made this page.
    pub outdated: RwSignal<bool>,
    /// Since when the stream is lost: what the screen shows is as old as that.
    pub lost_at: RwSignal<Option<Time>>,
    /// The last position seen.
    pub position: StoredValue<i64>,
}

/// Puts the stream into the context, closed.
pub fn provide_live() -> Live {
    let live = Live {
        state: RwSignal::new(LiveState::Off),
        outdated: RwSignal::new(false),
        lost_at: RwSignal::new(None),
        position: StoredValue::new(0),
    };
    provide_context(live);
    live
}

/// The stream of this tab.
///
/// # Panics
/// Outside the frame, which is a mistake in the code and not in the data.
pub fn use_live() -> Live {
    expect_context::<Live>()
}

impl Live {
    /// Follows from a position on, as long as the screen that calls stands.
    pub fn follow(
        self,
        position: i64,
        place: Place,
        on_frame: impl Fn(&Frame) + Send + Sync + 'static,
    ) {
        self.position.set_value(position);
        #[cfg(feature = "hydrate")]
        browser::follow(self, place, Arc::new(on_frame));
        #[cfg(not(feature = "hydrate"))]
        let _: (Place, OnFrame) = (place, Arc::new(on_frame));
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use super::{Draft, Frame, Hello, Live, LiveState, OnFrame, Place, Presences, Reach};
    use crate::AppError;
    use crate::api;
    use crate::me::Session;
    use crate::now::Now;
    use domain::Recorded;
    use leptos::prelude::*;
    use leptos::task::spawn_local;
    use std::cell::{Cell, RefCell};
    use std::rc::Rc;
    use std::time::Duration;
    use wasm_bindgen::JsCast;
    use wasm_bindgen::prelude::Closure;
    use web_sys::{EventSource, MessageEvent, VisibilityState};

    /// A hidden tab gives its connection back after this long.
    const HIDDEN: Duration = Duration::from_mins(1);
    /// The longest wait between two tries.
    const LONGEST: u32 = 30_000;

    type Handler = Closure<dyn FnMut(MessageEvent)>;

    struct Stream {
        live: Live,
        session: Option<Session>,
        now: Option<Now>,
        place: Place,
        on_frame: OnFrame,
        source: RefCell<Option<EventSource>>,
        handlers: RefCell<Vec<Handler>>,
        failures: Cell<u32>,
        over: Cell<bool>,
    }

    /// What a frame carries. The id beside it is the position in the log.
    fn text(event: &MessageEvent) -> String {
        event.data().as_string().unwrap_or_default()
    }

    pub(super) fn follow(live: Live, place: Place, on_frame: OnFrame) {
        let stream = Rc::new(Stream {
            live,
            session: use_context::<Session>(),
            now: use_context::<Now>(),
            place,
            on_frame,
            source: RefCell::new(None),
            handlers: RefCell::new(Vec::new()),
            failures: Cell::new(0),
            over: Cell::new(false),
        });
        stream.open();
        let watched = Rc::clone(&stream);
        let visibility = window_event_listener_untyped("visibilitychange", move |_| {
            watched.visibility_changed();
        });
        // The device itself often knows first.
        let gone = Rc::clone(&stream);
        let offline = window_event_listener_untyped("offline", move |_| gone.lost());
        let back = Rc::clone(&stream);
        let online = window_event_listener_untyped("online", move |_| {
            back.failures.set(0);
            back.open();
        });
        let ended = send_wrapper::SendWrapper::new(stream);
        on_cleanup(move || {
            visibility.remove();
            offline.remove();
            online.remove();
            ended.over.set(true);
            ended.close();
            ended.live.state.set(LiveState::Off);
            ended.live.lost_at.set(None);
        });
    }

    impl Stream {
        fn open(self: &Rc<Self>) {
            let hidden = document().visibility_state() != VisibilityState::Visible;
            if self.over.get() || hidden || self.source.borrow().is_some() {
                return;
            }
            // Those of the closed source; none of them is running here.
            self.handlers.borrow_mut().clear();
            let place = match self.place {
                Place::House => String::new(),
                Place::Room(number) => format!("&incident={number}"),
                Place::Form(number) => format!("&incident={number}&draft=1"),
            };
            let url = format!("/live?after={}{place}", self.live.position.get_value());
            let Ok(source) = EventSource::new(&url) else {
                return self.lost();
            };
            self.on(&source, "hello", |stream, event| {
                stream.failures.set(0);
                stream.live.state.set(LiveState::Live);
                stream.live.lost_at.set(None);
                if let Ok(hello) = serde_json::from_str::<Hello>(&text(event))
                    && hello.build != crate::shell::build()
                {
                    stream.live.outdated.set(true);
                }
            });
            self.on(&source, "incident", |stream, event| {
                if let Ok(event) = serde_json::from_str::<Recorded>(&text(event)) {
                    // A frame may come twice around a reconnect; a position never counts twice.
                    if event.position > stream.live.position.get_value() {
                        stream.live.position.set_value(event.position);
                        (stream.on_frame)(&Frame::Event(Box::new(event)));
                    }
                }
            });
            self.on(&source, "house", |stream, event| {
                if let Ok(position) = event.last_event_id().parse::<i64>() {
                    stream
                        .live
                        .position
                        .update_value(|known| *known = position.max(*known));
                }
                let stream = Rc::clone(stream);
                spawn_local(async move {
                    if let (Some(session), Ok(me)) = (stream.session, api::me().await)
                        && !stream.over.get()
                    {
                        session.directory.set(me.directory);
                        session.person.set(me.person);
                        (stream.on_frame)(&Frame::House);
                    }
                });
            });
            self.on(&source, "presence", |stream, event| {
                if let Ok(presences) = serde_json::from_str::<Presences>(&text(event)) {
                    (stream.on_frame)(&Frame::Presence(presences));
                }
            });
            self.on(&source, "reach", |stream, event| {
                if let Ok(reach) = serde_json::from_str::<Option<Reach>>(&text(event)) {
                    (stream.on_frame)(&Frame::Reach(reach));
                }
            });
            self.on(&source, "draft", |stream, event| {
                if let Ok(draft) = serde_json::from_str::<Draft>(&text(event)) {
                    (stream.on_frame)(&Frame::Draft(draft));
                }
            });
            self.on(&source, "error", |stream, _| stream.lost());
            *self.source.borrow_mut() = Some(source);
        }

        fn on(
            self: &Rc<Self>,
            source: &EventSource,
            name: &str,
            act: impl Fn(&Rc<Self>, &MessageEvent) + 'static,
        ) {
            let stream = Rc::downgrade(self);
            let handler = Handler::new(move |event: MessageEvent| {
                if let Some(stream) = stream.upgrade() {
                    act(&stream, &event);
                }
            });
            let _ = source.add_event_listener_with_callback(name, handler.as_ref().unchecked_ref());
            self.handlers.borrow_mut().push(handler);
        }

        fn close(&self) {
            if let Some(source) = self.source.borrow_mut().take() {
                source.close();
            }
        }

        /// Tries again, later each time, and never in step with the other tabs.
        fn lost(self: &Rc<Self>) {
            self.close();
            if self.over.get() {
                return;
            }
            // Signed out it stays until a line says otherwise: trying again would not help, but somebody may sign in elsewhere.
            if self.live.state.get_untracked() != LiveState::SignedOut {
                self.live.state.set(LiveState::Reconnecting);
            }
            if self.live.lost_at.get_untracked().is_none() {
                self.live.lost_at.set(self.now.map(Now::read));
            }
            let failures = self.failures.get();
            self.failures.set(failures.saturating_add(1));
            if failures >= 2 {
                self.ask_whether_signed_out();
            }
            let longest = 500_u32.saturating_mul(1 << failures.min(6)).min(LONGEST);
            let wait = f64::from(longest) * (0.5 + js_sys::Math::random() / 2.0);
            let stream = Rc::clone(self);
            set_timeout(
                move || {
                    if stream.live.state.get_untracked() != LiveState::SignedOut {
                        stream.open();
                    }
                },
                Duration::from_secs_f64(wait / 1000.0),
            );
        }

        /// A stream does not say why it was refused; a server function does.
        fn ask_whether_signed_out(self: &Rc<Self>) {
            let stream = Rc::clone(self);
            spawn_local(async move {
                if let Err(AppError::SignIn {}) = api::me().await
                    && !stream.over.get()
                {
                    // Coming back to the tab tries again: perhaps somebody signed in beside it.
                    stream.live.state.set(LiveState::SignedOut);
                }
            });
        }

        fn visibility_changed(self: &Rc<Self>) {
            if document().visibility_state() == VisibilityState::Visible {
                self.open();
                return;
            }
            let stream = Rc::clone(self);
            set_timeout(
                move || {
                    if document().visibility_state() != VisibilityState::Visible {
                        stream.close();
                    }
                },
                HIDDEN,
            );
        }
    }
}

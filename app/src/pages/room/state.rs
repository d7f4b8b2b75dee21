//! The open room: what the server has confirmed, what was asked for here, what came in while nobody looked. Everything on
//! the screen is computed from it, and every form of the room goes through it.

use super::entries::{merge, replace};
use super::meaning::as_typed;
use super::model::{Model, Pending, Waiting};
use crate::AppError;
use crate::api;
use crate::data::{Presence, Reach, Room, Sending};
use crate::forms::Doer;
use crate::keep::Kept;
use crate::live::{Frame, Live, LiveState, Place, use_live};
use crate::me::{Session, use_session};
use crate::now::{Now, use_now};
use crate::once::new_key;
use domain::event::Recorded;
use domain::incident::{
    Effect as Follows, Entry, Incident, IncidentCommand, IncidentEvent, Rejection, SentSitrep,
    Summary, describe, effects, entry,
};
use domain::time::Time;
use domain::{Number, Person, Role};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// After a line is back, the stream first brings what was missed; then what waits is sent.
const CATCHING_UP: Duration = Duration::from_millis(1_500);
/// A missing event that does not come within this time is fetched with everything else.
const GAP: Duration = Duration::from_secs(2);
/// How long what could not be sent waits for another try while the line seems to stand.
const AGAIN: Duration = Duration::from_secs(4);

/// A duty that somebody gave to the reader while the room was open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Which.
    pub role: Role,
    /// How it came about.
    pub words: String,
}

/// Something typed into the composer that the server refused after all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// Its key.
    pub id: i64,
    /// What was typed.
    pub typed: String,
    /// Why it was refused.
    pub why: String,
}

/// The open room.
#[derive(Clone, Copy)]
pub struct RoomState {
    /// Which incident.
    pub number: Number,
    /// The incident with everything asked for here.
    pub incident: Memo<Incident>,
    /// Its small picture.
    pub summary: Memo<Summary>,
    /// The timeline as it is recorded, in the order of the log.
    pub entries: RwSignal<Vec<Entry>>,
    /// Who has the room open.
    pub presence: RwSignal<Vec<Presence>>,
    /// What was asked for and is not answered.
    pub pending: Memo<Vec<Pending>>,
    /// True when the reader may act here, not only read and ask.
    pub acts: Memo<bool>,
    model: RwSignal<Model>,
    rest: StoredValue<Rest>,
}

/// What is looked at less often; apart, so that the room stays small enough to hand around.
#[derive(Clone)]
struct Rest {
    more: RwSignal<bool>,
    read: RwSignal<Option<(SentSitrep, Time)>>,
    told: RwSignal<Vec<Told>>,
    reach: RwSignal<Option<Reach>>,
    failed: RwSignal<Vec<Failed>>,
    opened_at: i64,
    marked: StoredValue<Option<(SentSitrep, Time)>>,
    kept: Kept,
    sending: StoredValue<bool>,
    session: Session,
    live: Live,
    now: Now,
}

impl RoomState {
    /// Takes what the server said and puts it into the context, with a [`Doer`] for every form of the room.
    pub fn provide(room: Room) -> Self {
        let number = room.incident.summary.number;
        let session = use_session();
        let model = RwSignal::new(Model::new(room.incident));
        let incident = Memo::new(move |_| model.with(Model::shown));
        let state = Self {
            number,
            incident,
            summary: Memo::new(move |_| incident.with(|i| i.summary.clone())),
            entries: RwSignal::new(room.entries),
            presence: RwSignal::new(room.presence),
            pending: Memo::new(move |_| model.with(|m| m.pending().to_vec())),
            acts: Memo::new(move |_| session.may_act()),
            model,
            rest: StoredValue::new(Rest {
                more: RwSignal::new(room.more),
                read: RwSignal::new(room.read),
                told: RwSignal::new(Vec::new()),
                reach: RwSignal::new(room.reach),
                failed: RwSignal::new(Vec::new()),
                opened_at: room.position,
                marked: StoredValue::new(None),
                kept: Kept::here("waiting", number),
                sending: StoredValue::new(false),
                session,
                live: use_live(),
                now: use_now(),
            }),
        };
        provide_context(state);
        provide_context(Doer(std::sync::Arc::new(move |number, command| {
            Box::pin(async move {
                if number == state.number {
                    state.carry_out(command).await
                } else {
                    let sending = Sending::once(new_key(state.session()));
                    api::execute(number, command, sending).await.map(|_| ())
                }
            })
        })));
        state.follow(room.position);
        state
    }

    /// Who reads.
    pub fn session(self) -> Session {
        self.rest.with_value(|rest| rest.session)
    }

    /// True when there are earlier entries.
    pub fn more(self) -> RwSignal<bool> {
        self.rest.with_value(|rest| rest.more)
    }

    /// The sitrep that the reader knew before the current one, and when they read it.
    pub fn read(self) -> RwSignal<Option<(SentSitrep, Time)>> {
        self.rest.with_value(|rest| rest.read)
    }

    /// Duties that came to the reader while the room was open.
    pub fn told(self) -> RwSignal<Vec<Told>> {
        self.rest.with_value(|rest| rest.told)
    }

    /// Whom the current sitrep reached.
    pub fn reach(self) -> RwSignal<Option<Reach>> {
        self.rest.with_value(|rest| rest.reach)
    }

    /// What the server refused after it had been shown.
    pub fn failed(self) -> RwSignal<Vec<Failed>> {
        self.rest.with_value(|rest| rest.failed)
    }

    /// The position the page was made from: what is beyond it has just arrived.
    pub fn opened_at(self) -> i64 {
        self.rest.with_value(|rest| rest.opened_at)
    }

    /// Decides here, shows it, and gives a key to send it with. Nothing is sent yet, and nothing is lost from here on.
    pub fn ask(self, command: IncidentCommand) -> Result<i64, Rejection> {
        let by = self.session().person.with_untracked(Person::as_ref);
        let now = self.moment();
        let key = new_key(self.session());
        let waiting = Waiting {
            key: key.clone(),
            command: command.clone(),
            asked_at: now,
        };
        let asked = self.session().directory.with_untracked(|directory| {
            self.model
                .try_update(|model| model.ask(command, key, &by, directory, now))
        });
        let asked = asked.unwrap_or(Err(Rejection::NotActive));
        if asked.is_ok() {
            self.place(&waiting.key).write(&waiting);
        }
        asked
    }

    /// Sends what was asked for. Without a line it stays, counted and shown, and goes out when the line is back; that is
    /// no error. A refusal takes back what was shown in advance.
    pub async fn send(self, id: i64) -> Result<(), AppError> {
        if !self.stands() {
            return Ok(());
        }
        // In the order in which they were asked for: one may rest on another.
        if self.model.with_untracked(|model| model.waits_before(id)) {
            let _ = self.model.try_update(|model| model.wait(id, true));
            return Ok(());
        }
        let now = self.moment();
        let command = self.model.with_untracked(|model| model.to_send(id, now));
        let Some((command, key)) = command else {
            return Ok(());
        };
        match api::execute(self.number, command, Sending::once(key)).await {
            Ok(recorded) => {
                for recorded in recorded {
                    self.arrive(recorded);
                }
                self.settle(id);
                Ok(())
            }
            // Signed out is not refused: it goes out when the same person is back.
            Err(AppError::Unreachable {} | AppError::SignIn {}) => {
                let _ = self.model.try_update(|model| model.wait(id, true));
                set_timeout(move || self.send_waiting(), AGAIN);
                Ok(())
            }
            Err(why) => {
                self.settle(id);
                Err(why)
            }
        }
    }

    /// Takes back something that waits.
    pub fn drop_waiting(self, id: i64) {
        self.settle(id);
    }

    /// Puts earlier entries in front of those that are there.
    pub fn show_earlier(self, earlier: Vec<Entry>, more: bool) {
        self.entries.update(|entries| merge(entries, earlier));
        self.more().set(more);
    }

    /// The oldest version of the timeline that is there; earlier ones come before it.
    pub fn oldest(self) -> Option<i64> {
        self.entries
            .with(|entries| entries.iter().map(|entry| entry.version).min())
    }

    /// The reader has the current sitrep before their eyes.
    pub fn mark_read(self) {
        let Some(sitrep) = self
            .model
            .try_with_untracked(|model| model.confirmed().sitrep.clone())
            .flatten()
        else {
            return;
        };
        let version = sitrep.sitrep.version;
        if self.marked_version() != Some(version) {
            self.marked().set_value(Some((sitrep, self.moment())));
            spawn_local(async move {
                // Not told, it is only shown as new once more.
                let _ = api::mark_read(self.number, version).await;
            });
        }
    }

    /// The server's time as this browser knows it.
    pub fn moment(self) -> Time {
        self.rest.with_value(|rest| rest.now).read()
    }

    fn live(self) -> Live {
        self.rest.with_value(|rest| rest.live)
    }

    fn marked(self) -> StoredValue<Option<(SentSitrep, Time)>> {
        self.rest.with_value(|rest| rest.marked)
    }

    fn sending(self) -> StoredValue<bool> {
        self.rest.with_value(|rest| rest.sending)
    }

    /// Where something that is not answered lies: each apart, so that two tabs never write over each other.
    fn place(self, key: &str) -> Kept {
        self.rest.with_value(|rest| rest.kept.below(key))
    }

    /// False once the reader has gone to another screen; answers and timers may come later than that.
    fn stands(self) -> bool {
        self.model.try_with_untracked(|_| ()).is_some()
    }

    /// True while the reader has the role.
    pub fn is_mine(self, role: &Role) -> bool {
        self.session().person.with(|me| {
            self.summary
                .with(|s| s.role(role).is_some_and(|holder| holder.person == me.id))
        })
    }

    async fn carry_out(self, command: IncidentCommand) -> Result<(), AppError> {
        let id = self.ask(command)?;
        self.send(id).await
    }

    /// In the browser: the stream, and what an earlier visit could not send.
    fn follow(self, position: i64) {
        Effect::new(move |_| {
            self.live()
                .follow(position, Place::Room(self.number), move |frame| {
                    self.take(frame);
                });
            self.restore();
        });
        Effect::new(move |_| {
            if self.live().state.get() == LiveState::Live {
                set_timeout(move || self.send_waiting(), CATCHING_UP);
            }
        });
    }

    fn take(self, frame: &Frame) {
        match frame {
            Frame::Event(recorded) => self.arrive((**recorded).clone()),
            Frame::Presence(presences) if presences.incident == self.number => {
                let _ = self.presence.try_set(presences.people.clone());
            }
            Frame::Reach(reach) => self.reached(reach.clone()),
            Frame::Presence(_) | Frame::House | Frame::Draft(_) => {}
        }
    }

    /// Who has read the sitrep by now. Was it the reader, on another device, then nothing of it is new here any more.
    fn reached(self, reach: Option<Reach>) {
        if !self.stands() {
            return;
        }
        let me = self.session().person.with_untracked(|me| me.id.clone());
        let read_at = reach.as_ref().and_then(|reach| {
            let mine = reach
                .people
                .iter()
                .find(|r| r.person.as_ref() == Some(&me))?;
            Some((reach.version, mine.seen_at?))
        });
        let current = self
            .model
            .with_untracked(|model| model.confirmed().sitrep.clone());
        if let (Some((version, at)), Some(current)) = (read_at, current)
            && current.sitrep.version == version
            && self.marked_version() != Some(version)
        {
            self.marked().set_value(Some((current.clone(), at)));
            self.read().set(Some((current, at)));
        }
        self.reach().set(reach);
    }

    /// The sitrep that this tab has shown to the reader.
    fn marked_version(self) -> Option<i64> {
        self.marked()
            .with_value(|marked| marked.as_ref().map(|(known, _)| known.sitrep.version))
    }

    fn arrive(self, recorded: Recorded) {
        let arrived = self
            .model
            .try_update(|model| (model.arrive(recorded), model.has_gap()));
        let Some((applied, gap)) = arrived else {
            return;
        };
        for recorded in &applied {
            self.note(recorded);
        }
        let redacts = |r: &Recorded| matches!(r.event, IncidentEvent::Redacted { .. });
        if applied.iter().any(redacts) {
            self.renew();
        }
        if gap {
            set_timeout(move || self.close_gap(), GAP);
        }
    }

    /// What an event means for this reader, beside moving the incident on.
    fn note(self, recorded: &Recorded) {
        let me = self.session().person.with_untracked(|p| p.id.clone());
        let (line, words) = self.session().directory.with_untracked(|directory| {
            (
                entry(recorded, directory),
                describe(recorded, directory).to_string(),
            )
        });
        self.entries.update(|entries| merge(entries, vec![line]));
        if let IncidentEvent::SitrepSent { .. } = &recorded.event
            && let Some(known) = self.marked().get_value()
        {
            self.read().set(Some(known));
        }
        let holds = |role: &Role| {
            self.model
                .with_untracked(|model| model.confirmed().has_role(&me, role))
        };
        let told = self.told();
        if told.with_untracked(|told| told.iter().any(|t| !holds(&t.role))) {
            told.update(|told| told.retain(|t| holds(&t.role)));
        }
        if recorded.by.as_ref().is_some_and(|by| by.id == me) {
            return;
        }
        let follows = self
            .model
            .with_untracked(|model| effects(model.confirmed(), recorded));
        for follow in follows {
            match follow {
                Follows::TellHolder { person, role } if person == me => {
                    self.told().update(|told| {
                        told.retain(|known| known.role != role);
                        told.push(Told {
                            role,
                            words: words.clone(),
                        });
                    });
                }
                // A reminder is read off the incident's own state, and the rest is the server's.
                Follows::TellHolder { .. }
                | Follows::ShowCustomers
                | Follows::ShareSitrep { .. }
                | Follows::Remind { .. } => {}
            }
        }
    }

    /// Something is missing and has not come by itself: everything is fetched anew.
    fn close_gap(self) {
        if !self.stands() || !self.model.with_untracked(Model::has_gap) {
            return;
        }
        spawn_local(async move {
            if let Ok(room) = api::room(self.number).await {
                self.reset(room);
            }
        });
    }

    /// What stands here was made from texts that are gone: everything is fetched anew.
    fn renew(self) {
        spawn_local(async move {
            while let Ok(room) = api::room(self.number).await {
                let fetched = room.incident.summary.version;
                let newer = self
                    .model
                    .try_with_untracked(|model| model.confirmed().summary.version > fetched);
                match newer {
                    // Something arrived meanwhile, and was put onto the old texts.
                    Some(true) => {}
                    Some(false) => {
                        self.entries.set(Vec::new());
                        self.marked().set_value(None);
                        self.read().set(None);
                        return self.reset(room);
                    }
                    None => return,
                }
            }
        });
    }

    fn reset(self, room: Room) {
        if !self.stands() {
            return;
        }
        self.model.update(|model| model.reset(room.incident));
        let mut let_go = false;
        self.entries
            .update(|entries| let_go = replace(entries, room.entries));
        if let_go {
            self.more().set(room.more);
        }
        self.presence.set(room.presence);
        self.reach().set(room.reach);
        if room.read.is_some() {
            self.read().set(room.read);
        }
    }

    fn settle(self, id: i64) {
        let settled = self.model.try_update(|model| model.settle(id)).flatten();
        if let Some(pending) = settled {
            self.place(&pending.key).clear();
        }
    }

    /// What an earlier visit asked for and never heard about goes on waiting here.
    fn restore(self) {
        let by = self.session().person.with_untracked(Person::as_ref);
        let now = self.moment();
        let mut waiting: Vec<Waiting> = self.rest.with_value(|rest| rest.kept.all());
        waiting.sort_by_key(|waiting| waiting.asked_at);
        for waiting in waiting {
            self.session().directory.with_untracked(|directory| {
                self.model
                    .update(|model| model.ask_again(waiting, &by, directory, now));
            });
        }
    }

    /// Sends what waits, in order. What arrived after all is known by its key.
    fn send_waiting(self) {
        let ready = self.stands()
            && self.live().state.get_untracked() == LiveState::Live
            && !self.sending().get_value();
        if !ready {
            return;
        }
        let sending = self.sending();
        sending.set_value(true);
        spawn_local(async move {
            while let Some(pending) = self.next_waiting() {
                let _ = self.model.try_update(|model| model.wait(pending.id, false));
                let typed = as_typed(&pending.command);
                if let Err(why) = self.send(pending.id).await {
                    self.fail(typed, why.to_string());
                }
                if self
                    .next_waiting()
                    .is_some_and(|next| next.id == pending.id)
                {
                    break;
                }
            }
            let _ = sending.try_set_value(false);
        });
    }

    fn next_waiting(self) -> Option<Pending> {
        self.model
            .try_with_untracked(|model| model.pending().iter().find(|p| p.waiting).cloned())
            .flatten()
    }

    /// What was typed is shown with the reason, and can be taken up again.
    pub fn fail(self, typed: String, why: String) {
        if !self.stands() {
            return;
        }
        self.failed().update(|failed| {
            let id = failed.last().map_or(1, |last| last.id + 1);
            failed.push(Failed { id, typed, why });
        });
    }
}

/// The room of the screen.
///
/// # Panics
/// Outside a room, which is a mistake in the code and not in the data.
pub fn use_room() -> RoomState {
    expect_context::<RoomState>()
}

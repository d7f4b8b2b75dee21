//! The desk that the form is written at: the incident as it moves, the fields, and what would go out.

use super::acts::{Act, Given};
use super::beginning::{beginning, promises};
use super::draft::Draft;
use super::keep::place;
use super::merge::{Clash, merge, same, untouched};
use super::outlook::{Outlook, outlook, warnings};
use super::plan::Plan;
use super::sharing::{Traffic, overlay};
use crate::AppError;
use crate::data::{DraftField, UpdatePage};
use crate::forms::posted;
use crate::live::{Live, use_live};
use crate::me::{Session, use_session};
use crate::now::{Now, use_now};
use domain::incident::{Form, IncidentCommand, IncidentEvent};
use domain::time::Time;
use domain::{Context, Incident, Number, PublicState, Recorded};
use leptos::prelude::*;

/// Something that was sent by somebody else while this was written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct News {
    /// The sitrep's version, or nothing for a public update.
    pub sitrep: Option<i64>,
    /// Who.
    pub by: String,
    /// When.
    pub at: Time,
}

impl News {
    /// What an event is news of, if it is any.
    pub(super) fn of(recorded: &Recorded) -> Option<Self> {
        let sitrep = if let IncidentEvent::SitrepSent { sitrep } = &recorded.event {
            Some(sitrep.version)
        } else if let IncidentEvent::PublicUpdatePublished { .. } = &recorded.event {
            None
        } else {
            return None;
        };
        let by = recorded.by.as_ref();
        Some(Self {
            sitrep,
            by: by.map_or_else(|| "somebody".to_owned(), |by| by.name.clone()),
            at: recorded.occurred_at,
        })
    }
}

/// How the draft is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Saved {
    /// Nothing was written yet.
    Nothing,
    /// The server has all of it, since this time.
    Shared(Time),
    /// So many fields lie in this browser and wait for the server.
    Here(usize),
    /// This browser keeps nothing.
    Refused,
}

/// Something that was sent.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Attempt {
    /// The fields that it was read from.
    pub form: Form,
    /// What was asked for.
    pub command: IncidentCommand,
    /// What it is known by.
    pub key: String,
    /// True once the stream brought something that may be it.
    pub heard: bool,
}

/// Everything on the desk. Copied into every part of the page.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    /// Which incident.
    pub number: Number,
    /// As it stands, moved by the live stream.
    pub incident: RwSignal<Incident>,
    draft: StoredValue<Draft>,
    /// What the fields were before the writer touched them; the server's newest.
    pub begun: RwSignal<Form>,
    /// The fields as they were when typing last paused; everything that is computed follows these.
    pub settled: RwSignal<Form>,
    /// What would go out.
    pub outlook: Memo<Outlook>,
    /// Fields that somebody else changed too.
    pub clashes: RwSignal<Vec<Clash>>,
    /// What others sent meanwhile, the newest last.
    pub news: RwSignal<Vec<News>>,
    /// The draft as the server has it, field by field.
    pub shared: RwSignal<Vec<DraftField>>,
    /// What is on its way there.
    pub traffic: StoredValue<Traffic>,
    /// Why the last try did not go through.
    pub error: RwSignal<Option<AppError>>,
    /// True once sending was tried: from then on the field to blame is marked.
    pub tried: RwSignal<bool>,
    /// True while it is on its way.
    pub busy: RwSignal<bool>,
    /// How the draft is kept.
    pub saved: RwSignal<Saved>,
    /// What was last sent without an answer.
    pub attempt: StoredValue<Option<Attempt>>,
    around: StoredValue<Around>,
}

/// What is looked at less often; apart, so that the desk stays small enough to hand around.
#[derive(Clone, Copy)]
struct Around {
    session: Session,
    now: Now,
    live: Live,
    /// The beginning and what was written over it, before starting again.
    aside: RwSignal<Option<(Form, Form)>>,
    /// True when the sitrep goes by mail, too.
    mailed: bool,
}

impl Desk {
    /// Lays out what the server handed over, with what was posted if this page answers a post.
    pub(super) fn new(page: UpdatePage) -> Self {
        let (session, now) = (use_session(), use_now());
        let posted = posted();
        let me = session.person.with_untracked(|person| person.id.clone());
        let (begun, first) = session.directory.with_untracked(|directory| {
            let at = now.at.get_untracked();
            let begun = beginning(&page.incident, &directory.settings, at);
            let begun = overlay(begun, &page.draft);
            let ctx = Context {
                by: &me,
                now: at,
                directory,
            };
            let first = posted.as_ref().map(|posted| {
                // A look at the words is not yet a look at what came meanwhile: sending still asks about that.
                let seen = if posted.error.is_some() {
                    &begun
                } else {
                    &posted.form
                };
                answered(&posted.form, seen, |act, form| {
                    let warnings = warnings(form, &page.incident, &ctx);
                    let given = Given {
                        incident: &page.incident,
                        directory,
                        warnings: &warnings,
                        now: at,
                    };
                    act.on(form, &given);
                })
            });
            let first = first.unwrap_or_else(|| begun.clone());
            (begun, first)
        });
        let error = posted.and_then(|posted| posted.error);
        let incident = RwSignal::new(page.incident);
        let settled = RwSignal::new(first.clone());
        let minute = now.minute();
        let number = incident.with_untracked(|incident| incident.summary.number);
        Self {
            number,
            incident,
            draft: StoredValue::new(Draft::new(&typed_already(&begun).unwrap_or(first))),
            begun: RwSignal::new(begun),
            settled,
            outlook: Memo::new(move |_| {
                let me = session.person.with(|person| person.id.clone());
                session.directory.with(|directory| {
                    let ctx = Context {
                        by: &me,
                        now: minute.get(),
                        directory,
                    };
                    incident.with(|incident| settled.with(|form| outlook(form, incident, &ctx)))
                })
            }),
            shared: RwSignal::new(page.draft),
            traffic: StoredValue::new(Traffic::default()),
            clashes: RwSignal::new(Vec::new()),
            news: RwSignal::new(Vec::new()),
            tried: RwSignal::new(error.is_some()),
            error: RwSignal::new(error),
            busy: RwSignal::new(false),
            saved: RwSignal::new(Saved::Nothing),
            attempt: StoredValue::new(None),
            around: StoredValue::new(Around {
                session,
                now,
                live: use_live(),
                aside: RwSignal::new(None),
                mailed: page.mailed,
            }),
        }
    }

    /// The fields as they are typed.
    pub(super) fn draft(self) -> Draft {
        self.draft.get_value()
    }

    /// The signed-in person and the directory.
    pub(super) fn session(self) -> Session {
        self.around.get_value().session
    }

    /// The screen's clock.
    pub(super) fn clock(self) -> Now {
        self.around.get_value().now
    }

    /// The stream.
    pub(super) fn live(self) -> Live {
        self.around.get_value().live
    }

    /// The next sitrep's version.
    pub(super) fn version(self) -> i64 {
        self.incident
            .with(|incident| incident.sitrep.as_ref().map_or(1, |s| s.sitrep.version + 1))
    }

    /// What the ticks say will happen.
    pub(super) fn plan(self) -> Plan {
        let here = self.incident.with(|incident| incident.participants.len());
        let resolved = self
            .draft()
            .state
            .with(|state| state == PublicState::Resolved.as_str());
        Plan {
            sitrep: self.draft().send_sitrep.get().then(|| self.version()),
            public: self.draft().send_public.get(),
            resolve: resolved && self.draft().resolve.get(),
            reach: here,
            mailed: self.around.get_value().mailed,
        }
    }

    /// Where the draft lies in this browser.
    pub(super) fn place(self) -> String {
        self.session()
            .person
            .with_untracked(|person| place(self.number, &person.id))
    }

    /// True when the field is the one to blame, once sending was tried.
    pub(super) fn blamed(self, field: &'static str) -> Signal<bool> {
        Signal::derive(move || {
            self.tried.get()
                && self
                    .outlook
                    .with(|o| o.refusal.as_ref().and_then(|r| r.field()) == Some(field))
        })
    }

    /// Everything that is computed catches up with what is typed.
    pub(super) fn settle(self) {
        let form = untrack(|| self.draft().form());
        if self.settled.with_untracked(|settled| *settled != form) {
            self.settled.set(form);
        }
    }

    /// Moves the incident on by a live event.
    pub(super) fn apply(self, recorded: &Recorded) {
        if recorded.version <= self.incident.with_untracked(|i| i.summary.version) {
            // It came with an answer already.
            return;
        }
        self.incident.update(|incident| incident.apply(recorded));
        let sent = self.busy.get_untracked() || self.attempt.with_value(Option::is_some);
        if sent && self.is_mine(recorded) {
            // What is on its way; the answer says the same.
            return;
        }
        if let Some(news) = News::of(recorded) {
            self.news.update(|all| all.push(news));
        }
        self.rebase();
    }

    /// True for what the one who writes here did.
    pub(super) fn is_mine(self, recorded: &Recorded) -> bool {
        let by = recorded.by.as_ref();
        let person = self.session().person;
        by.is_some_and(|by| person.with_untracked(|me| me.id == by.id))
    }

    /// What the writer wrote: all but the sitrep they have seen, which moves by itself.
    pub(super) fn written(self) -> Form {
        let mut form = untrack(|| self.draft().form());
        form.0.retain(|(name, _)| name != "after");
        form
    }

    /// Takes the incident as the server has it now.
    pub(super) fn take(self, incident: Incident) {
        let seen = self.incident.with_untracked(|i| i.summary.version);
        if incident.summary.version > seen {
            self.incident.set(incident);
            self.rebase();
        }
    }

    /// Puts what was written onto the incident as it now stands.
    pub(super) fn rebase(self) {
        let newest = self.newest();
        self.bring(
            &newest,
            &untrack(|| self.draft().form()),
            &self.begun.get_untracked(),
        );
    }

    /// Puts a draft that began with `begun` onto `newest`.
    pub(super) fn bring(self, newest: &Form, mine: &Form, begun: &Form) {
        let (merged, clashes) = merge(begun, mine, newest);
        self.begun.set(newest.clone());
        self.draft().load(&merged);
        let settled = |clash: &Clash| {
            let field = &clash.field;
            same(merged.raw(field), newest.raw(field))
        };
        if self.clashes.with_untracked(|all| all.iter().any(settled)) {
            self.clashes
                .update(|all| all.retain(|clash| !settled(clash)));
        }
        self.ask_about(clashes);
        self.settle();
    }

    /// Shows both texts of a field, until the writer has chosen.
    fn ask_about(self, clashes: Vec<Clash>) {
        for mut clash in clashes {
            clash.by = self.drafter(&clash.field);
            self.clashes.update(|all| {
                all.retain(|other| other.field != clash.field);
                all.push(clash);
            });
        }
    }

    /// What was put aside for a new beginning; it can be had back as long as the page stands.
    pub(super) fn aside(self) -> RwSignal<Option<(Form, Form)>> {
        self.around.get_value().aside
    }

    /// Puts what was written aside and begins anew.
    pub(super) fn start_again(self) {
        let newest = self.fresh();
        let written = untrack(|| self.draft().form());
        if !untouched(&newest, &written) {
            self.aside().set(Some((newest.clone(), written)));
        }
        self.draft().load(&newest);
        self.clashes.set(Vec::new());
        self.settle();
        self.saved.set(Saved::Nothing);
    }

    /// Brings back what was put aside, onto what was written since, by whomever.
    pub(super) fn put_back(self) {
        if let Some((begun, written)) = self.aside().try_update(Option::take).flatten() {
            let since = untrack(|| self.draft().form());
            let (merged, clashes) = merge(&begun, &written, &since);
            self.draft().load(&merged);
            self.ask_about(clashes);
            self.settle();
        }
    }

    /// Promises that nobody touched go on meaning so many minutes from now.
    pub(super) fn follow_clock(self, now: Time) {
        if self.attempt.with_value(Option::is_some) {
            // What was sent and not answered must stay the same to be known again.
            return;
        }
        let newest = self.session().directory.with_untracked(|directory| {
            self.incident
                .with_untracked(|incident| promises(incident, &directory.settings, now))
        });
        for (name, value) in newest {
            let before = self
                .begun
                .with_untracked(|begun| begun.raw(name).map(str::to_owned));
            let Some(signal) = self.draft().text(name) else {
                continue;
            };
            let drafted = self.drafter(name).is_some();
            if drafted
                || before.as_deref() == Some(&value)
                || signal.with_untracked(|now| before.as_ref() != Some(now))
            {
                continue;
            }
            self.begun.update(|begun| {
                for (_, old) in begun.0.iter_mut().filter(|(n, _)| n == name) {
                    old.clone_from(&value);
                }
            });
            signal.set(value);
        }
    }

    /// The form as the server has it: the beginning with the draft over it.
    fn newest(self) -> Form {
        let fresh = self.fresh();
        self.shared.with_untracked(|draft| overlay(fresh, draft))
    }

    /// Who drafted what stands in a field, by name; nobody when nothing was drafted in it.
    fn drafter(self, field: &str) -> Option<String> {
        let by = self.shared.with_untracked(|rows| {
            let row = rows.iter().find(|row| row.field == field)?;
            row.text.as_ref().map(|_| row.by.clone())
        })?;
        let name = self
            .session()
            .directory
            .with_untracked(|directory| directory.person(&by).map(|person| person.name.clone()));
        Some(name.unwrap_or_else(|| "somebody".to_owned()))
    }

    /// False once the writer has gone to another screen; answers and timers may come later than that.
    pub(super) fn stands(self) -> bool {
        self.draft.try_with_value(|_| ()).is_some()
    }

    /// The form before anybody wrote in it.
    pub(super) fn fresh(self) -> Form {
        self.session().directory.with_untracked(|directory| {
            self.incident.with_untracked(|incident| {
                beginning(
                    incident,
                    &directory.settings,
                    self.clock().at.get_untracked(),
                )
            })
        })
    }
}

/// A form that was posted, as it stands on the page that answers: with what its button did, and the sitrep that `seen` names.
fn answered(posted: &Form, seen: &Form, press: impl FnOnce(&Act, &mut Form)) -> Form {
    let mut form = posted.clone();
    let act = Act::read(posted.get("preview").unwrap_or_default());
    form.0
        .retain(|(name, _)| !matches!(name.as_str(), "after" | "do" | "preview"));
    press(&act, &mut form);
    let after = seen.raw("after").unwrap_or_default().to_owned();
    form.0.insert(0, ("after".to_owned(), after));
    form
}

/// What was typed into the server's page before the browser took it over.
fn typed_already(begun: &Form) -> Option<Form> {
    #[cfg(feature = "hydrate")]
    {
        use wasm_bindgen::JsCast;
        let form = document().query_selector("form[data-fresh]").ok()??;
        let fields = crate::forms::form_fields(form.unchecked_ref());
        // Fields alone: no button was pressed.
        Some(answered(&Form(fields), begun, |_, _| {}))
    }
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = begun;
        None
    }
}

/// The desk of the page.
///
/// # Panics
/// Outside the page, which is a mistake in the code and not in the data.
pub(super) fn use_desk() -> Desk {
    expect_context::<Desk>()
}

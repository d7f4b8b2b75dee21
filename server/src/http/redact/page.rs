//! The screen of redaction.

use crate::http::security;
use crate::services::{InDraft, Mailed, Places, Redacted};
use app::AppError;
use app::ui::{Icon, Sprite};
use axum::response::Html;
use domain::Number;
use domain::incident::{Form, Found, Hit, IncidentEvent};
use domain::time::{Time, short};
use leptos::prelude::*;

/// The icons of this screen.
const ICONS: &[Icon] = &[Icon::Muster, Icon::Over];

/// Everything that the screen is made from.
pub(super) struct Screen {
    /// Which incident.
    pub number: Number,
    /// What people call it.
    pub tag: String,
    /// Its title, as it is now.
    pub title: String,
    /// The theme that the person chose.
    pub theme: String,
    /// Now.
    pub now: Time,
    /// The part that changes.
    pub shown: Shown,
}

/// The part that changes.
pub(super) enum Shown {
    /// The field alone, with what was wrong with what stood in it.
    Field {
        /// Why it was not looked for.
        error: Option<AppError>,
    },
    /// Every place.
    Found {
        /// What was asked for.
        asked: Asked,
        /// The places.
        found: Places,
        /// Why it was not blanked.
        error: Option<AppError>,
    },
    /// It is blanked.
    Done {
        /// What came of it.
        done: Box<Redacted>,
        /// The mails that left with it before.
        mailed: Vec<Mailed>,
        /// In how many texts it was left.
        left: usize,
    },
}

/// What stands in the form.
pub(super) struct Asked {
    /// The text that is looked for.
    pub text: String,
    /// Events that are ticked, by version.
    pub versions: Vec<i64>,
    /// Everything in them goes.
    pub whole: bool,
    /// Why.
    pub reason: String,
}

impl Asked {
    /// Reads the form.
    pub fn read(form: &Form) -> Self {
        let ticked = form.0.iter().filter(|(name, _)| name == "event");
        Self {
            text: form.raw("text").unwrap_or_default().to_owned(),
            versions: ticked
                .filter_map(|(_, version)| version.parse().ok())
                .collect(),
            whole: form.ticked("whole"),
            reason: form.raw("reason").unwrap_or_default().to_owned(),
        }
    }

    /// Ticks every place.
    pub fn tick(&mut self, found: &[Found]) {
        self.versions = found.iter().map(|place| place.version).collect();
    }
}

/// The document.
pub(super) fn render(screen: Screen) -> Html<String> {
    let Screen {
        number,
        tag,
        title,
        theme,
        now,
        shown,
    } = screen;
    let room = format!("/incidents/{number}");
    let heading = format!("Redact in {tag}");
    let body = Owner::new().with(|| {
        let part = match shown {
            Shown::Field { error } => field(&room, error.as_ref()).into_any(),
            Shown::Found {
                asked,
                found,
                error,
            } => places(&room, now, &asked, &found, error.as_ref()).into_any(),
            Shown::Done { done, mailed, left } => {
                outcome(&room, now, &done, &mailed, left).into_any()
            }
        };
        view! {
            <Sprite icons=ICONS/>
            <a class="skip" href="#main">"Skip to content"</a>
            <header class="top">
                <a class="brand" href="/"><Icon name=Icon::Muster/><b>"Muster"</b></a>
                <a href=room.clone()>{format!("Back to {tag}")}</a>
            </header>
            <main id="main" class="plain" tabindex="-1">
                <header class="head"><h1>{heading.clone()}</h1><p class="help">{title}</p></header>
                {part}
            </main>
        }
        .to_html()
    });
    security::document("redact", &heading, &theme, &body)
}

/// Where the text is typed. Nothing of it is kept: no list of what was typed before, no correction by a service.
fn field(room: &str, error: Option<&AppError>) -> impl IntoView + use<> {
    view! {
        <section class="sec" aria-labelledby="find-h">
            <header>
                <h2 id="find-h">"Find it"</h2>
                <p class="help">"A password, a key, a name: whatever must not stand here. Muster shows every place before anything is blanked."</p>
            </header>
            <form method="post" action=format!("{room}/redact") class="form" autocomplete="off">
                <input type="hidden" name="do" value="find"/>
                <p class="field">
                    <label for="text">"Text to find " <span class="help">"in any case, across lines"</span></label>
                    <input type="text" id="text" name="text" required minlength="3" autocomplete="off" autocapitalize="off" spellcheck="false"
                        aria-invalid=error.map(|_| "true") aria-describedby=error.map(|_| "text-e")/>
                </p>
                {error.map(|error| wrong("text-e", error))}
                <p class="row"><button class="btn primary">"Find every place"</button></p>
            </form>
        </section>
    }
}

fn places(
    room: &str,
    now: Time,
    asked: &Asked,
    found: &Places,
    error: Option<&AppError>,
) -> impl IntoView + use<> {
    let mut versions: Vec<i64> = found.texts.iter().map(|place| place.version).collect();
    versions.dedup();
    if versions.is_empty() {
        let words = if found.drafted.is_empty() {
            "It stands nowhere in this incident. Was it written otherwise? Look for a part of it."
        } else {
            "It was not recorded. It stands only in what is being written: change it there."
        };
        return view! {
            <p class="notice" role="status">{words}</p>
            {being_written(now, &found.drafted)}
            {field(room, None)}
        }
        .into_any();
    }
    let all = versions.len();
    let events = versions
        .into_iter()
        .map(|version| {
            event(
                version,
                now,
                asked.versions.contains(&version),
                &found.texts,
            )
        })
        .collect_view();
    let many = if all == 1 { "entry" } else { "entries" };
    let blamed = error.and_then(AppError::field) == Some("reason");
    view! {
        <form method="post" action=format!("{room}/redact") autocomplete="off">
            <input type="hidden" name="do" value="redact"/>
            <input type="hidden" name="text" value=asked.text.clone()/>
            <section class="sec" aria-labelledby="at-h">
                <header>
                    <h2 id="at-h">"Where it stands"</h2>
                    <p class="help">"Names of people, roles and components stay as they are; change those where they are kept."</p>
                </header>
                <ol role="list">{events}</ol>
            </section>
            {being_written(now, &found.drafted)}
            {gone_out(now, &found.mailed)}
            <section class="sec" aria-labelledby="do-h">
                <header>
                    <h2 id="do-h">"Blank it"</h2>
                    <p class="help">"It cannot be taken back. Roles, phases, times and order stay."</p>
                </header>
                <div class="form">
                    <label class="tick">
                        <input type="checkbox" name="whole" value="on" checked=asked.whole/>
                        "Blank every text of these entries, not only this one"
                    </label>
                    <p class="field">
                        <label for="reason">"Why " <span class="help">"stays in the timeline; do not repeat it here"</span></label>
                        <input type="text" id="reason" name="reason" required value=asked.reason.clone()
                            aria-invalid=blamed.then_some("true") aria-describedby=error.map(|_| "redact-e")/>
                    </p>
                    {error.map(|error| wrong("redact-e", error))}
                    <p class="row">
                        <button class="btn danger tall"><span>"Blank it in "<span class="ticked"></span>{format!(" of {all} {many}")}</span></button>
                        <a href=format!("{room}/redact")>"Look for something else"</a>
                    </p>
                    <p class="help">
                        "Out of reach: what customers read and mails carried already, what others copied, and backups made before now. \
                         A password or key is only safe once it is changed."
                    </p>
                </div>
            </section>
        </form>
    }
    .into_any()
}

fn event(version: i64, now: Time, ticked: bool, found: &[Found]) -> impl IntoView + use<> {
    let here: Vec<&Found> = found.iter().filter(|p| p.version == version).collect();
    let first = here.first().copied();
    let head = first.map(|place| {
        let by = place.by.as_deref().unwrap_or("an import");
        let when = short(place.at, now);
        view! { <b>{words(place.kind)}</b><span class="help">{format!("{when} UTC, {by}")}</span> }
    });
    let told = here.iter().find_map(|place| place.told_at).map(|at| {
        let words = format!("Customers could read it from {} UTC.", short(at, now));
        view! { <span class="told">{words}</span> }
    });
    let texts = here
        .into_iter()
        .map(|place| {
            view! { <span class="text"><span class="lbl">{words(place.field)}</span>{marked(&place.hit)}</span> }
        })
        .collect_view();
    view! {
        <li>
            <label>
                <input type="checkbox" name="event" value=version checked=ticked/>
                <span><span class="row">{head}</span>{texts}{told}</span>
            </label>
        </li>
    }
}

/// The first place with what stands around it, and how many more there are.
fn marked(hit: &Hit) -> impl IntoView + use<> {
    let [before, place, after] = hit.snippet.clone();
    let more = (hit.times > 1).then(|| format!(" and {} more", hit.times - 1));
    view! { <span>{before}<mark>{place}</mark>{after}<span class="help">{more}</span></span> }
}

/// The fields of the shared draft in which it stands.
fn being_written(now: Time, drafted: &[InDraft]) -> Option<impl IntoView + use<>> {
    if drafted.is_empty() {
        return None;
    }
    let fields = drafted
        .iter()
        .map(|place| {
            let who = format!("{} UTC, {}", short(place.at, now), place.by);
            view! {
                <li>
                    <span class="row"><b>{words(&place.field)}</b><span class="help">{who}</span></span>
                    {marked(&place.hit)}
                </li>
            }
        })
        .collect_view();
    Some(view! {
        <section class="sec" aria-labelledby="draft-h">
            <header>
                <h2 id="draft-h">"In the update that is being written"</h2>
                <p class="help">"Blanked with the rest; whoever writes there is shown both texts."</p>
            </header>
            <ul role="list" class="out">{fields}</ul>
        </section>
    })
}

/// The mails that left with it, a line for each sitrep.
fn gone_out(now: Time, mailed: &[Mailed]) -> Option<impl IntoView + use<>> {
    if mailed.is_empty() {
        return None;
    }
    let letters = mailed
        .chunk_by(|one, next| one.sitrep == next.sitrep)
        .map(|letters| {
            let what = match letters.first().and_then(|letter| letter.sitrep) {
                Some(version) => format!("Sitrep {version}"),
                None => "Reminders".to_owned(),
            };
            let first = letters.iter().map(|letter| letter.at).min();
            let since = first.map(|at| format!("from {} UTC on, to ", short(at, now)));
            let mut to: Vec<&str> = letters.iter().map(|l| l.address.as_str()).collect();
            to.sort_unstable();
            to.dedup();
            view! { <li><b>{what}</b>" by mail "{since}{to.join(", ")}</li> }
        })
        .collect_view();
    Some(view! {
        <section class="sec" aria-labelledby="mail-h">
            <header>
                <h2 id="mail-h">"Went out by mail"</h2>
                <p class="help">"These people have it. Blanking does not reach them."</p>
            </header>
            <ul role="list" class="out">{letters}</ul>
        </section>
    })
}

fn outcome(
    room: &str,
    now: Time,
    done: &Redacted,
    mailed: &[Mailed],
    left: usize,
) -> impl IntoView + use<> {
    let event = done.committed.recorded.last().map(|r| &r.event);
    let blanked = match event {
        Some(IncidentEvent::Redacted { versions, .. }) => versions.len(),
        Some(_) | None => 0,
    };
    let blanked = match blanked {
        1 => "Blanked in one entry.".to_owned(),
        many => format!("Blanked in {many} entries."),
    };
    let gone = match left {
        0 => " The log, the screens, the search, the status page and kept answers of the API hold it no longer. The timeline says who did it and why.".to_owned(),
        1 => " It still stands in one text that was not ticked.".to_owned(),
        many => format!(" It still stands in {many} texts that were not ticked."),
    };
    let told = done
        .told
        .iter()
        .map(|told| {
            let from = short(told.at, now);
            let field = words(told.field).to_lowercase();
            view! { <li>{format!("Customers could read it from {from} to {} UTC, in a {field} on the status page.", short(now, now))}</li> }
        })
        .collect_view();
    view! {
        <p class="notice" role="status">
            <b>{blanked}</b>
            {gone}
        </p>
        <section class="sec" aria-labelledby="out-h">
            <header><h2 id="out-h">"Out of reach"</h2><p class="help">"A password or key is only safe once it is changed."</p></header>
            <ul role="list" class="out">
                {told}
                <li>"What left by mail, or in a feed that somebody follows, still holds it."</li>
                <li>"So does every backup made before now, and what a browser keeps of a text that was being written."</li>
            </ul>
        </section>
        {gone_out(now, mailed)}
        <p class="row"><a class="btn" href=room.to_owned()>"Back to the room"</a><a href=format!("{room}/redact")>"Look for something else"</a></p>
    }
}

fn wrong(id: &'static str, error: &AppError) -> impl IntoView + use<> {
    view! { <p class="err" id=id role="alert"><Icon name=Icon::Over/><span>{error.to_string()}</span></p> }
}

/// A name on the wire as words: "Sitrep sent", "Public title".
fn words(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        format!("{}{}", first.to_uppercase(), letters.as_str())
    })
}

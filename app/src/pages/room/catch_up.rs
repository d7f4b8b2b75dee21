//! For who joins late: who commands, how bad, what customers know, what happened in the last quarter of an hour, and one
//! button to come in.

use super::state::{RoomState, use_room};
use crate::forms::CommandForm;
use crate::now::use_now;
use crate::ui::{At, Name, SeverityMark};
use domain::incident::Entry;
use domain::time::{Time, elapsed, length};
use domain::{Kind, Role};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// How far back "a moment ago" reaches, in minutes.
const RECENT: i64 = 15;
/// The most that can be taken in at a glance.
const MOST: usize = 12;

/// The panel, for those who are not in, and for everybody who asks for it.
#[component]
pub fn CatchUp() -> impl IntoView {
    let room = use_room();
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(|q| q.get_str("catchup").map(str::to_owned)));
    let shown = Memo::new(move |_| match asked.get().as_deref() {
        Some("0") => false,
        Some(_) => true,
        None => is_late(room),
    });
    view! {
        <Show when=move || shown.get()>
            <Panel/>
        </Show>
    }
}

/// Somebody who may act, is not in, and could still help.
fn is_late(room: RoomState) -> bool {
    let me = room.session().person.with(|me| me.id.clone());
    room.incident.with(|incident| {
        !incident.is_in(&me)
            && incident.summary.kind != Kind::Backfilled
            && !incident.summary.progress.phase().is_over()
    })
}

#[component]
fn Panel() -> impl IntoView {
    let room = use_room();
    let now = use_now();
    // The moment of coming in; the quarter of an hour before it does not move while somebody reads.
    let came = now.at.get_untracked();
    let at = room.summary.with_untracked(|s| elapsed(s.t_plus(came)));
    let recent = room.entries.with_untracked(|entries| recent(entries, came));
    let lines: Vec<AnyView> = recent
        .into_iter()
        .map(|(at, words)| view! { <li><At at=at/><span>{words}</span></li> }.into_any())
        .collect();
    let quiet = lines.is_empty();
    let is_in = Memo::new(move |_| {
        let me = room.session().person.with(|me| me.id.clone());
        room.incident.with(|incident| incident.is_in(&me))
    });
    view! {
        <section class="catchup" aria-labelledby="cu-h">
            <header class="sect">
                <h2 id="cu-h">{format!("You come in at T+{at}")}</h2>
                <a class="quiet small end" href="?catchup=0">"Put it away"</a>
            </header>
            <Known/>
            <h3>{format!("In the last {RECENT} minutes")}</h3>
            {if quiet {
                view! { <p>"Nothing was recorded."</p> }.into_any()
            } else {
                view! { <ol class="recent" role="list" tabindex="0">{lines}</ol> }.into_any()
            }}
            <Show when=move || room.acts.get() && !is_in.get()>
                <div class="row">
                    <CommandForm number=room.number what="join"><button class="btn primary">"Join as a responder"</button></CommandForm>
                    <a class="quiet" href="?catchup=0">"I only watch"</a>
                </div>
            </Show>
        </section>
    }
}

/// What was recorded in the quarter of an hour before `now`, the newest last.
fn recent(entries: &[Entry], now: Time) -> Vec<(Time, String)> {
    let fresh = entries
        .iter()
        .filter(|entry| (now - entry.recorded_at).num_minutes() < RECENT);
    let mut lines: Vec<(Time, String)> = fresh
        .map(|entry| {
            let said = entry
                .body
                .as_deref()
                .map(|text| domain::markdown::excerpt(text, 200));
            let words = match said.filter(|said| !said.trim().is_empty()) {
                Some(said) => format!("{}: {}", entry.sentence, said.trim()),
                None => entry.sentence.to_string(),
            };
            (entry.at, words)
        })
        .collect();
    lines.sort_by_key(|(at, _)| *at);
    lines.split_off(lines.len().saturating_sub(MOST))
}

/// Who commands, how bad, what customers know, what the team knows.
#[component]
fn Known() -> impl IntoView {
    let room = use_room();
    let now = use_now().minute();
    let ic = Memo::new(move |_| {
        room.summary
            .with(|s| s.role(&Role::Ic).map(|h| (h.person.clone(), h.since)))
    });
    let severity = Memo::new(move |_| room.summary.with(|s| s.severity));
    let ago = move |at: Time| format!("{} ago", length(now.get() - at));
    let customers = move || {
        room.summary.with(|s| match (&s.last_word, s.silent_since) {
            (Some(word), _) => format!("told {}: {}", ago(word.at), word.state.label()),
            (None, Some(since)) => format!("not told, decided {}", ago(since)),
            (None, None) => "not told yet".to_owned(),
        })
    };
    let sitrep = move || {
        room.summary.with(|s| {
            s.last_sitrep.as_ref().map_or_else(
                || "none sent yet".to_owned(),
                |last| format!("number {}, {}", last.version, ago(last.at)),
            )
        })
    };
    view! {
        <dl class="facts">
            <div>
                <dt>"In command"</dt>
                <dd>
                    {move || match ic.get() {
                        Some((person, since)) => view! { <Name id=person/>", since "<At at=since/> }.into_any(),
                        None => "nobody".into_any(),
                    }}
                </dd>
            </div>
            <div><dt>"How bad"</dt><dd><SeverityMark severity=severity/></dd></div>
            <div><dt>"Customers"</dt><dd>{customers}</dd></div>
            <div><dt>"Sitrep"</dt><dd>{sitrep}</dd></div>
        </dl>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::example::at;
    use domain::incident::{EntryKind, Part, Sentence};

    fn entry(minute: i64, body: Option<&str>) -> Entry {
        Entry {
            position: minute,
            version: minute,
            at: at(minute),
            recorded_at: at(minute),
            kind: EntryKind::Talk,
            event: "noted".to_owned(),
            by: None,
            sentence: Sentence(vec![Part::Name("Bo Elm".to_owned())]),
            body: body.map(str::to_owned),
            href: None,
        }
    }

    #[test]
    fn only_the_last_quarter_of_an_hour_counts_and_markdown_is_read_out() {
        let entries = [entry(1, None), entry(20, Some("**db** is back"))];
        assert_eq!(
            recent(&entries, at(30)),
            vec![(at(20), "Bo Elm: db is back".to_owned())]
        );
    }

    #[test]
    fn a_busy_room_is_cut_to_the_newest() {
        let entries: Vec<Entry> = (1..40).map(|_| entry(29, None)).collect();
        assert_eq!(recent(&entries, at(30)).len(), MOST);
    }
}

//! The board: the sentence, what is open, what is not finished, and what needs somebody.

mod after;
mod keys;
mod lede;
mod open;
mod order;
mod rail;
mod row;
mod rows;

use crate::api;
use crate::data;
use crate::forms::{Doer, FormError};
use crate::live::{Frame, Place, use_live};
use crate::me::{Session, use_session};
use crate::now::use_now;
use crate::once::new_key;
use crate::pages::declare::{DeclareButton, DeclarePanel};
use crate::pages::gathered;
use crate::ui::{ClockNews, Page};
use domain::incident::Summary;
use domain::needs::{Need, needs};
use domain::time::{Time, length};
use domain::{Number, Recorded};
use leptos::prelude::*;
use rows::{Applied, Rows};
use std::sync::Arc;

/// The board.
#[component]
pub fn Board() -> impl IntoView {
    let board = Resource::new_blocking(|| (), |()| api::board());
    gathered(board, |board| view! { <Whole board=board/> })
}

/// What every part of the board looks at.
#[derive(Clone, Copy)]
struct Shown {
    rows: RwSignal<Rows>,
    /// Why the last key did nothing.
    refused: RwSignal<Option<String>>,
    /// To the minute: nothing on the board shows seconds.
    now: Memo<Time>,
    session: Session,
}

impl Shown {
    /// Takes an event, from the stream or as the answer to a command.
    fn take(self, event: &Recorded) {
        let mut applied = Applied::Known;
        self.rows.maybe_update(|rows| {
            applied = rows::apply(rows, event);
            applied == Applied::Moved
        });
        if applied == Applied::Gap {
            leptos::task::spawn_local(async move {
                if let Ok(board) = api::board().await {
                    self.rows.set(by_number(board.incidents));
                }
            });
        }
    }
}

fn by_number(incidents: Vec<Summary>) -> Rows {
    incidents.into_iter().map(|i| (i.number, i)).collect()
}

#[component]
fn Whole(board: data::Board) -> impl IntoView {
    let last = board.last;
    let shown = Shown {
        rows: RwSignal::new(by_number(board.incidents)),
        refused: RwSignal::new(None),
        now: use_now().minute(),
        session: use_session(),
    };
    let position = board.position;
    let live = use_live();
    Effect::new(move |_| {
        live.follow(position, Place::House, move |frame| match frame {
            Frame::Event(event) => shown.take(event),
            Frame::House | Frame::Presence(_) | Frame::Reach(_) | Frame::Draft(_) => {}
        });
    });
    provide_context(Doer(Arc::new(move |number, command| {
        let sending = data::Sending::once(new_key(shown.session));
        Box::pin(async move {
            let events = api::execute(number, command, sending).await?;
            for event in &events {
                shown.take(event);
            }
            Ok(())
        })
    })));
    let open = Memo::new(move |_| shown.rows.with(rows::open));
    let unfinished = Memo::new(move |_| shown.rows.with(rows::unfinished));
    let needs = Memo::new(move |_| {
        shown.rows.with(|rows| {
            shown
                .session
                .directory
                .with(|directory| needs(rows.values(), directory, shown.now.get()))
        })
    });
    keys::board_keys(shown);
    view! {
        <Page class="board" title=Signal::derive(move || title(shown, open))>
            <main id="main" class="board-main" tabindex="-1">
                <div class="lede">
                    <Sentence shown=shown open=open needs=needs last=last/>
                    <DeclareButton class="btn primary tall declare-btn"/>
                </div>
                <FormError words=shown.refused/>
                <DeclarePanel/>
                <open::OpenTable shown=shown open=open/>
                <rail::Rail shown=shown needs=needs/>
                <after::AfterTable shown=shown unfinished=unfinished/>
                <ClockNews clocks=Signal::derive(move || spoken(shown, &needs.get()))/>
                <div class="actionbar"><DeclareButton class="btn primary"/></div>
            </main>
        </Page>
    }
}

fn title(shown: Shown, open: Memo<Vec<Number>>) -> String {
    let open = open.get();
    let worst = open.first().and_then(|number| {
        shown
            .rows
            .with(|rows| rows.get(number).map(|row| row.severity.label()))
    });
    match worst {
        Some(severity) => format!("Board: {} open, {severity}", open.len()),
        None => "Board: nothing open".to_owned(),
    }
}

#[component]
fn Sentence(
    shown: Shown,
    open: Memo<Vec<Number>>,
    needs: Memo<Vec<Need>>,
    last: Option<Summary>,
) -> impl IntoView {
    let lede = Memo::new(move |_| {
        let worst = *open.read().first()?;
        shown.rows.with(|rows| {
            let worst = rows.get(&worst)?;
            let Session {
                person, directory, ..
            } = shown.session;
            Some(directory.with(|directory| {
                person.with(|me| lede::lede(worst, directory, &me.id, shown.now.get()))
            }))
        })
    });
    let soon = Memo::new(move |_| {
        let now = shown.now.get();
        needs.with(|needs| needs.iter().filter(|need| rail::is_soon(need, now)).count())
    });
    let calm = move || {
        let last = shown.rows.with(|rows| {
            rows.values()
                .chain(last.as_ref())
                .max_by_key(|row| rows::ended(row))
                .map(|row| (row.number, rows::ended(row)))
        })?;
        let tag = shown.session.directory.with(|d| d.tag(last.0));
        Some((
            last.0,
            tag,
            format!("{} ago", length(shown.now.get() - last.1)),
        ))
    };
    move || match lede.get() {
        Some(lede) => view! { <lede::LedeWords lede=lede needs=soon.get()/> }.into_any(),
        None => view! { <lede::CalmWords last=calm()/> }.into_any(),
    }
}

/// What is said aloud when a clock changes: one sentence for each thing that needs somebody.
fn spoken(shown: Shown, needs: &[Need]) -> Vec<(String, domain::clock::ClockState, String)> {
    let now = shown.now.get();
    shown.session.directory.with(|directory| {
        needs
            .iter()
            .map(|need| {
                let tag = directory.tag(need.incident);
                let when = if need.due_at < now { "overdue" } else { "due" };
                let words = format!("{tag}: {}, {when}.", need.what);
                (format!("{tag} {}", need.what), need.state, words)
            })
            .collect()
    })
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::ui::example::{incident, page};
    use domain::Severity;

    fn board(who: &str, incidents: Vec<Summary>, last: Option<Summary>) -> String {
        let board = data::Board {
            incidents,
            last,
            position: 9,
        };
        page(who, "/", 7, move || view! { <Whole board=board/> })
    }

    #[test]
    fn a_severity_that_nobody_has_set_is_asked_for_in_its_row() {
        let odd = || vec![incident(142, "Something is odd", Severity::Unset)];
        let html = board("bo", odd(), None);
        assert!(html.contains("No severity for 7 min."), "{html}");
        assert!(html.contains(r#"action="/incidents/142""#), "{html}");
        for severity in Severity::CHOICES {
            let value = format!(r#"value="{}""#, severity.as_str());
            assert!(html.contains(&value), "{value} in {html}");
        }
        let html = board("rae", odd(), None);
        assert!(
            !html.contains("No severity for"),
            "a reader is not asked: {html}"
        );
        assert!(
            !html.contains(r#"action="/incidents""#) && !html.contains("/incidents/new"),
            "nor invited to declare: {html}"
        );
    }

    #[test]
    fn it_is_calm_when_nothing_is_open_and_names_the_last_one() {
        let html = board(
            "bo",
            Vec::new(),
            Some(incident(141, "Was slow", Severity::Sev3)),
        );
        for words in [
            "Nothing is open.",
            "INC-141",
            "7 min ago",
            "every promise is kept",
        ] {
            assert!(
                html.to_lowercase().contains(&words.to_lowercase()),
                "{words} in {html}"
            );
        }
        assert!(!html.contains("<table"), "{html}");
        assert!(board("bo", Vec::new(), None).contains("No incident has been declared yet."));
    }

    #[test]
    fn every_string_on_the_board_is_hostile() {
        let html = board(
            "bo",
            vec![incident(1, "<script>alert(1)</script>", Severity::Sev1)],
            None,
        );
        assert!(!html.contains("<script>alert"), "{html}");
    }

    #[test]
    fn three_hundred_are_listed_and_what_they_need_is_counted() {
        let many = (1..=300)
            .map(|n| {
                incident(
                    n,
                    "One of many",
                    Severity::CHOICES[usize::try_from(n % 4).expect("small")],
                )
            })
            .collect();
        let html = board("bo", many, None);
        assert_eq!(html.matches("data-number=").count(), 300);
        assert!(
            html.contains("Show "),
            "the rail does not list them all: {html}"
        );
    }
}

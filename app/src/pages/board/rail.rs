//! What needs somebody: overdue, within a quarter of an hour, later.

use super::Shown;
use domain::clock::ClockState;
use domain::needs::Need;
use domain::time::{Time, length, short};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Nearer than this is soon, in minutes.
const SOON: i64 = 15;
/// More than so many in a group are counted, until somebody asks for all.
const SHOWN: usize = 12;

/// When something is due, seen from now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    Over,
    Soon,
    Later,
}

fn when(need: &Need, now: Time) -> When {
    if need.state == ClockState::Over || need.due_at < now {
        When::Over
    } else if (need.due_at - now).num_minutes() <= SOON {
        When::Soon
    } else {
        When::Later
    }
}

/// True for what is overdue or due within a quarter of an hour: what the sentence counts.
pub(super) fn is_soon(need: &Need, now: Time) -> bool {
    when(need, now) != When::Later
}

/// The column beside the tables.
#[component]
pub(super) fn Rail(
    /// The board.
    shown: Shown,
    /// Everything that needs somebody, the most overdue first.
    needs: Memo<Vec<Need>>,
) -> impl IntoView {
    let of = move |wanted: When| {
        Memo::new(move |_| {
            let now = shown.now.get();
            needs.with(|needs| {
                needs
                    .iter()
                    .filter(|need| when(need, now) == wanted)
                    .cloned()
                    .collect::<Vec<_>>()
            })
        })
    };
    let (over, soon, later) = (of(When::Over), of(When::Soon), of(When::Later));
    let count = move || over.with(Vec::len) + soon.with(Vec::len);
    let calm = Memo::new(move |_| needs.with(Vec::is_empty));
    view! {
        <section class="rail" aria-labelledby="needs-h">
            <h2 id="needs-h" class="sect">"Needs somebody "<span class="n">{count}</span></h2>
            <Show when=move || calm.get()>
                <p class="help">"Nothing. Every promise is kept, and everything has an owner."</p>
            </Show>
            <Group title="Overdue" class="grp over" when=When::Over needs=over shown=shown/>
            <Group title="Next 15 minutes" class="grp due" when=When::Soon needs=soon shown=shown/>
            <Group title="Later" class="grp" when=When::Later needs=later shown=shown/>
        </section>
    }
}

#[component]
fn Group(
    title: &'static str,
    class: &'static str,
    when: When,
    needs: Memo<Vec<Need>>,
    shown: Shown,
) -> impl IntoView {
    let query = use_query_map();
    let all = Memo::new(move |_| query.with(|query| query.get("needs").as_deref() == Some("all")));
    let any = Memo::new(move |_| needs.with(|needs| !needs.is_empty()));
    let listed = move || {
        needs.with(|needs| {
            let many = if all.get() { needs.len() } else { SHOWN };
            needs.iter().take(many).cloned().collect::<Vec<_>>()
        })
    };
    let rest = Memo::new(move |_| {
        let rest = needs.with(Vec::len).saturating_sub(SHOWN);
        (rest > 0 && !all.get()).then_some(rest)
    });
    view! {
        <Show when=move || any.get()>
            <h3 class=class>{title}</h3>
            <ol class=if when == When::Later { "needs later" } else { "needs" } role="list">
                <For each=listed key=|need| (need.incident, need.what.clone(), need.due_at, need.owner.clone()) let(need)>
                    <Item need=need when=when shown=shown/>
                </For>
            </ol>
            {move || {
                rest.get().map(|rest| view! { <p class="help"><a href="/?needs=all">"Show "{rest}" more"</a></p> })
            }}
        </Show>
    }
}

#[component]
fn Item(need: Need, when: When, shown: Shown) -> impl IntoView {
    let due = need.due_at;
    let time = move || match when {
        When::Over => length(shown.now.get() - due),
        When::Soon | When::Later => short(due, shown.now.get()),
    };
    let whose = move || {
        shown.session.directory.with(|directory| {
            let tag = directory.tag(need.incident);
            match &need.owner {
                Some(owner) => format!("{tag}, {}", directory.name(owner)),
                None => tag,
            }
        })
    };
    view! {
        <li>
            <a href=need.href>
                <b>{need.what}</b>" "
                <time datetime=due.to_rfc3339()>{time}</time>" "
                <span>{whose}</span>
            </a>
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::example::at;
    use domain::Number;

    fn need(due: i64, state: ClockState) -> Need {
        Need {
            incident: Number(1),
            what: "Tell customers".to_owned(),
            owner: None,
            due_at: at(due),
            state,
            href: "/incidents/1/update".to_owned(),
        }
    }

    #[test]
    fn a_quarter_of_an_hour_is_soon() {
        assert_eq!(when(&need(9, ClockState::Over), at(10)), When::Over);
        assert_eq!(when(&need(25, ClockState::Fresh), at(10)), When::Soon);
        assert_eq!(when(&need(26, ClockState::Fresh), at(10)), When::Later);
        assert_eq!(
            when(&need(10, ClockState::Over), at(10)),
            When::Over,
            "a role that has nobody is missing from the start"
        );
    }
}

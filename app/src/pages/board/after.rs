//! What is resolved and not finished: whose it is and what is left.

use super::Shown;
use super::row::What;
use crate::ui::{Icon, Name, SeverityMark};
use domain::incident::Summary;
use domain::time::short;
use domain::{Number, Phase, PublicState};
use leptos::prelude::*;

/// The table below the open ones; nothing at all when everything is finished.
#[component]
pub(super) fn AfterTable(
    /// The board.
    shown: Shown,
    /// Resolved and not finished, in order.
    unfinished: Memo<Vec<Number>>,
) -> impl IntoView {
    let any = Memo::new(move |_| unfinished.with(|all| !all.is_empty()));
    view! {
        <section class="after" aria-labelledby="after-h" hidden=move || !any.get()>
            <h2 id="after-h" class="sect">"Resolved, not finished "<span class="n">{move || unfinished.with(Vec::len)}</span></h2>
            <Show when=move || any.get()>
                <table role="table" class="grid two" aria-labelledby="after-h">
                    <thead role="rowgroup">
                        <tr role="row">
                            <th role="columnheader" scope="col" class="c-sev">"Severity"</th>
                            <th role="columnheader" scope="col">"Incident"</th>
                            <th role="columnheader" scope="col" class="c-ic">"Owner"</th>
                            <th role="columnheader" scope="col" class="c-left">"What is left"</th>
                            <th role="columnheader" scope="col" class="c-t num">"Resolved"</th>
                        </tr>
                    </thead>
                    <tbody role="rowgroup">
                        <For each=move || unfinished.get() key=|number| *number let(number)>
                            <AfterRow number=number shown=shown/>
                        </For>
                    </tbody>
                </table>
            </Show>
        </section>
    }
}

#[component]
fn AfterRow(number: Number, shown: Shown) -> impl IntoView {
    let Some(first) = shown.rows.with_untracked(|rows| rows.get(&number).cloned()) else {
        return ().into_any();
    };
    let row = Memo::new(move |before: Option<&Summary>| {
        let now = shown.rows.with(|rows| rows.get(&number).cloned());
        now.unwrap_or_else(|| before.unwrap_or(&first).clone())
    });
    let ic = Memo::new(move |_| row.with(|row| row.ic().cloned()));
    let resolved = move || row.with(|row| row.progress.resolved_at());
    view! {
        <tr role="row" data-number=number.to_string()>
            <td role="cell" class="c-sev"><SeverityMark severity=Signal::derive(move || row.with(|row| row.severity))/></td>
            <What number=number shown=shown row=row/>
            <td role="cell" class="c-ic" data-l="Owner">
                <strong>{move || ic.get().map(|id| view! { <Name id=id/> })}</strong>
            </td>
            <Left number=number row=row/>
            <td role="cell" class="c-t num">
                {move || {
                    resolved().map(|at| view! { <time datetime=at.to_rfc3339()>{short(at, shown.now.get())}</time> })
                }}
            </td>
        </tr>
    }
    .into_any()
}

/// What is left to do, as far as the facts say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LeftToDo {
    TellCustomers,
    CleanUp,
    Review,
}

fn left(row: &Summary) -> LeftToDo {
    let told_but_not_that_it_is_over = row
        .last_word
        .as_ref()
        .is_some_and(|word| word.state != PublicState::Resolved);
    if told_but_not_that_it_is_over {
        LeftToDo::TellCustomers
    } else if row.progress.phase() == Phase::Cleanup {
        LeftToDo::CleanUp
    } else {
        LeftToDo::Review
    }
}

#[component]
fn Left(number: Number, row: Memo<Summary>) -> impl IntoView {
    let left = Memo::new(move |_| row.with(left));
    let tell = move || left.get() == LeftToDo::TellCustomers;
    view! {
        <td role="cell" class="c-left" data-l="What is left" data-state=move || tell().then_some("due")>
            <span class="v">
                {move || tell().then(|| view! { <Icon name=Icon::Due/> })}
                {move || match left.get() {
                    LeftToDo::TellCustomers => "Tell customers that it is over",
                    LeftToDo::CleanUp => "Undo what was changed, then close",
                    LeftToDo::Review => "Look back at it, then close",
                }}
            </span>
            <span class="meta">
                {move || match left.get() {
                    LeftToDo::TellCustomers => view! { <a href=format!("/incidents/{number}/update")>"Write the last update"</a> },
                    LeftToDo::CleanUp | LeftToDo::Review => view! { <a href=format!("/incidents/{number}/close")>"What closing needs"</a> },
                }}
            </span>
        </td>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::example::{at, incident};
    use domain::Severity;
    use domain::incident::{LastWord, Progress};

    #[test]
    fn customers_who_were_told_of_it_are_told_that_it_is_over_first() {
        let mut row = incident(1, "Was down", Severity::Sev1);
        row.progress = Progress::Cleanup { resolved_at: at(5) };
        assert_eq!(left(&row), LeftToDo::CleanUp);
        let word = |state| LastWord {
            at: at(4),
            state,
            next_by: None,
        };
        row.last_word = Some(word(PublicState::Monitoring));
        assert_eq!(left(&row), LeftToDo::TellCustomers);
        row.last_word = Some(word(PublicState::Resolved));
        row.progress = Progress::Followup { resolved_at: at(5) };
        assert_eq!(left(&row), LeftToDo::Review);
    }
}

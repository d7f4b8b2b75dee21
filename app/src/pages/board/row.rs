//! One open incident: a row that is patched in place, and the question for its severity below it while that is not set.

use super::Shown;
use crate::forms::CommandForm;
use crate::ui::focus::focus;
use crate::ui::{Clock, Face, Icon, Name, PhaseBars, SeverityMark, Words, state_icon, state_name};
use domain::clock::{ClockKind, ClockState, clocks};
use domain::incident::Summary;
use domain::time::{elapsed, length, short};
use domain::{Number, Role, Severity};
use leptos::prelude::*;

/// A row of the table of open incidents.
#[component]
pub(super) fn OpenRow(
    /// Whose row.
    number: Number,
    /// The board.
    shown: Shown,
    /// The one that stands larger.
    lead: Memo<Option<Number>>,
) -> impl IntoView {
    let Some(first) = shown.rows.with_untracked(|rows| rows.get(&number).cloned()) else {
        return ().into_any();
    };
    let row = Memo::new(move |before: Option<&Summary>| {
        let now = shown.rows.with(|rows| rows.get(&number).cloned());
        now.unwrap_or_else(|| before.unwrap_or(&first).clone())
    });
    let nag = Memo::new(move |_| {
        row.with(|row| row.severity == Severity::Unset) && shown.session.may_act()
    });
    let class = move || match (lead.get() == Some(number), nag.get()) {
        (true, _) => "lead",
        (false, true) => "hasnag",
        (false, false) => "",
    };
    let ran = move || row.with(|row| row.t_plus(shown.now.get()));
    view! {
        <tr role="row" class=class data-number=number.to_string()>
            <td role="cell" class="c-sev"><SeverityMark severity=Signal::derive(move || row.with(|row| row.severity))/></td>
            <What number=number shown=shown row=row/>
            <InCommand shown=shown row=row/>
            <Watched shown=shown row=row kind=ClockKind::Customers class="c-cust" label="Customers know" without="Not told, a drill"/>
            <Watched shown=shown row=row kind=ClockKind::Sitrep class="c-sit" label="Sitrep" without="None"/>
            <WithoutOwner row=row/>
            <td role="cell" class="c-t num">
                <time datetime=move || format!("PT{}M", ran().num_minutes().max(0))>{move || elapsed(ran())}</time>
            </td>
        </tr>
        <Show when=move || nag.get()><HowBad number=number shown=shown row=row/></Show>
    }
    .into_any()
}

/// Title, number, phase.
#[component]
pub(super) fn What(number: Number, shown: Shown, row: Memo<Summary>) -> impl IntoView {
    let tag = Memo::new(move |_| shown.session.directory.with(|d| d.tag(number)));
    let title = Memo::new(move |_| row.with(|row| row.title.clone()));
    let drill = Memo::new(move |_| row.with(|row| row.kind == domain::Kind::Drill));
    view! {
        <th role="rowheader" scope="row" class="c-what">
            <a id=row_id(number) href=format!("/incidents/{number}")>{move || view! { <Words text=title.get()/> }}</a>
            <span class="meta">
                {move || tag.get()}" "
                {move || drill.get().then(|| view! { <span class="kind">"Drill"</span>" " })}
                <PhaseBars phase=Signal::derive(move || row.with(|row| row.progress.phase()))/>
            </span>
        </th>
    }
}

/// The id of a row's link, where the keys put the focus.
pub(super) fn row_id(number: Number) -> String {
    format!("incident-{number}")
}

#[component]
fn InCommand(shown: Shown, row: Memo<Summary>) -> impl IntoView {
    let holder = Memo::new(move |_| row.with(|row| row.role(&Role::Ic).cloned()));
    let since = move || {
        let holder = holder.get()?;
        let you = shown.session.person.with(|me| me.id == holder.person);
        let you = if you { "you, " } else { "" };
        Some(format!(
            "{you}since {}",
            short(holder.since, shown.now.get())
        ))
    };
    view! {
        <td role="cell" class="c-ic" data-l="In command">
            <strong>{move || holder.get().map(|holder| view! { <Name id=holder.person/> })}</strong>
            <span class="meta">{since}</span>
        </td>
    }
}

#[component]
fn Watched(
    shown: Shown,
    row: Memo<Summary>,
    kind: ClockKind,
    class: &'static str,
    label: &'static str,
    without: &'static str,
) -> impl IntoView {
    let face = Memo::new(move |_| {
        let now = shown.now.get();
        row.with(|row| {
            shown.session.directory.with(|directory| {
                let clock = clocks(row, &directory.settings.promises, now)
                    .into_iter()
                    .find(|clock| clock.kind == kind)?;
                let me = shown.session.person.with(|me| me.id.clone());
                Some(Face::of(&clock, row, directory, &me, now))
            })
        })
    });
    let runs = Memo::new(move |_| face.with(Option::is_some));
    let shown_face = Signal::derive(move || {
        face.get().unwrap_or_else(|| Face {
            state: ClockState::Quiet,
            value: String::new(),
            used: None,
            sub: String::new(),
        })
    });
    view! {
        <td role="cell" class=class data-l=label>
            <Show when=move || runs.get() fallback=move || view! { <span class="v plain">{without}</span> }>
                <Clock face=shown_face/>
            </Show>
        </td>
    }
}

#[component]
fn WithoutOwner(row: Memo<Summary>) -> impl IntoView {
    // Roles without anybody, and whether that is urgent.
    let empty = Memo::new(move |_| {
        row.with(|row| {
            let grave = matches!(row.severity, Severity::Sev1 | Severity::Sev2);
            (row.number, row.empty_roles(), grave)
        })
    });
    let none = move || empty.with(|(_, roles, _)| roles.is_empty());
    let state =
        move || empty.with(|(_, roles, grave)| (*grave && !roles.is_empty()).then_some("over"));
    view! {
        <td role="cell" class=move || if none() { "c-own none" } else { "c-own" } data-l="Without owner" data-state=state>
            {move || {
                let (number, roles, grave) = empty.get();
                if roles.is_empty() {
                    return view! { <span class="v plain">"None"</span> }.into_any();
                }
                let names = roles.iter().map(Role::label).collect::<Vec<_>>().join(", ");
                let count = if roles.len() == 1 { "1 role".to_owned() } else { format!("{} roles", roles.len()) };
                view! {
                    <span class="v">{grave.then(|| view! { <Icon name=Icon::Over/> })}{count}</span>
                    <span class="meta"><a href=format!("/incidents/{number}#people")>{names}</a></span>
                }
                .into_any()
            }}
        </td>
    }
}

/// The question for the severity, with its four answers.
#[component]
fn HowBad(number: Number, shown: Shown, row: Memo<Summary>) -> impl IntoView {
    let state = Memo::new(move |_| {
        let promises = shown
            .session
            .directory
            .with(|d| d.settings.promises.clone());
        row.with(|row| clocks(row, &promises, shown.now.get()))
            .into_iter()
            .find(|clock| clock.kind == ClockKind::Severity)
            .map_or(ClockState::Quiet, |clock| clock.state)
    });
    let late = move || {
        let since = shown.now.get() - row.with(|row| row.declared_at);
        if since.num_minutes() < 1 {
            "No severity yet.".to_owned()
        } else {
            format!("No severity for {}.", length(since))
        }
    };
    let tag = shown.session.directory.with_untracked(|d| d.tag(number));
    let answered = Callback::new(move |()| focus(&row_id(number)));
    view! {
        <tr role="row" class="nag">
            <td role="cell" colspan="7">
                <CommandForm number=number what="severity" on_done=answered>
                    <input type="hidden" name="next" value="/"/>
                    <span class="q" data-state=move || state_name(state.get())>
                        <span class="v">
                            <svg class="ico" aria-hidden="true"><use_ href=move || state_icon(state.get()).href()></use_></svg>
                            {late}
                        </span>
                        " How bad is it for customers?"
                    </span>
                    <span class="row" role="group" aria-label=format!("Severity of {tag}")>
                        {Severity::CHOICES
                            .map(|severity| {
                                view! {
                                    <button class="btn small" name="severity" value=severity.as_str()>
                                        {severity.label()}", "{severity.meaning()}
                                    </button>
                                }
                            })
                            .collect_view()}
                    </span>
                </CommandForm>
            </td>
        </tr>
    }
}

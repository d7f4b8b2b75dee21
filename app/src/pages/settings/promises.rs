//! How soon people hear, by severity: the table that every clock follows.

use crate::forms::{HouseForm, typed};
use crate::me::use_session;
use domain::Severity;
use domain::clock::Promise;
use domain::time::length;
use leptos::prelude::*;

const OF: (&str, &str) = ("part", "promises");

/// A row of the table: the field's name on the wire, what it is, a second line, and where it is kept.
type Line = (
    &'static str,
    &'static str,
    &'static str,
    fn(&Promise) -> Option<i64>,
);

const LINES: [Line; 4] = [
    (
        "first_word",
        "First word to customers",
        "or a recorded decision not to",
        |p| p.first_word,
    ),
    (
        "next_word",
        "Next word to customers",
        "unless the update promises another time",
        |p| p.next_word,
    ),
    (
        "sitrep",
        "Sitrep",
        "unless the last one promises another time",
        |p| p.sitrep,
    ),
    (
        "command",
        "In command without a rest",
        "then a handover is asked for",
        |p| p.command,
    ),
];

/// The table.
#[component]
pub(super) fn PromiseTable(admin: bool) -> impl IntoView {
    let session = use_session();
    let within = move || {
        session
            .directory
            .with(|d| d.settings.promises.severity_within)
    };
    let typed_within = typed(
        "settings",
        Some(OF),
        "severity_within",
        untrack(within).to_string(),
    );
    view! {
        <section class="sec" aria-labelledby="promises-h">
            <header>
                <h2 id="promises-h">"Promises"</h2>
                <p class="help">
                    {if admin { "In minutes. Empty is no promise, and no clock." } else { "" }}
                </p>
            </header>
            <div>
                {if admin {
                    view! {
                        <HouseForm what="settings" action="/settings" of=(OF.0, OF.1.to_owned())>
                            <Table admin=true/>
                            <p class="row">
                                <label for="severity-within">"The severity itself is asked for after"</label>
                                <input
                                    type="text"
                                    class="hm"
                                    id="severity-within"
                                    name="severity_within"
                                    inputmode="numeric"
                                    autocomplete="off"
                                    value=typed_within
                                />
                                "minutes."
                            </p>
                            <p class="row"><button class="btn primary">"Save the promises"</button></p>
                        </HouseForm>
                    }
                    .into_any()
                } else {
                    view! {
                        <Table admin=false/>
                        <p class="help">"The severity itself is asked for after " {within} " minutes."</p>
                    }
                    .into_any()
                }}
            </div>
        </section>
    }
}

#[component]
fn Table(admin: bool) -> impl IntoView {
    view! {
        <table role="table" class="ledger mid promises" aria-labelledby="promises-h">
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col">"Promise"</th>
                    {Severity::ALL
                        .map(|severity| view! { <th role="columnheader" scope="col">{severity.label()}</th> })
                        .collect_view()}
                </tr>
            </thead>
            <tbody role="rowgroup">
                {LINES
                    .map(|line| {
                        view! {
                            <tr role="row">
                                <th role="rowheader" scope="row">{line.1}<span class="meta">{line.2}</span></th>
                                {Severity::ALL
                                    .map(|severity| {
                                        view! {
                                            <td role="cell" data-l=severity.label()>
                                                {if admin {
                                                    view! { <Field line=line severity=severity/> }.into_any()
                                                } else {
                                                    view! { <Value line=line severity=severity/> }.into_any()
                                                }}
                                            </td>
                                        }
                                    })
                                    .collect_view()}
                            </tr>
                        }
                    })
                    .collect_view()}
            </tbody>
        </table>
    }
}

#[component]
fn Field(line: Line, severity: Severity) -> impl IntoView {
    let (field, what, _, of) = line;
    let name = format!("{}.{field}", severity.as_str());
    let now = use_session()
        .directory
        .with_untracked(|d| of(d.settings.promises.of(severity)))
        .map_or_else(String::new, |minutes| minutes.to_string());
    let value = typed("settings", Some(OF), &name, now);
    view! {
        <input
            type="text"
            class="hm"
            inputmode="numeric"
            autocomplete="off"
            name=name
            value=value
            aria-label=format!("{what}, {}, minutes", severity.label())
        />
    }
}

#[component]
fn Value(line: Line, severity: Severity) -> impl IntoView {
    let session = use_session();
    let (_, _, _, of) = line;
    move || {
        session
            .directory
            .with(|d| of(d.settings.promises.of(severity)))
            .map_or_else(
                || "None".to_owned(),
                |minutes| length(chrono::Duration::minutes(minutes)),
            )
    }
}

//! One incident of the list. It does not move: a reload, or the board, shows what goes on.

use super::filters::kind_label;
use crate::me::Session;
use crate::ui::{Name, PhaseBars, SeverityMark, Words};
use domain::incident::Summary;
use domain::time::{Time, length, short};
use domain::{Kind, Severity};
use leptos::prelude::*;

/// A row of the list.
#[component]
pub(super) fn Row(incident: Summary, now: Memo<Time>, session: Session) -> impl IntoView {
    let number = incident.number;
    let began = incident.started_at;
    let lasted = lasted(&incident);
    let phase = incident.progress.phase();
    // An import does not say how bad it was; nobody is asked to judge it now.
    let unjudged = incident.kind == Kind::Backfilled && incident.severity == Severity::Unset;
    let ic = incident.ic().cloned();
    let ic_class = if ic.is_some() { "c-ic" } else { "c-ic none" };
    view! {
        <tr role="row">
            <td role="cell" class="c-sev">
                {if unjudged {
                    view! { <span class="help">"Not known"</span> }.into_any()
                } else {
                    view! { <SeverityMark severity=incident.severity/> }.into_any()
                }}
            </td>
            <th role="rowheader" scope="row" class="c-what">
                <a href=format!("/incidents/{number}")><Words text=incident.title/></a>
                <span class="meta">
                    {move || session.directory.with(|d| d.tag(number))}" "
                    {if incident.kind == Kind::Backfilled {
                        view! { <span class="kind">{kind_label(Kind::Backfilled)}</span> }.into_any()
                    } else {
                        view! { <PhaseBars phase=phase/> }.into_any()
                    }}
                    {(incident.kind == Kind::Drill).then(|| view! { " "<span class="kind">{kind_label(Kind::Drill)}</span> })}
                </span>
            </th>
            <td role="cell" class=ic_class data-l="In command">
                {match ic {
                    Some(id) => view! { <Name id=id/> }.into_any(),
                    None => "Nobody".into_any(),
                }}
            </td>
            <td role="cell" class="c-when" data-l="Began">
                {match began {
                    Some(at) => view! { <time datetime=at.to_rfc3339()>{move || short(at, now.get())}</time> }.into_any(),
                    None => view! { <span class="help">"Not known"</span> }.into_any(),
                }}
            </td>
            <td role="cell" class="c-dur num" data-l="Lasted">
                {match lasted {
                    Lasted::Was(words) => words.into_any(),
                    Lasted::Goes(since) => {
                        view! {
                            {move || length(now.get() - since)}
                            <span class="meta">"so far"</span>
                        }
                        .into_any()
                    }
                    Lasted::Unknown => view! { <span class="help">"Not known"</span> }.into_any(),
                }}
            </td>
        </tr>
    }
}

/// How long it was, as far as anybody knows.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Lasted {
    Was(String),
    Goes(Time),
    Unknown,
}

fn lasted(incident: &Summary) -> Lasted {
    let Some(began) = incident.started_at else {
        return Lasted::Unknown;
    };
    match incident.progress.resolved_at() {
        Some(over) => Lasted::Was(length(over - began)),
        None if incident.progress.phase().is_open() => Lasted::Goes(began),
        None => Lasted::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::example::{at, incident};
    use domain::incident::Progress;

    #[test]
    fn a_length_is_told_when_it_is_known() {
        let mut one = incident(1, "Slow", Severity::Sev3);
        assert_eq!(lasted(&one), Lasted::Goes(at(0)));
        one.progress = Progress::Closed {
            resolved_at: Some(at(136)),
            closed_at: at(500),
        };
        assert_eq!(lasted(&one), Lasted::Was("2 h 16 min".to_owned()));
        one.started_at = None;
        assert_eq!(lasted(&one), Lasted::Unknown);
    }
}

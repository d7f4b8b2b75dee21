//! Where an incident stands: five small bars in a table, a stepper in the war room.

use crate::forms::CommandForm;
use crate::ui::Icon;
use domain::time::{Time, length, short};
use domain::{Number, Phase};
use leptos::prelude::*;

/// Where a step lies, seen from the current phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Done,
    Now,
    Later,
}

/// A closed incident has gone all the way; a cancelled or merged one left the way.
fn step(phase: Phase, index: usize) -> Step {
    let here = match phase {
        Phase::Closed => Phase::STEPS.len(),
        Phase::Cancelled | Phase::Merged => return Step::Later,
        Phase::Assess | Phase::Mitigate | Phase::Watch | Phase::Cleanup | Phase::Followup => {
            Phase::STEPS
                .iter()
                .position(|p| *p == phase)
                .unwrap_or_default()
        }
    };
    match index.cmp(&here) {
        std::cmp::Ordering::Less => Step::Done,
        std::cmp::Ordering::Equal => Step::Now,
        std::cmp::Ordering::Greater => Step::Later,
    }
}

/// Five bars and the phase's word, for a row.
#[component]
pub fn PhaseBars(
    /// Where it stands.
    #[prop(into)]
    phase: Signal<Phase>,
) -> impl IntoView {
    let bar = |index: usize| {
        let class = move || match step(phase.get(), index) {
            Step::Done => "a",
            Step::Now => "b",
            Step::Later => "c",
        };
        view! { <rect class=class x=(index * 9).to_string() width="8" height="6"></rect> }
    };
    let place = move || {
        Phase::STEPS
            .iter()
            .position(|p| *p == phase.get())
            .map(|index| format!(", phase {} of {}", index + 1, Phase::STEPS.len()))
    };
    view! {
        <span class="phase">
            <svg viewBox="0 0 44 6" width="44" height="6" aria-hidden="true">
                {(0..Phase::STEPS.len()).map(bar).collect_view()}
            </svg>
            {move || phase.get().label()}
            <span class="vh">{place}</span>
        </span>
    }
}

/// The five phases in a row, the current one with its time. With `change` each is a button that asks for that phase; one
/// that is not possible yet answers with the reason.
#[component]
pub fn PhaseStepper(
    /// Where it stands.
    #[prop(into)]
    phase: Signal<Phase>,
    /// Since when.
    #[prop(into)]
    since: Signal<Time>,
    /// The screen's moment, to the minute.
    #[prop(into)]
    now: Signal<Time>,
    /// The incident, where the reader may change its phase.
    #[prop(optional, into)]
    change: Option<Number>,
) -> impl IntoView {
    let steps = Phase::STEPS
        .into_iter()
        .enumerate()
        .map(|(index, at)| {
            let place = Memo::new(move |_| step(phase.get(), index));
            let inside = view! { <StepWords at=at place=place since=since now=now/> };
            view! {
                <li class=move || step_class(place.get()) aria-current=move || (place.get() == Step::Now).then_some("step")>
                    {if change.is_some() {
                        let idle = move || (!possible(phase.get(), at)).then_some("true");
                        view! { <button class="step" name="phase" value=at.as_str() aria-disabled=idle>{inside}</button> }.into_any()
                    } else {
                        inside.into_any()
                    }}
                </li>
            }
        })
        .collect_view();
    let list = view! { <ol class="steps" role="list" aria-label="Phase">{steps}</ol> };
    match change {
        Some(number) => {
            view! { <CommandForm number=number what="phase">{list}</CommandForm> }.into_any()
        }
        None => list.into_any(),
    }
}

fn step_class(place: Step) -> &'static str {
    match place {
        Step::Done => "done",
        Step::Now => "now",
        Step::Later => "todo",
    }
}

/// The steps that a change of phase allows: the first three in any order, and follow up after clean up.
fn possible(from: Phase, to: Phase) -> bool {
    from != to
        && (from.is_open() && to.is_open() || (from, to) == (Phase::Cleanup, Phase::Followup))
}

#[component]
fn StepWords(
    at: Phase,
    place: Memo<Step>,
    since: Signal<Time>,
    now: Signal<Time>,
) -> impl IntoView {
    view! {
        <span class="pip">{move || (place.get() == Step::Done).then(|| view! { <Icon name=Icon::Check/> })}</span>
        <b>{at.label()}</b>
        {move || match place.get() {
            Step::Done => view! { <span class="vh">" (done)"</span> }.into_any(),
            Step::Now => {
                let words = move || {
                    let (since, now) = (since.get(), now.get());
                    format!(" since {}, {}", short(since, now), length(now - since))
                };
                view! { <span class="m">{words}</span> }.into_any()
            }
            Step::Later => ().into_any(),
        }}
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::ui::example;

    fn bars(phase: Phase) -> String {
        Owner::new().with(|| view! { <PhaseBars phase=phase/> }.to_html())
    }

    #[test]
    fn the_bars_count_what_is_done_and_a_screen_reader_hears_the_place() {
        let html = bars(Phase::Mitigate);
        assert_eq!(html.matches(r#"class="a""#).count(), 1, "{html}");
        assert_eq!(html.matches(r#"class="b""#).count(), 1, "{html}");
        assert_eq!(html.matches(r#"class="c""#).count(), 3, "{html}");
        assert!(html.contains(", phase 2 of 5"), "{html}");
    }

    #[test]
    fn a_closed_incident_went_all_the_way_and_a_cancelled_one_did_not() {
        assert_eq!(bars(Phase::Closed).matches(r#"class="a""#).count(), 5);
        assert_eq!(bars(Phase::Cancelled).matches(r#"class="c""#).count(), 5);
    }

    #[test]
    fn the_stepper_says_where_it_stands_and_for_how_long() {
        let html = Owner::new().with(|| {
            view! { <PhaseStepper phase=Phase::Mitigate since=example::at(2) now=example::at(31)/> }.to_html()
        });
        assert_eq!(html.matches(r#"aria-current="step""#).count(), 1, "{html}");
        assert!(html.contains(" since 14:02, 29 min"), "{html}");
        assert!(html.contains(" (done)"), "{html}");
        assert!(
            !html.contains("<form"),
            "nothing to press without the right to: {html}"
        );
    }

    #[test]
    fn a_change_of_phase_goes_where_the_contract_lets_it() {
        assert!(possible(Phase::Watch, Phase::Assess));
        assert!(possible(Phase::Cleanup, Phase::Followup));
        assert!(!possible(Phase::Watch, Phase::Cleanup), "that is resolving");
        assert!(!possible(Phase::Assess, Phase::Assess));
    }
}

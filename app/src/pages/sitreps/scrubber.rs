//! The time line above the review: phases, sitreps, words to customers, and the span that is compared.

use super::Review;
use super::axis::{Axis, NAMED};
use crate::now::use_now;
use domain::Phase;
use domain::time::{elapsed, short};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// The time line with its key.
#[component]
pub(super) fn Scrubber(review: Review) -> impl IntoView {
    let minute = use_now().minute();
    let axis = Memo::new(move |_| {
        review.log.with(|log| {
            // A line that has ended does not follow the clock.
            let open = log.incident.progress.phase().is_open();
            let now = if open {
                minute.get()
            } else {
                minute.get_untracked()
            };
            Axis::of(log, now)
        })
    });
    view! {
        <section class="scrub" aria-label="Time line of the incident">
            <div class="track">
                // Hidden from screen readers, which have the list and the slider; its links are for the pointer.
                <svg class="axis" width="100%" height="76" aria-hidden="true">
                    {move || axis.with(ground)}
                    <Span review=review axis=axis/>
                    <For each=move || axis.with(|axis| axis.sitreps.clone()) key=|(x, version, room)| (x.to_bits(), *version, *room) let:tick>
                        <Tick review=review tick=tick/>
                    </For>
                    {move || axis.with(told)}
                </svg>
                <Slider review=review/>
            </div>
            <p class="axkey help">
                <span><i class="k1"></i>"Sitrep"</span>
                <span><i class="k2"></i>"Customers told"</span>
                <span><i class="k0"></i>"Compared"</span>
            </p>
        </section>
    }
}

fn percent(x: f64) -> String {
    format!("{x:.2}%")
}

fn band(phase: Phase) -> &'static str {
    match phase {
        Phase::Assess => "b0",
        Phase::Mitigate => "b1",
        Phase::Watch => "b2",
        Phase::Cleanup | Phase::Followup | Phase::Closed | Phase::Cancelled | Phase::Merged => "b3",
    }
}

/// Times and phases.
fn ground(axis: &Axis) -> impl IntoView + use<> {
    let last = axis.hours.len().saturating_sub(1);
    let hours = axis
        .hours
        .iter()
        .enumerate()
        .map(|(index, (x, words))| {
            let anchor = match index {
                0 => "start",
                index if index == last => "end",
                _ => "middle",
            };
            view! {
                <line class="g" x1=percent(*x) x2=percent(*x) y1="20" y2="60"></line>
                <text class="h" x=percent(*x) y="73" text-anchor=anchor>{words.clone()}</text>
            }
        })
        .collect_view();
    let bands = axis
        .bands
        .iter()
        .map(|(x, width, phase)| {
            view! {
                <rect class=band(*phase) x=percent(*x) y="24" width=percent(*width) height="24"></rect>
                {(*width >= NAMED)
                    .then(|| view! { <text class="ph" x=percent(*x) dx="8" y="40">{phase.label()}</text> })}
            }
        })
        .collect_view();
    (hours, bands)
}

/// The span that is compared.
#[component]
fn Span(review: Review, axis: Memo<Axis>) -> impl IntoView {
    let span = move || {
        let picked = review.picked.get();
        axis.with(|axis| {
            let to = axis.of_version(picked.to)?;
            let from = picked.from().and_then(|from| axis.of_version(from))?;
            Some((from.min(to), (to - from).abs()))
        })
    };
    view! {
        <rect
            class="sel"
            x=move || percent(span().map_or(0.0, |(x, _)| x))
            y="24"
            width=move || percent(span().map_or(0.0, |(_, width)| width))
            height="24"
        ></rect>
    }
}

/// A sitrep on the line: a link with room for a finger around it.
#[component]
fn Tick(review: Review, tick: (f64, i64, bool)) -> impl IntoView {
    let (x, version, room) = tick;
    let on = Memo::new(move |_| {
        let picked = review.picked.get();
        picked.to == version || picked.from() == Some(version)
    });
    let class = move |name: &str| {
        if on.get() {
            format!("{name} on")
        } else {
            name.to_owned()
        }
    };
    view! {
        <a
            class="tick-link"
            href=move || review.picked.get().to(version).address(review.number)
            tabindex="-1"
        >
            <svg x=percent(x) overflow="visible">
                <rect class="hit" x="-12" y="0" width="24" height="52"></rect>
                <line class=move || class("t") x1="0" x2="0" y1="16" y2="48"></line>
                <text class=move || class("v") x="0" y="12" text-anchor="middle">
                    {move || (room || on.get()).then(|| version.to_string())}
                </text>
            </svg>
        </a>
    }
}

fn told(axis: &Axis) -> impl IntoView + use<> {
    axis.told
        .iter()
        .map(|x| view! { <line class="p" x1=percent(*x) x2=percent(*x) y1="50" y2="57"></line> })
        .collect_view()
}

/// The line as a slider, for the keyboard and for screen readers. It comes with the script, which it needs.
#[component]
fn Slider(review: Review) -> impl IntoView {
    let awake = RwSignal::new(false);
    Effect::new(move |_| awake.set(true));
    let navigate = use_navigate();
    let last = move || {
        review
            .log
            .with(|log| log.heads.last().map_or(1, |head| head.version))
    };
    let words = move || {
        let to = review.picked.get().to;
        review.log.with(|log| {
            let began = log.incident.declared_at;
            let head = log.heads.iter().find(|head| head.version == to);
            head.map_or_else(String::new, |head| {
                format!(
                    "Sitrep {to}, {} UTC, T+{}",
                    short(head.sent_at, began),
                    elapsed(head.sent_at - began)
                )
            })
        })
    };
    let go = StoredValue::new(move |typed: &str| {
        if let Ok(version) = typed.parse() {
            let address = review
                .picked
                .get_untracked()
                .to(version)
                .address(review.number);
            navigate(
                &address,
                NavigateOptions {
                    scroll: false,
                    ..NavigateOptions::default()
                },
            );
        }
    });
    view! {
        <Show when=move || awake.get()>
            <input
                type="range"
                min="1"
                max=move || last().to_string()
                step="1"
                aria-label="Sitrep"
                aria-valuetext=words
                prop:value=move || review.picked.get().to.to_string()
                on:change=move |event| go.with_value(|go| go(&event_target_value(&event)))
            />
        </Show>
    }
}

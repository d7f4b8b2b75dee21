//! Clocks: shape, words and a fuse, in a table's cell and in the strip of the war room. The words come from [`Face`].

use crate::ui::{Face, Icon};
use domain::clock::ClockState;
use leptos::prelude::*;

/// A clock as a cell of a table.
#[component]
pub fn Clock(
    /// What it says; best a `Memo`, so that nothing moves until the words change.
    #[prop(into)]
    face: Signal<Face>,
) -> impl IntoView {
    view! {
        <div class="clock" data-state=move || state_name(face.with(|f| f.state))>
            <span class="v"><StateIcon face=face/>{move || face.with(|f| f.value.clone())}</span>
            <Fuse face=face/>
            <span class="sub">{move || face.with(|f| f.sub.clone())}</span>
        </div>
    }
}

/// A clock of the strip, inside a `<dl>`: its whole cell is one link to where it is settled.
#[component]
pub fn StripClock(
    /// What it watches: "Customers", "Sitrep".
    label: &'static str,
    /// What it says.
    #[prop(into)]
    face: Signal<Face>,
    /// Where it is settled.
    #[prop(into)]
    href: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="clock" data-state=move || state_name(face.with(|f| f.state))>
            <dt>{label}</dt>
            <dd class="v"><StateIcon face=face/>{move || face.with(|f| f.value.clone())}</dd>
            <dd class="f"><Fuse face=face/></dd>
            <dd class="sub"><a href=move || href.get()>{move || face.with(|f| f.sub.clone())}</a></dd>
        </div>
    }
}

/// How a state is called in `data-state`, which gives the colour.
pub fn state_name(state: ClockState) -> &'static str {
    match state {
        ClockState::Over => "over",
        ClockState::Due => "due",
        ClockState::Fresh => "fresh",
        ClockState::Quiet => "quiet",
    }
}

/// The shape of a state: an outline, half filled, filled with a mark.
pub fn state_icon(state: ClockState) -> Icon {
    match state {
        ClockState::Over => Icon::Over,
        ClockState::Due => Icon::Due,
        ClockState::Fresh | ClockState::Quiet => Icon::Clock,
    }
}

/// The icon changes its shape in place, so that nothing is put in anew while somebody looks.
#[component]
fn StateIcon(face: Signal<Face>) -> impl IntoView {
    view! {
        <svg class="ico" aria-hidden="true">
            <use_ href=move || state_icon(face.with(|f| f.state)).href()></use_>
        </svg>
    }
}

/// The part of the promise already used, as a line. Nothing where nothing is promised.
#[component]
fn Fuse(face: Signal<Face>) -> impl IntoView {
    let used = move || face.with(|f| f.used);
    view! {
        <Show when=move || used().is_some()>
            <svg class="fuse" viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true">
                <rect class="t" width="100" height="3"></rect>
                <rect class="v" width=move || used().unwrap_or_default().to_string() height="3"></rect>
            </svg>
        </Show>
    }
}

/// Where a clock stood when last looked at, by its key.
type Seen = Vec<(String, ClockState)>;

/// Says once, to those who listen, that a clock became due or overdue. The clocks themselves stay silent.
#[component]
pub fn ClockNews(
    /// Every clock that may be spoken of: a key that stays, its state, and the sentence.
    #[prop(into)]
    clocks: Signal<Vec<(String, ClockState, String)>>,
) -> impl IntoView {
    let words = RwSignal::new(String::new());
    Effect::new(move |seen: Option<Seen>| {
        clocks.with(|clocks| {
            if let Some(seen) = &seen
                && let Some(said) = news(seen, clocks)
            {
                words.set(said);
            }
            clocks
                .iter()
                .map(|(key, state, _)| (key.clone(), *state))
                .collect()
        })
    });
    view! { <p class="vh" role="status">{move || words.get()}</p> }
}

/// What is worth saying: clocks that stand worse than before. Many at once are counted, not listed.
fn news(seen: &Seen, clocks: &[(String, ClockState, String)]) -> Option<String> {
    let worse: Vec<&str> = clocks
        .iter()
        .filter(|(key, state, _)| {
            let before = seen.iter().find(|(k, _)| k == key).map(|(_, state)| *state);
            matches!(state, ClockState::Over | ClockState::Due)
                && before.is_some_and(|b| *state < b)
        })
        .map(|(_, _, words)| words.as_str())
        .collect();
    match worse.len() {
        0 => None,
        1..=3 => Some(worse.join(" ")),
        many => Some(format!("{many} promises are due or overdue.")),
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn face(state: ClockState, used: Option<u8>) -> Face {
        Face {
            state,
            value: "Due in 3 min".to_owned(),
            used,
            sub: "Told 12 min ago: Identified".to_owned(),
        }
    }

    fn html(face: Face) -> String {
        Owner::new().with(|| view! { <Clock face=Signal::derive(move || face.clone())/> }.to_html())
    }

    #[test]
    fn a_clock_shows_its_state_by_shape_words_and_fuse_without_any_style() {
        let html = html(face(ClockState::Due, Some(80)));
        for part in [
            r#"data-state="due""#,
            "#i-due",
            "Due in 3 min",
            r#"width="80""#,
            "Told 12 min ago: Identified",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert!(!html.contains("style="), "{html}");
    }

    #[test]
    fn nothing_promised_has_no_fuse() {
        assert!(!html(face(ClockState::Quiet, None)).contains("fuse"));
    }

    #[test]
    fn only_a_clock_that_got_worse_is_spoken_of_and_many_are_counted() {
        let clock = |key: &str, state| (key.to_owned(), state, format!("{key} is late."));
        let seen = vec![
            ("a".to_owned(), ClockState::Fresh),
            ("b".to_owned(), ClockState::Over),
        ];
        assert_eq!(
            news(
                &seen,
                &[clock("a", ClockState::Due), clock("b", ClockState::Over)]
            ),
            Some("a is late.".to_owned())
        );
        assert_eq!(
            news(
                &seen,
                &[clock("a", ClockState::Fresh), clock("b", ClockState::Due)]
            ),
            None,
            "better news is no alarm"
        );
        assert_eq!(
            news(&seen, &[clock("new", ClockState::Over)]),
            None,
            "what was not there before did not change"
        );
        let fresh: Seen = ["a", "b", "c", "d"]
            .map(|k| (k.to_owned(), ClockState::Fresh))
            .to_vec();
        let over = ["a", "b", "c", "d"].map(|k| clock(k, ClockState::Over));
        assert_eq!(
            news(&fresh, &over),
            Some("4 promises are due or overdue.".to_owned())
        );
    }
}

//! The current sitrep, two by two, with what is new to this reader.

use super::reach::SitrepReach;
use super::state::{RoomState, use_room};
use super::tabs::Tab;
use crate::ui::{At, Markdown, MarkdownNews, Words};
use domain::diff::{FieldDiff, share_new, words};
use domain::incident::{SentSitrep, Sitrep};
use domain::time::Time;
use leptos::prelude::*;

/// Above this share of new words a bar stands for the underlines.
const NEW_TEXT: f32 = 0.6;

/// The sitrep, or that there is none.
#[component]
pub fn CurrentSitrep() -> impl IntoView {
    let room = use_room();
    let pair = Memo::new(move |_| {
        let sitrep = room.incident.with(|incident| incident.sitrep.clone());
        sitrep.map(|sitrep| (sitrep, room.read().get()))
    });
    when_seen(room);
    view! {
        <article class="sitrep" aria-labelledby="sit-h">
            {move || match pair.get() {
                Some((sitrep, read)) => view! { <Report number=room.number sitrep=sitrep read=read/> }.into_any(),
                None => view! { <None_/> }.into_any(),
            }}
            <SitrepReach/>
        </article>
    }
}

#[component]
fn None_() -> impl IntoView {
    let room = use_room();
    let first = move || {
        room.incident
            .with(|incident| incident.first_sentence.clone())
    };
    let open = move || room.summary.with(|s| s.progress.phase().is_open());
    view! {
        <header class="sect"><h2 id="sit-h">"Sitrep"</h2></header>
        <div class="nothing">
            {move || first().map(|text| view! { <Markdown text=text/> })}
            <p>
                {move || if open() {
                    "No sitrep has been sent. The first one tells everybody what is known, even when it is little."
                } else {
                    "No sitrep was sent in this incident."
                }}
            </p>
            <Show when=move || room.acts.get() && open()>
                <p><a class="btn" href=format!("/incidents/{}/update", room.number)>"Write the first sitrep"</a></p>
            </Show>
        </div>
    }
}

#[component]
fn Report(
    number: domain::Number,
    sitrep: SentSitrep,
    /// What the reader knew before, and since when.
    read: Option<(SentSitrep, Time)>,
) -> impl IntoView {
    let read = read.filter(|(known, _)| known.sitrep.version < sitrep.sitrep.version);
    let by = sitrep
        .by
        .as_ref()
        .map_or_else(|| "An import".to_owned(), |by| by.name.clone());
    let old = read.as_ref().map(|(known, _)| &known.sitrep);
    let parts = parts(old, &sitrep.sitrep);
    let since = read.as_ref().map(|(known, at)| {
        since_line(
            known.sitrep.version,
            *at,
            parts.iter().any(|part| part.news != News::Old),
        )
    });
    let parts: Vec<AnyView> = parts.into_iter().map(Part::view).collect();
    let headline = sitrep.sitrep.headline.clone();
    view! {
        <header class="sect">
            <h2 id="sit-h">{format!("Sitrep {}", sitrep.sitrep.version)}</h2>
            <span class="help">{by}", "<At at=sitrep.sent_at/></span>
            <a class="end" href=format!("/incidents/{number}/sitreps")>"All sitreps"</a>
        </header>
        {headline.map(|line| view! { <p class="headline"><Words text=line/></p> })}
        {since}
        <div class="parts">{parts}</div>
    }
}

fn since_line(version: i64, at: Time, changed: bool) -> AnyView {
    if changed {
        view! {
            <p class="since">
                "Underlined or barred text is new since sitrep "{version}", which you read at "<At at=at/>"."
            </p>
        }
        .into_any()
    } else {
        view! { <p class="since">"No change since sitrep "{version}", which you read at "<At at=at/>"."</p> }.into_any()
    }
}

/// How much of a section is new to the reader.
#[derive(Debug, Clone, PartialEq)]
enum News {
    /// Nothing, or a comma.
    Old,
    /// Some words.
    Some,
    /// Nearly all.
    Most,
}

/// One of the four sections.
#[derive(Debug, Clone, PartialEq)]
struct Part {
    heading: &'static str,
    /// "Likely, was a guess".
    sure: Option<String>,
    old: String,
    text: String,
    news: News,
}

fn parts(old: Option<&Sitrep>, new: &Sitrep) -> Vec<Part> {
    let part = |heading, read: fn(&Sitrep) -> &str| {
        let text = read(new).to_owned();
        let known = old.map(read).unwrap_or_default().to_owned();
        let news = match old {
            None => News::Old,
            Some(_) => news(&words(heading, &known, &text)),
        };
        Part {
            heading,
            sure: None,
            old: known,
            text,
            news,
        }
    };
    let mut parts = vec![
        part("Situation", |s| &s.situation),
        part("Impact", |s| &s.impact),
        part("Hypothesis", |s| &s.hypothesis),
        part("Needs", |s| &s.needs),
    ];
    if !new.hypothesis.is_empty() {
        parts[2].sure = Some(match old.filter(|old| !old.hypothesis.is_empty()) {
            Some(old) if old.confidence != new.confidence => format!(
                "{}, was {}",
                new.confidence.label(),
                old.confidence.label().to_lowercase()
            ),
            Some(_) | None => new.confidence.label().to_owned(),
        });
    }
    parts
}

fn news(diff: &FieldDiff) -> News {
    if !diff.changed || diff.is_punctuation_only() || diff.is_reordered_only() || diff.added == 0 {
        News::Old
    } else if share_new(diff) > NEW_TEXT {
        News::Most
    } else {
        News::Some
    }
}

impl Part {
    fn view(self) -> AnyView {
        let class = if self.news == News::Most {
            "part new"
        } else {
            "part"
        };
        let tag =
            (self.news == News::Most).then(|| view! { <span class="tagline">"new text"</span> });
        let sure = self
            .sure
            .map(|sure| view! { <span class="conf">{sure}</span> });
        let text = if self.text.trim().is_empty() {
            view! { <p class="none">"Nothing written"</p> }.into_any()
        } else if self.news == News::Some {
            view! { <MarkdownNews old=self.old new=self.text/> }.into_any()
        } else {
            view! { <Markdown text=self.text/> }.into_any()
        };
        view! { <div class=class><h3>{self.heading}{sure}{tag}</h3>{text}</div> }.into_any()
    }
}

/// Remembers on the server that the reader has it before their eyes: only a browser knows that.
fn when_seen(room: RoomState) {
    let tab = use_context::<RwSignal<Tab>>();
    Effect::new(move |_| {
        let version = room
            .summary
            .with(|s| s.last_sitrep.as_ref().map(|s| s.version));
        let _ = tab.map(|tab| tab.get());
        if version.is_some() {
            // After the tab has changed and the new text stands there.
            set_timeout(
                move || {
                    if is_before_the_eyes() {
                        room.mark_read();
                    }
                },
                std::time::Duration::from_secs(1),
            );
        }
    });
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        let seen = window_event_listener_untyped("visibilitychange", move |_| {
            if is_before_the_eyes() {
                room.mark_read();
            }
        });
        on_cleanup(move || seen.remove());
    });
}

#[cfg(feature = "hydrate")]
fn is_before_the_eyes() -> bool {
    use wasm_bindgen::JsCast;
    let shown = document()
        .query_selector(".sitrep")
        .ok()
        .flatten()
        .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
        .is_some_and(|element| element.offset_height() > 0);
    shown && document().visibility_state() == web_sys::VisibilityState::Visible
}

#[cfg(not(feature = "hydrate"))]
fn is_before_the_eyes() -> bool {
    false
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::now::provide_now;
    use crate::ui::example::at;
    use domain::{Confidence, Number};

    fn sitrep(version: i64, situation: &str) -> SentSitrep {
        SentSitrep {
            sitrep: Sitrep {
                version,
                situation: situation.to_owned(),
                hypothesis: "The pooler rollout.".to_owned(),
                ..Sitrep::default()
            },
            sent_at: at(16),
            by: None,
        }
    }

    fn html(sitrep: SentSitrep, read: Option<SentSitrep>) -> String {
        let read = read.map(|read| (read, at(1)));
        Owner::new()
            .with(|| {
                provide_now(at(30));
                view! { <Report number=Number(142) sitrep=sitrep read=read/> }.to_html()
            })
            .replace("<!>", "")
    }

    #[test]
    fn what_is_new_since_the_reader_last_looked_is_underlined() {
        let html = html(
            sitrep(4, "About 38% of requests in eu-west return 503."),
            Some(sitrep(3, "About 42% of requests in eu-west return 503.")),
        );
        assert!(html.contains("About <ins>38%</ins> of"), "{html}");
        assert!(
            html.contains("new since sitrep 3, which you read at"),
            "{html}"
        );
        assert!(!html.contains("new text"), "{html}");
    }

    #[test]
    fn nearly_all_new_gets_a_bar_in_place_of_the_underlines() {
        let html = html(
            sitrep(4, "Nothing of the sort was true at all."),
            Some(sitrep(3, "About 42% fail.")),
        );
        assert!(html.contains(r#"class="part new""#), "{html}");
        assert!(html.contains("new text"), "{html}");
        assert!(!html.contains("<ins>"), "{html}");
    }

    #[test]
    fn a_comma_is_no_news_and_no_change_is_said() {
        let html = html(
            sitrep(4, "About 42%, as before, fail."),
            Some(sitrep(3, "About 42% as before fail.")),
        );
        assert!(html.contains("No change since sitrep 3"), "{html}");
        assert!(!html.contains("<ins>"), "{html}");
    }

    #[test]
    fn the_first_one_a_reader_sees_marks_nothing() {
        let html = html(sitrep(4, "About 42% fail."), None);
        assert!(!html.contains("since"), "{html}");
        assert!(
            html.contains("Nothing written"),
            "empty sections say so: {html}"
        );
    }

    #[test]
    fn how_sure_it_is_says_what_it_was() {
        let mut new = sitrep(4, "a");
        new.sitrep.confidence = Confidence::Likely;
        let html = html(new, Some(sitrep(3, "a")));
        assert!(html.contains("Likely, was guess"), "{html}");
    }
}

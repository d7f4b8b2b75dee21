//! Single keys: they work outside fields, without a modifier, and only while the person has them switched on. Each is also
//! a visible control.

use crate::me::use_session;
use leptos::prelude::*;
use std::sync::Arc;

/// What a screen does with a key; true when it was meant for it.
pub type OnKey = Arc<dyn Fn(&str) -> bool + Send + Sync>;

/// Listens to single keys as long as the screen that calls stands. `act` is given the key's name ("j", "?", "/") and says
/// whether it did something. Two keys one after the other arrive as "g b". In the browser only.
pub fn use_keys(act: impl Fn(&str) -> bool + Send + Sync + 'static) {
    let session = use_session();
    let act: OnKey = Arc::new(act);
    #[cfg(feature = "hydrate")]
    browser::listen(session.preference, act);
    #[cfg(not(feature = "hydrate"))]
    let _ = (session, act);
}

/// Shows a popover by its id; false where there is none, or the browser has no popovers.
pub fn show_popover(id: &str) -> bool {
    #[cfg(feature = "hydrate")]
    return popover(id).is_some_and(|element| element.show_popover().is_ok());
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = id;
        false
    }
}

/// Hides a popover by its id.
pub fn hide_popover(id: &str) {
    #[cfg(feature = "hydrate")]
    if let Some(element) = popover(id) {
        // It fails when it is hidden already, which is what was wanted.
        let _ = element.hide_popover();
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = id;
}

#[cfg(feature = "hydrate")]
fn popover(id: &str) -> Option<web_sys::HtmlElement> {
    use wasm_bindgen::JsCast;
    let element: web_sys::HtmlElement = document().get_element_by_id(id)?.dyn_into().ok()?;
    // An older browser has no such method; calling it would throw.
    js_sys::Reflect::has(&element, &"showPopover".into())
        .unwrap_or(false)
        .then_some(element)
}

#[cfg(feature = "hydrate")]
mod browser {
    use super::OnKey;
    use crate::data::Preference;
    use leptos::ev;
    use leptos::prelude::*;
    use std::cell::Cell;
    use std::rc::Rc;
    use wasm_bindgen::JsCast;

    /// How long after "g" the second key may come, in milliseconds.
    const PAIR: f64 = 1500.0;

    pub(super) fn listen(preference: RwSignal<Preference>, act: OnKey) {
        let went = Rc::new(Cell::new(f64::NEG_INFINITY));
        let handle = window_event_listener(ev::keydown, move |event| {
            if event.default_prevented()
                || event.ctrl_key()
                || event.meta_key()
                || event.alt_key()
                || event.is_composing()
                || preference.with_untracked(|p| p.keys_off)
                || in_field(&event)
            {
                return;
            }
            let key = event.key();
            let now = event.time_stamp();
            let meant = if now - went.replace(f64::NEG_INFINITY) < PAIR {
                act(&format!("g {key}"))
            } else if key == "g" {
                went.set(now);
                false
            } else {
                act(&key)
            };
            if meant {
                event.prevent_default();
            }
        });
        on_cleanup(move || handle.remove());
    }

    fn in_field(event: &web_sys::KeyboardEvent) -> bool {
        event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            .and_then(|element| {
                element
                    .closest("input:not([type=checkbox]):not([type=radio]),textarea,select,[contenteditable]")
                    .ok()
                    .flatten()
            })
            .is_some()
    }
}

type Group = (&'static str, &'static [(&'static str, &'static str)]);

/// Every key by the screen it works on. A pair is written with a space.
const KEYS: [Group; 5] = [
    (
        "Everywhere",
        &[
            ("?", "All keys"),
            ("g b", "Board"),
            ("g i", "Incidents"),
            ("Esc", "Close what is open"),
            ("Ctrl Enter", "Send what you write"),
        ],
    ),
    (
        "Board",
        &[
            ("d", "Declare incident"),
            ("j k", "Next, previous incident"),
            ("1 2 3 4", "Set the severity of the focused incident"),
            ("/", "Search all incidents"),
        ],
    ),
    (
        "War room",
        &[
            ("/", "Write, or give a command"),
            ("j k", "Through the timeline"),
            ("u", "Update"),
            ("g s", "Sitreps"),
        ],
    ),
    (
        "Sitreps",
        &[
            ("j k", "Next, previous sitrep"),
            ("n p", "Next, previous change"),
            ("s", "Inline or side by side"),
            ("f", "Compare from here"),
        ],
    ),
    ("Lists", &[("/", "Search"), ("j k", "Next, previous row")]),
];

/// The id of the panel, for what opens it.
pub const KEYS_PANEL: &str = "keys";

/// The panel that lists every key.
#[component]
pub fn KeysPanel() -> impl IntoView {
    view! {
        <div popover="auto" id=KEYS_PANEL class="pop keyspop" role="dialog" aria-labelledby="keys-h">
            <header class="sect">
                <h2 id="keys-h">"Keys"</h2>
                <button type="button" class="quiet small end" popovertarget=KEYS_PANEL popovertargetaction="hide">"Close"</button>
            </header>
            <div class="groups">
                {KEYS
                    .map(|(place, keys)| {
                        view! {
                            <section>
                                <h3>{place}</h3>
                                <dl class="keylist">{keys.iter().map(|(keys, what)| key_line(keys, what)).collect_view()}</dl>
                            </section>
                        }
                    })
                    .collect_view()}
            </div>
            <p class="help">
                "Single keys are off while you write. " <a href="/devices#keys-choice">"Turn them off for good"</a>"."
            </p>
        </div>
    }
}

fn key_line(keys: &'static str, what: &'static str) -> impl IntoView {
    let keys = keys
        .split(' ')
        .map(|key| view! { <kbd>{key}</kbd>" " })
        .collect_view();
    view! { <div><dt>{keys}</dt><dd>{what}</dd></div> }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn the_panel_is_a_native_popover_that_names_every_key() {
        let html = Owner::new().with(|| view! { <KeysPanel/> }.to_html());
        assert!(html.contains(r#"popover="auto""#), "{html}");
        for (_, keys) in KEYS {
            for (_, what) in keys {
                assert!(html.contains(what), "{what} in {html}");
            }
        }
    }
}

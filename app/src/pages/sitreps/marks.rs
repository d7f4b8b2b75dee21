//! Going from change to change: `n` and `p`, and two buttons that do the same.

use crate::me::use_session;
use crate::ui::keys::{KEYS_PANEL, show_popover, use_keys};
use leptos::prelude::*;

/// The keys below the comparison, as controls.
#[component]
pub(super) fn ChangeKeys() -> impl IntoView {
    let keys_off = use_session().preference;
    let place = RwSignal::new(String::new());
    use_keys(move |key| match key {
        "n" => go(1, place),
        "p" => go(-1, place),
        _ => false,
    });
    let key = move |name: &'static str| {
        move || (!keys_off.with(|p| p.keys_off)).then(|| view! { <kbd>{name}</kbd>" " })
    };
    view! {
        <footer class="keys help">
            <button type="button" class="quiet small" on:click=move |_| { go(1, place); }>{key("n")}"Next change"</button>
            <button type="button" class="quiet small" on:click=move |_| { go(-1, place); }>{key("p")}"Previous change"</button>
            <span role="status">{move || place.get()}</span>
            <span>{key("s")}"inline or side by side"</span>
            <span>{key("f")}"compare from here"</span>
            <button type="button" class="quiet small" on:click=move |_| { show_popover(KEYS_PANEL); }>{key("?")}"All keys"</button>
        </footer>
    }
}

/// Marks the next or the previous change and brings it into sight; false where there is none.
fn go(by: i32, place: RwSignal<String>) -> bool {
    #[cfg(feature = "hydrate")]
    if let Some((at, all)) = browser::go(by) {
        place.set(format!("Change {at} of {all}"));
        return true;
    }
    let _ = (by, place);
    false
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::prelude::*;
    use wasm_bindgen::JsCast;
    use web_sys::{Element, ScrollIntoViewOptions, ScrollLogicalPosition};

    pub(super) fn go(by: i32) -> Option<(usize, usize)> {
        let changes = changes();
        let last = changes.len().checked_sub(1)?;
        let here = changes
            .iter()
            .position(|change| change.iter().any(|part| part.class_list().contains("mark")));
        let next = match (here, by > 0) {
            (None, true) => 0,
            (None, false) => last,
            (Some(here), true) => {
                if here == last {
                    0
                } else {
                    here + 1
                }
            }
            (Some(here), false) => here.checked_sub(1).unwrap_or(last),
        };
        for part in changes.iter().flatten() {
            // It fails for no name of ours.
            let _ = part.class_list().remove_1("mark");
        }
        for part in &changes[next] {
            let _ = part.class_list().add_1("mark");
        }
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Center);
        changes[next]
            .first()?
            .scroll_into_view_with_scroll_into_view_options(&options);
        Some((next + 1, changes.len()))
    }

    /// The changes in reading order. Words struck and the words in their place are one change.
    fn changes() -> Vec<Vec<Element>> {
        let Ok(all) = document().query_selector_all(".doc ins, .doc del") else {
            return Vec::new();
        };
        let mut changes: Vec<Vec<Element>> = Vec::new();
        for index in 0..all.length() {
            let Some(part) = all.item(index).and_then(|n| n.dyn_into::<Element>().ok()) else {
                continue;
            };
            let replaces = part.tag_name() == "INS"
                && changes
                    .last()
                    .and_then(|change| change.last())
                    .is_some_and(|before| before.tag_name() == "DEL" && touches(before, &part));
            match changes.last_mut() {
                Some(change) if replaces => change.push(part),
                _ => changes.push(vec![part]),
            }
        }
        changes
    }

    /// True when nothing but a space stands between two neighbours.
    fn touches(before: &Element, after: &Element) -> bool {
        let mut between = before.next_sibling();
        while let Some(node) = between {
            if node.is_same_node(Some(after)) {
                return true;
            }
            let is_text = node.node_type() == web_sys::Node::TEXT_NODE;
            if is_text && node.text_content().is_some_and(|t| !t.trim().is_empty()) {
                return false;
            }
            if node.node_type() == web_sys::Node::ELEMENT_NODE {
                return false;
            }
            between = node.next_sibling();
        }
        false
    }
}

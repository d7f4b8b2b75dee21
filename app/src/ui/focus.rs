//! Moving the focus, in the browser only.

#[cfg(feature = "hydrate")]
use leptos::prelude::*;

/// Puts the focus on an element by its id; nothing happens where there is none.
pub fn focus(id: &str) {
    #[cfg(feature = "hydrate")]
    {
        use wasm_bindgen::JsCast;
        if let Some(element) = document()
            .get_element_by_id(id)
            .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
        {
            // It fails only for what cannot have the focus.
            let _ = element.focus();
        }
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = id;
}

/// Moves the focus among the elements that a selector names: to the next (1) or the previous one (-1), to the first one
/// when none has it. An element has it, too, when the focus is elsewhere in its table row.
pub fn step(selector: &str, by: i32) -> bool {
    #[cfg(feature = "hydrate")]
    {
        use wasm_bindgen::JsCast;
        let Ok(all) = document().query_selector_all(selector) else {
            return false;
        };
        let active = document().active_element();
        let has_focus = |index: &u32| {
            all.item(*index)
                .and_then(|node| node.dyn_into::<web_sys::Element>().ok())
                .and_then(|element| {
                    let row = element.closest("tr").ok().flatten();
                    Some(row.unwrap_or(element)).filter(|place| place.contains(active.as_deref()))
                })
                .is_some()
        };
        let last = all.length().saturating_sub(1);
        let next = (0..all.length())
            .find(has_focus)
            .map_or(0, |here| here.saturating_add_signed(by).min(last));
        all.item(next)
            .and_then(|node| node.dyn_into::<web_sys::HtmlElement>().ok())
            .is_some_and(|element| element.focus().is_ok())
    }
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = (selector, by);
        false
    }
}

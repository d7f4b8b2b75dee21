//! Where the browser takes over the page that the server made.
#![recursion_limit = "512"]

/// Called by the page once the wasm is there.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(app::App);
    app::shell::alive();
}

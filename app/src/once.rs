//! Keys that make what is asked for known again, so that it is carried out once however often it is sent.

use crate::me::Session;
use leptos::prelude::*;

/// The key that the server gave to the page, for the forms on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageKey(pub String);

/// Gives a plain form its key: posted twice, it is carried out once. The browser's own way makes one for each press.
#[component]
pub fn OnceKey(
    /// What the form does, which tells it from the others on the page.
    what: &'static str,
) -> impl IntoView {
    let page = use_context::<PageKey>();
    page.map(|PageKey(page)| {
        view! { <input type="hidden" name="key" value=format!("{page}.{what}")/> }
    })
}

/// A key for something that the signed-in person asks for now. It names the person: a tab that outlives a session must not
/// send for whoever signs in next.
pub fn new_key(session: Session) -> String {
    let person = session
        .person
        .with_untracked(|person| person.id.to_string());
    format!("{person}/{}", random())
}

/// A hundred and twenty-eight random bits. `randomUUID` would do, but is not there on plain http off this machine.
#[cfg(feature = "hydrate")]
fn random() -> String {
    let mut bytes = [0_u8; 16];
    match window().crypto() {
        Ok(crypto) if crypto.get_random_values_with_u8_array(&mut bytes).is_ok() => {
            bytes.iter().fold(String::new(), |mut hex, byte| {
                // Writing into a text cannot fail.
                let _ = std::fmt::Write::write_fmt(&mut hex, format_args!("{byte:02x}"));
                hex
            })
        }
        // A browser without randomness: unlikely to say the same twice is what can be had.
        _ => js_sys::Math::random().to_string(),
    }
}

/// A server asks for nothing by itself.
#[cfg(not(feature = "hydrate"))]
fn random() -> String {
    String::new()
}

//! People by name, looked up in the directory, so that a new name shows everywhere at once.

use crate::me::use_session;
use domain::PersonId;
use leptos::prelude::*;

/// A person's name; words for one who is not known any more.
#[component]
pub fn Name(
    /// Who.
    #[prop(into)]
    id: Signal<PersonId>,
) -> impl IntoView {
    let session = use_session();
    move || {
        session
            .directory
            .with(|directory| id.with(|id| directory.name(id)))
    }
}

/// A small "you" beside one's own name, and nothing beside the others.
#[component]
pub fn You(
    /// Whose name it stands beside.
    #[prop(into)]
    id: Signal<PersonId>,
) -> impl IntoView {
    let session = use_session();
    let mine = Memo::new(move |_| session.person.with(|me| id.with(|id| me.id == *id)));
    move || mine.get().then(|| view! { " "<small>"you"</small> })
}

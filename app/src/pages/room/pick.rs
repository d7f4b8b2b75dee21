//! Choosing a person from everybody who can be given something to do.

use crate::me::use_session;
use domain::AccountRole;
use leptos::prelude::*;

/// A list of people who can act. Readers and services are left out: they cannot take a duty.
#[component]
pub fn PersonPick(
    /// The id that its label points to.
    #[prop(into)]
    id: String,
    /// Who is chosen at first, by id; nobody when empty.
    #[prop(optional, into)]
    chosen: String,
) -> impl IntoView {
    let session = use_session();
    let options = move || {
        session.directory.with(|directory| {
            let mut people: Vec<(String, String)> = directory
                .people
                .iter()
                .filter(|p| p.active && !p.service && p.role >= AccountRole::Responder)
                .map(|p| (p.id.to_string(), format!("{} (@{})", p.name, p.handle)))
                .collect();
            people.sort_by(|a, b| a.1.cmp(&b.1));
            people
                .into_iter()
                .map(|(id, name)| {
                    let selected = id == chosen;
                    view! { <option value=id selected=selected>{name}</option> }
                })
                .collect_view()
        })
    };
    view! {
        <select name="person" id=id required>
            <option value="">"Choose somebody"</option>
            {options}
        </select>
    }
}

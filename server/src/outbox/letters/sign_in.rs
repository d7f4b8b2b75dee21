//! A one-time sign-in link by mail. The link is made when the mail is, so that its secret lies nowhere before it goes out.

use super::{Unwritten, Written, moot, page, thread};
use crate::services::Services;
use domain::PersonId;
use leptos::prelude::*;

pub(super) async fn write(
    services: &Services,
    person: &PersonId,
    key: &str,
) -> Result<Written, Unwritten> {
    let directory = services.directory();
    let Some(person) = directory.person(person).filter(|p| p.active && !p.service) else {
        return Err(moot("This person has no access any more."));
    };
    let link = services.sign_in_link(None, &person.id).await?;
    let organisation = &directory.settings.organisation;
    let words = format!(
        "This link signs you in as {}. It works once, for two days.",
        person.name
    );
    let else_ = "You did not ask for it? Then do nothing: without the link nobody gets in.";
    Ok(Written {
        subject: format!("Sign in to Muster of {organisation}"),
        id: thread::id(services.base_url(), key),
        follows: Vec::new(),
        at: services.now(),
        text: format!("{words}\n\n{link}\n\n{else_}\n"),
        html: page(view! {
            <p>{words.clone()}</p>
            <p><a href=link.clone()>"Sign in"</a></p>
            <p class="foot">{else_}</p>
        }),
    })
}

//! The house rules: names, promises, words that stay inside, API tokens. Administrators change them; everybody may read.

mod look;
mod mail;
mod names;
mod promises;
mod templates;
mod tokens;
mod words;

use crate::AppError;
use crate::api;
use crate::data::Kept;
use crate::me::use_session;
use crate::pages::gathered;
use crate::pages::people::WhoMayChange;
use crate::ui::{Once, Page};
use leptos::prelude::*;

/// Settings.
#[component]
pub fn Settings() -> impl IntoView {
    let session = use_session();
    let admin = untrack(|| session.may_keep_house());
    let kept = Resource::new_blocking(move || admin, gather);
    gathered(kept, |kept| view! { <Whole kept=kept/> })
}

/// Nobody but administrators asks for it.
async fn gather(admin: bool) -> Result<Option<Kept>, AppError> {
    if admin {
        api::kept().await.map(Some)
    } else {
        Ok(None)
    }
}

#[component]
fn Whole(kept: Option<Kept>) -> impl IntoView {
    let session = use_session();
    let admin = untrack(|| session.may_keep_house());
    let once = Once::of_this_page();
    view! {
        <Page class="settings-page" title="Settings">
            <main id="main" class="plain" tabindex="-1">
                <header class="head">
                    <h1>"Settings"</h1>
                    {(!admin).then(|| view! { <p class="help"><WhoMayChange/></p> })}
                </header>
                <SubNav here="/settings"/>
                {once.view()}
                <names::Names admin=admin/>
                <promises::PromiseTable admin=admin/>
                <templates::Templates admin=admin/>
                <words::InternalWords admin=admin/>
                {kept.map(|kept| view! { <look::Dress look=kept.look/><mail::Mail post=kept.post/><tokens::Tokens tokens=kept.tokens once=once/> })}
            </main>
        </Page>
    }
}

/// Between the house rules, one's own, and what administrators look up.
#[component]
pub(super) fn SubNav(here: &'static str) -> impl IntoView {
    let admin = use_session().may_keep_house_now();
    let link = |address: &'static str, words: &'static str| {
        view! { <a href=address aria-current=(address == here).then_some("page")>{words}</a> }
    };
    view! {
        <nav class="subnav" aria-label="Settings">
            {link("/settings", "House")}
            {link("/devices", "You and your devices")}
            {admin.then(|| link("/audit", "Who did what"))}
        </nav>
    }
}

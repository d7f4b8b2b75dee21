//! The house rules: names, promises, words that stay inside, API tokens. Administrators change them; everybody may read.

mod names;
mod promises;
mod tokens;
mod words;

use crate::AppError;
use crate::api;
use crate::data::Token;
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
    let tokens = Resource::new_blocking(move || admin, gather);
    gathered(tokens, |tokens| view! { <Whole tokens=tokens/> })
}

/// Tokens are for administrators; nobody else asks for them.
async fn gather(admin: bool) -> Result<Vec<Token>, AppError> {
    if admin {
        api::tokens().await
    } else {
        Ok(Vec::new())
    }
}

#[component]
fn Whole(tokens: Vec<Token>) -> impl IntoView {
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
                <words::InternalWords admin=admin/>
                {admin.then(|| view! { <tokens::Tokens tokens=tokens once=once/> })}
            </main>
        </Page>
    }
}

/// Between the house rules and one's own.
#[component]
pub(super) fn SubNav(here: &'static str) -> impl IntoView {
    let link = |address: &'static str, words: &'static str| {
        view! { <a href=address aria-current=(address == here).then_some("page")>{words}</a> }
    };
    view! {
        <nav class="subnav" aria-label="Settings">
            {link("/settings", "House")}
            {link("/devices", "You and your devices")}
        </nav>
    }
}

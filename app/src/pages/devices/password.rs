//! A password of one's own, beside links. What is typed here is kept by nobody but the browser's own password store: the
//! fields are never filled by us, also not when the form comes back.

use super::only_this_one;
use crate::data::Device;
use crate::forms::HouseForm;
use crate::house::HouseAnswer;
use crate::me::use_session;
use leptos::prelude::*;

/// Choose one, another one, or none.
#[component]
pub(super) fn Password(there: RwSignal<bool>, devices: RwSignal<Vec<Device>>) -> impl IntoView {
    let session = use_session();
    let account = session.person.with_untracked(|person| {
        person
            .email
            .clone()
            .unwrap_or_else(|| person.handle.clone())
    });
    let set = Callback::new(move |_: HouseAnswer| {
        there.set(true);
        only_this_one(devices);
    });
    let removed = Callback::new(move |_: HouseAnswer| {
        there.set(false);
        only_this_one(devices);
    });
    let signs_in = account.clone();
    view! {
        <section class="sec" aria-labelledby="password-h">
            <header>
                <h2 id="password-h">"Password"</h2>
                <p class="help">
                    {move || {
                        if there.get() {
                            format!("You have one. Sign in with it as {signs_in}. Links go on working.")
                        } else {
                            "You have none and need none: links let you in. With one you sign in without asking anybody.".to_owned()
                        }
                    }}
                </p>
            </header>
            <div>
                <HouseForm what="set_password" action="/devices" class="form" clears=true on_done=set>
                    // Tells the browser's password store whose it is.
                    <input type="hidden" name="account" autocomplete="username" value=account/>
                    <Current id="current-password" there=there/>
                    <p class="field">
                        <label for="new-password">{move || if there.get() { "New password" } else { "Password" }}</label>
                        <input
                            type="password"
                            id="new-password"
                            name="new_password"
                            required
                            minlength="12"
                            autocomplete="new-password"
                            aria-describedby="new-password-help"
                        />
                        <span class="help" id="new-password-help">
                            "12 characters or more. A few words in a row are good. Every other device is signed out."
                        </span>
                    </p>
                    <p class="row">
                        <button class="btn">{move || if there.get() { "Change the password" } else { "Set the password" }}</button>
                    </p>
                </HouseForm>
                <Show when=move || there.get()>
                    <HouseForm what="remove_password" action="/devices" class="form" clears=true on_done=removed>
                        <Current id="password-to-remove" there=there/>
                        <p class="row"><button class="btn">"Remove the password"</button></p>
                    </HouseForm>
                </Show>
            </div>
        </section>
    }
}

#[component]
fn Current(id: &'static str, there: RwSignal<bool>) -> impl IntoView {
    view! {
        <Show when=move || there.get()>
            <p class="field">
                <label for=id>"Password now"</label>
                <input type="password" id=id name="current_password" required autocomplete="current-password"/>
            </p>
        </Show>
    }
}

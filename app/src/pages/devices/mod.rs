//! Where and how one signs in, and how one likes the screens.

mod password;

use crate::api;
use crate::data::{self, Device};
use crate::forms::HouseForm;
use crate::house::HouseAnswer;
use crate::me::use_session;
use crate::pages::gathered;
use crate::pages::settings::SubNav;
use crate::ui::keys::KEYS_PANEL;
use crate::ui::theme::put_on;
use crate::ui::{Ago, At, Once, Page};
use leptos::prelude::*;

/// One's own devices and choices.
#[component]
pub fn Devices() -> impl IntoView {
    let devices = Resource::new_blocking(|| (), |()| api::devices());
    gathered(devices, |devices| view! { <Whole devices=devices/> })
}

#[component]
fn Whole(devices: data::Devices) -> impl IntoView {
    let session = use_session();
    let once = Once::of_this_page();
    let password = RwSignal::new(devices.password);
    let devices = RwSignal::new(devices.devices);
    let name = move || session.person.with(|person| person.name.clone());
    let rest = move || {
        session.person.with(|person| {
            let email = person.email.as_deref().unwrap_or("no e-mail");
            format!(
                "@{}, {email}, {}",
                person.handle,
                person.role.label().to_lowercase()
            )
        })
    };
    view! {
        <Page class="settings-page devices-page" title="You and your devices">
            <main id="main" class="plain" tabindex="-1">
                <header class="head">
                    <h1>{name}</h1>
                    <p class="help">{rest}</p>
                    <div class="acts">
                        // A whole page load: nothing of the signed-in state stays behind.
                        <form method="post" action="/sign-out"><button class="btn">"Sign out"</button></form>
                    </div>
                </header>
                <SubNav here="/devices"/>
                {once.view()}
                <SignedIn devices=devices once=once/>
                <password::Password there=password devices=devices/>
                <Look/>
                <SingleKeys/>
            </main>
        </Page>
    }
}

#[component]
fn SignedIn(devices: RwSignal<Vec<Device>>, once: Once) -> impl IntoView {
    let session = use_session();
    let others =
        Memo::new(move |_| devices.with(|devices| devices.iter().any(|device| !device.current)));
    let alone = Callback::new(move |_: HouseAnswer| only_this_one(devices));
    let me = session
        .person
        .with_untracked(|person| person.id.to_string());
    view! {
        <section class="sec" aria-labelledby="devices-h">
            <header>
                <h2 id="devices-h">"Where you are signed in"</h2>
                <p class="help">"Sign out what you do not know, then tell an administrator."</p>
            </header>
            <div>
                <table role="table" class="ledger mid" aria-labelledby="devices-h">
                    <thead role="rowgroup">
                        <tr role="row">
                            <th role="columnheader" scope="col">"Browser"</th>
                            <th role="columnheader" scope="col">"Last seen"</th>
                            <th role="columnheader" scope="col" class="end"><span class="vh">"Sign out"</span></th>
                        </tr>
                    </thead>
                    <tbody role="rowgroup">
                        <For each=move || devices.get() key=|device| device.id.clone() let(device)>
                            <Row device=device devices=devices/>
                        </For>
                    </tbody>
                </table>
                <Show when=move || others.get()>
                    <HouseForm what="revoke_other_devices" action="/devices" class="row" quiet=true on_done=alone>
                        <button class="btn">"Sign out everywhere else"</button>
                        <span class="help">"Links that are on their way stop working too."</span>
                    </HouseForm>
                </Show>
                <HouseForm what="new_link" action="/devices" class="row" of=("person", me) quiet=true on_done=once.show()>
                    <button class="btn">"Sign in on another device"</button>
                    <span class="help">"Shows a link that works once."</span>
                </HouseForm>
            </div>
        </section>
    }
}

/// What the list comes to when every other device is signed out.
fn only_this_one(devices: RwSignal<Vec<Device>>) {
    devices.update(|devices| devices.retain(|device| device.current));
}

#[component]
fn Row(device: Device, devices: RwSignal<Vec<Device>>) -> impl IntoView {
    let id = device.id.clone();
    let gone = device.id;
    let done = Callback::new(move |_: HouseAnswer| {
        devices.update(|devices| devices.retain(|device| device.id != gone));
    });
    let label = format!("Sign out {}", device.label);
    view! {
        <tr role="row">
            <th role="rowheader" scope="row">
                {device.label}
                {device.current.then(|| view! { " "<small>"this one"</small> })}
                <span class="meta">"signed in "<At at=device.created_at/></span>
            </th>
            <td role="cell" data-l="Last seen"><Ago at=device.seen_at/></td>
            <td role="cell" class="end">
                {(!device.current)
                    .then(|| {
                        view! {
                            <HouseForm what="revoke_device" action="/devices" of=("device", id) quiet=true on_done=done>
                                <button class="btn small" aria-label=label>"Sign it out"</button>
                            </HouseForm>
                        }
                    })}
            </td>
        </tr>
    }
    .into_any()
}

const THEMES: [(&str, &str); 3] = [
    ("", "As the device"),
    ("light", "Light"),
    ("night", "Night"),
];

#[component]
fn Look() -> impl IntoView {
    let session = use_session();
    let chosen = Memo::new(move |_| session.preference.with(|p| p.theme.clone()));
    view! {
        <section class="sec" aria-labelledby="look-h">
            <header>
                <h2 id="look-h">"Light or night"</h2>
                <p class="help">"Kept with your account, for every device."</p>
            </header>
            <div>
                <HouseForm what="prefer" action="/devices" class="row" of=("part", "look".to_owned())>
                    <div class="seg" role="radiogroup" aria-labelledby="look-h">
                        {THEMES
                            .map(|(theme, words)| {
                                let checked = move || chosen.get() == theme;
                                view! {
                                    <label>
                                        <input
                                            type="radio"
                                            name="theme"
                                            value=theme
                                            checked=untrack(checked)
                                            prop:checked=checked
                                            on:change=move |_| put_on(theme)
                                        />
                                        {words}
                                    </label>
                                }
                            })
                            .collect_view()}
                    </div>
                    <button class="btn">"Keep it"</button>
                </HouseForm>
            </div>
        </section>
    }
}

#[component]
fn SingleKeys() -> impl IntoView {
    let session = use_session();
    let off = Memo::new(move |_| session.preference.with(|p| p.keys_off));
    let to = move || if off.get() { "on" } else { "off" };
    view! {
        <section class="sec" id="keys-choice" aria-labelledby="keys-choice-h">
            <header>
                <h2 id="keys-choice-h">"Single keys"</h2>
                <p class="help">"One key does one thing, outside fields. Switch them off if you speak to your computer, or press them by mistake."</p>
            </header>
            <div>
                <HouseForm what="prefer" action="/devices" class="row" of=("part", "keys".to_owned()) quiet=true>
                    <input type="hidden" name="keys" value=to prop:value=to/>
                    <p>{move || if off.get() { "They are off." } else { "They are on." }}</p>
                    <button class="btn">{move || if off.get() { "Switch them on" } else { "Switch them off" }}</button>
                    <button type="button" class="quiet" popovertarget=KEYS_PANEL>"Show all keys"</button>
                </HouseForm>
            </div>
        </section>
    }
}

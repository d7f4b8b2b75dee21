//! API tokens: made here, shown once, ended here.

use crate::api;
use crate::data::Token;
use crate::forms::{HouseForm, typed};
use crate::house::HouseAnswer;
use crate::me::use_session;
use crate::ui::{Ago, At, Name, Once};
use leptos::prelude::*;

const SCOPES: [(&str, &str); 3] = [
    ("read", "Read"),
    ("write", "Read and respond"),
    ("admin", "Administer"),
];

/// The tokens, and a form for a new one.
#[component]
pub(super) fn Tokens(tokens: Vec<Token>, once: Once) -> impl IntoView {
    let tokens = RwSignal::new(tokens);
    let again = move || {
        leptos::task::spawn_local(async move {
            // When it fails the list stays as it was; the next visit reads it anew.
            if let Ok(now) = api::kept().await {
                tokens.set(now.tokens);
            }
        });
    };
    let show = once.show();
    let made = Callback::new(move |answer: HouseAnswer| {
        again();
        show.run(answer);
    });
    let ended = Callback::new(move |_: HouseAnswer| again());
    let none = Memo::new(move |_| tokens.with(Vec::is_empty));
    view! {
        <section class="sec" aria-labelledby="tokens-h">
            <header>
                <h2 id="tokens-h">"API tokens"</h2>
                <p class="help">"For scripts and other systems. Each acts as a named account of its own, so that the timeline says what did it."</p>
            </header>
            <div>
                <Show when=move || !none.get() fallback=|| view! { <p class="help">"None yet."</p> }>
                    <table role="table" class="ledger mid" aria-labelledby="tokens-h">
                        <thead role="rowgroup">
                            <tr role="row">
                                <th role="columnheader" scope="col">"Token"</th>
                                <th role="columnheader" scope="col">"May"</th>
                                <th role="columnheader" scope="col">"Made"</th>
                                <th role="columnheader" scope="col">"Last used"</th>
                                <th role="columnheader" scope="col" class="end"><span class="vh">"End it"</span></th>
                            </tr>
                        </thead>
                        <tbody role="rowgroup">
                            <For each=move || tokens.get() key=|token| (token.id.clone(), token.last_used_at) let(token)>
                                <Row token=token ended=ended/>
                            </For>
                        </tbody>
                    </table>
                </Show>
                <NewToken made=made/>
            </div>
        </section>
    }
}

#[component]
fn Row(token: Token, ended: Callback<HouseAnswer>) -> impl IntoView {
    let session = use_session();
    let person = token.person.clone();
    let (owner, name) = (token.person, token.name.clone());
    let same = Memo::new(move |_| session.directory.with(|d| d.name(&owner)) == name);
    let scope = SCOPES
        .into_iter()
        .find_map(|(wire, words)| (wire == token.scope).then_some(words))
        .unwrap_or("Unknown");
    let label = format!("End the token {}", token.name);
    view! {
        <tr role="row">
            <th role="rowheader" scope="row">
                {token.name}
                <Show when=move || !same.get()><span class="meta">"as "<Name id=person.clone()/></span></Show>
            </th>
            <td role="cell" data-l="May">{scope}</td>
            <td role="cell" data-l="Made"><At at=token.created_at/></td>
            <td role="cell" data-l="Last used">
                {match token.last_used_at {
                    Some(at) => view! { <Ago at=at/> }.into_any(),
                    None => "Never".into_any(),
                }}
            </td>
            <td role="cell" class="end">
                <HouseForm what="revoke_token" action="/settings" of=("token", token.id) quiet=true on_done=ended>
                    <button class="btn small" aria-label=label>"End it"</button>
                </HouseForm>
            </td>
        </tr>
    }
    .into_any()
}

#[component]
fn NewToken(made: Callback<HouseAnswer>) -> impl IntoView {
    let chosen = typed("add_token", None, "scope", "write");
    view! {
        <HouseForm what="add_token" action="/settings" class="form" quiet=true clears=true on_done=made>
            <h3>"New token"</h3>
            <p class="field">
                <label for="token-name">"What is it for?"</label>
                <input type="text" id="token-name" name="name" required autocomplete="off" value=typed("add_token", None, "name", "")/>
            </p>
            <fieldset class="field">
                <legend>"It may"</legend>
                <div class="seg">
                    {SCOPES
                        .map(|(scope, words)| {
                            let checked = scope == chosen;
                            view! { <label><input type="radio" name="scope" value=scope checked=checked/>{words}</label> }
                        })
                        .collect_view()}
                </div>
            </fieldset>
            <p class="row"><button class="btn primary">"Make the token and show it"</button></p>
        </HouseForm>
    }
}

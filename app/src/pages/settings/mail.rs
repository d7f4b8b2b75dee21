//! Mail: who gets every sitrep, what has not gone out, and whether mail arrives at all.

use crate::api;
use crate::data::{MailState, Post, Undelivered};
use crate::forms::{HouseForm, typed};
use crate::house::HouseAnswer;
use crate::me::use_session;
use crate::ui::{Ago, Icon, TextArea};
use leptos::prelude::*;

const OF: (&str, &str) = ("part", "mail");

/// The section, for administrators.
#[component]
pub(super) fn Mail(post: Post) -> impl IntoView {
    let post = RwSignal::new(post);
    let again = Callback::new(move |_: HouseAnswer| {
        leptos::task::spawn_local(async move {
            // When it fails what is shown stays; the next visit reads it anew.
            if let Ok(now) = api::kept().await {
                post.set(now.post);
            }
        });
    });
    let from = Memo::new(move |_| post.with(|post| post.from.clone()));
    view! {
        <section class="sec" aria-labelledby="mail-h">
            <header>
                <h2 id="mail-h">"Mail"</h2>
                <p class="help">"Sitreps go to everybody who joined an incident, and to this list. Reminders and sign-in links go to whom they concern."</p>
            </header>
            <div>
                <IncidentList/>
                {move || match from.get() {
                    Some(from) => view! { <Backlog from=from post=post again=again/> }.into_any(),
                    None => view! {
                        <p class="help">
                            "No mail server is set up, so nothing is mailed. Start Muster with "<code>"--smtp"</code>
                            " and "<code>"--mail-from"</code>"."
                        </p>
                    }
                    .into_any(),
                }}
            </div>
        </section>
    }
}

#[component]
fn IncidentList() -> impl IntoView {
    let now = use_session()
        .directory
        .with_untracked(|d| d.settings.incident_list.join("\n"));
    let value = RwSignal::new(typed("settings", Some(OF), "incident_list", now));
    view! {
        <HouseForm what="settings" action="/settings" class="form" of=(OF.0, OF.1.to_owned())>
            <div class="field">
                <label for="incident-list">"Incident list "<span class="help">"one address on a line"</span></label>
                <TextArea name="incident_list" id="incident-list" value=value rows=3/>
            </div>
            <p class="row"><button class="btn primary">"Save the list"</button></p>
        </HouseForm>
    }
}

#[component]
fn Backlog(from: String, post: RwSignal<Post>, again: Callback<HouseAnswer>) -> impl IntoView {
    let words = move || post.with(words);
    let troubled = move || post.with(|post| post.troubled.clone());
    let any = Memo::new(move |_| post.with(|post| !post.troubled.is_empty()));
    view! {
        <p class="mailed">"Mail is sent as "<b>{from}</b>". "{words}</p>
        <div class="row">
            <HouseForm what="send_test" action="/settings" on_done=again>
                <button class="btn small">"Send me a test mail"</button>
            </HouseForm>
            <Show when=move || any.get()>
                <HouseForm what="send_again" action="/settings" on_done=again>
                    <button class="btn small">"Send all again now"</button>
                </HouseForm>
            </Show>
        </div>
        <Show when=move || any.get()>
            <ul class="letters" role="list">
                <For
                    each=troubled
                    key=|letter| format!("{} {} {} {:?}", letter.about, letter.to, letter.tries, letter.mail)
                    children=move |letter| view! { <Trouble letter=letter again=again/> }
                />
            </ul>
        </Show>
    }
}

fn words(post: &Post) -> AnyView {
    match (post.waiting, post.oldest, post.failed) {
        (0, _, 0) => "Everything has gone out.".into_any(),
        (0, _, failed) => format!("{failed} failed.").into_any(),
        (waiting, Some(oldest), 0) => {
            view! { {format!("{waiting} on the way, the oldest ")}<Ago at=oldest/>"." }.into_any()
        }
        (waiting, Some(oldest), failed) => view! {
            {format!("{waiting} on the way, the oldest ")}<Ago at=oldest/>{format!("; {failed} failed.")}
        }
        .into_any(),
        (waiting, None, failed) => format!("{waiting} on the way; {failed} failed.").into_any(),
    }
}

#[component]
fn Trouble(letter: Undelivered, again: Callback<HouseAnswer>) -> impl IntoView {
    let Undelivered {
        about,
        to,
        tries,
        mail,
    } = letter;
    let (failed, key, trouble) = match mail {
        MailState::Failed { letter, trouble } => (true, letter, trouble),
        MailState::Waiting { letter, trouble } => (false, letter, trouble.unwrap_or_default()),
        MailState::Sent { .. } => return ().into_any(),
    };
    let tried = if tries == 1 {
        "tried once".to_owned()
    } else {
        format!("tried {tries} times")
    };
    let icon = if failed { Icon::Over } else { Icon::Clock };
    view! {
        <li data-state=failed.then_some("over")>
            <p><Icon name=icon/><b>{about}</b><span>"to "{to}<span class="meta">", "{tried}</span></span></p>
            <p class="help">{trouble}</p>
            <HouseForm what="send_again" action="/settings" of=("letter", key) on_done=again>
                <button class="btn small">"Send again now"</button>
            </HouseForm>
        </li>
    }
    .into_any()
}

//! Forms that carry commands. Each is a real `<form method="post">` that works before the wasm arrives and without it; in
//! the browser the submit is caught, read by the very same code, and carried out in place.

use crate::AppError;
use crate::api;
use crate::house::{HouseAnswer, HouseCommand};
use crate::me::use_session;
use crate::now::use_now;
use domain::Number;
use domain::incident::{Form, IncidentCommand};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// A form that was posted and not carried out: the server renders the page again with it, so that nothing typed is lost.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Posted {
    /// What was typed.
    pub form: Form,
    /// Why it was not carried out; nothing when the form only asked for a preview.
    pub error: Option<AppError>,
    /// What happened, when a page answers without redirecting (a link or token that is shown once).
    pub answer: Option<HouseAnswer>,
}

/// What was posted to this page, if the page is the answer to a post. The same on both sides of hydration.
pub fn posted() -> Option<Posted> {
    use_context::<PostedHere>().and_then(|here| here.0)
}

/// The answer to a post, provided by the frame.
#[derive(Debug, Clone, PartialEq)]
pub struct PostedHere(pub Option<Posted>);

/// Carries out a command; what a screen with an incident in its hands provides to show it before the server has
/// answered. Without one, commands go straight to the server.
#[derive(Clone)]
pub struct Doer(pub Arc<dyn Fn(Number, IncidentCommand) -> Doing + Send + Sync>);

/// A command under way.
pub type Doing = Pin<Box<dyn Future<Output = Result<(), AppError>>>>;

/// Carries out a command by the nearest [`Doer`], else by the server alone.
pub fn carry_out(doer: Option<Doer>, number: Number, command: IncidentCommand) -> Doing {
    match doer {
        Some(doer) => (doer.0)(number, command),
        None => Box::pin(async move { api::execute(number, command).await.map(|_| ()) }),
    }
}

/// A form for a command of an incident. `what` is the command's name in [`Form::command`]. Errors stand below it.
#[component]
pub fn CommandForm(
    /// The incident.
    number: Number,
    /// `severity`, `phase`, `say` …
    what: &'static str,
    /// Class names of the form.
    #[prop(optional, into)]
    class: String,
    /// Called when it was carried out, with the form emptied already.
    #[prop(optional, into)]
    on_done: Option<Callback<()>>,
    /// Fields and a button.
    children: Children,
) -> impl IntoView {
    let session = use_session();
    let now = use_now();
    let doer = use_context::<Doer>();
    let error = RwSignal::new(first_error(what));
    let busy = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let Some(form) = read_form(&event) else {
            return;
        };
        let by = session.person.with_untracked(|person| person.id.clone());
        let read = session
            .directory
            .with_untracked(|directory| form.command(&by, directory, now.read()));
        let command = match read {
            Ok(command) => command,
            Err(rejection) => return error.set(Some(rejection.to_string())),
        };
        busy.set(true);
        let doing = carry_out(doer.clone(), number, command);
        leptos::task::spawn_local(async move {
            match doing.await {
                Ok(()) => {
                    error.set(None);
                    empty_form(&event);
                    if let Some(done) = on_done {
                        done.run(());
                    }
                }
                Err(why) => error.set(Some(why.to_string())),
            }
            busy.set(false);
        });
    };
    view! {
        <form
            method="post"
            action=format!("/incidents/{number}")
            class=class
            on:submit:capture=submit
            aria-busy=move || busy.get().to_string()
        >
            <input type="hidden" name="do" value=what/>
            {children()}
            {move || error.get().map(|words| view! { <p class="err" role="alert">{words}</p> })}
        </form>
    }
}

/// A form for something outside incidents, posted to the page it stands on.
#[component]
pub fn HouseForm(
    /// The command's name in [`HouseCommand::from_form`].
    what: &'static str,
    /// The page it stands on.
    action: &'static str,
    /// Class names of the form.
    #[prop(optional, into)]
    class: String,
    /// A hidden field and its value, which tell this form from the others of its kind on the page.
    #[prop(optional)]
    of: Option<(&'static str, String)>,
    /// True where what came of it shows by itself and needs no words.
    #[prop(optional)]
    quiet: bool,
    /// Called with what came of it.
    #[prop(optional, into)]
    on_done: Option<Callback<HouseAnswer>>,
    /// Fields and a button.
    children: Children,
) -> impl IntoView {
    let session = use_session();
    let of_this = of.as_ref().map(|(name, value)| (*name, value.as_str()));
    let error = RwSignal::new(
        posted_in(what, of_this).and_then(|posted| posted.error.map(|error| error.to_string())),
    );
    let said = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let Some(form) = read_form(&event) else {
            return;
        };
        let read = session
            .directory
            .with_untracked(|d| HouseCommand::from_form(&form, &d.settings));
        let command = match read {
            Ok(command) => command,
            Err(rejection) => return error.set(Some(rejection.to_string())),
        };
        busy.set(true);
        said.set(None);
        leptos::task::spawn_local(async move {
            match api::keep_house(command).await {
                Ok(answer) => {
                    error.set(None);
                    said.set((!quiet).then(|| answer.words.clone()));
                    if let Ok(me) = api::me().await {
                        session.directory.set(me.directory);
                        session.preference.set(me.preference);
                    }
                    if let Some(done) = on_done {
                        done.run(answer);
                    }
                }
                Err(why) => error.set(Some(why.to_string())),
            }
            busy.set(false);
        });
    };
    view! {
        <form
            method="post"
            action=action
            class=class
            on:submit:capture=submit
            aria-busy=move || busy.get().to_string()
        >
            <input type="hidden" name="do" value=what/>
            {of.map(|(name, value)| view! { <input type="hidden" name=name value=value/> })}
            {children()}
            {move || error.get().map(|words| view! { <p class="err" role="alert">{words}</p> })}
            {move || said.get().map(|words| view! { <p class="help" role="status">{words}</p> })}
        </form>
    }
}

/// The error to show at first: that of the post this page answers, in the form that was posted.
fn first_error(what: &str) -> Option<String> {
    posted_in(what, None)?.error.map(|error| error.to_string())
}

/// What was posted, if it came from the form of this kind; `of` is the hidden field that tells it from its likes.
pub fn posted_in(what: &str, of: Option<(&str, &str)>) -> Option<Posted> {
    posted().filter(|posted| {
        posted.form.get("do") == Some(what)
            && of.is_none_or(|(name, value)| posted.form.get(name) == Some(value))
    })
}

/// What a field of a form holds at first: what was typed into it before the page answered, else what it is now.
pub fn typed(what: &str, of: Option<(&str, &str)>, field: &str, now: impl Into<String>) -> String {
    posted_in(what, of)
        .and_then(|posted| posted.form.raw(field).map(str::to_owned))
        .unwrap_or_else(|| now.into())
}

/// Reads every named field of the form that is being submitted, its pressed button too. Only a browser has one.
pub fn read_form(event: &leptos::ev::SubmitEvent) -> Option<Form> {
    #[cfg(feature = "hydrate")]
    {
        use wasm_bindgen::JsCast;
        let form: web_sys::HtmlFormElement = event.target()?.dyn_into().ok()?;
        let mut fields = form_fields(&form);
        if let Some(button) = event.submitter() {
            let name = button.get_attribute("name").unwrap_or_default();
            if !name.is_empty() {
                fields.push((name, button.get_attribute("value").unwrap_or_default()));
            }
        }
        Some(Form(fields))
    }
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = event;
        None
    }
}

/// Every named text field of a form, in order.
#[cfg(feature = "hydrate")]
pub fn form_fields(form: &web_sys::HtmlFormElement) -> Vec<(String, String)> {
    let Ok(data) = web_sys::FormData::new_with_form(form) else {
        return Vec::new();
    };
    js_sys::Array::from(&js_sys::Array::from(&data))
        .iter()
        .filter_map(|pair| {
            let pair = js_sys::Array::from(&pair);
            Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
        })
        .collect()
}

fn empty_form(event: &leptos::ev::SubmitEvent) {
    #[cfg(feature = "hydrate")]
    {
        use wasm_bindgen::JsCast;
        if let Some(form) = event
            .target()
            .and_then(|t| t.dyn_into::<web_sys::HtmlFormElement>().ok())
        {
            form.reset();
        }
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = event;
}

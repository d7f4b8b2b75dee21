//! Forms that carry commands. Each is a real `<form method="post">` that works before the wasm arrives and without it; in
//! the browser the submit is caught, read by the very same code, and carried out in place.

use crate::AppError;
use crate::api;
use crate::data::Sending;
use crate::house::{HouseAnswer, HouseCommand};
use crate::me::{Session, use_session};
use crate::now::use_now;
use crate::once::{OnceKey, new_key};
use crate::ui::Icon;
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
pub fn carry_out(
    doer: Option<Doer>,
    session: Session,
    number: Number,
    command: IncidentCommand,
) -> Doing {
    if let Some(doer) = doer {
        return (doer.0)(number, command);
    }
    let sending = Sending::once(new_key(session));
    Box::pin(async move { api::execute(number, command, sending).await.map(|_| ()) })
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
    /// Where on the incident it stands: empty for the room, `/handover`, `/close`. Without a script a refusal shows there.
    #[prop(optional)]
    page: &'static str,
    /// A hidden field and its value, which tell this form from the others of its kind on the page.
    #[prop(optional)]
    of: Option<(&'static str, String)>,
    /// Called when it was carried out, with the form emptied already.
    #[prop(optional, into)]
    on_done: Option<Callback<()>>,
    /// Fields and a button.
    children: Children,
) -> impl IntoView {
    let session = use_session();
    let now = use_now();
    let doer = use_context::<Doer>();
    let of_this = of.as_ref().map(|(name, value)| (*name, value.as_str()));
    let error = RwSignal::new(first_error(what, of_this));
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
            Err(rejection) => {
                blame(&event, rejection.field());
                return error.set(Some(rejection.to_string()));
            }
        };
        busy.set(true);
        let doing = carry_out(doer.clone(), session, number, command);
        leptos::task::spawn_local(async move {
            match doing.await {
                Ok(()) => {
                    error.set(None);
                    blame(&event, None);
                    empty_form(&event);
                    if let Some(done) = on_done {
                        // What was done may have taken the form off the screen.
                        let _ = done.try_run(());
                    }
                }
                Err(why) => {
                    blame(&event, why.field());
                    error.set(Some(why.to_string()));
                }
            }
            busy.set(false);
        });
    };
    view! {
        <form
            method="post"
            action=format!("/incidents/{number}{page}")
            class=class
            on:submit:capture=submit
            on:keydown=send_by_key
            aria-busy=move || busy.get().then_some("true")
        >
            <input type="hidden" name="do" value=what/>
            <OnceKey what=what/>
            {of.map(|(name, value)| view! { <input type="hidden" name=name value=value/> })}
            {children()}
            <FormError words=error/>
        </form>
    }
}

/// Why a form was not carried out, below its fields.
#[component]
pub fn FormError(
    /// The words; nothing shows while there are none.
    #[prop(into)]
    words: Signal<Option<String>>,
) -> impl IntoView {
    move || {
        words.get().map(|words| {
            view! { <p class="err" role="alert"><Icon name=Icon::Over/><span>{words}</span></p> }
        })
    }
}

/// True when the page answers a post of this form that was not carried out: it stays open then.
pub fn was_posted(what: &str, of: Option<(&str, &str)>) -> bool {
    posted_in(what, of).is_some()
}

/// Ctrl Enter sends, from any field of the form.
fn send_by_key(event: leptos::ev::KeyboardEvent) {
    if event.key() != "Enter" || !(event.ctrl_key() || event.meta_key()) {
        return;
    }
    event.prevent_default();
    #[cfg(feature = "hydrate")]
    if let Some(form) = form_of(&event) {
        let _ = form.request_submit();
    }
}

/// The form around the element that an event came from.
#[cfg(feature = "hydrate")]
pub fn form_of(event: &web_sys::Event) -> Option<web_sys::HtmlFormElement> {
    use wasm_bindgen::JsCast;
    let element: web_sys::Element = event.target()?.dyn_into().ok()?;
    element.closest("form").ok()??.dyn_into().ok()
}

/// Marks the field that is to blame and goes there; takes the marks off the others.
fn blame(event: &leptos::ev::SubmitEvent, field: Option<&str>) {
    #[cfg(feature = "hydrate")]
    if let Some(form) = form_of(event) {
        use wasm_bindgen::JsCast;
        if let Ok(marked) = form.query_selector_all("[aria-invalid]") {
            for n in 0..marked.length() {
                if let Some(element) = marked
                    .item(n)
                    .and_then(|n| n.dyn_into::<web_sys::Element>().ok())
                {
                    let _ = element.remove_attribute("aria-invalid");
                }
            }
        }
        let named = form.elements();
        let to_blame = (0..named.length())
            .filter_map(|n| named.item(n))
            .find(|element| element.get_attribute("name").as_deref() == field && field.is_some());
        if let Some(element) = to_blame {
            let _ = element.set_attribute("aria-invalid", "true");
            if let Ok(element) = element.dyn_into::<web_sys::HtmlElement>() {
                let _ = element.focus();
            }
        }
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (event, field);
}

/// A form for something outside incidents, posted to the page it stands on.
#[component]
pub fn HouseForm(
    /// The command's name in [`HouseCommand::from_form`].
    what: &'static str,
    /// The page it stands on.
    #[prop(into)]
    action: String,
    /// Class names of the form.
    #[prop(optional, into)]
    class: String,
    /// A hidden field and its value, which tell this form from the others of its kind on the page.
    #[prop(optional)]
    of: Option<(&'static str, String)>,
    /// True where what came of it shows by itself and needs no words.
    #[prop(optional)]
    quiet: bool,
    /// True where the next one begins with empty fields.
    #[prop(optional)]
    clears: bool,
    /// Called with what came of it.
    #[prop(optional, into)]
    on_done: Option<Callback<HouseAnswer>>,
    /// Fields and a button.
    children: Children,
) -> impl IntoView {
    let session = use_session();
    let of_this = of.as_ref().map(|(name, value)| (*name, value.as_str()));
    let error = RwSignal::new(first_error(what, of_this));
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
                    if clears {
                        empty_form(&event);
                    }
                    if let Ok(me) = api::me().await {
                        session.directory.set(me.directory);
                        session.preference.set(me.preference);
                    }
                    if let Some(done) = on_done {
                        let _ = done.try_run(answer);
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
            on:keydown=send_by_key
            aria-busy=move || busy.get().then_some("true")
        >
            <input type="hidden" name="do" value=what/>
            {of.map(|(name, value)| view! { <input type="hidden" name=name value=value/> })}
            {children()}
            <FormError words=error/>
            {move || said.get().map(|words| view! { <p class="help" role="status">{words}</p> })}
        </form>
    }
}

/// The error to show at first: that of the post this page answers, in the form that was posted.
pub fn first_error(what: &str, of: Option<(&str, &str)>) -> Option<String> {
    posted_in(what, of)?.error.map(|error| error.to_string())
}

/// What was posted, if it came from the form of this kind; `of` is the hidden field that tells it from its likes.
pub fn posted_in(what: &str, of: Option<(&str, &str)>) -> Option<Posted> {
    posted().filter(|posted| {
        posted.form.get("do") == Some(what)
            && of.is_none_or(|(name, value)| posted.form.raw(name) == Some(value))
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

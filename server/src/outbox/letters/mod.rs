//! What a letter says: made from the incident as it stands when it is sent, so that what was redacted meanwhile is not in it.

mod maintenance;
mod reminder;
mod sign_in;
mod sitrep;
mod thread;

use crate::services::Services;
use crate::store::{Letter, StoreError, Taken};
use domain::time::Time;
use leptos::prelude::*;

/// A message, ready to go to anybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    /// The subject.
    pub subject: String,
    /// The Message-ID with its brackets: the same however often it is sent.
    pub id: String,
    /// The messages that it follows, the first of the thread first; for `References` and `In-Reply-To`.
    pub follows: Vec<String>,
    /// Its date.
    pub at: Time,
    /// For readers without HTML.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

/// Why there is nothing to send.
#[derive(Debug)]
pub(super) enum Unwritten {
    /// It would say nothing to anybody any more; with words why.
    Moot(String),
    /// The store could not be read.
    Store(StoreError),
}

impl From<StoreError> for Unwritten {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Writes a letter out.
pub(super) async fn write(services: &Services, taken: &Taken) -> Result<Written, Unwritten> {
    let directory = services.directory();
    // Whoever was shut out after it was written down hears nothing more.
    if let Some(person) = &taken.person
        && directory
            .person(person)
            .is_some_and(|person| !person.active)
    {
        return Err(moot("This person has no access any more."));
    }
    match &taken.letter {
        Letter::Sitrep { incident, version } => {
            sitrep::write(services, *incident, *version, taken.person.is_some()).await
        }
        Letter::Reminder {
            incident,
            clock,
            due_at,
        } => reminder::write(services, *incident, *clock, *due_at, &taken.key).await,
        Letter::Maintenance {
            maintenance,
            overdue,
        } => maintenance::write(services, *maintenance, *overdue, &taken.key).await,
        Letter::SignIn { person } => sign_in::write(services, person, &taken.key).await,
        Letter::Test {} => Ok(test(services, &taken.key)),
    }
}

fn moot(words: &str) -> Unwritten {
    Unwritten::Moot(words.to_owned())
}

fn test(services: &Services, key: &str) -> Written {
    let words = "Mail from Muster arrives: sitreps, reminders and sign-in links will too.";
    Written {
        subject: "Mail from Muster arrives".to_owned(),
        id: thread::id(services.base_url(), key),
        follows: Vec::new(),
        at: services.now(),
        text: format!("{words}\n\n{}\n", services.base_url()),
        html: page(view! { <p>{words}</p> }),
    }
}

/// A whole HTML message. Mail readers know few rules, so there are few; nothing in it is loaded from anywhere.
fn page(body: impl IntoView) -> String {
    let html = Owner::new().with(|| {
        view! {
            <html lang="en">
                <head>
                    <meta charset="utf-8"/>
                    <meta name="color-scheme" content="light dark"/>
                    <style>{STYLE}</style>
                </head>
                <body>{body.into_view()}</body>
            </html>
        }
        .to_html()
    });
    // The marks that a browser would take a screen over by mean nothing here.
    format!("<!DOCTYPE html>{}", html.replace("<!>", ""))
}

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:42em;margin:1em}\
    h1{font-size:1.3em}h2{font-size:1.1em;margin:1.5em 0 .3em}h3{font-size:1em;margin:1em 0 .2em}p{margin:.3em 0}\
    .prose p,dd{white-space:pre-line}dt{font-weight:600;margin-top:.6em}dd{margin:0}\
    ins{background:#c9ecd0;color:#10331a}del{background:#f8d3d0;color:#4d1512}.foot{color:#6b6b6b;font-size:.9em}";

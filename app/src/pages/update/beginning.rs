//! What stands in the form before anybody writes: the last sitrep, the last word to customers, the next promises.

use domain::directory::Settings;
use domain::incident::Form;
use domain::time::Time;
use domain::{ComponentStatus, Confidence, Incident, Kind, PublicState};

/// The texts of a sitrep, as the form calls them.
pub(super) const TEXTS: [&str; 4] = ["situation", "impact", "hypothesis", "needs"];

/// The form before the first letter.
pub(super) fn beginning(incident: &Incident, settings: &Settings, now: Time) -> Form {
    let mut form = Form::default();
    let mut put = |name: &str, value: String| form.0.push((name.to_owned(), value));
    let last = incident.sitrep.as_ref().map(|sent| &sent.sitrep);
    put("after", last.map_or(0, |s| s.version).to_string());
    put("headline", String::new());
    let texts = last.map(|s| [&s.situation, &s.impact, &s.hypothesis, &s.needs]);
    for (at, name) in TEXTS.into_iter().enumerate() {
        let text = texts.map(|texts| texts[at].clone()).unwrap_or_default();
        put(name, text);
    }
    let confidence = last.map_or(Confidence::Guess, |s| s.confidence);
    put("confidence", confidence.as_str().to_owned());
    put(
        "public_title",
        incident.summary.public_title.clone().unwrap_or_default(),
    );
    let word = incident.word.as_ref().map(|sent| &sent.update);
    put("state", state(incident).as_str().to_owned());
    put(
        "message",
        word.map(|w| w.message.clone()).unwrap_or_default(),
    );
    for (id, status) in &incident.components {
        if *status != ComponentStatus::Operational {
            put(&format!("component:{id}"), status.as_str().to_owned());
        }
    }
    for (name, value) in promises(incident, settings, now) {
        put(name, value);
    }
    if sends_sitrep(incident) {
        put("send_sitrep", "on".to_owned());
    }
    if tells_customers(incident) {
        put("send_public", "on".to_owned());
    }
    if last.is_none()
        && let Some(first) = &incident.first_sentence
        && let Some(situation) = form.0.iter_mut().find(|(name, _)| name == "situation")
    {
        situation.1.clone_from(first);
    }
    form
}

/// The two promises as they would be if it went out now; empty where the severity promises nothing.
pub(super) fn promises(
    incident: &Incident,
    settings: &Settings,
    now: Time,
) -> [(&'static str, String); 2] {
    let promise = settings.promises.of(incident.summary.severity);
    let by = |minutes: Option<i64>| minutes.map_or_else(String::new, |m| round(now, m));
    let over = !incident.summary.progress.phase().is_open();
    [
        ("next_sitrep_by", by(promise.sitrep.filter(|_| !over))),
        ("next_update_by", by(promise.next_word.filter(|_| !over))),
    ]
}

/// So many minutes from now, on the next full five minutes: a promise that people can remember.
fn round(now: Time, minutes: i64) -> String {
    let at = domain::clock::after(now, minutes);
    let past = at.timestamp() % 300;
    let up = if past == 0 { 0 } else { 300 - past };
    clock(at + chrono::Duration::seconds(up), now)
}

/// A time as it is written in a field: "14:45", with its date when the hour alone would mean another day.
pub(super) fn clock(at: Time, now: Time) -> String {
    if at - now < chrono::Duration::hours(11) {
        at.format("%H:%M").to_string()
    } else {
        at.format("%Y-%m-%d %H:%M").to_string()
    }
}

fn state(incident: &Incident) -> PublicState {
    let open = incident.summary.progress.phase().is_open();
    match incident.summary.last_word.as_ref().map(|word| word.state) {
        _ if !open => PublicState::Resolved,
        // It went on after customers were told that it was over.
        None | Some(PublicState::Resolved | PublicState::Update) => PublicState::Investigating,
        Some(
            state
            @ (PublicState::Investigating | PublicState::Identified | PublicState::Monitoring),
        ) => state,
    }
}

fn sends_sitrep(incident: &Incident) -> bool {
    !incident.summary.progress.phase().is_over()
}

/// Customers are told unless somebody decided that they are not.
fn tells_customers(incident: &Incident) -> bool {
    incident.summary.kind != Kind::Drill && incident.summary.silent_since.is_none()
}

//! What the cases are made of.

use chrono::{DateTime, Duration};
use domain::incident::{PublicUpdate, Sitrep, Source};
use domain::status::Affected;
use domain::time::Time;
use domain::{
    AccountRole, ComponentId, ComponentStatus, Incident, IncidentEvent, Kind, Person, PersonId,
    PersonRef, Proposed, PublicState, Severity,
};
use server::store::{Commit, Committed, HouseChange, Store, Target};

/// So many minutes after the beginning of a day, with microseconds that must not get lost.
pub fn at(minutes: i64) -> Time {
    DateTime::from_timestamp_micros(1_794_900_000_123_456).expect("a time")
        + Duration::minutes(minutes)
}

/// A person with this handle.
pub fn person(handle: &str) -> Person {
    Person {
        id: PersonId::new(format!("p-{handle}")),
        handle: handle.to_owned(),
        name: format!("{} Alder", handle.to_uppercase()),
        email: Some(format!("{handle}@example.test")),
        role: AccountRole::Responder,
        service: false,
        active: true,
    }
}

/// A person as events show them.
pub fn by(handle: &str) -> PersonRef {
    person(handle).as_ref()
}

/// Lets a person in.
pub async fn add_person(store: &dyn Store, handle: &str) {
    store
        .change_house(None, at(0), HouseChange::PutPerson(person(handle)))
        .await
        .expect("a person");
}

/// A beginning.
pub fn declared(title: &str, kind: Kind) -> IncidentEvent {
    IncidentEvent::Declared {
        title: title.to_owned(),
        severity: Severity::Unset,
        kind,
        summary: None,
        started_at: at(-5),
        ic: (kind != Kind::Backfilled).then(|| PersonId::new("p-ines")),
    }
}

/// A beginning from elsewhere.
pub fn imported(title: &str, source: &str) -> IncidentEvent {
    IncidentEvent::Imported {
        title: title.to_owned(),
        source: Source::new(source),
        impact: None,
        components: Vec::new(),
        started_at: Some(at(-1000)),
        resolved_at: Some(at(-900)),
        ongoing: false,
    }
}

/// A note.
pub fn noted(text: &str) -> IncidentEvent {
    IncidentEvent::Noted {
        text: text.to_owned(),
    }
}

/// A sitrep.
pub fn sitrep(version: i64, situation: &str) -> IncidentEvent {
    IncidentEvent::SitrepSent {
        sitrep: Sitrep {
            version,
            headline: Some(format!("Headline {version}")),
            situation: situation.to_owned(),
            summary: format!("SEV not set · version {version}"),
            ..Sitrep::default()
        },
    }
}

/// A word to customers.
pub fn said(id: &str, state: PublicState, message: &str) -> IncidentEvent {
    IncidentEvent::PublicUpdatePublished {
        update: PublicUpdate {
            source: None,
            id: id.to_owned(),
            state,
            message: message.to_owned(),
            components: vec![Affected {
                id: ComponentId::new("c-api"),
                status: ComponentStatus::PartialOutage,
            }],
            next_update_by: None,
            impact: None,
        },
    }
}

/// A decision by Ines at minute `minute`.
pub fn commit(target: Target, events: Vec<IncidentEvent>, minute: i64) -> Commit {
    Commit {
        target,
        by: Some(by("ines")),
        recorded_at: at(minute),
        proposed: events.into_iter().map(Proposed::from).collect(),
        letters: false,
        import_key: None,
        once: None,
        drafted: Vec::new(),
    }
}

/// Begins an incident.
pub async fn begin(store: &dyn Store, title: &str) -> Incident {
    begin_with(store, vec![declared(title, Kind::Live)]).await
}

/// Begins an incident with these events.
pub async fn begin_with(store: &dyn Store, events: Vec<IncidentEvent>) -> Incident {
    store
        .commit(commit(Target::New, events, 0))
        .await
        .expect("it begins")
        .incident
}

/// Goes on with an incident.
pub async fn go_on(
    store: &dyn Store,
    incident: &Incident,
    events: Vec<IncidentEvent>,
) -> Committed {
    let minute = incident.summary.version;
    store
        .commit(commit(
            Target::Incident(Box::new(incident.clone())),
            events,
            minute,
        ))
        .await
        .expect("it goes on")
}

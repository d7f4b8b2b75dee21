//! An example house for the tests of screens: Ines commands, Bo responds, Rae reads.

use domain::directory::{AccountRole, Directory, Person};
use domain::incident::{Holder, Progress, Summary};
use domain::time::Time;
use domain::{Incident, Kind, Number, PersonId, Role, Severity};
use std::collections::BTreeMap;

/// So many minutes after 14:00 on the example's day.
pub(crate) fn at(minutes: i64) -> Time {
    let start = chrono::DateTime::from_timestamp(1_794_924_000, 0).expect("a moment in 2026");
    start + chrono::Duration::minutes(minutes)
}

/// Three people, no components, the default promises.
pub(crate) fn directory() -> Directory {
    let person = |id: &str, name: &str, role| Person {
        id: PersonId::new(id),
        handle: id.to_owned(),
        name: name.to_owned(),
        email: Some(format!("{id}@example.com")),
        role,
        service: false,
        active: true,
    };
    Directory {
        people: vec![
            person("ines", "Ines Alder", AccountRole::Admin),
            person("bo", "Bo Elm", AccountRole::Responder),
            person("rae", "Rae Reed", AccountRole::Reader),
        ],
        ..Directory::default()
    }
}

/// An incident declared at 14:00 by Ines, in assess.
pub(crate) fn incident(number: i64, title: &str, severity: Severity) -> Summary {
    Summary {
        number: Number(number),
        version: 1,
        position: number,
        title: title.to_owned(),
        public_title: None,
        severity,
        kind: Kind::Live,
        progress: Progress::Assess {},
        phase_since: at(0),
        started_at: Some(at(0)),
        declared_at: at(0),
        roles: vec![Holder {
            role: Role::Ic,
            person: PersonId::new("ines"),
            since: at(0),
        }],
        reopened_at: None,
        last_word: None,
        told_over_at: None,
        silent_since: None,
        last_sitrep: None,
        reminders: Vec::new(),
        snoozes: Vec::new(),
    }
}

/// The same with everything that a war room shows; nothing happened in it yet.
pub(crate) fn whole(summary: Summary) -> Incident {
    Incident {
        summary,
        participants: Vec::new(),
        links: Vec::new(),
        components: BTreeMap::new(),
        sitrep: None,
        word: None,
        words: 0,
        first_sentence: None,
        source: None,
        inside: domain::guard::Inside::default(),
    }
}

/// What a screen looks like as the server sends it to somebody at an address, at 14:00 and so many minutes.
#[cfg(feature = "ssr")]
pub(crate) fn page<V: leptos::prelude::IntoView + 'static>(
    who: &str,
    address: &str,
    minutes: i64,
    screen: impl FnOnce() -> V + Send + 'static,
) -> String {
    use crate::data::{Me, Preference};
    use leptos::prelude::*;
    use leptos_router::components::Router;
    use leptos_router::location::RequestUrl;

    let directory = directory();
    let person = directory
        .person(&PersonId::new(who))
        .expect("somebody of the example house")
        .clone();
    Owner::new().with(|| {
        leptos_meta::provide_meta_context();
        provide_context(RequestUrl::new(address));
        crate::now::provide_now(at(minutes));
        crate::live::provide_live();
        crate::me::Session::provide(Me {
            person,
            directory,
            preference: Preference::default(),
            build: String::new(),
        });
        view! { <Router>{screen()}</Router> }.to_html()
    })
}

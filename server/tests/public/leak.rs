//! Every internal field carries a marker word, and every public byte is searched for it.

use crate::live::Line;
use crate::site::Site;
use domain::clock::ClockKind;
use domain::incident::{Auto, IncidentEvent as E, PublicUpdate, Role, Sitrep};
use domain::status::{Affected, ComponentStatus, PublicState};
use domain::{
    AccountRole, Component, ComponentId, Confidence, Kind, Number, Person, PersonId, Phase,
    Settings, Severity,
};
use server::store::HouseChange;
use std::time::Duration;

/// Stands in every text that must stay inside, and nowhere else.
const MARK: &str = "xyzzymark";

fn mark(place: &str) -> String {
    format!("{MARK} {place}")
}

/// One of every kind of event that may follow a beginning, each free text marked unless it is for customers. The match at
/// the end has no wildcard: a new kind does not compile until it is searched for too.
fn everything(site: &Site, ines: &domain::PersonRef, api: &domain::ComponentId) -> Vec<E> {
    let now = domain_now(site);
    let person = || ines.id.clone();
    let affected = || {
        [api.clone(), hidden_id()]
            .map(|id| Affected {
                id,
                status: ComponentStatus::PartialOutage,
            })
            .to_vec()
    };
    let events = vec![
        // In this order: what customers read must not cover an inner title that came out.
        E::PublicTitleChanged {
            title: "API requests fail".to_owned(),
        },
        E::TitleChanged {
            title: mark("title"),
        },
        E::SeverityChanged {
            from: Severity::Unset,
            to: Severity::Sev1,
        },
        E::PhaseChanged {
            from: Phase::Assess,
            to: Phase::Mitigate,
        },
        E::StartedAtChanged { started_at: now },
        E::RoleAssigned {
            role: Role::Lead(MARK.to_owned()),
            person: person(),
            from: None,
        },
        E::RoleHandedOver {
            role: Role::Comms,
            from: person(),
            to: person(),
            reason: mark("handover"),
        },
        E::CommandTaken {
            from: person(),
            to: person(),
            reason: mark("force"),
        },
        E::RoleReleased {
            role: Role::Comms,
            person: person(),
        },
        E::Reminded {
            clock: ClockKind::Sitrep,
            due_at: now,
            person: person(),
        },
        E::Snoozed {
            clock: ClockKind::Sitrep,
            until: now,
            reason: mark("snooze"),
        },
        E::Joined { person: person() },
        E::Left { person: person() },
        E::Noted { text: mark("note") },
        E::UpdateRequested {
            question: Some(mark("question")),
        },
        E::Linked {
            url: format!("https://{MARK}.example/"),
            title: mark("link"),
        },
        E::ComponentsAffected {
            components: affected(),
        },
        E::SilenceDecided {
            reason: mark("silence"),
        },
        E::SitrepSent {
            sitrep: Sitrep {
                version: 1,
                headline: Some(mark("headline")),
                situation: mark("situation"),
                impact: mark("impact"),
                hypothesis: mark("hypothesis"),
                confidence: Confidence::Likely,
                needs: mark("needs"),
                next_sitrep_by: None,
                auto: Auto {
                    people: mark("people"),
                    customers: mark("told"),
                    promises: mark("due"),
                    links: mark("links"),
                },
                summary: mark("summary"),
            },
        },
        E::PublicUpdatePublished {
            update: PublicUpdate {
                id: "1-1".to_owned(),
                state: PublicState::Identified,
                message: "Customers may read this.".to_owned(),
                components: affected(),
                next_update_by: None,
                impact: None,
            },
        },
        E::Resolved { resolved_at: now },
        E::Reopened {
            reason: mark("reopened"),
            to: Phase::Mitigate,
            resolved_at: Some(now),
        },
        E::Cancelled {
            reason: mark("cancelled"),
        },
        E::Merged {
            into: Number(9_999),
        },
        E::Closed {},
    ];
    for event in &events {
        match event {
            // A beginning is made by the tests themselves.
            E::Declared { .. } | E::Imported { .. } => {}
            E::TitleChanged { .. }
            | E::PublicTitleChanged { .. }
            | E::SeverityChanged { .. }
            | E::PhaseChanged { .. }
            | E::Resolved { .. }
            | E::Closed {}
            | E::Cancelled { .. }
            | E::Merged { .. }
            | E::Reopened { .. }
            | E::StartedAtChanged { .. }
            | E::RoleAssigned { .. }
            | E::RoleHandedOver { .. }
            | E::CommandTaken { .. }
            | E::RoleReleased { .. }
            | E::Reminded { .. }
            | E::Snoozed { .. }
            | E::Joined { .. }
            | E::Left { .. }
            | E::Noted { .. }
            | E::UpdateRequested { .. }
            | E::Linked { .. }
            | E::ComponentsAffected { .. }
            | E::SilenceDecided { .. }
            | E::SitrepSent { .. }
            | E::PublicUpdatePublished { .. } => {}
        }
    }
    events
}

fn hidden_id() -> ComponentId {
    ComponentId::new(format!("{MARK}-component"))
}

/// A component that is not on the page, every word of it marked.
fn hidden() -> HouseChange {
    HouseChange::PutComponent {
        component: Component {
            id: hidden_id(),
            name: mark("component"),
            group: mark("group"),
            description: mark("description"),
            hidden: true,
        },
        place: None,
    }
}

fn domain_now(site: &Site) -> domain::time::Time {
    server::clock::Clock::now(&*site.clock)
}

fn declared(kind: Kind, site: &Site, ic: &domain::PersonRef) -> E {
    E::Declared {
        title: mark("declared"),
        severity: Severity::Unset,
        kind,
        summary: Some(mark("first sentence")),
        started_at: domain_now(site),
        ic: Some(ic.id.clone()),
    }
}

/// Every public page there is, as one text.
async fn public_bytes(site: &Site) -> String {
    let mut all = String::new();
    for path in [
        "/status",
        "/status/history",
        "/status/history?month=2026-11",
        "/status/incidents/1",
        "/status/incidents/2",
        "/status/incidents/3",
        "/status/nothing-here",
    ] {
        let page = site.get(path).await;
        all.push_str(&page.html);
        for value in page.headers.values() {
            all.push_str(value.to_str().unwrap_or_default());
        }
    }
    all
}

#[tokio::test]
async fn nothing_of_the_inside_is_in_any_public_byte() {
    let site = Site::new().await;
    let ines = site.person(MARK, &mark("person")).await;
    let api = site.component("API", "").await;
    site.change(hidden()).await;
    let mut line = Line::open(&site, "/status/live", None).await;
    let incident = site
        .happen(None, Some(&ines), vec![declared(Kind::Live, &site, &ines)])
        .await;
    site.happen(Some(&incident), Some(&ines), everything(&site, &ines, &api))
        .await;
    site.later(1);
    let mut bytes = public_bytes(&site).await;
    let mut told = false;
    while !told {
        let frame = line.next().await.expect("the word in the stream");
        told = frame.data["update"]["message"] == "Customers may read this.";
        bytes.push_str(&frame.raw);
    }
    assert!(
        bytes.contains("Customers may read this.") && bytes.contains("API requests fail"),
        "what is public is there"
    );
    assert!(!bytes.contains(MARK), "an internal text leaked");
}

#[tokio::test]
async fn a_drill_and_an_incident_without_a_word_are_nowhere() {
    let site = Site::new().await;
    let ines = site.person("ines", "Ines Alder").await;
    let api = site.component("API", "").await;
    let drill = site
        .happen(None, Some(&ines), vec![declared(Kind::Drill, &site, &ines)])
        .await;
    // Even a drill that was made to say something: the rules refuse it, and the public side must not need them to.
    site.happen(Some(&drill), Some(&ines), everything(&site, &ines, &api))
        .await;
    site.happen(None, Some(&ines), vec![declared(Kind::Live, &site, &ines)])
        .await;
    site.later(1);
    let bytes = public_bytes(&site).await;
    assert!(
        !bytes.contains("Customers may read this."),
        "a drill reached customers"
    );
    assert!(!bytes.contains(MARK));
    assert_eq!(site.get("/status/incidents/1").await.status, 404);
    assert_eq!(site.get("/status/incidents/2").await.status, 404);
}

#[tokio::test]
async fn what_happens_inside_does_not_even_show_as_a_number() {
    // Behind a hub, which decides what the public side wakes for.
    let site = Site::behind_a_hub().await;
    let api = site.component("API", "").await;
    let position = async |words: &str| {
        for _ in 0..200 {
            let page = site.get("/status").await;
            if page.text().contains(words) {
                let position: i64 = page.between("data-position=\"", "\"").parse().expect("one");
                return position;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("{words} is not on the page");
    };
    let before = position("API").await;
    let mut line = Line::open(&site, &format!("/status/live?after={before}"), None).await;
    line.next().await.expect("a greeting");

    // A person, a component that nobody sees and another place for it, settings of the inside, an incident without a word.
    let ines = site.person("ines", "Ines Alder").await;
    site.change(hidden()).await;
    site.change(HouseChange::OrderComponents(vec![hidden_id(), api.clone()]))
        .await;
    let mut settings = Settings::default();
    settings.internal_words.push(MARK.to_owned());
    site.change(HouseChange::PutSettings(Box::new(settings.clone())))
        .await;
    site.happen(None, Some(&ines), vec![declared(Kind::Live, &site, &ines)])
        .await;
    site.change(HouseChange::RemoveComponent(hidden_id())).await;
    site.reached().await;
    site.later(1);
    assert_eq!(position("API").await, before);

    // What customers see comes next, and says nothing of what was between.
    settings.organisation = "Alder Works".to_owned();
    let bo = Person {
        id: PersonId::new("p-bo"),
        handle: "bo".to_owned(),
        name: "Bo Lind".to_owned(),
        email: None,
        role: AccountRole::Reader,
        service: false,
        active: true,
    };
    // Both wait for the writer, which takes them together; the number is that of what customers see.
    tokio::join!(
        site.change(HouseChange::PutSettings(Box::new(settings))),
        site.change(HouseChange::PutPerson(bo)),
    );
    let changed = *site.store.head().borrow() - 1;
    let frame = line.next().await.expect("news");
    assert_eq!((frame.id, &frame.data["kind"]), (changed, &"page".into()));
    site.reached().await;
    assert_eq!(position("Alder Works").await, changed);
}

//! Every internal field carries a marker word, and every public byte is searched for it.

use crate::every::{self, Every};
use crate::live::Line;
use crate::site::Site;
use domain::incident::{Blanking, IncidentEvent as E, PublicUpdate};
use domain::maintenance::Plan;
use domain::secret::BLANK;
use domain::{
    AccountRole, Component, ComponentId, Kind, Maintenance, Number, Person, PersonId, PublicState,
    Settings, Severity,
};
use server::http::status::{Assets, WithoutInside};
use server::store::{HouseChange, Redact};
use std::sync::Arc;
use std::time::Duration;

/// Stands in every text that must stay inside, and nowhere else.
const MARK: &str = "xyzzymark";
/// Where the site says that it is.
const BASE: &str = "https://muster.test";
/// So many pages and documents of [`public_bytes`] are there.
const KEPT: usize = 20;

fn mark(place: &str) -> String {
    format!("{MARK} {place}")
}

/// One of every kind of event, each free text marked unless it is for customers.
fn everything(site: &Site, ines: &domain::PersonRef, api: &domain::ComponentId) -> Vec<E> {
    let public = |place: &str| match place {
        "public title" => "API requests fail".to_owned(),
        _ => "Customers may read this.".to_owned(),
    };
    every::after_a_beginning(&Every {
        now: domain_now(site),
        person: ines.id.clone(),
        components: vec![api.clone(), hidden_id()],
        lead: MARK.to_owned(),
        inside: &mark,
        public: &public,
    })
}

fn hidden_id() -> ComponentId {
    ComponentId::new(format!("{MARK}-component"))
}

/// A component that is not on the page, every word of it marked.
fn hidden() -> HouseChange {
    HouseChange::PutComponent {
        component: Component {
            group: mark("group"),
            description: mark("description"),
            hidden: true,
            ..Component::new(hidden_id(), mark("component"))
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
    let pages = [
        "/status",
        "/status/history",
        "/status/history/2026-11",
        "/status/incidents/1",
        "/status/incidents/2",
        "/status/incidents/3",
        "/status/maintenance/1",
        "/status/nothing-here",
        "/calendar.ics",
        "/history.atom",
        "/history.rss",
        "/feed.json",
        "/api/v3/current-status",
        "/api/v3/issues",
        "/api/v4/current-status",
        "/api/v4/incidents",
        "/status.txt",
        "/llms.txt",
        "/status/embed",
        "/status/embed.json",
        "/status/llms.txt",
        "/badge.svg",
    ];
    let documents = crate::statuspage_api::DOCUMENTS.map(|name| format!("/api/v2/{name}"));
    let incidents = ["1", "2", "3"].map(|number| {
        let code = domain::status::code("incident", number);
        format!("/api/v2/incidents/{code}.json")
    });
    let component = domain::status::code("component", "API");
    let beside = ["history.atom", "history.rss", "feed.json"].into_iter();
    let beside = beside.flat_map(|name| {
        let incidents = [1, 2, 3].map(|number| format!("/status/incidents/{number}/{name}"));
        let component = format!("/status/components/{component}/{name}");
        incidents.into_iter().chain([component])
    });
    let pages = pages.map(str::to_owned).into_iter();
    let pages = pages.chain(beside).chain([
        format!("/status/components/{component}"),
        format!("/status/components/{component}/calendar.ics"),
    ]);
    let pages = pages.chain(crate::languages::in_each(&[
        "",
        "/history",
        "/history/2026-11",
        "/incidents/1",
        "/incidents/2",
        "/incidents/3",
        "/maintenance/1",
        "/nothing-here",
        "/embed",
        "/embed.json",
    ]));
    for path in pages.chain(documents).chain(incidents) {
        let page = site.get(&path).await;
        all.push_str(&page.html);
        for value in page.headers.values() {
            all.push_str(value.to_str().unwrap_or_default());
        }
    }
    all
}

/// A maintenance of somebody, which takes down what is hidden too.
async fn plan(site: &Site, owner: &domain::PersonRef, api: &ComponentId) {
    let now = domain_now(site);
    let plan = Plan {
        title: "Customers may read this plan".to_owned(),
        components: vec![api.clone(), hidden_id()],
        from: now,
        to: now + chrono::TimeDelta::hours(1),
        starts_itself: true,
        ends_itself: true,
        remind_before: Some(30),
        repeat: None,
    };
    let one = Maintenance::schedule(plan, "Soon.", Some(owner.id.clone()), now);
    let change = HouseChange::PutMaintenance {
        maintenance: Box::new(one.expect("a plan")),
        key: Some(mark("key")),
        next: None,
    };
    site.change(change).await;
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
    plan(&site, &ines, &api).await;
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
async fn nothing_of_the_inside_is_in_what_a_public_side_alone_keeps_on_disk() {
    let site = Site::new().await;
    let ines = site.person(MARK, &mark("person")).await;
    let api = site.component("API", "").await;
    site.change(hidden()).await;
    let incident = site
        .happen(None, Some(&ines), vec![declared(Kind::Live, &site, &ines)])
        .await;
    site.happen(Some(&incident), Some(&ines), everything(&site, &ines, &api))
        .await;
    plan(&site, &ines, &api).await;
    let folder = site.folder.file("mark", b"").with_file_name("kept");
    let alone = WithoutInside::open(folder.clone()).expect("a folder");
    let assets = Assets {
        css: "/pkg/status.css".to_owned(),
        js: "/pkg/status.js".to_owned(),
    };
    let (store, clock) = (Arc::clone(&site.store), site.clock.clone());
    let serving = alone.serve(store, clock, BASE.to_owned(), assets, site.stop.clone());
    let site = Site {
        router: serving.await.expect("it serves").0,
        ..site
    };
    let asked = public_bytes(&site).await;
    assert!(asked.contains("Customers may read this plan"));
    let kept = || {
        let files = std::fs::read_dir(&folder).expect("a folder");
        let files = files.map(|file| std::fs::read_to_string(file.expect("a file").path()));
        files.filter_map(Result::ok).collect::<Vec<_>>()
    };
    // Written behind our back: every page and document that is there was asked for once.
    while kept().len() < KEPT {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let bytes = kept().concat();
    assert!(bytes.contains("Customers may read this plan"));
    // The id of a hidden component stands there; it is made by chance and no word of anybody's.
    let bytes = bytes.replace(hidden_id().as_str(), "");
    assert!(!bytes.contains(MARK), "an internal text was kept");
}

#[tokio::test]
async fn what_was_redacted_does_not_come_back_when_the_store_fails() {
    let site = Site::behind_a_hub().await;
    let ines = site.person("ines", "Ines Alder").await;
    let incident = site
        .happen(None, Some(&ines), vec![declared(Kind::Live, &site, &ines)])
        .await;
    let word = |message: String| E::PublicUpdatePublished {
        update: PublicUpdate {
            source: None,
            id: "1-1".to_owned(),
            state: PublicState::Identified,
            message,
            components: Vec::new(),
            next_update_by: None,
            impact: None,
        },
    };
    site.happen(Some(&incident), Some(&ines), vec![word(mark("word"))])
        .await;
    site.reached().await;
    let pages = ["/status", "/status/incidents/1"];
    for path in pages {
        assert!(site.get(path).await.html.contains(MARK), "{path}");
    }
    let redact = Redact {
        number: Number(1),
        expected: 2,
        by: Some(ines.clone()),
        recorded_at: domain_now(&site),
        blanking: Blanking {
            events: vec![(2, word(BLANK.to_owned()))],
            told: Vec::new(),
            redacted: E::Redacted {
                versions: vec![2],
                reason: "a key".to_owned(),
                public: true,
            },
        },
        secret: None,
    };
    site.store.redact(redact).await.expect("redacted");
    site.reached().await;
    // The last good pages go on when the store fails, but not those.
    site.store.close().await;
    for path in pages {
        assert!(!site.get(path).await.html.contains(MARK), "{path}");
    }
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

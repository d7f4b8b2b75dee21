//! What others show of a page: it is there, it is true, and nothing that people write gets out of it.

use crate::pages::said;
use crate::site::{Page, Site};
use domain::incident::IncidentEvent as E;
use domain::maintenance::Plan;
use domain::{ComponentStatus, Kind, Maintenance, PublicState, Settings, Severity};
use serde_json::{Value, json};
use server::clock::Clock;
use server::store::HouseChange;

/// Ends scripts, comments and attributes, and begins new ones.
const HOSTILE: &str = "</script><script>alert(1)</script><!-- \" ' ]]> \\ \u{2028} & <b>";

/// What the page says to search engines, by the type.
fn thing(page: &Page, kind: &str) -> Value {
    assert_eq!(page.html.matches("application/ld+json").count(), 1);
    let data = page.between("<script type=\"application/ld+json\">", "</script>");
    let data: Value = serde_json::from_str(data).unwrap_or_else(|e| panic!("{e}: {data}"));
    assert_eq!(data["@context"], "https://schema.org");
    let graph = data["@graph"].as_array().expect("a graph");
    let found = graph.iter().find(|thing| thing["@type"] == kind);
    found
        .unwrap_or_else(|| panic!("no {kind} in {data}"))
        .clone()
}

/// What a page says under a name of `OpenGraph`, as it is written.
fn property<'a>(page: &'a Page, name: &str) -> &'a str {
    page.between(&format!("property=\"{name}\" content=\""), "\"")
}

async fn named(site: &Site, organisation: &str) {
    let settings = Settings {
        organisation: organisation.to_owned(),
        ..Settings::default()
    };
    site.change(HouseChange::PutSettings(Box::new(settings)))
        .await;
}

async fn hostile() -> Site {
    let site = Site::new().await;
    named(&site, HOSTILE).await;
    let api = site.component(HOSTILE, HOSTILE).await;
    let now = Clock::now(&*site.clock);
    let declared = E::Declared {
        title: "inside".to_owned(),
        severity: Severity::Unset,
        kind: Kind::Live,
        summary: None,
        started_at: now,
        ic: None,
    };
    let title = E::PublicTitleChanged {
        title: HOSTILE.to_owned(),
    };
    let down = [(&api, ComponentStatus::PartialOutage)];
    let word = said(PublicState::Investigating, HOSTILE, &down, None);
    site.happen(None, None, vec![declared, title, word]).await;
    let plan = Plan {
        title: HOSTILE.to_owned(),
        components: vec![api],
        from: now + chrono::TimeDelta::hours(1),
        to: now + chrono::TimeDelta::hours(2),
        starts_itself: true,
        ends_itself: true,
        remind_before: None,
        repeat: None,
    };
    let one = Maintenance::schedule(plan, HOSTILE, None, now).expect("a plan");
    let change = HouseChange::PutMaintenance {
        maintenance: Box::new(one),
        key: None,
        next: None,
    };
    site.change(change).await;
    site.later(1);
    site
}

#[tokio::test]
async fn hostile_texts_stay_texts() {
    let site = hostile().await;
    let code = site.directory().await.components[0].code();
    for path in [
        "/status",
        "/status/ja",
        "/status/history",
        "/status/incidents/1",
        "/status/maintenance/1",
        &format!("/status/de/components/{code}"),
    ] {
        let page = site.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        // Ours and its data, and no other.
        assert_eq!(page.html.matches("<script").count(), 2, "{path}");
        assert_eq!(page.html.matches("</script>").count(), 2, "{path}");
        assert!(!page.html.contains("<script>"), "{path}");
        let data = page.between("application/ld+json\">", "</script>");
        assert!(!data.contains(['<', '>', '&']), "{path}: {data}");
        let graph: Value = serde_json::from_str(data).expect("JSON");
        assert!(graph["@graph"].is_array(), "{path}");
    }
    // What was written is what is read.
    let incident = site.get("/status/incidents/1").await;
    let article = thing(&incident, "Article");
    let written = site.store.public_incident(domain::Number(1)).await;
    let written = written.expect("the store").expect("an incident").title;
    assert_eq!(article["headline"], json!(written));
    let organisation = &article["publisher"]["name"];
    assert_eq!(
        *organisation,
        json!(site.directory().await.settings.organisation)
    );
}

#[tokio::test]
async fn each_page_says_what_it_is() {
    let site = Site::new().await;
    named(&site, "Alder Works").await;
    let api = site.component("API", "").await;
    let down = [(&api, ComponentStatus::PartialOutage)];
    let words = "Some *requests* fail.";
    let events = vec![
        crate::pages::declared(Kind::Live),
        said(PublicState::Identified, words, &down, None),
    ];
    site.happen(None, None, events).await;

    let front = site.get("/status/de").await;
    let page = thing(&front, "WebPage");
    let url = "https://muster.test/status/de";
    assert_eq!(
        (&page["url"], &page["inLanguage"]),
        (&json!(url), &json!("de"))
    );
    assert_eq!(page["publisher"]["name"], "Alder Works");
    for (name, content) in [
        ("og:url", url),
        ("og:type", "website"),
        ("og:site_name", "Alder Works Status"),
        ("og:locale", "de_DE"),
    ] {
        assert_eq!(property(&front, name), content, "{name}");
    }
    assert_eq!(front.html.matches("og:locale:alternate").count(), 5);
    let about = property(&front, "og:description").to_owned();
    let description = front.between("<meta name=\"description\" content=\"", "\"");
    assert_eq!(about, description);
    assert!(about.ends_with("aktueller Stand, Vorfälle und geplante Wartungen."));
    assert!(!front.html.contains("og:image"), "there is none");

    let incident = site.get("/status/incidents/1").await;
    let article = thing(&incident, "Article");
    assert_eq!(article["headline"], "Incident with API");
    assert_eq!(article["datePublished"], "2026-11-17T14:27:00Z");
    assert_eq!(article["dateModified"], "2026-11-17T14:27:00Z");
    assert_eq!(article["description"], "Some requests fail.");
    assert_eq!(property(&incident, "og:type"), "article");
    assert_eq!(
        property(&incident, "article:published_time"),
        "2026-11-17T14:27:00+00:00"
    );
    let way = thing(&incident, "BreadcrumbList");
    assert_eq!(
        way["itemListElement"][0]["item"],
        "https://muster.test/status"
    );
    let missing = site.get("/status/incidents/7").await;
    assert!(!missing.html.contains("og:") && !missing.html.contains("ld+json"));
}

#[tokio::test]
async fn a_maintenance_is_an_event_with_its_window() {
    let site = hostile().await;
    let page = site.get("/status/maintenance/1").await;
    let event = thing(&page, "Event");
    for (name, value) in [
        ("startDate", "2026-11-17T15:27:00Z"),
        ("endDate", "2026-11-17T16:27:00Z"),
        ("eventStatus", "https://schema.org/EventScheduled"),
    ] {
        assert_eq!(event[name], value, "{name}");
    }
    assert_eq!(
        event["location"]["url"],
        "https://muster.test/status/maintenance/1"
    );
}

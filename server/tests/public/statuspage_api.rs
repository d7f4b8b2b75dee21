//! Statuspage's public API, in the shape that strict clients read.

use crate::pages::{declared, said};
use crate::site::{Page, Site, at};
use domain::status::{PublicIncident, code};
use domain::{ComponentId, ComponentStatus, Kind, Number, PublicState};
use http::StatusCode;
use serde_json::{Value, json};

/// Everything that a tool may ask for.
pub const DOCUMENTS: [&str; 8] = [
    "summary.json",
    "status.json",
    "components.json",
    "incidents.json",
    "incidents/unresolved.json",
    "scheduled-maintenances.json",
    "scheduled-maintenances/upcoming.json",
    "scheduled-maintenances/active.json",
];

async fn text(site: &Site, path: &str) -> String {
    let page = site.get(path).await;
    assert_eq!(page.status, 200, "{path}: {}", page.html);
    assert_eq!(
        header(&page, "content-type"),
        "application/json; charset=utf-8"
    );
    assert_eq!(header(&page, "access-control-allow-origin"), "*");
    assert!(header(&page, "cache-control").contains("stale-if-error=3600"));
    page.html
}

fn header<'a>(page: &'a Page, name: &str) -> &'a str {
    page.headers[name].to_str().expect("ascii")
}

async fn document(site: &Site, path: &str) -> Value {
    serde_json::from_str(&text(site, path).await).expect("JSON")
}

async fn public(site: &Site, number: i64) -> PublicIncident {
    let incident = site.store.public_incident(Number(number)).await;
    incident.expect("the store").expect("public")
}

#[tokio::test]
async fn a_quiet_page_is_written_to_the_letter() {
    let site = Site::new().await;
    let page = code("page", "https://muster.test/status");
    let head = format!(
        r#"{{"page":{{"id":"{page}","name":"Our service","url":"https://muster.test/status","time_zone":"Etc/UTC","updated_at":"1970-01-01T00:00:00.000Z"}}"#
    );
    let status = r#""status":{"indicator":"none","description":"All Systems Operational"}"#;
    assert_eq!(
        text(&site, "/api/v2/status.json").await,
        format!("{head},{status}}}")
    );
    assert_eq!(
        text(&site, "/status/api/v2/summary.json").await,
        format!(r#"{head},"components":[],"incidents":[],"scheduled_maintenances":[],{status}}}"#)
    );
    for path in DOCUMENTS {
        let text = text(&site, &format!("/api/v2/{path}")).await;
        assert!(text.starts_with(&head) && !text.contains("[null"), "{text}");
    }
}

#[tokio::test]
async fn components_stand_in_one_list_with_their_groups() {
    let site = Site::new().await;
    site.component("Site", "").await;
    let api = site.component("API", "Europe").await;
    site.component("Mail", "Europe").await;
    site.component("Phone", "").await;
    let down = [(&api, ComponentStatus::PartialOutage)];
    let events = vec![
        declared(Kind::Live),
        said(PublicState::Investigating, "Some fail.", &down, None),
    ];
    site.happen(None, None, events).await;
    let text = text(&site, "/api/v2/components.json").await;
    let page = code("page", "https://muster.test/status");
    let (id, group) = (code("component", "API"), code("group", "Europe"));
    let at = "2026-11-17T14:27:00.000Z";
    let row = format!(
        r#"{{"id":"{id}","name":"API","status":"partial_outage","created_at":"{at}","updated_at":"{at}","position":1,"description":null,"showcase":true,"start_date":null,"group_id":"{group}","page_id":"{page}","group":false,"only_show_if_degraded":false}}"#
    );
    assert!(text.contains(&row), "{row}\nin\n{text}");
    let mail = code("component", "Mail");
    let row = format!(
        r#"{{"id":"{group}","name":"Europe","status":"partial_outage","created_at":"{at}","updated_at":"{at}","position":2,"description":null,"showcase":false,"start_date":null,"group_id":null,"page_id":"{page}","group":true,"only_show_if_degraded":false,"components":["{id}","{mail}"]}}"#
    );
    assert!(text.contains(&row), "{row}\nin\n{text}");
    let all: Value = serde_json::from_str(&text).expect("JSON");
    let places: Vec<_> = all["components"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| {
            (
                row["name"].as_str().expect("a name"),
                row["position"].as_i64().expect("one"),
            )
        })
        .collect();
    let expected = [
        ("Site", 1),
        ("API", 1),
        ("Europe", 2),
        ("Mail", 2),
        ("Phone", 3),
    ];
    assert_eq!(places.len(), expected.len());
    for place in expected {
        assert!(places.contains(&place), "{place:?} in {places:?}");
    }
    assert!(
        places.is_sorted_by_key(|(_, position)| *position),
        "{places:?}"
    );
}

#[tokio::test]
async fn an_incident_tells_what_each_word_changed_and_ends_what_it_did() {
    let site = Site::new().await;
    let api = site.component("API", "Europe").await;
    let slow = [(&api, ComponentStatus::DegradedPerformance)];
    let down = [(&api, ComponentStatus::MajorOutage)];
    let events = vec![
        declared(Kind::Live),
        said(PublicState::Identified, "Slow, then *down*.", &slow, None),
    ];
    let begun = site.happen(None, None, events).await;
    site.later(2);
    let worse = said(PublicState::Update, "Down.", &down, None);
    let begun = site.happen(Some(&begun), None, vec![worse]).await;
    let id = public(&site, 1).await.code();
    assert_eq!(id, code("incident", "1"));

    let open = text(&site, "/api/v2/incidents/unresolved.json").await;
    let shape = format!(
        r#""incidents":[{{"id":"{id}","name":"Incident with API","status":"identified","created_at":"2026-11-17T14:27:00.000Z","updated_at":"2026-11-17T14:29:00.000Z","monitoring_at":null,"resolved_at":null,"impact":"critical","shortlink":"https://muster.test/status/incidents/1","started_at":"2026-11-17T13:31:00.000Z","page_id":"#
    );
    assert!(open.contains(&shape), "{shape}\nin\n{open}");
    let (word, component) = (code("update", "1-2"), code("component", "API"));
    let shape = format!(
        r#""incident_updates":[{{"id":"{word}","status":"identified","body":"Down.","incident_id":"{id}","created_at":"2026-11-17T14:29:00.000Z","updated_at":"2026-11-17T14:29:00.000Z","display_at":"2026-11-17T14:29:00.000Z","affected_components":[{{"code":"{component}","name":"Europe - API","old_status":"degraded_performance","new_status":"major_outage"}}],"deliver_notifications":true,"custom_tweet":null,"tweet_id":null}},"#
    );
    assert!(open.contains(&shape), "{shape}\nin\n{open}");
    assert!(!open.contains("db-7"), "the internal title stays inside");
    let summary = document(&site, "/api/v2/summary.json").await;
    assert_eq!(summary["status"]["indicator"], "critical");
    assert_eq!(
        summary["incidents"][0]["components"][0]["id"],
        json!(component)
    );

    site.later(3);
    let watched = said(PublicState::Monitoring, "It seems well.", &[], None);
    let over = said(PublicState::Resolved, "It is over.", &[], None);
    site.happen(Some(&begun), None, vec![watched, over]).await;
    let one = document(&site, &format!("/api/v2/incidents/{id}.json")).await;
    let one = &one["incident"];
    assert_eq!(one["status"], "resolved");
    assert_eq!(one["monitoring_at"], "2026-11-17T14:32:00.000Z");
    assert_eq!(one["resolved_at"], "2026-11-17T14:32:00.000Z");
    assert_eq!(
        one["incident_updates"][0]["affected_components"],
        json!([{"code": component, "name": "Europe - API", "old_status": "major_outage", "new_status": "operational"}])
    );
    for (path, count) in [
        ("summary", 0),
        ("incidents/unresolved", 0),
        ("incidents", 1),
    ] {
        let all = document(&site, &format!("/api/v2/{path}.json")).await;
        assert_eq!(
            all["incidents"].as_array().expect("a list").len(),
            count,
            "{path}"
        );
    }
}

#[tokio::test]
async fn times_are_written_in_the_zone_of_the_page() {
    let site = Site::new().await;
    let mut settings = site.directory().await.settings;
    settings.time_zone = "America/Denver".to_owned();
    site.change(server::store::HouseChange::PutSettings(Box::new(settings)))
        .await;
    let events = vec![
        declared(Kind::Live),
        said(PublicState::Investigating, "Some fail.", &[], None),
    ];
    site.happen(None, None, events).await;
    let all = document(&site, "/api/v2/incidents.json").await;
    assert_eq!(all["page"]["time_zone"], "America/Denver");
    assert_eq!(all["page"]["updated_at"], "2026-11-17T07:27:00.000-07:00");
    assert_eq!(
        all["incidents"][0]["started_at"],
        "2026-11-17T06:31:00.000-07:00"
    );
    assert_eq!(all["incidents"][0]["status"], "investigating");
    let status = document(&site, "/api/v2/status.json").await;
    let minor = json!({"indicator": "minor", "description": "Partially Degraded Service"});
    assert_eq!(status["status"], minor, "somebody works on something");
    assert_eq!(
        at("14:27"),
        public(&site, 1).await.created_at.expect("told")
    );
}

#[tokio::test]
async fn what_there_is_not_is_said_as_tools_read_it() {
    let site = Site::new().await;
    for path in [
        "nothing.json",
        "incidents/abc.json",
        "incidents/zzzzzzzzzzzz.json",
        "incidents/ZZZZZZZZZZZZ.json",
        "../v1/incidents",
        "summary.json/",
    ] {
        let page = site.get(&format!("/api/v2/{path}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        let body: Value = serde_json::from_str(&page.html).expect("JSON");
        assert!(
            body["error"]
                .as_str()
                .expect("words")
                .contains("summary.json"),
            "{path}"
        );
        assert_eq!(header(&page, "cache-control"), "public, max-age=10");
    }
    // A drill is nobody's business.
    let id = ComponentId::new("x");
    let drill = vec![
        declared(Kind::Drill),
        said(
            PublicState::Investigating,
            "Only a drill.",
            &[(&id, ComponentStatus::MajorOutage)],
            None,
        ),
    ];
    site.happen(None, None, drill).await;
    let code = code("incident", "1");
    let page = site.get(&format!("/api/v2/incidents/{code}.json")).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn old_links_lead_to_the_incident() {
    let site = Site::new().await;
    let events = vec![
        declared(Kind::Live),
        said(PublicState::Investigating, "Some fail.", &[], None),
    ];
    site.happen(None, None, events).await;
    let code = code("incident", "1");
    let outside = server::http::status::alone(site.router.clone());
    let to = async |router: &axum::Router, path: &str| {
        let request = http::Request::get(path).body(axum::body::Body::empty());
        let answer = tower::ServiceExt::oneshot(router.clone(), request.expect("a request"));
        let answer = answer.await.expect("an answer");
        answer.headers()["location"]
            .to_str()
            .expect("ascii")
            .to_owned()
    };
    let path = format!("/status/incidents/{code}");
    assert_eq!(to(&site.router, &path).await, "/status/incidents/1");
    assert_eq!(to(&outside, &format!("/incidents/{code}")).await, path);
    assert_eq!(to(&outside, "/history").await, "/status/history");
    assert_eq!(
        site.get("/status/incidents/zzzzzzzzzzzz").await.status,
        StatusCode::NOT_FOUND
    );
}

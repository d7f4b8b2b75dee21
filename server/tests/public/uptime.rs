//! The last days of components, and what their uptime is made of.

use crate::pages::{declared, said};
use crate::site::Site;
use domain::status::code;
use domain::{ComponentId, ComponentStatus, Kind, PublicState};
use http::StatusCode;
use serde_json::{Value, json};

/// The API was down from 13:31 until 14:29, an hour less two minutes; the clock says 14:30.
async fn an_hour_down(site: &Site) -> ComponentId {
    let api = site.component("API", "").await;
    let down = [(&api, ComponentStatus::MajorOutage)];
    let events = vec![
        declared(Kind::Live),
        said(PublicState::Identified, "It is down.", &down, None),
    ];
    let begun = site.happen(None, None, events).await;
    site.later(2);
    let over = said(PublicState::Resolved, "It is over.", &[], None);
    site.happen(Some(&begun), None, vec![over]).await;
    site.later(1);
    api
}

#[tokio::test]
async fn the_page_shows_each_day_and_what_was_lost() {
    let site = Site::new().await;
    an_hour_down(&site).await;
    let front = site.get("/status").await;
    assert_eq!(
        front.html.matches("class=\"bars\"").count(),
        1,
        "{}",
        front.html
    );
    assert_eq!(
        front
            .html
            .matches("<li aria-hidden=\"true\" class=\"u\"></li>")
            .count(),
        89
    );
    assert!(
        front
            .html
            .contains("<li class=\"d\"><b>17 Nov, down 58 min, 1 incident</b></li>")
    );

    let path = format!("/status/components/{}", code("component", "API"));
    assert!(front.html.contains(&format!("href=\"{path}\"")));
    let page = site.get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    let text = page.text();
    // Known since 13:31, so it was up for one minute of 59.
    assert!(text.contains("1.69% of 59 min."), "{text}");
    assert!(text.contains("Down 58 min 100%"), "{text}");
    assert!(page.html.contains("href=\"/status/incidents/1\""));
    assert!(!page.html.contains("db-7"));

    let csv = site.get(&format!("{path}/uptime.csv")).await;
    assert_eq!(csv.headers["content-type"], "text/csv; charset=utf-8");
    assert_eq!(csv.html.lines().count(), 91);
    assert!(
        csv.html
            .ends_with("2026-11-17,true,major_outage,3480,1\r\n"),
        "{}",
        csv.html
    );
    let json = site.get(&format!("{path}/uptime.json")).await;
    let json: Value = serde_json::from_str(&json.html).expect("JSON");
    assert_eq!(json["uptime"], json!(1.69));
    assert_eq!(json["counted_seconds"], 59 * 60);
    assert_eq!(
        json["terms"],
        json!([{"incident": 1, "url": "https://muster.test/status/incidents/1", "status": "major_outage", "seconds": 3480, "share": 1.0}])
    );
}

#[tokio::test]
async fn days_are_those_of_the_page() {
    let site = Site::new().await;
    let mut settings = site.directory().await.settings;
    // There it is past midnight.
    settings.time_zone = "Pacific/Auckland".to_owned();
    site.change(server::store::HouseChange::PutSettings(Box::new(settings)))
        .await;
    an_hour_down(&site).await;
    let front = site.get("/status").await;
    assert!(
        front
            .html
            .contains("<b>18 Nov, down 58 min, 1 incident</b>"),
        "{}",
        front.html
    );
}

#[tokio::test]
async fn a_component_that_nobody_may_see_has_no_page() {
    let site = Site::new().await;
    an_hour_down(&site).await;
    let mut hidden = site.directory().await.components[0].clone();
    hidden.hidden = true;
    let change = server::store::HouseChange::PutComponent {
        component: hidden,
        place: None,
    };
    site.change(change).await;
    let path = format!("/status/components/{}", code("component", "API"));
    for path in [
        path.clone(),
        format!("{path}/uptime.csv"),
        "/status/components/x".to_owned(),
    ] {
        assert_eq!(
            site.get(&path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

//! Following a component or an incident, and how each page says where that is.

use crate::pages::said;
use crate::site::Site;
use crate::tools::{header, partly_down};
use domain::PublicState;
use domain::status::code;
use http::StatusCode;
use serde_json::{Value, json};

#[tokio::test]
async fn a_component_and_an_incident_have_feeds_of_their_own() {
    let site = Site::new().await;
    partly_down(&site).await;
    let (api, mail) = (code("component", "API"), code("component", "Mail"));
    for (code, entries) in [(&api, 1), (&mail, 0)] {
        for (name, mark) in [
            ("history.atom", "<entry>"),
            ("history.rss", "<item>"),
            ("feed.json", "content_html"),
            ("calendar.ics", "BEGIN:VEVENT"),
        ] {
            let page = site.get(&format!("/status/components/{code}/{name}")).await;
            assert_eq!(page.status, StatusCode::OK, "{name}");
            let end = name.split('.').next_back().expect("an end");
            let asked = match end {
                "ics" => format!("/calendar.ics?component={code}"),
                _ => format!("/{name}?component={code}"),
            };
            assert_eq!(page.html, site.get(&asked).await.html, "one feed: {asked}");
            assert_eq!(page.html.matches(mark).count(), entries, "{name}");
        }
    }
    let atom = site
        .get(&format!("/status/components/{api}/history.atom"))
        .await;
    for part in [
        format!("<id>tag:muster.test,2005:/history?component={api}</id>"),
        format!("https://muster.test/status/components/{api}/history.atom"),
        "<title>Our service Status - Europe - API - Incident History</title>".to_owned(),
        "<published>2026-11-17T13:31:00+00:00</published>".to_owned(),
    ] {
        assert!(atom.html.contains(&part), "{part}\nin\n{}", atom.html);
    }

    // An incident's feed has an entry for each update, which keeps its name and its time.
    let before = site.get("/status/incidents/1/feed.json").await;
    let before: Value = serde_json::from_str(&before.html).expect("JSON");
    let items = before["items"].as_array().expect("items");
    let updates: Vec<_> = items
        .iter()
        .map(|item| (&item["title"], &item["date_published"], &item["url"]))
        .collect();
    let page = "https://muster.test/status/incidents/1";
    assert_eq!(
        updates,
        [
            (
                &json!("Update: Incident with API"),
                &json!("2026-11-17T14:30:00Z"),
                &json!(format!("{page}#u2"))
            ),
            (
                &json!("Investigating: Incident with API"),
                &json!("2026-11-17T14:27:00Z"),
                &json!(format!("{page}#u1"))
            ),
        ]
    );
    let incident = site.store.incident(domain::Number(1)).await;
    let incident = incident.expect("the store").expect("an incident");
    site.later(5);
    let over = said(PublicState::Resolved, "Over.", &[], None);
    site.happen(Some(&incident), None, vec![over]).await;
    let after = site.get("/status/incidents/1/feed.json").await;
    let after: Value = serde_json::from_str(&after.html).expect("JSON");
    assert_eq!(after["items"].as_array().expect("items")[1..], items[..]);
    for path in ["history.atom", "history.rss", "feed.json"] {
        let feed = site.get(&format!("/status/incidents/1/{path}")).await.html;
        let feed = feed_rs::parser::parse(feed.as_bytes());
        assert_eq!(feed.expect("a feed").entries.len(), 3, "{path}");
    }
    for wrong in [
        "/status/incidents/2/history.atom",
        "/status/incidents/01/history.atom",
        "/status/components/zzzzzzzzzzzz/history.rss",
        "/status/components/API/calendar.ics",
    ] {
        assert_eq!(
            site.get(wrong).await.status,
            StatusCode::NOT_FOUND,
            "{wrong}"
        );
    }
}

#[tokio::test]
async fn a_page_says_how_to_follow_it_and_every_way_is_there() {
    let site = Site::new().await;
    partly_down(&site).await;
    let api = code("component", "API");
    for (path, below, visible) in [
        ("", "/status/", 4),
        ("/history", "/status/", 0),
        (
            &*format!("/components/{api}"),
            &*format!("/status/components/{api}/"),
            4,
        ),
        ("/incidents/1", "/status/incidents/1/", 3),
    ] {
        let page = site.get(&format!("/status/de{path}")).await;
        let (head, body) = page.html.split_once("</head>").expect("a head");
        let mut links = 0;
        for tag in head.split('<').filter(|tag| tag.contains(" title=\"")) {
            let href = tag.split("href=\"").nth(1).expect("an address");
            let href = href.split('"').next().expect("its end");
            assert!(href.starts_with(below), "{href} on {path}");
            let media = tag.split("type=\"").nth(1).expect("a media type");
            let media = media.split('"').next().expect("its end");
            let answer = site.get(href).await;
            assert_eq!(answer.status, StatusCode::OK, "{href}");
            assert!(header(&answer, "content-type").starts_with(media), "{href}");
            links += 1;
        }
        assert_eq!(links, if visible == 3 { 3 } else { 4 }, "{path}");
        let line = body.split("class=\"follow\"").nth(1).unwrap_or_default();
        let line = line.split("</p>").next().unwrap_or_default();
        assert_eq!(line.matches("<a ").count(), visible, "{path}");
    }
}

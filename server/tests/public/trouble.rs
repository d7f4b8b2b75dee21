//! Sizes and requests that nobody planned for.

use crate::pages::{declared, said};
use crate::site::Site;
use domain::{Component, ComponentId, ComponentStatus, IncidentEvent, Kind, PublicState, text};
use http::header::{ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, HOST};
use http::{HeaderName, StatusCode};
use server::store::HouseChange;

/// Every kind of document that has no number in its address.
const DOCUMENTS: [&str; 14] = [
    "/status",
    "/status/history",
    "/api/v2/summary.json",
    "/api/v2/components.json",
    "/api/v2/incidents.json",
    "/api/v2/scheduled-maintenances.json",
    "/api/v3/current-status",
    "/api/v4/current-status",
    "/history.atom",
    "/history.rss",
    "/feed.json",
    "/calendar.ics",
    "/status.txt",
    "/badge.svg",
];

#[tokio::test]
async fn six_hundred_components_stand_on_one_page() {
    let site = Site::new().await;
    let component = |n: usize| Component {
        group: format!("Region {:02}", n / 20),
        place: i64::try_from(n).expect("a small number"),
        ..Component::new(ComponentId::new(format!("c{n}")), format!("Part {n}"))
    };
    site.change(HouseChange::ImportComponents {
        groups: Vec::new(),
        components: (0..600).map(component).collect(),
    })
    .await;
    let all: Vec<ComponentId> = (0..600)
        .map(|n| ComponentId::new(format!("c{n}")))
        .collect();
    let down: Vec<_> = all
        .iter()
        .map(|id| (id, ComponentStatus::MajorOutage))
        .collect();
    let word = said(PublicState::Identified, "Everything is down.", &down, None);
    site.happen(None, None, vec![declared(Kind::Live), word])
        .await;
    for path in DOCUMENTS {
        let page = site.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
    }
    let front = site.get("/status").await;
    for n in [0, 299, 599] {
        let name = format!("Part {n}<");
        assert!(front.html.contains(&name), "{name} is on the page");
    }
    assert!(
        front.html.len() < 600_000,
        "the page has {} bytes: strips of so many days for so many components are not sent",
        front.html.len()
    );
    let summary: serde_json::Value =
        serde_json::from_str(&site.get("/api/v2/summary.json").await.html).expect("JSON");
    let listed = summary["components"].as_array().expect("a list");
    let parts = listed.iter().filter(|one| one["group"] == false);
    assert_eq!(parts.count(), 600);
    let update = &summary["incidents"][0]["incident_updates"][0];
    assert_eq!(
        update["affected_components"].as_array().map(Vec::len),
        Some(600)
    );
}

#[tokio::test]
async fn a_hundred_and_twenty_updates_are_all_there() {
    let site = Site::new().await;
    let first = said(PublicState::Investigating, "Word 1.", &[], None);
    let mut inside = site
        .happen(None, None, vec![declared(Kind::Live), first])
        .await;
    for n in 2..=120 {
        site.later(1);
        let word = said(PublicState::Update, &format!("Word {n}."), &[], None);
        inside = site.happen(Some(&inside), None, vec![word]).await;
    }
    let page = site.get("/status/incidents/1").await;
    for n in [1, 60, 120] {
        assert!(
            page.html.contains(&format!("id=\"u{n}\"")),
            "word {n} has its address"
        );
        assert!(
            page.text().contains(&format!("Word {n}.")),
            "word {n} is there"
        );
    }
    let whole: serde_json::Value =
        serde_json::from_str(&site.get("/api/v2/incidents.json").await.html).expect("JSON");
    let updates = &whole["incidents"][0]["incident_updates"];
    assert_eq!(updates.as_array().map(Vec::len), Some(120));
    assert_eq!(updates[0]["body"], "Word 120.");
    let front = site.get("/status").await.text();
    assert!(front.contains("All 120 updates") && !front.contains("Word 60."));
}

#[tokio::test]
async fn twenty_thousand_characters_are_sent_whole_to_everybody() {
    let site = Site::new().await;
    let mut words = "Schlüssel & <b>„Anführung“</b> ]]> 鍵 ".repeat(600);
    words.truncate(words.floor_char_boundary(text::MESSAGE - 8));
    words.push_str(" THE END");
    let word = said(PublicState::Identified, &words, &[], None);
    site.happen(None, None, vec![declared(Kind::Live), word])
        .await;
    for path in [
        "/status",
        "/status/incidents/1",
        "/api/v2/summary.json",
        "/api/v4/current-status",
        "/history.atom",
        "/history.rss",
        "/feed.json",
        "/calendar.ics",
        "/status.txt",
    ] {
        let page = site.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        // Lines of a calendar are folded.
        let read = page.html.replace("\r\n ", "");
        assert!(read.contains("THE END"), "{path} has it to its end");
        let is_markup = page.html.starts_with('<');
        assert!(
            !is_markup || !read.contains("<b>„"),
            "{path}: what is typed is no markup"
        );
    }
    for path in ["/history.atom", "/history.rss"] {
        let feed = feed_rs::parser::parse(site.get(path).await.html.as_bytes());
        assert_eq!(feed.expect("a feed").entries.len(), 1, "{path}");
    }
}

#[tokio::test]
async fn strange_questions_get_an_answer_or_a_refusal_and_never_a_failure() {
    let site = Site::new().await;
    let word = said(PublicState::Identified, "One word.", &[], None);
    let events: Vec<IncidentEvent> = vec![declared(Kind::Live), word];
    site.happen(None, None, events).await;
    let long = "a".repeat(5000);
    let queries = [
        "%",
        "%00",
        "%ff%fe",
        "page=99999999999999999999",
        "page=-1",
        "page=0",
        "page=%3Cscript%3Ealert(1)%3C/script%3E",
        "limit=-1&limit=0&limit=18446744073709551616",
        "component=%27%3B%20drop%20table%20incident%3B--",
        "component=nobody&impact=minor&impact=nonsense",
        "impact=",
        "lang=xx-XX-%0d%0aSet-Cookie:%20a=b",
        "&&&===&",
        &long,
    ];
    for path in DOCUMENTS {
        for query in queries {
            let page = site.get(&format!("{path}?{query}")).await;
            let status = page.status;
            assert!(!status.is_server_error(), "{path}?{query}: {status}");
            assert!(!page.html.contains("<script>alert"), "{path}?{query}");
            assert!(!page.headers.contains_key("set-cookie"), "{path}?{query}");
        }
    }
    let headers: [(HeaderName, &str); 9] = [
        (ACCEPT, "text/html;q=banana, */*;q=-1,,,"),
        (ACCEPT, "application/x-nothing"),
        (ACCEPT_ENCODING, "gzip;q=0, br;q=0, identity;q=0"),
        (ACCEPT_ENCODING, "br;q=1.0000001, *;q=NaN"),
        (ACCEPT_LANGUAGE, "xx, *;q=0.5, -, de-----, ja;q=2"),
        (ACCEPT_LANGUAGE, "*"),
        (HOST, "nobody.example"),
        (HOST, "\u{e9}.example:99999"),
        (HOST, ""),
    ];
    for path in DOCUMENTS {
        for (name, value) in &headers {
            let answer = site.ask(path, Some((name.clone(), value))).await;
            let status = answer.status();
            assert!(
                !status.is_server_error(),
                "{path} with {name}: {value}: {status}"
            );
            assert_eq!(status, StatusCode::OK, "{path} with {name}: {value}");
        }
    }
    for path in [
        "/status/incidents/0",
        "/status/incidents/-1",
        "/status/incidents/1%00",
        "/status/maintenance/9223372036854775808",
        "/status/components/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/status/..%2f..%2fmuster.db",
        "/status/history/2026-11-17",
        "/status/history/%F0%9F%92%A3",
        "/api/v2/incidents/%22.json",
        "/api/v4/incidents/99999999999999999999",
    ] {
        let page = site.get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!page.html.contains("sqlite"), "{path}");
    }
}

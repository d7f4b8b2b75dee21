//! What customers read, and how it is sent.

use crate::site::{Site, at};
use axum::body::{Body, to_bytes};
use domain::incident::PublicUpdate;
use domain::status::Affected;
use domain::time::Time;
use domain::{
    Component, ComponentId, ComponentStatus, Incident, IncidentEvent, Kind, PublicState, Severity,
};
use flate2::read::GzDecoder;
use http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, ETAG, IF_NONE_MATCH,
    LOCATION, REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderName, Request, StatusCode};
use server::http::status::alone;
use server::store::HouseChange;
use std::io::Read;
use tower::ServiceExt;

/// The beginning of an incident with an internal title.
pub fn declared(kind: Kind) -> IncidentEvent {
    IncidentEvent::Declared {
        title: "db-7 in rack 12 is on fire".to_owned(),
        severity: Severity::Sev1,
        kind,
        summary: None,
        started_at: at("13:31"),
        ic: None,
    }
}

/// A word to customers.
pub fn said(
    state: PublicState,
    message: &str,
    components: &[(&ComponentId, ComponentStatus)],
    next_update_by: Option<Time>,
) -> IncidentEvent {
    let components = components.iter().map(|(id, status)| Affected {
        id: (*id).clone(),
        status: *status,
    });
    IncidentEvent::PublicUpdatePublished {
        update: PublicUpdate {
            source: None,
            id: String::new(),
            state,
            message: message.to_owned(),
            components: components.collect(),
            next_update_by,
            impact: None,
        },
    }
}

/// An incident with one word about the API.
async fn one_word(site: &Site, next: Option<Time>) -> (Incident, ComponentId) {
    let api = site.component("API, EU", "Tools").await;
    let down = [(&api, ComponentStatus::PartialOutage)];
    let events = vec![
        declared(Kind::Live),
        said(
            PublicState::Investigating,
            "Some requests **fail**.",
            &down,
            next,
        ),
    ];
    (site.happen(None, None, events).await, api)
}

#[tokio::test]
async fn a_quiet_page_says_so_and_may_be_kept_by_a_cdn() {
    let site = Site::new().await;
    let page = site.get("/status").await;
    assert_eq!(page.status, StatusCode::OK);
    let text = page.text();
    assert!(text.contains("Everything is working."), "{text}");
    assert!(
        text.contains("As of 14:27 UTC , Tuesday 17 November 2026."),
        "{text}"
    );
    assert!(text.contains("No incidents."), "{text}");
    let header = |name: HeaderName| page.headers[name].to_str().expect("ascii");
    assert_eq!(
        header(CACHE_CONTROL),
        "public, max-age=10, s-maxage=10, stale-while-revalidate=20, stale-if-error=3600"
    );
    assert_eq!(
        header(CONTENT_SECURITY_POLICY),
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    assert_eq!(header(VARY), "Accept-Language, Accept-Encoding");
    assert_eq!(header(X_CONTENT_TYPE_OPTIONS), "nosniff");
    assert_eq!(header(REFERRER_POLICY), "same-origin");
    // The policy would drop them.
    for forbidden in [" style=", "<style", "<script>", " onclick=", "<!>"] {
        assert!(
            !page.html.contains(forbidden),
            "{forbidden} in {}",
            page.html
        );
    }
}

#[tokio::test]
async fn a_page_is_sent_packed_and_only_when_it_changed() {
    let site = Site::new().await;
    let plain = site.get("/status").await;
    let packed = site.ask("/status", Some((ACCEPT_ENCODING, "gzip"))).await;
    assert_eq!(packed.headers()[CONTENT_ENCODING], "gzip");
    let bytes = to_bytes(packed.into_body(), usize::MAX)
        .await
        .expect("a body");
    let mut unpacked = String::new();
    GzDecoder::new(&*bytes)
        .read_to_string(&mut unpacked)
        .expect("gzip");
    assert_eq!(unpacked, plain.html);

    let tag = plain.headers[ETAG].to_str().expect("ascii").to_owned();
    let known = site.ask("/status", Some((IF_NONE_MATCH, &tag))).await;
    assert_eq!(known.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(known.headers()[ETAG], tag.as_str());
    one_word(&site, None).await;
    let news = site.ask("/status", Some((IF_NONE_MATCH, &tag))).await;
    assert_eq!(news.status(), StatusCode::OK);
}

#[tokio::test]
async fn an_incident_is_told_from_the_first_word_to_the_last() {
    let site = Site::new().await;
    let api = site.component("API, EU", "Tools").await;
    let inside = site.happen(None, None, vec![declared(Kind::Live)]).await;
    assert!(
        site.get("/status")
            .await
            .text()
            .contains("Everything is working.")
    );
    assert_eq!(
        site.get("/status/incidents/1").await.status,
        StatusCode::NOT_FOUND
    );

    let down = [(&api, ComponentStatus::PartialOutage)];
    let first = said(
        PublicState::Investigating,
        "Some requests **fail**.",
        &down,
        Some(at("14:40")),
    );
    let inside = site.happen(Some(&inside), None, vec![first]).await;
    let page = site.get("/status").await;
    let text = page.text();
    for words in [
        "API, EU is partly down.",
        "Incident with API, EU",
        "Next update by 14:40 UTC",
        "Investigating, began 13:31 UTC",
        "Some requests fail .",
        "Tools API, EU 17 Nov, partly down 56 min, 1 incident Uptime new Partly down",
    ] {
        assert!(text.contains(words), "{words} is not in {text}");
    }
    assert!(page.html.contains("<strong>fail</strong>"));
    assert!(page.html.contains("href=\"/status/incidents/1#u1\""));

    site.later(20);
    let late = site.get("/status").await.text();
    assert!(
        late.contains("An update was promised by 14:40 UTC"),
        "{late}"
    );
    assert!(late.contains("That was 7 min ago."), "{late}");

    let title = IncidentEvent::PublicTitleChanged {
        title: "Some API requests fail </title><script>alert(1)</script>".to_owned(),
    };
    let end = said(PublicState::Resolved, "It is over.", &[], None);
    site.happen(Some(&inside), None, vec![title, end]).await;
    let page = site.get("/status").await;
    let text = page.text();
    assert!(text.contains("Everything is working."), "{text}");
    assert!(text.contains("Resolved after 1 h 16 min."), "{text}");
    assert!(!page.html.contains("<script>alert"), "{}", page.html);

    let page = site.get("/status/incidents/1").await;
    let text = page.text();
    for words in [
        "Resolved after 1 h 16 min",
        "Tuesday 17 November 2026, 13:31 to 14:47 UTC",
        "Component At worst API, EU Partly down",
        "We promised an update by 14:40 UTC and did not keep it.",
    ] {
        assert!(text.contains(words), "{words} is not in {text}");
    }
    let (second, first) = (page.html.find("id=\"u2\""), page.html.find("id=\"u1\""));
    assert!(second < first, "the newest comes first");
    assert!(!page.html.contains("<script>alert"), "{}", page.html);
    assert!(!text.contains("rack 12"), "{text}");
}

#[tokio::test]
async fn the_front_page_shows_the_newest_words_of_a_long_incident() {
    let site = Site::new().await;
    let (mut inside, _) = one_word(&site, None).await;
    for n in 2..=7 {
        let word = said(PublicState::Update, &format!("Word {n}."), &[], None);
        inside = site.happen(Some(&inside), None, vec![word]).await;
    }
    let front = site.get("/status").await.text();
    assert!(front.contains("All 7 updates"), "{front}");
    assert!(
        front.contains("Word 3.") && !front.contains("Some requests"),
        "{front}"
    );
    let whole = site.get("/status/incidents/1").await.text();
    assert!(
        whole.contains("Word 7.") && whole.contains("Some requests"),
        "{whole}"
    );
}

#[tokio::test]
async fn components_stand_in_their_groups_and_hidden_ones_do_not() {
    let site = Site::new().await;
    site.component("Site", "").await;
    site.component("Command line", "Tools").await;
    let vault = Component {
        group: "Secret rooms".to_owned(),
        description: "Where the keys are".to_owned(),
        hidden: true,
        ..Component::new(ComponentId::new("vault"), "Vault")
    };
    let change = HouseChange::PutComponent {
        component: vault,
        place: None,
    };
    site.change(change).await;
    let events = vec![
        declared(Kind::Live),
        said(
            PublicState::Identified,
            "We know why.",
            &[(&ComponentId::new("vault"), ComponentStatus::MajorOutage)],
            None,
        ),
    ];
    site.happen(None, None, events).await;
    let front = site.get("/status").await;
    let text = front.text();
    assert!(
        text.contains("Components Site Uptime new Working Tools Command line Uptime new Working"),
        "{text}"
    );
    assert!(text.contains("We are working on an incident."), "{text}");
    assert!(text.contains("Service incident"), "{text}");
    let incident = site.get("/status/incidents/1").await;
    for page in [front, incident] {
        for word in ["Vault", "Secret rooms", "Where the keys are"] {
            assert!(!page.html.contains(word), "{word} in {}", page.html);
        }
    }
}

#[tokio::test]
async fn when_the_store_fails_the_last_good_page_goes_on_and_says_its_age() {
    let site = Site::new().await;
    one_word(&site, None).await;
    assert_eq!(site.get("/status").await.status, StatusCode::OK);
    site.store.close().await;
    site.later(6);
    let page = site.get("/status").await;
    assert_eq!(page.status, StatusCode::OK);
    let text = page.text();
    assert!(text.contains("Some requests fail ."), "{text}");
    assert!(text.contains("As of 14:27 UTC"), "{text}");
    assert!(text.contains("What you see is 6 min old."), "{text}");
    site.later(60);
    let text = site.get("/status").await.text();
    assert!(text.contains("What you see is 1 h 6 min old."), "{text}");

    let never_read = site.get("/status/incidents/1").await;
    assert_eq!(never_read.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(never_read.headers[CACHE_CONTROL], "no-store");
    let text = never_read.text();
    assert!(text.contains("We cannot say how everything is"), "{text}");
}

#[tokio::test]
async fn where_nothing_is_the_page_says_so_in_its_own_look() {
    let site = Site::new().await;
    for path in [
        "/status/incidents/1",
        "/status/incidents/007",
        "/status/incidents/x",
        "/status/incidents/99999999999999999999",
        "/status/history/2024-13",
        "/status/history/1999-01",
        "/status/history/2027-01",
        "/status/nothing/here",
    ] {
        let page = site.get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        let text = page.text();
        assert!(
            text.contains("There is nothing at this address"),
            "{path}: {text}"
        );
        assert!(page.html.contains("/pkg/status.css"), "{path}");
        assert_eq!(page.headers[CACHE_CONTROL], "public, max-age=10", "{path}");
        assert!(page.headers.contains_key(CONTENT_SECURITY_POLICY), "{path}");
    }
}

#[tokio::test]
async fn an_address_holds_with_a_slash_at_its_end_and_where_months_were_before() {
    let site = Site::new().await;
    one_word(&site, None).await;
    for path in [
        "/status",
        "/status/incidents/1",
        "/status/history",
        "/status/history/2026-11",
        "/api/v3/issues",
        "/api/v4/incidents",
    ] {
        let (without, with) = (site.get(path).await, site.get(&format!("{path}/")).await);
        assert_eq!(without.status, StatusCode::OK, "{path}");
        assert_eq!((with.status, with.html), (without.status, without.html));
    }
    let before = site.get("/status/history?month=2026-11").await;
    assert_eq!(before.headers[LOCATION], "/status/history/2026-11");
    let never = site.get("/status/history?month=2026-13").await;
    assert_eq!(never.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn months_lead_to_each_other_within_the_history() {
    let site = Site::new().await;
    one_word(&site, None).await;
    let this = site.get("/status/history").await;
    let text = this.text();
    assert!(
        text.contains("November 2026 Tue 17 Nov Incident with API, EU"),
        "{text}"
    );
    assert!(
        text.contains("Major impact. Investigating, still going on."),
        "{text}"
    );
    assert!(!this.html.contains("rel=\"prev\"") && !this.html.contains("rel=\"next\""));
    site.clock.advance(chrono::TimeDelta::days(40));
    let past = site.get("/status/history/2026-11").await;
    assert!(
        past.html
            .contains("rel=\"next\" href=\"/status/history/2026-12\"")
    );
    let quiet = site.get("/status/history/2026-12").await;
    assert!(
        quiet.text().contains("No incidents in December 2026."),
        "{}",
        quiet.text()
    );
    assert!(
        quiet
            .html
            .contains("rel=\"prev\" href=\"/status/history/2026-11\"")
    );
}

#[tokio::test]
async fn on_an_address_of_its_own_there_is_nothing_else() {
    let site = Site::new().await;
    let router = alone(site.router.clone());
    let ask = async |path: &str| {
        let request = Request::get(path).body(Body::empty()).expect("a request");
        router.clone().oneshot(request).await.expect("an answer")
    };
    assert_eq!(ask("/").await.headers()[LOCATION], "/status");
    assert_eq!(ask("/status").await.status(), StatusCode::OK);
    for path in ["/incidents/1", "/sign-in", "/api/v1/incidents"] {
        let answer = ask(path).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
        assert!(
            answer.headers().contains_key(CONTENT_SECURITY_POLICY),
            "{path}"
        );
    }
}

#[tokio::test]
async fn many_who_ask_at_once_get_the_same_bytes() {
    let site = Site::new().await;
    one_word(&site, None).await;
    let asks = (0..50).map(|_| {
        let router = site.router.clone();
        tokio::spawn(async move {
            let request = Request::get("/status")
                .body(Body::empty())
                .expect("a request");
            let answer = router.oneshot(request).await.expect("an answer");
            answer.headers()[ETAG].clone()
        })
    });
    let mut tags = Vec::new();
    for ask in asks.collect::<Vec<_>>() {
        tags.push(ask.await.expect("an answer"));
    }
    tags.dedup();
    assert_eq!(tags.len(), 1);
}

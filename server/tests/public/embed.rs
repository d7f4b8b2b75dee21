//! What stands on other sites: a frame, and the words of a banner.

use crate::languages::LANGUAGES;
use crate::pages::{declared, said};
use crate::site::{Page, Site};
use domain::maintenance::{Plan, Step};
use domain::{ComponentStatus, Kind, Maintenance, PublicState};
use serde_json::{Value, json};
use server::clock::Clock;
use server::store::HouseChange;

fn header<'a>(page: &'a Page, name: &str) -> &'a str {
    let value = page.headers.get(name);
    value.map_or("", |value| value.to_str().expect("ascii"))
}

async fn banner(site: &Site, path: &str) -> Value {
    let page = site.get(path).await;
    assert_eq!(page.status, 200, "{path}");
    assert_eq!(header(&page, "access-control-allow-origin"), "*");
    serde_json::from_str(&page.html).expect("JSON")
}

/// Something is partly down, and a maintenance is under way; another one lies ahead.
async fn open() -> Site {
    let site = Site::new().await;
    let api = site.component("API", "").await;
    let down = [(&api, ComponentStatus::PartialOutage)];
    let by = Clock::now(&*site.clock) + chrono::TimeDelta::minutes(30);
    let word = said(PublicState::Identified, "<b>We</b> look.", &down, Some(by));
    site.happen(None, None, vec![declared(Kind::Live), word])
        .await;
    let now = Clock::now(&*site.clock);
    for (title, ahead) in [("New <cables>", 0), ("Later", 48)] {
        let from = now + chrono::TimeDelta::hours(ahead);
        let plan = Plan {
            title: title.to_owned(),
            components: vec![api.clone()],
            from,
            to: from + chrono::TimeDelta::hours(1),
            starts_itself: true,
            ends_itself: true,
            remind_before: None,
            repeat: None,
        };
        let mut one = Maintenance::schedule(plan, "Soon.", None, now).expect("a plan");
        if ahead == 0 {
            one.take(Step::Begin, now);
            // As if it had been found here like this.
            one.revision = 1;
        }
        let change = HouseChange::PutMaintenance {
            maintenance: Box::new(one),
            key: None,
            next: None,
        };
        site.change(change).await;
    }
    site.later(1);
    site
}

#[tokio::test]
async fn a_banner_says_what_is_open_and_nothing_when_all_is_well() {
    let quiet = Site::new().await;
    quiet.component("API", "").await;
    assert_eq!(
        banner(&quiet, "/status/embed.json").await["items"],
        json!([])
    );

    let site = open().await;
    let english = banner(&site, "/status/en/embed.json").await;
    let items = english["items"].as_array().expect("items");
    assert_eq!(items.len(), 2, "what lies ahead is not there: {english}");
    assert_eq!(
        items[0],
        json!({
            "id": "incident-1",
            "look": "part",
            "title": "Incident with API",
            "said": "Identified. Next update by 14:57 UTC.",
            "url": "https://muster.test/status/en/incidents/1",
        })
    );
    assert_eq!(
        (&items[1]["title"], &items[1]["look"]),
        (&json!("New <cables>"), &json!("work"))
    );
    assert_eq!(english["note"], json!(null));
    for language in LANGUAGES {
        let banner = banner(&site, &format!("/status/{language}/embed.json")).await;
        assert_eq!(banner["lang"], language);
        let own = language == "en";
        assert_eq!(banner["close"] == english["close"], own, "{language}");
        let said = &banner["items"][0]["said"];
        assert_eq!(*said == english["items"][0]["said"], own, "{language}");
    }
    // It is the same while nothing happens, so that no reader hears it again.
    let before = site.get("/status/en/embed.json").await.html;
    site.later(5);
    assert_eq!(site.get("/status/en/embed.json").await.html, before);
}

#[tokio::test]
async fn any_site_may_frame_the_frame_and_no_other_page() {
    let site = open().await;
    for path in ["/status/embed", "/status/embed/", "/status/de/embed"] {
        let page = site.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        let policy = header(&page, "content-security-policy");
        assert!(policy.contains("frame-ancestors *"), "{path}: {policy}");
        assert!(!policy.contains("script-src"), "{path}: {policy}");
        assert_eq!(header(&page, "x-frame-options"), "", "{path}");
        // Without a script it renews itself, and every link leaves the frame but the one that renews it.
        assert!(page.html.contains("http-equiv=\"refresh\" content=\"60\""));
        assert!(!page.html.contains("<script"), "{path}");
        let links = page.html.split("<a ").skip(1);
        let inside: Vec<_> = links
            .filter_map(|link| link.split('>').next())
            .filter(|tag| !tag.contains("target=\"_blank\" rel=\"noopener\""))
            .collect();
        assert_eq!(inside.len(), 1, "{path}: {inside:?}");
        assert!(inside[0].contains("/embed\""), "{path}: {inside:?}");
        assert!(page.html.contains("New &lt;cables&gt;"), "{}", page.html);
        assert!(page.html.contains("/incidents/1\""), "{}", page.html);
    }
    for path in [
        "/status",
        "/status/de",
        "/status/incidents/1",
        "/status/embed.json",
        "/status/embed.js",
        "/status/embed/x",
    ] {
        let page = site.get(path).await;
        let policy = header(&page, "content-security-policy");
        assert!(policy.contains("frame-ancestors 'none'"), "{path}");
        assert_eq!(header(&page, "x-frame-options"), "DENY", "{path}");
    }
}

#[tokio::test]
async fn the_script_has_one_address_and_may_be_pinned() {
    let site = Site::new().await;
    let script = site.get("/status/embed.js").await;
    assert_eq!(script.status, 200);
    assert_eq!(
        header(&script, "content-type"),
        "text/javascript; charset=utf-8"
    );
    assert_eq!(header(&script, "access-control-allow-origin"), "*");
    assert!(script.html.len() < 6000, "it is small");
    for never in ["innerHTML", "insertAdjacent", "eval(", "style=", ".style"] {
        assert!(!script.html.contains(never), "{never}");
    }
}

#[tokio::test]
async fn a_frame_and_a_banner_say_that_they_are_old() {
    let site = open().await;
    for path in ["/status/en/embed", "/status/en/embed.json"] {
        assert!(!site.get(path).await.html.contains("cannot read"), "{path}");
    }
    site.later(6);
    site.store.close().await;
    for path in ["/status/en/embed", "/status/en/embed.json"] {
        let page = site.get(path).await;
        assert!(page.html.contains("is 6 min old"), "{path}: {}", page.html);
    }
    // What was never read says nothing, and may be framed all the same.
    let frame = site.get("/status/fr/embed").await;
    assert_eq!(frame.status, 200, "read for another language");
}

//! The public pages in each of their languages: which one is answered, and where it leads.

mod words;

use crate::pages::{declared, said};
use crate::site::{Page, Site, at};
use axum::body::to_bytes;
use chrono::TimeDelta;
use domain::maintenance::{Plan, Step};
use domain::{ComponentId, ComponentStatus, Kind, Maintenance, MaintenanceState, PublicState};
use http::StatusCode;
use http::header::{ACCEPT_LANGUAGE, CONTENT_LANGUAGE, LOCATION, VARY};
use server::clock::Clock;
use server::store::HouseChange;

/// The languages, as addresses name them.
pub const LANGUAGES: [&str; 6] = ["en", "de", "fr", "es", "pt", "ja"];

/// Some addresses below `/status`, in each language.
pub fn in_each(paths: &[&str]) -> Vec<String> {
    let each = LANGUAGES.iter();
    each.flat_map(|language| {
        paths
            .iter()
            .map(move |path| format!("/status/{language}{path}"))
    })
    .collect()
}

/// What the browser of somebody gets.
async fn asked(site: &Site, path: &str, accept: &str) -> Page {
    let answer = site.ask(path, Some((ACCEPT_LANGUAGE, accept))).await;
    let (parts, body) = answer.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.expect("a body");
    Page {
        status: parts.status,
        headers: parts.headers,
        html: String::from_utf8(bytes.to_vec()).expect("UTF-8"),
    }
}

fn language(page: &Page) -> (&str, &str) {
    let header = page.headers[CONTENT_LANGUAGE].to_str().expect("ascii");
    (page.between("<html lang=\"", "\""), header)
}

/// A word that an incident without a title and with several components had, and one that nobody could mistake for ours.
const WRITTEN: &str = "Zzyqxa zzyqxb.";

/// A page on which as many of our words stand as possible; what is written on it is in no language.
async fn busy() -> Site {
    let site = Site::new().await;
    let names = ["Qxa", "Qxb", "Qxc", "Qxd"];
    let mut ids = Vec::new();
    for name in names {
        ids.push(site.component(name, "").await);
    }
    let statuses = [
        ComponentStatus::UnderMaintenance,
        ComponentStatus::DegradedPerformance,
        ComponentStatus::PartialOutage,
        ComponentStatus::MajorOutage,
    ];
    let all: Vec<_> = ids.iter().zip(statuses).collect();
    // One that is over, with promises kept and not.
    let first = vec![
        declared(Kind::Live),
        said(PublicState::Investigating, WRITTEN, &all, Some(at("14:40"))),
    ];
    let over = site.happen(None, None, first).await;
    site.later(5);
    let second = said(PublicState::Identified, WRITTEN, &[], Some(at("14:33")));
    let over = site.happen(Some(&over), None, vec![second]).await;
    site.later(20);
    let third = said(PublicState::Monitoring, WRITTEN, &[], Some(at("15:30")));
    let over = site.happen(Some(&over), None, vec![third]).await;
    site.later(10);
    let last = said(PublicState::Resolved, WRITTEN, &[], None);
    site.happen(Some(&over), None, vec![last]).await;
    // Two that go on: one with a promise that is kept so far, one with one that is not.
    site.clock.advance(TimeDelta::days(2));
    let soon = Clock::now(&*site.clock) + TimeDelta::minutes(30);
    for promise in [soon, at("15:00")] {
        let going = vec![
            declared(Kind::Live),
            said(PublicState::Update, WRITTEN, &all, Some(promise)),
        ];
        site.happen(None, None, going).await;
    }
    let nothing_said = vec![
        declared(Kind::Live),
        said(PublicState::Investigating, WRITTEN, &[], None),
    ];
    let mut long = site.happen(None, None, nothing_said).await;
    for _ in 0..6 {
        let more = said(PublicState::Update, WRITTEN, &[], None);
        long = site.happen(Some(&long), None, vec![more]).await;
    }
    plans(&site, &ids[0]).await;
    site
}

/// A page on which there is nothing to say.
async fn quiet() -> Site {
    let site = Site::new().await;
    site.component("Qxa", "").await;
    site
}

/// A maintenance that goes as planned or not, in every way there is.
async fn plans(site: &Site, id: &ComponentId) {
    let now = Clock::now(&*site.clock);
    let hour = TimeDelta::hours(1);
    let planned = |from: i32, to: i32| {
        let plan = Plan {
            title: WRITTEN.to_owned(),
            components: vec![id.clone()],
            from: now + hour * from,
            to: now + hour * to,
            starts_itself: false,
            ends_itself: false,
            remind_before: None,
            repeat: None,
        };
        Maintenance::schedule(plan, WRITTEN, None, now - hour * 48).expect("a plan")
    };
    let begun = |from, to| {
        let mut one = planned(from, to);
        one.take(Step::Begin, now + hour * from);
        one
    };
    let mut done = begun(-30, -28);
    done.take(Step::Complete, now - hour * 28);
    let mut looked_at = begun(-2, 2);
    let verifying = looked_at.tell(MaintenanceState::Verifying, WRITTEN, now - hour);
    let mut off = planned(10, 11);
    let cancelled = off.tell(MaintenanceState::Cancelled, WRITTEN, now - hour);
    assert_eq!((verifying, cancelled), (Ok(()), Ok(())));
    let (ahead, late, forgotten) = (planned(20, 40), begun(-3, -1), planned(-1, 1));
    for mut one in [ahead, forgotten, late, looked_at, done, off] {
        // As if it had been found here like this.
        one.revision = 1;
        let change = HouseChange::PutMaintenance {
            maintenance: Box::new(one),
            key: None,
            next: None,
        };
        site.change(change).await;
    }
}

/// Where `busy` has pages, below `/status`.
async fn paths(site: &Site) -> Vec<String> {
    let mut paths: Vec<String> = [
        "",
        "/incidents/1",
        "/incidents/2",
        "/incidents/3",
        "/incidents/4",
        "/maintenance/1",
        "/maintenance/2",
        "/maintenance/3",
        "/maintenance/4",
        "/maintenance/5",
        "/maintenance/6",
        "/history",
        "/history/2026-11",
        "/nothing/here",
    ]
    .map(str::to_owned)
    .into();
    for component in site.directory().await.components {
        paths.push(format!("/components/{}", component.code()));
    }
    paths
}

#[tokio::test]
async fn the_browser_chooses_where_the_address_does_not() {
    let site = busy().await;
    for (accept, expected) in [
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("nl, ja;q=0.4, fr;q=0.3", "ja"),
        ("nl, ko", "en"),
        ("de;q=NaN, pt;q=0.1", "pt"),
        ("*", "en"),
        ("'; drop table, <script>", "en"),
    ] {
        for path in ["", "/incidents/1", "/history", "/nothing/here"] {
            let page = asked(&site, &format!("/status{path}"), accept).await;
            assert_eq!(language(&page), (expected, expected), "{accept} {path}");
            assert_eq!(page.headers[VARY], "Accept-Language, Accept-Encoding");
            assert!(
                page.html.contains("<a href=\"/status\" class=\"site\">"),
                "{path}"
            );
            assert!(
                !page.html.contains(" href=\"/status/de/incidents/1#"),
                "{path}"
            );
            // The address is stronger than the browser.
            let fixed = asked(&site, &format!("/status/es{path}"), accept).await;
            assert_eq!(language(&fixed), ("es", "es"), "{accept} {path}");
            assert_eq!(fixed.headers[VARY], "Accept-Encoding");
        }
    }
}

#[tokio::test]
async fn links_keep_the_language_of_the_address() {
    let site = busy().await;
    for path in paths(&site).await {
        let page = site.get(&format!("/status/fr{path}")).await;
        let languages = page.between("class=\"langs\"", "</nav>");
        for language in LANGUAGES {
            let there = if page.status == 404 {
                ""
            } else {
                path.as_str()
            };
            let href = format!(
                "href=\"/status/{language}{there}\" lang=\"{language}\" hreflang=\"{language}\""
            );
            assert!(languages.contains(&href), "{href} in {languages}");
            let alternate = format!(
                "hreflang=\"{language}\" href=\"https://muster.test/status/{language}{path}\""
            );
            assert_eq!(
                page.html.contains(&alternate),
                page.status == 200,
                "{alternate}"
            );
        }
        assert_eq!(languages.matches("aria-current").count(), 1);
        assert!(page.between("aria-current", "</a>").contains("Français"));
        let canonical = format!("rel=\"canonical\" href=\"https://muster.test/status/fr{path}\"");
        assert_eq!(
            page.html.contains(&canonical),
            page.status == 200,
            "{canonical}"
        );
        let default = format!("hreflang=\"x-default\" href=\"https://muster.test/status{path}\"");
        assert_eq!(
            page.html.contains(&default),
            page.status == 200,
            "{default}"
        );
        let body = page.between("<body", "</body>").replace(languages, "");
        let mut links = 0;
        for link in body.split(" href=\"/").skip(1) {
            let link = link.split('"').next().unwrap_or_default();
            // What tools read has no language.
            let document = link.contains('.');
            assert!(
                document || link == "status/fr" || link.starts_with("status/fr/"),
                "{link} on {path}"
            );
            links += 1;
        }
        assert!(links > 2, "{path}");
    }
    // Where a page is elsewhere, too.
    let moved = site.get("/status/de/history?month=2026-11").await;
    assert_eq!(moved.headers[LOCATION], "/status/de/history/2026-11");
    let code = domain::status::code("incident", "1");
    let moved = site.get(&format!("/status/ja/incidents/{code}")).await;
    assert_eq!(moved.headers[LOCATION], "/status/ja/incidents/1");
}

#[tokio::test]
async fn a_language_that_is_not_there_is_a_page_that_says_which_are() {
    let site = Site::new().await;
    for path in [
        "/status/nl",
        "/status/nl/",
        "/status/DE",
        "/status/de-AT",
        "/status/deu",
        "/status/en-us/history",
        "/status/nl/incidents/1",
        "/status/d%65",
        "/status/de%2Fhistory",
        "/status/%F0%9F%87%A9",
        "/status/de/en",
        "/status/de/live",
        "/status/de/api/v2/summary.json",
        "/status/de/history/2024-13",
        "/status/ja/incidents/007",
    ] {
        let page = asked(&site, path, "fr").await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        let named = LANGUAGES
            .into_iter()
            .find(|l| path.starts_with(&format!("/status/{l}/")));
        let expected = named.unwrap_or("fr");
        assert_eq!(language(&page), (expected, expected), "{path}");
        assert!(page.html.contains("/pkg/status.css"), "{path}");
        for name in [
            "English",
            "Deutsch",
            "Français",
            "Español",
            "Português",
            "日本語",
        ] {
            assert!(page.html.contains(name), "{name} on {path}");
        }
    }
}

#[tokio::test]
async fn another_language_is_there_when_the_store_is_not() {
    let site = busy().await;
    assert_eq!(site.get("/status").await.status, StatusCode::OK);
    assert_eq!(
        site.get("/status/fr/incidents/1").await.status,
        StatusCode::OK
    );
    site.store.close().await;
    // What one reader had read is good for the next, in whatever language.
    let young = site.get("/status/de").await;
    assert_eq!(young.status, StatusCode::OK);
    assert!(
        !young.text().contains("Neueres lässt sich"),
        "{}",
        young.text()
    );
    site.later(6);
    for (path, words) in [
        ("/status/de", "Der gezeigte Stand ist 6 Min. alt."),
        ("/status/ja", "表示内容の取得からの経過時間: 6分。"),
        ("/status/es/incidents/1", "es de hace 6 min."),
    ] {
        let page = site.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.text().contains(words), "{}", page.text());
    }
    let never = site.get("/status/pt/incidents/2").await;
    assert_eq!(never.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(never.text().contains("Não podemos dizer como tudo está"));
    assert_eq!(language(&never), ("pt", "pt"));
}

//! What other tools read: feeds, Heroku's documents, the lines for a terminal, the badges. Strangers' clients read them in the
//! browser tests; here is what those would not notice.

use crate::pages::{declared, said};
use crate::site::{Page, Site};
use domain::status::code;
use domain::{ComponentStatus, Incident, Kind, PublicState};
use http::StatusCode;
use serde_json::{Value, json};

pub fn header<'a>(page: &'a Page, name: &str) -> &'a str {
    page.headers[name].to_str().expect("ascii")
}

async fn text(site: &Site, path: &str, media: &str) -> String {
    let page = site.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.html);
    assert_eq!(header(&page, "content-type"), media, "{path}");
    assert_eq!(header(&page, "access-control-allow-origin"), "*");
    page.html
}

async fn document(site: &Site, path: &str) -> Value {
    let text = text(site, path, "application/json; charset=utf-8").await;
    serde_json::from_str(&text).expect("JSON")
}

/// The API of Europe is partly down since 13:31; customers heard of it at 14:27 and at 14:30.
pub async fn partly_down(site: &Site) -> Incident {
    let api = site.component("API", "Europe").await;
    site.component("Mail", "Europe").await;
    site.component("Site", "").await;
    let events = vec![
        declared(Kind::Live),
        said(
            PublicState::Investigating,
            "Some <b>requests</b> *fail* & more.\n\nWe look.",
            &[(&api, ComponentStatus::PartialOutage)],
            None,
        ),
    ];
    let begun = site.happen(None, None, events).await;
    site.later(3);
    let word = said(PublicState::Update, "Still.", &[], None);
    site.happen(Some(&begun), None, vec![word]).await
}

#[tokio::test]
async fn a_feed_says_when_it_began_and_when_it_last_changed() {
    let site = Site::new().await;
    partly_down(&site).await;
    let atom = text(
        &site,
        "/history.atom",
        "application/atom+xml; charset=utf-8",
    )
    .await;
    for part in [
        "<title>Our service Status - Incident History</title>",
        "<id>tag:muster.test,2005:Incident/1</id>",
        "<published>2026-11-17T13:31:00+00:00</published>",
        "<updated>2026-11-17T14:30:00+00:00</updated>",
        "href=\"https://muster.test/status/history.atom\" rel=\"self\"",
        "href=\"https://muster.test/status/incidents/1\" rel=\"alternate\"",
        "&lt;strong&gt;Update&lt;/strong&gt; - Still.&lt;/p&gt;",
        "&lt;small&gt;Nov &lt;var data-var=&apos;date&apos;&gt;17&lt;/var&gt;, &lt;var data-var=&apos;time&apos;&gt;14:27&lt;/var&gt; UTC&lt;/small&gt;",
        "Some &amp;lt;b&amp;gt;requests&amp;lt;/b&amp;gt; fail &amp;amp; more.&lt;br&gt;We look.",
    ] {
        assert!(atom.contains(part), "{part}\nin\n{atom}");
    }
    // The first bold word is the state as it is.
    let newest = atom.find("Update&lt;/strong&gt;").expect("the newest");
    assert!(
        newest
            < atom
                .find("Investigating&lt;/strong&gt;")
                .expect("the first")
    );
    let rss = text(
        &site,
        "/status/history.rss",
        "application/rss+xml; charset=utf-8",
    )
    .await;
    assert!(
        rss.contains("<pubDate>Tue, 17 Nov 2026 14:30:00 +0000</pubDate>"),
        "{rss}"
    );
    assert!(
        rss.contains("<guid>https://muster.test/status/incidents/1</guid>"),
        "{rss}"
    );
    let json: Value = serde_json::from_str(
        &text(&site, "/feed.json", "application/feed+json; charset=utf-8").await,
    )
    .expect("JSON");
    assert_eq!(json["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(json["items"][0]["date_published"], "2026-11-17T13:31:00Z");
    assert_eq!(json["items"][0]["date_modified"], "2026-11-17T14:30:00Z");
    assert_eq!(json["items"][0]["tags"], json!(["Europe - API"]));
}

#[tokio::test]
async fn a_feed_holds_what_somebody_wants_to_hear() {
    let site = Site::new().await;
    partly_down(&site).await;
    let (api, mail) = (code("component", "API"), code("component", "Mail"));
    for (filter, entries) in [
        (format!("?component={api}"), 1),
        (format!("?component={mail}"), 0),
        ("?impact=major".to_owned(), 1),
        ("?impact=critical".to_owned(), 0),
        (format!("?component={api}&impact=minor"), 1),
        ("?component=&impact=".to_owned(), 1),
    ] {
        let path = format!("/history.atom{filter}");
        let atom = text(&site, &path, "application/atom+xml; charset=utf-8").await;
        assert_eq!(atom.matches("<entry>").count(), entries, "{filter}");
    }
    let path = format!("/history.atom?impact=minor&component={api}");
    let atom = text(&site, &path, "application/atom+xml; charset=utf-8").await;
    let address = format!("/status/history.atom?component={api}&amp;impact=minor");
    assert!(
        atom.contains(&address),
        "one filter has one address: {atom}"
    );
    for wrong in [
        "?component=zzzzzzzzzzzz",
        "?component=API",
        "?impact=terrible",
    ] {
        let page = site.get(&format!("/history.atom{wrong}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{wrong}");
    }
}

#[tokio::test]
async fn heroku_hears_of_systems_and_of_sides() {
    let site = Site::new().await;
    let begun = partly_down(&site).await;
    let now = document(&site, "/api/v4/current-status").await;
    assert_eq!(
        now["status"],
        json!([{"system": "Europe", "status": "yellow"}, {"system": "Site", "status": "green"}])
    );
    assert_eq!(now["scheduled"], json!([]));
    let one = &now["incidents"][0];
    assert_eq!(*one, document(&site, "/api/v4/incidents/1").await);
    assert_eq!(
        (&one["state"], &one["resolved"]),
        (&json!("open"), &json!(false))
    );
    assert_eq!(one["duration"], 59 * 60);
    assert_eq!(
        one["systems"],
        json!([{"name": "Europe", "status": "yellow", "services": ["API"]}])
    );
    let types: Vec<_> = one["updates"]
        .as_array()
        .expect("updates")
        .iter()
        .map(|update| (&update["update_type"], &update["id"]))
        .collect();
    assert_eq!(
        types,
        [
            (&json!("update"), &json!(1002)),
            (&json!("issue"), &json!(1001))
        ]
    );

    let old = document(&site, "/api/v3/current-status").await;
    assert_eq!(
        old["status"],
        json!({"Production": "yellow", "Development": "yellow"})
    );
    assert_eq!(old["issues"][0]["created_at"], "2026-11-17T14:27:00Z");
    assert_eq!(old["issues"][0]["updates"][1]["status_prod"], "yellow");

    site.later(1);
    let over = said(PublicState::Resolved, "Over.", &[], None);
    site.happen(Some(&begun), None, vec![over]).await;
    let old = document(&site, "/api/v3/issues/1").await;
    assert_eq!(
        (&old["resolved"], &old["status_prod"]),
        (&json!(true), &json!("green"))
    );
    assert_eq!(old["updates"][0]["update_type"], "resolved");
    for (path, count) in [
        ("/api/v3/issues", 1),
        ("/api/v3/issues?since=2026-11-17&limit=1", 1),
        ("/api/v3/issues?since=2026-11-18", 0),
        ("/api/v3/issues?since=nonsense&limit=-4", 1),
        ("/api/v4/incidents?limit=99999", 1),
    ] {
        let all = document(&site, path).await;
        assert_eq!(all.as_array().expect("a list").len(), count, "{path}");
    }
    let new = document(&site, "/api/v4/incidents/1").await;
    assert_eq!(
        (&new["state"], &new["resolved"]),
        (&json!("resolved"), &json!(true))
    );
    assert_eq!(new["resolved_at"], "2026-11-17T14:31:00.000Z");
    for path in [
        "/api/v4/incidents/2",
        "/api/v3/issues/01",
        "/api/v4/incidents/x",
    ] {
        assert_eq!(site.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_terminal_and_a_badge_say_the_same() {
    let site = Site::new().await;
    partly_down(&site).await;
    let lines = text(&site, "/status.txt", "text/plain; charset=utf-8").await;
    let expected = "Our service: Partial System Outage
As of 2026-11-17 14:30 UTC

Incident with API
2026-11-17 14:30 UTC, Update: Still.
https://muster.test/status/incidents/1

Europe - API   partial_outage
Europe - Mail  operational
Site           operational

https://muster.test/status
";
    assert_eq!(lines, expected);
    let badge = text(&site, "/badge.svg", "image/svg+xml").await;
    assert!(
        badge.contains("<title>Our service: Partly down</title>"),
        "{badge}"
    );
    let mail = code("component", "Mail");
    let badge = text(
        &site,
        &format!("/status/badge.svg?component={mail}"),
        "image/svg+xml",
    )
    .await;
    assert!(badge.contains("<title>Mail: Working</title>"), "{badge}");
    let nobody = site.get("/badge.svg?component=zzzzzzzzzzzz").await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_language_model_reads_how_everything_is_and_where_the_rest_is() {
    let site = Site::new().await;
    let begun = partly_down(&site).await;
    let words = "Not a [link](https://elsewhere.test), nor\n\n# a heading.";
    let word = said(PublicState::Identified, words, &[], None);
    site.happen(Some(&begun), None, vec![word]).await;
    let lines = text(&site, "/llms.txt", "text/plain; charset=utf-8").await;
    assert_eq!(lines, site.get("/status/llms.txt").await.html);
    let (api, page) = (code("component", "API"), "https://muster.test/status");
    let expected = [
        "# Our service Status\n\n> Partial System Outage, as of 2026-11-17 14:30 UTC.\n\n"
            .to_owned(),
        format!(
            "\n## Open incidents\n\n- [Incident with API]({page}/incidents/1): Identified, 2026-11-17 14:30 UTC: \
             Not a link, nor a heading.\n\n## Planned maintenance\n\nNone.\n"
        ),
        format!("- [Europe - API]({page}/components/{api}): partial\\_outage\n")
            .replace("\\_", "_"),
        format!("\n## Machine-readable\n\n- [Summary]({page}/api/v2/summary.json): "),
        format!("\n## Optional\n\n- [History]({page}/history): "),
    ];
    for part in expected {
        assert!(lines.contains(&part), "{part}\nin\n{lines}");
    }
    assert_eq!(
        lines.matches("\n# ").count(),
        0,
        "one heading of the first kind"
    );
    // Each address in it is there.
    for rest in lines.split("](").skip(1) {
        let address = rest.split(')').next().expect("its end");
        let path = address.strip_prefix("https://muster.test").expect("ours");
        assert_eq!(site.get(path).await.status, StatusCode::OK, "{path}");
    }
    // Names that look like Markdown are names.
    site.component("[x](https://elsewhere.test) `#", "").await;
    site.later(1);
    let lines = site.get("/llms.txt").await.html;
    let name = "[\\[x\\](https://elsewhere.test) \\`\\#](https://muster.test/";
    assert!(lines.contains(name), "{lines}");
}

#[tokio::test]
async fn a_reader_that_others_wrote_finds_the_same_in_every_feed() {
    let site = Site::new().await;
    partly_down(&site).await;
    let mut found = Vec::new();
    for path in ["/history.atom", "/history.rss", "/feed.json"] {
        let feed = feed_rs::parser::parse(site.get(path).await.html.as_bytes());
        let feed = feed.unwrap_or_else(|error| panic!("{path}: {error}"));
        assert_eq!(feed.entries.len(), 1, "{path}");
        let entry = &feed.entries[0];
        let title = entry.title.as_ref().map(|title| title.content.clone());
        let updated = entry.updated.or(entry.published).map(|at| at.to_rfc3339());
        let link = entry.links[0].href.clone();
        found.push((title, updated, link));
    }
    assert_eq!(found[0], found[1]);
    assert_eq!(found[0], found[2]);
    assert_eq!(found[0].1.as_deref(), Some("2026-11-17T14:30:00+00:00"));
}

//! Several pages of one server: which one a host name leads to, and that nothing of one is in any byte of another.

use crate::live::Line;
use crate::site::{Page, Site, at};
use axum::body::{Body, to_bytes};
use axum::response::Response;
use chrono::TimeDelta;
use domain::incident::{IncidentEvent as E, PublicUpdate};
use domain::maintenance::Plan;
use domain::pages::{Shown, StatusPage};
use domain::status::Affected;
use domain::{
    ComponentId, ComponentStatus, Kind, Maintenance, PersonRef, PublicState, Settings, Severity,
};
use http::header::{ACCEPT_LANGUAGE, ETAG, HOST, IF_NONE_MATCH};
use http::{HeaderName, Request, StatusCode};
use server::http::status::{Assets, Export};
use server::store::HouseChange;
use std::sync::Arc;
use tower::ServiceExt;

/// Stands in everything that belongs to the other page alone.
const MARK: &str = "xyzzymark";
/// Where the page with chosen components is.
pub const SHOP: &str = "shop.test";

impl Site {
    /// Asks at a host name.
    pub async fn at_host(&self, host: &str, path: &str, headers: &[(HeaderName, &str)]) -> Page {
        let (parts, body) = self.response(host, path, headers).await.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a body");
        Page {
            status: parts.status,
            headers: parts.headers,
            html: String::from_utf8(bytes.to_vec()).expect("UTF-8"),
        }
    }

    /// The answer at a host name, before it is read.
    pub async fn response(
        &self,
        host: &str,
        path: &str,
        headers: &[(HeaderName, &str)],
    ) -> Response {
        let mut request = Request::get(path).header(HOST, host);
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        let request = request.body(Body::empty()).expect("a request");
        self.router
            .clone()
            .oneshot(request)
            .await
            .expect("an answer")
    }

    /// Sets the status pages up.
    pub async fn set_up(&self, status_pages: Vec<StatusPage>) {
        let settings = Settings {
            organisation: "Alder Works".to_owned(),
            status_pages,
            ..self.directory().await.settings
        };
        let settings = settings.checked().expect("good settings");
        self.change(HouseChange::PutSettings(Box::new(settings)))
            .await;
    }
}

/// The page of the shop.
pub fn shop(components: Shown) -> StatusPage {
    StatusPage {
        id: "p1".to_owned(),
        name: "Shop".to_owned(),
        hosts: vec![SHOP.to_owned(), "www.shop.test".to_owned()],
        components,
    }
}

fn only(id: &ComponentId) -> Shown {
    Shown::Only([id.clone()].into())
}

/// An incident that went on for a while with some components.
async fn incident(
    site: &Site,
    by: &PersonRef,
    title: &str,
    components: &[&ComponentId],
    over: bool,
) {
    let affected = |status| {
        components
            .iter()
            .map(move |id| Affected {
                id: (*id).clone(),
                status,
            })
            .collect()
    };
    let word = |id: &str, state, status| E::PublicUpdatePublished {
        update: PublicUpdate {
            source: None,
            id: id.to_owned(),
            state,
            message: format!("About {title}"),
            components: affected(status),
            next_update_by: None,
            impact: None,
        },
    };
    let declared = E::Declared {
        title: "inside".to_owned(),
        severity: Severity::Unset,
        kind: Kind::Live,
        summary: None,
        started_at: server::clock::Clock::now(&*site.clock),
        ic: Some(by.id.clone()),
    };
    let begun = site.happen(None, Some(by), vec![declared]).await;
    let mut events = vec![word(
        "1",
        PublicState::Identified,
        ComponentStatus::MajorOutage,
    )];
    if over {
        events.push(word(
            "2",
            PublicState::Resolved,
            ComponentStatus::Operational,
        ));
    }
    site.happen(Some(&begun), Some(by), events).await;
}

async fn maintenance(site: &Site, title: &str, components: &[&ComponentId]) {
    let now = server::clock::Clock::now(&*site.clock);
    let plan = Plan {
        title: title.to_owned(),
        components: components.iter().map(|&id| id.clone()).collect(),
        from: now + TimeDelta::hours(5),
        to: now + TimeDelta::hours(6),
        starts_itself: true,
        ends_itself: true,
        remind_before: None,
        repeat: None,
    };
    let one = Maintenance::schedule(plan, "Soon.", None, now).expect("a plan");
    let change = HouseChange::PutMaintenance {
        maintenance: Box::new(one),
        key: None,
        next: None,
    };
    site.change(change).await;
}

/// A shop and something that belongs to nobody but the main page. Incidents 1 and 2 and maintenance 1 are not the shop's.
pub async fn two_pages(site: &Site) -> (PersonRef, ComponentId, ComponentId) {
    let ines = site.person("ines", "Ines Alder").await;
    let shop_part = site.component("Checkout", "").await;
    let other = site.component(MARK, &format!("{MARK} group")).await;
    site.clock.advance(TimeDelta::days(-65));
    incident(site, &ines, MARK, &[&other], true).await;
    site.clock.advance(TimeDelta::days(65));
    incident(site, &ines, MARK, &[&other], false).await;
    incident(site, &ines, "the till", &[&shop_part, &other], false).await;
    incident(site, &ines, "the cart", &[&shop_part], true).await;
    maintenance(site, MARK, &[&other]).await;
    maintenance(site, "New tills", &[&shop_part, &other]).await;
    site.set_up(vec![shop(only(&shop_part))]).await;
    site.later(1);
    (ines, shop_part, other)
}

/// Every address there is, also those of what belongs to another page.
pub fn addresses(components: &[&ComponentId]) -> Vec<String> {
    let mut all: Vec<String> = [
        "/calendar.ics",
        "/history.atom",
        "/history.rss",
        "/feed.json",
        "/api/v3/current-status",
        "/api/v3/issues",
        "/api/v4/current-status",
        "/api/v4/incidents",
        "/status.txt",
        "/badge.svg",
    ]
    .map(str::to_owned)
    .into();
    let mut below = vec![
        String::new(),
        "/history".to_owned(),
        "/nothing-here".to_owned(),
    ];
    below.extend(
        ["2026-08", "2026-09", "2026-10", "2026-11"].map(|month| format!("/history/{month}")),
    );
    for number in 1..=5 {
        below.push(format!("/incidents/{number}"));
        below.push(format!("/maintenance/{number}"));
        all.push(format!("/api/v3/issues/{number}"));
        all.push(format!("/api/v4/incidents/{number}"));
        for kind in ["incident", "maintenance"] {
            let code = domain::status::code(kind, &number.to_string());
            all.push(format!("/api/v2/incidents/{code}.json"));
            below.push(format!("/incidents/{code}"));
        }
    }
    for id in components {
        let code = domain::status::code("component", id.as_str());
        below.push(format!("/components/{code}"));
        all.push(format!("/status/components/{code}/uptime.csv"));
        all.push(format!("/status/components/{code}/uptime.json"));
        all.push(format!("/badge/{code}.svg"));
        all.extend(
            ["/history.atom", "/calendar.ics", "/badge.svg"]
                .map(|doc| format!("{doc}?component={code}")),
        );
    }
    all.extend(crate::statuspage_api::DOCUMENTS.map(|name| format!("/api/v2/{name}")));
    let in_each = crate::languages::in_each(&below.iter().map(String::as_str).collect::<Vec<_>>());
    all.extend(in_each);
    all.extend(below.iter().map(|path| format!("/status{path}")));
    all
}

#[tokio::test]
async fn nothing_of_another_page_is_in_any_byte() {
    let site = Site::new().await;
    let (_, shop_part, other) = two_pages(&site).await;
    let mut found = 0;
    for path in addresses(&[&shop_part, &other]) {
        let page = site.at_host(SHOP, &path, &[]).await;
        let heads: Vec<&str> = page
            .headers
            .values()
            .filter_map(|value| value.to_str().ok())
            .collect();
        assert!(!page.html.contains(MARK), "{path}: {}", page.html);
        assert!(!heads.concat().contains(MARK), "{path}");
        assert!(!page.html.contains("Alder Works"), "{path} is of the shop");
        assert!(
            !page.html.contains("muster.test"),
            "{path} leads to the shop alone: {}",
            page.html
        );
        found += usize::from(page.status == StatusCode::OK);
    }
    assert!(found > 60, "{found}");
    // The same with the main page, which has all of it: else the addresses would prove nothing.
    let mut marked = 0;
    for path in addresses(&[&shop_part, &other]) {
        marked += usize::from(
            site.at_host("muster.test", &path, &[])
                .await
                .html
                .contains(MARK),
        );
    }
    assert!(marked > 60, "{marked}");
}

#[tokio::test]
async fn a_page_has_its_own_incidents_and_no_others() {
    let site = Site::new().await;
    let (_, shop_part, other) = two_pages(&site).await;
    let front = site.at_host(SHOP, "/status", &[]).await;
    for words in ["Shop", "Checkout", "the till", "New tills"] {
        assert!(front.text().contains(words), "{words}: {}", front.text());
    }
    let code = domain::status::code("component", other.as_str());
    let known = domain::status::code("component", shop_part.as_str());
    for (path, status) in [
        ("/status/incidents/1".to_owned(), 404),
        ("/status/incidents/2".to_owned(), 404),
        ("/status/incidents/3".to_owned(), 200),
        ("/status/incidents/4".to_owned(), 200),
        ("/status/maintenance/1".to_owned(), 404),
        ("/status/maintenance/2".to_owned(), 200),
        (format!("/status/components/{code}"), 404),
        (format!("/status/components/{known}"), 200),
        (format!("/history.atom?component={code}"), 404),
        // The history of the other page is longer.
        ("/status/history/2026-09".to_owned(), 404),
        ("/status/history/2026-10".to_owned(), 404),
        ("/status/history/2026-11".to_owned(), 200),
        (
            format!(
                "/status/incidents/{}",
                domain::status::code("incident", "1")
            ),
            404,
        ),
        (
            format!(
                "/status/incidents/{}",
                domain::status::code("incident", "3")
            ),
            308,
        ),
    ] {
        let page = site.at_host(SHOP, &path, &[]).await;
        assert_eq!(page.status, status, "{path}");
        if status == 404 {
            assert_ne!(
                site.at_host("muster.test", &path, &[]).await.status,
                404,
                "{path}"
            );
        }
    }
    let feed = site.at_host(SHOP, "/history.atom", &[]).await.html;
    assert!(
        feed.contains("https://shop.test/status") && feed.contains("the cart"),
        "{feed}"
    );
}

#[tokio::test]
async fn a_host_name_leads_to_its_page_and_any_other_to_none() {
    let site = Site::new().await;
    // Nobody has given a page a name: all lead to the one there is.
    for host in ["muster.test", "elsewhere.test", "10.0.0.1:8080"] {
        assert_eq!(
            site.at_host(host, "/status", &[]).await.status,
            200,
            "{host}"
        );
    }
    let (_, shop_part, other) = two_pages(&site).await;
    for (host, whose) in [
        ("shop.test", Some("Shop")),
        ("SHOP.Test:8443", Some("Shop")),
        ("shop.test.", Some("Shop")),
        ("www.shop.test", Some("Shop")),
        ("muster.test", Some("Alder Works")),
        ("muster.test:443", Some("Alder Works")),
        ("elsewhere.test", None),
        ("shop.test.elsewhere.test", None),
        ("shop.test@elsewhere.test", None),
        ("10.0.0.1", None),
        ("[::1]:80", None),
        ("", None),
    ] {
        let page = site.at_host(host, "/status", &[]).await;
        if let Some(name) = whose {
            let shown = page.text().contains(&format!("{name} status"));
            assert!(shown, "{host}: {}", page.text());
        } else {
            assert_eq!(page.status, 404, "{host}");
            let words = "There is no status page at this host name";
            assert!(page.text().contains(words), "{}", page.text());
        }
    }
    for path in addresses(&[&shop_part, &other]) {
        let page = site
            .at_host("elsewhere.test", &path, &[(ACCEPT_LANGUAGE, "de")])
            .await;
        assert_eq!(page.status, 404, "{path}");
        for word in [MARK, "Shop", "Alder", "Checkout", "muster.test", SHOP] {
            assert!(!page.html.contains(word), "{path}: {word}");
        }
    }
    let german = site
        .at_host("elsewhere.test", "/status", &[(ACCEPT_LANGUAGE, "de")])
        .await;
    assert!(
        german
            .text()
            .contains("Unter diesem Hostnamen gibt es keine Statusseite")
    );
    assert!(german.headers.contains_key("content-security-policy"));
}

#[tokio::test]
async fn an_export_has_of_the_main_page_what_that_shows() {
    let site = Site::new().await;
    let (_, shop_part, _) = two_pages(&site).await;
    let main = StatusPage {
        components: only(&shop_part),
        ..StatusPage::default()
    };
    site.set_up(vec![main]).await;
    let export = Export {
        store: Arc::clone(&site.store),
        clock: site.clock.clone(),
        base_url: "https://muster.test".to_owned(),
        assets: Assets {
            css: "/pkg/status.css".to_owned(),
            js: "/pkg/status.js".to_owned(),
        },
        pkg: Vec::new(),
    };
    let folder = site.folder.file("mark", b"").with_file_name("site");
    let exported = export.into_folder(&folder).await.expect("an export");
    assert_eq!(exported.incidents, 2);
    let (mut folders, mut files) = (vec![folder], 0);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let bytes = std::fs::read(&path).expect("a file");
                let text = String::from_utf8_lossy(&bytes);
                assert!(!text.contains(MARK), "{}", path.display());
                files += 1;
            }
        }
    }
    // The list of what is ours lies beside them.
    assert_eq!(files, exported.files + 1);
}

#[tokio::test]
async fn what_a_browser_has_of_one_page_is_not_taken_for_another() {
    let site = Site::new().await;
    two_pages(&site).await;
    for path in [
        "/status",
        "/status/incidents/3",
        "/history.atom",
        "/api/v2/summary.json",
    ] {
        let main = site.at_host("muster.test", path, &[]).await;
        let tag = main.headers[ETAG].to_str().expect("ascii");
        let known = [(IF_NONE_MATCH, tag)];
        assert_eq!(
            site.at_host("muster.test", path, &known).await.status,
            304,
            "{path}"
        );
        let shop = site.at_host(SHOP, path, &known).await;
        assert_eq!(shop.status, 200, "{path}");
        assert_ne!(shop.headers[ETAG].to_str().ok(), Some(tag), "{path}");
    }
}

#[tokio::test]
async fn a_stream_tells_of_its_own_page() {
    let site = Site::new().await;
    let (ines, shop_part, other) = two_pages(&site).await;
    let mut line = Line::of(site.response(SHOP, "/status/live", &[]).await);
    line.next().await.expect("a greeting");
    incident(&site, &ines, MARK, &[&other], false).await;
    incident(&site, &ines, "the shelf", &[&shop_part, &other], false).await;
    // Whoever does not say where they are is told what was before, too.
    let mut told = false;
    while !told {
        let frame = line.next().await.expect("news");
        assert!(!frame.raw.contains(MARK), "{}", frame.raw);
        told = frame.data["update"]["message"] == "About the shelf";
    }
    // Set up otherwise, the page is another, and whoever follows it asks anew.
    site.set_up(vec![shop(only(&other))]).await;
    site.at_host(SHOP, "/status", &[]).await;
    while let Some(frame) = line.next().await {
        assert!(!frame.raw.contains(MARK), "{}", frame.raw);
    }
}

#[tokio::test]
async fn what_a_page_showed_before_does_not_come_back_when_the_store_fails() {
    let site = Site::new().await;
    let (_, shop_part, _) = two_pages(&site).await;
    site.set_up(vec![shop(Shown::All)]).await;
    assert!(site.at_host(SHOP, "/status", &[]).await.html.contains(MARK));
    site.set_up(vec![shop(only(&shop_part))]).await;
    let now = site.at_host(SHOP, "/status", &[]).await;
    assert!(!now.html.contains(MARK) && now.html.contains("Checkout"));
    site.store.close().await;
    site.later(10);
    let old = site.at_host(SHOP, "/status", &[]).await;
    assert!(!old.html.contains(MARK) && old.html.contains("Checkout"));
    assert_eq!(
        at("14:27") + TimeDelta::minutes(11),
        server::clock::Clock::now(&*site.clock)
    );
}

#[tokio::test]
async fn a_process_hears_that_pages_are_set_up_otherwise() {
    let site = Site::behind_a_hub().await;
    let api = site.component("API", "").await;
    let until = async |status: u16| {
        for _ in 0..200 {
            if site.at_host("elsewhere.test", "/status", &[]).await.status == status {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        panic!("it is never {status}");
    };
    until(200).await;
    site.set_up(vec![shop(only(&api))]).await;
    until(404).await;
    site.set_up(Vec::new()).await;
    until(200).await;
}

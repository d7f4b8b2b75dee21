//! The public pages in each of their languages: which one is answered, that every word is in it, and where it leads.

use crate::pages::{declared, said};
use crate::site::{Page, Site, at};
use axum::body::to_bytes;
use domain::{ComponentStatus, Kind, PublicState};
use http::StatusCode;
use http::header::{ACCEPT_LANGUAGE, CONTENT_LANGUAGE, LOCATION, VARY};
use std::collections::BTreeSet;

/// The languages, as addresses name them.
pub const LANGUAGES: [&str; 6] = ["en", "de", "fr", "es", "pt", "ja"];

/// Some addresses below `/status`, in each language.
pub fn in_each(paths: &[&str]) -> Vec<String> {
    let each = LANGUAGES.iter();
    each.flat_map(|language| paths.iter().map(move |path| format!("/status/{language}{path}")))
        .collect()
}

/// The messages of a language, as they are written.
fn messages(language: &str) -> String {
    let path = format!("{}/locales/{language}.ftl", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("the messages")
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
    site.clock.advance(chrono::TimeDelta::days(2));
    let soon = server::clock::Clock::now(&*site.clock) + chrono::TimeDelta::minutes(30);
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
    site
}

/// Where `busy` has pages, below `/status`.
async fn paths(site: &Site) -> Vec<String> {
    let mut paths: Vec<String> = [
        "",
        "/incidents/1",
        "/incidents/2",
        "/incidents/3",
        "/incidents/4",
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

/// What a person may read or hear of a page: its text, and the attributes that are read out.
fn heard(page: &Page) -> String {
    let mut heard = page.text();
    for name in ["aria-label", "data-own", "data-told", "data-lost"] {
        for rest in page.html.split(&format!(" {name}=\"")).skip(1) {
            heard.push_str(" | ");
            heard.push_str(rest.split('"').next().unwrap_or_default());
        }
    }
    heard
}

/// The pieces of text in a file of messages that stand on one line between what is put in.
fn pieces(messages: &str) -> BTreeSet<String> {
    let mut pieces = BTreeSet::new();
    for line in messages.lines().filter(|line| !line.starts_with('#')) {
        let text = match line.split_once(" = ") {
            Some((_, text)) => text,
            None => line.split_once("] ").map_or("", |(_, text)| text),
        };
        for part in text.split('{') {
            let part = part.rsplit('}').next().unwrap_or_default();
            let part = part.trim_matches(|sign: char| !sign.is_alphabetic());
            if part.chars().count() > 2 {
                pieces.insert(part.to_owned());
            }
        }
    }
    pieces
}

/// True when a text has a piece as words of its own.
fn has(text: &str, piece: &str) -> bool {
    text.match_indices(piece).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + piece.len()..].chars().next();
        ![before, after].into_iter().flatten().any(char::is_alphanumeric)
    })
}

#[tokio::test]
async fn no_english_word_is_left_on_a_page_in_another_language() {
    let site = busy().await;
    let english = pieces(&messages("en"));
    let paths = paths(&site).await;
    let mut seen = BTreeSet::new();
    for path in &paths {
        let page = site.get(&format!("/status/en{path}")).await;
        let heard = heard(&page);
        seen.extend(english.iter().filter(|piece| has(&heard, piece)).cloned());
    }
    // The pages of this test show most of our words, or it would say little.
    let unseen: Vec<_> = english.difference(&seen).collect();
    assert!(seen.len() > 90, "{} of {}, not {unseen:?}", seen.len(), english.len());
    for language in LANGUAGES.into_iter().filter(|language| *language != "en") {
        let own = messages(language);
        for path in &paths {
            let page = site.get(&format!("/status/{language}{path}")).await;
            let heard = heard(&page);
            for piece in english.iter().filter(|piece| !has(&own, piece)) {
                // The list of languages names each in itself.
                assert!(
                    !has(&heard, piece) || piece == "English",
                    "{piece:?} on {path} in {language}: {heard}"
                );
            }
            for broken in ["{ $", "{$", "{ ", "\u{2068}", "\u{e000}", "\u{e001}"] {
                assert!(!heard.contains(broken), "{broken:?} on {path} in {language}");
            }
            assert_eq!(self::language(&page), (language, language), "{path}");
        }
    }
}

#[tokio::test]
async fn what_people_wrote_and_what_tools_read_is_the_same_in_every_language() {
    let site = busy().await;
    for language in LANGUAGES {
        let front = site.get(&format!("/status/{language}")).await;
        assert!(front.text().contains(WRITTEN), "{language}");
        assert!(front.text().contains("Qxd"), "{language}");
    }
    for path in [
        "/api/v2/summary.json",
        "/api/v4/current-status",
        "/history.atom",
        "/status.txt",
        "/badge.svg",
    ] {
        let (plain, german) = (site.get(path).await, asked(&site, path, "de").await);
        assert_eq!(plain.html, german.html, "{path}");
        assert_eq!(german.headers[VARY], "Accept-Encoding", "{path}");
        assert!(!german.headers.contains_key(CONTENT_LANGUAGE), "{path}");
    }
}

#[tokio::test]
async fn sentences_are_said_as_each_language_says_them() {
    let site = Site::new().await;
    for (language, said) in [
        ("en", "As of 14:27 UTC , Tuesday 17 November 2026."),
        ("de", "Alle Systeme in Betrieb. Stand: 14:27 UTC , Dienstag, 17. November 2026. Neu laden"),
        ("fr", "Tous les systèmes sont opérationnels. État à 14:27 UTC , mardi 17 novembre 2026."),
        ("es", "Estado a las 14:27 UTC , martes, 17 de noviembre de 2026."),
        ("pt", "Situação às 14:27 UTC , terça-feira, 17 de novembro de 2026."),
        ("ja", "すべて正常に稼働しています。 2026年11月17日 火曜日、 14:27 UTC 現在。 再読み込み"),
    ] {
        let text = site.get(&format!("/status/{language}")).await.text();
        assert!(text.contains(said), "{language}: {text}");
    }
    let (api, web) = (site.component("API", "").await, site.component("Web", "").await);
    site.component("Mail", "").await;
    let down = [
        (&api, ComponentStatus::PartialOutage),
        (&web, ComponentStatus::PartialOutage),
    ];
    let events = vec![
        declared(Kind::Live),
        said(PublicState::Investigating, WRITTEN, &down, None),
    ];
    site.happen(None, None, events).await;
    for (language, sentence, title, day) in [
        ("en", "API and Web are partly down.", "Incident with API and Web", "17 Nov, partly down 56 min, 1 incident"),
        ("de", "API und Web sind teilweise gestört.", "Vorfall bei API und Web", "17. Nov., teilweise gestört 56 Min., 1 Vorfall"),
        ("fr", "API et Web sont partiellement en panne.", "Incident sur API et Web", "17 nov., panne partielle 56\u{a0}min, 1 incident"),
        ("es", "API y Web funcionan solo en parte.", "Incidente en API y Web", "17 nov, caída parcial 56 min, 1 incidente"),
        ("pt", "API e Web estão parcialmente fora do ar.", "Incidente em API e Web", "17 de nov., queda parcial 56 min, 1 incidente"),
        ("ja", "APIとWebで一部障害が発生しています。", "APIとWebの障害", "11月17日、一部障害 56分、障害1件"),
    ] {
        let html = site.get(&format!("/status/{language}")).await.html;
        for words in [sentence, title, day] {
            assert!(html.contains(words), "{words}: {html}");
        }
    }
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
            assert!(page.html.contains("<a href=\"/status\" class=\"site\">"), "{path}");
            assert!(!page.html.contains(" href=\"/status/de/incidents/1#"), "{path}");
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
            let there = if page.status == 404 { "" } else { path.as_str() };
            let href = format!("href=\"/status/{language}{there}\" lang=\"{language}\" hreflang=\"{language}\"");
            assert!(languages.contains(&href), "{href} in {languages}");
            let alternate = format!("hreflang=\"{language}\" href=\"https://muster.test/status/{language}{path}\"");
            assert_eq!(page.html.contains(&alternate), page.status == 200, "{alternate}");
        }
        assert_eq!(languages.matches("aria-current").count(), 1);
        assert!(page.between("aria-current", "</a>").contains("Français"));
        let default = format!("hreflang=\"x-default\" href=\"https://muster.test/status{path}\"");
        assert_eq!(page.html.contains(&default), page.status == 200, "{default}");
        let body = page.between("<body", "</body>").replace(languages, "");
        let mut links = 0;
        for link in body.split(" href=\"/").skip(1) {
            let link = link.split('"').next().unwrap_or_default();
            let sheet = link.ends_with("/uptime.csv") || link.ends_with("/uptime.json");
            assert!(sheet || link == "status/fr" || link.starts_with("status/fr/"), "{link} on {path}");
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
        let named = LANGUAGES.into_iter().find(|l| path.starts_with(&format!("/status/{l}/")));
        let expected = named.unwrap_or("fr");
        assert_eq!(language(&page), (expected, expected), "{path}");
        assert!(page.html.contains("/pkg/status.css"), "{path}");
        for name in ["English", "Deutsch", "Français", "Español", "Português", "日本語"] {
            assert!(page.html.contains(name), "{name} on {path}");
        }
    }
}

#[tokio::test]
async fn another_language_is_there_when_the_store_is_not() {
    let site = busy().await;
    assert_eq!(site.get("/status").await.status, StatusCode::OK);
    assert_eq!(site.get("/status/fr/incidents/1").await.status, StatusCode::OK);
    site.store.close().await;
    // What one reader had read is good for the next, in whatever language.
    let young = site.get("/status/de").await;
    assert_eq!(young.status, StatusCode::OK);
    assert!(!young.text().contains("Neueres lässt sich"), "{}", young.text());
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

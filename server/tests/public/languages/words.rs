//! Every word of ours is in the reader's language, and no other word is.

use super::{LANGUAGES, WRITTEN, asked, busy, language, paths, quiet};
use crate::pages::{declared, said};
use crate::site::{Page, Site};
use domain::{ComponentStatus, Kind, PublicState};
use http::header::{CONTENT_LANGUAGE, VARY};
use std::collections::BTreeSet;

/// The messages of a language, as they are written.
fn messages(language: &str) -> String {
    let path = format!("{}/locales/{language}.ftl", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("the messages")
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
    // What others show of it.
    let about = page
        .html
        .split("<meta name=\"description\" content=\"")
        .nth(1);
    let about = about.and_then(|rest| rest.split('"').next());
    heard.push_str(" | ");
    heard.push_str(about.unwrap_or_default());
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
        ![before, after]
            .into_iter()
            .flatten()
            .any(char::is_alphanumeric)
    })
}

/// What is right in Latin letters on a page in Japanese, beside what is written and the names of languages.
const LATIN: [&str; 10] = [
    "Atom",
    "RSS",
    "UTC",
    "JavaScript",
    "CSV",
    "JSON",
    "Qxa",
    "Qxb",
    "Qxc",
    "Qxd",
];

/// The words in Latin letters that nobody wrote. In Japanese there is none of ours: whatever is, was forgotten.
fn latin(heard: &str) -> Vec<String> {
    let names = [
        "English",
        "Deutsch",
        "Français",
        "Español",
        "Português",
        WRITTEN,
    ];
    let rest = names
        .iter()
        .fold(heard.to_owned(), |text, name| text.replace(name, " "));
    let words = rest.split(|sign: char| !sign.is_ascii_alphabetic());
    words
        .filter(|word| !word.is_empty() && !LATIN.contains(word))
        .map(str::to_owned)
        .collect()
}

#[tokio::test]
async fn no_english_word_is_left_on_a_page_in_another_language() {
    let english = pieces(&messages("en"));
    let mut seen = BTreeSet::new();
    for site in [busy().await, quiet().await] {
        let paths = paths(&site).await;
        for path in paths.iter().map(String::as_str).chain(["/embed"]) {
            let page = site.get(&format!("/status/en{path}")).await;
            let heard = heard(&page);
            seen.extend(english.iter().filter(|piece| has(&heard, piece)).cloned());
            for language in LANGUAGES.into_iter().filter(|language| *language != "en") {
                let page = site.get(&format!("/status/{language}{path}")).await;
                is_in(&page, language, &english);
            }
        }
    }
    // The pages of this test show most of our words, or it would say little.
    let unseen: Vec<_> = english.difference(&seen).collect();
    assert!(seen.len() > 100, "{} seen, not {unseen:?}", seen.len());
}

/// Every word of ours on a page is in its language.
fn is_in(page: &Page, language: &str, english: &BTreeSet<String>) {
    // "Mar." is a day in French, too.
    let own = messages(language).to_lowercase();
    let heard = heard(page);
    for piece in english
        .iter()
        .filter(|piece| !has(&own, &piece.to_lowercase()))
    {
        // The list of languages names each in itself.
        let ours = piece == "English" || !has(&heard, piece);
        assert!(ours, "{piece:?} in {language}: {heard}");
    }
    for broken in ["{ $", "{$", "{ ", "\u{2068}", "\u{e000}", "\u{e001}"] {
        assert!(!heard.contains(broken), "{broken:?} in {language}: {heard}");
    }
    if language == "ja" {
        assert_eq!(latin(&heard), Vec::<String>::new(), "{heard}");
    }
    assert_eq!(self::language(page), (language, language), "{heard}");
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
        (
            "de",
            "Alle Systeme in Betrieb. Stand: 14:27 UTC , Dienstag, 17. November 2026. Neu laden",
        ),
        (
            "fr",
            "Tous les systèmes sont opérationnels. État à 14:27 UTC , mardi 17 novembre 2026.",
        ),
        (
            "es",
            "Estado a las 14:27 UTC , martes, 17 de noviembre de 2026.",
        ),
        (
            "pt",
            "Situação às 14:27 UTC , terça-feira, 17 de novembro de 2026.",
        ),
        (
            "ja",
            "すべて正常に稼働しています。 2026年11月17日 火曜日、 14:27 UTC 現在。 再読み込み",
        ),
    ] {
        let text = site.get(&format!("/status/{language}")).await.text();
        assert!(text.contains(said), "{language}: {text}");
    }
    let (api, web) = (
        site.component("API", "").await,
        site.component("Web", "").await,
    );
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
        (
            "en",
            "API and Web are partly down.",
            "Incident with API and Web",
            "17 Nov, partly down 56 min, 1 incident",
        ),
        (
            "de",
            "API und Web sind teilweise gestört.",
            "Vorfall bei API und Web",
            "17. Nov., teilweise gestört 56 Min., 1 Vorfall",
        ),
        (
            "fr",
            "API et Web sont partiellement en panne.",
            "Incident sur API et Web",
            "17 nov., panne partielle 56\u{a0}min, 1 incident",
        ),
        (
            "es",
            "API y Web funcionan solo en parte.",
            "Incidente en API y Web",
            "17 nov, caída parcial 56 min, 1 incidente",
        ),
        (
            "pt",
            "API e Web estão parcialmente fora do ar.",
            "Incidente em API e Web",
            "17 de nov., queda parcial 56 min, 1 incidente",
        ),
        (
            "ja",
            "APIとWebで一部障害が発生しています。",
            "APIとWebの障害",
            "11月17日、一部障害 56分、障害1件",
        ),
    ] {
        let html = site.get(&format!("/status/{language}")).await.html;
        for words in [sentence, title, day] {
            assert!(html.contains(words), "{words}: {html}");
        }
    }
}

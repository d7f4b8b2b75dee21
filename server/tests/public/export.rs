//! The public side as files: nothing is missing, nothing leads away, and every byte is what the server would send.

use crate::languages::LANGUAGES;
use crate::pages::{declared, said};
use crate::site::{Site, fixture};
use domain::{Component, ComponentId, ComponentStatus, Kind, Number, PublicState};
use server::http::status::{Assets, Export, ExportError, Exported, FolderError};
use server::import::jsonl;
use server::store::HouseChange;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

pub const CSS: &[u8] = b"main{color:red}";
pub const JS: &[u8] = b"let all=0";
/// Where the site says that it is.
const BASE: &str = "https://muster.test";

pub fn export(site: &Site) -> Export {
    Export {
        store: Arc::clone(&site.store),
        clock: site.clock.clone(),
        base_url: BASE.to_owned(),
        assets: Assets {
            css: "/pkg/status.css".to_owned(),
            js: "/pkg/status.js".to_owned(),
        },
        pkg: vec![
            ("pkg/status.css".to_owned(), CSS.into()),
            ("pkg/status.js".to_owned(), JS.into()),
        ],
    }
}

/// Every file below a folder, by its path there.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inside) = folders.pop() {
        for entry in std::fs::read_dir(&inside).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).expect("below").to_str();
            let bytes = std::fs::read(&path).expect("a file");
            found.insert(name.expect("UTF-8").to_owned(), bytes);
        }
    }
    found
}

/// A file's path without its language.
fn bare(file: &str, language: &str) -> String {
    file.replace(&format!("status/{language}/"), "status/")
}

/// The address that a host of files answers with a file.
pub fn address(file: &str) -> String {
    let path = file.strip_suffix("index.html").unwrap_or(file);
    format!("/{}", path.trim_end_matches('/'))
}

/// True for what people read.
pub fn is_page(file: &str) -> bool {
    Path::new(file).extension().is_some_and(|end| end == "html") && !file.contains("api/")
}

/// Every file is the answer at its address, and a crawler finds every page and no dead link.
async fn is_whole(site: &Site, folder: &Path) {
    let files = files(folder);
    let mut asked = 0;
    let mut all: Vec<_> = files.iter().collect();
    // A page in all its languages, then the next: the server reads what it says once.
    all.sort_by_cached_key(|(file, _)| {
        LANGUAGES
            .iter()
            .fold((*file).clone(), |file, language| bare(&file, language))
    });
    for (file, bytes) in all {
        let expected = match file.as_str() {
            ".muster-export" => continue,
            "pkg/status.css" => CSS.to_vec(),
            "pkg/status.js" => JS.to_vec(),
            "index.html" => site.get("/status").await.html.into_bytes(),
            _ if file.ends_with("404.html") => {
                let root = match file.strip_suffix("/404.html") {
                    Some(folder) => format!("/{folder}"),
                    None => "/status".to_owned(),
                };
                let page = site.get(&format!("{root}/nothing/here")).await;
                assert_eq!(page.status, 404, "{file}");
                page.html.into_bytes()
            }
            _ => {
                let page = site.get(&address(file)).await;
                assert_eq!(page.status, 200, "{file}");
                page.html.into_bytes()
            }
        };
        assert!(expected == *bytes, "{file} is not what the server sends");
        asked += 1;
    }
    assert_eq!(asked + 1, files.len());
    crawl(&files);
    documents(&files);
}

/// Follows every link from the front page.
pub fn crawl(files: &BTreeMap<String, Vec<u8>>) {
    let mut seen = BTreeSet::new();
    let mut open = vec!["status/index.html".to_owned()];
    while let Some(file) = open.pop() {
        if !seen.insert(file.clone()) || !is_page(&file) {
            continue;
        }
        for (tag, link) in links(text(files, &file)) {
            // Where a page is, and in other languages, is said with its host.
            let link = match link.strip_prefix(BASE) {
                Some("") => "/".to_owned(),
                Some(path) if tag.starts_with("link ") => path.to_owned(),
                _ => link,
            };
            let (path, part) = link.split_once('#').unwrap_or((&link, ""));
            let target = match path {
                "" => file.clone(),
                _ if path.starts_with('/') => {
                    find(files, path).unwrap_or_else(|| panic!("{link} in {file} is dead"))
                }
                _ if path.starts_with("data:") => continue,
                // Only what people wrote leads away, and no browser follows it by itself.
                _ => {
                    assert!(tag.starts_with("a ") && tag.contains("noopener"), "<{tag}>");
                    continue;
                }
            };
            if !part.is_empty() {
                let id = format!("id=\"{part}\"");
                assert!(text(files, &target).contains(&id), "{link} in {file}");
            }
            open.push(target);
        }
    }
    let pages = files.keys().filter(|file| is_page(file));
    let never: Vec<_> = pages.filter(|file| !seen.contains(*file)).collect();
    let mut alone = vec!["404.html".to_owned(), "index.html".to_owned()];
    alone.extend(LANGUAGES.map(|language| format!("status/{language}/404.html")));
    // Only other sites lead there.
    alone.push("status/embed/index.html".to_owned());
    alone.extend(LANGUAGES.map(|language| format!("status/{language}/embed/index.html")));
    alone.sort();
    assert_eq!(
        never,
        alone.iter().collect::<Vec<_>>(),
        "nothing leads there"
    );
}

fn text<'a>(files: &'a BTreeMap<String, Vec<u8>>, file: &str) -> &'a str {
    str::from_utf8(&files[file]).expect("UTF-8")
}

/// The file that a host answers an address with.
fn find(files: &BTreeMap<String, Vec<u8>>, path: &str) -> Option<String> {
    let path = path.trim_matches('/');
    [path.to_owned(), format!("{path}/index.html")]
        .into_iter()
        .find(|name| files.contains_key(name))
}

/// Whatever a page leads to or loads, with the tag that says so.
fn links(html: &str) -> Vec<(&str, String)> {
    let mut found = Vec::new();
    for tag in html.split('<').filter_map(|part| part.split('>').next()) {
        for name in [" href=\"", " src=\"", " action=\"", " srcset=\""] {
            let rest = tag.split(name).nth(1);
            found.extend(rest.and_then(|rest| Some((tag, rest.split('"').next()?.to_owned()))));
        }
    }
    found
}

/// Documents name whole addresses; those of the site are there too.
pub fn documents(files: &BTreeMap<String, Vec<u8>>) {
    let mut named = 0;
    for file in files.keys().filter(|file| !is_page(file)) {
        let Ok(text) = str::from_utf8(&files[file]) else {
            continue;
        };
        for rest in text.split(&format!("{BASE}/")).skip(1) {
            let end = rest
                .find(['"', '<', '&', '\r', '\n', ' ', '#', ')'])
                .unwrap_or(rest.len());
            let path = &rest[..end];
            assert!(find(files, path).is_some(), "{path} in {file} is dead");
            named += 1;
        }
    }
    assert!(named > 10);
}

/// A page with a past of two years, something that goes on, and something that is hidden.
pub async fn busy() -> (Site, PathBuf) {
    let site = Site::new().await;
    let imported = jsonl(&*site.store, &*site.clock, &fixture("incidents.jsonl")).await;
    imported.expect("an import");
    let api = site.component("API", "").await;
    let secret = Component {
        hidden: true,
        ..Component::new(ComponentId::new("inside"), "Inside")
    };
    let change = HouseChange::PutComponent {
        component: secret,
        place: None,
    };
    site.change(change).await;
    let down = [(&api, ComponentStatus::PartialOutage)];
    let words = "See [the other host](https://elsewhere.test/x).";
    let events = vec![
        declared(Kind::Live),
        said(PublicState::Investigating, words, &down, None),
    ];
    site.happen(None, None, events).await;
    let folder = site.folder.file("mark", b"").with_file_name("site");
    (site, folder)
}

async fn written(site: &Site, folder: &Path) -> Exported {
    export(site).into_folder(folder).await.expect("an export")
}

#[tokio::test]
async fn the_exported_site_is_whole_and_equal_to_the_served_one() {
    let (site, folder) = busy().await;
    let exported = written(&site, &folder).await;
    is_whole(&site, &folder).await;
    let there = files(&folder);
    assert_eq!(exported.files + 1, there.len());
    assert!(!exported.moved);
    let newest = *site.store.head().borrow();
    assert!(newest > 0);
    let count = there
        .keys()
        .filter(|file| file.starts_with("status/incidents/") && is_page(file))
        .count();
    assert_eq!(exported.incidents, count);
    let badges: Vec<_> = there.keys().filter(|f| f.starts_with("badge/")).collect();
    let shown = site.directory().await.components;
    let shown = shown.iter().filter(|component| !component.hidden).count();
    assert_eq!(badges.len(), shown);
}

#[tokio::test]
async fn a_site_without_a_past_is_whole_too() {
    let site = Site::new().await;
    let folder = site.folder.file("mark", b"").with_file_name("site");
    let exported = written(&site, &folder).await;
    is_whole(&site, &folder).await;
    assert_eq!(exported.incidents, 0);
    // A month later there is still the month that the history leads to.
    site.clock.advance(chrono::TimeDelta::days(40));
    written(&site, &folder).await;
    is_whole(&site, &folder).await;
}

#[tokio::test]
async fn a_new_word_is_in_the_next_export_and_what_is_gone_is_not() {
    let (site, folder) = busy().await;
    let first = written(&site, &folder).await;
    let old = files(&folder);
    let number = Number(i64::try_from(first.incidents).expect("a count"));
    let incident = site.store.incident(number).await;
    let incident = incident.expect("the store").expect("an incident");
    site.later(3);
    let word = said(PublicState::Monitoring, "It is mended.", &[], None);
    site.happen(Some(&incident), None, vec![word]).await;
    written(&site, &folder).await;
    is_whole(&site, &folder).await;
    let new = files(&folder);
    for file in [
        "status/index.html".to_owned(),
        format!("status/incidents/{number}/index.html"),
        "history.atom".to_owned(),
        "status/api/v2/summary.json".to_owned(),
        format!("api/v4/incidents/{number}"),
        "status.txt".to_owned(),
    ] {
        let has = |files| text(files, &file).contains("It is mended.");
        assert_eq!((has(&old), has(&new)), (false, true), "{file}");
    }
    let before = "status/incidents/1/index.html";
    assert!(
        text(&new, before).contains("As of <time datetime=\"2026-11-17T14:30:00Z\""),
        "{}",
        text(&new, before)
    );
    // A badge goes with its component.
    let component = site.directory().await.components[0].clone();
    let change = HouseChange::PutComponent {
        component: Component {
            hidden: true,
            ..component
        },
        place: None,
    };
    site.change(change).await;
    written(&site, &folder).await;
    is_whole(&site, &folder).await;
    let badges = |files: &BTreeMap<String, Vec<u8>>| {
        let badges = files.keys().filter(|file| file.starts_with("badge/"));
        badges.count()
    };
    assert_eq!(badges(&files(&folder)) + 1, badges(&new));
}

#[tokio::test]
async fn what_is_not_ours_stays_and_what_fails_leaves_the_old() {
    let (site, folder) = busy().await;
    let strange = site.folder.file("mark", b"").with_file_name("strange");
    std::fs::create_dir_all(strange.join("photos")).expect("a folder");
    std::fs::write(strange.join("photos/cat.png"), b"cat").expect("a file");
    let refused = export(&site).into_folder(&strange).await;
    let Err(ExportError::Folder(error @ FolderError::NotOurs { .. })) = refused else {
        panic!("{refused:?}");
    };
    let words = error.to_string();
    assert!(
        words.contains("holds photos/cat.png, which no export put there"),
        "{words}"
    );
    assert_eq!(files(&strange).len(), 1);

    // One more file in a folder of ours is somebody's as well.
    written(&site, &folder).await;
    std::fs::write(folder.join("CNAME"), b"status.example.com").expect("a file");
    let old = files(&folder);
    let refused = export(&site).into_folder(&folder).await;
    assert!(refused.unwrap_err().to_string().contains("holds CNAME"));
    assert_eq!(files(&folder), old);
    std::fs::remove_file(folder.join("CNAME")).expect("it goes");

    // An export that was cut off is in nobody's way.
    let beside = folder.with_file_name(".site.muster-export");
    std::fs::create_dir_all(beside.join("status")).expect("a folder");
    std::fs::write(beside.join(".muster-export"), b"").expect("a file");
    std::fs::write(beside.join("status/index.html"), b"half").expect("a file");
    written(&site, &folder).await;
    is_whole(&site, &folder).await;
    assert!(!beside.exists());

    let old = files(&folder);
    site.store.close().await;
    let failed = export(&site).into_folder(&folder).await;
    assert!(matches!(failed, Err(ExportError::Store(_))), "{failed:?}");
    assert_eq!(files(&folder), old);
    assert!(!beside.exists());
    let file = folder.join("status.txt");
    assert!(export(&site).into_folder(&file).await.is_err());
}

#[tokio::test]
async fn whoever_reads_meanwhile_always_finds_it() {
    let (site, folder) = busy().await;
    written(&site, &folder).await;
    let done = Arc::new(AtomicBool::new(false));
    let (stop, front) = (Arc::clone(&done), folder.join("status/index.html"));
    let reader = std::thread::spawn(move || {
        let mut reads = 0_u32;
        while !stop.load(Ordering::Relaxed) {
            let page = std::fs::read_to_string(&front).expect("it is there");
            assert!(page.ends_with("</html>"));
            reads += 1;
        }
        reads
    });
    for _ in 0..10 {
        written(&site, &folder).await;
    }
    done.store(true, Ordering::Relaxed);
    assert!(reader.join().expect("it found it every time") > 100);
}

#[cfg_attr(
    not(real_data),
    ignore = "there is no real data: set MUSTER_REAL_DATA to its folder"
)]
#[tokio::test]
async fn the_page_of_every_real_incident_is_exported_whole() {
    let site = Site::new().await;
    let path = Path::new(option_env!("MUSTER_REAL_DATA").unwrap_or_default());
    let path = path.join(crate::import_real::FILE);
    let report = jsonl(&*site.store, &*site.clock, &path).await;
    let report = report.expect("an import");
    let folder = site.folder.file("mark", b"").with_file_name("site");
    let exported = written(&site, &folder).await;
    assert_eq!(exported.incidents, report.incidents);
    is_whole(&site, &folder).await;
}

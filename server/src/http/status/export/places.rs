//! In which files pages stand, so that any host of static files answers at the server's addresses.

use super::super::address::Page;
use super::super::data::{Doc, Sheet};
use super::super::words::{Language, Tongue};

/// The name under which hosts of files look for the page of a folder.
const INDEX: &str = "index.html";
/// The name under which they look for the page of what is not there.
const NOT_FOUND: &str = "404.html";

/// The languages that a page is written in; what tools read has none.
pub(super) fn tongues(page: Page) -> Vec<Tongue> {
    let fixed = Language::ALL.into_iter().map(Tongue::fixed);
    let here = [Tongue::default()].into_iter();
    match page {
        Page::Front
        | Page::Incident(_)
        | Page::Maintenance(_)
        | Page::History
        | Page::Month(_)
        | Page::Component(_)
        | Page::Embed
        | Page::Banner
        | Page::Missing => here.chain(fixed).collect(),
        Page::Uptime(..) | Page::Look | Page::Data(_) => here.collect(),
    }
}

/// Where a page stands, below the folder.
pub(super) fn places(page: Page, tongue: Tongue) -> Vec<String> {
    if page == Page::Banner {
        let root = tongue.root();
        return vec![format!("{}/embed.json", root.trim_start_matches('/'))];
    }
    if tongue.fixed {
        let root = format!("status/{}", tongue.language.code());
        let path = page.path().map(|path| format!("{root}{path}/{INDEX}"));
        // Some hosts look for the page of what is not there in the folder of the address.
        return vec![path.unwrap_or_else(|| format!("{root}/{NOT_FOUND}"))];
    }
    match page {
        // At the root, the server only leads there.
        Page::Front => vec![INDEX.to_owned(), format!("status/{INDEX}")],
        Page::Incident(_)
        | Page::Maintenance(_)
        | Page::History
        | Page::Month(_)
        | Page::Embed
        | Page::Component(_) => {
            let path = page.path().into_iter();
            path.map(|path| format!("status{path}/{INDEX}")).collect()
        }
        Page::Uptime(code, sheet) => {
            let end = match sheet {
                Sheet::Csv => "csv",
                Sheet::Json => "json",
            };
            vec![format!("status/components/{}/uptime.{end}", code.text())]
        }
        Page::Look => vec!["status/look.css".to_owned()],
        // What hosts of files show where nothing is.
        Page::Missing => vec![NOT_FOUND.to_owned()],
        Page::Data(doc) => data(doc),
        // Above, in every language.
        Page::Banner => Vec::new(),
    }
}

/// Tools are told the page's address or that of its host, and go on from there.
fn data(doc: Doc) -> Vec<String> {
    let Some(address) = doc.address() else {
        return Vec::new();
    };
    let end = match doc {
        // A file cannot be a folder as well.
        Doc::Heroku(heroku) if heroku.has_more_below() => format!("/{INDEX}"),
        _ => String::new(),
    };
    let roots: &[&str] = if doc.is_beside_page() {
        &["status/"]
    } else {
        &["", "status/"]
    };
    let place = |root| format!("{root}{}{end}", address.trim_start_matches('/'));
    roots.iter().map(place).collect()
}

//! In which files pages stand, so that any host of static files answers at the server's addresses.

use super::super::address::Page;
use super::super::data::{Doc, Sheet};

/// The name under which hosts of files look for the page of a folder.
const INDEX: &str = "index.html";

/// Where a page stands, below the folder.
pub(super) fn places(page: Page) -> Vec<String> {
    match page {
        // At the root, the server only leads there.
        Page::Front => vec![INDEX.to_owned(), format!("status/{INDEX}")],
        Page::Incident(number) => vec![format!("status/incidents/{number}/{INDEX}")],
        Page::Maintenance(number) => vec![format!("status/maintenance/{number}/{INDEX}")],
        Page::History => vec![format!("status/history/{INDEX}")],
        Page::Month(month) => vec![format!("status/history/{month}/{INDEX}")],
        Page::Component(code) => vec![format!("status/components/{}/{INDEX}", code.text())],
        Page::Uptime(code, sheet) => {
            let end = match sheet {
                Sheet::Csv => "csv",
                Sheet::Json => "json",
            };
            vec![format!("status/components/{}/uptime.{end}", code.text())]
        }
        // What hosts of files show where nothing is.
        Page::Missing => vec!["404.html".to_owned()],
        Page::Data(doc) => data(doc),
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
    ["", "status/"]
        .map(|root| format!("{root}{}{end}", address.trim_start_matches('/')))
        .into()
}

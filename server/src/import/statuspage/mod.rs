//! A Statuspage, as it tells of itself: `summary.json`, `components.json`, `incidents.json` and their kin of its public
//! API, and `history.atom`. Whatever is given is one page, put together first and brought in then.

mod components;
mod excuses;
mod feed;
mod fetch;
mod html;
mod merge;
mod page;
mod settings;
mod wanted;

use super::incidents::bring_in;
use super::maintenances::{self, ForeignMaintenance};
use super::report::Report;
use super::{Foreign, ImportError};
use crate::clock::Clock;
use crate::store::Store;

/// Imports the documents of one page, each a file or an address. What they are is told by what is in them. Parts that
/// cannot be read are named in the report, and the rest comes in.
pub async fn statuspage(
    store: &dyn Store,
    clock: &dyn Clock,
    from: &[String],
) -> Result<Report, ImportError> {
    let mut report = Report::default();
    let documents = fetch::documents(from).await?;
    let zone = store.directory().await?.settings.time_zone;
    let page = merge::merged(documents, &zone, &mut report)?;
    settings::take_over(store, clock, &page, &mut report).await?;
    components::take_over(store, clock, &page, &mut report).await?;
    bring_in(store, clock, page.incidents, &mut report).await?;
    maintenances::bring_in(store, clock, page.maintenances, &mut report).await?;
    Ok(report)
}

/// Something that was given, as it came.
struct Document {
    /// The file or the address.
    name: String,
    content: Vec<u8>,
}

/// Everything that was given, put together.
#[derive(Default)]
struct Page {
    /// What its JSON says of it.
    head: Option<page::Head>,
    /// What it is called.
    name: Option<String>,
    /// Its components and the headings above them.
    rows: Vec<page::Row>,
    incidents: Vec<Foreign>,
    maintenances: Vec<ForeignMaintenance>,
}

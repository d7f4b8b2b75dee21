//! `muster status …`

use super::{Failure, opened, say};
use crate::clock::SystemClock;
use crate::config::{self, DatabaseArg};
use crate::http;
use crate::http::status::Target;
use clap::Subcommand;
use std::sync::Arc;

#[derive(Debug, Subcommand)]
pub(super) enum StatusCommand {
    /// Write the whole public site into a folder or a bucket, for any host of static files; needs the database and no server
    Export {
        /// A folder: not there yet, empty, or from an earlier export, which it replaces at once; or `s3://BUCKET/PREFIX`
        #[arg(value_name = "TARGET")]
        target: String,
        /// How people reach the site, for feeds and the API: <https://host>
        #[arg(long, env = "MUSTER_BASE_URL", value_name = "URL")]
        base_url: Option<String>,
        #[command(flatten)]
        database: DatabaseArg,
    },
}

pub(super) async fn run(command: StatusCommand) -> Result<(), Failure> {
    let StatusCommand::Export {
        target,
        base_url,
        database,
    } = command;
    let target: Target = target.parse()?;
    let base_url = config::public_address(base_url)?;
    let store = opened(database).await?;
    let export = http::public_export(Arc::clone(&store), Arc::new(SystemClock), base_url)
        .ok_or(http::NO_SITE)?;
    let exported = export.to(&target).await;
    let directory = store.directory().await;
    store.close().await;
    let exported = exported?;
    say(&format!(
        "{target} holds the whole public site: {} files, {} kB, {} incidents.",
        exported.files,
        exported.bytes.div_ceil(1000),
        exported.incidents
    ));
    let pages = directory?.settings.status_pages.into_iter();
    let further: Vec<String> = pages
        .filter(|page| !page.is_main())
        .map(|page| page.name)
        .collect();
    if !further.is_empty() {
        say(&format!(
            "It is the main status page. Left out, because a folder has one page: {}.",
            further.join(", ")
        ));
    }
    if exported.moved {
        say(
            "Customers were told something while it was written. Export again to have that complete.",
        );
    }
    Ok(())
}

//! `muster status …`

use super::{Failure, opened, say};
use crate::clock::SystemClock;
use crate::config::{self, DatabaseArg};
use crate::http;
use clap::Subcommand;
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Debug, Subcommand)]
pub(super) enum StatusCommand {
    /// Write the whole public site into a folder, for any host of static files; needs the database and no server
    Export {
        /// The folder: not there yet, empty, or from an earlier export, which it replaces at once
        folder: PathBuf,
        /// How people reach the site, for feeds and the API: <https://host>
        #[arg(long, env = "MUSTER_BASE_URL", value_name = "URL")]
        base_url: Option<String>,
        #[command(flatten)]
        database: DatabaseArg,
    },
}

pub(super) async fn run(command: StatusCommand) -> Result<(), Failure> {
    let StatusCommand::Export {
        folder,
        base_url,
        database,
    } = command;
    let base_url = config::public_address(base_url)?;
    let store = opened(database).await?;
    let export = http::public_export(Arc::clone(&store), Arc::new(SystemClock), base_url).ok_or(
        "This binary holds no stylesheet and script for the page: build it with `cargo xtask build`.",
    )?;
    let exported = export.into_folder(&folder).await;
    store.close().await;
    let exported = exported?;
    say(&format!(
        "{} holds the whole public site: {} files, {} kB, {} incidents.",
        folder.display(),
        exported.files,
        exported.bytes.div_ceil(1000),
        exported.incidents
    ));
    if exported.moved {
        say(
            "Customers were told something while it was written. Export again to have that complete.",
        );
    }
    Ok(())
}

//! `muster serve --status-only`: the public side and nothing else, whether the database is there or not.

use super::{Failure, PATIENCE, deadline, export, listen, run, stop_when_told, targets};
use crate::clock::{Clock, SystemClock};
use crate::config::Config;
use crate::http;
use crate::http::status::WithoutInside;
use crate::store::{self, Store};
use domain::time::length;
use std::io::Write;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

const NEEDS_POSTGRES: &str = "--status-only needs PostgreSQL. A SQLite file is served by one process and goes down with its machine: \
     there use --status-listen, or put the site on another host with muster status export.";

/// Serves until the process is told to stop.
pub(super) async fn serve(config: Config) -> Result<(), Failure> {
    if config.database.starts_with("sqlite:") {
        return Err(NEEDS_POSTGRES.into());
    }
    if config.demo {
        return Err(
            "--demo makes an example, and --status-only changes nothing. Take one of them.".into(),
        );
    }
    let targets = targets(&config.export)?;
    let folder = config.status_keep;
    let kept = WithoutInside::open(folder.clone()).map_err(|error| {
        format!(
            "Pages cannot be kept in {}: {error}. Use --status-keep.",
            folder.display()
        )
    })?;
    let beginning = match kept.kept() {
        Some((as_of, pages)) => format!(
            "It begins with what it kept: {pages} pages, the front page as of {} UTC, {} old. They are read anew as soon as the database answers.\n",
            as_of.format("%Y-%m-%d %H:%M"),
            length(SystemClock.now() - as_of),
        ),
        None => String::new(),
    };
    let store = open(&config.database, !beginning.is_empty()).await?;
    let mut listeners = vec![listen(config.listen).await?];
    if let Some(address) = config.status_listen {
        listeners.push(listen(address).await?);
    }
    let here = format!("http://{}", listeners[0].local_addr()?);
    let base_url = config.base_url.unwrap_or(here);
    let export = export(&targets, Arc::clone(&store), &base_url)?;
    http::assets::warn_if_unbuilt();
    crate::metrics::start();
    let stop = CancellationToken::new();
    let (router, watch) = http::without_inside(
        kept,
        Arc::clone(&store),
        Arc::new(SystemClock),
        base_url.clone(),
        stop.clone(),
    )
    .await?;
    // Whoever started it may have stopped reading; that is no reason to stop serving.
    let words = format!(
        "Muster serves the public side alone, at {base_url}\n{beginning}The status page is at {base_url}/status\n"
    );
    let _ = std::io::stdout().write_all(words.as_bytes());
    tokio::spawn(stop_when_told(stop.clone()));
    if let Some(export) = export {
        tokio::spawn(export.always(targets, watch.moved(), stop.clone()));
    }
    let mut serving = tokio::task::JoinSet::new();
    for listener in listeners {
        serving.spawn(run(listener, router.clone(), stop.clone()));
    }
    let ended = tokio::select! {
        ended = serving.join_all() => ended.into_iter().collect::<Result<(), _>>(),
        () = deadline(&stop) => Ok(()),
    };
    // Closing only lets go; a database that hangs may hold on for ever.
    let _ = tokio::time::timeout(PATIENCE, store.close()).await;
    Ok(ended?)
}

/// With kept pages there is something to show whatever the database does. Without them a wrong address is said at once.
async fn open(database: &str, kept: bool) -> Result<Arc<dyn Store>, Failure> {
    if kept {
        return Ok(store::open_unseen(database)?);
    }
    let store = store::open(database).await?;
    store.ready().await?;
    Ok(store)
}

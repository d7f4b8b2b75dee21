//! `muster serve`: opens everything, listens, stops gracefully.

mod without_inside;

use crate::clock::SystemClock;
use crate::config::Config;
use crate::demo;
use crate::http;
use crate::http::status::{Export, Target};
use crate::hub::Hub;
use crate::outbox::{Mail, Outbox};
use crate::services::Services;
use crate::{metrics, store, timers};
use axum::Router;
use std::error::Error;
use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// How long requests that are open, and letters that are under way, may take once the process is told to stop. One who reads nothing must not hold it up.
const PATIENCE: Duration = Duration::from_secs(10);

type Failure = Box<dyn Error + Send + Sync>;

/// Serves until the process is told to stop.
pub async fn serve(config: Config) -> Result<(), Failure> {
    if config.status_only {
        return without_inside::serve(config).await;
    }
    make_folder(&config.database)?;
    let mail = config
        .smtp
        .as_ref()
        .map(|smtp| Mail::new(smtp, &config.mail_from))
        .transpose()?;
    let targets = targets(&config.export)?;
    let store = store::open(&config.database).await?;
    if config.no_migrate {
        store.ready().await?;
    } else {
        store.migrate().await?;
    }
    let listener = listen(config.listen).await?;
    let status_listener = match config.status_listen {
        Some(address) => Some(listen(address).await?),
        None => None,
    };
    let here = format!("http://{}", listener.local_addr()?);
    let base_url = config.base_url.clone().unwrap_or_else(|| here.clone());
    let example = if config.demo {
        Some(demo::begin(Arc::clone(&store), &base_url).await?)
    } else {
        None
    };
    let services = Services::open(
        Arc::clone(&store),
        Arc::new(SystemClock),
        base_url,
        crate::build(),
    )
    .await?;
    let link = match example {
        Some(link) => Some(link),
        None => services.first_administrator().await?,
    };
    let export = export(&targets, services.shared_store(), services.base_url())?;
    http::assets::warn_if_unbuilt();
    metrics::start();
    let stop = CancellationToken::new();
    let hub = Hub::start(services.clone(), stop.clone());
    let state = http::Server::new(services.clone(), hub).behind(config.trusted_proxies);

    let sending = mail.map(|mail| {
        services.send_letters(mail.from());
        let outbox = Outbox::new(services.clone(), mail);
        tokio::spawn(outbox.run(stop.clone()))
    });
    tokio::spawn(timers::run(services.clone(), stop.clone()));
    if let Some(export) = export {
        tokio::spawn(export.always(targets, state.hub.public(), stop.clone()));
    }
    announce(services.base_url(), link.as_deref());
    tokio::spawn(stop_when_told(stop.clone()));
    tokio::spawn(services.keep_forgetting(stop.clone()));
    let public = http::public_router(&state);
    let inside = run(listener, http::router(&state, public.clone()), stop.clone());
    let outside = async {
        match status_listener {
            Some(listener) => run(listener, http::public_alone(&state, public), stop.clone()).await,
            None => Ok(()),
        }
    };
    // A letter that is cut off while the mail server has it comes twice.
    let sent = async {
        if let Some(sending) = sending {
            // Should it have panicked, it was said where it did.
            drop(sending.await);
        }
    };
    let all = async { tokio::join!(inside, outside, sent) };
    let (inside, outside, ()) = tokio::select! {
        ended = all => ended,
        () = deadline(&stop) => {
            tracing::warn!("what was still under way after {} s is cut off", PATIENCE.as_secs());
            (Ok(()), Ok(()), ())
        }
    };
    // What was acknowledged is on disk already; closing only lets go, and a request that hangs may hold on for ever.
    if tokio::time::timeout(PATIENCE, store.close()).await.is_err() {
        tracing::warn!("the database did not let go in time");
    }
    inside?;
    Ok(outside?)
}

/// Where the public site is exported to.
fn targets(named: &[String]) -> Result<Vec<Target>, Failure> {
    Ok(named
        .iter()
        .map(|one| one.parse())
        .collect::<Result<_, _>>()?)
}

/// What the public site is exported with, where it is.
fn export(
    targets: &[Target],
    store: Arc<dyn store::Store>,
    base_url: &str,
) -> Result<Option<Export>, Failure> {
    if targets.is_empty() {
        return Ok(None);
    }
    let export = http::public_export(store, Arc::new(SystemClock), base_url.to_owned());
    Ok(Some(export.ok_or(http::NO_SITE)?))
}

/// Ends so long after the process was told to stop.
async fn deadline(stop: &CancellationToken) {
    stop.cancelled().await;
    tokio::time::sleep(PATIENCE).await;
}

async fn run(
    listener: TcpListener,
    router: Router,
    stop: CancellationToken,
) -> std::io::Result<()> {
    // Where requests come from is counted, so handlers must know it.
    let router = router.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, router)
        .with_graceful_shutdown(async move { stop.cancelled().await })
        .await
}

async fn listen(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| {
        format!("Cannot listen on {address}: {error}. Is another one running? Use --listen.").into()
    })
}

/// The folder of a SQLite file; the first start of a newcomer should not fail over it.
fn make_folder(database: &str) -> Result<(), Failure> {
    let Some(path) = database.strip_prefix("sqlite:") else {
        return Ok(());
    };
    let path = path
        .trim_start_matches("//")
        .split('?')
        .next()
        .unwrap_or(path);
    match std::path::Path::new(path)
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        Some(folder) => std::fs::create_dir_all(folder).map_err(|error| {
            format!(
                "Cannot make the folder {}: {error}. Use --database.",
                folder.display()
            )
            .into()
        }),
        None => Ok(()),
    }
}

/// Waits for the request to stop; streams end first, then requests under way are answered.
async fn stop_when_told(stop: CancellationToken) {
    let terminate = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminate => {}
    }
    stop.cancel();
}

/// Says where it is. Whoever started it may have stopped reading; that is no reason to stop serving.
fn announce(base_url: &str, link: Option<&str>) {
    let link = link.map_or_else(String::new, |link| {
        format!("Sign in as an administrator, once, within two days:\n{link}\n")
    });
    let words = format!("Muster is at {base_url}\nThe status page is at {base_url}/status\n{link}");
    let _ = std::io::stdout().write_all(words.as_bytes());
}

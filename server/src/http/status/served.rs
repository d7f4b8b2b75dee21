//! The status pages of this server as they are set up now, and which of them a host name leads to.

use super::news::News;
use super::reader::Reader;
use crate::clock::Clock;
use crate::store::Store;
use chrono::TimeDelta;
use domain::StatusPage;
use domain::time::Time;
use http::uri::Authority;
use http::{HeaderMap, Uri, header};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::time::Duration;
use tokio::sync::{Mutex, watch};
use tokio_util::sync::CancellationToken;

/// How long the pages may take to read before what was last known of them holds.
const PATIENCE: Duration = Duration::from_secs(2);
/// How soon a store that failed is asked again.
const AGAIN: TimeDelta = TimeDelta::seconds(5);

/// One status page as it is set up. When it is set up otherwise, it is another: nothing that was made of the one is ever shown
/// on the other.
pub(super) struct Served {
    /// Tells it from every other one of this process.
    pub serial: u32,
    /// How it is set up.
    pub page: StatusPage,
    /// Where people reach it, without a slash at the end.
    pub base_url: String,
    /// What it may read; nothing while it is not known how the page is set up.
    pub reader: Option<Reader>,
    news: OnceLock<Arc<News>>,
    /// Ends its streams: when it is set up otherwise, and with the process.
    pub stop: CancellationToken,
}

impl Served {
    /// What it tells those who listen. Nobody follows the log for a page to which nobody listens.
    pub fn news(&self, moved: &watch::Receiver<i64>) -> Option<Arc<News>> {
        let reader = self.reader.clone()?;
        let follow = || News::follow(reader, moved.clone(), self.stop.clone());
        Some(Arc::clone(self.news.get_or_init(follow)))
    }
}

/// Every page, and whether host names tell them apart.
#[derive(Default)]
pub(super) struct All {
    pages: Vec<Arc<Served>>,
    by_host: bool,
    /// True when one that was there before is set up otherwise now, or gone.
    pub over: bool,
}

impl All {
    /// The page that a host name leads to. Where nobody has given a page a name, any name leads to the main one.
    pub fn at(&self, host: Option<&str>, own: Option<&str>) -> Option<&Arc<Served>> {
        let named =
            |page: &&Arc<Served>| page.page.hosts.iter().any(|one| Some(one.as_str()) == host);
        let found = self.pages.iter().find(named);
        if found.is_some() {
            return found;
        }
        let main = !self.by_host || host == own;
        self.main().filter(|_| main)
    }

    /// The page that every house has.
    pub fn main(&self) -> Option<&Arc<Served>> {
        self.pages.iter().find(|page| page.page.is_main())
    }

    /// The one that is set up so.
    pub fn of(&self, page: &StatusPage) -> Option<&Arc<Served>> {
        self.pages.iter().find(|one| one.page == *page)
    }

    /// True for one that is set up as it was when it was made.
    pub fn has(&self, serial: u32) -> bool {
        self.pages.iter().any(|page| page.serial == serial)
    }
}

/// What is known of the pages.
#[derive(Default)]
struct Known {
    all: Arc<All>,
    /// What customers could notice when they were read; nothing until they were.
    moved: Option<i64>,
    /// When they could last not be read.
    failed_at: Option<Time>,
}

/// Knows the pages.
pub(super) struct Pages {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    moved: watch::Receiver<i64>,
    base_url: String,
    own: Option<String>,
    stop: CancellationToken,
    known: RwLock<Known>,
    reading: Mutex<()>,
    serials: AtomicU32,
}

impl Pages {
    pub fn new(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        moved: watch::Receiver<i64>,
        base_url: String,
        stop: CancellationToken,
    ) -> Self {
        let pages = Self {
            store,
            clock,
            moved,
            own: host_of(&base_url),
            base_url,
            stop,
            known: RwLock::default(),
            reading: Mutex::default(),
            serials: AtomicU32::new(0),
        };
        let all = All {
            pages: vec![pages.unknown()],
            ..All::default()
        };
        pages.known().all = Arc::new(all);
        pages
    }

    /// The host name of the house's own address.
    pub fn own(&self) -> Option<&str> {
        self.own.as_deref()
    }

    /// The pages as they are set up now, or were when that could last be read. Before that there is a main page of which
    /// nothing can be read: whether anybody may read it is not known either.
    pub async fn now(&self) -> Arc<All> {
        if let Some(all) = self.current() {
            return all;
        }
        let _reading = self.reading.lock().await;
        if let Some(all) = self.current() {
            return all;
        }
        // Taken before the store is read: what comes in between makes it old again at once.
        let moved = *self.moved.borrow();
        match tokio::time::timeout(PATIENCE, self.store.directory()).await {
            Ok(Ok(directory)) => {
                let mut pages = directory.settings.status_pages.clone();
                if !pages.iter().any(StatusPage::is_main) {
                    pages.insert(0, StatusPage::default());
                }
                self.learn(pages, Some(moved));
            }
            Ok(Err(error)) => {
                tracing::error!(%error, "how the status pages are set up could not be read");
                self.known().failed_at = Some(self.clock.now());
            }
            Err(_) => {
                tracing::error!("reading how the status pages are set up took too long");
                self.known().failed_at = Some(self.clock.now());
            }
        }
        Arc::clone(&self.known().all)
    }

    /// Takes over what an earlier process knew, until it can be read.
    pub fn put_back(&self, pages: Vec<StatusPage>) {
        if !pages.is_empty() {
            self.learn(pages, None);
        }
    }

    fn known(&self) -> std::sync::RwLockWriteGuard<'_, Known> {
        self.known.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn current(&self) -> Option<Arc<All>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.now();
        let read = known.moved == Some(*self.moved.borrow());
        let failed = known
            .failed_at
            .is_some_and(|at| (at..at + AGAIN).contains(&now));
        (read || failed).then(|| Arc::clone(&known.all))
    }

    fn learn(&self, pages: Vec<StatusPage>, moved: Option<i64>) {
        let mut known = self.known();
        let before = Arc::clone(&known.all);
        // What an earlier process kept does not name every page: the others may have names of their own.
        let by_host = moved.is_some() && pages.iter().any(|page| !page.hosts.is_empty());
        let pages = pages.into_iter().map(|page| {
            let mut same = before.pages.iter();
            let same = same.find(|one| one.page == page && one.reader.is_some());
            same.cloned().unwrap_or_else(|| Arc::new(self.serve(page)))
        });
        let mut all = All {
            pages: pages.collect(),
            by_host,
            over: false,
        };
        if all.main().is_none() {
            all.pages.push(self.unknown());
        }
        for one in &before.pages {
            if !all.has(one.serial) {
                one.stop.cancel();
                all.over |= one.reader.is_some();
            }
        }
        let all = Arc::new(all);
        *known = Known {
            all,
            moved,
            failed_at: None,
        };
    }

    /// A main page of which nobody knows how it is set up.
    fn unknown(&self) -> Arc<Served> {
        Arc::new(Served {
            reader: None,
            ..self.serve(StatusPage::default())
        })
    }

    fn serve(&self, page: StatusPage) -> Served {
        Served {
            serial: self.serials.fetch_add(1, Ordering::Relaxed),
            base_url: address(&page, &self.base_url),
            reader: Some(Reader::new(Arc::clone(&self.store), page.clone())),
            news: OnceLock::new(),
            stop: self.stop.child_token(),
            page,
        }
    }
}

/// Where people reach a page: a further one at its first host name, by the scheme and the port of the house's own address.
pub(super) fn address(page: &StatusPage, base_url: &str) -> String {
    let Some(host) = page.hosts.first().filter(|_| !page.is_main()) else {
        return base_url.to_owned();
    };
    let uri = base_url.parse::<Uri>().unwrap_or_default();
    let port = uri.port_u16().map(|port| format!(":{port}"));
    format!(
        "{}://{host}{}",
        uri.scheme_str().unwrap_or("https"),
        port.unwrap_or_default()
    )
}

/// The host name in an address, in lower case.
pub fn host_of(url: &str) -> Option<String> {
    Some(url.parse::<Uri>().ok()?.host()?.to_ascii_lowercase())
}

/// The host name that a request asks for, in lower case and without a port. HTTP/2 has it in the address.
pub fn asked_host(uri: &Uri, headers: &HeaderMap) -> Option<String> {
    let named = headers.get(header::HOST);
    let named = named.and_then(|host| host.to_str().ok()?.parse::<Authority>().ok());
    let authority = named.or_else(|| uri.authority().cloned())?;
    let host = authority.host().to_ascii_lowercase();
    // "status.example.com." is the same name, written to its end.
    Some(host.strip_suffix('.').unwrap_or(&host).to_owned())
}

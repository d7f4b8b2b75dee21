//! Public pages as ready bytes: made when somebody asks, made anew when customers may notice something new or when words
//! about time have grown old, and kept when the store fails.

use super::address::Page;
use super::content::{Body, Content};
use super::data::{Code, Written, sorry, uptime};
use super::page::{self, Assets, Place};
use super::ready::{HTML, Ready};
use super::words::Tongue;
use crate::clock::Clock;
use crate::store::Store;
use chrono::TimeDelta;
use domain::Number;
use domain::time::Time;
use http::StatusCode;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio::sync::{Mutex, watch};

/// How long words such as "6 min ago" stay good.
const FRESH: TimeDelta = TimeDelta::seconds(30);
/// How soon a store that failed is asked again.
const AGAIN: TimeDelta = TimeDelta::seconds(5);
/// How long a page may take to read before the last good one is sent instead.
const PATIENCE: Duration = Duration::from_secs(2);
/// The most memory that ready pages take, in bytes.
const WEIGHT: usize = 32 << 20;
/// The most pages that are kept ready.
const PAGES: usize = 512;

/// How long a document without such words stays good while nothing happens.
const SETTLED: TimeDelta = TimeDelta::days(1);

/// A page in a language.
type Spoken = (Page, Tongue);

/// Where the ready pages stand.
pub(super) struct Shelf {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    moved: watch::Receiver<i64>,
    blanked: watch::Receiver<i64>,
    base_url: String,
    assets: Assets,
    pages: RwLock<HashMap<Spoken, Arc<Kept>>>,
    /// Grows with every use of a page, to tell which was used last.
    uses: AtomicU64,
    /// One maker a page at a time; pages share locks, so that their number is bounded.
    makers: [Mutex<()>; 16],
    spread: RandomState,
}

/// What a tool hears that asks for what there is not. Made anew each time: the addresses without a document are endless.
pub(super) fn absent() -> Ready {
    let Written { media, text } =
        sorry("There is no such document here. See /api/v2/summary.json.");
    Ready::new(StatusCode::NOT_FOUND, media, text)
}

/// Writes what is sent: the one way from content to text, for whoever asks and for files. `old` says that the store cannot be
/// read and this is the last that is known.
pub(super) fn write(place: Place<'_>, content: &Content, now: Time, old: bool) -> Written {
    match &content.body {
        Body::Data { doc, snapshot } => doc.write(snapshot, content.as_of),
        Body::Component(one) if let Page::Uptime(_, sheet) = place.page => {
            uptime::write(sheet, one, place.base_url)
        }
        Body::Front(_)
        | Body::Incident(_)
        | Body::Maintenance(_)
        | Body::History { .. }
        | Body::Component(_)
        | Body::Missing => Written {
            media: HTML,
            text: page::render(place, content, now, old),
        },
    }
}

/// A page on the shelf.
struct Kept {
    content: Arc<Content>,
    ready: Arc<Ready>,
    made_at: Time,
    fresh_until: Time,
    /// True when the store could not be read and this was the last that was known.
    old: bool,
    /// What customers could notice when it was made.
    moved: i64,
    used: AtomicU64,
}

impl Shelf {
    pub fn new(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        moved: watch::Receiver<i64>,
        blanked: watch::Receiver<i64>,
        base_url: String,
        assets: Assets,
    ) -> Self {
        Self {
            store,
            clock,
            moved,
            blanked,
            base_url,
            assets,
            pages: RwLock::default(),
            uses: AtomicU64::new(0),
            makers: Default::default(),
            spread: RandomState::new(),
        }
    }

    /// The bytes of what has no language, or of a page in the first of them.
    pub async fn page(&self, page: Page) -> Arc<Ready> {
        self.page_in(page, Tongue::default()).await
    }

    /// The bytes of a page as it stands now. Of many who ask at once, one makes it; the others wait, or take the last one
    /// when only its words about time have grown old.
    pub async fn page_in(&self, page: Page, tongue: Tongue) -> Arc<Ready> {
        if let Some(ready) = self.look(page, tongue, true) {
            return ready;
        }
        // One maker for all languages: they share what is read.
        let maker = self.maker(page);
        let _making = match maker.try_lock() {
            Ok(making) => making,
            Err(_) => match self.look(page, tongue, false) {
                Some(ready) => return ready,
                None => maker.lock().await,
            },
        };
        match self.look(page, tongue, true) {
            Some(ready) => ready,
            None => self.make(page, tongue).await,
        }
    }

    /// The number of the incident that tools know by a code, as far as that can be read now.
    pub async fn number(&self, code: Code) -> Option<Number> {
        let read = self.store.public_number(code.text());
        match tokio::time::timeout(PATIENCE, read).await {
            Ok(Ok(number)) => number,
            Ok(Err(error)) => {
                tracing::error!(%error, "an incident could not be looked up by its code");
                None
            }
            Err(_) => None,
        }
    }

    /// Lets go of everything that was made before the last redaction: it may hold what is gone.
    pub fn forget(&self) {
        let blanked = *self.blanked.borrow();
        let mut pages = self.pages.write().unwrap_or_else(PoisonError::into_inner);
        pages.retain(|_, kept| kept.moved >= blanked);
    }

    fn maker(&self, page: Page) -> &Mutex<()> {
        let spread = self.spread.hash_one(page) % self.makers.len() as u64;
        &self.makers[usize::try_from(spread).unwrap_or_default()]
    }

    /// The page on the shelf, if customers could notice nothing since. `young` asks for good words about time, too.
    fn look(&self, page: Page, tongue: Tongue, young: bool) -> Option<Arc<Ready>> {
        let now = self.clock.now();
        let moved = *self.moved.borrow();
        let pages = self.pages.read().unwrap_or_else(PoisonError::into_inner);
        let kept = pages
            .get(&(page, tongue))
            .filter(|kept| kept.moved == moved)?;
        if young && !(kept.made_at..kept.fresh_until).contains(&now) {
            return None;
        }
        let use_ = self.uses.fetch_add(1, Ordering::Relaxed);
        kept.used.store(use_, Ordering::Relaxed);
        Some(Arc::clone(&kept.ready))
    }

    async fn make(&self, page: Page, tongue: Tongue) -> Arc<Ready> {
        let now = self.clock.now();
        // Read before the store is: what comes in between makes the page old again at once.
        let moved = *self.moved.borrow();
        let (content, old, fresh_until) = if let Some(kept) = self.at_hand(page, moved, now) {
            (Arc::clone(&kept.content), kept.old, kept.fresh_until)
        } else {
            let read = self.read(page, moved, now).await;
            let old = read.is_none();
            let Some(content) = read.or_else(|| self.last_good(page)) else {
                return Arc::new(self.unavailable(page, tongue));
            };
            // Words about time grow old; documents have none.
            let fresh = match page {
                _ if old => AGAIN,
                Page::Data(doc) if !doc.ages() => SETTLED,
                _ => FRESH,
            };
            (content, old, now + fresh)
        };
        // There are more addresses without a page than memory: they share one.
        let page = match content.body {
            Body::Missing if let Page::Data(_) | Page::Uptime(..) = page => {
                return Arc::new(absent());
            }
            Body::Missing => Page::Missing,
            Body::Front(_)
            | Body::Incident(_)
            | Body::Maintenance(_)
            | Body::History { .. }
            | Body::Component(_)
            | Body::Data { .. } => page,
        };
        if let (Page::Missing, Some(ready)) = (page, self.look(page, tongue, true)) {
            return ready;
        }
        let ready = self
            .render(page, tongue, Arc::clone(&content), now, old)
            .await;
        self.keep(
            (page, tongue),
            Kept {
                content,
                ready: Arc::clone(&ready),
                made_at: now,
                fresh_until,
                old,
                moved,
                used: AtomicU64::new(self.uses.fetch_add(1, Ordering::Relaxed)),
            },
        );
        ready
    }

    /// The page in another language, if what that says is still good: then nothing need be read.
    fn at_hand(&self, page: Page, moved: i64, now: Time) -> Option<Arc<Kept>> {
        let pages = self.pages.read().unwrap_or_else(PoisonError::into_inner);
        let kept = Tongue::all().filter_map(|tongue| pages.get(&(page, tongue)));
        kept.filter(|kept| kept.moved == moved && (kept.made_at..kept.fresh_until).contains(&now))
            .max_by_key(|kept| kept.fresh_until)
            .cloned()
    }

    async fn read(&self, page: Page, moved: i64, now: Time) -> Option<Arc<Content>> {
        let reading = Content::read(&*self.store, page, &self.base_url, moved, now);
        match tokio::time::timeout(PATIENCE, reading).await {
            Ok(Ok(content)) => return Some(Arc::new(content)),
            Ok(Err(error)) => tracing::error!(%error, ?page, "a public page could not be read"),
            Err(_) => tracing::error!(?page, "a public page took too long to read"),
        }
        None
    }

    async fn render(
        &self,
        page: Page,
        tongue: Tongue,
        content: Arc<Content>,
        now: Time,
        old: bool,
    ) -> Arc<Ready> {
        let (assets, base_url) = (self.assets.clone(), self.base_url.clone());
        let work = move || {
            let status = match &content.body {
                Body::Missing => StatusCode::NOT_FOUND,
                Body::Front(_)
                | Body::Incident(_)
                | Body::Maintenance(_)
                | Body::History { .. }
                | Body::Component(_)
                | Body::Data { .. } => StatusCode::OK,
            };
            let place = Place {
                page,
                tongue,
                base_url: &base_url,
                assets: &assets,
            };
            let Written { media, text } = write(place, &content, now, old);
            let ready = Ready::new(status, media, text);
            if media == HTML {
                ready.in_language(tongue)
            } else {
                ready
            }
        };
        match tokio::task::spawn_blocking(work).await {
            Ok(ready) => Arc::new(ready),
            Err(error) => {
                tracing::error!(%error, "a public page could not be made");
                Arc::new(self.unavailable(page, tongue))
            }
        }
    }

    fn unavailable(&self, page: Page, tongue: Tongue) -> Ready {
        let status = StatusCode::SERVICE_UNAVAILABLE;
        if let Page::Data(_) | Page::Uptime(..) = page {
            let Written { media, text } =
                sorry("The status cannot be read right now. Try again in ten seconds.");
            return Ready::new(status, media, text);
        }
        let place = Place {
            page,
            tongue,
            base_url: &self.base_url,
            assets: &self.assets,
        };
        Ready::new(status, HTML, page::unavailable(place)).in_language(tongue)
    }

    /// What was last read of a page, in whatever language somebody wanted it.
    fn last_good(&self, page: Page) -> Option<Arc<Content>> {
        let blanked = *self.blanked.borrow();
        let pages = self.pages.read().unwrap_or_else(PoisonError::into_inner);
        Tongue::all()
            .filter_map(|tongue| pages.get(&(page, tongue)))
            .filter(|kept| kept.moved >= blanked)
            .max_by_key(|kept| kept.content.as_of)
            .map(|kept| Arc::clone(&kept.content))
    }

    /// Keeps a page, and lets go of those that nobody asked for the longest. The front page stays: it is the one that must
    /// be there when everything else is not.
    fn keep(&self, page: Spoken, kept: Kept) {
        let mut pages = self.pages.write().unwrap_or_else(PoisonError::into_inner);
        pages.insert(page, Arc::new(kept));
        let weight = |pages: &HashMap<Spoken, Arc<Kept>>| -> usize {
            // The content takes about what its bytes take once more.
            pages.values().map(|kept| kept.ready.weight() * 2).sum()
        };
        while pages.len() > PAGES || weight(&pages) > WEIGHT {
            let oldest = pages
                .iter()
                .filter(|(other, _)| other.0 != Page::Front && **other != page)
                .min_by_key(|(_, kept)| kept.used.load(Ordering::Relaxed))
                .map(|(page, _)| *page);
            match oldest {
                Some(oldest) => pages.remove(&oldest),
                None => break,
            };
        }
    }
}

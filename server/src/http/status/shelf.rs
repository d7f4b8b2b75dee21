//! Public pages as ready bytes: made when somebody asks, made anew when customers may notice something new or when words
//! about time have grown old, and kept when the store fails.

use super::address::Page;
use super::content::{Body, Content};
use super::data::{Code, Written, sorry, uptime};
use super::disk::Disk;
use super::page::{self, Assets, Place};
use super::reader::Reader;
use super::ready::{Dated, HTML, Ready};
use super::served::{All, Served};
use super::words::Tongue;
use crate::clock::Clock;
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

/// How long words such as "6 min ago" stay good, and how long what was read counts as current.
const FRESH: TimeDelta = TimeDelta::seconds(30);
/// How soon a store that failed is asked again.
const AGAIN: TimeDelta = TimeDelta::seconds(5);
/// How long a page may take to read before the last good one is sent instead.
const PATIENCE: Duration = Duration::from_secs(2);
/// The most memory that ready pages take, in bytes.
const WEIGHT: usize = 32 << 20;
/// The most pages that are kept ready.
const PAGES: usize = 512;

/// How old what is on disk may be, as long as nothing happens.
const ON_DISK: TimeDelta = TimeDelta::seconds(60);

/// A page in a language, and the serial of the status page that it belongs to.
type Spoken = (u32, Page, Tongue);

/// Where the ready pages stand.
pub(super) struct Shelf {
    clock: Arc<dyn Clock>,
    moved: watch::Receiver<i64>,
    blanked: watch::Receiver<i64>,
    assets: Assets,
    /// Where the last good ones outlive the process.
    disk: Option<Disk>,
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
        Body::Look(text) => Written {
            media: "text/css; charset=utf-8",
            text: text.clone(),
        },
        Body::Data { doc, snapshot } => doc.write(snapshot, content.as_of, old.then_some(now)),
        Body::Component(one) if let Page::Uptime(_, sheet) = place.page => {
            uptime::write(sheet, one, place.base_url)
        }
        Body::Front(front) if place.page == Page::Banner => {
            page::banner(place, content, front, now, old)
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
    /// True when this was the last that was known, and nothing newer could be read.
    old: bool,
    /// What customers could notice when it was made.
    moved: i64,
    /// When it went to disk, and what customers could notice then.
    on_disk: Option<(Time, i64)>,
    used: AtomicU64,
}

impl Kept {
    fn dated(&self) -> Dated {
        Dated {
            ready: Arc::clone(&self.ready),
            as_of: Some(self.content.as_of),
            old: self.old,
        }
    }
}

impl Shelf {
    pub fn new(
        clock: Arc<dyn Clock>,
        moved: watch::Receiver<i64>,
        blanked: watch::Receiver<i64>,
        assets: Assets,
        disk: Option<Disk>,
    ) -> Self {
        Self {
            clock,
            moved,
            blanked,
            assets,
            disk,
            pages: RwLock::default(),
            uses: AtomicU64::new(0),
            makers: Default::default(),
            spread: RandomState::new(),
        }
    }

    /// The bytes of a page as it stands now. Of many who ask at once, one makes it; the others wait, or take the last one
    /// when only its words about time have grown old.
    pub async fn page_in(&self, at: &Arc<Served>, page: Page, tongue: Tongue) -> Dated {
        if let Some(ready) = self.look(at, page, tongue, true) {
            return ready;
        }
        // One maker for all languages: they share what is read.
        let maker = self.maker(at, page);
        let _making = match maker.try_lock() {
            Ok(making) => making,
            Err(_) => match self.look(at, page, tongue, false) {
                Some(ready) => return ready,
                None => maker.lock().await,
            },
        };
        match self.look(at, page, tongue, true) {
            Some(ready) => ready,
            None => self.make(at, page, tongue).await,
        }
    }

    /// The number of the incident that tools know by a code, as far as that can be read now.
    pub async fn number(&self, reader: Option<&Reader>, code: Code) -> Option<Number> {
        let read = reader?.public_number(code.text());
        match tokio::time::timeout(PATIENCE, read).await {
            Ok(Ok(number)) => number,
            Ok(Err(error)) => {
                tracing::error!(%error, "an incident could not be looked up by its code");
                None
            }
            Err(_) => None,
        }
    }

    /// Lets go of what belongs to pages that are not there any more, or are set up otherwise.
    pub fn keep_only(&self, all: &All) {
        let mut pages = self.pages.write().unwrap_or_else(PoisonError::into_inner);
        pages.retain(|(serial, ..), _| all.has(*serial));
        if all.over
            && let Some(disk) = &self.disk
        {
            disk.start_over();
        }
    }

    /// Lets go of everything that was made before the last redaction: it may hold what is gone.
    pub fn forget(&self) {
        let blanked = *self.blanked.borrow();
        let mut pages = self.pages.write().unwrap_or_else(PoisonError::into_inner);
        pages.retain(|_, kept| kept.content.position >= blanked);
        drop(pages);
        if let Some(disk) = &self.disk {
            disk.forget();
        }
    }

    /// Puts back what an earlier process kept, as the last that is known: whoever asks first has it read anew.
    pub async fn put_back(&self, all: &All, found: Vec<(Page, Content)>) {
        let now = self.clock.now();
        let tongue = Tongue::default();
        for (page, content) in found {
            let Some(at) = all.of(&content.of) else {
                continue;
            };
            let content = Arc::new(content);
            let ready = self
                .render(at, page, tongue, Arc::clone(&content), now, true)
                .await;
            self.keep(
                at,
                (page, tongue),
                Kept {
                    content,
                    ready,
                    made_at: now,
                    fresh_until: now,
                    old: true,
                    moved: 0,
                    on_disk: None,
                    used: AtomicU64::new(self.uses.fetch_add(1, Ordering::Relaxed)),
                },
                false,
            );
        }
    }

    fn maker(&self, at: &Served, page: Page) -> &Mutex<()> {
        let spread = self.spread.hash_one((at.serial, page)) % self.makers.len() as u64;
        &self.makers[usize::try_from(spread).unwrap_or_default()]
    }

    /// The page on the shelf, if customers could notice nothing since. `young` asks for good words about time, too.
    fn look(&self, at: &Served, page: Page, tongue: Tongue, young: bool) -> Option<Dated> {
        let now = self.clock.now();
        let moved = *self.moved.borrow();
        let pages = self.pages.read().unwrap_or_else(PoisonError::into_inner);
        let kept = pages
            .get(&(at.serial, page, tongue))
            .filter(|kept| kept.moved == moved)?;
        if young && !(kept.made_at..kept.fresh_until).contains(&now) {
            return None;
        }
        let use_ = self.uses.fetch_add(1, Ordering::Relaxed);
        kept.used.store(use_, Ordering::Relaxed);
        Some(kept.dated())
    }

    async fn make(&self, at: &Arc<Served>, page: Page, tongue: Tongue) -> Dated {
        let now = self.clock.now();
        // Read before the store is: what comes in between makes the page old again at once.
        let moved = *self.moved.borrow();
        let (content, old, fresh_until) = if let Some(kept) = self.at_hand(at, page, moved, now) {
            (Arc::clone(&kept.content), kept.old, kept.fresh_until)
        } else {
            let read = self.read(at, page, moved, now).await;
            let old = read.is_none();
            let Some(content) = read.or_else(|| self.last_good(at, page)) else {
                return Dated::timeless(self.unavailable(at, page, tongue));
            };
            (content, old, now + if old { AGAIN } else { FRESH })
        };
        // There are more addresses without a page than memory: they share one.
        let page = match content.body {
            Body::Missing if let Page::Data(_) | Page::Uptime(..) | Page::Look = page => {
                return Dated::timeless(absent());
            }
            Body::Missing => Page::Missing,
            Body::Front(_)
            | Body::Incident(_)
            | Body::Maintenance(_)
            | Body::History { .. }
            | Body::Component(_)
            | Body::Look(_)
            | Body::Data { .. } => page,
        };
        if let (Page::Missing, Some(ready)) = (page, self.look(at, page, tongue, true)) {
            return ready;
        }
        let ready = match self.unchanged(at, page, &content, old) {
            Some(ready) => ready,
            None => {
                self.render(at, page, tongue, Arc::clone(&content), now, old)
                    .await
            }
        };
        let mut kept = Kept {
            content,
            ready,
            made_at: now,
            fresh_until,
            old,
            moved,
            on_disk: self.on_disk(at, page),
            used: AtomicU64::new(self.uses.fetch_add(1, Ordering::Relaxed)),
        };
        let due = |(at, then): (Time, i64)| then != moved || now - at >= ON_DISK;
        // Without a position nobody could tell later whether something was redacted since.
        let to_disk = !old && moved > 0 && kept.on_disk.is_none_or(due);
        if to_disk {
            kept.on_disk = Some((now, moved));
        }
        let dated = kept.dated();
        self.keep(at, (page, tongue), kept, to_disk);
        dated
    }

    /// The bytes of a document that says what it said before: read again, and found to be current. Others speak of time.
    fn unchanged(
        &self,
        at: &Served,
        page: Page,
        content: &Content,
        old: bool,
    ) -> Option<Arc<Ready>> {
        let Page::Data(doc) = page else { return None };
        let pages = self.pages.read().unwrap_or_else(PoisonError::into_inner);
        let kept = pages
            .get(&(at.serial, page, Tongue::default()))
            .filter(|_| !doc.ages())?;
        (kept.old == old && kept.content.body == content.body).then(|| Arc::clone(&kept.ready))
    }

    /// When the page last went to disk, in whatever language somebody wanted it.
    fn on_disk(&self, at: &Served, page: Page) -> Option<(Time, i64)> {
        let pages = self.pages.read().unwrap_or_else(PoisonError::into_inner);
        Tongue::all()
            .filter_map(|tongue| pages.get(&(at.serial, page, tongue))?.on_disk)
            .max()
    }

    /// The page in another language, if what that says is still good: then nothing need be read.
    fn at_hand(&self, at: &Served, page: Page, moved: i64, now: Time) -> Option<Arc<Kept>> {
        let pages = self.pages.read().unwrap_or_else(PoisonError::into_inner);
        let kept = Tongue::all().filter_map(|tongue| pages.get(&(at.serial, page, tongue)));
        kept.filter(|kept| kept.moved == moved && (kept.made_at..kept.fresh_until).contains(&now))
            .max_by_key(|kept| kept.fresh_until)
            .cloned()
    }

    async fn read(&self, at: &Served, page: Page, moved: i64, now: Time) -> Option<Arc<Content>> {
        let reader = at.reader.as_ref()?;
        let reading = Content::read(reader, page, &at.base_url, moved, now);
        match tokio::time::timeout(PATIENCE, reading).await {
            Ok(Ok(content)) => return Some(Arc::new(content)),
            Ok(Err(error)) => tracing::error!(%error, ?page, "a public page could not be read"),
            Err(_) => tracing::error!(?page, "a public page took too long to read"),
        }
        None
    }

    async fn render(
        &self,
        at: &Arc<Served>,
        page: Page,
        tongue: Tongue,
        content: Arc<Content>,
        now: Time,
        old: bool,
    ) -> Arc<Ready> {
        let (assets, here) = (self.assets.clone(), Arc::clone(at));
        let work = move || {
            let status = match &content.body {
                Body::Missing => StatusCode::NOT_FOUND,
                Body::Front(_)
                | Body::Incident(_)
                | Body::Maintenance(_)
                | Body::History { .. }
                | Body::Component(_)
                | Body::Look(_)
                | Body::Data { .. } => StatusCode::OK,
            };
            let place = Place {
                page,
                tongue,
                base_url: &here.base_url,
                assets: &assets,
            };
            let Written { media, text } = write(place, &content, now, old);
            let ready = Ready::new(status, media, text);
            if media == HTML || page == Page::Banner {
                ready.in_language(tongue)
            } else {
                ready
            }
        };
        match tokio::task::spawn_blocking(work).await {
            Ok(ready) => Arc::new(ready),
            Err(error) => {
                tracing::error!(%error, "a public page could not be made");
                Arc::new(self.unavailable(at, page, tongue))
            }
        }
    }

    /// What is sent where a host name leads to no page. Names nobody: whoever asks may be anybody.
    pub fn nowhere(&self, tongue: Tongue) -> Ready {
        let place = Place {
            page: Page::Missing,
            tongue,
            base_url: "",
            assets: &self.assets,
        };
        Ready::new(StatusCode::NOT_FOUND, HTML, page::nowhere(place)).in_language(tongue)
    }

    fn unavailable(&self, at: &Served, page: Page, tongue: Tongue) -> Ready {
        let status = StatusCode::SERVICE_UNAVAILABLE;
        if let Page::Data(_) | Page::Uptime(..) | Page::Look | Page::Banner = page {
            let Written { media, text } =
                sorry("The status cannot be read right now. Try again in ten seconds.");
            return Ready::new(status, media, text);
        }
        let place = Place {
            page,
            tongue,
            base_url: &at.base_url,
            assets: &self.assets,
        };
        Ready::new(status, HTML, page::unavailable(place)).in_language(tongue)
    }

    /// What was last read of a page, in whatever language somebody wanted it.
    fn last_good(&self, at: &Served, page: Page) -> Option<Arc<Content>> {
        let blanked = *self.blanked.borrow();
        let pages = self.pages.read().unwrap_or_else(PoisonError::into_inner);
        Tongue::all()
            .filter_map(|tongue| pages.get(&(at.serial, page, tongue)))
            .filter(|kept| kept.content.position >= blanked)
            .max_by_key(|kept| kept.content.as_of)
            .map(|kept| Arc::clone(&kept.content))
    }

    /// Keeps a page, and lets go of those that nobody asked for the longest. The main front page stays: it is the one that
    /// must be there when everything else is not.
    fn keep(&self, at: &Served, (page, tongue): (Page, Tongue), kept: Kept, to_disk: bool) {
        let mut pages = self.pages.write().unwrap_or_else(PoisonError::into_inner);
        // Set up otherwise while it was made: [`Shelf::keep_only`] has been here, or waits.
        if at.stop.is_cancelled() {
            return;
        }
        if let Some(disk) = self.disk.as_ref().filter(|_| to_disk) {
            disk.put(page, Arc::clone(&kept.content));
        }
        let page = (at.serial, page, tongue);
        pages.insert(page, Arc::new(kept));
        let weight = |pages: &HashMap<Spoken, Arc<Kept>>| -> usize {
            // The content takes about what its bytes take once more.
            pages.values().map(|kept| kept.ready.weight() * 2).sum()
        };
        while pages.len() > PAGES || weight(&pages) > WEIGHT {
            let oldest = pages
                .iter()
                .filter(|(other, kept)| {
                    let stays = other.1 == Page::Front && kept.content.of.is_main();
                    !stays && **other != page
                })
                .min_by_key(|(_, kept)| kept.used.load(Ordering::Relaxed))
                .map(|(page, _)| *page);
            match oldest {
                Some(oldest) => {
                    let gone = pages.remove(&oldest);
                    let (serial, page, _) = oldest;
                    let spoken =
                        Tongue::all().any(|tongue| pages.contains_key(&(serial, page, tongue)));
                    if let (Some(gone), Some(disk)) = (gone, self.disk.as_ref().filter(|_| !spoken))
                    {
                        disk.remove(&gone.content.of.id, page);
                    }
                }
                None => break,
            }
        }
    }
}

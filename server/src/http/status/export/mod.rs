//! The whole public side as files, for any host of static files: every page and every document with an address of its own,
//! written as the server would send it at that moment. It is the main page that is written; further ones stay at their hosts.
//!
//! Left out is what only a question mark tells from something else, such as a feed of what is bad only: hosts of files do not
//! hear questions, and of those there is no end.

mod always;
mod bucket;
mod folder;
mod places;
mod target;

pub use always::EVERY;
pub use bucket::{Bucket, BucketError};
pub use folder::FolderError;
pub use target::{Target, TargetError};

use super::address::{Month, Page};
use super::content::{self, Body, Content};
use super::data::{Code, Doc, Filter, Heroku, Sheet};
use super::embed::{self, SCRIPT};
use super::page::{Assets, Place};
use super::reader::Reader;
use super::{news, shelf};
use crate::clock::Clock;
use crate::http::assets::content_type;
use crate::ids::new_id;
use crate::store::{Store, StoreError};
use domain::time::Time;
use folder::Folder;
use places::{places, tongues};
use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use thiserror::Error;
use tokio::task::{JoinError, JoinSet, spawn_blocking};

/// How often it begins anew because customers were told something meanwhile. Pages of before and after do not fit together.
const TRIES: u32 = 3;

/// Maintenances read at once.
const AT_ONCE: i64 = 100;

/// What an export is made with.
pub struct Export {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Where people reach the site, without a slash at the end.
    pub base_url: String,
    /// Where pages say that the stylesheet and the script are.
    pub assets: Assets,
    /// The stylesheet and the script: where they stand in the folder, and what is in them.
    pub pkg: Vec<(String, Cow<'static, [u8]>)>,
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exported {
    /// How many files.
    pub files: usize,
    /// How many bytes are in them.
    pub bytes: u64,
    /// How many of them had to be written: what a bucket has already does not travel again.
    pub changed: usize,
    /// How many incidents have a page.
    pub incidents: usize,
    /// True when customers were told something while it was written, however often it began anew.
    pub moved: bool,
}

/// Why nothing was exported. What stood in the folder stands there still; a bucket has what was there before, or newer.
#[derive(Debug, Error)]
pub enum ExportError {
    /// The store could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The folder could not be written.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The bucket could not be written.
    #[error("{0}")]
    Bucket(#[from] BucketError),
    /// A page could not be made.
    #[error("A page could not be made: {0}")]
    Page(#[from] JoinError),
}

impl Export {
    /// Writes everything to a target.
    pub async fn to(&self, target: &Target) -> Result<Exported, ExportError> {
        match target {
            Target::Folder(path) => self.into_folder(path).await,
            Target::Bucket(_, bucket) => self.into_bucket(bucket).await,
        }
    }

    /// Writes everything into a folder: beside it first, and in its place at once.
    pub async fn into_folder(&self, path: &Path) -> Result<Exported, ExportError> {
        let (folder, mut exported) = self.filled(path).await?;
        (exported.files, exported.bytes) = spawn_blocking(move || folder.swap()).await??;
        exported.changed = exported.files;
        Ok(exported)
    }

    /// Writes everything into a bucket: into a folder that goes away again first, so that what travels fits together.
    pub async fn into_bucket(&self, bucket: &Bucket) -> Result<Exported, ExportError> {
        let beside = Beside::new();
        let (folder, mut exported) = self.filled(&beside.0.join("site")).await?;
        let (files, bytes) = folder.files();
        (exported.files, exported.bytes) = (files.len(), bytes);
        exported.changed = bucket.put(&folder).await?;
        Ok(exported)
    }

    /// Fills a folder beside the place where it may stand.
    async fn filled(&self, path: &Path) -> Result<(Arc<Folder>, Exported), ExportError> {
        let mut tries = 1;
        loop {
            let position = *self.store.head().borrow();
            let begun = path.to_owned();
            let folder = Arc::new(spawn_blocking(move || Folder::begin(&begun)).await??);
            let main = self.store.directory().await?.settings.main_page();
            let filling = Filling {
                export: self,
                reader: Reader::new(Arc::clone(&self.store), main),
                folder: Arc::clone(&folder),
                now: self.clock.now(),
                position,
            };
            let incidents = filling.fill().await?;
            let moved = news::any(&Reader::of_all(Arc::clone(&self.store)), position).await?;
            if moved && tries < TRIES {
                tries += 1;
                continue;
            }
            drop(filling);
            let exported = Exported {
                files: 0,
                bytes: 0,
                changed: 0,
                incidents,
                moved,
            };
            return Ok((folder, exported));
        }
    }
}

/// A temporary folder of one's own, gone at the end.
struct Beside(PathBuf);

impl Beside {
    fn new() -> Self {
        let name = format!("muster-export-{}", new_id());
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(folder = %self.0.display(), %error, "a temporary folder could not be removed");
        }
    }
}

/// A folder that is being filled. One page is in memory at a time, in all its languages.
struct Filling<'a> {
    export: &'a Export,
    reader: Reader,
    folder: Arc<Folder>,
    /// The moment that every page speaks of.
    now: Time,
    position: i64,
}

impl Filling<'_> {
    /// Answers how many incidents there are.
    async fn fill(&self) -> Result<usize, ExportError> {
        for (path, bytes) in &self.export.pkg {
            let media = content_type(path).unwrap_or("application/octet-stream");
            self.folder.put(path, media, bytes)?;
        }
        let script = SCRIPT.as_bytes();
        self.folder.put("status/embed.js", embed::MEDIA, script)?;
        for page in [
            Page::Front,
            Page::History,
            Page::Look,
            Page::Embed,
            Page::Banner,
            Page::Missing,
        ] {
            self.page(page).await?;
        }
        for doc in Doc::common() {
            self.page(Page::Data(doc)).await?;
        }
        let store = &self.reader;
        for component in store.directory().await?.components {
            // What has no code that can stand in an address has no page either.
            if let Some(code) = Code::read(&component.code()) {
                self.page(Page::Component(code)).await?;
                self.page(Page::Uptime(code, Sheet::Csv)).await?;
                self.page(Page::Uptime(code, Sheet::Json)).await?;
                self.page(Page::Data(Doc::Badge(Some(code)))).await?;
                for doc in Doc::to_follow(Filter::of_component(code)) {
                    self.page(Page::Data(doc)).await?;
                }
            }
        }
        self.maintenances().await?;
        let mut incidents = 0;
        for month in content::months(store, self.now).await? {
            incidents += self.month(month).await?;
        }
        Ok(incidents)
    }

    async fn maintenances(&self) -> Result<(), ExportError> {
        let mut before = None;
        loop {
            let some = self.reader.maintenances(before, AT_ONCE).await?;
            let Some(last) = some.last() else {
                return Ok(());
            };
            before = Some((last.plan.from, last.number));
            for one in some {
                self.page(Page::Maintenance(one.number)).await?;
                if let Some(code) = Code::read(&one.code()) {
                    self.page(Page::Data(Doc::Incident(code))).await?;
                }
            }
        }
    }

    async fn month(&self, month: Month) -> Result<usize, ExportError> {
        self.page(Page::Month(month)).await?;
        let (from, to) = month.bounds();
        let past = self.reader.public_between(from, to).await?;
        for entry in &past {
            let number = entry.incident.number;
            self.page(Page::Incident(number)).await?;
            self.page(Page::Data(Doc::Heroku(Heroku::Issue(number))))
                .await?;
            self.page(Page::Data(Doc::Heroku(Heroku::Incident(number))))
                .await?;
            if let Some(code) = Code::read(&entry.incident.code()) {
                self.page(Page::Data(Doc::Incident(code))).await?;
            }
            for doc in Doc::of_incident(number) {
                self.page(Page::Data(doc)).await?;
            }
        }
        Ok(past.len())
    }

    async fn page(&self, page: Page) -> Result<(), ExportError> {
        let (now, assets) = (self.now, self.export.assets.clone());
        let (store, url) = (&self.reader, &self.export.base_url);
        let content = Content::read(store, page, url, self.position, now).await?;
        // A hidden component has no page, and an incident may have gone a moment ago.
        if content.body == Body::Missing && page != Page::Missing {
            return Ok(());
        }
        let content = Arc::new(content);
        let mut work = JoinSet::new();
        for tongue in tongues(page) {
            let (content, folder) = (Arc::clone(&content), Arc::clone(&self.folder));
            let (assets, url) = (assets.clone(), url.clone());
            work.spawn_blocking(move || -> Result<(), FolderError> {
                let place = Place {
                    page,
                    tongue,
                    base_url: &url,
                    assets: &assets,
                };
                let written = shelf::write(place, &content, now, false);
                let mut places = places(page, tongue).into_iter();
                places.try_for_each(|place| {
                    folder.put(&place, written.media, written.text.as_bytes())
                })
            });
        }
        while let Some(done) = work.join_next().await {
            done??;
        }
        Ok(())
    }
}

//! The public side in a process that has nothing else: it begins whether the database is there or not, with what it kept.

use super::address::Page;
use super::content::Content;
use super::disk::{self, Disk};
use super::follow::follow;
use super::{Assets, Public, Site, keep_front, routes, site};
use crate::clock::Clock;
use crate::store::Store;
use axum::Router;
use chrono::TimeDelta;
use domain::StatusPage;
use domain::time::{Time, length};
use http::StatusCode;
use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// How long a database is waited for at the start. Where it answers, what was redacted meanwhile is not shown for a moment.
const LOOK: Duration = Duration::from_secs(3);

/// What such a process begins with.
pub struct WithoutInside {
    folder: PathBuf,
    found: Vec<(Page, Content)>,
}

/// How the front page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// When it was read.
    pub as_of: Time,
    /// How long ago that was, where nothing newer can be read.
    pub old: Option<TimeDelta>,
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "As of {} UTC", self.as_of.format("%Y-%m-%d %H:%M:%S"))?;
        match self.old {
            Some(age) => write!(
                f,
                ", {} old: the database cannot be read just now",
                length(age)
            ),
            None => Ok(()),
        }
    }
}

impl WithoutInside {
    /// Reads what an earlier process kept in a folder, which is made if it is not there.
    pub fn open(folder: PathBuf) -> io::Result<Self> {
        let found = disk::load(&folder)?;
        Ok(Self { folder, found })
    }

    /// As of when the front page is that was kept, and how many pages there are with it.
    pub fn kept(&self) -> Option<(Time, usize)> {
        let mut pages = self.found.iter();
        let (_, front) = pages.find(|(page, _)| *page == Page::Front)?;
        Some((front.as_of, self.found.len()))
    }

    /// The routes, and who can say how the front page stands. Needs a running runtime.
    pub async fn serve(
        self,
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        base_url: String,
        assets: Assets,
        stop: CancellationToken,
    ) -> io::Result<(Router, Watch)> {
        let oldest = self.found.iter().map(|(_, content)| content.position).min();
        let (mut moved, blanked) = follow(Arc::clone(&store), oldest, stop.clone());
        // A channel that closed only says that the process stops.
        let _ = tokio::time::timeout(LOOK, moved.wait_for(|moved| *moved > 0)).await;
        let gone = *blanked.borrow();
        let mut found = self.found;
        found.retain(|(_, content)| content.position >= gone);
        let disk = Disk::start(self.folder, blanked.clone())?;
        let public = Public {
            store,
            clock: Arc::clone(&clock),
            moved: moved.clone(),
            blanked,
            base_url,
            assets,
            stop,
        };
        let site = site(public, Some(disk));
        // The newest word on how each page is set up; what was kept of one that was set up otherwise is of no use.
        let mut newest: BTreeMap<String, (i64, StatusPage)> = BTreeMap::new();
        for (_, content) in &found {
            let one = (content.position, content.of.clone());
            let known = newest.entry(content.of.id.clone());
            let known = known.or_insert_with(|| one.clone());
            if known.0 < one.0 {
                *known = one;
            }
        }
        let known = newest.into_values().map(|(_, page)| page).collect();
        site.pages.put_back(known);
        let all = site.all().await;
        site.shelf.put_back(&all, found).await;
        let watched = site.clone();
        keep_front(&site);
        Ok((
            routes(site),
            Watch {
                site: watched,
                clock,
                moved,
            },
        ))
    }
}

/// Says how the front page stands.
#[derive(Clone)]
pub struct Watch {
    site: Site,
    clock: Arc<dyn Clock>,
    moved: watch::Receiver<i64>,
}

impl Watch {
    /// The position of the last thing that customers may notice; 0 until the log was read.
    pub fn moved(&self) -> watch::Receiver<i64> {
        self.moved.clone()
    }

    /// How it stands now; nothing when there is none.
    pub async fn standing(&self) -> Option<Standing> {
        let front = self.site.front().await?;
        let as_of = front
            .as_of
            .filter(|_| front.ready.status() == StatusCode::OK)?;
        Some(Standing {
            as_of,
            old: front.old.then(|| self.clock.now() - as_of),
        })
    }
}

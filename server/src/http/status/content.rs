//! What a public page says, read from the store. Kept beside the ready bytes, so that the page can still say it, and how
//! old it is, when the store cannot be read.

use super::address::{Month, Page};
use super::components::{self, OneComponent};
use super::data::{Doc, Snapshot};
use crate::store::{Past, Store, StoreError};
use chrono::Duration;
use domain::status::{PublicIncident, PublicPage, groups, public_name};
use domain::time::Time;
use domain::{ComponentId, Directory};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How far back the front page looks.
const RECENT_DAYS: i64 = 14;
/// The most past incidents on the front page; the rest is in the history.
const RECENT_MOST: i64 = 30;

/// A page's content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Content {
    /// Whose page it is.
    pub organisation: String,
    /// The names of components as customers know them.
    pub names: BTreeMap<ComponentId, String>,
    /// When it was read.
    pub as_of: Time,
    /// The position of the log up to which it is complete.
    pub position: i64,
    /// What the page is about.
    pub body: Body,
}

/// What the page is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Body {
    /// How everything is.
    Front(Box<PublicPage>),
    /// One incident.
    Incident(Box<PublicIncident>),
    /// A month.
    History {
        /// Which.
        month: Month,
        /// Its incidents, the newest first.
        past: Vec<Past>,
        /// The month before, when there may be something.
        previous: Option<Month>,
        /// The month after, unless it lies ahead.
        next: Option<Month>,
    },
    /// One component and its days.
    Component(Box<OneComponent>),
    /// What tools read.
    Data {
        /// Which document.
        doc: Doc,
        /// What it is made of.
        snapshot: Box<Snapshot>,
    },
    /// Nothing is here.
    Missing,
}

impl Content {
    /// Reads what belongs on a page. `position` is what the log had reached before.
    pub async fn read(
        store: &dyn Store,
        page: Page,
        base_url: &str,
        position: i64,
        now: Time,
    ) -> Result<Self, StoreError> {
        let directory = store.directory().await?;
        let body = match page {
            Page::Front => Body::Front(Box::new(front(store, &directory, position, now).await?)),
            Page::Incident(number) => store
                .public_incident(number)
                .await?
                .map_or(Body::Missing, |incident| Body::Incident(Box::new(incident))),
            Page::History => history(store, None, now).await?,
            Page::Month(month) => history(store, Some(month), now).await?,
            Page::Component(code) | Page::Uptime(code, _) => {
                components::one(store, &directory, code, now)
                    .await?
                    .map_or(Body::Missing, |one| Body::Component(Box::new(one)))
            }
            Page::Data(doc) => Snapshot::read(store, doc, directory.clone(), base_url)
                .await?
                .map_or(Body::Missing, |snapshot| Body::Data {
                    doc,
                    snapshot: Box::new(snapshot),
                }),
            Page::Missing => Body::Missing,
        };
        Ok(Self {
            names: names(&directory),
            organisation: directory.settings.organisation,
            as_of: now,
            position,
            body,
        })
    }

    /// The title of an incident; never the internal one.
    pub fn title(&self, incident: &PublicIncident) -> String {
        incident.title(|id| self.names.get(id).cloned())
    }
}

async fn front(
    store: &dyn Store,
    directory: &Directory,
    position: i64,
    now: Time,
) -> Result<PublicPage, StoreError> {
    let active = store.public_active().await?;
    let past = store.public_history(None, RECENT_MOST).await?;
    let since = now - Duration::days(RECENT_DAYS);
    Ok(PublicPage {
        organisation: directory.settings.organisation.clone(),
        groups: groups(directory, &active),
        uptimes: components::on_front(store, directory, now).await?,
        active,
        recent: past
            .into_iter()
            .filter(|past| past.at >= since)
            .map(|past| past.incident)
            .collect(),
        position,
        as_of: now,
    })
}

/// A month of history. Without a month, the newest that has something: whoever asks for the past wants to see some. Months
/// outside the history are not there, or the pages would have no end.
async fn history(store: &dyn Store, month: Option<Month>, now: Time) -> Result<Body, StoreError> {
    let this = Month::of(now);
    let span = store.public_span().await?;
    let (first, newest) = span.map_or((this, this), |(first, last)| {
        (Month::of(first), Month::of(last))
    });
    let last = newest.max(this);
    let month = month.unwrap_or(newest);
    if month < first || month > last {
        return Ok(Body::Missing);
    }
    let (from, to) = month.bounds();
    // From month to month with something to read: nobody wants to step through quiet years.
    let (before, after) = store.public_around(from, to).await?;
    Ok(Body::History {
        month,
        past: store.public_between(from, to).await?,
        previous: before.map(Month::of),
        next: after.map(Month::of).or((month < this).then_some(this)),
    })
}

/// The months that the history leads to, the newest first: those with something to read, and this one, whose page is there
/// though it may be empty.
pub(super) async fn months(store: &dyn Store, now: Time) -> Result<Vec<Month>, StoreError> {
    let this = Month::of(now);
    let span = store.public_span().await?;
    let mut month = span.map_or(this, |(_, last)| Month::of(last).max(this));
    let mut months = vec![month];
    loop {
        let (from, to) = month.bounds();
        let (Some(before), _) = store.public_around(from, to).await? else {
            return Ok(months);
        };
        month = Month::of(before);
        months.push(month);
    }
}

fn names(directory: &Directory) -> BTreeMap<ComponentId, String> {
    directory
        .components
        .iter()
        .filter_map(|c| public_name(directory, &c.id).map(|name| (c.id.clone(), name)))
        .collect()
}

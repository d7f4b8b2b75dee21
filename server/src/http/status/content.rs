//! What a public page says, read from the store. Kept beside the ready bytes, so that the page can still say it, and how
//! old it is, when the store cannot be read.

use super::address::{Month, Page};
use super::components::{self, OneComponent};
use super::data::{Doc, Snapshot};
use super::reader::Reader;
use crate::look::stylesheet;
use crate::store::{Past, StoreError};
use chrono::Duration;
use chrono_tz::Tz;
use domain::status::{PublicIncident, PublicPage, PublicTitle, groups, public_name};
use domain::time::Time;
use domain::{
    ComponentId, Directory, Link, Maintenance, MaintenanceNumber, MaintenanceState, StatusPage,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How far back the front page looks.
pub(super) const RECENT_DAYS: i64 = 14;
/// The most past incidents on the front page; the rest is in the history.
const RECENT_MOST: i64 = 30;

/// A page's content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Content {
    /// The status page that it belongs to, as that was set up.
    pub of: StatusPage,
    /// Whose page it is.
    pub organisation: String,
    /// The names of components as customers know them.
    pub names: BTreeMap<ComponentId, String>,
    /// The zone that it speaks in.
    pub zone: Tz,
    /// When it was read.
    pub as_of: Time,
    /// The position of the log up to which it is complete.
    pub position: i64,
    /// True when there is a stylesheet of the house's own.
    pub styled: bool,
    /// What stands in the head of every page.
    pub links: Vec<Link>,
    /// The last line of every page, in Markdown.
    pub footer: String,
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
        /// Its maintenances that have begun, the newest first.
        maintenances: Vec<Maintenance>,
        /// The month before, when there may be something.
        previous: Option<Month>,
        /// The month after, unless it lies ahead.
        next: Option<Month>,
    },
    /// One planned maintenance.
    Maintenance(Box<Maintenance>),
    /// One component and its days.
    Component(Box<OneComponent>),
    /// The stylesheet of the house's own.
    Look(String),
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

impl Body {
    /// Every maintenance in it.
    fn maintenances(&mut self) -> impl Iterator<Item = &mut Maintenance> {
        let (some, more): (&mut [Maintenance], &mut [Maintenance]) = match self {
            Self::Front(page) => (&mut page.maintenances, &mut page.maintained),
            Self::History { maintenances, .. } => (maintenances, &mut []),
            Self::Maintenance(one) => (std::slice::from_mut(&mut **one), &mut []),
            Self::Component(one) => (&mut one.maintenances, &mut []),
            Self::Data { snapshot, .. } => (&mut snapshot.maintenances, &mut []),
            Self::Incident(_) | Self::Look(_) | Self::Missing => (&mut [], &mut []),
        };
        some.iter_mut().chain(more)
    }
}

impl Content {
    /// Reads what belongs on a page. `position` is what the log had reached before.
    pub async fn read(
        store: &Reader,
        page: Page,
        base_url: &str,
        position: i64,
        now: Time,
    ) -> Result<Self, StoreError> {
        let directory = store.directory().await?;
        let look = store.look().await?;
        let mut body = match page {
            Page::Front => Body::Front(Box::new(front(store, &directory, position, now).await?)),
            Page::Embed | Page::Banner => {
                Body::Front(Box::new(open(store, &directory, position, now).await?))
            }
            Page::Incident(number) => store
                .public_incident(number)
                .await?
                .map_or(Body::Missing, |incident| Body::Incident(Box::new(incident))),
            Page::Maintenance(number) => store
                .maintenance(number)
                .await?
                .map_or(Body::Missing, |one| Body::Maintenance(Box::new(one))),
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
            Page::Look => Body::Look(stylesheet(&look)),
            Page::Missing => Body::Missing,
        };
        body.maintenances().for_each(forget_inside);
        Ok(Self {
            of: store.page().clone(),
            names: names(&directory),
            zone: components::zone(&directory.settings),
            organisation: directory.settings.organisation,
            as_of: now,
            position,
            styled: look.is_styled(),
            links: look.links,
            footer: look.footer,
            body,
        })
    }

    /// What the title of an incident is made of; never the internal one.
    pub fn title(&self, incident: &PublicIncident) -> PublicTitle {
        incident.titled(|id| self.names.get(id).cloned())
    }
}

/// Takes from a maintenance what is not for customers, who scheduled it and what they were reminded of: pages are also kept
/// on disk.
fn forget_inside(one: &mut Maintenance) {
    one.owner = None;
    one.reminded_at = None;
    one.overdue_at = None;
    one.plan.remind_before = None;
}

/// The front page without its past.
async fn open(
    store: &Reader,
    directory: &Directory,
    position: i64,
    now: Time,
) -> Result<PublicPage, StoreError> {
    let active = store.public_active().await?;
    let maintenances = store.maintenances_open().await?;
    Ok(PublicPage {
        organisation: directory.settings.organisation.clone(),
        groups: groups(directory, &active, &maintenances),
        uptimes: BTreeMap::new(),
        active,
        recent: Vec::new(),
        maintained: Vec::new(),
        maintenances,
        position,
        as_of: now,
    })
}

async fn front(
    store: &Reader,
    directory: &Directory,
    position: i64,
    now: Time,
) -> Result<PublicPage, StoreError> {
    let page = open(store, directory, position, now).await?;
    let mut maintenances = page.maintenances;
    // Whoever planned for a window must read that it does not come.
    let newest = store.maintenances(None, RECENT_MOST).await?.into_iter();
    maintenances
        .extend(newest.filter(|one| one.state == MaintenanceState::Cancelled && one.plan.to > now));
    maintenances.sort_by_key(|one| one.plan.from);
    let past = store.public_history(None, RECENT_MOST).await?;
    let since = now - Duration::days(RECENT_DAYS);
    Ok(PublicPage {
        uptimes: components::on_front(store, directory, now).await?,
        recent: past
            .into_iter()
            .filter(|past| past.at >= since)
            .map(|past| past.incident)
            .collect(),
        maintained: begun(store.maintenances_between(since, now).await?, now),
        maintenances,
        ..page
    })
}

/// A month of history. Without a month, the newest that has something: whoever asks for the past wants to see some. Months
/// outside the history are not there, or the pages would have no end.
async fn history(store: &Reader, month: Option<Month>, now: Time) -> Result<Body, StoreError> {
    let this = Month::of(now);
    let (first, newest) = span(store).await?.unwrap_or((this, this));
    let last = newest.max(this);
    let month = month.unwrap_or(newest);
    if month < first || month > last {
        return Ok(Body::Missing);
    }
    let (from, to) = month.bounds();
    let (before, after) = around(store, from, to, now).await?;
    let past = store.public_between(from, to).await?;
    let maintenances = begun(store.maintenances_between(from, to).await?, now);
    if past.is_empty() && maintenances.is_empty() && before.is_none() && month != this {
        // Before the history of this page, though another one has a longer one.
        return Ok(Body::Missing);
    }
    Ok(Body::History {
        month,
        past,
        maintenances,
        previous: before,
        next: after.or((month < this).then_some(this)),
    })
}

/// The months that the history leads to, the newest first: those with something to read, and this one, whose page is there
/// though it may be empty.
pub(super) async fn months(store: &Reader, now: Time) -> Result<Vec<Month>, StoreError> {
    let this = Month::of(now);
    let mut month = span(store).await?.map_or(this, |(_, last)| last.max(this));
    let mut months = vec![month];
    loop {
        let (from, to) = month.bounds();
        let (Some(before), _) = around(store, from, to, now).await? else {
            return Ok(months);
        };
        month = before;
        months.push(month);
    }
}

/// The first and the last month with something to read.
async fn span(store: &Reader) -> Result<Option<(Month, Month)>, StoreError> {
    let incidents = store.public_span().await?;
    let both = incidents
        .into_iter()
        .chain(store.maintenances_span().await?);
    Ok(both
        .map(|(first, last)| (Month::of(first), Month::of(last)))
        .reduce(|one, other| (one.0.min(other.0), one.1.max(other.1))))
}

/// The nearest months with something to read: nobody wants to step through quiet years.
async fn around(
    store: &Reader,
    from: Time,
    to: Time,
    now: Time,
) -> Result<(Option<Month>, Option<Month>), StoreError> {
    let (before, after) = store.public_around(from, to).await?;
    let edge = Some((from, MaintenanceNumber(0)));
    let older = store.maintenances(edge, 1).await?;
    let newest = store
        .maintenances_span()
        .await?
        .map_or(now, |(_, last)| last.max(now));
    let newer = store
        .maintenances_between(to, newest + Duration::seconds(1))
        .await?;
    let older = begun(older, now).first().map(|one| one.plan.from);
    let newer = begun(newer, now).last().map(|one| one.plan.from);
    let earliest = after.into_iter().chain(newer).min();
    Ok((before.max(older).map(Month::of), earliest.map(Month::of)))
}

/// Those that belong to the past: what lies ahead is on the front page, and so is what was cancelled and would still come.
fn begun(mut maintenances: Vec<Maintenance>, now: Time) -> Vec<Maintenance> {
    maintenances.retain(|one| match one.state {
        MaintenanceState::Scheduled => false,
        MaintenanceState::Cancelled => one.plan.to <= now,
        MaintenanceState::InProgress
        | MaintenanceState::Verifying
        | MaintenanceState::Completed => true,
    });
    maintenances
}

fn names(directory: &Directory) -> BTreeMap<ComponentId, String> {
    directory
        .components
        .iter()
        .filter_map(|c| public_name(directory, &c.id).map(|name| (c.id.clone(), name)))
        .collect()
}

//! What one page may read: the one place that narrows the store to what belongs on it. Whoever writes a page or a document
//! has no other way to the store, so nothing of another page is in reach.

use crate::store::{Logged, Past, Store, StoreError};
use domain::pages::{Shown, StatusPage};
use domain::status::PublicIncident;
use domain::time::Time;
use domain::{ComponentId, Directory, Look, Maintenance, MaintenanceNumber, Number};
use std::sync::Arc;

/// Entries read at once where some of them are left out.
const CHUNK: i64 = 100;
/// So many are looked through at most for those of a page with chosen components: no page grows with the history of others.
const LOOKED_THROUGH: usize = 2_000;
/// So many months are looked through for the next one that has something.
const MONTHS: u32 = 36;

/// Reads the public side for one page.
#[derive(Clone)]
pub(super) struct Reader {
    store: Arc<dyn Store>,
    page: StatusPage,
}

impl Reader {
    /// A reader for a page.
    pub fn new(store: Arc<dyn Store>, page: StatusPage) -> Self {
        Self { store, page }
    }

    /// A reader of everything that is for any page.
    pub fn of_all(store: Arc<dyn Store>) -> Self {
        Self::new(store, StatusPage::default())
    }

    /// The page that it reads for.
    pub fn page(&self) -> &StatusPage {
        &self.page
    }

    /// True when the page shows everything.
    fn whole(&self) -> bool {
        self.page.components == Shown::All
    }

    fn shows(&self, id: &ComponentId) -> bool {
        match &self.page.components {
            Shown::All => true,
            Shown::Only(these) => these.contains(id),
        }
    }

    /// The incident without what is not of this page; nothing when it touches nothing of it.
    fn incident(&self, mut incident: PublicIncident) -> Option<PublicIncident> {
        if self.whole() {
            return Some(incident);
        }
        incident.components.retain(|id, _| self.shows(id));
        incident.named.retain(|id| self.shows(id));
        for word in &mut incident.words {
            word.components.retain(|affected| self.shows(&affected.id));
        }
        let touches = !incident.components.is_empty() || !incident.named.is_empty();
        touches.then_some(incident)
    }

    fn incidents(&self, all: Vec<PublicIncident>) -> Vec<PublicIncident> {
        all.into_iter()
            .filter_map(|one| self.incident(one))
            .collect()
    }

    fn past(&self, all: Vec<Past>) -> Vec<Past> {
        let past = |Past { at, incident }| {
            let incident = self.incident(incident)?;
            Some(Past { at, incident })
        };
        all.into_iter().filter_map(past).collect()
    }

    fn planned(&self, mut one: Maintenance) -> Option<Maintenance> {
        if self.whole() {
            return Some(one);
        }
        one.plan.components.retain(|id| self.shows(id));
        (!one.plan.components.is_empty()).then_some(one)
    }

    fn all_planned(&self, all: Vec<Maintenance>) -> Vec<Maintenance> {
        all.into_iter()
            .filter_map(|one| self.planned(one))
            .collect()
    }

    /// What every page of the house wears.
    pub async fn look(&self) -> Result<Look, StoreError> {
        self.store.look().await
    }

    /// Components, groups and settings as this page has them.
    pub async fn directory(&self) -> Result<Directory, StoreError> {
        let mut directory = self.store.directory().await?;
        self.page.narrow(&mut directory);
        Ok(directory)
    }

    /// Entries of the log, those of every page: what is told of them is read through this reader.
    pub async fn feed(&self, after: i64, limit: i64) -> Result<Vec<Logged>, StoreError> {
        self.store.feed(after, limit).await
    }

    pub async fn public_active(&self) -> Result<Vec<PublicIncident>, StoreError> {
        Ok(self.incidents(self.store.public_active().await?))
    }

    pub async fn public_incident(
        &self,
        number: Number,
    ) -> Result<Option<PublicIncident>, StoreError> {
        let found = self.store.public_incident(number).await?;
        Ok(found.and_then(|one| self.incident(one)))
    }

    pub async fn public_number(&self, code: &str) -> Result<Option<Number>, StoreError> {
        let Some(number) = self.store.public_number(code).await? else {
            return Ok(None);
        };
        if self.whole() {
            return Ok(Some(number));
        }
        Ok(self.public_incident(number).await?.map(|one| one.number))
    }

    pub async fn public_newest(&self, limit: i64) -> Result<Vec<PublicIncident>, StoreError> {
        if self.whole() {
            return self.store.public_newest(limit).await;
        }
        let mut newest = self.public_active().await?;
        let most = usize::try_from(limit).unwrap_or_default();
        let left = i64::try_from(most.saturating_sub(newest.len())).unwrap_or_default();
        for past in self.public_history(None, left).await? {
            // Those of the history come without their words.
            newest.extend(self.public_incident(past.incident.number).await?);
        }
        newest.truncate(most);
        Ok(newest)
    }

    pub async fn public_since(&self, from: Time) -> Result<Vec<PublicIncident>, StoreError> {
        Ok(self.incidents(self.store.public_since(from).await?))
    }

    pub async fn public_history(
        &self,
        mut before: Option<(Time, Number)>,
        limit: i64,
    ) -> Result<Vec<Past>, StoreError> {
        if self.whole() {
            return self.store.public_history(before, limit).await;
        }
        let most = usize::try_from(limit).unwrap_or_default();
        let (mut found, mut looked) = (Vec::new(), 0);
        while found.len() < most && looked < LOOKED_THROUGH {
            let some = self.store.public_history(before, CHUNK).await?;
            let Some(last) = some.last() else { break };
            before = Some((last.at, last.incident.number));
            looked += some.len();
            found.extend(self.past(some));
        }
        found.truncate(most);
        Ok(found)
    }

    pub async fn public_between(&self, from: Time, to: Time) -> Result<Vec<Past>, StoreError> {
        Ok(self.past(self.store.public_between(from, to).await?))
    }

    pub async fn public_around(
        &self,
        from: Time,
        to: Time,
    ) -> Result<(Option<Time>, Option<Time>), StoreError> {
        let (before, mut after) = self.store.public_around(from, to).await?;
        if self.whole() {
            return Ok((before, after));
        }
        let before = self.public_history(Some((from, Number(0))), 1).await?;
        let before = before.first().map(|past| past.at);
        for _ in 0..MONTHS {
            let Some(at) = after else { break };
            let (first, end) = super::address::Month::of(at).bounds();
            let there = self.public_between(first.max(to), end).await?;
            if let Some(oldest) = there.last() {
                return Ok((before, Some(oldest.at)));
            }
            (_, after) = self.store.public_around(first, end).await?;
        }
        Ok((before, None))
    }

    pub async fn public_span(&self) -> Result<Option<(Time, Time)>, StoreError> {
        let span = self.store.public_span().await?;
        if self.whole() {
            return Ok(span);
        }
        let active = self.public_active().await?;
        let active = active
            .iter()
            .filter_map(|one| one.started_at.or(one.created_at));
        let past = self.public_history(None, 1).await?;
        let newest = active.chain(past.iter().map(|past| past.at)).max();
        // The first of all pages: which month is the first of this one, the months between find out.
        Ok(span.zip(newest).map(|((first, _), newest)| (first, newest)))
    }

    pub async fn maintenance(
        &self,
        number: MaintenanceNumber,
    ) -> Result<Option<Maintenance>, StoreError> {
        let found = self.store.maintenance(number).await?;
        Ok(found.and_then(|one| self.planned(one)))
    }

    pub async fn maintenance_by_code(&self, code: &str) -> Result<Option<Maintenance>, StoreError> {
        let found = self.store.maintenance_by_code(code).await?;
        Ok(found.and_then(|one| self.planned(one)))
    }

    pub async fn maintenances_open(&self) -> Result<Vec<Maintenance>, StoreError> {
        Ok(self.all_planned(self.store.maintenances_open().await?))
    }

    pub async fn maintenances(
        &self,
        mut before: Option<(Time, MaintenanceNumber)>,
        limit: i64,
    ) -> Result<Vec<Maintenance>, StoreError> {
        if self.whole() {
            return self.store.maintenances(before, limit).await;
        }
        let most = usize::try_from(limit).unwrap_or_default();
        let (mut found, mut looked) = (Vec::new(), 0);
        while found.len() < most && looked < LOOKED_THROUGH {
            let some = self.store.maintenances(before, CHUNK).await?;
            let Some(last) = some.last() else { break };
            before = Some((last.plan.from, last.number));
            looked += some.len();
            found.extend(self.all_planned(some));
        }
        found.truncate(most);
        Ok(found)
    }

    pub async fn maintenances_between(
        &self,
        from: Time,
        to: Time,
    ) -> Result<Vec<Maintenance>, StoreError> {
        Ok(self.all_planned(self.store.maintenances_between(from, to).await?))
    }

    pub async fn maintenances_since(&self, from: Time) -> Result<Vec<Maintenance>, StoreError> {
        Ok(self.all_planned(self.store.maintenances_since(from).await?))
    }

    pub async fn maintenances_span(&self) -> Result<Option<(Time, Time)>, StoreError> {
        let span = self.store.maintenances_span().await?;
        if self.whole() {
            return Ok(span);
        }
        let newest = self.maintenances(None, CHUNK).await?;
        let newest = newest
            .iter()
            .find(|one| one.state.is_over())
            .map(|one| one.plan.from);
        Ok(span.zip(newest).map(|((first, _), newest)| (first, newest)))
    }
}

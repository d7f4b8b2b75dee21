//! Planned maintenance. Changed through [`super::House::change_house`], like everything that is no incident.

use super::StoreError;
use async_trait::async_trait;
use domain::time::Time;
use domain::{Maintenance, MaintenanceNumber};

/// Reading planned maintenance.
#[async_trait]
pub trait Maintenances: Send + Sync {
    /// One of them.
    async fn maintenance(
        &self,
        number: MaintenanceNumber,
    ) -> Result<Option<Maintenance>, StoreError>;

    /// The one that tools of customers know by a code.
    async fn maintenance_by_code(&self, code: &str) -> Result<Option<Maintenance>, StoreError>;

    /// The one that was asked for with a key.
    async fn maintenance_by_key(&self, key: &str) -> Result<Option<Maintenance>, StoreError>;

    /// Those that are not over, in the order of their windows.
    async fn maintenances_open(&self) -> Result<Vec<Maintenance>, StoreError>;

    /// At most `limit` of all, those whose windows begin last first, from before a place in that order.
    async fn maintenances(
        &self,
        before: Option<(Time, MaintenanceNumber)>,
        limit: i64,
    ) -> Result<Vec<Maintenance>, StoreError>;

    /// Those whose windows begin from `from` on and before `to`, the newest first.
    async fn maintenances_between(
        &self,
        from: Time,
        to: Time,
    ) -> Result<Vec<Maintenance>, StoreError>;

    /// Those that are not over, or were at a time or later.
    async fn maintenances_since(&self, from: Time) -> Result<Vec<Maintenance>, StoreError>;

    /// The beginnings of the first and the last window that took place and is over; `None` while there is none.
    async fn maintenances_span(&self) -> Result<Option<(Time, Time)>, StoreError>;
}

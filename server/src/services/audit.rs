//! Who did what outside incidents, as administrators read it.

use super::{Refusal, Services};
use app::AppError;
use app::data::{AuditEntry, AuditFilter, AuditPage};
use domain::{AccountRole, PersonId};

/// Entries on a page.
const PAGE: usize = 50;

impl Services {
    /// A page of the log of the house, for an administrator.
    pub(super) async fn audit_page(
        &self,
        by: &PersonId,
        asked: &AuditFilter,
    ) -> Result<AuditPage, Refusal> {
        let directory = self.directory();
        let admin = directory
            .person(by)
            .is_some_and(|person| person.active && person.role == AccountRole::Admin);
        if !admin {
            return Err(AppError::Forbidden {
                words: "Only administrators see who did what. Ask one of them.".to_owned(),
            }
            .into());
        }
        // One more than is shown tells whether there is another page.
        let wanted = i64::try_from(PAGE).unwrap_or_default() + 1;
        let mut entries = self
            .store()
            .house_entries(asked.by.as_ref(), asked.before, wanted)
            .await?;
        let more = entries.len() > PAGE;
        entries.truncate(PAGE);
        let next = entries.last().map(|entry| entry.position).filter(|_| more);
        let entries = entries
            .into_iter()
            .map(|entry| AuditEntry {
                position: entry.position,
                at: entry.at,
                words: entry.event.map_or_else(
                    || "Something that this version of Muster has no words for.".to_owned(),
                    |event| event.describe(entry.by.as_ref(), &directory),
                ),
            })
            .collect();
        Ok(AuditPage { entries, next })
    }
}

//! The draft that everybody who writes an update shares.

use super::{Refusal, Services};
use crate::store::{Drafted, Drafting};
use app::AppError;
use app::data::DraftField;
use domain::{AccountRole, Number, PersonId, Rejection, text};

impl Services {
    /// True for who may write updates; nobody else reads or writes a draft.
    pub fn may_draft(&self, person: &PersonId) -> bool {
        let directory = self.directory();
        let person = directory.person(person);
        person.is_some_and(|p| p.active && p.role >= AccountRole::Responder)
    }

    /// Every field of an incident's draft, those that were cleared too.
    pub async fn draft(&self, number: Number) -> Result<Vec<DraftField>, Refusal> {
        let draft = self.0.store.draft(number).await?;
        Ok(draft.into_iter().map(shown).collect())
    }

    /// Writes a field at the revision that `written` names, and answers what stands there then: what was written, or what
    /// somebody else wrote meanwhile.
    pub async fn keep_draft(
        &self,
        by: &PersonId,
        number: Number,
        written: DraftField,
    ) -> Result<DraftField, Refusal> {
        if written.by != *by {
            // A tab that outlived its session: what is written in it belongs to who wrote it.
            return Err(AppError::SignIn {}.into());
        }
        if !self.may_draft(by) {
            let words = "Your account reads and asks, but does not write updates.".to_owned();
            return Err(AppError::Forbidden { words }.into());
        }
        if self.incident(number).await?.is_none() {
            return Err(AppError::no_incident(number).into());
        }
        let longest = self.longest(&written.field)?;
        let text = match &written.text {
            Some(text) => Some(text::optional_text(&written.field, text, longest)?),
            None => None,
        };
        let new = Drafted {
            field: written.field,
            text,
            revision: written.revision.max(0).saturating_add(1),
            person: by.clone(),
            at: self.now(),
        };
        match self.0.store.write_draft(number, &new).await? {
            Drafting::Kept(_) => {
                self.0.store.wake_room(number).await;
                Ok(shown(new))
            }
            Drafting::Stale(stands) => Ok(shown(stands)),
        }
    }

    /// The longest text that a field takes, in characters.
    fn longest(&self, field: &str) -> Result<usize, Rejection> {
        match field {
            "situation" | "impact" | "hypothesis" | "needs" => Ok(text::SITREP),
            "message" => Ok(text::MESSAGE),
            "public_title" => Ok(text::TITLE),
            "headline" | "confidence" | "next_sitrep_by" | "state" | "next_update_by"
            | "send_sitrep" | "send_public" | "resolve" => Ok(text::LINE),
            _ => {
                let component = field.strip_prefix("component:");
                let directory = self.directory();
                let known = |id| directory.components.iter().any(|c| c.id.as_str() == id);
                if component.is_some_and(known) {
                    return Ok(text::LINE);
                }
                Err(Rejection::Unreadable {
                    words: "The form has no such field. Reload the page.".to_owned(),
                    field: "field".to_owned(),
                })
            }
        }
    }
}

fn shown(drafted: Drafted) -> DraftField {
    DraftField {
        field: drafted.field,
        text: drafted.text,
        revision: drafted.revision,
        by: drafted.person,
        at: drafted.at,
    }
}

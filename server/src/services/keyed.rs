//! What a request with a key does, it does once: its receipt is kept in the transaction that does it, so that a second try,
//! here or in another process, finds what the first one did even when nobody lived to answer it.

use super::{Refusal, Services};
use crate::store::{Committed, Receipt, Request, StoreError};
use domain::Incident;
use std::sync::Arc;

/// A request with a key.
#[derive(Debug)]
pub enum Keyed {
    /// To be carried out; the commit carries its receipt.
    First(Request),
    /// Carried out before, and never answered: nothing is done, and the answer is what it did.
    Again(Receipt),
}

impl Services {
    /// The same services for one request: whatever it commits to an incident is committed once.
    #[must_use]
    pub fn keyed(&self, request: Keyed) -> Self {
        Self(Arc::clone(&self.0), Some(Arc::new(request)))
    }

    /// The request whose receipt goes with a commit.
    pub(super) fn request(&self) -> Option<Request> {
        match self.1.as_deref() {
            Some(Keyed::First(request)) => Some(request.clone()),
            Some(Keyed::Again(_)) | None => None,
        }
    }

    /// What this request did when it came before: the incident as it was right after, and the events.
    pub(super) async fn done_before(&self) -> Result<Option<Committed>, Refusal> {
        let Some(Keyed::Again(receipt)) = self.1.as_deref() else {
            return Ok(None);
        };
        let mut stream = self.0.store.stream(receipt.incident, 0).await?;
        stream.retain(|recorded| recorded.version <= receipt.to);
        let incident = Incident::fold(&stream).ok_or_else(|| {
            let words = format!(
                "a receipt for incident {}, which is not there",
                receipt.incident
            );
            StoreError::Corrupt(words)
        })?;
        stream.retain(|recorded| recorded.version > receipt.from);
        Ok(Some(Committed {
            incident,
            recorded: stream,
        }))
    }
}

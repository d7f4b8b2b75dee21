//! Reminding of overdue promises.

use super::{Refusal, Services};
use crate::store::{Commit, CommitError, Target};
use domain::{Summary, remind};

impl Services {
    /// Tells whoever is next of every promise that is overdue. Answers how many were told.
    pub async fn remind(&self) -> Result<usize, Refusal> {
        let mut told = 0;
        for incident in self.0.store.summaries().await? {
            if self.is_due(&incident) {
                told += self.remind_of(&incident).await?;
            }
        }
        Ok(told)
    }

    fn is_due(&self, incident: &Summary) -> bool {
        !remind::due(incident, &self.directory(), self.now()).is_empty()
    }

    async fn remind_of(&self, incident: &Summary) -> Result<usize, Refusal> {
        let _turn = self.turn(incident.number).await;
        let Some(state) = self.incident(incident.number).await? else {
            return Ok(0);
        };
        let now = self.now();
        let due = remind::due(&state.summary, &self.directory(), now);
        let told = due.len();
        if told == 0 {
            return Ok(0);
        }
        let commit = Commit {
            target: Target::Incident(Box::new((*state).clone())),
            by: None,
            recorded_at: now,
            proposed: due.into_iter().map(Into::into).collect(),
            letters: self.letters(),
            import_key: None,
            once: None,
            drafted: Vec::new(),
        };
        match self.commit(commit).await {
            Ok(committed) => {
                self.keep_at_hand(committed.incident);
                Ok(told)
            }
            // Somebody else was faster, another process perhaps; the next look sees what is left.
            Err(CommitError::Conflict { .. }) => Ok(0),
            Err(other) => Err(other.into()),
        }
    }
}

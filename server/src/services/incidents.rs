//! The writing door of incidents.

use super::{Refusal, Services};
use crate::metrics;
use crate::store::{Commit, CommitError, Committed, Target};
use app::AppError;
use domain::incident::{Declaration, IncidentCommand, decide, declare, merges_into};
use domain::{Context, Incident, Number, PersonId, PersonRef, Proposed, Rejection};
use tokio::time::Instant;

/// How often a decision is made anew because somebody else was faster.
const TRIES: usize = 8;

impl Services {
    /// Declares an incident; it has a number and is on disk when this returns.
    pub async fn declare(
        &self,
        by: &PersonId,
        declaration: Declaration,
    ) -> Result<Committed, Refusal> {
        let done = self.declare_now(by, declaration).await;
        self.or_as_before(by, done).await
    }

    async fn declare_now(
        &self,
        by: &PersonId,
        declaration: Declaration,
    ) -> Result<Committed, Refusal> {
        let directory = self.directory();
        let now = self.now();
        let proposed = declare(
            declaration,
            &Context {
                by,
                now,
                directory: &directory,
            },
        )?;
        let commit = Commit {
            target: Target::New,
            by: self.actor(by),
            recorded_at: now,
            proposed,
            letters: self.letters(),
            import_key: None,
            once: self.once(),
            drafted: Vec::new(),
        };
        let committed = self.commit(commit).await?;
        metrics::command("done", None);
        self.keep_at_hand(committed.incident.clone());
        Ok(committed)
    }

    /// Carries out a command; what came of it is on disk when this returns. With `expected`, only if the incident is at
    /// that version. Without, a command that came second is decided again on what is there now: if it still makes sense
    /// it is done, and if not the refusal says why in the light of what happened.
    pub async fn execute(
        &self,
        by: &PersonId,
        number: Number,
        expected: Option<i64>,
        command: IncidentCommand,
    ) -> Result<Committed, Refusal> {
        self.execute_drafted(by, number, expected, command, Vec::new())
            .await
    }

    /// The same, made of fields of the draft, each at the revision that was seen.
    pub(super) async fn execute_drafted(
        &self,
        by: &PersonId,
        number: Number,
        expected: Option<i64>,
        command: IncidentCommand,
        drafted: Vec<(String, i64)>,
    ) -> Result<Committed, Refusal> {
        let other = if let IncidentCommand::Merge { into } = &command {
            let other = self.incident(*into).await?;
            Some(other.ok_or_else(|| AppError::no_incident(into))?)
        } else {
            None
        };
        let decision = |incident: &Incident, ctx: &Context| -> Result<Vec<Proposed>, Rejection> {
            let proposed = decide(incident, command.clone(), ctx)?;
            if let Some(other) = &other {
                merges_into(&incident.summary, &other.summary)?;
            }
            Ok(proposed)
        };
        self.decide_and_commit(by, number, expected, drafted, decision)
            .await
    }

    /// Carries out several commands in one: all of them or none. Each is decided on what the ones before it come to. What
    /// would change nothing is left out; when nothing is left, nothing is recorded.
    pub async fn execute_all(
        &self,
        by: &PersonId,
        number: Number,
        expected: Option<i64>,
        commands: &[IncidentCommand],
    ) -> Result<Committed, Refusal> {
        let decision = |incident: &Incident, ctx: &Context| {
            let mut foreseen = incident.clone();
            let mut all = Vec::new();
            for command in commands {
                match decide(&foreseen, command.clone(), ctx) {
                    Ok(proposed) => {
                        for one in &proposed {
                            foreseen.foresee(one, ctx);
                        }
                        all.extend(proposed);
                    }
                    Err(Rejection::NoChange { .. }) => {}
                    Err(other) => return Err(other),
                }
            }
            Ok(all)
        };
        self.decide_and_commit(by, number, expected, Vec::new(), decision)
            .await
    }

    /// Decides on the incident as it stands and commits, or answers what the same key came to before.
    async fn decide_and_commit(
        &self,
        by: &PersonId,
        number: Number,
        expected: Option<i64>,
        drafted: Vec<(String, i64)>,
        decision: impl Fn(&Incident, &Context) -> Result<Vec<Proposed>, Rejection> + Send + Sync,
    ) -> Result<Committed, Refusal> {
        let done = self.decide_now(by, number, expected, drafted, decision);
        let done = done.await;
        self.or_as_before(by, done).await
    }

    /// Decides and commits; again when somebody else was faster.
    async fn decide_now(
        &self,
        by: &PersonId,
        number: Number,
        expected: Option<i64>,
        drafted: Vec<(String, i64)>,
        decision: impl Fn(&Incident, &Context) -> Result<Vec<Proposed>, Rejection> + Send + Sync,
    ) -> Result<Committed, Refusal> {
        let _turn = self.turn(number).await;
        let mut last = 0;
        for _ in 0..TRIES {
            let Some(incident) = self.incident(number).await? else {
                return Err(AppError::no_incident(number).into());
            };
            if let Some(expected) = expected.filter(|version| *version != incident.summary.version)
            {
                let since = self.0.store.stream(number, expected).await?;
                return Err(Refusal::Stale {
                    incident: Box::new((*incident).clone()),
                    since,
                });
            }
            let directory = self.directory();
            let now = self.now();
            let proposed = decision(
                &incident,
                &Context {
                    by,
                    now,
                    directory: &directory,
                },
            )?;
            if proposed.is_empty() {
                return Ok(Committed {
                    incident: (*incident).clone(),
                    recorded: Vec::new(),
                });
            }
            let commit = Commit {
                target: Target::Incident(Box::new((*incident).clone())),
                by: self.actor(by),
                recorded_at: now,
                proposed,
                letters: self.letters(),
                import_key: None,
                once: self.once(),
                drafted: drafted.clone(),
            };
            match self.commit(commit).await {
                Ok(committed) => {
                    metrics::command("done", None);
                    self.keep_at_hand(committed.incident.clone());
                    return Ok(committed);
                }
                Err(CommitError::Conflict { actual }) => last = actual,
                Err(other) => return Err(other.into()),
            }
        }
        Err(CommitError::Conflict { actual: last }.into())
    }

    /// Hands a decision to the store, and counts how long it took.
    pub(super) async fn commit(&self, commit: Commit) -> Result<Committed, CommitError> {
        let begun = Instant::now();
        let committed = self.0.store.commit(commit).await;
        metrics::commit(begun.elapsed(), &committed);
        committed
    }

    /// The person as events carry them.
    pub(super) fn actor(&self, by: &PersonId) -> Option<PersonRef> {
        self.directory().person(by).map(domain::Person::as_ref)
    }
}

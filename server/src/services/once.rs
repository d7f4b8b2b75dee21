//! What comes with a key is carried out once. Whoever sends it again, because the answer was lost, because two tabs had it
//! or because a form was posted twice, gets the answer that the first one had or should have had.

use super::{Refusal, Services};
use crate::ids::hash;
use crate::store::{CarriedOut, Committed, Once, StoreError};
use app::AppError;
use app::data::Sending;
use domain::incident::{Declaration, IncidentCommand};
use domain::{Incident, Number, PersonId, Rejection};
use serde::Serialize;
use std::sync::Arc;

/// The longest key, in characters.
const LONGEST: usize = 200;

impl Services {
    /// The same services for one request: what it commits to an incident is known by this, and committed once.
    #[must_use]
    pub fn keyed(&self, once: Option<Once>) -> Self {
        Self(Arc::clone(&self.0), once.map(Arc::new))
    }

    /// What this request is known by.
    pub(super) fn once(&self) -> Option<Once> {
        self.1.as_deref().cloned()
    }

    /// Declares an incident, once for a key.
    pub async fn declare_once(
        &self,
        by: &PersonId,
        declaration: Declaration,
        key: Option<&str>,
    ) -> Result<Committed, Refusal> {
        let once = known_by(by, key, &declaration)?;
        self.keyed(once).declare(by, declaration).await
    }

    /// Carries out a command, once for a key. An update clears the fields of the draft that it was made of.
    pub async fn execute_once(
        &self,
        by: &PersonId,
        number: Number,
        command: IncidentCommand,
        sending: Sending,
    ) -> Result<Committed, Refusal> {
        let once = known_by(by, sending.key.as_deref(), &(number, timeless(&command)))?;
        let mut drafted = sending.drafted;
        if !matches!(command, IncidentCommand::Update { .. }) {
            drafted.clear();
        }
        let clears = !drafted.is_empty();
        let known = self.keyed(once);
        let done = known.execute_drafted(by, number, None, command, drafted);
        let done = done.await?;
        if clears {
            self.0.store.wake_room(number).await;
        }
        Ok(done)
    }

    /// What was made now, or what the same key made before. A refusal, or nothing to do, may only say that it was carried
    /// out already, so that costs a look; what was recorded just now costs none.
    pub(super) async fn or_as_before(
        &self,
        by: &PersonId,
        done: Result<Committed, Refusal>,
    ) -> Result<Committed, Refusal> {
        let unsure = match &done {
            Ok(committed) => committed.recorded.is_empty(),
            Err(Refusal::App(_) | Refusal::Stale { .. }) => true,
            Err(Refusal::Store(_)) => false,
        };
        let Some(once) = self.1.as_deref().filter(|_| unsure) else {
            return done;
        };
        match self.0.store.carried_out(&once.key).await? {
            Some(before)
                if before.person.as_ref() == Some(by) && before.command == once.command =>
            {
                self.as_before(&before).await
            }
            Some(_) | None => done,
        }
    }

    /// The incident as it was right after, and the events.
    async fn as_before(&self, before: &CarriedOut) -> Result<Committed, Refusal> {
        let mut stream = self.0.store.stream(before.incident, 0).await?;
        stream.retain(|recorded| recorded.version <= before.to);
        let incident = Incident::fold(&stream).ok_or_else(|| {
            StoreError::Corrupt(format!("incident {} of a key is missing", before.incident))
        })?;
        stream.retain(|recorded| recorded.version > before.from);
        Ok(Committed {
            incident,
            recorded: stream,
        })
    }
}

/// A note that waited for the line says when it was written, and is the same note.
fn timeless(command: &IncidentCommand) -> IncidentCommand {
    match command {
        IncidentCommand::Note { text, .. } => IncidentCommand::Note {
            text: text.clone(),
            at: None,
        },
        other => other.clone(),
    }
}

/// The key with a hash of what it is for; nothing for no key. A key that names somebody, `PERSON/…`, was made by a browser
/// in which that person was signed in: whoever signs in there next does not send for them.
fn known_by(
    by: &PersonId,
    key: Option<&str>,
    what: &impl Serialize,
) -> Result<Option<Once>, Refusal> {
    let Some(key) = key.filter(|key| !key.is_empty()) else {
        return Ok(None);
    };
    if key.len() > LONGEST || !key.chars().all(|c| c.is_ascii_graphic()) {
        let rejection = Rejection::Unreadable {
            words: "The key of this page cannot be read. Reload it.".to_owned(),
            field: "key".to_owned(),
        };
        return Err(rejection.into());
    }
    if key
        .split_once('/')
        .is_some_and(|(person, _)| person != by.as_str())
    {
        return Err(AppError::SignIn {}.into());
    }
    let json = serde_json::to_vec(what).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    Ok(Some(Once {
        key: key.to_owned(),
        command: hash(json),
    }))
}

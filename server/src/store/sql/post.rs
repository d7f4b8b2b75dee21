//! What follows from an event leaves as letters: written down in its transaction, so that nothing is sent of what did not
//! happen, and nothing that happened is forgotten.

use super::outbox;
use crate::store::db::{Query, Tx, query};
use crate::store::{Letter, NewLetter, StoreError};
use domain::incident::{Effect, effects};
use domain::{Incident, Kind, Number, PersonId, Recorded, Settings};

/// So many ids go into one statement.
const AT_ONCE: usize = 500;

/// Writes down the letters that follow from an event. `incident` is as it stands after it.
pub(super) async fn post(
    tx: &mut Tx,
    incident: &Incident,
    recorded: &Recorded,
) -> Result<(), StoreError> {
    // What was recorded afterwards is news to nobody.
    if incident.summary.kind == Kind::Backfilled {
        return Ok(());
    }
    for effect in effects(incident, recorded) {
        let letters = match effect {
            Effect::ShareSitrep { version } => {
                share(tx, recorded.incident, version, &incident.participants).await?
            }
            Effect::Remind {
                person,
                clock,
                due_at,
            } => {
                let letter = Letter::Reminder {
                    incident: recorded.incident,
                    clock,
                    due_at,
                };
                let key = format!(
                    "reminder:{}:{}:{}:{person}",
                    recorded.incident,
                    clock.as_str(),
                    recorded.version
                );
                addresses(tx, &[person])
                    .await?
                    .into_iter()
                    .map(|(person, address)| NewLetter {
                        key: key.clone(),
                        letter: letter.clone(),
                        person: Some(person),
                        address,
                    })
                    .collect()
            }
            Effect::ShowCustomers | Effect::TellHolder { .. } => Vec::new(),
        };
        for letter in &letters {
            outbox::insert(tx, letter, recorded.recorded_at).await?;
        }
    }
    Ok(())
}

/// One letter for each address, however many ways lead to it.
async fn share(
    tx: &mut Tx,
    incident: Number,
    version: i64,
    participants: &[PersonId],
) -> Result<Vec<NewLetter>, StoreError> {
    let people = addresses(tx, participants).await?;
    let list = incident_list(tx).await?;
    let all = people
        .into_iter()
        .map(|(person, address)| (Some(person), address))
        .chain(list.into_iter().map(|address| (None, address)));
    Ok(all
        .map(|(person, address)| NewLetter {
            key: format!("sitrep:{incident}:{version}:{address}"),
            letter: Letter::Sitrep { incident, version },
            person,
            address,
        })
        .collect())
}

/// The addresses of those who have one and have access.
pub(super) async fn addresses(
    tx: &mut Tx,
    people: &[PersonId],
) -> Result<Vec<(PersonId, String)>, StoreError> {
    let mut found = Vec::new();
    for some in people.chunks(AT_ONCE) {
        let places: Vec<String> = (1..=some.len()).map(|n| format!("${n}")).collect();
        let sql = format!(
            "select id, email from person where active = 1 and email is not null and id in ({}) order by email",
            places.join(", ")
        );
        let statement = some
            .iter()
            .fold(Query::composed(sql), |query, id| query.bind(id.as_str()));
        for row in statement.all(tx.at()).await? {
            found.push((PersonId::new(row.get::<String>("id")?), row.get("email")?));
        }
    }
    Ok(found)
}

/// Addresses that get every sitrep.
async fn incident_list(tx: &mut Tx) -> Result<Vec<String>, StoreError> {
    let settings: Settings = query("select body from setting where id = 1")
        .one(tx.at())
        .await?
        .map(|row| row.json("body"))
        .transpose()?
        .unwrap_or_default();
    Ok(settings.incident_list)
}

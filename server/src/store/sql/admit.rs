//! Changing who is signed in and how they get in, each with its entry in the log.

use super::access::{put_link, shut};
use crate::store::db::{Tx, query};
use crate::store::{AccessChange, HouseError, NewSession};
use domain::house::Way;
use domain::time::Time;
use domain::{HouseEvent, PersonId};

/// Makes a change and answers the entry that says so.
pub(super) async fn change(
    tx: &mut Tx,
    at: Time,
    change: AccessChange,
) -> Result<HouseEvent, HouseError> {
    match change {
        AccessChange::AddLink(link) => {
            put_link(tx, &link).await?;
            Ok(HouseEvent::LinkMade {
                person: link.person,
            })
        }
        AccessChange::ReplaceLinks(link) => {
            query("delete from sign_in_link where person = $1 and spent_at is null")
                .bind(link.person.as_str())
                .run(tx.at())
                .await?;
            put_link(tx, &link).await?;
            Ok(HouseEvent::LinkMade {
                person: link.person,
            })
        }
        AccessChange::SpendLink {
            token_hash,
            session,
        } => {
            // One statement that finds it unspent and spends it: of two at once the second finds it spent.
            let spent = query(
                "update sign_in_link set spent_at = $3 \
                 where token_hash = $1 and person = $2 and spent_at is null and expires_at > $3 \
                 and person in (select id from person where active = 1)",
            )
            .bind(&token_hash)
            .bind(session.person.as_str())
            .bind(session.created_at)
            .run(tx.at())
            .await?;
            if spent == 0 {
                return Err(HouseError::Unknown);
            }
            begin(tx, session, Way::Link).await
        }
        AccessChange::Begin {
            password_hash,
            session,
        } => {
            // It may have been changed while the one that was typed was looked at.
            let stands = query(
                "select w.person from password w join person p on p.id = w.person and p.active = 1 \
                 where w.person = $1 and w.hash = $2",
            )
            .bind(session.person.as_str())
            .bind(&password_hash)
            .one(tx.at())
            .await?;
            if stands.is_none() {
                return Err(HouseError::Unknown);
            }
            begin(tx, session, Way::Password).await
        }
        AccessChange::End { person, session } => {
            let ended = query(
                "update session set revoked_at = $3 where id = $2 and person = $1 and revoked_at is null \
                 returning label",
            )
            .bind(person.as_str())
            .bind(&session)
            .bind(at)
            .one(tx.at())
            .await?
            .ok_or(HouseError::Unknown)?;
            Ok(HouseEvent::SignedOut {
                person,
                device: ended.get("label")?,
            })
        }
        AccessChange::EndOthers { person, except } => {
            let count = shut(tx, &person, except.as_deref(), at).await?;
            Ok(HouseEvent::OthersSignedOut { person, count })
        }
        AccessChange::PutPassword {
            person,
            hash,
            except,
        } => {
            query(
                "insert into password (person, hash, changed_at) values ($1, $2, $3) \
                 on conflict (person) do update set hash = excluded.hash, changed_at = excluded.changed_at",
            )
            .bind(person.as_str())
            .bind(&hash)
            .bind(at)
            .run(tx.at())
            .await?;
            let count = shut(tx, &person, except.as_deref(), at).await?;
            Ok(HouseEvent::PasswordSet { person, count })
        }
        AccessChange::RemovePassword { person, except } => {
            let gone = query("delete from password where person = $1")
                .bind(person.as_str())
                .run(tx.at())
                .await?;
            if gone == 0 {
                return Err(HouseError::Unknown);
            }
            let count = shut(tx, &person, except.as_deref(), at).await?;
            Ok(HouseEvent::PasswordRemoved { person, count })
        }
        AccessChange::NoteFailures { person, count } => {
            known(tx, &person).await?;
            Ok(HouseEvent::SignInsFailed { person, count })
        }
    }
}

async fn known(tx: &mut Tx, person: &PersonId) -> Result<(), HouseError> {
    query("select id from person where id = $1")
        .bind(person.as_str())
        .one(tx.at())
        .await?
        .map(drop)
        .ok_or(HouseError::Unknown)
}

async fn begin(tx: &mut Tx, session: NewSession, way: Way) -> Result<HouseEvent, HouseError> {
    query(
        "insert into session (id, person, token_hash, label, created_at, seen_at, expires_at) \
         values ($1, $2, $3, $4, $5, $5, $6)",
    )
    .bind(&session.id)
    .bind(session.person.as_str())
    .bind(&session.token_hash)
    .bind(&session.label)
    .bind(session.created_at)
    .bind(session.expires_at)
    .run(tx.at())
    .await?;
    Ok(HouseEvent::SignedIn {
        person: session.person,
        way,
        device: session.label,
    })
}

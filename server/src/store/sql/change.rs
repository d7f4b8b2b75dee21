//! Changing people, components, settings and tokens, each with its entry in the log.

use super::append::{self, Entry, Head};
use super::log::HOUSE;
use super::people::{person, person_columns};
use super::project::json;
use super::{access, admit, components, maintenance};
use crate::store::db::{Tx, query};
use crate::store::{HouseChange, HouseError, NewToken, StoreError, times};
use domain::house::PersonPart;
use domain::time::Time;
use domain::{
    AccountRole, Component, Group, HouseEvent, Look, Person, PersonId, PersonRef, Settings,
};
use serde::Serialize;

/// Makes a change and appends the entry that says so. The caller undoes all of it on an error.
pub(super) async fn change(
    tx: &mut Tx,
    head: &mut Head,
    by: Option<PersonRef>,
    at: Time,
    change: HouseChange,
) -> Result<i64, HouseError> {
    let may_show = match &change {
        HouseChange::PutComponent { .. }
        | HouseChange::PutGroup { .. }
        | HouseChange::ImportComponents { .. }
        | HouseChange::RemoveComponent(_)
        | HouseChange::OrderComponents(_)
        | HouseChange::PlaceComponent { .. }
        | HouseChange::PutBackComponents { .. }
        | HouseChange::PutSettings(_) => true,
        HouseChange::PutPerson(_)
        | HouseChange::PutMaintenance { .. }
        | HouseChange::ImportMaintenances(_)
        | HouseChange::PutLook(_)
        | HouseChange::AddToken(_)
        | HouseChange::RevokeToken(_)
        | HouseChange::Access(_) => false,
    };
    let before = if may_show {
        Some(face(tx).await?)
    } else {
        None
    };
    let happened = match change {
        HouseChange::PutPerson(person) => put_person(tx, at, person).await?,
        HouseChange::PutComponent { component, place } => {
            components::put(tx, at, component, place).await?
        }
        HouseChange::PutGroup { was, group } => components::put_group(tx, at, &was, group).await?,
        HouseChange::ImportComponents { groups, components } => {
            components::import(tx, groups, components).await?
        }
        HouseChange::RemoveComponent(id) => components::remove(tx, id).await?,
        HouseChange::OrderComponents(order) => components::order(tx, order).await?,
        HouseChange::PlaceComponent {
            component,
            group,
            order,
        } => components::place(tx, at, &component, &group, order).await?,
        HouseChange::PutBackComponents {
            components,
            groups,
            gone,
        } => components::put_back(tx, at, components, groups, &gone).await?,
        HouseChange::PutSettings(settings) => put_settings(tx, &settings).await?,
        HouseChange::PutLook(look) => put_look(tx, &look).await?,
        HouseChange::PutMaintenance {
            maintenance,
            key,
            next,
        } => maintenance::put(tx, at, *maintenance, key, next.map(|next| *next)).await?,
        HouseChange::ImportMaintenances(all) => maintenance::import(tx, all).await?,
        HouseChange::AddToken(token) => add_token(tx, at, token).await?,
        HouseChange::RevokeToken(id) => revoke_token(tx, at, id).await?,
        HouseChange::Access(change) => admit::change(tx, at, change).await?,
    };
    let (kind, mut data) = happened.written();
    if let Some(before) = before {
        data["shown"] = (face(tx).await? != before).into();
    } else if happened.is_public() {
        data["shown"] = true.into();
    }
    let version = append::version(tx, HOUSE, head.position).await? + 1;
    head.position += 1;
    let entry = Entry {
        position: head.position,
        stream: HOUSE,
        version,
        kind: &kind,
        occurred_at: times::kept(at),
        recorded_at: times::kept(at),
        actor: by.as_ref().map(|by| &by.id),
        payload: data.to_string(),
    };
    if !append::insert(tx, entry).await? {
        return Err(StoreError::Corrupt(format!("entry {version} of the house is there")).into());
    }
    Ok(head.position)
}

/// What customers see of the house: its name, its time zone, its pages, its groups, and the components that are not hidden, in their order.
async fn face(tx: &mut Tx) -> Result<(Settings, Vec<Group>, Vec<Component>), StoreError> {
    let Settings {
        organisation,
        time_zone,
        page_code,
        status_pages,
        ..
    } = settings(tx).await?;
    let shown_of_them = Settings {
        organisation,
        time_zone,
        page_code,
        status_pages,
        ..Settings::default()
    };
    let mut shown = components::all(tx.at()).await?;
    shown.retain(|component| !component.hidden);
    let mut groups = components::groups(tx.at()).await?;
    groups.retain(|group| shown.iter().any(|component| component.group == group.name));
    // The order counts, and not the numbers that make it: what is hidden has some of them. Nor does it count when
    // something was touched.
    for component in &mut shown {
        component.place = 0;
        component.updated_at = Time::UNIX_EPOCH;
    }
    for group in &mut groups {
        group.place = 0;
        group.updated_at = Time::UNIX_EPOCH;
    }
    Ok((shown_of_them, groups, shown))
}

async fn settings(tx: &mut Tx) -> Result<Settings, StoreError> {
    query("select body from setting where id = 1")
        .one(tx.at())
        .await?
        .map(|row| row.json("body"))
        .transpose()
        .map(Option::unwrap_or_default)
}

pub(super) type Changed = Result<HouseEvent, HouseError>;

async fn put_person(tx: &mut Tx, at: Time, mut after: Person) -> Changed {
    let before = query(concat!(
        "select ",
        person_columns!(),
        " from person p where p.id = $1"
    ))
    .bind(after.id.as_str())
    .one(tx.at())
    .await?
    .map(|row| person(&row))
    .transpose()?;
    if !administers(&after) && is_last_admin(tx, &after.id).await? {
        return Err(HouseError::LastAdmin);
    }
    // Found again in any case: handles and addresses are kept in lower case.
    after.handle = after.handle.to_lowercase();
    after.email = after.email.map(|email| email.to_lowercase());
    query(
        "insert into person (id, handle, name, email, role, service, active, created_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do update set handle = excluded.handle, \
         name = excluded.name, email = excluded.email, role = excluded.role, service = excluded.service, \
         active = excluded.active",
    )
    .bind(after.id.as_str())
    .bind(&after.handle)
    .bind(&after.name)
    .bind(after.email.as_deref())
    .bind(after.role.as_str())
    .bind(after.service)
    .bind(after.active)
    .bind(at)
    .run(tx.at())
    .await
    .map_err(taken)?;
    if !after.active {
        // Who is let in again later begins anew: nothing that was open then opens by itself.
        access::shut(tx, &after.id, None, at).await?;
    }
    Ok(match before {
        None => HouseEvent::PersonAdded {
            id: after.id,
            handle: after.handle,
            name: after.name,
            role: after.role,
            active: after.active,
        },
        Some(before) => HouseEvent::PersonChanged {
            changed: differences(&before, &after),
            was: (before.name != after.name).then_some(before.name),
            id: after.id,
            handle: after.handle,
            name: after.name,
            role: after.role,
            active: after.active,
        },
    })
}

fn differences(before: &Person, after: &Person) -> Vec<PersonPart> {
    [
        (PersonPart::Active, before.active != after.active),
        (PersonPart::Role, before.role != after.role),
        (PersonPart::Name, before.name != after.name),
        (PersonPart::Handle, before.handle != after.handle),
        (PersonPart::Email, before.email != after.email),
    ]
    .into_iter()
    .filter_map(|(part, differs)| differs.then_some(part))
    .collect()
}

/// True for somebody in flesh who may administer.
fn administers(person: &Person) -> bool {
    person.active && !person.service && person.role == AccountRole::Admin
}

/// Asked here, where changes take turns: of two administrators who demote each other at once the second is refused.
async fn is_last_admin(tx: &mut Tx, person: &PersonId) -> Result<bool, StoreError> {
    let admins: Vec<String> =
        query("select id from person where role = $1 and active = 1 and service = 0 limit 2")
            .bind(AccountRole::Admin.as_str())
            .all(tx.at())
            .await?
            .iter()
            .map(|row| row.get("id"))
            .collect::<Result<_, _>>()?;
    Ok(admins == [person.as_str()])
}

async fn put_settings(tx: &mut Tx, after: &Settings) -> Changed {
    let before = settings(tx).await?;
    query(
        "insert into setting (id, body) values (1, $1) on conflict (id) do update set body = excluded.body",
    )
    .bind(json(after)?)
    .run(tx.at())
    .await?;
    Ok(HouseEvent::SettingsChanged {
        changed: other_keys(&before, after),
    })
}

async fn put_look(tx: &mut Tx, after: &Look) -> Changed {
    let before = query("select body from look where id = 1")
        .one(tx.at())
        .await?
        .map(|row| row.json("body"))
        .transpose()?
        .unwrap_or_default();
    query(
        "insert into look (id, body) values (1, $1) on conflict (id) do update set body = excluded.body",
    )
    .bind(json(after)?)
    .run(tx.at())
    .await?;
    Ok(HouseEvent::LookChanged {
        changed: other_keys(&before, after),
    })
}

/// What is another, by name alone: what it was and is may be a secret one day.
fn other_keys<T: Serialize>(before: &T, after: &T) -> Vec<String> {
    let value = |settings| serde_json::to_value(settings).unwrap_or_default();
    let (before, after) = (value(before), value(after));
    after
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(key, now)| before[key.as_str()] != **now)
        .map(|(key, _)| key.clone())
        .collect()
}

async fn add_token(tx: &mut Tx, at: Time, token: NewToken) -> Changed {
    let owner = token.person.as_str();
    if !exists(tx, "select id from person where id = $1", owner).await? {
        return Err(HouseError::Unknown);
    }
    query(
        "insert into api_token (id, name, person, secret_hash, scope, created_at) \
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(&token.id)
    .bind(&token.name)
    .bind(owner)
    .bind(&token.secret_hash)
    .bind(token.scope.as_str())
    .bind(at)
    .run(tx.at())
    .await
    .map_err(taken)?;
    Ok(HouseEvent::TokenAdded {
        id: token.id,
        name: token.name,
        person: token.person,
        scope: token.scope.as_str().to_owned(),
    })
}

async fn revoke_token(tx: &mut Tx, at: Time, id: String) -> Changed {
    let ended = query(
        "update api_token set revoked_at = $2 where id = $1 and revoked_at is null returning name",
    )
    .bind(&id)
    .bind(at)
    .one(tx.at())
    .await?
    .ok_or(HouseError::Unknown)?;
    Ok(HouseEvent::TokenRevoked {
        id,
        name: ended.get("name")?,
    })
}

pub(super) async fn exists(tx: &mut Tx, sql: &'static str, id: &str) -> Result<bool, StoreError> {
    Ok(query(sql).bind(id).one(tx.at()).await?.is_some())
}

/// Which column must be unique and was not; each database says it in its own way.
pub(super) fn taken(error: StoreError) -> HouseError {
    let StoreError::Database(sqlx::Error::Database(refusal)) = &error else {
        return error.into();
    };
    if !refusal.is_unique_violation() {
        return error.into();
    }
    let place = refusal.constraint().unwrap_or(refusal.message());
    match place {
        _ if place.contains("handle") => HouseError::HandleTaken,
        _ if place.contains("email") => HouseError::EmailTaken,
        _ if place.contains("maintenance") => HouseError::AskedBefore,
        _ if place.contains("name") => HouseError::NameTaken,
        _ => error.into(),
    }
}

//! Changing people, components, settings and tokens, each with its entry in the log.

use super::append::{self, Entry, Head};
use super::log::HOUSE;
use super::project::json;
use crate::store::db::{Tx, query};
use crate::store::{HouseChange, HouseError, NewToken, StoreError, times};
use domain::time::Time;
use domain::{AccountRole, Component, ComponentId, Person, PersonId, PersonRef, Settings};
use serde_json::{Value, json as object};

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
        | HouseChange::RemoveComponent(_)
        | HouseChange::OrderComponents(_)
        | HouseChange::PutSettings(_) => true,
        HouseChange::PutPerson(_) | HouseChange::AddToken(_) | HouseChange::RevokeToken(_) => false,
    };
    let before = if may_show {
        Some(face(tx).await?)
    } else {
        None
    };
    let (kind, mut data) = match change {
        HouseChange::PutPerson(person) => put_person(tx, at, person).await?,
        HouseChange::PutComponent { component, place } => {
            put_component(tx, component, place).await?
        }
        HouseChange::RemoveComponent(id) => remove_component(tx, id).await?,
        HouseChange::OrderComponents(order) => order_components(tx, order).await?,
        HouseChange::PutSettings(settings) => put_settings(tx, &settings).await?,
        HouseChange::AddToken(token) => add_token(tx, at, token).await?,
        HouseChange::RevokeToken(id) => revoke_token(tx, at, id).await?,
    };
    if let Some(before) = before {
        data["shown"] = (face(tx).await? != before).into();
    }
    let version = append::version(tx, HOUSE, head.position).await? + 1;
    head.position += 1;
    let entry = Entry {
        position: head.position,
        stream: HOUSE,
        version,
        kind,
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

/// What customers see of the house: its name, and the components that are not hidden, in their order.
async fn face(tx: &mut Tx) -> Result<(String, Vec<[String; 4]>), StoreError> {
    let settings: Settings = query("select body from setting where id = 1")
        .one(tx.at())
        .await?
        .map(|row| row.json("body"))
        .transpose()?
        .unwrap_or_default();
    let components = query(
        "select id, name, group_name, description from component where hidden = 0 order by place, id",
    )
    .all(tx.at())
    .await?
    .iter()
    .map(|row| {
        Ok([
            row.get("id")?,
            row.get("name")?,
            row.get("group_name")?,
            row.get("description")?,
        ])
    })
    .collect::<Result<_, StoreError>>()?;
    Ok((settings.organisation, components))
}

type Changed = Result<(&'static str, Value), HouseError>;

async fn put_person(tx: &mut Tx, at: Time, person: Person) -> Changed {
    let known = exists(
        tx,
        "select id from person where id = $1",
        person.id.as_str(),
    )
    .await?;
    if !administers(&person) && is_last_admin(tx, &person.id).await? {
        return Err(HouseError::LastAdmin);
    }
    // Found again in any case: handles and addresses are kept in lower case.
    let (handle, email) = (
        person.handle.to_lowercase(),
        person.email.map(|email| email.to_lowercase()),
    );
    query(
        "insert into person (id, handle, name, email, role, service, active, created_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do update set handle = excluded.handle, \
         name = excluded.name, email = excluded.email, role = excluded.role, service = excluded.service, \
         active = excluded.active",
    )
    .bind(person.id.as_str())
    .bind(&handle)
    .bind(&person.name)
    .bind(email.as_deref())
    .bind(person.role.as_str())
    .bind(person.service)
    .bind(person.active)
    .bind(at)
    .run(tx.at())
    .await
    .map_err(taken)?;
    let kind = if known {
        "person_changed"
    } else {
        "person_added"
    };
    Ok((
        kind,
        object!({ "id": person.id, "handle": handle, "name": person.name, "role": person.role, "active": person.active }),
    ))
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

async fn put_component(tx: &mut Tx, component: Component, place: Option<i64>) -> Changed {
    let id = component.id.as_str();
    let known = exists(tx, "select id from component where id = $1", id).await?;
    query(
        "insert into component (id, name, group_name, description, hidden, place) \
         values ($1, $2, $3, $4, $5, coalesce($6, (select coalesce(max(place), 0) + 1 from component))) \
         on conflict (id) do update set name = excluded.name, group_name = excluded.group_name, \
         description = excluded.description, hidden = excluded.hidden, place = coalesce($6, component.place)",
    )
    .bind(id)
    .bind(&component.name)
    .bind(&component.group)
    .bind(&component.description)
    .bind(component.hidden)
    .bind(place)
    .run(tx.at())
    .await
    .map_err(taken)?;
    let kind = if known {
        "component_changed"
    } else {
        "component_added"
    };
    Ok((
        kind,
        object!({ "id": component.id, "name": component.name }),
    ))
}

async fn remove_component(tx: &mut Tx, id: ComponentId) -> Changed {
    let gone = query("delete from component where id = $1")
        .bind(id.as_str())
        .run(tx.at())
        .await?;
    if gone == 0 {
        return Err(HouseError::Unknown);
    }
    Ok(("component_removed", object!({ "id": id })))
}

async fn order_components(tx: &mut Tx, order: Vec<ComponentId>) -> Changed {
    let before: Vec<String> = query("select id from component order by place, id")
        .all(tx.at())
        .await?
        .iter()
        .map(|row| row.get("id"))
        .collect::<Result<_, _>>()?;
    if order
        .iter()
        .any(|id| !before.iter().any(|known| known == id.as_str()))
    {
        return Err(HouseError::Unknown);
    }
    let rest = before
        .iter()
        .map(String::as_str)
        .filter(|known| !order.iter().any(|id| id.as_str() == *known));
    let all = order.iter().map(ComponentId::as_str).chain(rest);
    for (place, id) in (1_i64..).zip(all) {
        query("update component set place = $2 where id = $1")
            .bind(id)
            .bind(place)
            .run(tx.at())
            .await?;
    }
    Ok(("components_ordered", object!({ "order": order })))
}

async fn put_settings(tx: &mut Tx, settings: &Settings) -> Changed {
    query(
        "insert into setting (id, body) values (1, $1) on conflict (id) do update set body = excluded.body",
    )
    .bind(json(settings)?)
    .run(tx.at())
    .await?;
    Ok(("settings_changed", object!({})))
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
    Ok((
        "token_added",
        object!({ "id": token.id, "name": token.name, "person": token.person, "scope": token.scope.as_str() }),
    ))
}

async fn revoke_token(tx: &mut Tx, at: Time, id: String) -> Changed {
    let ended = query("update api_token set revoked_at = $2 where id = $1 and revoked_at is null")
        .bind(&id)
        .bind(at)
        .run(tx.at())
        .await?;
    if ended == 0 {
        return Err(HouseError::Unknown);
    }
    Ok(("token_revoked", object!({ "id": id })))
}

async fn exists(tx: &mut Tx, sql: &'static str, id: &str) -> Result<bool, StoreError> {
    Ok(query(sql).bind(id).one(tx.at()).await?.is_some())
}

/// Which column must be unique and was not; each database says it in its own way.
fn taken(error: StoreError) -> HouseError {
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
        _ if place.contains("name") => HouseError::NameTaken,
        _ => error.into(),
    }
}

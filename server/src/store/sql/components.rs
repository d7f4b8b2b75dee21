//! Components and the groups they stand in. A group is there as long as something stands in it.

use super::change::{Changed, exists, taken};
use crate::store::db::{At, Row, Tx, query};
use crate::store::{HouseError, StoreError};
use domain::time::Time;
use domain::{Component, ComponentId, Group, HouseEvent};

/// In page order: groups and components without one by their places, what stands in a group by its own.
pub(super) async fn all(at: At<'_>) -> Result<Vec<Component>, StoreError> {
    query(
        "select c.id, c.name, c.group_name, c.description, c.hidden, c.status, c.only_if_degraded, c.showcase, \
         c.start_date, c.place, c.position, c.code, c.created_at, c.updated_at \
         from component c left join component_group g on g.name = c.group_name \
         order by coalesce(g.place, c.place), g.name, c.place, c.id",
    )
    .all(at)
    .await?
    .iter()
    .map(component)
    .collect()
}

/// In page order.
pub(super) async fn groups(at: At<'_>) -> Result<Vec<Group>, StoreError> {
    query(
        "select name, description, opens, place, position, code, created_at, updated_at from component_group \
         order by place, name",
    )
    .all(at)
    .await?
    .iter()
    .map(group)
    .collect()
}

/// Adds a component or changes the one with its id. One that is new to its group goes to the end there.
pub(super) async fn put(
    tx: &mut Tx,
    at: Time,
    mut component: Component,
    place: Option<i64>,
) -> Changed {
    let before = all(tx.at()).await?;
    let before = before.iter().find(|c| c.id == component.id);
    let stays = before.filter(|before| before.group == component.group);
    component.created_at = before.map_or(at, |before| before.created_at);
    component.updated_at = at;
    open_group(tx, at, &component.group).await?;
    component.place = match (place, stays) {
        (Some(place), _) => place,
        (None, Some(before)) => before.place,
        (None, None) => end_of(tx, &component.group).await?,
    };
    write(tx, &component).await?;
    close_empty_groups(tx).await?;
    let known = before.is_some();
    let Component { id, name, .. } = component;
    Ok(if known {
        HouseEvent::ComponentChanged { id, name }
    } else {
        HouseEvent::ComponentAdded { id, name }
    })
}

/// Changes a group that is there. Its name is the name of its components' group, so it changes with them.
pub(super) async fn put_group(tx: &mut Tx, at: Time, was: &str, group: Group) -> Changed {
    if !exists(tx, "select name from component_group where name = $1", was).await? {
        return Err(HouseError::Unknown);
    }
    query(
        "update component_group set name = $2, description = $3, opens = $4, updated_at = $5 where name = $1",
    )
    .bind(was)
    .bind(&group.name)
    .bind(&group.description)
    .bind(group.opens.as_str())
    .bind(at)
    .run(tx.at())
    .await
    .map_err(taken)?;
    query("update component set group_name = $2 where group_name = $1")
        .bind(was)
        .bind(&group.name)
        .run(tx.at())
        .await?;
    Ok(HouseEvent::GroupChanged {
        name: group.name,
        was: was.to_owned(),
    })
}

/// Takes over the components of another page as they stand there, places and times included.
pub(super) async fn import(tx: &mut Tx, groups: Vec<Group>, components: Vec<Component>) -> Changed {
    let known = all(tx.at()).await?;
    let is_known = |component: &&Component| known.iter().any(|k| k.id == component.id);
    let changed = components.iter().filter(is_known).count();
    for group in &groups {
        write_group(tx, group).await?;
    }
    for component in &components {
        write(tx, component).await?;
    }
    close_empty_groups(tx).await?;
    Ok(HouseEvent::ComponentsImported {
        added: components.len() - changed,
        changed,
    })
}

/// Removes a component.
pub(super) async fn remove(tx: &mut Tx, id: ComponentId) -> Changed {
    let gone = query("delete from component where id = $1 returning name")
        .bind(id.as_str())
        .one(tx.at())
        .await?
        .ok_or(HouseError::Unknown)?;
    close_empty_groups(tx).await?;
    Ok(HouseEvent::ComponentRemoved {
        id,
        name: gone.get("name")?,
    })
}

/// Puts a component under a heading, and all into an order.
pub(super) async fn place(
    tx: &mut Tx,
    at: Time,
    component: &ComponentId,
    group: &str,
    sorted: Vec<ComponentId>,
) -> Changed {
    open_group(tx, at, group).await?;
    let changed = query(
        "update component set group_name = $2, updated_at = $3 where id = $1 and group_name <> $2",
    )
    .bind(component.as_str())
    .bind(group)
    .bind(at)
    .run(tx.at())
    .await;
    changed.map_err(taken)?;
    let happened = order(tx, sorted).await?;
    close_empty_groups(tx).await?;
    Ok(happened)
}

/// Brings components and groups back to how they were.
pub(super) async fn put_back(
    tx: &mut Tx,
    at: Time,
    components: Vec<Component>,
    groups: Vec<Group>,
    gone: &[ComponentId],
) -> Changed {
    let now = all(tx.at()).await?;
    for group in &groups {
        write_group(tx, group).await?;
    }
    for mut component in components {
        let known = now.iter().find(|known| known.id == component.id);
        if known.is_some_and(|known| known.updated_at != component.updated_at) {
            return Err(HouseError::Stale);
        }
        open_group(tx, at, &component.group).await?;
        component.updated_at = at;
        write(tx, &component).await?;
    }
    for id in gone {
        query("delete from component where id = $1")
            .bind(id.as_str())
            .run(tx.at())
            .await?;
    }
    close_empty_groups(tx).await?;
    Ok(HouseEvent::ComponentsPutBack {})
}

/// Puts components into an order; those not named follow in the order they had.
pub(super) async fn order(tx: &mut Tx, order: Vec<ComponentId>) -> Changed {
    let before = all(tx.at()).await?;
    let mut sorted = Vec::with_capacity(before.len());
    for id in &order {
        let named = before.iter().find(|component| component.id == *id);
        sorted.push(named.ok_or(HouseError::Unknown)?);
    }
    sorted.extend(before.iter().filter(|c| !order.contains(&c.id)));
    // A group stands where its first component does.
    let (mut top, mut heads): (i64, Vec<(&str, i64)>) = (0, Vec::new());
    for component in sorted {
        let group = component.group.as_str();
        let place = if group.is_empty() {
            top += 1;
            top
        } else if let Some((_, last)) = heads.iter_mut().find(|(name, _)| *name == group) {
            *last += 1;
            *last
        } else {
            top += 1;
            heads.push((group, 1));
            query("update component_group set place = $2, position = null where name = $1")
                .bind(group)
                .bind(top)
                .run(tx.at())
                .await?;
            1
        };
        query("update component set place = $2, position = null where id = $1")
            .bind(component.id.as_str())
            .bind(place)
            .run(tx.at())
            .await?;
    }
    Ok(HouseEvent::ComponentsOrdered { order })
}

/// The place after everything that stands in a group, or beside the groups.
async fn end_of(tx: &mut Tx, group: &str) -> Result<i64, StoreError> {
    query(
        "select coalesce(max(place), 0) + 1 as place from (select place from component where group_name = $1 \
         union all select place from component_group where $1 = '') as neighbours",
    )
    .bind(group)
    .one(tx.at())
    .await?
    .map_or(Ok(1), |row| row.get("place"))
}

/// Makes a group at the end of the page, unless it is there.
async fn open_group(tx: &mut Tx, at: Time, name: &str) -> Result<(), StoreError> {
    if name.is_empty() {
        return Ok(());
    }
    let place = end_of(tx, "").await?;
    query(
        "insert into component_group (name, description, opens, place, created_at, updated_at) \
         values ($1, '', 'always', $2, $3, $3) on conflict (name) do nothing",
    )
    .bind(name)
    .bind(place)
    .bind(at)
    .run(tx.at())
    .await
    .map(drop)
}

async fn close_empty_groups(tx: &mut Tx) -> Result<(), StoreError> {
    query("delete from component_group where name not in (select group_name from component)")
        .run(tx.at())
        .await
        .map(drop)
}

async fn write(tx: &mut Tx, component: &Component) -> Result<(), HouseError> {
    let start_date = component.start_date.map(|day| day.to_string());
    query(
        "insert into component (id, name, group_name, description, hidden, status, only_if_degraded, showcase, \
         start_date, place, position, code, created_at, updated_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) \
         on conflict (id) do update set name = excluded.name, group_name = excluded.group_name, \
         description = excluded.description, hidden = excluded.hidden, status = excluded.status, \
         only_if_degraded = excluded.only_if_degraded, showcase = excluded.showcase, \
         start_date = excluded.start_date, place = excluded.place, position = excluded.position, code = excluded.code, \
         created_at = excluded.created_at, updated_at = excluded.updated_at",
    )
    .bind(component.id.as_str())
    .bind(&component.name)
    .bind(&component.group)
    .bind(&component.description)
    .bind(component.hidden)
    .bind(component.status.as_str())
    .bind(component.only_if_degraded)
    .bind(component.showcase)
    .bind(start_date.as_deref())
    .bind(component.place)
    .bind(component.position)
    .bind(component.code.as_deref())
    .bind(component.created_at)
    .bind(component.updated_at)
    .run(tx.at())
    .await
    .map(drop)
    .map_err(taken)
}

async fn write_group(tx: &mut Tx, group: &Group) -> Result<(), HouseError> {
    query(
        "insert into component_group (name, description, opens, place, position, code, created_at, updated_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (name) do update set description = excluded.description, \
         opens = excluded.opens, place = excluded.place, position = excluded.position, code = excluded.code, created_at = excluded.created_at, \
         updated_at = excluded.updated_at",
    )
    .bind(&group.name)
    .bind(&group.description)
    .bind(group.opens.as_str())
    .bind(group.place)
    .bind(group.position)
    .bind(group.code.as_deref())
    .bind(group.created_at)
    .bind(group.updated_at)
    .run(tx.at())
    .await
    .map(drop)
    .map_err(taken)
}

fn component(row: &Row) -> Result<Component, StoreError> {
    let start_date: Option<String> = row.get("start_date")?;
    let start_date = start_date
        .map(|day| day.parse())
        .transpose()
        .map_err(|_| StoreError::Corrupt("the first day of a component is no day".to_owned()))?;
    Ok(Component {
        id: ComponentId::new(row.get::<String>("id")?),
        name: row.get("name")?,
        group: row.get("group_name")?,
        description: row.get("description")?,
        hidden: row.flag("hidden")?,
        status: row.word("status")?,
        only_if_degraded: row.flag("only_if_degraded")?,
        showcase: row.flag("showcase")?,
        start_date,
        place: row.get("place")?,
        position: row.get("position")?,
        code: row.get("code")?,
        created_at: row.time("created_at")?,
        updated_at: row.time("updated_at")?,
    })
}

fn group(row: &Row) -> Result<Group, StoreError> {
    Ok(Group {
        name: row.get("name")?,
        description: row.get("description")?,
        opens: row.word("opens")?,
        place: row.get("place")?,
        position: row.get("position")?,
        code: row.get("code")?,
        created_at: row.time("created_at")?,
        updated_at: row.time("updated_at")?,
    })
}

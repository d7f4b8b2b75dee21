//! People as rows, and their names beside what they did.

use crate::store::StoreError;
use crate::store::db::{Db, Row, query};
use domain::{Person, PersonId, PersonRef};

/// The columns of a person.
macro_rules! person_columns {
    () => {
        "p.id, p.handle, p.name, p.email, p.role, p.service, p.active"
    };
}
pub(super) use person_columns;

/// A person from its row.
pub(super) fn person(row: &Row) -> Result<Person, StoreError> {
    Ok(Person {
        id: PersonId::new(row.get::<String>("id")?),
        handle: row.get("handle")?,
        name: row.get("name")?,
        email: row.get("email")?,
        role: row.word("role")?,
        service: row.flag("service")?,
        active: row.flag("active")?,
    })
}

/// Who did it, from a row that joined the person as `handle` and `name`; `column` holds the id.
pub(super) fn by(row: &Row, column: &str) -> Result<Option<PersonRef>, StoreError> {
    let Some(id) = row.get::<Option<String>>(column)? else {
        return Ok(None);
    };
    let handle: Option<String> = row.get("handle")?;
    let name: Option<String> = row.get("name")?;
    Ok(Some(match (handle, name) {
        (Some(handle), Some(name)) => PersonRef {
            id: PersonId::new(id),
            handle,
            name,
        },
        _ => former(&id),
    }))
}

/// Puts today's name to an id.
pub(super) async fn name(db: &Db, nameless: &mut PersonRef) -> Result<(), StoreError> {
    let row = query("select id, handle, name from person where id = $1")
        .bind(nameless.id.as_str())
        .one(db.read())
        .await?;
    *nameless = row
        .map(|row| by(&row, "id"))
        .transpose()?
        .flatten()
        .unwrap_or_else(|| former(nameless.id.as_str()));
    Ok(())
}

/// Somebody who is not known any more.
fn former(id: &str) -> PersonRef {
    PersonRef {
        id: PersonId::new(id),
        handle: id.to_owned(),
        name: "a former member".to_owned(),
    }
}

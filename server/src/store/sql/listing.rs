//! Lists of incidents: filters, words, pages. The plans are laid down here: left alone, both databases at times read all of
//! a long history for one page of it.

use super::search;
use crate::store::db::{Db, Query, Row};
use crate::store::{Listing, StoreError};
use domain::Phase;

/// Without words. The numbers are found in an index that holds what is filtered by, so that of the wide rows only those
/// of the page are read.
const PLAIN: &str = "select i.summary from (select f.number from incident f{index} \
    where f.number < $1{filters} order by f.number desc limit $2) as hit \
    join incident i on i.number = hit.number order by i.number desc";

/// With words, on SQLite: its index gives the places of a word one by one, the newest first.
const FOUND_SQLITE: &str = "select i.summary from (select incident_search.rowid as number from incident_search \
    cross join incident f indexed by incident_list on f.number = incident_search.rowid \
    where incident_search match $3 and incident_search.rowid < $1{filters} \
    order by incident_search.rowid desc limit $2) as hit \
    join incident i on i.number = hit.number order by i.number desc";

/// With words, on SQLite, among the few that are not over: each is looked at for itself.
const FOUND_GOING_SQLITE: &str = "select f.summary from incident f indexed by incident_place \
    where f.number < $1{filters} and exists (select 1 from incident_search \
    where incident_search match $3 and incident_search.rowid = f.number) order by f.number desc limit $2";

/// With words, on PostgreSQL, among the newest: common words fill a page from there. Its index gives all places of a word
/// at once, which is quick for rare words only.
const FOUND_NEAR_POSTGRES: &str = "select f.summary from (select number, document from incident_words \
    where number < $1 order by number desc limit 1000) as w join incident f on f.number = w.number \
    where w.document @@ $3::tsquery{filters} order by w.number desc limit $2";

/// With words, on PostgreSQL, wherever they are.
const FOUND_POSTGRES: &str = "with hit as materialized (select number from incident_words \
    where document @@ $3::tsquery and number < $1) select f.summary from hit \
    join incident f on f.number = hit.number{filters} order by f.number desc limit $2";

/// With words, on PostgreSQL, among the few that are not over.
const FOUND_GOING_POSTGRES: &str = "select f.summary from incident f join incident_words w on w.number = f.number \
    where f.number < $1{filters} and w.document @@ $3::tsquery order by f.number desc limit $2";

/// At most `limit` incidents of a listing, the newest first, in the column `summary`.
pub(super) async fn newest(db: &Db, listing: &Listing, limit: i64) -> Result<Vec<Row>, StoreError> {
    let going = !listing.phases.is_empty() && !listing.phases.iter().any(|phase| phase.is_over());
    let ask = async |sql: &str, question: Option<&str>| {
        rows(db, sql, listing, going, limit, question).await
    };
    let Some(text) = listing.q.as_deref().filter(|q| !q.trim().is_empty()) else {
        let index = if going {
            " indexed by incident_place"
        } else {
            " indexed by incident_list"
        };
        return ask(&PLAIN.replace("{index}", db.pick(index, "")), None).await;
    };
    let Some(question) = search::question(text, matches!(db, Db::Sqlite { .. })) else {
        // Nothing that was asked for is a word, and nothing has it.
        return Ok(Vec::new());
    };
    let question = Some(question.as_str());
    match (db, going) {
        (Db::Sqlite { .. }, true) => ask(FOUND_GOING_SQLITE, question).await,
        (Db::Sqlite { .. }, false) => ask(FOUND_SQLITE, question).await,
        (Db::Postgres { .. }, true) => ask(FOUND_GOING_POSTGRES, question).await,
        (Db::Postgres { .. }, false) => {
            let near = ask(FOUND_NEAR_POSTGRES, question).await?;
            if i64::try_from(near.len()).is_ok_and(|found| found >= limit) {
                return Ok(near);
            }
            ask(FOUND_POSTGRES, question).await
        }
    }
}

async fn rows(
    db: &Db,
    sql: &str,
    listing: &Listing,
    going: bool,
    limit: i64,
    question: Option<&str>,
) -> Result<Vec<Row>, StoreError> {
    let first = if question.is_some() { 4 } else { 3 };
    let (filters, values) = filters(listing, going, first);
    let mut ask = Query::composed(sql.replace("{filters}", &filters))
        .bind(listing.before.map_or(i64::MAX, |number| number.0))
        .bind(limit);
    if let Some(question) = question {
        ask = ask.bind(question);
    }
    values
        .into_iter()
        .fold(ask, Query::bind)
        .all(db.read())
        .await
}

/// The conditions of a listing on the table `f`, with places from `$first` on, and what goes into them.
fn filters(listing: &Listing, going: bool, first: usize) -> (String, Vec<&'static str>) {
    let phases = listing.phases.iter().copied().map(Phase::as_str).collect();
    let severities = listing.severities.iter().map(|s| s.as_str()).collect();
    let kinds = listing.kinds.iter().map(|kind| kind.as_str()).collect();
    let mut sql = String::new();
    let mut values: Vec<&'static str> = Vec::new();
    for (column, of) in [("phase", phases), ("severity", severities), ("kind", kinds)] {
        let of: Vec<&'static str> = of;
        if !of.is_empty() {
            let from = first + values.len();
            let places: Vec<String> = (from..from + of.len()).map(|n| format!("${n}")).collect();
            sql.push_str(&[" and f.", column, " in (", &places.join(", "), ")"].concat());
            values.extend(of);
        }
    }
    if going {
        // Few incidents are not over: looking among those alone is quick however many there have been.
        sql.push_str(" and f.place in (0, 1)");
    }
    (sql, values)
}

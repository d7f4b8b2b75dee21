//! Reading incidents.

use super::{SqlStore, people, search};
use crate::store::db::{Db, Query, Row, query};
use crate::store::{Incidents, Listing, Page, SitrepHead, StoreError};
use async_trait::async_trait;
use domain::incident::SentSitrep;
use domain::{Incident, Number, Phase, Summary};

/// The longest page.
const MOST: i64 = 500;

#[async_trait]
impl Incidents for SqlStore {
    async fn incident(&self, number: Number) -> Result<Option<Incident>, StoreError> {
        let row = query("select state from incident where number = $1")
            .bind(number.0)
            .one(self.db.read())
            .await?;
        let Some(row) = row else { return Ok(None) };
        let mut incident: Incident = row.json("state")?;
        if let Some(by) = incident.sitrep.as_mut().and_then(|s| s.by.as_mut()) {
            people::name(&self.db, by).await?;
        }
        if let Some(by) = incident.word.as_mut().and_then(|w| w.by.as_mut()) {
            people::name(&self.db, by).await?;
        }
        Ok(Some(incident))
    }

    async fn summaries(&self) -> Result<Vec<Summary>, StoreError> {
        query("select summary from incident where place in (0, 1) order by number")
            .all(self.db.read())
            .await?
            .iter()
            .map(|row| row.json("summary"))
            .collect()
    }

    async fn list(&self, listing: Listing) -> Result<Page, StoreError> {
        let limit = listing.limit.clamp(1, MOST);
        let statement = match listing.q.as_deref().map(str::trim) {
            None | Some("") => plain(&listing, limit),
            Some(text) => match found(&self.db, &listing, text, limit) {
                Some(statement) => statement,
                None => return Ok(Page::default()),
            },
        };
        let mut incidents: Vec<Summary> = statement
            .all(self.db.read())
            .await?
            .iter()
            .map(|row| row.json("summary"))
            .collect::<Result<_, _>>()?;
        // One more was asked for than is shown: it says whether there is another page.
        let page = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = incidents.len() > page;
        incidents.truncate(page);
        let next = incidents.last().filter(|_| more).map(|last| last.number);
        Ok(Page { incidents, next })
    }

    async fn sitrep_heads(&self, number: Number) -> Result<Vec<SitrepHead>, StoreError> {
        query(
            "select s.version, s.headline, s.summary, s.sent_at, s.sent_by, s.added, s.removed, p.handle, p.name \
             from sitrep s left join person p on p.id = s.sent_by where s.incident = $1 order by s.version",
        )
        .bind(number.0)
        .all(self.db.read())
        .await?
        .iter()
        .map(|row| {
            Ok(SitrepHead {
                version: row.get("version")?,
                headline: row.get("headline")?,
                summary: row.get("summary")?,
                sent_at: row.time("sent_at")?,
                by: people::by(row, "sent_by")?,
                changes: count(row, "added")?.zip(count(row, "removed")?),
            })
        })
        .collect()
    }

    async fn sitrep(&self, number: Number, version: i64) -> Result<Option<SentSitrep>, StoreError> {
        Ok(self.sitreps_between(number, version, version).await?.pop())
    }

    async fn sitreps_between(
        &self,
        number: Number,
        from: i64,
        to: i64,
    ) -> Result<Vec<SentSitrep>, StoreError> {
        query(
            "select s.body, s.sent_at, s.sent_by, p.handle, p.name \
             from sitrep s left join person p on p.id = s.sent_by \
             where s.incident = $1 and s.version >= $2 and s.version <= $3 order by s.version",
        )
        .bind(number.0)
        .bind(from)
        .bind(to)
        .all(self.db.read())
        .await?
        .iter()
        .map(sent)
        .collect()
    }

    async fn imported(&self, key: &str) -> Result<Option<Number>, StoreError> {
        query("select number from import_source where key = $1")
            .bind(key)
            .one(self.db.read())
            .await?
            .map(|row| Ok(Number(row.get("number")?)))
            .transpose()
    }
}

fn count(row: &Row, column: &str) -> Result<Option<usize>, StoreError> {
    let count: Option<i64> = row.get(column)?;
    Ok(count.and_then(|count| usize::try_from(count).ok()))
}

fn sent(row: &Row) -> Result<SentSitrep, StoreError> {
    Ok(SentSitrep {
        sitrep: row.json("body")?,
        sent_at: row.time("sent_at")?,
        by: people::by(row, "sent_by")?,
    })
}

/// The newest incidents that pass the filters. The numbers are found in an index that holds the filtered columns, so that
/// only the wide rows of the page itself are read.
fn plain(listing: &Listing, limit: i64) -> Query<'static> {
    let mut words = Vec::new();
    let wanted = filters(listing, "", 3, &mut words);
    let sql = format!(
        "select i.summary from (select number from incident where number < $1{wanted} \
         order by number desc limit $2) as hit \
         join incident i on i.number = hit.number order by i.number desc"
    );
    with(
        Query::composed(sql).bind(before(listing)).bind(limit + 1),
        words,
    )
}

/// The newest incidents with the words asked for. `None` when nothing asked for is a word.
fn found(db: &Db, listing: &Listing, text: &str, limit: i64) -> Option<Query<'static>> {
    let asked = search::question(text, matches!(db, Db::Sqlite { .. }))?;
    let mut words = Vec::new();
    let wanted = filters(listing, "i.", 4, &mut words);
    let select = db.pick(
        "select i.summary from incident_search join incident i on i.number = incident_search.rowid \
         where incident_search match $3 and incident_search.rowid < $1",
        "select i.summary from incident_words s join incident i on i.number = s.number \
         where s.document @@ $3::tsquery and s.number < $1",
    );
    let order = db.pick("incident_search.rowid", "s.number");
    let sql = format!("{select}{wanted} order by {order} desc limit $2");
    let statement = Query::composed(sql)
        .bind(before(listing))
        .bind(limit + 1)
        .bind(asked);
    Some(with(statement, words))
}

fn before(listing: &Listing) -> i64 {
    listing.before.map_or(i64::MAX, |number| number.0)
}

fn with(statement: Query<'static>, words: Vec<&'static str>) -> Query<'static> {
    words.into_iter().fold(statement, Query::bind)
}

/// The conditions of a listing, with places from `$next` on, and what goes into them.
fn filters(listing: &Listing, table: &str, next: usize, words: &mut Vec<&'static str>) -> String {
    let mut wanted = Vec::new();
    let mut any_of = |column: &str, of: Vec<&'static str>| {
        if !of.is_empty() {
            let first = next + words.len();
            let places: Vec<String> = (first..first + of.len()).map(|n| format!("${n}")).collect();
            wanted.push(format!(" and {table}{column} in ({})", places.join(", ")));
            words.extend(of);
        }
    };
    any_of(
        "phase",
        listing.phases.iter().map(|phase| phase.as_str()).collect(),
    );
    any_of(
        "severity",
        listing
            .severities
            .iter()
            .map(|severity| severity.as_str())
            .collect(),
    );
    any_of(
        "kind",
        listing.kinds.iter().map(|kind| kind.as_str()).collect(),
    );
    if !listing.phases.is_empty() && !listing.phases.iter().copied().any(Phase::is_over) {
        // Few incidents are not over: looking among those alone is quick however many there have been.
        wanted.push(format!(" and {table}place in (0, 1)"));
    }
    wanted.concat()
}

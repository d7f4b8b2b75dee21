//! Looking at the rows themselves, past the store.

use crate::place::Place;
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row, SqliteConnection};
use std::collections::BTreeMap;

/// The first column of every row that a statement gives, as text.
pub async fn texts(place: &Place, sql: String) -> Vec<String> {
    let sql = AssertSqlSafe(sql);
    if place.is_postgres() {
        let mut conn = PgConnection::connect(&place.url).await.expect("the server");
        let rows = sqlx::raw_sql(sql).fetch_all(&mut conn).await.expect("rows");
        rows.iter().map(|row| row.get(0)).collect()
    } else {
        let mut conn = SqliteConnection::connect(&place.url)
            .await
            .expect("the file");
        let rows = sqlx::raw_sql(sql).fetch_all(&mut conn).await.expect("rows");
        rows.iter().map(|row| row.get(0)).collect()
    }
}

/// Changes rows past the store.
pub async fn meddle(place: &Place, sql: &'static str) {
    if place.is_postgres() {
        let mut conn = PgConnection::connect(&place.url).await.expect("the server");
        sqlx::raw_sql(sql)
            .execute(&mut conn)
            .await
            .expect("it is done");
    } else {
        let mut conn = SqliteConnection::connect(&place.url)
            .await
            .expect("the file");
        sqlx::raw_sql(sql)
            .execute(&mut conn)
            .await
            .expect("it is done");
    }
}

/// Tables with their columns as "name: kind" or "name: kind?", in alphabetical order. Kinds are whole and text; what only
/// one database has for searching is left out, and so is the book-keeping of migrations.
pub async fn tables(place: &Place) -> BTreeMap<String, Vec<String>> {
    let sql = if place.is_postgres() {
        "select table_name || '.' || column_name || ': ' || data_type || \
         case is_nullable when 'YES' then '?' else '' end \
         from information_schema.columns where table_schema = 'public' order by 1"
    } else {
        "select m.name || '.' || c.name || ': ' || lower(c.type) || \
         case when c.\"notnull\" = 1 or c.pk > 0 then '' else '?' end \
         from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table' order by 1"
    };
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in texts(place, sql.to_owned()).await {
        let (table, column) = line.split_once('.').expect("a table and a column");
        let column = column
            .replace("integer", "whole")
            .replace("bigint", "whole");
        let own = table.starts_with("incident_search") || column.contains("tsvector");
        if !own && !table.starts_with("_sqlx") && !table.starts_with("sqlite_") {
            tables.entry(table.to_owned()).or_default().push(column);
        }
    }
    tables
}

/// Every row of every read model, as text.
pub async fn read_models(place: &Place) -> BTreeMap<String, Vec<String>> {
    let tables = tables(place).await;
    let mut dump = BTreeMap::new();
    for table in [
        "incident",
        "incident_words",
        "sitrep",
        "public_incident",
        "public_update",
    ] {
        let columns: Vec<String> = tables[table]
            .iter()
            .filter_map(|column| column.split_once(':'))
            .map(|(name, _)| format!("'{name}=' || coalesce(cast({name} as text), 'null')"))
            .collect();
        let sql = format!(
            "select {} from {table} order by 1",
            columns.join(" || ' ' || ")
        );
        dump.insert(table.to_owned(), texts(place, sql).await);
    }
    // What the index for searching holds, not only what it was made from.
    let index = if place.is_postgres() {
        "select number || ' ' || document::text from incident_words order by 1"
    } else {
        "create virtual table temp.seen using fts5vocab(main, incident_search, instance); \
         select doc || ' ' || term from temp.seen order by 1"
    };
    dump.insert("index".to_owned(), texts(place, index.to_owned()).await);
    dump
}

//! A keyed hash of all that a subject says, so that what was approved can be held against what is there, and what went against what a
//! restored copy brings back. Sealed values count as what they say: another key does not change them. It says nothing to whoever lacks the
//! key.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};
use secrecy::ExposeSecret;
use uuid::Uuid;

use super::class::{Class, Ruled};
use crate::{
    Context,
    privacy::{Cell, Sealed},
    rotation,
};

/// The columns of the tables, asked for once.
#[derive(Default)]
pub(super) struct Shapes(BTreeMap<&'static str, Vec<String>>);

impl Shapes {
    async fn of(&mut self, db: &impl ConnectionTrait, table: &'static str) -> Result<Vec<String>, DbErr> {
        if let Some(known) = self.0.get(table) {
            return Ok(known.clone());
        }
        let backend = db.get_database_backend();
        let sql = match backend {
            DbBackend::Postgres => {
                "SELECT column_name::text FROM information_schema.columns \
                 WHERE table_schema = current_schema() AND table_name = $1 ORDER BY column_name"
            }
            _ => "SELECT name FROM pragma_table_info(?) ORDER BY name",
        };
        let found = db.query_all_raw(Statement::from_sql_and_values(backend, sql, [table.into()])).await?;
        let columns: Vec<String> =
            found.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?;
        self.0.insert(table, columns.clone());
        Ok(columns)
    }
}

/// The hash of a subject, 64 hexadecimal digits; `None` when it is not there.
pub(super) async fn mark(
    db: &impl ConnectionTrait,
    cx: &Context,
    shapes: &mut Shapes,
    (class, ruled): (&'static Class, &'static Ruled),
    subject: Uuid,
) -> Result<Option<String>, DbErr> {
    let mut text = String::new();
    for (table, by) in ruled.rows(class) {
        let mut rows = said(db, cx, shapes, (table, by), subject).await?;
        if table == class.code && rows.is_empty() {
            return Ok(None);
        }
        rows.sort();
        for row in rows {
            text.push_str(table);
            text.push('\n');
            text.push_str(&row);
        }
    }
    Ok(Some(cx.audit.mark(text.as_bytes())))
}

async fn said(
    db: &impl ConnectionTrait,
    cx: &Context,
    shapes: &mut Shapes,
    (table, by): (&'static str, &'static str),
    subject: Uuid,
) -> Result<Vec<String>, DbErr> {
    let backend = db.get_database_backend();
    let cells: Vec<_> = rotation::cells(table).collect();
    let is_sealed = |column: &str| cells.iter().any(|(sealed, _)| *sealed == column);
    let is_index = |column: &str| cells.iter().any(|(_, index)| *index == Some(column));
    let columns = shapes.of(db, table).await?;
    // What an index says, its value says; what is sealed for days is gone before.
    let columns: Vec<&String> = columns
        .iter()
        .filter(|column| !is_index(column.as_str()) && !rotation::is_passing(table, column.as_str()))
        .collect();
    let written = columns.iter().map(|column| match backend {
        _ if is_sealed(column) => format!("\"{column}\" AS \"{column}\""),
        DbBackend::Postgres => format!("CAST(\"{column}\" AS text) AS \"{column}\""),
        _ => format!("quote(\"{column}\") AS \"{column}\""),
    });
    let key = if cells.is_empty() { "" } else { ", id AS row_id" };
    let place = if backend == DbBackend::Postgres { "$1" } else { "?" };
    let sql = format!(
        "SELECT {}{key} FROM \"{table}\" WHERE \"{by}\" = {place}",
        written.collect::<Vec<_>>().join(", ")
    );
    let mut rows = Vec::new();
    for found in db.query_all_raw(Statement::from_sql_and_values(backend, sql, [subject.into()])).await? {
        let id = if cells.is_empty() {
            String::new()
        } else {
            found.try_get::<Uuid>("", "row_id")?.simple().to_string()
        };
        let mut row = String::new();
        for column in &columns {
            let value = if is_sealed(column) {
                let sealed: Option<Sealed> = found.try_get("", column)?;
                sealed.map(|sealed| opened(cx, (table, column, &id), &sealed))
            } else {
                found.try_get::<Option<String>>("", column)?
            };
            // A length before each value: no two rows read the same.
            let value = value.unwrap_or_else(|| "NULL".to_owned());
            row = [row, format!("{column}={}:{value}\n", value.len())].concat();
        }
        rows.push(row);
    }
    Ok(rows)
}

/// What a sealed value says; one that does not open counts as it stands.
fn opened(cx: &Context, (table, column, row): (&str, &str, &str), sealed: &Sealed) -> String {
    let cell = Cell { table, column, row };
    match cx.seal.open(cell, sealed) {
        Ok(clear) => clear.expose_secret().to_owned(),
        Err(_) => sealed.as_str().to_owned(),
    }
}

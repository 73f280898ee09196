//! What a table says about itself, in other words: what may stand in a column is made wider where it stands.
//!
//! Nothing that is stored changes by that, on `SQLite` as <https://www.sqlite.org/lang_altertable.html> describes under "Making Other Kinds Of Table
//! Schema Changes"; other tables point to this one, which could not be copied without them.

use sea_orm::{DbBackend, Statement};
use sea_orm_migration::prelude::*;

/// Replaces `from`, which stands there exactly once.
pub(crate) async fn on_sqlite(
    db: &SchemaManagerConnection<'_>,
    table: &str,
    (from, to): (&str, &str),
) -> Result<(), DbErr> {
    let number = |sql: String| async move {
        let row = db.query_one_raw(Statement::from_string(DbBackend::Sqlite, sql.clone())).await?;
        row.ok_or_else(|| DbErr::Migration(sql))?.try_get_by_index::<i64>(0)
    };
    let quoted = |text: &str| text.replace('\'', "''");
    let (from, to) = (quoted(from), quoted(to));
    let there = format!(
        "SELECT (length(sql) - length(replace(sql, '{from}', ''))) / length('{from}') FROM sqlite_schema \
         WHERE type = 'table' AND name = '{table}'"
    );
    if number(there).await? != 1 {
        return Err(DbErr::Migration(format!("{table} does not say {from} once")));
    }
    let version = number("PRAGMA schema_version".to_owned()).await?;
    for statement in [
        "PRAGMA writable_schema = ON".to_owned(),
        format!(
            "UPDATE sqlite_schema SET sql = replace(sql, '{from}', '{to}') WHERE type = 'table' AND name = '{table}'"
        ),
        format!("PRAGMA schema_version = {}", version + 1),
        "PRAGMA writable_schema = RESET".to_owned(),
    ] {
        db.execute_unprepared(&statement).await?;
    }
    Ok(())
}

/// Replaces `from` in the one check of a table that says it, whatever the check is called by now.
pub(crate) async fn on_postgresql(
    db: &SchemaManagerConnection<'_>,
    table: &str,
    (from, to): (&str, &str),
) -> Result<(), DbErr> {
    let sql = format!(
        "SELECT conname AS name, pg_get_constraintdef(oid) AS said FROM pg_constraint \
         WHERE conrelid = '{table}'::regclass AND contype = 'c' AND strpos(pg_get_constraintdef(oid), '{}') > 0",
        from.replace('\'', "''")
    );
    let rows = db.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    let [row] = rows.as_slice() else {
        return Err(DbErr::Migration(format!("{table} does not say {from} once")));
    };
    let (name, said): (String, String) = (row.try_get("", "name")?, row.try_get("", "said")?);
    let said = said.replace(from, to);
    db.execute_unprepared(&format!(
        "ALTER TABLE {table} DROP CONSTRAINT \"{name}\"; ALTER TABLE {table} ADD CONSTRAINT \"{name}\" {said}"
    ))
    .await?;
    Ok(())
}

//! A case may stand at more places: the list of statuses in the check of `aid_case`, made longer.

use sea_orm::{DbBackend, Statement};
use sea_orm_migration::prelude::*;

/// After the last status that was written first.
const LAST: &str = "'terminated'";

/// Allows more statuses, whatever else is allowed already.
pub(crate) async fn allow(manager: &SchemaManager<'_>, more: &[&str]) -> Result<(), DbErr> {
    let db = manager.get_connection();
    match manager.get_database_backend() {
        DbBackend::Postgres => on_postgresql(db, more).await,
        _ => on_sqlite(db, more).await,
    }
}

/// Whatever the constraint is called by now, and whatever else it allows.
async fn on_postgresql(db: &SchemaManagerConnection<'_>, more: &[&str]) -> Result<(), DbErr> {
    let sql = "SELECT conname AS name, pg_get_constraintdef(oid) AS said FROM pg_constraint \
               WHERE conrelid = 'aid_case'::regclass AND contype = 'c' AND pg_get_constraintdef(oid) LIKE '%in_batch%'";
    let row = db.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    let row = row.ok_or_else(|| DbErr::Migration("aid_case has no list of statuses".to_owned()))?;
    let (name, said): (String, String) = (row.try_get("", "name")?, row.try_get("", "said")?);
    let more = more.iter().map(|status| format!(", '{status}'::text")).collect::<Vec<_>>().concat();
    let said = said.replace(&format!("{LAST}::text"), &format!("{LAST}::text{more}"));
    db.execute_unprepared(&format!(
        "ALTER TABLE aid_case DROP CONSTRAINT \"{name}\"; ALTER TABLE aid_case ADD CONSTRAINT \"{name}\" {said}"
    ))
    .await?;
    Ok(())
}

/// A check does not touch what is stored, so that its text is replaced where it stands, as `SQLite` describes for such changes
/// (<https://www.sqlite.org/lang_altertable.html>, "Making Other Kinds Of Table Schema Changes"): many tables point to this one.
async fn on_sqlite(db: &SchemaManagerConnection<'_>, more: &[&str]) -> Result<(), DbErr> {
    let number = |sql: String| async move {
        let row = db.query_one_raw(Statement::from_string(DbBackend::Sqlite, sql.clone())).await?;
        row.ok_or_else(|| DbErr::Migration(sql))?.try_get_by_index::<i64>(0)
    };
    let version = number("PRAGMA schema_version".to_owned()).await?;
    db.execute_unprepared("PRAGMA writable_schema = ON").await?;
    let quoted = more.iter().map(|status| format!(", '{status}'")).collect::<Vec<_>>().concat();
    db.execute_unprepared(&format!(
        "UPDATE sqlite_schema SET sql = replace(sql, '{}', '{}') WHERE type = 'table' AND name = 'aid_case'",
        LAST.replace('\'', "''"),
        format!("{LAST}{quoted}").replace('\'', "''"),
    ))
    .await?;
    db.execute_unprepared(&format!("PRAGMA schema_version = {}", version + 1)).await?;
    db.execute_unprepared("PRAGMA writable_schema = RESET").await?;
    let first = more.first().copied().unwrap_or_default();
    let done =
        format!("SELECT count(*) FROM sqlite_schema WHERE name = 'aid_case' AND sql LIKE '%''{first}''%'");
    if number(done).await? == 1 {
        Ok(())
    } else {
        Err(DbErr::Migration("aid_case has no list of statuses".to_owned()))
    }
}

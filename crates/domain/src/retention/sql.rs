//! Questions that are the same for every class.

use std::collections::HashSet;

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, QueryResult, Statement, Value};
use uuid::Uuid;

use crate::person::merge::numbered;

/// Puts places where the text has `?`, the subject's id where it has `:id`, and the back end's way to the local day where it has `LOCAL(…)`.
pub(super) fn written(backend: DbBackend, text: &str, id: &str) -> String {
    let text = text.replace(":id", id);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("LOCAL(") {
        let (column, after) = after.split_once(')').unwrap_or((after, ""));
        out.push_str(before);
        let [cast, zone] = match backend {
            DbBackend::Postgres => ["CAST(", " AT TIME ZONE 'Asia/Shanghai' AS date)"],
            _ => ["date(", ", '+8 hours')"],
        };
        out.extend([cast, column, zone]);
        rest = after;
    }
    out.push_str(rest);
    numbered(backend, &out)
}

/// Rows of a question; `:id` stands for `r.id`.
pub(super) async fn rows(
    db: &impl ConnectionTrait,
    text: &str,
    values: Vec<Value>,
) -> Result<Vec<QueryResult>, DbErr> {
    let backend = db.get_database_backend();
    db.query_all_raw(Statement::from_sql_and_values(backend, written(backend, text, "r.id"), values)).await
}

/// Does something. How many rows it was.
pub(super) async fn done(db: &impl ConnectionTrait, text: &str, values: Vec<Value>) -> Result<u64, DbErr> {
    let backend = db.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, written(backend, text, "?"), values);
    Ok(db.execute_raw(statement).await?.rows_affected())
}

/// The ids that a question about one subject answers; `:id` stands for it, once.
pub(super) async fn ids(
    db: &impl ConnectionTrait,
    text: Option<&str>,
    subject: Uuid,
) -> Result<HashSet<Uuid>, DbErr> {
    let Some(text) = text else { return Ok(HashSet::new()) };
    let backend = db.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, written(backend, text, "?"), [subject.into()]);
    let mut ids = HashSet::new();
    for row in db.query_all_raw(statement).await? {
        ids.extend(row.try_get_by_index::<Option<Uuid>>(0)?);
    }
    Ok(ids)
}

/// A day in a row: a column without a declared type is a text to `SQLite`.
pub(super) fn day(row: &QueryResult, column: &str) -> Result<Option<NaiveDate>, DbErr> {
    row.try_get::<Option<NaiveDate>>("", column)
}

#[cfg(test)]
mod tests {
    use sea_orm::DbBackend;

    use super::written;

    #[test]
    fn a_question_is_written_for_each_back_end() {
        let text = "SELECT LOCAL(r.at) FROM t r WHERE a = ? AND b = (SELECT 1 WHERE c = :id) AND d = ?";
        assert_eq!(
            written(DbBackend::Sqlite, text, "r.id"),
            "SELECT date(r.at, '+8 hours') FROM t r WHERE a = ? AND b = (SELECT 1 WHERE c = r.id) AND d = ?"
        );
        assert_eq!(
            written(DbBackend::Postgres, text, "?"),
            "SELECT CAST(r.at AT TIME ZONE 'Asia/Shanghai' AS date) FROM t r WHERE a = $1 AND b = (SELECT 1 WHERE c = $2) AND d = $3"
        );
    }
}

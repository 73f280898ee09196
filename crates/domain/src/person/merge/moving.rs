//! Moving rows from one person to another, and back. Written in SQL because it is the same for every table of the list.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, QueryResult, Statement, Value};
use uuid::Uuid;

use super::references::{MOVED, Reference};
use crate::ids::{PersonId, PersonMergeId};

impl Reference {
    fn place(&self) -> String {
        format!("{}.{}", self.table, self.column)
    }

    /// Logins are the only rows with a name for a key.
    fn key(&self, row: &QueryResult) -> Result<String, DbErr> {
        if self.table == "account" {
            return row.try_get("", "id");
        }
        row.try_get::<Uuid>("", "id").map(|id| id.simple().to_string())
    }

    fn value(&self, key: &str) -> Result<Value, DbErr> {
        if self.table == "account" {
            return Ok(key.to_owned().into());
        }
        let id = Uuid::parse_str(key).map_err(|error| DbErr::Custom(error.to_string()))?;
        Ok(id.into())
    }
}

/// PostgreSQL numbers its places.
pub(crate) fn numbered(backend: DbBackend, sql: &str) -> String {
    if backend != DbBackend::Postgres {
        return sql.to_owned();
    }
    let mut parts = sql.split('?');
    let first = parts.next().unwrap_or_default().to_owned();
    (1..).zip(parts).fold(first, |sql, (place, part)| format!("{sql}${place}{part}"))
}

/// Everything that points to `merged` points to `kept`; what was moved is written down.
pub(super) async fn over(
    tx: &impl ConnectionTrait,
    merge: PersonMergeId,
    (kept, merged): (PersonId, PersonId),
) -> Result<(), DbErr> {
    let backend = tx.get_database_backend();
    for reference in MOVED {
        let (table, column) = (reference.table, reference.column);
        let mut sql = format!("UPDATE {table} SET {column} = ? WHERE {column} = ?");
        let mut values: Vec<Value> = vec![kept.uuid().into(), merged.uuid().into()];
        if let Some(unless) = reference.unless {
            sql = format!("{sql} AND NOT ({unless})");
            values.push(kept.uuid().into());
        }
        let sql = numbered(backend, &format!("{sql} RETURNING id"));
        for row in tx.query_all_raw(Statement::from_sql_and_values(backend, sql, values)).await? {
            let note = numbered(
                backend,
                "INSERT INTO person_merge_move (merge_id, place, row_key) VALUES (?, ?, ?)",
            );
            let values: [Value; 3] =
                [merge.uuid().into(), reference.place().into(), reference.key(&row)?.into()];
            tx.execute_raw(Statement::from_sql_and_values(backend, note, values)).await?;
        }
    }
    Ok(())
}

/// What was moved goes back, if it is still with the kept one. What came since stays there.
pub(super) async fn back(
    tx: &impl ConnectionTrait,
    merge: PersonMergeId,
    (kept, merged): (PersonId, PersonId),
) -> Result<(), DbErr> {
    let backend = tx.get_database_backend();
    let sql = numbered(
        backend,
        "SELECT place, row_key FROM person_merge_move WHERE merge_id = ? ORDER BY place, row_key",
    );
    let values: [Value; 1] = [merge.uuid().into()];
    for row in tx.query_all_raw(Statement::from_sql_and_values(backend, sql, values)).await? {
        let (place, key): (String, String) = (row.try_get("", "place")?, row.try_get("", "row_key")?);
        let Some(reference) = MOVED.iter().find(|one| one.place() == place) else { continue };
        let (table, column) = (reference.table, reference.column);
        let sql = format!("UPDATE {table} SET {column} = ? WHERE id = ? AND {column} = ?");
        let values: [Value; 3] = [merged.uuid().into(), reference.value(&key)?, kept.uuid().into()];
        tx.execute_raw(Statement::from_sql_and_values(backend, numbered(backend, &sql), values)).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use sea_orm::DbBackend;

    use super::numbered;

    #[test]
    fn places_are_numbered_where_they_must_be() {
        assert_eq!(numbered(DbBackend::Postgres, "a = ? AND b = ?"), "a = $1 AND b = $2");
        assert_eq!(numbered(DbBackend::Sqlite, "a = ?"), "a = ?");
    }
}

//! Many inbox items in one statement.

use std::collections::HashSet;
use std::fmt::Write;

use chrono::{DateTime, SubsecRound, Utc};
use sea_orm::{ActiveEnum, ConnectionTrait, DbBackend, DbErr, Statement, Value};
use uuid::Uuid;

use crate::id;
use crate::inbox::NewItem;

/// Items in one statement.
pub(crate) const MOST: usize = 256;

/// The keys that were new.
///
/// Every number of rows is its own statement text, so the rows are filled up to the next power of two with the last one, which
/// changes nothing: a handful of texts instead of 256 in the cache. The rows are in the order of their keys, so that two
/// servers that get the same events wait for each other at most one way.
pub(crate) async fn insert<'a>(
    db: &impl ConnectionTrait,
    items: impl Iterator<Item = (&'a NewItem, DateTime<Utc>)>,
) -> Result<HashSet<String>, DbErr> {
    let mut rows: Vec<(Uuid, &NewItem, DateTime<Utc>)> =
        items.map(|(item, now)| (id::new(now), item, now.trunc_subsecs(6))).collect();
    rows.sort_by(|(_, one, _), (_, other, _)| one.key.cmp(&other.key));
    let Some(last) = rows.last().copied() else { return Ok(HashSet::new()) };
    rows.resize(rows.len().next_power_of_two(), last);

    let values = rows.iter().flat_map(|(id, item, now)| -> [Value; COLUMNS] {
        let (key, source, kind) = (item.key.as_str(), item.source.as_str(), item.kind.as_str());
        let (lane, payload) = (item.lane.to_value().into(), item.payload.clone().into());
        [(*id).into(), key.into(), lane, source.into(), kind.into(), payload, (*now).into(), (*now).into()]
    });
    let backend = db.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, statement(backend, rows.len()), values);
    db.query_all_raw(statement).await?.iter().map(|row| row.try_get_by_index(0)).collect()
}

/// What differs from row to row.
const COLUMNS: usize = 8;

/// For `SQLite`, `$1` is a name: each is looked up among all of them when it is bound, which costs the square of their number. A
/// question mark has no name.
fn statement(backend: DbBackend, rows: usize) -> String {
    let mut sql =
        "INSERT INTO inbox (id, key, lane, source, kind, payload, received_at, run_at, state, attempts) VALUES "
            .to_owned();
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ",(" });
        for column in 1..=COLUMNS {
            // Writing to a string does not fail.
            let _ = match backend {
                DbBackend::Sqlite => sql.write_str("?,"),
                _ => write!(sql, "${},", row * COLUMNS + column),
            };
        }
        sql.push_str("0,0)");
    }
    sql.push_str(" ON CONFLICT DO NOTHING RETURNING key");
    sql
}

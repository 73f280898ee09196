//! What keeps the tables small, and brings dead items back.

use chrono::{DateTime, SubsecRound, Utc};
use sea_orm::{DbErr, Statement, Value};
use uuid::Uuid;

use crate::lease::Queue;
use crate::turn::Writer;

/// Rows per statement: small enough that nobody waits for it.
const CHUNK: i64 = 500;

/// Which dead items to bring back.
#[derive(Clone, Copy, Debug)]
pub enum Which<'a> {
    /// One.
    Id(Uuid),
    /// All of a kind.
    Kind(&'a str),
    /// All that failed with this code last.
    Error(&'a str),
    /// All.
    All,
}

/// Deletes done rows that were finished before `before`, in chunks, each its own statement; returns how many.
pub(crate) async fn prune<Q: Queue>(db: &impl Writer, before: DateTime<Utc>) -> Result<u64, DbErr> {
    let sql = format!(
        "DELETE FROM {0} WHERE id IN (SELECT id FROM {0} WHERE state = 2 AND finished_at < $1 \
         ORDER BY finished_at LIMIT $2)",
        Q::TABLE
    );
    let mut pruned = 0;
    loop {
        let values: [Value; 2] = [before.trunc_subsecs(6).into(), CHUNK.into()];
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql.clone(), values);
        let _turn = db.turn().await;
        let chunk = db.execute_raw(statement).await?.rows_affected();
        if chunk == 0 {
            return Ok(pruned);
        }
        pruned += chunk;
    }
}

/// Lets dead items wait again, with a fresh count of tries; returns how many. The last error stays to be seen.
pub(crate) async fn redrive<Q: Queue>(
    db: &impl Writer,
    which: Which<'_>,
    now: DateTime<Utc>,
) -> Result<u64, DbErr> {
    let (only, value): (&str, Option<Value>) = match which {
        Which::Id(id) => ("AND id = $2", Some(id.into())),
        Which::Kind(kind) => ("AND kind = $2", Some(kind.into())),
        Which::Error(error) => ("AND last_error = $2", Some(error.into())),
        Which::All => ("", None),
    };
    let sql = format!(
        "UPDATE {} SET state = 0, attempts = 0, run_at = $1, finished_at = NULL WHERE state = 3 {only}",
        Q::TABLE
    );
    let mut values: Vec<Value> = vec![now.trunc_subsecs(6).into()];
    values.extend(value);
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let _turn = db.turn().await;
    Ok(db.execute_raw(statement).await?.rows_affected())
}

/// Ends every lease; returns how many there were.
pub(crate) async fn end_leases<Q: Queue>(db: &impl Writer, now: DateTime<Utc>) -> Result<u64, DbErr> {
    let sql = format!("UPDATE {} SET run_at = $1 WHERE state = 1", Q::TABLE);
    let values: [Value; 1] = [now.trunc_subsecs(6).into()];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let _turn = db.turn().await;
    Ok(db.execute_raw(statement).await?.rows_affected())
}

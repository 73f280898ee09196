//! Claiming and settling, the same for both tables.
//!
//! These are the statements whose plan matters, so they are written out. The states are literals: with bound
//! parameters neither back end uses the partial indexes. Placeholders are `$1` on both.

use std::time::Duration;

use chrono::{DateTime, SubsecRound, Utc};
use sea_orm::{DbBackend, DbErr, FromQueryResult, Statement, Value};
use uuid::Uuid;

use crate::Error;
use crate::backoff;
use crate::turn::Writer;

/// A table with leases, and its row.
pub(crate) trait Queue {
    /// The table.
    const TABLE: &'static str;
    /// Which comes first.
    const ORDER: &'static str;
    /// A further condition on a row `q` that may be claimed.
    const ONLY: &'static str;
    type Row: FromQueryResult + Leased;
}

/// What settling needs to know of a claimed row.
pub(crate) trait Leased {
    fn id(&self) -> Uuid;
    fn attempts(&self) -> i32;
    fn owner(&self) -> Option<&str>;
}

/// What became of a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum After {
    /// It will be tried again then.
    Retry(DateTime<Utc>),
    /// That was the last try.
    Dead,
}

/// What a row says whose worker had it and never said what became of it.
const RAN_OUT: &str = "lease ran out";

/// Takes up to `limit` rows whose time has come, in one statement. A lease that ran out is a row whose time has come.
///
/// The inner query is a materialised CTE so that PostgreSQL runs it once: as a plain `IN (SELECT … LIMIT n)` a nested
/// loop may run it again for each row, and then claims more than `limit`.
///
/// `more` is one more condition on `q`, of literals only.
pub(crate) async fn claim<Q: Queue>(
    db: &impl Writer,
    owner: &str,
    (limit, more): (u32, &str),
    lease: Duration,
    now: DateTime<Utc>,
) -> Result<Vec<Q::Row>, DbErr> {
    let backend = db.get_database_backend();
    let (table, order, only) = (Q::TABLE, Q::ORDER, Q::ONLY);
    // SQLite has one writer, so there is nobody to skip.
    let skip = if backend == DbBackend::Postgres { "FOR UPDATE OF q SKIP LOCKED" } else { "" };
    let sql = format!(
        "WITH picked AS MATERIALIZED (\
           SELECT q.id FROM {table} AS q \
           WHERE q.state IN (0, 1) AND q.run_at <= $1 {more} {only} \
           ORDER BY {order} LIMIT $2 {skip}) \
         UPDATE {table} SET state = 1, attempts = attempts + 1, lease_owner = $3, run_at = $4, \
           last_error = CASE WHEN state = 1 THEN '{RAN_OUT}' ELSE last_error END \
         WHERE id IN (SELECT id FROM picked) RETURNING *"
    );
    let now = now.trunc_subsecs(6);
    let values: [Value; 4] = [now.into(), i64::from(limit).into(), owner.into(), (now + lease).into()];
    let _turn = db.turn().await;
    let rows = db.query_all_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    rows.iter().map(|row| Q::Row::from_query_result(row, "")).collect()
}

/// Finishes a claimed row: `state` done or dead, or waiting until `run_at`.
///
/// Only the lease that the row was claimed under may do so. The number of attempts is part of it, since one owner may
/// have lost a lease and claimed the same row again.
pub(crate) async fn settle<Q: Queue>(
    db: &impl Writer,
    row: &Q::Row,
    outcome: Outcome<'_>,
) -> Result<(), Error> {
    // The last failure stays to be seen: a letter that went again says why it may have gone twice.
    let (set, at, error) = match outcome {
        Outcome::Done(at) => ("state = 2, finished_at = $1", at, None),
        Outcome::Dead(error, at) => ("state = 3, finished_at = $1, last_error = $2", at, Some(error)),
        Outcome::Again(error, at) => ("state = 0, run_at = $1, last_error = $2", at, Some(error)),
        Outcome::Unused(at) => ("state = 0, run_at = $1, attempts = attempts - 1", at, None),
        Outcome::Longer(until) => {
            return guarded::<Q>(db, row, "run_at = $1", until, None).await;
        }
    };
    let error: Option<String> = error.map(|error| error.chars().take(200).collect());
    guarded::<Q>(db, row, &format!("{set}, lease_owner = NULL"), at, error).await
}

/// What to say of a claimed row.
#[derive(Clone, Copy)]
pub(crate) enum Outcome<'a> {
    Done(DateTime<Utc>),
    Dead(&'a str, DateTime<Utc>),
    Again(&'a str, DateTime<Utc>),
    /// It was not even tried.
    Unused(DateTime<Utc>),
    /// Still at it.
    Longer(DateTime<Utc>),
}

async fn guarded<Q: Queue>(
    db: &impl Writer,
    row: &Q::Row,
    set: &str,
    at: DateTime<Utc>,
    error: Option<String>,
) -> Result<(), Error> {
    let mut values: Vec<Value> = vec![at.trunc_subsecs(6).into()];
    values.extend(error.map(Value::from));
    let n = values.len();
    let sql = format!(
        "UPDATE {} SET {set} WHERE id = ${} AND state = 1 AND lease_owner = ${} AND attempts = ${}",
        Q::TABLE,
        n + 1,
        n + 2,
        n + 3
    );
    values.extend([row.id().into(), row.owner().map(str::to_owned).into(), row.attempts().into()]);
    let _turn = db.turn().await;
    let result =
        db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    if result.rows_affected() == 1 { Ok(()) } else { Err(Error::LeaseLost(row.id())) }
}

/// Tries again by the table of `backoff`, or gives up at its end.
pub(crate) async fn fail<Q: Queue>(
    db: &impl Writer,
    row: &Q::Row,
    error: &str,
    now: DateTime<Utc>,
) -> Result<After, Error> {
    if let Some(wait) = backoff::delay(row.attempts()) {
        let at = (now + wait).trunc_subsecs(6);
        settle::<Q>(db, row, Outcome::Again(error, at)).await?;
        return Ok(After::Retry(at));
    }
    settle::<Q>(db, row, Outcome::Dead(error, now)).await?;
    Ok(After::Dead)
}

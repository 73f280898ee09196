//! One batch: rows of one table, in the order of their ids. A value that somebody changes meanwhile is not touched: it has the new key
//! already.

use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, QueryResult,
    sea_query::{Alias, Expr, ExprTrait, Query},
};
use secrecy::ExposeSecret;
use serde_json::json;
use uuid::Uuid;

use super::{
    place::{Column, PLACES, Place},
    progress::{self, Model, target},
    usage,
};
use crate::{
    Act, By, Context,
    privacy::{Blind, Cell, Sealed},
};

/// Rows of a batch: a commit every few hundred milliseconds, and no page waits longer than that.
const BATCH: u64 = 500;

/// What a step found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// So many values were sealed anew, and more may be to do.
    Went(u64),
    /// Nothing uses another key.
    Finished,
}

/// Why a batch was not done.
#[derive(Debug, thiserror::Error)]
pub enum RotationError {
    /// A value does not open with the keys there are: one was taken away too early.
    #[error("a value of {table}.{column} does not open: its key is not in keys.seal_file")]
    CannotOpen {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// The machine has no randomness to give.
    #[error(transparent)]
    CannotSeal(#[from] crate::privacy::CannotSeal),
    /// The database failed.
    #[error("database")]
    Db(#[from] DbErr),
}

/// Does the next batch, whoever did the last one.
pub async fn step(db: &DatabaseConnection, cx: &Context, now: DateTime<Utc>) -> Result<Step, RotationError> {
    if progress::find(db, &cx.seal).await?.is_some_and(|row| row.finished_at.is_some()) {
        return Ok(Step::Finished);
    }
    let tx = mailbox::transaction::write(db).await?;
    let Some(row) = progress::locked(&tx, &cx.seal).await? else {
        let step = begin(&tx, cx, now).await?;
        tx.commit().await?;
        return Ok(step);
    };
    if row.finished_at.is_some() {
        return Ok(Step::Finished);
    }
    let Some(place) = usize::try_from(row.place).ok().and_then(|at| PLACES.get(at)) else {
        let step = end(&tx, cx, row, now).await?;
        tx.commit().await?;
        return Ok(step);
    };
    let rows = read(&tx, place, row.after).await?;
    let (mut done, mut after) = (0, row.after);
    for found in &rows {
        let id: Uuid = found.try_get("", "id")?;
        done += anew(&tx, cx, place, (id, found)).await?;
        after = Some(id);
    }
    let next = if (rows.len() as u64) < BATCH {
        Model { place: row.place + 1, after: None, ..row }
    } else {
        Model { after, ..row }
    };
    let done_before = next.done;
    progress::write(&tx, Model { done: done_before + i64::try_from(done).unwrap_or_default(), ..next })
        .await?;
    tx.commit().await?;
    Ok(Step::Went(done))
}

async fn begin(tx: &DatabaseTransaction, cx: &Context, now: DateTime<Utc>) -> Result<Step, DbErr> {
    let total = usage::left(tx, &cx.seal).await?;
    let row = Model {
        target: target(&cx.seal),
        started_at: now,
        place: 0,
        after: None,
        done: 0,
        total,
        finished_at: (total == 0).then_some(now),
    };
    progress::insert(tx, row).await?;
    if total == 0 {
        return Ok(Step::Finished);
    }
    record(tx, cx, "keys.rotated", total, now).await?;
    Ok(Step::Went(0))
}

/// After the last table: a server that still had the old keys may have written with them behind our back. Then once more.
async fn end(tx: &DatabaseTransaction, cx: &Context, row: Model, now: DateTime<Utc>) -> Result<Step, DbErr> {
    let left = usage::left(tx, &cx.seal).await?;
    if left > 0 {
        progress::write(tx, Model { place: 0, after: None, total: row.total + left, ..row }).await?;
        return Ok(Step::Went(0));
    }
    let done = row.done;
    progress::write(tx, Model { finished_at: Some(now), ..row }).await?;
    record(tx, cx, "keys.rotation_finished", done, now).await?;
    Ok(Step::Finished)
}

async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    action: &'static str,
    values: i64,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let subject = format!("keys/{}", target(&cx.seal));
    cx.record(tx, Act { by: By::SYSTEM, action, subject, detail: json!({ "values": values }) }, now).await
}

async fn read(
    tx: &DatabaseTransaction,
    place: &Place,
    after: Option<Uuid>,
) -> Result<Vec<QueryResult>, DbErr> {
    let mut find = Query::select();
    find.column(Alias::new("id")).from(Alias::new(place.table));
    for column in place.columns {
        find.column(Alias::new(column.sealed));
        if let Some((index, _)) = column.index {
            find.column(Alias::new(index));
        }
    }
    if let Some(after) = after {
        find.and_where(Expr::col(Alias::new("id")).gt(after));
    }
    find.order_by(Alias::new("id"), sea_orm::Order::Asc).limit(BATCH);
    tx.query_all(&find).await
}

/// Seals what is not sealed with the newest key, and indexes what is not indexed with it. Says how many values and indexes it was.
async fn anew(
    tx: &DatabaseTransaction,
    cx: &Context,
    place: &Place,
    (id, found): (Uuid, &QueryResult),
) -> Result<u64, RotationError> {
    let row = id.simple().to_string();
    let mut update = Query::update();
    update.table(Alias::new(place.table)).and_where(Expr::col(Alias::new("id")).eq(id));
    let mut values = 0;
    for column in place.columns {
        let Some(old) = found.try_get::<Option<Sealed>>("", column.sealed)? else { continue };
        let index: Option<Blind> = match column.index {
            Some((name, _)) => found.try_get("", name)?,
            None => None,
        };
        let indexed = index.as_ref().is_none_or(|index| cx.seal.is_newest_index(index));
        let sealed = cx.seal.is_newest(&old);
        if sealed && indexed {
            continue;
        }
        let cell = Cell { table: place.table, column: column.sealed, row: &row };
        let clear = cx.seal.open(cell, &old);
        let clear = clear.or(Err(RotationError::CannotOpen { table: place.table, column: column.sealed }))?;
        let fresh = cx.seal.seal(cell, clear.expose_secret())?;
        update.value(Alias::new(column.sealed), fresh);
        if let Some((name, what)) = column.index {
            update.value(Alias::new(name), cx.seal.blind(what, clear.expose_secret()));
        }
        update.and_where(unchanged(column, old));
        values += u64::from(!sealed) + u64::from(!indexed);
    }
    if values > 0 {
        tx.execute(&update).await?;
    }
    Ok(values)
}

fn unchanged(column: &Column, old: Sealed) -> sea_orm::sea_query::Expr {
    Expr::col(Alias::new(column.sealed)).eq(old)
}

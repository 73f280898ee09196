//! How an entry is posted: the balances, the entry, its two lines.
//!
//! Entries of one envelope are posted in the order of their times: a caller whose clock is behind, or who waited for another, is
//! given the time of the entry before. So what was left at any moment is what the lines up to it add up to.

use std::sync::Mutex;

use chrono::{DateTime, SubsecRound, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
};
use uuid::{ContextV7, Timestamp, Uuid};

use crate::amounts::{give, queue, take, touch};
use crate::entity::{entry, line};
use crate::read;
use crate::year::hold;
use crate::{Bucket, EntryId, Envelope, Fen};

/// Why nothing was posted. Nothing is left behind: the transaction may go on.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// There is not enough where the step takes it from.
    #[error("not enough in the envelope")]
    Insufficient {
        /// What is there.
        available: Fen,
        /// What was asked for.
        wanted: Fen,
    },
    /// The key was used for a different step. (The same step again is no error: it answers with the first entry.)
    #[error("the key of the entry was used for another")]
    Duplicate,
    /// The year is frozen where the step would post to it.
    #[error("the year {year} is frozen")]
    Frozen {
        /// Which year.
        year: i32,
    },
    /// What carries over goes from a frozen year to a later one that is not, within one region and category.
    #[error("that does not carry over")]
    NotCarried,
    /// Nothing, less than nothing, or more than can be told.
    #[error("not an amount that can be posted")]
    NotAnAmount,
    /// The database failed.
    #[error("the ledger could not be written")]
    Db(#[from] DbErr),
}

/// A step: `amount` goes from one account to another. That it has two sides of one amount is why lines sum to zero.
pub(crate) struct Step<'a> {
    pub(crate) kind: &'static str,
    pub(crate) from: (&'a Envelope, Bucket),
    pub(crate) to: (&'a Envelope, Bucket),
    /// Does it come out of a year that is frozen?
    pub(crate) over: bool,
}

/// What the caller says about an entry.
pub(crate) struct Said<'a> {
    pub(crate) reference: &'a str,
    pub(crate) key: &'a str,
}

/// The balances first: their rows are what concurrent posts queue for, and when they do not suffice, nothing has been
/// written yet. A key that turns out to be taken after all gives the balances back.
pub(crate) async fn post(
    tx: &DatabaseTransaction,
    step: &Step<'_>,
    amount: Fen,
    said: &Said<'_>,
    now: DateTime<Utc>,
) -> Result<EntryId, LedgerError> {
    if !amount.is_positive() {
        return Err(LedgerError::NotAnAmount);
    }
    if let Some(earlier) = earlier(tx, step, amount, said).await? {
        return earlier;
    }
    open(tx, step).await?;
    if step.from.0 != step.to.0 {
        queue(tx, step.from.0, step.to.0).await?;
    }
    let Some(from_at) = take(tx, step.from, amount).await? else {
        // Somebody with the same key may have been faster while we waited for the row.
        if let Some(earlier) = earlier(tx, step, amount, said).await? {
            return earlier;
        }
        let available = read::bucket(tx, step.from.0, step.from.1).await?;
        return Err(LedgerError::Insufficient { available, wanted: amount });
    };
    let to_at = give(tx, step.to, amount).await?;

    let now = [from_at, to_at].into_iter().flatten().fold(now.trunc_subsecs(6), Ord::max);
    let id = id(now);
    let entry = entry::ActiveModel {
        id: Set(id),
        key: Set(said.key.to_owned()),
        kind: Set(step.kind.to_owned()),
        reference: Set(said.reference.to_owned()),
        posted_at: Set(now),
    };
    let inserted = entry::Entity::insert(entry)
        .on_conflict(OnConflict::column(entry::Column::Key).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    if inserted == 0 {
        give(tx, step.from, amount).await?;
        take(tx, step.to, amount).await?;
        return match earlier(tx, step, amount, said).await? {
            Some(earlier) => earlier,
            None => Err(LedgerError::Duplicate),
        };
    }
    let minus = amount.checked_neg().ok_or(LedgerError::NotAnAmount)?;
    let lines = [(0, step.from, minus), (1, step.to, amount)];
    line::Entity::insert_many(lines.map(|(number, (envelope, bucket), amount)| line::ActiveModel {
        entry_id: Set(id),
        line: Set(number),
        region: Set(envelope.region.clone()),
        year: Set(envelope.year),
        category: Set(envelope.category.clone()),
        bucket: Set(bucket),
        amount: Set(amount),
    }))
    .exec_without_returning(tx)
    .await?;
    for (envelope, bucket) in [step.from, step.to] {
        if bucket.column().is_some() {
            touch(tx, envelope, now).await?;
        }
    }
    Ok(EntryId(id))
}

/// May it be posted, as to its years? Whoever freezes one waits until this transaction ends.
async fn open(tx: &DatabaseTransaction, step: &Step<'_>) -> Result<(), LedgerError> {
    let (from, to) = (step.from.0, step.to.0);
    let frozen = hold(tx, from).await?;
    if step.over {
        let same = from.region == to.region && from.category == to.category;
        if !(frozen && same && from.year < to.year) {
            return Err(LedgerError::NotCarried);
        }
    } else if frozen {
        return Err(LedgerError::Frozen { year: from.year });
    }
    if from != to && hold(tx, to).await? {
        return Err(LedgerError::Frozen { year: to.year });
    }
    Ok(())
}

/// What an entry with this key says: the same (so that is the answer) or something else.
async fn earlier(
    tx: &DatabaseTransaction,
    step: &Step<'_>,
    amount: Fen,
    said: &Said<'_>,
) -> Result<Option<Result<EntryId, LedgerError>>, DbErr> {
    let Some(entry) = entry::Entity::find().filter(entry::Column::Key.eq(said.key)).one(tx).await? else {
        return Ok(None);
    };
    let lines = line::Entity::find()
        .filter(line::Column::EntryId.eq(entry.id))
        .order_by_asc(line::Column::Line)
        .all(tx)
        .await?;
    let same_side = |line: &line::Model, (envelope, bucket): (&Envelope, Bucket)| {
        line.bucket == bucket
            && line.region == envelope.region
            && line.year == envelope.year
            && line.category == envelope.category
            && line.amount.fen().unsigned_abs() == amount.fen().unsigned_abs()
    };
    let same = entry.kind == step.kind
        && entry.reference == said.reference
        && matches!(lines.as_slice(), [from, to] if same_side(from, step.from) && same_side(to, step.to));
    Ok(Some(if same { Ok(EntryId(entry.id)) } else { Err(LedgerError::Duplicate) }))
}

/// Counts within a millisecond, so that entries of one moment keep their order.
static CONTEXT: Mutex<ContextV7> = Mutex::new(ContextV7::new());

fn id(now: DateTime<Utc>) -> Uuid {
    let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
    Uuid::new_v7(Timestamp::from_unix(&CONTEXT, seconds, now.timestamp_subsec_nanos()))
}

//! The steps money takes. Each is one entry from one account to another.
//!
//! A command that posts to several envelopes should do so in a fixed order, or two of them may wait for each other.

use std::sync::Mutex;

use chrono::{DateTime, SubsecRound, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    QueryOrder, Statement, Value,
};
use uuid::{ContextV7, Timestamp, Uuid};

use crate::entity::{entry, line};
use crate::read;
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
    /// Nothing, less than nothing, or more than can be told.
    #[error("not an amount that can be posted")]
    NotAnAmount,
    /// The database failed.
    #[error("the ledger could not be written")]
    Db(#[from] DbErr),
}

/// A step: `amount` goes from one account to another. That it has two sides of one amount is why lines sum to zero.
struct Step<'a> {
    kind: &'static str,
    from: (&'a Envelope, Bucket),
    to: (&'a Envelope, Bucket),
}

macro_rules! steps {
    ($($(#[doc = $doc:literal])* $name:ident: $from:ident -> $to:ident;)*) => {$(
        $(#[doc = $doc])*
        ///
        /// `reference` is what it is for; `key` makes it happen once.
        pub async fn $name(
            tx: &DatabaseTransaction,
            envelope: &Envelope,
            amount: Fen,
            reference: &str,
            key: &str,
            now: DateTime<Utc>,
        ) -> Result<EntryId, LedgerError> {
            let step = Step {
                kind: stringify!($name),
                from: (envelope, Bucket::$from),
                to: (envelope, Bucket::$to),
            };
            post(tx, &step, amount, &Said { reference, key }, now).await
        }
    )*};
}

steps! {
    /// Gives an envelope money.
    appropriate: Appropriated -> Available;
    /// Takes money out of an envelope that nobody has reserved.
    take_back: Available -> Appropriated;
    /// Keeps money for a case. [`LedgerError::Insufficient`] when others were faster.
    reserve: Available -> Reserved;
    /// Gives up what was kept.
    release: Reserved -> Available;
    /// Puts what was kept into a payment batch.
    commit: Reserved -> Committed;
    /// Takes it out of the batch again.
    uncommit: Committed -> Reserved;
    /// It is paid.
    pay: Committed -> Paid;
    /// The bank returned it.
    give_back: Paid -> Committed;
}

/// Moves available money to another envelope.
#[expect(clippy::too_many_arguments, reason = "a step with two envelopes")]
pub async fn transfer(
    tx: &DatabaseTransaction,
    from: &Envelope,
    to: &Envelope,
    amount: Fen,
    reference: &str,
    key: &str,
    now: DateTime<Utc>,
) -> Result<EntryId, LedgerError> {
    let step = Step { kind: "transfer", from: (from, Bucket::Available), to: (to, Bucket::Available) };
    post(tx, &step, amount, &Said { reference, key }, now).await
}

/// What the caller says about an entry.
struct Said<'a> {
    reference: &'a str,
    key: &'a str,
}

/// The balances first: their rows are what concurrent posts queue for, and when they do not suffice, nothing has been
/// written yet. A key that turns out to be taken after all gives the balances back.
async fn post(
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
    if !take(tx, step.from, amount).await? {
        // Somebody with the same key may have been faster while we waited for the row.
        if let Some(earlier) = earlier(tx, step, amount, said).await? {
            return earlier;
        }
        let available = read::bucket(tx, step.from.0, step.from.1).await?;
        return Err(LedgerError::Insufficient { available, wanted: amount });
    }
    give(tx, step.to, amount).await?;

    let now = now.trunc_subsecs(6);
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
    Ok(EntryId(id))
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

/// Takes from a balance if it suffices. What is appropriated has no end.
async fn take(
    tx: &DatabaseTransaction,
    (envelope, bucket): (&Envelope, Bucket),
    amount: Fen,
) -> Result<bool, DbErr> {
    let Some(column) = bucket.column() else { return Ok(true) };
    let sql = format!(
        "UPDATE ledger_balance SET {column} = {column} - $1 \
         WHERE year = $2 AND region = $3 AND category = $4 AND {column} >= $1"
    );
    Ok(execute(tx, sql, envelope, amount).await? == 1)
}

/// Adds to a balance, which begins with the first.
async fn give(
    tx: &DatabaseTransaction,
    (envelope, bucket): (&Envelope, Bucket),
    amount: Fen,
) -> Result<(), DbErr> {
    let Some(column) = bucket.column() else { return Ok(()) };
    let first = |name: &str| if name == column { "$1" } else { "0" };
    let sql = format!(
        "INSERT INTO ledger_balance (year, region, category, available, reserved, committed, paid) \
         VALUES ($2, $3, $4, {}, {}, {}, {}) \
         ON CONFLICT (year, region, category) DO UPDATE SET {column} = ledger_balance.{column} + $1",
        first("available"),
        first("reserved"),
        first("committed"),
        first("paid")
    );
    execute(tx, sql, envelope, amount).await?;
    Ok(())
}

async fn execute(
    tx: &DatabaseTransaction,
    sql: String,
    envelope: &Envelope,
    amount: Fen,
) -> Result<u64, DbErr> {
    let values: [Value; 4] = [
        amount.fen().into(),
        envelope.year.into(),
        envelope.region.clone().into(),
        envelope.category.clone().into(),
    ];
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    Ok(tx.execute_raw(statement).await?.rows_affected())
}

/// Counts within a millisecond, so that entries of one moment keep their order.
static CONTEXT: Mutex<ContextV7> = Mutex::new(ContextV7::new());

fn id(now: DateTime<Utc>) -> Uuid {
    let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
    Uuid::new_v7(Timestamp::from_unix(&CONTEXT, seconds, now.timestamp_subsec_nanos()))
}

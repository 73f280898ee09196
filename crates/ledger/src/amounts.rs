//! What is left in each bucket. The rows of the balances are what concurrent posts queue for.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QuerySelect,
    Statement, Value,
};

use crate::entity::balance;
use crate::{Bucket, Envelope, Fen};

/// Waits for two envelopes in the order of their names, whichever of them gives: then no two transfers wait for each other.
pub(crate) async fn queue(tx: &DatabaseTransaction, one: &Envelope, other: &Envelope) -> Result<(), DbErr> {
    let (first, second) = if one <= other { (one, other) } else { (other, one) };
    for envelope in [first, second] {
        let key = (envelope.year, envelope.region.clone(), envelope.category.clone());
        balance::Entity::find_by_id(key).lock_exclusive().one(tx).await?;
    }
    Ok(())
}

/// When an envelope was posted to last; `None` where nothing is known of it.
pub(crate) type Last = Option<DateTime<Utc>>;

/// Takes from a balance if it suffices; `None` if not. What is appropriated has no end.
pub(crate) async fn take(
    tx: &DatabaseTransaction,
    (envelope, bucket): (&Envelope, Bucket),
    amount: Fen,
) -> Result<Option<Last>, DbErr> {
    let Some(column) = bucket.column() else { return Ok(Some(None)) };
    let sql = format!(
        "UPDATE ledger_balance SET {column} = {column} - $1 \
         WHERE year = $2 AND region = $3 AND category = $4 AND {column} >= $1 RETURNING posted_at"
    );
    execute(tx, sql, envelope, amount).await
}

/// Adds to a balance, which begins with the first.
pub(crate) async fn give(
    tx: &DatabaseTransaction,
    (envelope, bucket): (&Envelope, Bucket),
    amount: Fen,
) -> Result<Last, DbErr> {
    let Some(column) = bucket.column() else { return Ok(None) };
    let first = |name: &str| if name == column { "$1" } else { "0" };
    let sql = format!(
        "INSERT INTO ledger_balance (year, region, category, available, reserved, committed, paid, written_off) \
         VALUES ($2, $3, $4, {}, {}, {}, {}, {}) \
         ON CONFLICT (year, region, category) DO UPDATE SET {column} = ledger_balance.{column} + $1 \
         RETURNING posted_at",
        first("available"),
        first("reserved"),
        first("committed"),
        first("paid"),
        first("written_off")
    );
    Ok(execute(tx, sql, envelope, amount).await?.flatten())
}

async fn execute(
    tx: &DatabaseTransaction,
    sql: String,
    envelope: &Envelope,
    amount: Fen,
) -> Result<Option<Last>, DbErr> {
    let values: [Value; 4] = [
        amount.fen().into(),
        envelope.year.into(),
        envelope.region.clone().into(),
        envelope.category.clone().into(),
    ];
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    let row = tx.query_one_raw(statement).await?;
    row.map(|row| row.try_get_by_index(0)).transpose()
}

/// The balance's row is ours until the transaction ends, so its time only grows.
pub(crate) async fn touch(
    tx: &DatabaseTransaction,
    envelope: &Envelope,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    balance::Entity::update_many()
        .col_expr(balance::Column::PostedAt, Expr::value(now))
        .filter(balance::Column::Year.eq(envelope.year))
        .filter(balance::Column::Region.eq(envelope.region.clone()))
        .filter(balance::Column::Category.eq(envelope.category.clone()))
        .exec(tx)
        .await?;
    Ok(())
}

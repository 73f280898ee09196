//! Every query on usage, state and tokens. The counters are raised where they stand, so that no two servers lose a count.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    Statement, Value,
    sea_query::{Expr, ExprTrait, OnConflict},
};

use super::{
    Rate,
    entity::{state, token, usage},
};

/// A server whose clock is ahead takes tokens that come back a little later than ours; one that comes back later than this
/// was taken before somebody set the clock back.
pub(super) const SKEW: TimeDelta = TimeDelta::minutes(5);

pub(super) async fn usage_of(
    db: &impl ConnectionTrait,
    tenant: &str,
    month: &str,
) -> Result<Option<usage::Model>, DbErr> {
    usage::Entity::find_by_id((tenant.to_owned(), month.to_owned())).one(db).await
}

/// Adds to a month.
pub(super) async fn add(
    db: &impl ConnectionTrait,
    (tenant, month): (&str, &str),
    (calls, deliveries): (i64, i64),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = usage::ActiveModel {
        tenant: Set(tenant.to_owned()),
        month: Set(month.to_owned()),
        calls: Set(calls),
        deliveries: Set(deliveries),
        updated_at: Set(now),
    };
    let old = |column| Expr::col((usage::Entity, column));
    let there = OnConflict::columns([usage::Column::Tenant, usage::Column::Month])
        .value(usage::Column::Calls, old(usage::Column::Calls).add(calls))
        .value(usage::Column::Deliveries, old(usage::Column::Deliveries).add(deliveries))
        .value(usage::Column::UpdatedAt, now)
        .to_owned();
    usage::Entity::insert(row).on_conflict(there).exec_without_returning(db).await?;
    Ok(())
}

/// Takes one call off a month.
pub(super) async fn take_off(
    db: &impl ConnectionTrait,
    (tenant, month): (&str, &str),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    usage::Entity::update_many()
        .col_expr(usage::Column::Calls, Expr::col(usage::Column::Calls).sub(1))
        .col_expr(usage::Column::UpdatedAt, Expr::value(now))
        .filter(usage::Column::Tenant.eq(tenant))
        .filter(usage::Column::Month.eq(month))
        .filter(usage::Column::Calls.gt(0))
        .exec(db)
        .await?;
    Ok(())
}

pub(super) async fn state_of(db: &impl ConnectionTrait, tenant: &str) -> Result<Option<state::Model>, DbErr> {
    state::Entity::find_by_id(tenant.to_owned()).one(db).await
}

/// Writes the columns that are `Set`.
pub(super) async fn change_state(
    db: &impl ConnectionTrait,
    tenant: &str,
    mut change: state::ActiveModel,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = state::ActiveModel {
        tenant: Set(tenant.to_owned()),
        failures: Set(0),
        paused_until: Set(None),
        calls_refused_at: Set(None),
        deliveries_refused_at: Set(None),
        updated_at: Set(now),
    };
    let once = OnConflict::column(state::Column::Tenant).do_nothing().to_owned();
    state::Entity::insert(row).on_conflict(once).exec_without_returning(db).await?;
    change.updated_at = Set(now);
    state::Entity::update_many().set(change).filter(state::Column::Tenant.eq(tenant)).exec(db).await?;
    Ok(())
}

/// Takes one token, if one is free. Servers that take at once take different ones, or none.
pub(super) async fn take(db: &impl ConnectionTrait, rate: &Rate, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let backend = db.get_database_backend();
    let skip = if backend == DbBackend::Postgres { "FOR UPDATE SKIP LOCKED" } else { "" };
    let sql = format!(
        "WITH free AS MATERIALIZED (\
           SELECT slot FROM send_token WHERE bucket = $1 AND slot < $2 AND (free_at <= $3 OR free_at > $4) \
           ORDER BY slot LIMIT 1 {skip}) \
         UPDATE send_token SET free_at = $5 WHERE bucket = $1 AND slot IN (SELECT slot FROM free)"
    );
    let now = now.trunc_subsecs(6);
    let values: [Value; 5] = [
        rate.bucket.as_str().into(),
        rate.calls.into(),
        now.into(),
        (now + rate.per + SKEW).into(),
        (now + rate.per).into(),
    ];
    let done = db.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    Ok(done.rows_affected() == 1)
}

/// When each token of a bucket is free, earliest first.
pub(super) async fn tokens(db: &impl ConnectionTrait, rate: &Rate) -> Result<Vec<DateTime<Utc>>, DbErr> {
    token::Entity::find()
        .select_only()
        .column(token::Column::FreeAt)
        .filter(token::Column::Bucket.eq(rate.bucket.as_str()))
        .filter(token::Column::Slot.lt(rate.calls))
        .order_by_asc(token::Column::FreeAt)
        .into_tuple()
        .all(db)
        .await
}

/// Tokens in one statement: SQLite takes 32,766 values in one.
const AT_ONCE: usize = 1_000;

/// Writes the tokens that a bucket lacks.
pub(super) async fn fill(db: &impl ConnectionTrait, rate: &Rate, now: DateTime<Utc>) -> Result<(), DbErr> {
    let row = |slot| token::ActiveModel {
        bucket: Set(rate.bucket.clone()),
        slot: Set(slot),
        free_at: Set(now.trunc_subsecs(6)),
    };
    let once = OnConflict::columns([token::Column::Bucket, token::Column::Slot]).do_nothing().to_owned();
    let slots: Vec<_> = (0..rate.calls).collect();
    for some in slots.chunks(AT_ONCE) {
        let rows = some.iter().copied().map(row);
        token::Entity::insert_many(rows).on_conflict(once.clone()).exec_without_returning(db).await?;
    }
    Ok(())
}

//! Queries on what a month is drawn by, and on what is not drawn yet.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
    sea_query::{OnConflict, Query},
};

use super::case::some;
use crate::{
    aid::{
        payment::{PaymentState, row},
        sample::{LineColumn, LineEntity, Seed, SeedColumn, SeedEntity},
    },
    calendar::{local_date, utc},
    ids::{CaseId, RegionCode},
};

/// So far back a month is drawn that was not drawn in its time.
const BACK: Months = Months::new(12);

/// What a month is drawn by, if that is fixed.
pub async fn of_month(db: &impl ConnectionTrait, month: NaiveDate) -> Result<Option<Seed>, DbErr> {
    SeedEntity::find_by_id(month).one(db).await
}

/// The last ones, latest first.
pub async fn latest(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<Seed>, DbErr> {
    SeedEntity::find().order_by_desc(SeedColumn::Month).limit(limit).all(db).await
}

/// `false`: somebody else has written down the month's.
pub(in crate::aid) async fn insert(db: &impl ConnectionTrait, row: Seed) -> Result<bool, DbErr> {
    let fixed = OnConflict::column(SeedColumn::Month).do_nothing().to_owned();
    let insert = SeedEntity::insert(row.into_active_model().reset_all()).on_conflict(fixed);
    Ok(insert.exec_without_returning(db).await? == 1)
}

/// The months that are over and the places in which a payment stands that no draw has had in its list.
pub(in crate::aid) async fn undrawn(
    db: &impl ConnectionTrait,
    today: NaiveDate,
) -> Result<BTreeSet<(NaiveDate, RegionCode)>, DbErr> {
    let Some(end) = today.with_day(1) else { return Ok(BTreeSet::new()) };
    let begin = end.checked_sub_months(BACK).unwrap_or(end);
    let first = |day: NaiveDate| -> DateTime<Utc> { utc(day, NaiveTime::MIN) };
    let listed = Query::select().column(LineColumn::PaymentId).from(LineEntity).take();
    let paid: Vec<(CaseId, NaiveDate)> = row::Entity::find()
        .filter(row::Column::State.eq(PaymentState::Paid))
        .filter(row::Column::SettledAt.gte(first(begin)))
        .filter(row::Column::SettledAt.lt(first(end)))
        .filter(row::Column::Id.not_in_subquery(listed))
        .all(db)
        .await?
        .into_iter()
        .filter_map(|payment| Some((payment.case_id, local_date(payment.settled_at?).with_day(1)?)))
        .collect();
    let ids: BTreeSet<CaseId> = paid.iter().map(|(case, _)| *case).collect();
    let cases = some(db, &ids.into_iter().collect::<Vec<_>>()).await?;
    let regions: HashMap<CaseId, RegionCode> = cases.into_iter().map(|case| (case.id, case.region)).collect();
    Ok(paid.into_iter().filter_map(|(case, month)| Some((month, regions.get(&case)?.clone()))).collect())
}

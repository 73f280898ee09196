//! Queries on what comes after the money: receipts, draws, visits once more, reviews, closings.

use std::collections::HashMap;

use chrono::{Days, Months, NaiveDate};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, sea_query::OnConflict,
};

use super::case::reached as cases_reached;
use crate::{
    aid::{
        Case, Status,
        closing::{self, Model as Closing},
        entity,
        payment::{Payment, PaymentState, row},
        receipt::{self, Model as Receipt},
        review::{self, Review},
        sample::{self, FollowUp, LineColumn, LineEntity, Sample},
    },
    authority::Scope,
    calendar::local_date,
    ids::{CaseId, FollowUpId, RegionCode, SampleId},
    person::leader,
};

/// What was said of the payments of a case, first to last.
pub async fn receipts(db: &impl ConnectionTrait, case: CaseId) -> Result<Vec<Receipt>, DbErr> {
    let of = receipt::Column::CaseId.eq(case);
    receipt::Entity::find().filter(of).order_by_asc(receipt::Column::Id).all(db).await
}

/// Why a case was closed, if it was.
pub async fn closing(db: &impl ConnectionTrait, case: CaseId) -> Result<Option<Closing>, DbErr> {
    closing::Entity::find().filter(closing::Column::CaseId.eq(case)).one(db).await
}

/// The reviews in a case, first to last.
pub async fn reviews(db: &impl ConnectionTrait, case: CaseId) -> Result<Vec<Review>, DbErr> {
    let of = review::Column::CaseId.eq(case);
    review::Entity::find().filter(of).order_by_asc(review::Column::Id).all(db).await
}

/// One draw.
pub async fn sample(db: &impl ConnectionTrait, id: SampleId) -> Result<Option<Sample>, DbErr> {
    sample::Entity::find_by_id(id).one(db).await
}

/// The draw of a region and a month.
pub(in crate::aid) async fn sample_of(
    db: &impl ConnectionTrait,
    region: &RegionCode,
    month: NaiveDate,
) -> Result<Option<Sample>, DbErr> {
    sample::Entity::find()
        .filter(sample::Column::Region.eq(region.clone()))
        .filter(sample::Column::Month.eq(month))
        .one(db)
        .await
}

/// The draws of a region and everything below it, latest first.
pub async fn samples(
    db: &impl ConnectionTrait,
    region: &RegionCode,
    limit: u64,
) -> Result<Vec<Sample>, DbErr> {
    let from = region.as_str();
    sample::Entity::find()
        .filter(sample::Column::Region.gte(from))
        .filter(sample::Column::Region.lt(format!("{from}{}", char::MAX)))
        .order_by_desc(sample::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// The lines of a draw, in the order of their digests, with their cases.
pub async fn lines(db: &impl ConnectionTrait, id: SampleId) -> Result<Vec<FollowUp>, DbErr> {
    let of = LineColumn::SampleId.eq(id);
    LineEntity::find().filter(of).order_by_asc(LineColumn::Digest).all(db).await
}

/// One line.
pub async fn follow_up(db: &impl ConnectionTrait, id: FollowUpId) -> Result<Option<FollowUp>, DbErr> {
    LineEntity::find_by_id(id).one(db).await
}

/// The lines of a case that were chosen, first to last.
pub async fn follow_ups(db: &impl ConnectionTrait, case: CaseId) -> Result<Vec<FollowUp>, DbErr> {
    LineEntity::find()
        .filter(LineColumn::CaseId.eq(case))
        .filter(LineColumn::Chosen.is_not_null())
        .order_by_asc(LineColumn::Id)
        .all(db)
        .await
}

/// Whom somebody still has to visit in the places that the scopes reach, the first due first.
pub async fn to_visit(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
    limit: u64,
) -> Result<Vec<(FollowUp, Case)>, DbErr> {
    let cases = entity::Entity::find().select_only().column(entity::Column::Id);
    let cases = cases.filter(cases_reached(scopes)).filter(entity::Column::Status.is_in(Status::AFTER));
    let rows = LineEntity::find()
        .filter(LineColumn::Chosen.is_not_null())
        .filter(LineColumn::Differs.is_null())
        .filter(LineColumn::CaseId.in_subquery(cases.into_query()))
        .order_by_asc(LineColumn::DueOn)
        .order_by_asc(LineColumn::Id)
        .limit(limit)
        .all(db)
        .await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        if let Some(case) = super::case::find(db, row.case_id).await? {
            found.push((row, case));
        }
    }
    Ok(found)
}

/// The payments of a region's own cases that the bank paid in a month and that stand, in the order of their ids; nobody's whose record
/// only some may know of.
pub(in crate::aid) async fn paid_in(
    db: &impl ConnectionTrait,
    region: &RegionCode,
    month: NaiveDate,
) -> Result<Vec<Payment>, DbErr> {
    let cases = entity::Entity::find()
        .select_only()
        .column(entity::Column::Id)
        .filter(entity::Column::Region.eq(region.clone()))
        .filter(entity::Column::PersonId.not_in_subquery(leader::store::persons()));
    let end = month.checked_add_months(Months::new(1)).unwrap_or(month);
    // A day around the month in any zone; the day itself is judged below.
    let around = |day: NaiveDate| day.and_time(chrono::NaiveTime::MIN).and_utc();
    let rows = row::Entity::find()
        .filter(row::Column::CaseId.in_subquery(cases.into_query()))
        .filter(row::Column::State.eq(PaymentState::Paid))
        .filter(row::Column::SettledAt.gte(around(month - Days::new(1))))
        .filter(row::Column::SettledAt.lt(around(end + Days::new(1))))
        .order_by_asc(row::Column::Id)
        .all(db)
        .await?;
    let within =
        |payment: &Payment| payment.settled_at.map(local_date).is_some_and(|day| day >= month && day < end);
    Ok(rows.into_iter().filter(within).collect())
}

/// On which day each case was first paid.
pub(in crate::aid) async fn paid_days(
    db: &impl ConnectionTrait,
    cases: &[CaseId],
) -> Result<HashMap<CaseId, NaiveDate>, DbErr> {
    let mut days = HashMap::new();
    for some in cases.chunks(500) {
        let rows = row::Entity::find()
            .filter(row::Column::CaseId.is_in(some.iter().copied()))
            .filter(row::Column::State.eq(PaymentState::Paid))
            .order_by_desc(row::Column::Id);
        for payment in rows.all(db).await? {
            days.extend(payment.settled_at.map(|at| (payment.case_id, local_date(at))));
        }
    }
    Ok(days)
}

/// On which day there was a review in each case, the last one.
pub(in crate::aid) async fn last_reviews(
    db: &impl ConnectionTrait,
    cases: &[CaseId],
) -> Result<HashMap<CaseId, NaiveDate>, DbErr> {
    let mut days = HashMap::new();
    for some in cases.chunks(500) {
        let rows = review::Entity::find()
            .filter(review::Column::CaseId.is_in(some.iter().copied()))
            .order_by_asc(review::Column::Id);
        days.extend(rows.all(db).await?.into_iter().map(|row| (row.case_id, local_date(row.reviewed_at))));
    }
    Ok(days)
}

/// On which day somebody found something else in each case than is on record, the last one.
pub(in crate::aid) async fn last_findings(
    db: &impl ConnectionTrait,
    cases: &[CaseId],
) -> Result<HashMap<CaseId, NaiveDate>, DbErr> {
    let mut days = HashMap::new();
    for some in cases.chunks(500) {
        let rows = LineEntity::find()
            .filter(LineColumn::CaseId.is_in(some.iter().copied()))
            .filter(LineColumn::Differs.eq(true))
            .order_by_asc(LineColumn::RecordedAt);
        let rows = rows.all(db).await?.into_iter();
        days.extend(rows.filter_map(|row| Some((row.case_id, local_date(row.recorded_at?)))));
    }
    Ok(days)
}

pub(in crate::aid) async fn insert_receipt(db: &impl ConnectionTrait, row: Receipt) -> Result<(), DbErr> {
    row.into_active_model().reset_all().insert(db).await?;
    Ok(())
}

/// Of a case that came back after it was closed, the last word counts; the log has both.
pub(in crate::aid) async fn write_closing(db: &impl ConnectionTrait, row: Closing) -> Result<(), DbErr> {
    let again = OnConflict::column(closing::Column::CaseId)
        .update_columns([
            closing::Column::Id,
            closing::Column::Reason,
            closing::Column::ClosedBy,
            closing::Column::ClosedAt,
        ])
        .to_owned();
    let insert = closing::Entity::insert(row.into_active_model().reset_all()).on_conflict(again);
    insert.exec_without_returning(db).await?;
    Ok(())
}

pub(in crate::aid) async fn insert_review(db: &impl ConnectionTrait, row: Review) -> Result<(), DbErr> {
    row.into_active_model().reset_all().insert(db).await?;
    Ok(())
}

/// `false`: somebody else has drawn the month of this place.
pub(in crate::aid) async fn insert_sample(db: &impl ConnectionTrait, row: Sample) -> Result<bool, DbErr> {
    let drawn = OnConflict::columns([sample::Column::Region, sample::Column::Month]).do_nothing().to_owned();
    let insert = sample::Entity::insert(row.into_active_model().reset_all()).on_conflict(drawn);
    Ok(insert.exec_without_returning(db).await? == 1)
}

pub(in crate::aid) async fn insert_line(db: &impl ConnectionTrait, row: FollowUp) -> Result<(), DbErr> {
    row.into_active_model().reset_all().insert(db).await?;
    Ok(())
}

/// Writes the whole row. The case is locked by whoever calls.
pub(in crate::aid) async fn save_line(db: &impl ConnectionTrait, row: FollowUp) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(db).await?;
    Ok(())
}

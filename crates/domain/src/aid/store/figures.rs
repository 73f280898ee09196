//! Queries on what was paid.

use std::collections::{HashMap, HashSet};

use ledger::Fen;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};

use super::case::in_region;
use crate::{
    aid::{
        Case, entity,
        payment::{
            Payment, PaymentState,
            answer::{Became, Found, line},
            batch, row,
        },
    },
    ids::{BatchId, CaseId, PaymentId, RegionCode},
    person::leader,
};

/// A payment that stands, with its case.
pub(in crate::aid) struct PaidCase {
    pub(in crate::aid) case: Case,
    pub(in crate::aid) payment: Payment,
    /// The number of its batch.
    pub(in crate::aid) batch: String,
    /// A file of the bank says that it was paid.
    pub(in crate::aid) by_file: bool,
    /// Only some may know whose it is.
    pub(in crate::aid) guarded: bool,
}

/// The cases of which a payment that stands is borne by a year, and those that the year bears now.
fn of_year(region: &RegionCode, year: i32) -> Condition {
    let paid = row::Entity::find()
        .select_only()
        .column(row::Column::CaseId)
        .filter(row::Column::BudgetYear.eq(year))
        .filter(row::Column::State.eq(PaymentState::Paid))
        .into_query();
    let either =
        Condition::any().add(entity::Column::BudgetYear.eq(year)).add(entity::Column::Id.in_subquery(paid));
    in_region(region).add(either).add(entity::Column::Paid.gt(0))
}

/// The payments that stand of the cases that a year bears.
pub(in crate::aid) async fn paid(
    db: &impl ConnectionTrait,
    region: &RegionCode,
    year: i32,
) -> Result<Vec<PaidCase>, DbErr> {
    let cases = entity::Entity::find().filter(of_year(region, year)).all(db).await?;
    let guarded: HashSet<CaseId> = entity::Entity::find()
        .filter(of_year(region, year))
        .filter(entity::Column::PersonId.in_subquery(leader::store::persons()))
        .all(db)
        .await?
        .into_iter()
        .map(|case| case.id)
        .collect();
    let cases: HashMap<CaseId, Case> = cases.into_iter().map(|case| (case.id, case)).collect();
    let ids: Vec<CaseId> = cases.keys().copied().collect();
    let mut payments = Vec::with_capacity(ids.len());
    for some in ids.chunks(500) {
        let rows = row::Entity::find()
            .filter(row::Column::CaseId.is_in(some.iter().copied()))
            .filter(row::Column::BudgetYear.eq(year))
            .filter(row::Column::State.eq(PaymentState::Paid))
            .order_by_asc(row::Column::Id);
        payments.extend(rows.all(db).await?);
    }
    let by_file = by_file(db, &payments.iter().map(|payment| payment.id).collect::<Vec<_>>()).await?;
    let numbers =
        numbers(db, &payments.iter().map(|payment| payment.batch_id).collect::<HashSet<_>>()).await?;
    let paid = payments.into_iter().filter_map(|payment| {
        let case = cases.get(&payment.case_id)?.clone();
        Some(PaidCase {
            batch: numbers.get(&payment.batch_id).cloned().unwrap_or_default(),
            by_file: by_file.contains(&payment.id),
            guarded: guarded.contains(&case.id),
            case,
            payment,
        })
    });
    Ok(paid.collect())
}

/// What the cases of a year say was paid; of a case whose rest another year bears, without that.
pub(in crate::aid) async fn paid_of_cases(
    db: &impl ConnectionTrait,
    region: &RegionCode,
    year: i32,
) -> Result<Fen, DbErr> {
    let cases = entity::Entity::find().filter(of_year(region, year)).all(db).await?;
    let said: Fen = cases.iter().map(|case| case.paid).sum();
    let mut others = Vec::new();
    for some in cases.chunks(500) {
        let rows = row::Entity::find()
            .filter(row::Column::CaseId.is_in(some.iter().map(|case| case.id)))
            .filter(row::Column::BudgetYear.ne(year))
            .filter(row::Column::State.eq(PaymentState::Paid));
        others.extend(rows.all(db).await?.into_iter().map(|payment| payment.amount));
    }
    Ok(said.checked_sub(others.into_iter().sum()).unwrap_or_default())
}

async fn by_file(db: &impl ConnectionTrait, payments: &[PaymentId]) -> Result<HashSet<PaymentId>, DbErr> {
    let mut said = HashSet::new();
    for some in payments.chunks(500) {
        let rows = line::Entity::find()
            .filter(line::Column::PaymentId.is_in(some.iter().copied()))
            .filter(line::Column::Found.eq(Found::Paid))
            .filter(line::Column::Became.eq(Became::Written))
            .all(db)
            .await?;
        said.extend(rows.into_iter().filter_map(|line| line.payment_id));
    }
    Ok(said)
}

async fn numbers(
    db: &impl ConnectionTrait,
    batches: &HashSet<BatchId>,
) -> Result<HashMap<BatchId, String>, DbErr> {
    let ids: Vec<BatchId> = batches.iter().copied().collect();
    let mut numbers = HashMap::with_capacity(ids.len());
    for some in ids.chunks(500) {
        let rows =
            batch::Entity::find().filter(batch::Column::Id.is_in(some.iter().copied())).all(db).await?;
        numbers.extend(rows.into_iter().map(|batch| (batch.id, batch.number)));
    }
    Ok(numbers)
}

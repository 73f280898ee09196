//! Queries on batches and payments.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, JoinType,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, RelationTrait,
};

use crate::{
    aid::payment::{Batch, Payment, PaymentState, batch, row},
    ids::{BatchId, CaseId, PaymentId, PersonId, RegionCode},
    person,
};

/// One batch.
pub async fn find_batch(db: &impl ConnectionTrait, id: BatchId) -> Result<Option<Batch>, DbErr> {
    batch::Entity::find_by_id(id).one(db).await
}

/// One batch, locked against other writers until the transaction ends.
pub(in crate::aid) async fn locked(db: &impl ConnectionTrait, id: BatchId) -> Result<Option<Batch>, DbErr> {
    batch::Entity::find_by_id(id).lock_exclusive().one(db).await
}

/// The batches of a region and everything below it, latest first.
pub async fn batches(
    db: &impl ConnectionTrait,
    region: &RegionCode,
    limit: u64,
) -> Result<Vec<Batch>, DbErr> {
    let from = region.as_str();
    batch::Entity::find()
        .filter(batch::Column::Region.gte(from))
        .filter(batch::Column::Region.lt(format!("{from}{}", char::MAX)))
        .order_by_desc(batch::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// Every payment to a person.
pub(in crate::aid) async fn of_person(
    db: &impl ConnectionTrait,
    person: PersonId,
) -> Result<Vec<Payment>, DbErr> {
    row::Entity::find().filter(row::Column::PersonId.eq(person)).order_by_asc(row::Column::Id).all(db).await
}

pub(in crate::aid) async fn insert_batch(db: &impl ConnectionTrait, row: Batch) -> Result<Batch, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

/// Writes the whole row. The batch is locked by whoever calls.
pub(in crate::aid) async fn save_batch(db: &impl ConnectionTrait, row: Batch) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(db).await?;
    Ok(())
}

/// One payment.
pub async fn find(db: &impl ConnectionTrait, id: PaymentId) -> Result<Option<Payment>, DbErr> {
    row::Entity::find_by_id(id).one(db).await
}

/// The lines of a batch, in order, those that were taken out included.
pub async fn of_batch(db: &impl ConnectionTrait, id: BatchId) -> Result<Vec<Payment>, DbErr> {
    let of = row::Column::BatchId.eq(id);
    row::Entity::find().filter(of).order_by_asc(row::Column::Line).all(db).await
}

/// The payments of a case, oldest first.
pub async fn of_case(db: &impl ConnectionTrait, case: CaseId) -> Result<Vec<Payment>, DbErr> {
    let of = row::Column::CaseId.eq(case);
    row::Entity::find().filter(of).order_by_asc(row::Column::Id).all(db).await
}

/// The cases in a batch, still waiting, whose person has died.
pub(in crate::aid) async fn dead_in(db: &impl ConnectionTrait, id: BatchId) -> Result<Vec<CaseId>, DbErr> {
    let rows = row::Entity::find()
        .join(JoinType::InnerJoin, row::Relation::Person.def())
        .filter(row::Column::BatchId.eq(id))
        .filter(row::Column::State.eq(PaymentState::Waiting))
        .filter(person::entity::Column::DiedOn.is_not_null())
        .order_by_asc(row::Column::Line)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|payment| payment.case_id).collect())
}

/// How many lines of a batch the bank has said nothing about.
pub(in crate::aid) async fn unsettled(db: &impl ConnectionTrait, id: BatchId) -> Result<u64, DbErr> {
    row::Entity::find()
        .filter(row::Column::BatchId.eq(id))
        .filter(row::Column::State.eq(PaymentState::Waiting))
        .count(db)
        .await
}

pub(in crate::aid) async fn insert(db: &impl ConnectionTrait, payment: Payment) -> Result<Payment, DbErr> {
    payment.into_active_model().reset_all().insert(db).await
}

/// Writes the whole row. The batch is locked by whoever calls.
pub(in crate::aid) async fn save(db: &impl ConnectionTrait, payment: Payment) -> Result<(), DbErr> {
    payment.into_active_model().reset_all().update(db).await?;
    Ok(())
}

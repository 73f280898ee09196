//! Queries on standards.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

use crate::{
    aid::ProposalState,
    ids::{OutreachStandardId, RegionCode},
    outreach::{
        Occasion, Standard,
        standard::{Column, Entity},
    },
    person::store::begins_with,
};

/// Every row of an occasion that was agreed to: a few for each place that has its own.
pub async fn of_occasion(db: &impl ConnectionTrait, occasion: Occasion) -> Result<Vec<Standard>, DbErr> {
    let agreed = Column::State.eq(ProposalState::Agreed);
    Entity::find().filter(agreed).filter(Column::Occasion.eq(occasion)).all(db).await
}

/// One.
pub async fn find(db: &impl ConnectionTrait, id: OutreachStandardId) -> Result<Option<Standard>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// Several, in no particular order.
pub async fn find_all(db: &impl ConnectionTrait, ids: &[OutreachStandardId]) -> Result<Vec<Standard>, DbErr> {
    Entity::find().filter(Column::Id.is_in(ids.iter().copied())).all(db).await
}

pub(in crate::outreach) async fn locked(
    db: &impl ConnectionTrait,
    id: OutreachStandardId,
) -> Result<Option<Standard>, DbErr> {
    Entity::find_by_id(id).lock_exclusive().one(db).await
}

/// What people wrote for a region and everything below it, latest first.
pub async fn written(
    db: &impl ConnectionTrait,
    region: &RegionCode,
    limit: u64,
) -> Result<Vec<Standard>, DbErr> {
    Entity::find()
        .filter(Column::ProposedBy.is_not_null())
        .filter(begins_with(Column::Region, region.as_str()))
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db)
        .await
}

pub(in crate::outreach) async fn insert(db: &impl ConnectionTrait, row: Standard) -> Result<Standard, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

/// Writes the whole row, which is locked.
pub(in crate::outreach) async fn save(db: &impl ConnectionTrait, row: Standard) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(db).await?;
    Ok(())
}

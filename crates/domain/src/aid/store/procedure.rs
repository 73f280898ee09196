//! Queries on how long steps may take.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

use crate::{
    aid::{
        ProposalState,
        procedure::{Column, Entity, Limits, Procedure},
    },
    ids::{ProcedureId, RegionCode},
};

/// Every row that was agreed to: a few for each place that has its own.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Procedure>, DbErr> {
    Entity::find().filter(Column::State.eq(ProposalState::Agreed)).all(db).await
}

/// What holds for one place.
pub async fn limits(db: &impl ConnectionTrait, region: &RegionCode) -> Result<Limits, DbErr> {
    Ok(Limits::new(all(db).await?, region.clone()))
}

/// One.
pub async fn find(db: &impl ConnectionTrait, id: ProcedureId) -> Result<Option<Procedure>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

pub(in crate::aid) async fn locked(
    db: &impl ConnectionTrait,
    id: ProcedureId,
) -> Result<Option<Procedure>, DbErr> {
    Entity::find_by_id(id).lock_exclusive().one(db).await
}

/// What people wrote for a region and everything below it, latest first.
pub async fn written(
    db: &impl ConnectionTrait,
    region: &RegionCode,
    limit: u64,
) -> Result<Vec<Procedure>, DbErr> {
    let from = region.as_str();
    Entity::find()
        .filter(Column::ProposedBy.is_not_null())
        .filter(Column::Region.gte(from))
        .filter(Column::Region.lt(format!("{from}{}", char::MAX)))
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db)
        .await
}

pub(in crate::aid) async fn insert(db: &impl ConnectionTrait, row: Procedure) -> Result<Procedure, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

/// Writes the whole row, which is locked.
pub(in crate::aid) async fn save(db: &impl ConnectionTrait, row: Procedure) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(db).await?;
    Ok(())
}

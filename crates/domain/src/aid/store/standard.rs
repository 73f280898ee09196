//! Queries on standards to be.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

use crate::{
    aid::proposal::{self, Model as Proposal},
    ids::{AidRuleId, RegionCode},
};

/// One.
pub async fn find(db: &impl ConnectionTrait, id: AidRuleId) -> Result<Option<Proposal>, DbErr> {
    proposal::Entity::find_by_id(id).one(db).await
}

pub(in crate::aid) async fn locked(
    db: &impl ConnectionTrait,
    id: AidRuleId,
) -> Result<Option<Proposal>, DbErr> {
    proposal::Entity::find_by_id(id).lock_exclusive().one(db).await
}

/// Those of a region and everything below it, latest first.
pub async fn of_region(
    db: &impl ConnectionTrait,
    region: &RegionCode,
    limit: u64,
) -> Result<Vec<Proposal>, DbErr> {
    let from = region.as_str();
    proposal::Entity::find()
        .filter(proposal::Column::Region.gte(from))
        .filter(proposal::Column::Region.lt(format!("{from}{}", char::MAX)))
        .order_by_desc(proposal::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

pub(in crate::aid) async fn insert(db: &impl ConnectionTrait, row: Proposal) -> Result<Proposal, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

/// Writes the whole row, which is locked.
pub(in crate::aid) async fn save(db: &impl ConnectionTrait, row: Proposal) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(db).await?;
    Ok(())
}

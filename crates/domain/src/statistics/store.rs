//! Every query on snapshots.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder,
};

use super::{Snapshot, entity};
use crate::ids::{RegionCode, SnapshotId};

/// One snapshot.
pub async fn find(db: &impl ConnectionTrait, id: SnapshotId) -> Result<Option<Snapshot>, DbErr> {
    entity::Entity::find_by_id(id).one(db).await
}

/// The snapshots of a region, latest first.
pub async fn of_region(db: &impl ConnectionTrait, region: &RegionCode) -> Result<Vec<Snapshot>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::Region.eq(region.clone()))
        .order_by_desc(entity::Column::AsOf)
        .order_by_desc(entity::Column::Id)
        .all(db)
        .await
}

pub(super) async fn insert(db: &impl ConnectionTrait, row: Snapshot) -> Result<Snapshot, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

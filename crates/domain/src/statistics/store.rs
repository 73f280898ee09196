//! Every query on snapshots.

use chrono::{DateTime, Utc};
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

/// What was frozen from a moment on, anywhere.
pub(super) async fn since(db: &impl ConnectionTrait, moment: DateTime<Utc>) -> Result<Vec<Snapshot>, DbErr> {
    let since = entity::Entity::find().filter(entity::Column::KnownAt.gte(moment));
    since.order_by_asc(entity::Column::Id).all(db).await
}

pub(super) async fn insert(db: &impl ConnectionTrait, row: Snapshot) -> Result<Snapshot, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

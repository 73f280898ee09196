//! Queries on segments and their versions.

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect,
};

use crate::{
    ids::{AccountId, SegmentId},
    segment::{Segment, Version, row, version},
};

/// All of them, the ended ones too, by age.
pub async fn segments(db: &impl ConnectionTrait) -> Result<Vec<Segment>, DbErr> {
    row::Entity::find().order_by_asc(row::Column::Id).all(db).await
}

/// All of their versions, those of one in the order of their numbers.
pub async fn versions(db: &impl ConnectionTrait) -> Result<Vec<Version>, DbErr> {
    let all = version::Entity::find();
    all.order_by_asc(version::Column::SegmentId).order_by_asc(version::Column::Nth).all(db).await
}

/// One.
pub async fn find(db: &impl ConnectionTrait, id: SegmentId) -> Result<Option<Segment>, DbErr> {
    row::Entity::find_by_id(id).one(db).await
}

pub(in crate::segment) async fn locked(
    db: &impl ConnectionTrait,
    id: SegmentId,
) -> Result<Option<Segment>, DbErr> {
    row::Entity::find_by_id(id).lock_exclusive().one(db).await
}

pub(in crate::segment) async fn insert(db: &impl ConnectionTrait, row: Segment) -> Result<Segment, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

pub(in crate::segment) async fn insert_version(
    db: &impl ConnectionTrait,
    row: Version,
) -> Result<Version, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

/// These are no more.
pub(in crate::segment) async fn end(
    db: &impl ConnectionTrait,
    ids: &[SegmentId],
    (on, by): (NaiveDate, &AccountId),
) -> Result<(), DbErr> {
    let change =
        row::ActiveModel { ended_on: Set(Some(on)), ended_by: Set(Some(by.clone())), ..Default::default() };
    row::Entity::update_many()
        .set(change)
        .filter(row::Column::Id.is_in(ids.iter().copied()))
        .filter(row::Column::EndedOn.is_null())
        .exec(db)
        .await?;
    Ok(())
}

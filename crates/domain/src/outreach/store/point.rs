//! Queries on where places lie.

use std::collections::BTreeMap;

use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::OnConflict,
};

use crate::{
    ids::RegionCode,
    outreach::{
        Place,
        point::{Column, Entity},
        route::Point,
    },
    person::store::begins_with,
};

/// The points that are known in a region.
pub async fn within(
    db: &impl ConnectionTrait,
    region: &RegionCode,
) -> Result<BTreeMap<RegionCode, Point>, DbErr> {
    let rows = Entity::find().filter(begins_with(Column::Region, region.as_str())).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.region.clone(), row.point())).collect())
}

pub(in crate::outreach) async fn put(db: &impl ConnectionTrait, row: Place) -> Result<(), DbErr> {
    let columns = [Column::Latitude, Column::Longitude, Column::NotedBy, Column::NotedAt];
    Entity::insert(row.into_active_model().reset_all())
        .on_conflict(OnConflict::column(Column::Region).update_columns(columns).to_owned())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

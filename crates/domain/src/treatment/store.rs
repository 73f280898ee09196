//! Every query on floors.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, sea_query::OnConflict,
};

use super::{TreatmentFloor, TreatmentRaise, entity, raise};
use crate::ids::{RegionCode, TreatmentFloorId};

/// One floor.
pub async fn find(db: &impl ConnectionTrait, id: TreatmentFloorId) -> Result<Option<TreatmentFloor>, DbErr> {
    entity::Entity::find_by_id(id).one(db).await
}

pub(super) async fn locked(
    db: &impl ConnectionTrait,
    id: TreatmentFloorId,
) -> Result<Option<TreatmentFloor>, DbErr> {
    entity::Entity::find_by_id(id).lock_exclusive().one(db).await
}

/// The floors of a region and everything below it, latest first.
pub async fn of_region(db: &impl ConnectionTrait, region: &RegionCode) -> Result<Vec<TreatmentFloor>, DbErr> {
    let from = region.as_str();
    entity::Entity::find()
        .filter(entity::Column::Region.gte(from))
        .filter(entity::Column::Region.lt(format!("{from}{}", char::MAX)))
        .order_by_desc(entity::Column::Id)
        .all(db)
        .await
}

/// Whom a floor raised, by id.
pub async fn raised(db: &impl ConnectionTrait, id: TreatmentFloorId) -> Result<Vec<TreatmentRaise>, DbErr> {
    raise::Entity::find()
        .filter(raise::Column::FloorId.eq(id))
        .order_by_asc(raise::Column::PersonId)
        .all(db)
        .await
}

pub(super) async fn insert(db: &impl ConnectionTrait, row: TreatmentFloor) -> Result<TreatmentFloor, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

/// Writes the whole row, which is locked.
pub(super) async fn save(db: &impl ConnectionTrait, row: TreatmentFloor) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(db).await?;
    Ok(())
}

/// Writes down who was raised. Whoever is raised again by the same floor stands there already.
pub(super) async fn insert_raises(db: &impl ConnectionTrait, rows: &[TreatmentRaise]) -> Result<(), DbErr> {
    for some in rows.chunks(500) {
        let there =
            OnConflict::columns([raise::Column::FloorId, raise::Column::PersonId]).do_nothing().to_owned();
        let rows = some.iter().map(|row| row.clone().into_active_model().reset_all());
        raise::Entity::insert_many(rows).on_conflict(there).exec_without_returning(db).await?;
    }
    Ok(())
}

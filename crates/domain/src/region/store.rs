//! Queries on regions, besides the whole tree ([`Regions`](super::Regions)).

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait,
    IntoActiveModel, PaginatorTrait, QueryFilter,
};

use super::{Region, entity};
use crate::{
    aid::{self, Status},
    ids::RegionCode,
    person::store::begins_with,
};

/// A region as it is on a day.
pub(crate) async fn find_on(
    db: &impl ConnectionTrait,
    code: &RegionCode,
    on: NaiveDate,
) -> Result<Option<Region>, DbErr> {
    let rows = of_code(db, code).await?;
    Ok(rows.into_iter().find(|row| row.valid_on(on)))
}

/// Every stretch of a code.
pub(crate) async fn of_code(db: &impl ConnectionTrait, code: &RegionCode) -> Result<Vec<Region>, DbErr> {
    entity::Entity::find().filter(entity::Column::Code.eq(code.as_str())).all(db).await
}

/// How many requests for help are under way in a region and what lies below it.
pub(crate) async fn open_cases(db: &impl ConnectionTrait, code: &RegionCode) -> Result<u64, DbErr> {
    aid::entity::Entity::find()
        .filter(begins_with(aid::entity::Column::Region, code.as_str()))
        .filter(aid::entity::Column::Status.is_not_in(Status::OVER))
        .count(db)
        .await
}

pub(super) async fn insert(db: &impl ConnectionTrait, row: Region) -> Result<(), DbErr> {
    let row = Region { changed_here: true, ..row }.into_active_model().reset_all();
    entity::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

pub(super) async fn end(
    db: &impl ConnectionTrait,
    row: &Region,
    (on, successors): (NaiveDate, &str),
) -> Result<(), DbErr> {
    let change = entity::ActiveModel {
        valid_to: Set(Some(on)),
        successors: Set(successors.to_owned()),
        changed_here: Set(true),
        ..Default::default()
    };
    entity::Entity::update_many().set(change).filter(this(row)).exec(db).await?;
    Ok(())
}

pub(super) async fn call(db: &impl ConnectionTrait, row: &Region, name: &str) -> Result<(), DbErr> {
    let change =
        entity::ActiveModel { name: Set(name.to_owned()), changed_here: Set(true), ..Default::default() };
    entity::Entity::update_many().set(change).filter(this(row)).exec(db).await?;
    Ok(())
}

fn this(row: &Region) -> Condition {
    Condition::all()
        .add(entity::Column::Code.eq(row.code.as_str()))
        .add(entity::Column::ValidFrom.eq(row.valid_from))
}

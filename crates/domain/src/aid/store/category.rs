//! Queries on what is written down of categories.

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::case::rules;
use crate::{
    aid::{
        ProposalState, Rule,
        category::{Categories, CategoryRow, Column, Entity, Offer},
        standard::standard,
    },
    ids::{CategoryRowId, RegionCode},
};

/// Every row that was agreed to: some for each place that has its own.
pub async fn load(db: &impl ConnectionTrait) -> Result<Categories, DbErr> {
    Ok(Categories::of(Entity::find().filter(Column::State.eq(ProposalState::Agreed)).all(db).await?))
}

/// What may be asked for in a place on a day: without a standard, nobody could say how much, and it is not offered yet.
pub async fn offers(
    db: &impl ConnectionTrait,
    region: &RegionCode,
    day: NaiveDate,
) -> Result<Vec<Offer>, DbErr> {
    let (mut offers, rules) = (load(db).await?.offers(region, day), rules(db).await?);
    offers.retain(|offer| {
        let own: Vec<Rule> = rules.iter().filter(|rule| rule.category == offer.category).cloned().collect();
        standard(&own, region, day).is_some()
    });
    Ok(offers)
}

/// One.
pub async fn find(db: &impl ConnectionTrait, id: CategoryRowId) -> Result<Option<CategoryRow>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

pub(in crate::aid) async fn locked(
    db: &impl ConnectionTrait,
    id: CategoryRowId,
) -> Result<Option<CategoryRow>, DbErr> {
    Entity::find_by_id(id).lock_exclusive().one(db).await
}

/// What people wrote for a region and everything below it, latest first.
pub async fn written(
    db: &impl ConnectionTrait,
    region: &RegionCode,
    limit: u64,
) -> Result<Vec<CategoryRow>, DbErr> {
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

pub(in crate::aid) async fn insert(
    db: &impl ConnectionTrait,
    row: CategoryRow,
) -> Result<CategoryRow, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

/// Writes the whole row, which is locked.
pub(in crate::aid) async fn save(db: &impl ConnectionTrait, row: CategoryRow) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(db).await?;
    Ok(())
}

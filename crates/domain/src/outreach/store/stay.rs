//! Queries on stays in hospital.

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, JoinType,
    QueryFilter, QueryOrder, QuerySelect, RelationTrait,
};

use crate::{
    authority::Scope,
    ids::{OutreachStayId, PersonId},
    outreach::{
        Stay, listing,
        stay::{Column, Entity, Relation},
    },
    person::{self, leader},
};

/// One.
pub async fn find(db: &impl ConnectionTrait, id: OutreachStayId) -> Result<Option<Stay>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// The one that has not ended.
pub async fn open_of(db: &impl ConnectionTrait, person: PersonId) -> Result<Option<Stay>, DbErr> {
    Entity::find().filter(Column::PersonId.eq(person)).filter(Column::ToOn.is_null()).one(db).await
}

pub(in crate::outreach) async fn locked(
    db: &impl ConnectionTrait,
    id: OutreachStayId,
) -> Result<Option<Stay>, DbErr> {
    Entity::find_by_id(id).lock_exclusive().one(db).await
}

/// Who of these places is in hospital, or went home in the last week; the living, longest first.
pub async fn recent(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
    today: NaiveDate,
) -> Result<Vec<Stay>, DbErr> {
    let still = Condition::any().add(Column::ToOn.is_null()).add(Column::ToOn.gte(listing::forgotten(today)));
    Entity::find()
        .join(JoinType::InnerJoin, Relation::Person.def())
        .join(JoinType::InnerJoin, person::entity::Relation::Unit.def())
        .filter(person::store::within(scopes))
        .filter(person::entity::Column::UnitId.ne(leader::unit_id()))
        .filter(person::entity::Column::DiedOn.is_null())
        .filter(still)
        .order_by_asc(Column::FromOn)
        .order_by_asc(Column::Id)
        .limit(1000)
        .all(db)
        .await
}

pub(in crate::outreach) async fn insert(db: &impl ConnectionTrait, row: Stay) -> Result<Stay, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

/// Writes the whole row, which is locked.
pub(in crate::outreach) async fn save(db: &impl ConnectionTrait, row: Stay) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(db).await?;
    Ok(())
}

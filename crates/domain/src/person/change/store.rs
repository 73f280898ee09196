//! Every query on requests.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, JoinType,
    QueryFilter, QueryOrder, QuerySelect, RelationTrait,
};

use super::{ChangeState, PersonChange, entity};
use crate::{
    authority::Scope,
    ids::{PersonChangeId, PersonId},
    person,
};

/// One request.
pub async fn find(db: &impl ConnectionTrait, id: PersonChangeId) -> Result<Option<PersonChange>, DbErr> {
    entity::Entity::find_by_id(id).one(db).await
}

pub(super) async fn locked(
    db: &impl ConnectionTrait,
    id: PersonChangeId,
) -> Result<Option<PersonChange>, DbErr> {
    entity::Entity::find_by_id(id).lock_exclusive().one(db).await
}

/// What waits for a second person, among the people of these scopes, oldest first.
pub async fn waiting(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
    limit: u64,
) -> Result<Vec<PersonChange>, DbErr> {
    entity::Entity::find()
        .join(JoinType::InnerJoin, entity::Relation::Person.def())
        .join(JoinType::InnerJoin, person::entity::Relation::Unit.def())
        .filter(person::store::within(scopes))
        .filter(entity::Column::State.eq(ChangeState::Asked))
        .order_by_asc(entity::Column::AskedAt)
        .order_by_asc(entity::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// Every request about a person, latest first.
pub async fn of_person(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<PersonChange>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::PersonId.eq(person))
        .order_by_desc(entity::Column::Id)
        .all(db)
        .await
}

pub(super) async fn insert(db: &impl ConnectionTrait, row: PersonChange) -> Result<PersonChange, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

/// Writes the whole row, which is locked.
pub(super) async fn save(db: &impl ConnectionTrait, row: PersonChange) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(db).await?;
    Ok(())
}

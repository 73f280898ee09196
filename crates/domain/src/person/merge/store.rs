//! Every query on merges.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, JoinType,
    QueryFilter, QueryOrder, QuerySelect, RelationTrait,
};

use super::{MergeState, PersonMerge, entity};
use crate::{
    authority::Scope,
    ids::{PersonId, PersonMergeId},
    person,
};

/// One merge.
pub async fn find(db: &impl ConnectionTrait, id: PersonMergeId) -> Result<Option<PersonMerge>, DbErr> {
    entity::Entity::find_by_id(id).one(db).await
}

pub(super) async fn locked(
    db: &impl ConnectionTrait,
    id: PersonMergeId,
) -> Result<Option<PersonMerge>, DbErr> {
    entity::Entity::find_by_id(id).lock_exclusive().one(db).await
}

/// What was merged into a person, latest first.
pub async fn into_person(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<PersonMerge>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::KeptId.eq(person))
        .filter(entity::Column::State.eq(MergeState::Merged))
        .order_by_desc(entity::Column::Id)
        .all(db)
        .await
}

/// What waits for a second person who reaches both, among the people of these scopes, oldest first.
pub async fn waiting(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
    limit: u64,
) -> Result<Vec<PersonMerge>, DbErr> {
    entity::Entity::find()
        .join(JoinType::InnerJoin, entity::Relation::Kept.def())
        .join(JoinType::InnerJoin, person::entity::Relation::Unit.def())
        .filter(person::store::within(scopes))
        .filter(person::store::is_within(scopes, (entity::Entity, entity::Column::MergedId)))
        .filter(entity::Column::State.eq(MergeState::Proposed))
        .order_by_asc(entity::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// Who counted as merged, as far as was known at a moment.
pub async fn merged_as_of(db: &impl ConnectionTrait, known: DateTime<Utc>) -> Result<Vec<PersonId>, DbErr> {
    let not_undone =
        Condition::any().add(entity::Column::UndoneAt.is_null()).add(entity::Column::UndoneAt.gt(known));
    entity::Entity::find()
        .select_only()
        .column(entity::Column::MergedId)
        .filter(entity::Column::State.is_in([MergeState::Merged, MergeState::Undone]))
        .filter(entity::Column::DecidedAt.lte(known))
        .filter(not_undone)
        .into_tuple()
        .all(db)
        .await
}

pub(super) async fn insert(db: &impl ConnectionTrait, row: PersonMerge) -> Result<PersonMerge, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

/// Writes the whole row, which is locked.
pub(super) async fn save(db: &impl ConnectionTrait, row: PersonMerge) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(db).await?;
    Ok(())
}

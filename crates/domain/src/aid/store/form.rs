//! Queries on printed forms.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect,
};

use crate::{
    aid::form::{ActiveModel, Column, Entity, Model},
    ids::{AccountId, CaseId},
};

/// So many forms are taken along.
const BAG: u64 = 50;

/// One.
pub async fn find(db: &impl ConnectionTrait, number: &str) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::Number.eq(number)).one(db).await
}

/// Those that somebody printed since a moment, for one person each, that nobody has entered; the newest first, as many as fit into a bag.
pub(in crate::aid) async fn blank_of(
    db: &impl ConnectionTrait,
    printed_by: &AccountId,
    since: DateTime<Utc>,
) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::PrintedBy.eq(printed_by.clone()))
        .filter(Column::PrintedAt.gte(since))
        .filter(Column::PersonId.is_not_null())
        .filter(Column::CaseId.is_null())
        .order_by_desc(Column::PrintedAt)
        .order_by_asc(Column::Id)
        .limit(BAG)
        .all(db)
        .await
}

pub(in crate::aid) async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    Entity::insert(row.into_active_model().reset_all()).exec_without_returning(db).await?;
    Ok(())
}

/// It became a case. `false`: it had become one.
pub(in crate::aid) async fn used(
    db: &impl ConnectionTrait,
    number: &str,
    case: CaseId,
) -> Result<bool, DbErr> {
    let change = ActiveModel { case_id: Set(Some(case)), ..Default::default() };
    let blank = Entity::update_many().set(change).filter(Column::Number.eq(number));
    Ok(blank.filter(Column::CaseId.is_null()).exec(db).await?.rows_affected == 1)
}

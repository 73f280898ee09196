//! Queries on printed forms.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter,
};

use crate::{
    aid::form::{ActiveModel, Column, Entity, Model},
    ids::CaseId,
};

/// One.
pub async fn find(db: &impl ConnectionTrait, number: &str) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::Number.eq(number)).one(db).await
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

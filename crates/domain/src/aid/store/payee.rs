//! Queries on who receives for somebody else.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder,
};

use crate::{
    aid::{
        Payee, PayeeState,
        payee::{Column, Entity},
    },
    ids::{CaseId, PayeeId},
};

/// One.
pub async fn find(db: &impl ConnectionTrait, id: PayeeId) -> Result<Option<Payee>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// Everybody who was proposed for a case, oldest first.
pub async fn of_case(db: &impl ConnectionTrait, case: CaseId) -> Result<Vec<Payee>, DbErr> {
    Entity::find().filter(Column::CaseId.eq(case)).order_by_asc(Column::Id).all(db).await
}

/// Who is proposed or approved for a case: at most one.
pub async fn live(db: &impl ConnectionTrait, case: CaseId) -> Result<Option<Payee>, DbErr> {
    let states = [PayeeState::Proposed, PayeeState::Approved];
    Entity::find().filter(Column::CaseId.eq(case)).filter(Column::State.is_in(states)).one(db).await
}

pub(in crate::aid) async fn insert(db: &impl ConnectionTrait, row: Payee) -> Result<Payee, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

/// Writes the whole row. Its case is locked.
pub(in crate::aid) async fn save(db: &impl ConnectionTrait, row: Payee) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(db).await?;
    Ok(())
}

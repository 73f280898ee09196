//! Queries on 先救后补.

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, Iterable,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};

use super::case::reached as cases_reached;
use crate::{
    aid::{
        Case, Status,
        emergency::{Column, Emergency, EmergencyState, Entity},
        entity,
    },
    authority::Scope,
    ids::{CaseId, EmergencyId},
};

/// One.
pub async fn find(db: &impl ConnectionTrait, id: EmergencyId) -> Result<Option<Emergency>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// Those of a case, first to last.
pub async fn of_case(db: &impl ConnectionTrait, case: CaseId) -> Result<Vec<Emergency>, DbErr> {
    Entity::find().filter(Column::CaseId.eq(case)).order_by_asc(Column::Id).all(db).await
}

/// Those of the cases that the scopes reach, latest first.
pub(in crate::aid) async fn reached(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
    limit: u64,
) -> Result<Vec<(Emergency, Case)>, DbErr> {
    let cases = entity::Entity::find().filter(cases_reached(scopes));
    let ids = cases.clone().select_only().column(entity::Column::Id).into_query();
    let rows = Entity::find()
        .filter(Column::CaseId.in_subquery(ids))
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        if let Some(case) = super::case::find(db, row.case_id).await? {
            found.push((row, case));
        }
    }
    Ok(found)
}

/// Of how many cases the papers are late on a day, where the scopes reach: granted, not ended otherwise, not in.
pub async fn late(db: &impl ConnectionTrait, scopes: &[Scope], today: NaiveDate) -> Result<u64, DbErr> {
    let urgent = Status::iter().filter(|status| status.is_urgent());
    let cases = entity::Entity::find()
        .filter(cases_reached(scopes))
        .filter(entity::Column::Status.is_in(urgent))
        .select_only()
        .column(entity::Column::Id)
        .into_query();
    Entity::find()
        .filter(Column::CaseId.in_subquery(cases))
        .filter(Column::State.eq(EmergencyState::Granted))
        .filter(Column::PapersAt.is_null())
        .filter(Column::PapersUntil.lt(today))
        .count(db)
        .await
}

pub(in crate::aid) async fn insert(db: &impl ConnectionTrait, row: Emergency) -> Result<(), DbErr> {
    row.into_active_model().reset_all().insert(db).await?;
    Ok(())
}

/// Writes the whole row. The case is locked by whoever calls.
pub(in crate::aid) async fn save(db: &impl ConnectionTrait, row: Emergency) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(db).await?;
    Ok(())
}

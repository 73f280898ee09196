//! Queries on 追回.

use ledger::Fen;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
};

use super::case::{in_region, reached as cases_reached};
use crate::{
    aid::{
        Case,
        clawback::{
            Clawback, Column, Entity, Instalment, InstalmentColumn, InstalmentEntity, WriteOff, write_off,
        },
        entity,
    },
    authority::Scope,
    ids::{CaseId, ClawbackId, RegionCode, WriteOffId},
};

/// One.
pub async fn find(db: &impl ConnectionTrait, id: ClawbackId) -> Result<Option<Clawback>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// Those of a case, first to last.
pub async fn of_case(db: &impl ConnectionTrait, case: CaseId) -> Result<Vec<Clawback>, DbErr> {
    Entity::find().filter(Column::CaseId.eq(case)).order_by_asc(Column::Id).all(db).await
}

/// What was given back of a case, by whatever claims.
pub async fn given_back(db: &impl ConnectionTrait, case: CaseId) -> Result<Fen, DbErr> {
    Ok(of_case(db, case).await?.iter().map(|claim| claim.recovered).sum())
}

/// What nobody asks for any more: what was given back, and what was written off.
pub(in crate::aid) async fn gone(db: &impl ConnectionTrait, case: CaseId) -> Result<Fen, DbErr> {
    Ok(of_case(db, case).await?.iter().flat_map(|claim| [claim.recovered, claim.written_off]).sum())
}

/// What is written off of a case, by whatever claims.
pub(in crate::aid) async fn written_off(db: &impl ConnectionTrait, case: CaseId) -> Result<Fen, DbErr> {
    Ok(of_case(db, case).await?.iter().map(|claim| claim.written_off).sum())
}

/// One proposal to write something off.
pub async fn write_off(db: &impl ConnectionTrait, id: WriteOffId) -> Result<Option<WriteOff>, DbErr> {
    write_off::Entity::find_by_id(id).one(db).await
}

/// Those of a claim, first to last.
pub async fn write_offs(db: &impl ConnectionTrait, id: ClawbackId) -> Result<Vec<WriteOff>, DbErr> {
    let of = write_off::Column::ClawbackId.eq(id);
    write_off::Entity::find().filter(of).order_by_asc(write_off::Column::Id).all(db).await
}

pub(in crate::aid) async fn insert_write_off(db: &impl ConnectionTrait, row: WriteOff) -> Result<(), DbErr> {
    row.into_active_model().reset_all().insert(db).await?;
    Ok(())
}

/// Writes the whole row. The case is locked by whoever calls.
pub(in crate::aid) async fn save_write_off(db: &impl ConnectionTrait, row: WriteOff) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(db).await?;
    Ok(())
}

/// What has come of one, first to last.
pub async fn instalments(db: &impl ConnectionTrait, id: ClawbackId) -> Result<Vec<Instalment>, DbErr> {
    let of = InstalmentColumn::ClawbackId.eq(id);
    InstalmentEntity::find().filter(of).order_by_asc(InstalmentColumn::Id).all(db).await
}

/// Those of the cases that the scopes reach, latest first.
pub async fn reached(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
    limit: u64,
) -> Result<Vec<(Clawback, Case)>, DbErr> {
    let cases = entity::Entity::find().select_only().column(entity::Column::Id);
    let cases = cases.filter(cases_reached(scopes)).into_query();
    let rows = Entity::find()
        .filter(Column::CaseId.in_subquery(cases))
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

/// What came back of the payments that a year's budget had borne, in a region and below it.
pub(in crate::aid) async fn recovered(
    db: &impl ConnectionTrait,
    region: &RegionCode,
    year: i32,
) -> Result<Fen, DbErr> {
    let cases = entity::Entity::find().select_only().column(entity::Column::Id);
    let cases = cases.filter(in_region(region)).into_query();
    let rows = InstalmentEntity::find()
        .filter(InstalmentColumn::BudgetYear.eq(year))
        .filter(InstalmentColumn::CaseId.in_subquery(cases))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| row.amount).sum())
}

pub(in crate::aid) async fn insert(db: &impl ConnectionTrait, row: Clawback) -> Result<(), DbErr> {
    row.into_active_model().reset_all().insert(db).await?;
    Ok(())
}

/// Writes the whole row. The case is locked by whoever calls.
pub(in crate::aid) async fn save(db: &impl ConnectionTrait, row: Clawback) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(db).await?;
    Ok(())
}

pub(in crate::aid) async fn insert_instalment(
    db: &impl ConnectionTrait,
    row: Instalment,
) -> Result<(), DbErr> {
    row.into_active_model().reset_all().insert(db).await?;
    Ok(())
}

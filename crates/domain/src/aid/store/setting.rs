//! Queries on what is written about categories, and on what visitors assessed.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

use crate::{
    aid::{
        Category, ProposalState,
        assessment::{self, Model as Assessment},
        setting::{Column, Entity, Kind, Setting},
    },
    ids::{CaseId, RegionCode, SettingId},
};

/// Every row of a kind that was agreed to: a few for each place that has its own.
pub async fn of_kind(db: &impl ConnectionTrait, kind: Kind) -> Result<Vec<Setting>, DbErr> {
    let agreed = Column::State.eq(ProposalState::Agreed);
    Entity::find().filter(Column::Kind.eq(kind)).filter(agreed).all(db).await
}

/// The same, of one category.
pub async fn of_category(
    db: &impl ConnectionTrait,
    kind: Kind,
    category: Category,
) -> Result<Vec<Setting>, DbErr> {
    Entity::find()
        .filter(Column::Kind.eq(kind))
        .filter(Column::Category.eq(category))
        .filter(Column::State.eq(ProposalState::Agreed))
        .all(db)
        .await
}

/// One.
pub async fn find(db: &impl ConnectionTrait, id: SettingId) -> Result<Option<Setting>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

pub(in crate::aid) async fn locked(
    db: &impl ConnectionTrait,
    id: SettingId,
) -> Result<Option<Setting>, DbErr> {
    Entity::find_by_id(id).lock_exclusive().one(db).await
}

/// What people wrote for a region and everything below it, latest first.
pub async fn written(
    db: &impl ConnectionTrait,
    region: &RegionCode,
    limit: u64,
) -> Result<Vec<Setting>, DbErr> {
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

pub(in crate::aid) async fn insert(db: &impl ConnectionTrait, row: Setting) -> Result<Setting, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

/// Writes the whole row, which is locked.
pub(in crate::aid) async fn save(db: &impl ConnectionTrait, row: Setting) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(db).await?;
    Ok(())
}

/// What visitors assessed of a case, oldest first.
pub async fn assessments(db: &impl ConnectionTrait, case: CaseId) -> Result<Vec<Assessment>, DbErr> {
    let of = assessment::Column::CaseId.eq(case);
    assessment::Entity::find().filter(of).order_by_asc(assessment::Column::Id).all(db).await
}

pub(in crate::aid) async fn insert_assessment(
    db: &impl ConnectionTrait,
    row: Assessment,
) -> Result<Assessment, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

//! Queries on the platform's record.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect,
};

use super::{
    Entry, EntryFile,
    entity::{entry, file},
};
use crate::{
    aid::{Round, approval},
    ids::{ApprovalFileId, CaseId},
};

/// What the platform says of the rounds of a case, first to last.
pub async fn of_case(db: &impl ConnectionTrait, case: CaseId) -> Result<Vec<Entry>, DbErr> {
    entry::Entity::find()
        .filter(entry::Column::CaseId.eq(case))
        .order_by_asc(entry::Column::Round)
        .order_by_asc(entry::Column::At)
        .order_by_asc(entry::Column::Place)
        .all(db)
        .await
}

/// The files that came with it.
pub(in crate::aid) async fn files(db: &impl ConnectionTrait, case: CaseId) -> Result<Vec<EntryFile>, DbErr> {
    let of = file::Column::CaseId.eq(case);
    file::Entity::find().filter(of).order_by_asc(file::Column::Id).all(db).await
}

/// One of them.
pub(super) async fn file(
    db: &impl ConnectionTrait,
    case: CaseId,
    id: ApprovalFileId,
) -> Result<Option<EntryFile>, DbErr> {
    file::Entity::find_by_id(id).filter(file::Column::CaseId.eq(case)).one(db).await
}

/// The line of the record with which a file came.
pub(super) async fn of_file(db: &impl ConnectionTrait, file: &EntryFile) -> Result<Option<Entry>, DbErr> {
    entry::Entity::find_by_id(file.entry_id).one(db).await
}

pub(super) async fn marks(db: &impl ConnectionTrait, round: &Round) -> Result<BTreeSet<String>, DbErr> {
    let marks: Vec<String> = entry::Entity::find()
        .select_only()
        .column(entry::Column::Mark)
        .filter(entry::Column::CaseId.eq(round.case_id))
        .filter(entry::Column::Round.eq(round.round))
        .into_tuple()
        .all(db)
        .await?;
    Ok(marks.into_iter().collect())
}

pub(super) async fn insert(db: &impl ConnectionTrait, row: Entry) -> Result<(), DbErr> {
    row.into_active_model().reset_all().insert(db).await.map(drop)
}

pub(super) async fn insert_file(db: &impl ConnectionTrait, row: EntryFile) -> Result<(), DbErr> {
    row.into_active_model().reset_all().insert(db).await.map(drop)
}

/// The record of a round has been read.
pub(super) async fn was_read(
    db: &impl ConnectionTrait,
    round: &Round,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    approval::Entity::update_many()
        .set(approval::ActiveModel { read_at: Set(Some(now)), ..Default::default() })
        .filter(approval::Column::Id.eq(round.id))
        .exec(db)
        .await
        .map(drop)
}

//! Queries on public notices and objections.

use chrono::{DateTime, NaiveDate, Utc};
use mailbox::turn::Writer;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, JoinType,
    QueryFilter, QueryOrder, QuerySelect, RelationTrait, Statement,
};

use crate::{
    aid::public_notice::{NoticeState, Objection, PublicNotice, entity, objection},
    ids::{CaseId, ObjectionId, PublicNoticeId, RegionCode},
};

/// One notice.
pub async fn find(db: &impl ConnectionTrait, id: PublicNoticeId) -> Result<Option<PublicNotice>, DbErr> {
    entity::Entity::find_by_id(id).one(db).await
}

/// The notice of a case: the last one, if it was heard again after an appeal.
pub async fn of_case(db: &impl ConnectionTrait, case: CaseId) -> Result<Option<PublicNotice>, DbErr> {
    let of = entity::Column::CaseId.eq(case);
    entity::Entity::find().filter(of).order_by_desc(entity::Column::Id).one(db).await
}

/// Every notice of a case, the first one first.
pub(in crate::aid) async fn all_of(
    db: &impl ConnectionTrait,
    case: CaseId,
) -> Result<Vec<PublicNotice>, DbErr> {
    let of = entity::Column::CaseId.eq(case);
    let by_age = entity::Entity::find().filter(of).order_by_asc(entity::Column::PublishedAt);
    by_age.order_by_asc(entity::Column::Id).all(db).await
}

/// Notices that have hung for all their days: what the job closes.
pub async fn due(
    db: &impl ConnectionTrait,
    today: NaiveDate,
    limit: u64,
) -> Result<Vec<PublicNotice>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::State.eq(NoticeState::Open))
        .filter(entity::Column::ClosesOn.lt(today))
        .order_by_asc(entity::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

pub(in crate::aid) async fn insert(
    db: &impl ConnectionTrait,
    notice: PublicNotice,
) -> Result<PublicNotice, DbErr> {
    notice.into_active_model().reset_all().insert(db).await
}

/// The notices that hang in a region and below it, latest first. What is public on a day, the row itself says.
pub(in crate::aid) async fn up(
    db: &impl ConnectionTrait,
    region: &RegionCode,
) -> Result<Vec<PublicNotice>, DbErr> {
    entity::Entity::find()
        .join(JoinType::InnerJoin, entity::Relation::Case.def())
        .filter(super::case::in_region(region))
        .filter(entity::Column::State.is_in([NoticeState::Open, NoticeState::Frozen]))
        .order_by_desc(entity::Column::Id)
        .limit(200)
        .all(db)
        .await
}

/// Counts that a notice was opened on a day, and not by whom.
pub async fn count_view(db: &impl Writer, notice: PublicNoticeId, day: NaiveDate) -> Result<(), DbErr> {
    let statement = Statement::from_sql_and_values(
        db.get_database_backend(),
        "INSERT INTO aid_notice_view (notice_id, on_day, views) VALUES ($1, $2, 1) \
         ON CONFLICT (notice_id, on_day) DO UPDATE SET views = aid_notice_view.views + 1",
        [notice.uuid().into(), day.into()],
    );
    let _turn = db.turn().await;
    db.execute_raw(statement).await?;
    Ok(())
}

/// How often a notice was opened.
pub async fn views(db: &impl ConnectionTrait, notice: PublicNoticeId) -> Result<i64, DbErr> {
    let statement = Statement::from_sql_and_values(
        db.get_database_backend(),
        "SELECT CAST(coalesce(sum(views), 0) AS bigint) FROM aid_notice_view WHERE notice_id = $1",
        [notice.uuid().into()],
    );
    let row = db.query_one_raw(statement).await?;
    row.map_or(Ok(0), |row| row.try_get_by_index(0))
}

/// Takes a notice down before its end.
pub(in crate::aid) async fn take_down(
    db: &impl ConnectionTrait,
    notice: PublicNotice,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    save(db, PublicNotice { state: NoticeState::TakenDown, updated_at: now, ..notice }).await
}

/// Writes the whole row. The case is locked by whoever calls.
pub(in crate::aid) async fn save(db: &impl ConnectionTrait, notice: PublicNotice) -> Result<(), DbErr> {
    notice.into_active_model().reset_all().update(db).await?;
    Ok(())
}

/// The objections against a case, oldest first.
pub async fn objections(db: &impl ConnectionTrait, case: CaseId) -> Result<Vec<Objection>, DbErr> {
    let of = objection::Column::CaseId.eq(case);
    objection::Entity::find().filter(of).order_by_asc(objection::Column::RecordedAt).all(db).await
}

/// One objection.
pub async fn objection(db: &impl ConnectionTrait, id: ObjectionId) -> Result<Option<Objection>, DbErr> {
    objection::Entity::find_by_id(id).one(db).await
}

pub(in crate::aid) async fn insert_objection(
    db: &impl ConnectionTrait,
    row: Objection,
) -> Result<Objection, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

/// Writes the whole row. The case is locked by whoever calls.
pub(in crate::aid) async fn save_objection(db: &impl ConnectionTrait, row: Objection) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(db).await?;
    Ok(())
}

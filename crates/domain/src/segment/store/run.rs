//! Queries on computations.

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, sea_query::OnConflict,
};

use crate::{
    ids::{SegmentId, SegmentRunId},
    segment::{
        Run, Tally,
        run::{ActiveModel, Column, Entity},
    },
};

/// The last one that was done, if any was.
pub async fn last_done(db: &impl ConnectionTrait, segment: SegmentId) -> Result<Option<Run>, DbErr> {
    let done = Entity::find().filter(Column::SegmentId.eq(segment)).filter(Column::FinishedAt.is_not_null());
    done.order_by_desc(Column::Id).one(db).await
}

/// The one that is under way.
pub async fn open(db: &impl ConnectionTrait, segment: SegmentId) -> Result<Option<Run>, DbErr> {
    let open = Entity::find().filter(Column::SegmentId.eq(segment)).filter(Column::FinishedAt.is_null());
    open.one(db).await
}

/// The oldest one that is under way, of any segment.
pub(in crate::segment) async fn next(db: &impl ConnectionTrait) -> Result<Option<Run>, DbErr> {
    Entity::find().filter(Column::FinishedAt.is_null()).order_by_asc(Column::Id).one(db).await
}

/// Those of a day and those that are under way, the last first.
pub(in crate::segment) async fn of_day(db: &impl ConnectionTrait, on: NaiveDate) -> Result<Vec<Run>, DbErr> {
    let which = Condition::any().add(Column::OnDay.eq(on)).add(Column::FinishedAt.is_null());
    Entity::find().filter(which).order_by_desc(Column::Id).all(db).await
}

pub(in crate::segment) async fn locked(
    db: &impl ConnectionTrait,
    id: SegmentRunId,
) -> Result<Option<Run>, DbErr> {
    Entity::find_by_id(id).lock_exclusive().one(db).await
}

/// Another server may have begun the same one at the same moment.
pub(in crate::segment) async fn begin(db: &impl ConnectionTrait, row: Run) -> Result<(), DbErr> {
    let row = row.into_active_model().reset_all();
    let begun = OnConflict::new().do_nothing().to_owned();
    Entity::insert_many([row]).on_conflict(begun).exec_without_returning(db).await?;
    Ok(())
}

/// How many there were in each segment when it was last computed.
pub(in crate::segment) async fn tallies(db: &impl ConnectionTrait) -> Result<Vec<(SegmentId, Tally)>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::SegmentId)
        .column(Column::Tally)
        .filter(Column::Tally.is_not_null())
        .into_tuple()
        .all(db)
        .await
}

/// What these were counted as counts no more: another computation says it now, or nobody is in them.
pub(in crate::segment) async fn drop_tallies(
    db: &impl ConnectionTrait,
    segments: &[SegmentId],
) -> Result<(), DbErr> {
    Entity::update_many()
        .set(ActiveModel { tally: Set(None), ..Default::default() })
        .filter(Column::SegmentId.is_in(segments.iter().copied()))
        .filter(Column::Tally.is_not_null())
        .exec(db)
        .await?;
    Ok(())
}

/// Writes the whole row, which is locked.
pub(in crate::segment) async fn save(db: &impl ConnectionTrait, row: Run) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(db).await?;
    Ok(())
}

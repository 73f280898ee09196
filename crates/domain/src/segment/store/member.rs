//! Queries on who is in which segment.

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, sea_query::SelectStatement,
};

use crate::{
    ids::{PersonId, SegmentId, SegmentMemberId, SegmentRunId, UnitId},
    segment::{
        Cause, Member, Standing,
        member::{ActiveModel, Column, Entity},
    },
};

/// Ids per statement.
const IDS: u64 = 5_000;

/// Everything of one person, the newest first.
pub async fn of_person(db: &impl ConnectionTrait, id: PersonId) -> Result<Vec<Member>, DbErr> {
    Entity::find().filter(Column::PersonId.eq(id)).order_by_desc(Column::Id).all(db).await
}

/// Who is in a segment today, for a query over persons.
pub(crate) fn now(segment: SegmentId, standing: Standing) -> SelectStatement {
    let open = Entity::find().select_only().column(Column::PersonId).filter(Column::SegmentId.eq(segment));
    open.filter(Column::Standing.eq(standing)).filter(Column::UntilOn.is_null()).into_query()
}

/// What is open of a segment among the people after one and up to another.
pub(in crate::segment) async fn open_between(
    db: &impl ConnectionTrait,
    segment: SegmentId,
    (after, to): (Option<PersonId>, Option<PersonId>),
) -> Result<Vec<Member>, DbErr> {
    let mut open = Entity::find().filter(Column::SegmentId.eq(segment)).filter(Column::UntilOn.is_null());
    if let Some(after) = after {
        open = open.filter(Column::PersonId.gt(after));
    }
    if let Some(to) = to {
        open = open.filter(Column::PersonId.lte(to));
    }
    open.order_by_asc(Column::PersonId).all(db).await
}

/// Who is in a segment today, by id, some thousand at a time.
pub(in crate::segment) async fn ids(
    db: &impl ConnectionTrait,
    segment: SegmentId,
    after: Option<PersonId>,
) -> Result<Vec<PersonId>, DbErr> {
    let mut open = Entity::find()
        .select_only()
        .column(Column::PersonId)
        .filter(Column::SegmentId.eq(segment))
        .filter(Column::Standing.eq(Standing::Member))
        .filter(Column::UntilOn.is_null());
    if let Some(after) = after {
        open = open.filter(Column::PersonId.gt(after));
    }
    open.order_by_asc(Column::PersonId).limit(IDS).into_tuple().all(db).await
}

/// Of how many of a segment somebody must find out.
pub(in crate::segment) async fn unsure(db: &impl ConnectionTrait, id: SegmentId) -> Result<u64, DbErr> {
    Entity::find()
        .filter(Column::SegmentId.eq(id))
        .filter(Column::Standing.eq(Standing::Unsure))
        .filter(Column::UntilOn.is_null())
        .count(db)
        .await
}

/// How many a computation took in and put out.
pub(in crate::segment) async fn moved(
    db: &impl ConnectionTrait,
    run: SegmentRunId,
) -> Result<(u64, u64), DbErr> {
    let members = || Entity::find().filter(Column::Standing.eq(Standing::Member));
    let joined = members().filter(Column::JoinedRun.eq(run)).count(db).await?;
    let gone = members().filter(Column::LeftRun.eq(run)).count(db).await?;
    Ok((joined, gone))
}

/// Another unit manages the person.
pub(crate) async fn managed_by(
    db: &impl ConnectionTrait,
    person: PersonId,
    unit: UnitId,
) -> Result<(), DbErr> {
    Entity::update_many()
        .set(ActiveModel { unit_id: Set(unit), ..Default::default() })
        .filter(Column::PersonId.eq(person))
        .exec(db)
        .await?;
    Ok(())
}

pub(in crate::segment) async fn insert(db: &impl ConnectionTrait, rows: &[Member]) -> Result<(), DbErr> {
    for some in rows.chunks(500) {
        let rows = some.iter().map(|row| row.clone().into_active_model().reset_all());
        Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

/// These end, for the same reason.
pub(in crate::segment) async fn close(
    db: &impl ConnectionTrait,
    rows: &[SegmentMemberId],
    (on, run, why): (NaiveDate, SegmentRunId, &Cause),
) -> Result<(), DbErr> {
    for some in rows.chunks(500) {
        let change = ActiveModel { left_run: Set(Some(run)), ..ended(on, why) };
        Entity::update_many()
            .set(change)
            .filter(Column::Id.is_in(some.iter().copied()))
            // A death was faster.
            .filter(Column::UntilOn.is_null())
            .exec(db)
            .await?;
    }
    Ok(())
}

fn ended(on: NaiveDate, why: &Cause) -> ActiveModel {
    ActiveModel { until_on: Set(Some(on)), left_why: Set(Some(why.clone())), ..Default::default() }
}

/// What is open of one person ends on a day.
pub(in crate::segment) async fn end_of_person(
    db: &impl ConnectionTrait,
    person: PersonId,
    (on, why): (NaiveDate, &Cause),
) -> Result<(), DbErr> {
    let open = Entity::find().filter(Column::PersonId.eq(person)).filter(Column::UntilOn.is_null());
    for row in open.all(db).await? {
        // A death that is written down late ends what began since on the day on which it began.
        let change = ended(Ord::max(on, row.from_on), why);
        Entity::update_many().set(change).filter(Column::Id.eq(row.id)).exec(db).await?;
    }
    Ok(())
}

/// What is open of these segments ends today.
pub(in crate::segment) async fn end_all(
    db: &impl ConnectionTrait,
    segments: &[SegmentId],
    (on, why): (NaiveDate, &Cause),
) -> Result<(), DbErr> {
    Entity::update_many()
        .set(ended(on, why))
        .filter(Column::SegmentId.is_in(segments.iter().copied()))
        .filter(Column::UntilOn.is_null())
        .exec(db)
        .await?;
    Ok(())
}

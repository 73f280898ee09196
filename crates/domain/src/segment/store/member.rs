//! Queries on who is in which segment.

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, JoinType, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait, RelationTrait, Select,
    sea_query::{Expr, ExprTrait, SelectStatement},
};

use crate::{
    authority::Scope,
    ids::{PersonId, SegmentId, SegmentMemberId, SegmentRunId},
    person::{self, leader, store as people},
    segment::{
        Cause, Member, Standing,
        member::{ActiveModel, Column, Entity, Relation},
    },
};

/// Ids per statement.
const IDS: u64 = 5_000;
/// So many changes are counted one by one.
pub const MOST: u64 = 1_000;

/// Everything of one person, the newest first.
pub async fn of_person(db: &impl ConnectionTrait, id: PersonId) -> Result<Vec<Member>, DbErr> {
    Entity::find().filter(Column::PersonId.eq(id)).order_by_desc(Column::Id).all(db).await
}

/// Is somebody in a segment today, for a query over names? Where there are `few` at most, they are all read once; else each name is looked up, so that
/// a page of a large segment does not begin with reading it.
pub(in crate::segment) async fn named(
    db: &impl ConnectionTrait,
    (segment, standing): (SegmentId, Standing),
    few: u64,
) -> Result<Expr, DbErr> {
    let mut open = now(segment, standing);
    let another: Option<PersonId> = Entity::find()
        .select_only()
        .column(Column::PersonId)
        .filter(Column::SegmentId.eq(segment))
        .filter(Column::Standing.eq(standing))
        .filter(Column::UntilOn.is_null())
        .offset(few)
        .limit(1)
        .into_tuple()
        .one(db)
        .await?;
    if another.is_none() {
        return Ok(person::name::entity::Column::PersonId.in_subquery(open));
    }
    let name = (person::name::entity::Entity, person::name::entity::Column::PersonId);
    let own = Expr::col((Entity, Column::PersonId)).equals(name);
    open.and_where(own);
    Ok(Expr::exists(open))
}

/// Who is in a segment today, for a query over persons.
pub(crate) fn now(segment: SegmentId, standing: Standing) -> SelectStatement {
    let open = Entity::find().select_only().column(Column::PersonId).filter(Column::SegmentId.eq(segment));
    open.filter(Column::Standing.eq(standing)).filter(Column::UntilOn.is_null()).into_query()
}

/// Who came in after a day, among the people of these scopes: how many, and the last of them.
pub(in crate::segment) async fn joined_since(
    db: &impl ConnectionTrait,
    (segment, scopes): (SegmentId, &[Scope]),
    (since, limit): (NaiveDate, u64),
) -> Result<(u64, Vec<Member>), DbErr> {
    let which = within(Entity::find(), scopes)
        .filter(Column::SegmentId.eq(segment))
        .filter(Column::Standing.eq(Standing::Member))
        .filter(Column::FromOn.gt(since))
        .filter(Condition::any().add(Column::UntilOn.is_null()).add(lasted()));
    let many = at_most(db, which.clone()).await?;
    let last = which.order_by_desc(Column::FromOn).order_by_desc(Column::Id).limit(limit);
    Ok((many, last.all(db).await?))
}

/// Who went out after a day, the same way.
pub(in crate::segment) async fn left_since(
    db: &impl ConnectionTrait,
    (segment, scopes): (SegmentId, &[Scope]),
    (since, limit): (NaiveDate, u64),
) -> Result<(u64, Vec<Member>), DbErr> {
    let which = within(Entity::find(), scopes)
        .filter(Column::SegmentId.eq(segment))
        .filter(Column::Standing.eq(Standing::Member))
        .filter(Column::UntilOn.gt(since))
        .filter(lasted());
    let many = at_most(db, which.clone()).await?;
    let last = which.order_by_desc(Column::UntilOn).order_by_desc(Column::Id).limit(limit);
    Ok((many, last.all(db).await?))
}

/// How many, but not more than [`MOST`]: nobody reads more, and counting them would take as long as a list.
async fn at_most(db: &impl ConnectionTrait, which: Select<Entity>) -> Result<u64, DbErr> {
    let some: Vec<SegmentMemberId> =
        which.select_only().column(Column::Id).limit(MOST).into_tuple().all(db).await?;
    Ok(some.len() as u64)
}

/// What ended on the day on which it began never was.
fn lasted() -> Expr {
    Expr::col((Entity, Column::UntilOn)).gt(Expr::col((Entity, Column::FromOn)))
}

/// By the managing unit.
pub(super) fn within(members: Select<Entity>, scopes: &[Scope]) -> Select<Entity> {
    listed(members).filter(people::within(scopes))
}

/// Provincial leaders and merged records are in no list.
pub(super) fn listed(members: Select<Entity>) -> Select<Entity> {
    members
        .join(JoinType::InnerJoin, Relation::Person.def())
        .join(JoinType::InnerJoin, person::entity::Relation::Unit.def())
        .filter(person::entity::Column::UnitId.ne(leader::unit_id()))
        .filter(person::entity::Column::MergedInto.is_null())
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

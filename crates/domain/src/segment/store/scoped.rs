//! Queries on the members whom a reader sees: by the managing unit, without provincial leaders and merged records.

use chrono::NaiveDate;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait, Select,
    sea_query::{Expr, ExprTrait},
};

use super::member::now;
use crate::{
    authority::Scope,
    ids::{PersonId, SegmentId, SegmentMemberId, UnitId},
    person::{self, leader, name::entity as name, store as people},
    segment::{
        Member, Standing,
        changes::Few,
        member::{Column, Entity, Relation},
    },
};

/// So many changes are counted one by one.
pub const MOST: u64 = 1_000;

/// Is somebody in a segment today, for a query over names that keeps to the scopes itself? Where there are few, they are all read once; else each name is
/// looked up, so that a page of a large segment does not begin with reading it.
pub(in crate::segment) async fn named(
    db: &impl ConnectionTrait,
    (segment, standing, scopes): (SegmentId, Standing, &[Scope]),
    few: Few,
) -> Result<Expr, DbErr> {
    let of_segment = Entity::find()
        .select_only()
        .column(Column::PersonId)
        .filter(Column::SegmentId.eq(segment))
        .filter(Column::Standing.eq(standing))
        .filter(Column::UntilOn.is_null());
    let here = match few_units(db, scopes, few).await? {
        Some(units) => of_segment.filter(Column::UnitId.is_in(units)),
        None => of_segment,
    };
    let here: Vec<PersonId> = here.limit(few.people + 1).into_tuple().all(db).await?;
    if here.len() as u64 <= few.people {
        return Ok(name::Column::PersonId.is_in(filled(here)));
    }
    let mut open = now(segment, standing);
    open.and_where(Expr::col((Entity, Column::PersonId)).equals((name::Entity, name::Column::PersonId)));
    Ok(Expr::exists(open))
}

/// Who came in after a day: how many ([`MOST`] at most), and the last of them.
pub(in crate::segment) async fn joined_since(
    db: &impl ConnectionTrait,
    (segment, scopes, few): (SegmentId, &[Scope], Few),
    (since, limit): (NaiveDate, u64),
) -> Result<(u64, Vec<Member>), DbErr> {
    let which = reached(db, Entity::find(), (scopes, few))
        .await?
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
    (segment, scopes, few): (SegmentId, &[Scope], Few),
    (since, limit): (NaiveDate, u64),
) -> Result<(u64, Vec<Member>), DbErr> {
    let which = reached(db, Entity::find(), (scopes, few))
        .await?
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

/// Those whom the scopes reach. Of a few units they are looked for; of many they are met soon enough by walking the segment.
pub(super) async fn reached(
    db: &impl ConnectionTrait,
    members: Select<Entity>,
    (scopes, few): (&[Scope], Few),
) -> Result<Select<Entity>, DbErr> {
    Ok(match few_units(db, scopes, few).await? {
        Some(units) => kept(members).filter(Column::UnitId.is_in(units)),
        None => listed(members).filter(people::within(scopes)),
    })
}

/// With their units, whoever sees them.
pub(super) fn listed(members: Select<Entity>) -> Select<Entity> {
    kept(members).join(JoinType::InnerJoin, person::entity::Relation::Unit.def())
}

fn kept(members: Select<Entity>) -> Select<Entity> {
    members
        .join(JoinType::InnerJoin, Relation::Person.def())
        .filter(person::entity::Column::UnitId.ne(leader::unit_id()))
        .filter(person::entity::Column::MergedInto.is_null())
}

/// The units of these scopes, if they are few.
async fn few_units(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
    few: Few,
) -> Result<Option<Vec<UnitId>>, DbErr> {
    let units: Vec<UnitId> = person::unit::Entity::find()
        .select_only()
        .column(person::unit::Column::Id)
        .filter(people::units_within(scopes))
        .limit(few.units + 1)
        .into_tuple()
        .all(db)
        .await?;
    Ok(Some(units).filter(|units| units.len() as u64 <= few.units).map(filled))
}

/// The last one again and again up to a power of two, which changes nothing: every number of ids is a statement of its own, and a connection keeps
/// those that it has seen.
fn filled<T: Copy>(mut ids: Vec<T>) -> Vec<T> {
    if let Some(last) = ids.last().copied() {
        ids.resize(ids.len().next_power_of_two(), last);
    }
    ids
}

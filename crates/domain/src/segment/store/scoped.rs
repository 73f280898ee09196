//! Queries on the members whom a reader sees: by the managing unit, without provincial leaders and merged records.

use chrono::NaiveDate;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, RelationTrait, Select,
    sea_query::{Expr, ExprTrait, Func},
};

use super::member::now;
use crate::{
    authority::Scope,
    ids::{PersonId, SegmentId, SegmentMemberId, UnitId},
    person::{entity as person, leader, name::entity as name, store as people, unit},
    segment::{
        Member, Standing,
        changes::Few,
        member::{Column, Entity, Relation},
    },
};

/// So many changes are counted one by one.
pub const MOST: usize = 1_000;

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
        // In the order of an index, or PostgreSQL reads the table until it has met so many.
        None => of_segment.order_by_asc(Column::PersonId),
    };
    let here: Vec<PersonId> = here.limit(few.people + 1).into_tuple().all(db).await?;
    if here.len() as u64 <= few.people {
        return Ok(name::Column::PersonId.is_in(filled(here)));
    }
    let mut open = now(segment, standing);
    open.and_where(Expr::col((Entity, Column::PersonId)).equals((name::Entity, name::Column::PersonId)));
    // Without the offset PostgreSQL may begin with the members; of a new segment it does not know how many they are.
    open.limit(1).offset(0);
    Ok(Expr::exists(open))
}

/// Who came in after a day: how many ([`MOST`] at most), and the last of them.
pub(in crate::segment) async fn joined_since(
    db: &impl ConnectionTrait,
    (segment, scopes, few): (SegmentId, &[Scope], Few),
    (since, limit): (NaiveDate, usize),
) -> Result<(usize, Vec<Member>), DbErr> {
    let lives = Condition::any().add(Column::UntilOn.is_null()).add(lasted());
    let which = Entity::find().filter(Column::SegmentId.eq(segment)).filter(lives);
    last(db, (which, Column::FromOn), (scopes, few), (since, limit)).await
}

/// Who went out after a day, the same way.
pub(in crate::segment) async fn left_since(
    db: &impl ConnectionTrait,
    (segment, scopes, few): (SegmentId, &[Scope], Few),
    (since, limit): (NaiveDate, usize),
) -> Result<(usize, Vec<Member>), DbErr> {
    let which = Entity::find().filter(Column::SegmentId.eq(segment)).filter(lasted());
    last(db, (which, Column::UntilOn), (scopes, few), (since, limit)).await
}

/// How many, but not more than [`MOST`], as nobody reads more and counting them would take as long as a list; and the last of them.
async fn last(
    db: &impl ConnectionTrait,
    (which, day): (Select<Entity>, Column),
    (scopes, few): (&[Scope], Few),
    (since, limit): (NaiveDate, usize),
) -> Result<(usize, Vec<Member>), DbErr> {
    let (which, on) = match few_units(db, scopes, few).await? {
        Some(units) => (of_units(which, units), beyond_indexes(day)),
        None => (of_regions(which, scopes), Expr::col((Entity, day))),
    };
    let ids: Vec<SegmentMemberId> = which
        .select_only()
        .column(Column::Id)
        .filter(Column::Standing.eq(Standing::Member))
        .filter(on.clone().gt(since))
        .order_by_desc(on)
        .order_by_desc(Column::Id)
        .limit(MOST as u64)
        .into_tuple()
        .all(db)
        .await?;
    let shown = filled(ids.iter().take(limit).copied().collect());
    let rows = Entity::find().filter(Column::Id.is_in(shown)).order_by_desc(day).order_by_desc(Column::Id);
    Ok((ids.len(), rows.all(db).await?))
}

/// The same day, of which no index knows: SQLite would rather walk what changed of everybody, in order, than sort what changed of a few units.
fn beyond_indexes(day: Column) -> Expr {
    let day = || Expr::col((Entity, day));
    Func::coalesce([day(), day()]).into()
}

/// What ended on the day on which it began never was.
fn lasted() -> Expr {
    Expr::col((Entity, Column::UntilOn)).gt(Expr::col((Entity, Column::FromOn)))
}

/// Those whom the scopes reach. Of a few units they are looked for; of many they are met soon enough by walking the segment.
pub(super) async fn reached(
    db: &impl ConnectionTrait,
    members: Select<Entity>,
    scopes: &[Scope],
) -> Result<Select<Entity>, DbErr> {
    Ok(match few_units(db, scopes, Few::USUAL).await? {
        Some(units) => of_units(members, units),
        None => of_regions(members, scopes),
    })
}

fn of_units(members: Select<Entity>, units: Vec<UnitId>) -> Select<Entity> {
    kept(members).filter(Column::UnitId.is_in(units))
}

fn of_regions(members: Select<Entity>, scopes: &[Scope]) -> Select<Entity> {
    listed(members).filter(people::reached(scopes, unit::Column::Region, Column::UnitId))
}

/// With their units, whoever sees them.
pub(super) fn listed(members: Select<Entity>) -> Select<Entity> {
    kept(members).join(JoinType::InnerJoin, Relation::Unit.def())
}

/// Merged records are few: it is sooner asked whether somebody is one of them than what each person is.
fn kept(members: Select<Entity>) -> Select<Entity> {
    let merged = person::Entity::find().select_only().column(person::Column::Id);
    let merged = merged.filter(person::Column::MergedInto.is_not_null()).into_query();
    members.filter(Column::UnitId.ne(leader::unit_id())).filter(Column::PersonId.not_in_subquery(merged))
}

/// The units of these scopes, if they are few.
async fn few_units(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
    few: Few,
) -> Result<Option<Vec<UnitId>>, DbErr> {
    let units: Vec<UnitId> = unit::Entity::find()
        .select_only()
        .column(unit::Column::Id)
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

//! Queries on the people of plans. A provincial leader is in none of these lists.

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, JoinType,
    QueryFilter, QueryOrder, QuerySelect, RelationTrait, Select,
};

use crate::{
    authority::Scope,
    ids::{AccountId, OutreachEntryId, OutreachPlanId, PersonId},
    outreach::{
        Entry, EntryState, PlanState,
        entry::{Column, Entity, Relation},
        plan,
    },
    person::{self, leader},
};

/// Rows per statement.
const SOME: usize = 500;

/// One.
pub async fn find(db: &impl ConnectionTrait, id: OutreachEntryId) -> Result<Option<Entry>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

pub(in crate::outreach) async fn locked(
    db: &impl ConnectionTrait,
    id: OutreachEntryId,
) -> Result<Option<Entry>, DbErr> {
    Entity::find_by_id(id).lock_exclusive().one(db).await
}

fn ordinary() -> Select<Entity> {
    Entity::find()
        .join(JoinType::InnerJoin, Relation::Person.def())
        .filter(person::entity::Column::UnitId.ne(leader::unit_id()))
}

/// Everybody on a plan, by their way, then by id.
pub async fn of_plan(db: &impl ConnectionTrait, plan: OutreachPlanId) -> Result<Vec<Entry>, DbErr> {
    ordinary().filter(Column::PlanId.eq(plan)).order_by_asc(Column::Id).all(db).await
}

/// The same with whoever has become a leader since: for sums.
pub(in crate::outreach) async fn all_of_plan(
    db: &impl ConnectionTrait,
    plan: OutreachPlanId,
) -> Result<Vec<Entry>, DbErr> {
    Entity::find().filter(Column::PlanId.eq(plan)).order_by_asc(Column::Id).all(db).await
}

/// What counts of some people: on whichever plan they are and were not left out or missed.
pub(in crate::outreach) async fn taken(
    db: &impl ConnectionTrait,
    people: &[PersonId],
) -> Result<Vec<Entry>, DbErr> {
    let mut found = Vec::new();
    for some in people.chunks(SOME) {
        let rows = Entity::find()
            .filter(Column::PersonId.is_in(some.iter().copied()))
            .filter(Column::State.is_not_in([EntryState::LeftOut, EntryState::Missed]));
        found.extend(rows.all(db).await?);
    }
    Ok(found)
}

/// Which of these are on some list.
pub async fn planned(db: &impl ConnectionTrait, rounds: &[String]) -> Result<Vec<String>, DbErr> {
    let mut found = Vec::new();
    for some in rounds.chunks(SOME) {
        let on_a_list = Entity::find()
            .select_only()
            .column(Column::Round)
            .distinct()
            .filter(Column::Round.is_in(some.iter().cloned()))
            .filter(Column::State.ne(EntryState::LeftOut));
        found.extend(on_a_list.into_tuple::<String>().all(db).await?);
    }
    Ok(found)
}

/// Where a person is on a plan, latest first.
pub async fn of_person(db: &impl ConnectionTrait, person: PersonId, limit: u64) -> Result<Vec<Entry>, DbErr> {
    Entity::find().filter(Column::PersonId.eq(person)).order_by_desc(Column::Id).limit(limit).all(db).await
}

/// Whom a worker has still to see, on plans that were agreed to, in the order of the way.
pub async fn of_worker(db: &impl ConnectionTrait, worker: &AccountId) -> Result<Vec<Entry>, DbErr> {
    due(Column::Worker.eq(worker.clone()).into())
        .order_by_asc(Column::PlanId)
        .order_by_asc(Column::PlaceNo)
        .order_by_asc(Column::Id)
        .all(db)
        .await
}

/// Who is still to be seen among the people of these places, by where they are now, the most urgent first.
pub async fn open_in(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
    until: Option<NaiveDate>,
    limit: u64,
) -> Result<Vec<Entry>, DbErr> {
    let soon = until.map_or_else(Condition::all, |day| Condition::all().add(Column::DueOn.lt(day)));
    due(soon)
        .join(JoinType::InnerJoin, person::entity::Relation::Unit.def())
        .filter(person::store::within(scopes))
        .order_by_asc(Column::DueOn)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// Who has somebody to see by a day, or had.
pub(in crate::outreach) async fn goers(
    db: &impl ConnectionTrait,
    until: NaiveDate,
) -> Result<Vec<AccountId>, DbErr> {
    due(Column::DueOn.lte(until).into())
        .filter(Column::Worker.is_not_null())
        .select_only()
        .column(Column::Worker)
        .distinct()
        .order_by_asc(Column::Worker)
        .into_tuple()
        .all(db)
        .await
}

fn due(which: Condition) -> Select<Entity> {
    ordinary()
        .join(JoinType::InnerJoin, Relation::Plan.def())
        .filter(plan::Column::State.eq(PlanState::Approved))
        .filter(Column::State.eq(EntryState::Listed))
        .filter(which)
}

/// Where a person was taken off by a death.
pub(in crate::outreach) async fn died_of_person(
    db: &impl ConnectionTrait,
    person: PersonId,
) -> Result<Vec<Entry>, DbErr> {
    Entity::find()
        .filter(Column::PersonId.eq(person))
        .filter(Column::State.eq(EntryState::Died))
        .order_by_asc(Column::PlanId)
        .all(db)
        .await
}

/// Where a person is still to be seen, in whichever state the plan is; locked.
pub(in crate::outreach) async fn listed_of_person(
    db: &impl ConnectionTrait,
    person: PersonId,
) -> Result<Vec<Entry>, DbErr> {
    Entity::find()
        .filter(Column::PersonId.eq(person))
        .filter(Column::State.eq(EntryState::Listed))
        .order_by_asc(Column::PlanId)
        .all(db)
        .await
}

pub(in crate::outreach) async fn insert_all(db: &impl ConnectionTrait, rows: &[Entry]) -> Result<(), DbErr> {
    for some in rows.chunks(SOME) {
        let rows = some.iter().map(|row| row.clone().into_active_model().reset_all());
        Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Writes the whole row, which is locked, or whose plan is.
pub(in crate::outreach) async fn save(db: &impl ConnectionTrait, row: Entry) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(db).await?;
    Ok(())
}

//! Queries on visits.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, JoinType,
    QueryFilter, QueryOrder, QuerySelect, RelationTrait,
};

use crate::{
    authority::Scope,
    ids::{OutreachEntryId, OutreachPlanId, OutreachVisitId, PersonId},
    outreach::{
        Outcome, Visit, entry,
        visit::{Column, Entity, Relation},
    },
    person,
};

/// One.
pub async fn find(db: &impl ConnectionTrait, id: OutreachVisitId) -> Result<Option<Visit>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

pub(in crate::outreach) async fn locked(
    db: &impl ConnectionTrait,
    id: OutreachVisitId,
) -> Result<Option<Visit>, DbErr> {
    Entity::find_by_id(id).lock_exclusive().one(db).await
}

/// To somebody on a plan, oldest first.
pub async fn of_entry(db: &impl ConnectionTrait, entry: OutreachEntryId) -> Result<Vec<Visit>, DbErr> {
    Entity::find().filter(Column::EntryId.eq(entry)).order_by_asc(Column::Id).all(db).await
}

/// Of a whole plan.
pub async fn of_plan(db: &impl ConnectionTrait, plan: OutreachPlanId) -> Result<Vec<Visit>, DbErr> {
    Entity::find()
        .join(JoinType::InnerJoin, Relation::Entry.def())
        .filter(entry::Column::PlanId.eq(plan))
        .order_by_asc(Column::Id)
        .all(db)
        .await
}

/// What somebody was given, latest first.
pub async fn given_to(db: &impl ConnectionTrait, person: PersonId, limit: u64) -> Result<Vec<Visit>, DbErr> {
    Entity::find()
        .join(JoinType::InnerJoin, Relation::Entry.def())
        .filter(entry::Column::PersonId.eq(person))
        .filter(Column::Outcome.eq(Outcome::Given))
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// When somebody was with these people last, until a day, as far as was known at a moment.
pub(crate) async fn last_of(
    db: &impl ConnectionTrait,
    persons: &[PersonId],
    (on, known): (NaiveDate, DateTime<Utc>),
) -> Result<HashMap<PersonId, NaiveDate>, DbErr> {
    let mut found = HashMap::new();
    for some in persons.chunks(500) {
        let rows: Vec<(PersonId, NaiveDate)> = Entity::find()
            .join(JoinType::InnerJoin, Relation::Entry.def())
            .select_only()
            .column(entry::Column::PersonId)
            .column_as(Column::OnDay.max(), "last")
            .filter(entry::Column::PersonId.is_in(some.iter().copied()))
            .filter(Column::Outcome.eq(Outcome::Given))
            .filter(Column::OnDay.lte(on))
            .filter(Column::RecordedAt.lte(known))
            .group_by(entry::Column::PersonId)
            .into_tuple()
            .all(db)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

/// 诉求 that nobody has seen to, among the people of these places, oldest first.
pub async fn asked_in(db: &impl ConnectionTrait, scopes: &[Scope], limit: u64) -> Result<Vec<Visit>, DbErr> {
    Entity::find()
        .join(JoinType::InnerJoin, Relation::Entry.def())
        .join(JoinType::InnerJoin, entry::Relation::Person.def())
        .join(JoinType::InnerJoin, person::entity::Relation::Unit.def())
        .filter(person::store::within(scopes))
        .filter(Column::Said.is_not_null())
        .filter(Column::AnsweredAt.is_null())
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db)
        .await
}

pub(in crate::outreach) async fn insert(db: &impl ConnectionTrait, row: Visit) -> Result<Visit, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

/// Writes the whole row, which is locked.
pub(in crate::outreach) async fn save(db: &impl ConnectionTrait, row: Visit) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(db).await?;
    Ok(())
}

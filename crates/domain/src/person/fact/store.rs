//! Every query on facts.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, QueryTrait, sea_query::Expr,
};

use super::{FactKind, Level, PersonFact, entity};
use crate::{
    ids::{AccountId, PersonFactId, PersonId, RegionCode},
    person::{self, store::begins_with},
};

/// Rows per statement.
const CHUNK: usize = 500;

/// Everything that was ever written of a person, superseded rows too, in the order of kinds and days.
pub async fn all_of(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<PersonFact>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::PersonId.eq(person))
        .order_by_asc(entity::Column::Kind)
        .order_by_asc(entity::Column::FromOn)
        .order_by_asc(entity::Column::Id)
        .all(db)
        .await
}

/// What is said of a person now, episodes that have ended included: the history that a page shows.
pub async fn history(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<PersonFact>, DbErr> {
    let mut rows = all_of(db, person).await?;
    rows.retain(|row| row.superseded_at.is_none());
    Ok(rows)
}

/// What is so now and has no end.
pub async fn current(
    db: &impl ConnectionTrait,
    person: PersonId,
    kind: FactKind,
) -> Result<Option<PersonFact>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::PersonId.eq(person))
        .filter(entity::Column::Kind.eq(kind))
        .filter(is_current())
        .one(db)
        .await
}

/// What was so on a day, as far as was known at a moment, of one person.
pub async fn of_person_as_of(
    db: &impl ConnectionTrait,
    person: PersonId,
    (on, known): (NaiveDate, DateTime<Utc>),
) -> Result<Vec<PersonFact>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::PersonId.eq(person))
        .filter(held(on, known))
        .order_by_asc(entity::Column::Kind)
        .all(db)
        .await
}

/// The same of some kinds, of many persons.
pub async fn as_of(
    db: &impl ConnectionTrait,
    kinds: &[FactKind],
    persons: &[PersonId],
    (on, known): (NaiveDate, DateTime<Utc>),
) -> Result<Vec<PersonFact>, DbErr> {
    let mut found = Vec::new();
    for some in persons.chunks(CHUNK) {
        let rows = entity::Entity::find()
            .filter(entity::Column::Kind.is_in(kinds.iter().copied()))
            .filter(entity::Column::PersonId.is_in(some.iter().copied()))
            .filter(held(on, known))
            .all(db)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

/// Everybody of whom a bare kind held.
pub async fn holders_as_of(
    db: &impl ConnectionTrait,
    kind: FactKind,
    (on, known): (NaiveDate, DateTime<Utc>),
) -> Result<Vec<PersonFact>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::Kind.eq(kind))
        .filter(held(on, known))
        .order_by_asc(entity::Column::PersonId)
        .all(db)
        .await
}

/// Does a kind hold on a day as it is said now, with one of these levels if there are any? Of a query over persons; asked person by person,
/// so that a page of them does not first read whoever else it holds of.
pub(crate) fn holds(kind: FactKind, levels: &[Level], on: NaiveDate) -> Expr {
    use sea_orm::ExprTrait as _;
    let own = Expr::col((entity::Entity, entity::Column::PersonId))
        .equals((person::entity::Entity, person::entity::Column::Id));
    let mut found = entity::Entity::find()
        .select_only()
        .expr(Expr::val(1))
        .filter(own)
        .filter(entity::Column::Kind.eq(kind))
        .filter(entity::Column::SupersededAt.is_null())
        .filter(entity::Column::FromOn.lte(on))
        .filter(Condition::any().add(entity::Column::ToOn.is_null()).add(entity::Column::ToOn.gt(on)));
    if !levels.is_empty() {
        found = found.filter(entity::Column::Value.is_in(levels.iter().map(|level| level.code())));
    }
    Expr::exists(found.into_query())
}

fn held(on: NaiveDate, known: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(entity::Column::RecordedAt.lte(known))
        .add(
            Condition::any()
                .add(entity::Column::SupersededAt.is_null())
                .add(entity::Column::SupersededAt.gt(known)),
        )
        .add(entity::Column::FromOn.lte(on))
        .add(Condition::any().add(entity::Column::ToOn.is_null()).add(entity::Column::ToOn.gt(on)))
}

fn is_current() -> Condition {
    Condition::all().add(entity::Column::ToOn.is_null()).add(entity::Column::SupersededAt.is_null())
}

/// What is said now of one kind, of one person, by day.
pub(super) async fn said(
    db: &impl ConnectionTrait,
    person: PersonId,
    kind: FactKind,
) -> Result<Vec<PersonFact>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::PersonId.eq(person))
        .filter(entity::Column::Kind.eq(kind))
        .filter(entity::Column::SupersededAt.is_null())
        .order_by_asc(entity::Column::FromOn)
        .all(db)
        .await
}

/// What is said now of many persons.
pub(crate) async fn said_of(
    db: &impl ConnectionTrait,
    persons: &[PersonId],
) -> Result<Vec<PersonFact>, DbErr> {
    let mut found = Vec::new();
    for some in persons.chunks(CHUNK) {
        let rows = entity::Entity::find()
            .filter(entity::Column::PersonId.is_in(some.iter().copied()))
            .filter(entity::Column::SupersededAt.is_null())
            .order_by_asc(entity::Column::FromOn);
        found.extend(rows.all(db).await?);
    }
    Ok(found)
}

pub(crate) async fn insert(db: &impl ConnectionTrait, rows: &[PersonFact]) -> Result<(), DbErr> {
    for some in rows.chunks(CHUNK) {
        let rows = some.iter().map(|row| row.clone().into_active_model().reset_all());
        entity::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

/// From now on something else is said. `false`: somebody else said so already.
pub(super) async fn supersede(
    db: &impl ConnectionTrait,
    id: PersonFactId,
    by: Option<&AccountId>,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let change = entity::ActiveModel {
        superseded_at: Set(Some(now)),
        superseded_by: Set(by.cloned()),
        ..Default::default()
    };
    let done = entity::Entity::update_many()
        .set(change)
        .filter(entity::Column::Id.eq(id))
        .filter(entity::Column::SupersededAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// One row, superseded or not.
pub async fn find(db: &impl ConnectionTrait, id: PersonFactId) -> Result<Option<PersonFact>, DbErr> {
    entity::Entity::find_by_id(id).one(db).await
}

/// A region has another code from a day on: what says it now ends there, and begins anew with the new code.
pub(crate) async fn recode(
    db: &impl ConnectionTrait,
    (old, new): (&RegionCode, &RegionCode),
    (on, now): (NaiveDate, DateTime<Utc>),
) -> Result<(), DbErr> {
    let rows = entity::Entity::find()
        .filter(begins_with(entity::Column::Region, old.as_str()))
        .filter(is_current())
        .all(db)
        .await?;
    for some in rows.chunks(CHUNK) {
        let said = entity::ActiveModel { superseded_at: Set(Some(now)), ..Default::default() };
        entity::Entity::update_many()
            .set(said)
            .filter(entity::Column::Id.is_in(some.iter().map(|row| row.id)))
            .exec(db)
            .await?;
        let mut next = Vec::with_capacity(2 * some.len());
        for row in some {
            let Some(region) = row.region.as_ref().and_then(|code| code.carried(old, new)) else { continue };
            let again = |from_on, to_on, region| PersonFact {
                id: PersonFactId::new(now),
                from_on,
                to_on,
                region: Some(region),
                recorded_at: now,
                ..row.clone()
            };
            if let Some(code) = row.region.clone().filter(|_| row.from_on < on) {
                next.push(again(row.from_on, Some(on), code));
            }
            next.push(again(row.from_on.max(on), None, region));
        }
        insert(db, &next).await?;
    }
    Ok(())
}

//! Queries on what stops money from going twice.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect,
};

use super::case::reached;
use crate::{
    aid::{
        Case, entity,
        stop::{ElsewhereNote, elsewhere},
    },
    authority::Scope,
    calendar::utc,
    ids::{CaseId, PersonId},
    person::{double, kin},
};

/// Cases of a report: a province has some 6,300 in a year.
const MOST: u64 = 20_000;

/// What was written about other schemes for a case, oldest first.
pub async fn notes(db: &impl ConnectionTrait, case: CaseId) -> Result<Vec<ElsewhereNote>, DbErr> {
    let of = elsewhere::Column::CaseId.eq(case);
    elsewhere::Entity::find().filter(of).order_by_asc(elsewhere::Column::Id).all(db).await
}

pub(in crate::aid) async fn insert_note(db: &impl ConnectionTrait, row: ElsewhereNote) -> Result<(), DbErr> {
    row.into_active_model().reset_all().insert(db).await?;
    Ok(())
}

/// Of which of these cases has somebody written about other schemes?
pub(in crate::aid) async fn noted(
    db: &impl ConnectionTrait,
    cases: &[CaseId],
) -> Result<HashSet<CaseId>, DbErr> {
    let mut noted = HashSet::new();
    for some in cases.chunks(500) {
        let of = elsewhere::Column::CaseId.is_in(some.iter().copied());
        let rows = elsewhere::Entity::find().filter(of).all(db).await?;
        noted.extend(rows.into_iter().map(|row| row.case_id));
    }
    Ok(noted)
}

/// Husband or wife of somebody on a day, if that is a record of ours.
pub(in crate::aid) async fn spouses(
    db: &impl ConnectionTrait,
    person: PersonId,
    day: NaiveDate,
) -> Result<Vec<PersonId>, DbErr> {
    others(db, &[person], (Some(kin::Relationship::Spouse), day)).await
}

/// Who is close to somebody on a day, as far as the register of relatives knows records of ours: relatives by either side's word, their husbands
/// and wives, and the relatives of his own. The same from both ends.
pub(in crate::aid) async fn close_to(
    db: &impl ConnectionTrait,
    person: PersonId,
    day: NaiveDate,
) -> Result<Vec<PersonId>, DbErr> {
    let mut close = others(db, &[person], (None, day)).await?;
    let married = spouses(db, person, day).await?;
    let by_marriage = others(db, &close, (Some(kin::Relationship::Spouse), day)).await?;
    close.extend(others(db, &married, (None, day)).await?);
    close.extend(by_marriage);
    close.retain(|one| *one != person);
    close.sort();
    close.dedup();
    Ok(close)
}

/// Whoever is the other one in a relation of one of these.
async fn others(
    db: &impl ConnectionTrait,
    of: &[PersonId],
    which: (Option<kin::Relationship>, NaiveDate),
) -> Result<Vec<PersonId>, DbErr> {
    let mut others = Vec::new();
    for (one, other) in related(db, of, which).await? {
        others.extend(of.contains(&one).then_some(other));
        others.extend(of.contains(&other).then_some(one));
    }
    others.sort();
    others.dedup();
    Ok(others)
}

/// The couples on a day of whom both are among these.
pub(in crate::aid) async fn couples(
    db: &impl ConnectionTrait,
    people: &[PersonId],
    day: NaiveDate,
) -> Result<Vec<(PersonId, PersonId)>, DbErr> {
    let among: HashSet<PersonId> = people.iter().copied().collect();
    let mut pairs = related(db, people, (Some(kin::Relationship::Spouse), day)).await?;
    pairs.retain(|(one, other)| among.contains(one) && among.contains(other));
    Ok(pairs)
}

/// Who is on a day somebody's relative whose record is ours, of those of whom one is among these. `None`: in whatever relation.
async fn related(
    db: &impl ConnectionTrait,
    people: &[PersonId],
    (relation, day): (Option<kin::Relationship>, NaiveDate),
) -> Result<Vec<(PersonId, PersonId)>, DbErr> {
    use kin::entity::{Column, Entity};
    let mut pairs = Vec::new();
    for some in people.chunks(500) {
        let either = Condition::any()
            .add(Column::PersonId.is_in(some.iter().copied()))
            .add(Column::RelativeId.is_in(some.iter().copied()));
        let mut find = Entity::find().filter(either).filter(Column::RelativeId.is_not_null());
        if let Some(relation) = relation {
            find = find.filter(Column::Relation.eq(relation));
        }
        let holds = |row: &kin::PersonKin| {
            row.from_on.is_none_or(|from| from <= day) && row.to_on.is_none_or(|to| day < to)
        };
        let rows = find.all(db).await?.into_iter().filter(holds);
        pairs.extend(rows.filter_map(|row| Some((row.person_id, row.relative_id?))));
    }
    Ok(pairs)
}

/// The pairs among these that look like one human being, and that nobody has judged.
pub(in crate::aid) async fn doubles(
    db: &impl ConnectionTrait,
    people: &[PersonId],
) -> Result<Vec<(PersonId, PersonId)>, DbErr> {
    use double::entity::{Column, Entity};
    let among: HashSet<PersonId> = people.iter().copied().collect();
    let mut pairs = Vec::new();
    for some in people.chunks(500) {
        let rows = Entity::find()
            .filter(Column::OneId.is_in(some.iter().copied()))
            .filter(Column::State.eq(double::DoubleState::Open))
            .all(db)
            .await?;
        pairs.extend(rows.into_iter().map(|row| (row.one_id, row.other_id)));
    }
    pairs.retain(|(_, other)| among.contains(other));
    Ok(pairs)
}

/// The cases that a year's budget bears, or that were begun in it and are not approved yet.
pub(in crate::aid) async fn cases_of_year(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
    year: i32,
) -> Result<Vec<Case>, DbErr> {
    let (from, to) = (first_moment(year), first_moment(year + 1));
    let begun = Condition::all()
        .add(entity::Column::BudgetYear.is_null())
        .add(entity::Column::CreatedAt.gte(from))
        .add(entity::Column::CreatedAt.lt(to));
    entity::Entity::find()
        .filter(reached(scopes))
        .filter(Condition::any().add(entity::Column::BudgetYear.eq(year)).add(begun))
        .order_by_asc(entity::Column::Id)
        .limit(MOST)
        .all(db)
        .await
}

fn first_moment(year: i32) -> DateTime<Utc> {
    utc(NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default(), NaiveTime::MIN)
}

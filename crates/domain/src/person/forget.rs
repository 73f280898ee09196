//! Taking records away that a list began, as if they had never begun: as long as nobody has written anything about them since.

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait, Query},
};

use super::{
    Person, birth,
    double::{self, DoubleState},
    entity,
    fact::{self, PersonFact},
    merge::{MOVED, STAYS},
    name, unit,
};
use crate::{
    branch::membership,
    ids::{MembershipId, PersonId},
    intake,
    retention::Holding,
};

/// Where a record's own rows are, which go with it. Anything else that names it keeps it.
const OWN: [(&str, &str); 8] = [
    ("person_fact", "person_id"),
    ("person_birth", "person_id"),
    ("person_name", "person_id"),
    ("person_gram", "person_id"),
    ("person_double", "one_id"),
    ("person_double", "other_id"),
    ("branch_membership", "person_id"),
    ("intake_outcome", "person_id"),
];

/// A record as it began, with the membership that came with it.
pub(crate) type Began = (Person, Option<MembershipId>);

/// Takes away whoever is untouched, of at most some hundred; says who stays.
pub(crate) async fn forget(db: &impl ConnectionTrait, began: &[Began]) -> Result<HashSet<PersonId>, DbErr> {
    if began.is_empty() {
        return Ok(HashSet::new());
    }
    let mut kept = written_about(db, began).await?;
    kept.extend(added_to(db, began).await?);
    let holding = Holding::load(db).await?;
    let held = began.iter().filter(|(person, _)| holding.over_one(person.id, person.unit_id));
    kept.extend(held.map(|(person, _)| person.id));
    let gone: Vec<&Began> = began.iter().filter(|(person, _)| !kept.contains(&person.id)).collect();
    let ids = || gone.iter().map(|(person, _)| person.id);

    let memberships = gone.iter().filter_map(|(_, membership)| *membership);
    let which = membership::Column::Id.is_in(memberships);
    membership::Entity::delete_many().filter(which).exec(db).await?;
    let of_pair = Condition::any()
        .add(double::entity::Column::OneId.is_in(ids()))
        .add(double::entity::Column::OtherId.is_in(ids()));
    double::entity::Entity::delete_many().filter(of_pair).exec(db).await?;
    fact::entity::Entity::delete_many().filter(fact::entity::Column::PersonId.is_in(ids())).exec(db).await?;
    birth::entity::Entity::delete_many()
        .filter(birth::entity::Column::PersonId.is_in(ids()))
        .exec(db)
        .await?;
    name::entity::Entity::delete_many().filter(name::entity::Column::PersonId.is_in(ids())).exec(db).await?;
    name::forget(db, &ids().collect::<Vec<_>>()).await?;
    intake::store::forget_people(db, ids()).await?;
    let done = entity::Entity::delete_many().filter(entity::Column::Id.is_in(ids())).exec(db).await?;
    // Somebody was faster: whoever called does it all again.
    if done.rows_affected == gone.len() as u64 { Ok(kept) } else { Err(DbErr::RecordNotUpdated) }
}

/// Whoever is named by a row that did not come with the record.
async fn written_about(db: &impl ConnectionTrait, began: &[Began]) -> Result<HashSet<PersonId>, DbErr> {
    let ids: Vec<PersonId> = began.iter().map(|(person, _)| person.id).collect();
    let mut kept = HashSet::new();
    let moved = MOVED.iter().map(|one| (one.table, one.column));
    for (table, column) in moved.chain(STAYS).filter(|place| !OWN.contains(place)) {
        let named = Query::select()
            .distinct()
            .column(column)
            .from(table)
            .and_where(Expr::col(column).is_in(ids.iter().map(|id| id.uuid())))
            .to_owned();
        for row in db.query_all(&named).await? {
            kept.insert(row.try_get_by_index(0)?);
        }
    }
    let with: HashSet<MembershipId> = began.iter().filter_map(|(_, membership)| *membership).collect();
    let which = membership::Column::PersonId.is_in(ids.iter().copied());
    for member in membership::Entity::find().filter(which).all(db).await? {
        if !with.contains(&member.id) || member.to_on.is_some() {
            kept.insert(member.person_id);
        }
    }
    let of_pair = Condition::any()
        .add(double::entity::Column::OneId.is_in(ids.iter().copied()))
        .add(double::entity::Column::OtherId.is_in(ids.iter().copied()));
    let judged = double::entity::Column::State.ne(DoubleState::Open);
    for pair in double::entity::Entity::find().filter(of_pair).filter(judged).all(db).await? {
        kept.extend([pair.one_id, pair.other_id]);
    }
    Ok(kept)
}

/// Whoever has other facts, births or names than a record begins with.
async fn added_to(db: &impl ConnectionTrait, began: &[Began]) -> Result<HashSet<PersonId>, DbErr> {
    let ids: Vec<PersonId> = began.iter().map(|(person, _)| person.id).collect();
    let mut facts: HashMap<PersonId, Vec<PersonFact>> = HashMap::new();
    let which = fact::entity::Column::PersonId.is_in(ids.iter().copied());
    for fact in fact::entity::Entity::find().filter(which).all(db).await? {
        facts.entry(fact.person_id).or_default().push(fact);
    }
    let which = birth::entity::Column::PersonId.is_in(ids.iter().copied());
    let births = birth::entity::Entity::find().select_only().column(birth::entity::Column::PersonId);
    let births = counted(births.filter(which).into_tuple().all(db).await?);
    let which = name::entity::Column::PersonId.is_in(ids.iter().copied());
    let names = name::entity::Entity::find().select_only().column(name::entity::Column::PersonId);
    let names = counted(names.filter(which).into_tuple().all(db).await?);
    let mut units: Vec<_> = began.iter().map(|(person, _)| person.unit_id).collect();
    units.sort();
    units.dedup();
    let units = unit::Entity::find().filter(unit::Column::Id.is_in(units)).all(db).await?;

    let untouched = |person: &Person| {
        let Some(unit) = units.iter().find(|unit| unit.id == person.unit_id) else { return false };
        let first = fact::at_registration(person, &unit.region, None, person.created_at);
        let facts = facts.get(&person.id).map_or(&[][..], Vec::as_slice);
        let as_first = |fact: &PersonFact| {
            fact.superseded_at.is_none()
                && first
                    .iter()
                    .any(|one| (one.kind, one.from_on, one.to_on) == (fact.kind, fact.from_on, fact.to_on))
        };
        let count = |of: &HashMap<PersonId, usize>| of.get(&person.id).copied().unwrap_or_default();
        facts.len() == first.len()
            && facts.iter().all(as_first)
            && count(&births) == birth::commands::at_registration(person, None, person.created_at).len()
            && count(&names) == name::sound::readings(person.name.trim()).len()
    };
    Ok(began
        .iter()
        .map(|(person, _)| person)
        .filter(|person| !untouched(person))
        .map(|person| person.id)
        .collect())
}

fn counted(rows: Vec<PersonId>) -> HashMap<PersonId, usize> {
    let mut counts = HashMap::new();
    for row in rows {
        *counts.entry(row).or_default() += 1;
    }
    counts
}

/// Which of the memberships that came with a list have not ended?
pub(crate) async fn still_open(
    db: &impl ConnectionTrait,
    memberships: &[MembershipId],
) -> Result<HashSet<MembershipId>, DbErr> {
    let which = membership::Column::Id.is_in(memberships.iter().copied());
    let found = membership::Entity::find().filter(which).all(db).await?;
    Ok(found.into_iter().filter(|member| member.to_on.is_none()).map(|member| member.id).collect())
}

/// They never began.
pub(crate) async fn forget_memberships(
    db: &impl ConnectionTrait,
    memberships: &[MembershipId],
) -> Result<(), DbErr> {
    let which = membership::Column::Id.is_in(memberships.iter().copied());
    membership::Entity::delete_many().filter(which).exec(db).await?;
    Ok(())
}

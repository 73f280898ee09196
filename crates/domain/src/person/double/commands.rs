//! Noting pairs, and saying that two people are two.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DbErr, EntityTrait, JoinType, QueryFilter, QuerySelect,
    RelationTrait,
};
use serde_json::json;

use super::{DoubleState, LIKELY, PersonDouble, Reason, Reasons, Side, look, score, store};
use crate::{
    Act, By, Context,
    authority::{Scope, Worker},
    ids::{PersonDoubleId, PersonId, RegionCode},
    person::{self, Person, PersonError, commands::reached, entity as people},
};

fn pair(one: PersonId, other: PersonId, reasons: Vec<Reason>, now: DateTime<Utc>) -> PersonDouble {
    PersonDouble {
        id: PersonDoubleId::new(now),
        one_id: one.min(other),
        other_id: one.max(other),
        score: score::score(&reasons),
        reasons: Reasons(reasons),
        state: DoubleState::Open,
        found_at: now,
        decided_by: None,
        decided_at: None,
    }
}

/// Notes whom a record that has just begun looks like, in the same transaction.
pub(crate) async fn note(
    tx: &impl ConnectionTrait,
    cx: &Context,
    person: &Person,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let found = look::alike(tx, cx, person).await?;
    let pairs: Vec<PersonDouble> =
        found.into_iter().map(|(other, reasons)| pair(person.id, other.id, reasons, now)).collect();
    store::insert(tx, &pairs).await?;
    Ok(())
}

/// Looks once more, because what is compared of a record has changed: the pairs that nobody has judged say what is so now, or go.
pub(crate) async fn note_again(
    tx: &impl ConnectionTrait,
    cx: &Context,
    person: &Person,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    for (pair, other) in store::open_of(tx, person.id).await? {
        let reasons = look::compared(cx, person, other);
        let score = score::score(&reasons);
        store::renew(tx, pair, (score >= LIKELY).then_some((score, Reasons(reasons)))).await?;
    }
    note(tx, cx, person, now).await
}

/// The same of many records at once: after a list was written.
pub(crate) async fn note_all(
    tx: &impl ConnectionTrait,
    cx: &Context,
    persons: &[Person],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let mut pairs: HashMap<(PersonId, PersonId), PersonDouble> = HashMap::new();
    for (person, found) in persons.iter().zip(look::alike_to_each(tx, cx, persons).await?) {
        for (other, reasons) in found {
            let key = (person.id.min(other), person.id.max(other));
            pairs.entry(key).or_insert_with(|| pair(person.id, other, reasons, now));
        }
    }
    let mut pairs: Vec<PersonDouble> = pairs.into_values().collect();
    pairs.sort_by_key(|pair| pair.id);
    store::insert(tx, &pairs).await?;
    Ok(())
}

/// Looks through a whole region: for records from before doubles were noted. Says how many pairs are new.
pub async fn scan(db: &DatabaseConnection, region: &RegionCode, now: DateTime<Utc>) -> Result<u64, DbErr> {
    let persons = people::Entity::find()
        .join(JoinType::InnerJoin, people::Relation::Unit.def())
        .filter(person::store::within(&[Scope::Region(region.clone())]))
        .filter(people::Column::MergedInto.is_null())
        .all(db)
        .await?;
    let sides: Vec<(PersonId, Side)> = persons.iter().map(|person| (person.id, Side::of(person))).collect();
    let mut groups: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, (_, side)) in sides.iter().enumerate() {
        for sound in side.sounds() {
            groups.entry(sound).or_default().push(at);
        }
    }
    let mut pairs: HashMap<(PersonId, PersonId), PersonDouble> = HashMap::new();
    for group in groups.values() {
        for (nth, one) in group.iter().enumerate() {
            for other in group.iter().skip(nth + 1) {
                let (Some((one, side)), Some((other, its))) = (sides.get(*one), sides.get(*other)) else {
                    continue;
                };
                let reasons = score::reasons(side, its, false);
                if score::score(&reasons) >= LIKELY {
                    let key = ((*one).min(*other), (*one).max(*other));
                    pairs.entry(key).or_insert_with(|| pair(*one, *other, reasons, now));
                }
            }
        }
    }
    let mut pairs: Vec<PersonDouble> = pairs.into_values().collect();
    pairs.sort_by_key(|pair| (pair.one_id, pair.other_id));
    let tx = mailbox::transaction::write(db).await?;
    let new = store::insert(&tx, &pairs).await?;
    tx.commit().await?;
    Ok(new)
}

/// 不是同一个人: said once, it is not asked again.
pub async fn two_people(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    id: PersonDoubleId,
    now: DateTime<Utc>,
) -> Result<(), PersonError> {
    let tx = mailbox::transaction::write(db).await?;
    let double = store::find(&tx, id).await?.ok_or(PersonError::NotFound)?;
    reached(&tx, worker, double.one_id).await?;
    reached(&tx, worker, double.other_id).await?;
    let (pair, to) = ((double.one_id, double.other_id), (DoubleState::Open, DoubleState::TwoPeople));
    if !store::settle(&tx, pair, to, Some((worker.account(), now))).await? {
        return Err(PersonError::Stale);
    }
    let act = Act {
        by: By::from(worker),
        action: "person.said_to_be_two",
        subject: format!("person/{}", double.one_id),
        detail: json!({ "other": double.other_id }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(())
}

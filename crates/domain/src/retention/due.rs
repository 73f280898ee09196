//! Which subjects of a class are over, from which day, and whom they touch. Provincial leaders are in no list of this kind either: what is
//! theirs is decided by hand.

use std::collections::HashSet;

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, QueryFilter, Value, entity::prelude::*};
use uuid::Uuid;

use super::{
    class::{Class, Ruled},
    holding::Touched,
    sql,
};
use crate::{
    ids::{CaseId, PersonId, UnitId},
    person,
};

/// A subject that is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Over {
    pub(super) subject: Uuid,
    /// The day from which is counted.
    pub(super) day: NaiveDate,
}

fn question(class: &Class, ruled: &Ruled) -> String {
    let Ruled { from, which, day, .. } = ruled;
    let mut text =
        format!("SELECT r.id AS id, {day} AS over_on FROM {from} WHERE {which} AND {day} IS NOT NULL");
    if let Some(people) = ruled.people {
        text = format!(
            "{text} AND NOT EXISTS \
             (SELECT 1 FROM leader WHERE leader.until IS NULL AND leader.person_id IN ({people}))"
        );
    }
    debug_assert!(!class.code.contains('\''), "a code is a word");
    text
}

/// What has gone, or waits on another list.
fn free(class: &Class) -> String {
    let code = class.code;
    format!(
        " AND NOT EXISTS (SELECT 1 FROM retention_tombstone t WHERE t.class = '{code}' AND t.subject = r.id) \
         AND NOT EXISTS (SELECT 1 FROM retention_item i JOIN retention_list l ON l.id = i.list_id \
         WHERE i.class = '{code}' AND i.subject = r.id AND i.state = 'waiting' \
         AND l.state IN ('making', 'made', 'proposed', 'approved'))"
    )
}

/// The next subjects that have been over since a day or longer, in the order of their ids.
pub(super) async fn next(
    db: &impl ConnectionTrait,
    (class, ruled): (&Class, &Ruled),
    until: NaiveDate,
    (after, limit): (Option<Uuid>, u64),
) -> Result<Vec<Over>, DbErr> {
    let mut text = question(class, ruled) + &free(class) + &format!(" AND {} <= ?", ruled.day);
    let mut values: Vec<Value> = vec![until.into()];
    if let Some(after) = after {
        text.push_str(" AND r.id > ?");
        values.push(after.into());
    }
    let text = format!("{text} ORDER BY r.id LIMIT {limit}");
    read(db, &text, values).await
}

/// One subject, if it is there and over, whatever has become of it.
pub(super) async fn one(
    db: &impl ConnectionTrait,
    (class, ruled): (&Class, &Ruled),
    subject: Uuid,
) -> Result<Option<Over>, DbErr> {
    let text = question(class, ruled) + " AND r.id = ?";
    Ok(read(db, &text, vec![subject.into()]).await?.pop())
}

async fn read(db: &impl ConnectionTrait, text: &str, values: Vec<Value>) -> Result<Vec<Over>, DbErr> {
    let mut found = Vec::new();
    for row in sql::rows(db, text, values).await? {
        if let Some(day) = sql::day(&row, "over_on")? {
            found.push(Over { subject: row.try_get("", "id")?, day });
        }
    }
    Ok(found)
}

/// Whom and what a subject touches, and the unit under which it is counted.
pub(super) async fn touched(
    db: &impl ConnectionTrait,
    ruled: &Ruled,
    subject: Uuid,
) -> Result<(Touched, Option<UnitId>), DbErr> {
    let named = sql::ids(db, ruled.people, subject).await?;
    let mut people: HashSet<PersonId> = named.iter().copied().map(PersonId::from_uuid).collect();
    let own = sql::ids(db, ruled.unit, subject).await?;
    let mut units: HashSet<UnitId> = own.into_iter().map(UnitId::from_uuid).collect();
    let mut unit = units.iter().min().copied();
    let which = person::entity::Column::Id.is_in(people.iter().copied());
    for person in person::entity::Entity::find().filter(which).all(db).await? {
        units.insert(person.unit_id);
        unit = unit.or(Some(person.unit_id));
        people.extend(person.merged_into);
    }
    let cases = sql::ids(db, ruled.case, subject).await?.into_iter().map(CaseId::from_uuid).collect();
    Ok((Touched { people, units, cases }, unit))
}

//! What a list changed of a record, so that it can be taken back to the byte: columns as they stood, rows that came, rows that made way.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IdenStatic,
    Iterable, ModelTrait, QueryFilter, QuerySelect, Value,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Person, birth, entity, fact, managed, name};
use crate::ids::{PersonBirthId, PersonFactId, PersonId, PersonNameId};

/// What is said of a record besides its row.
#[derive(Default)]
pub(crate) struct Said {
    facts: Vec<PersonFactId>,
    births: Vec<PersonBirthId>,
    names: Vec<(PersonNameId, bool)>,
}

/// Of many persons, now, in as many statements as of one.
pub(crate) async fn said_of(
    db: &impl ConnectionTrait,
    persons: &[PersonId],
) -> Result<HashMap<PersonId, Said>, DbErr> {
    let mut all: HashMap<PersonId, Said> = persons.iter().map(|person| (*person, Said::default())).collect();
    for row in fact::store::said_of(db, persons).await? {
        all.entry(row.person_id).or_default().facts.push(row.id);
    }
    for row in birth::store::of_persons(db, persons).await? {
        all.entry(row.person_id).or_default().births.push(row.id);
    }
    for some in persons.chunks(500) {
        let names = name::entity::Entity::find()
            .select_only()
            .column(name::entity::Column::PersonId)
            .column(name::entity::Column::Id)
            .column(name::entity::Column::Used)
            .filter(name::entity::Column::PersonId.is_in(some.iter().copied()));
        let names: Vec<(PersonId, PersonNameId, bool)> = names.into_tuple().all(db).await?;
        for (person, id, used) in names {
            all.entry(person).or_default().names.push((id, used));
        }
    }
    for said in all.values_mut() {
        said.names.sort_by_key(|(id, _)| *id);
    }
    Ok(all)
}

/// Of a person, now.
pub(crate) async fn said(db: &impl ConnectionTrait, person: PersonId) -> Result<Said, DbErr> {
    let facts = fact::store::history(db, person).await?;
    let births = birth::store::of_person(db, person).await?;
    let names = name::entity::Entity::find()
        .select_only()
        .column(name::entity::Column::Id)
        .column(name::entity::Column::Used)
        .filter(name::entity::Column::PersonId.eq(person));
    let mut names: Vec<(PersonNameId, bool)> = names.into_tuple().all(db).await?;
    names.sort_by_key(|(id, _)| *id);
    Ok(Said {
        facts: facts.into_iter().map(|row| row.id).collect(),
        births: births.into_iter().map(|row| row.id).collect(),
        names,
    })
}

/// Rows of a table.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Rows<T> {
    came: Vec<T>,
    went: Vec<T>,
}

impl<T: PartialEq + Copy> Rows<T> {
    fn between(before: &[T], after: &[T]) -> Self {
        let but = |all: &[T], some: &[T]| all.iter().copied().filter(|one| !some.contains(one)).collect();
        Self { came: but(after, before), went: but(before, after) }
    }

    fn stand(&self, now: &[T]) -> bool {
        self.came.iter().all(|one| now.contains(one))
    }
}

/// What stood in a column before.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Stood {
    #[serde(rename = "t")]
    Text(Option<String>),
    #[serde(rename = "d")]
    Day(Option<NaiveDate>),
    #[serde(rename = "b")]
    Flag(Option<bool>),
    #[serde(rename = "n")]
    Small(Option<i16>),
    #[serde(rename = "i")]
    Id(Option<Uuid>),
    #[serde(rename = "v")]
    Version(Option<i64>),
    #[serde(rename = "m")]
    Moment(Option<DateTime<Utc>>),
}

/// What a list changed. There may be personal data in it: it is kept sealed.
#[derive(Serialize, Deserialize)]
pub(crate) struct Trail {
    row: Vec<(String, Stood)>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    said: Option<Changed>,
}

#[derive(Serialize, Deserialize)]
struct Changed {
    facts: Rows<PersonFactId>,
    births: Rows<PersonBirthId>,
    names: Vec<(PersonNameId, bool)>,
    named: Vec<(PersonNameId, bool)>,
}

impl Trail {
    /// Of the columns that a change sets.
    pub(crate) fn of(person: &Person, change: &entity::ActiveModel) -> Self {
        let mut row = Vec::new();
        for column in entity::Column::iter().filter(|column| change.get(*column).is_set()) {
            let stood = match person.get(column) {
                Value::String(text) => Stood::Text(text),
                Value::ChronoDate(day) => Stood::Day(day),
                Value::Bool(flag) => Stood::Flag(flag),
                Value::SmallInt(number) => Stood::Small(number),
                Value::Uuid(id) => Stood::Id(id),
                Value::BigInt(version) => Stood::Version(version),
                Value::ChronoDateTimeUtc(moment) => Stood::Moment(moment),
                // The table has no other kind.
                _ => continue,
            };
            row.push((column.as_str().to_owned(), stood));
        }
        Self { row, said: None }
    }

    /// And of what is said: before, and now.
    pub(crate) fn and(self, before: &Said, after: Said) -> Self {
        let said = Changed {
            facts: Rows::between(&before.facts, &after.facts),
            births: Rows::between(&before.births, &after.births),
            names: before.names.clone(),
            named: after.names,
        };
        Self { said: Some(said), ..self }
    }

    /// Was the row itself changed?
    pub(crate) fn changes_row(&self) -> bool {
        !self.row.is_empty()
    }

    /// Is everything that came still so, of what is said now? Whether the row is, its version says.
    pub(crate) fn stands(&self, now: &Said) -> bool {
        let Some(changed) = &self.said else { return true };
        let same = changed.names == changed.named || changed.named == now.names;
        same && changed.facts.stand(&now.facts) && changed.births.stand(&now.births)
    }

    /// Takes it back. `false`: somebody has just changed the record.
    pub(crate) async fn back(self, db: &impl ConnectionTrait, person: &Person) -> Result<bool, DbErr> {
        let mut change = <entity::ActiveModel as Default>::default();
        for (name, stood) in self.row {
            let column = entity::Column::iter().find(|column| column.as_str() == name);
            let value = match stood {
                Stood::Text(text) => Value::String(text),
                Stood::Day(day) => Value::ChronoDate(day),
                Stood::Flag(flag) => Value::Bool(flag),
                Stood::Small(number) => Value::SmallInt(number),
                Stood::Id(id) => Value::Uuid(id),
                Stood::Version(version) => Value::BigInt(version),
                Stood::Moment(moment) => Value::ChronoDateTimeUtc(moment),
            };
            change.try_set(column.ok_or(DbErr::RecordNotUpdated)?, value)?;
        }
        let unit = change.unit_id.clone().take();
        if change.is_changed() {
            let done = entity::Entity::update_many()
                .set(change)
                .filter(entity::Column::Id.eq(person.id))
                .filter(entity::Column::Version.eq(person.version))
                .exec(db)
                .await?;
            if done.rows_affected != 1 {
                return Ok(false);
            }
        }
        let Some(changed) = self.said else { return Ok(true) };
        if let Some(unit) = unit {
            managed::by(db, person.id, unit).await?;
        }
        changed.back(db, person.id).await?;
        Ok(true)
    }
}

impl Changed {
    async fn back(self, db: &impl ConnectionTrait, person: PersonId) -> Result<(), DbErr> {
        // Most rows of a list change one thing: what there is none of costs no statement.
        if !self.facts.came.is_empty() {
            fact::entity::Entity::delete_many()
                .filter(fact::entity::Column::Id.is_in(self.facts.came))
                .exec(db)
                .await?;
        }
        let said_again = fact::entity::ActiveModel {
            superseded_at: Set(None),
            superseded_by: Set(None),
            ..Default::default()
        };
        if !self.facts.went.is_empty() {
            fact::entity::Entity::update_many()
                .set(said_again)
                .filter(fact::entity::Column::Id.is_in(self.facts.went))
                .exec(db)
                .await?;
        }
        if !self.births.came.is_empty() {
            birth::entity::Entity::delete_many()
                .filter(birth::entity::Column::Id.is_in(self.births.came))
                .exec(db)
                .await?;
        }
        if !self.births.went.is_empty() {
            birth::entity::Entity::update_many()
                .set(birth::entity::ActiveModel { superseded_at: Set(None), ..Default::default() })
                .filter(birth::entity::Column::Id.is_in(self.births.went))
                .exec(db)
                .await?;
        }
        if self.names == self.named {
            return Ok(());
        }
        let ids = |all: &[(PersonNameId, bool)]| all.iter().map(|(id, _)| *id).collect::<Vec<_>>();
        let rows = Rows::between(&ids(&self.names), &ids(&self.named));
        let which = name::entity::Column::Id.is_in(rows.came);
        name::entity::Entity::delete_many().filter(which).exec(db).await?;
        // First who is so called no more: two names are not in use at once.
        for used in [false, true] {
            let ids = self.names.iter().filter(|(_, was)| *was == used).map(|(id, _)| *id);
            name::entity::Entity::update_many()
                .set(name::entity::ActiveModel { used: Set(used), ..Default::default() })
                .filter(name::entity::Column::Id.is_in(ids))
                .exec(db)
                .await?;
        }
        name::index_again(db, person).await
    }
}

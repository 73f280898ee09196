//! What a record does to a person's row: a new one, or changes of an old one.

use chrono::NaiveDate;
use sea_orm::{ActiveModelTrait, ActiveValue, Iterable, ModelTrait, Set, Value};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Field, Problem, Record, Repeated, Wrong, lookup::Resolved};
use crate::{
    Context,
    person::{
        self, BirthSource, Birthday, Calendar, Gender, NewPerson, Payout, Person, Precision, Retirement,
        SealedColumn,
    },
    privacy::{CannotSeal, IdentityNumber, Searched},
};

/// How much of a date is known, in the register's words.
pub(super) const fn precision(known: workbook::Precision) -> Precision {
    match known {
        workbook::Precision::Day => Precision::Day,
        workbook::Precision::Month => Precision::Month,
        workbook::Precision::Year => Precision::Year,
    }
}

/// The day of birth: the file's, else the identity number's.
pub(super) fn born_on(record: &Record) -> Option<NaiveDate> {
    record.born.map(|known| known.on).or_else(|| record.identity.as_ref().map(IdentityNumber::born_on))
}

/// A record begins. `None`: something that everybody has is missing, which was said before.
pub(super) fn new_person(record: &Record, resolved: &Resolved) -> Option<NewPerson> {
    let (born_precision, born_source) = match record.born {
        Some(known) => (precision(known.precision), BirthSource::File),
        None => (Precision::Day, BirthSource::Identity),
    };
    let payout = record.payout.clone().zip(record.bank.clone());
    Some(NewPerson {
        name: record.name.clone()?,
        gender: record.gender?,
        born_on: born_on(record)?,
        born_precision,
        born_source,
        birthday: birthday(record),
        retirement: record.retirement?,
        joined_work: record.joined_work.map(|known| (known.on, precision(known.precision))),
        party_joined_on: record.party_joined,
        unit: resolved.unit,
        residence: resolved.residence.clone(),
        living_alone: record.living_alone.unwrap_or(false),
        phone: record.phone.clone(),
        identity: record.identity.clone(),
        payout: payout.map(|(number, bank)| Payout { number, bank }),
    })
}

fn birthday(record: &Record) -> Option<Birthday> {
    let ((month, day), calendar) = record.birthday.zip(record.calendar)?;
    Some(Birthday { calendar, month, day })
}

/// The columns that change, set; what is wrong with changing them.
pub(super) struct Change {
    pub(super) columns: person::entity::ActiveModel,
    pub(super) wrong: Vec<Wrong>,
}

impl Change {
    /// Does anything change?
    pub(super) fn is_empty(&self) -> bool {
        !person::entity::Column::iter().any(|column| self.columns.get(column).is_set())
    }
}

/// The new value, if the rule lets it in.
fn decided<T: PartialEq>(old: Option<T>, new: Option<T>, rule: Repeated) -> Option<T> {
    match (old, new, rule) {
        (None, Some(new), _) => Some(new),
        (Some(old), Some(new), Repeated::Overwrite) if old != new => Some(new),
        _ => None,
    }
}

/// What of a record would change a person's row. Dates on which treatment depends, and accounts for money, are filled but never
/// overwritten: they change by request.
pub(super) fn changes(
    cx: &Context,
    (record, resolved): (&Record, &Resolved),
    person: &Person,
    rule: Repeated,
) -> Result<Change, CannotSeal> {
    let (row, mut wrong) = (person.id.to_string(), Vec::new());
    let seal = |column: SealedColumn, clear: &str| cx.seal.seal(column.cell(&row), clear);
    let mut to = <person::entity::ActiveModel as Default>::default();
    let mut protected = |differs: bool, field| {
        if differs && rule == Repeated::Overwrite {
            wrong.push(Problem::Protected.of(field));
        }
    };

    put(&mut to.name, decided(Some(person.name.clone()), record.name.clone(), rule));
    put::<Gender>(&mut to.gender, decided(Some(person.gender), record.gender, rule));
    put::<Retirement>(&mut to.retirement, decided(Some(person.retirement), record.retirement, rule));
    put(&mut to.unit_id, decided(Some(person.unit_id), Some(resolved.unit), rule));
    put(&mut to.living_alone, decided(Some(person.living_alone), record.living_alone, rule));
    put_some(&mut to.residence, decided(person.residence.clone(), resolved.residence.clone(), rule));
    put_some(&mut to.party_joined_on, decided(person.party_joined_on, record.party_joined, rule));

    let born = record.born.map(|known| (known.on, precision(known.precision)));
    protected(born.is_some_and(|born| born != (person.born_on, person.born_precision)), Field::Born);
    if let Some(known) = record.joined_work {
        let new = (known.on, precision(known.precision));
        let old = person.joined_work_on.zip(person.joined_work_precision);
        protected(old.is_some_and(|old| old != new), Field::JoinedWork);
        if old.is_none() {
            (to.joined_work_on, to.joined_work_precision) = (Set(Some(new.0)), Set(Some(new.1)));
        }
    }
    let old = person.birthday_month.zip(person.birthday_day);
    let old = old.map(|(month, day)| (person.birthday_calendar, month, day));
    let new = birthday(record).map(|birthday| (birthday.calendar, birthday.month, birthday.day));
    if let Some((calendar, month, day)) = decided(old, new, rule) {
        put::<Calendar>(&mut to.birthday_calendar, Some(calendar));
        (to.birthday_month, to.birthday_day) = (Set(Some(month)), Set(Some(day)));
    }
    if let Some(phone) = &record.phone {
        let index = cx.seal.blind(Searched::Phone, phone.as_str());
        if let Some(index) = decided(person.phone_index.clone(), Some(index), rule) {
            to.phone = Set(Some(seal(SealedColumn::Phone, phone.as_str())?));
            to.phone_index = Set(Some(index));
        }
    }
    if let (Some(identity), None) = (&record.identity, &person.identity) {
        to.identity = Set(Some(seal(SealedColumn::Identity, identity.as_str())?));
        to.identity_index = Set(Some(cx.seal.blind(Searched::IdentityNumber, identity.as_str())));
        to.identity_derived = Set(identity.is_derived());
    }
    if let Some((number, bank)) = record.payout.as_ref().zip(record.bank.clone()) {
        let old = person::reveal::open(cx, person, SealedColumn::Payout).or(Err(CannotSeal))?;
        protected(old.as_ref().is_some_and(|old| old.expose_secret() != number.as_str()), Field::Payout);
        if old.is_none() {
            to.payout = Set(Some(seal(SealedColumn::Payout, number.as_str())?));
            to.payout_tail = Set(Some(number.tail()));
            to.payout_bank = Set(Some(bank));
        }
    }
    Ok(Change { columns: to, wrong })
}

fn put<T: Into<Value>>(column: &mut ActiveValue<T>, value: Option<T>) {
    if let Some(value) = value {
        *column = Set(value);
    }
}

fn put_some<T>(column: &mut ActiveValue<Option<T>>, value: Option<T>)
where
    Option<T>: Into<Value>,
{
    if value.is_some() {
        *column = Set(value);
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
}

/// What stands in the columns that a change sets: kept, so that it can be taken back.
pub(super) fn before(person: &Person, change: &person::entity::ActiveModel) -> Option<String> {
    let mut stood: Vec<(String, Stood)> = Vec::new();
    for column in person::entity::Column::iter().filter(|column| change.get(*column).is_set()) {
        let value = match person.get(column) {
            Value::String(text) => Stood::Text(text),
            Value::ChronoDate(day) => Stood::Day(day),
            Value::Bool(flag) => Stood::Flag(flag),
            Value::SmallInt(number) => Stood::Small(number),
            Value::Uuid(id) => Stood::Id(id),
            // No other kind of column is changed here.
            _ => continue,
        };
        stood.push((sea_orm::IdenStatic::as_str(&column).to_owned(), value));
    }
    serde_json::to_string(&stood).ok()
}

/// The columns as they stood.
pub(super) fn restored(before: &str) -> Option<person::entity::ActiveModel> {
    let stood: Vec<(String, Stood)> = serde_json::from_str(before).ok()?;
    let mut change = <person::entity::ActiveModel as Default>::default();
    for (name, value) in stood {
        let column =
            person::entity::Column::iter().find(|column| sea_orm::IdenStatic::as_str(column) == name)?;
        let value = match value {
            Stood::Text(text) => Value::String(text),
            Stood::Day(day) => Value::ChronoDate(day),
            Stood::Flag(flag) => Value::Bool(flag),
            Stood::Small(number) => Value::SmallInt(number),
            Stood::Id(id) => Value::Uuid(id),
        };
        change.try_set(column, value).ok()?;
    }
    Some(change)
}

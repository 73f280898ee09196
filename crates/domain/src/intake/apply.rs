//! What a record does to the register: a person who is not there yet, or changes of one who is. Pure.

use chrono::{Datelike, NaiveDate};
use sea_orm::{ActiveModelTrait, ActiveValue, Iterable, Set, Value};

use super::{
    Field, Problem, Record, Repeated, Wrong,
    lookup::{Around, Resolved},
    protected,
};
use crate::{
    Context,
    calendar::LunarDate,
    person::{
        self, BirthSource, Birthday, Calendar, NewPerson, Payout, Person, Precision, Retirement,
        SealedColumn,
        birth::Said,
        change::NewChange,
        fact::{self, FactKind, NewFact, Value as Fact},
        period::Known,
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

/// What changes of somebody who is there.
#[derive(Default)]
pub(super) struct Change {
    /// Columns of the row.
    pub(super) columns: person::entity::ActiveModel,
    /// What is known from now on; the columns say the same for today.
    pub(super) facts: Vec<NewFact>,
    /// What the family says of the birthday.
    pub(super) birthday: Option<Said>,
    /// What a second person is asked to agree to, one by one.
    pub(super) requests: Vec<NewChange>,
    /// What of it is only asked for.
    pub(super) notes: Vec<Wrong>,
    /// What is wrong with it.
    pub(super) wrong: Vec<Wrong>,
}

impl Change {
    /// Does the row change?
    pub(super) fn changes_row(&self) -> bool {
        person::entity::Column::iter().any(|column| self.columns.get(column).is_set())
    }

    /// Would nothing be written?
    pub(super) fn is_empty(&self) -> bool {
        !self.changes_row() && self.requests.is_empty()
    }
}

/// The new value, if the rule lets it in.
pub(super) fn decided<T: PartialEq>(old: Option<T>, new: Option<T>, rule: Repeated) -> Option<T> {
    match (old, new, rule) {
        (None, Some(new), _) => Some(new),
        (Some(old), Some(new), Repeated::Overwrite) if old != new => Some(new),
        _ => None,
    }
}

/// What of a record would change somebody who is there. What is protected is filled where nothing is known, and otherwise asked for.
pub(super) fn changes(
    cx: &Context,
    around: &Around,
    (row, record, resolved): (i32, &Record, &Resolved),
    person: &Person,
    rule: Repeated,
) -> Result<Change, CannotSeal> {
    let mut change = Change::default();
    plain(cx, (record, person), rule, &mut change)?;
    dated(around, (row, record, resolved), person, rule, &mut change);
    kept_birthday((record, person), rule, &mut change);
    protected::compare(cx, around, (row, record), person, rule, &mut change)?;
    Ok(change)
}

/// Columns that are nothing but columns.
fn plain(
    cx: &Context,
    (record, person): (&Record, &Person),
    rule: Repeated,
    change: &mut Change,
) -> Result<(), CannotSeal> {
    let (row, to) = (person.id.to_string(), &mut change.columns);
    let seal = |column: SealedColumn, clear: &str| cx.seal.seal(column.cell(&row), clear);
    put(&mut to.name, decided(Some(person.name.clone()), record.name.clone(), rule));
    put(&mut to.gender, decided(Some(person.gender), record.gender, rule));
    put(&mut to.living_alone, decided(Some(person.living_alone), record.living_alone, rule));
    if let Some(phone) = &record.phone {
        // Under an older key it is the same number still.
        let known = person.phone_index.as_ref();
        let same = cx.seal.blinds(Searched::Phone, phone.as_str()).iter().any(|index| known == Some(index));
        if !same && (known.is_none() || rule == Repeated::Overwrite) {
            to.phone = Set(Some(seal(SealedColumn::Phone, phone.as_str())?));
            to.phone_index = Set(Some(cx.seal.blind(Searched::Phone, phone.as_str())));
        }
    }
    if let (Some(identity), None) = (&record.identity, &person.identity) {
        to.identity = Set(Some(seal(SealedColumn::Identity, identity.as_str())?));
        to.identity_index = Set(Some(cx.seal.blind(Searched::IdentityNumber, identity.as_str())));
        to.identity_derived = Set(identity.is_derived());
    }
    Ok(())
}

/// What is dated: of whom nobody wrote down since when, it is so from today on.
fn dated(
    around: &Around,
    (row, record, resolved): (i32, &Record, &Resolved),
    person: &Person,
    rule: Repeated,
    change: &mut Change,
) {
    let mut say = |kind, value, from_on, field: Field| {
        // Joining the party is not an episode of its own: on another day, the file was wrong before.
        let once = kind == FactKind::PartyMember;
        let said = around.facts(person.id).iter().filter(|fact| fact.kind == kind);
        match fact::has_room(said.filter(|fact| !once || fact.to_on.is_some()), from_on) {
            Ok(()) => change.facts.push(NewFact { kind, value, from_on, basis: around.source(row) }),
            Err(refusal) => change.wrong.push(Wrong { field: Some(field), ..refusal.into() }),
        }
    };
    let (to, today) = (&mut change.columns, around.today);
    if let Some(unit) = decided(Some(person.unit_id), Some(resolved.unit), rule) {
        let value = Fact::Unit(unit, resolved.unit_region.clone());
        say(FactKind::ManagingUnit, value, today, Field::Unit);
        to.unit_id = Set(unit);
    }
    if let Some(region) = decided(person.residence.clone(), resolved.residence.clone(), rule) {
        say(FactKind::Residence, Fact::Region(region.clone()), today, Field::Residence);
        to.residence = Set(Some(region));
    }
    if let Some(on) = decided(person.party_joined_on, record.party_joined, rule) {
        say(FactKind::PartyMember, Fact::Bare, on, Field::PartyJoined);
        to.party_joined_on = Set(Some(on));
    }
    if let (Some(new), None) = (record.joined_work, person.joined_work_on) {
        let known = Known { on: new.on, precision: precision(new.precision) };
        say(FactKind::JoinedWork, Fact::Text(known.to_string()), known.on, Field::JoinedWork);
        to.joined_work_on = Set(Some(known.on));
        to.joined_work_precision = Set(Some(known.precision));
    }
    if let Some(way) = decided(Some(person.retirement), record.retirement, rule) {
        let kind = match way {
            Retirement::Veteran => FactKind::Veteran,
            Retirement::Retired => FactKind::Retired,
        };
        say(kind, Fact::Bare, today, Field::Retirement);
        to.retirement = Set(way);
    }
    let after = with_joining(person, &change.columns);
    let way = record.retirement.filter(|_| rule == Repeated::Overwrite).unwrap_or(person.retirement);
    let touched = change.columns.joined_work_on.is_set() || change.columns.retirement.is_set();
    if touched && way == Retirement::Veteran && !fact::may_be_veteran(&after) {
        change.wrong.push(Problem::NoVeteran.of(Field::JoinedWork));
    }
}

/// The person once the change is made, as far as joining the work goes.
pub(super) fn with_joining(person: &Person, change: &person::entity::ActiveModel) -> Person {
    let mut after = person.clone();
    if let ActiveValue::Set(on) = change.joined_work_on {
        after.joined_work_on = on;
    }
    if let ActiveValue::Set(precision) = change.joined_work_precision {
        after.joined_work_precision = precision;
    }
    after
}

/// The birthday that the family keeps.
fn kept_birthday((record, person): (&Record, &Person), rule: Repeated, change: &mut Change) {
    let old = person.birthday_month.zip(person.birthday_day);
    let old = old.map(|(month, day)| (person.birthday_calendar, month, day));
    let new = birthday(record).map(|birthday| (birthday.calendar, birthday.month, birthday.day));
    let Some((calendar, month, day)) = decided(old, new, rule) else { return };
    if person.born_source == BirthSource::Family {
        // The family's word counts for personnel matters here.
        change.wrong.push(Problem::Protected.of(Field::Birthday));
        return;
    }
    let born = person.born_on;
    let year = match calendar {
        Calendar::Lunar => LunarDate::of(born).map_or(born.year(), |date| date.year),
        Calendar::Solar => born.year(),
    };
    let said = Said {
        source: BirthSource::Family,
        calendar,
        year: i16::try_from(year).unwrap_or_default(),
        month: Some(month),
        day: Some(day),
        leap: false,
    };
    if !said.exists() {
        change.wrong.push(Problem::NoSuchDay.of(Field::Birthday));
    }
    change.columns.birthday_calendar = Set(calendar);
    change.columns.birthday_month = Set(Some(month));
    change.columns.birthday_day = Set(Some(day));
    change.birthday = Some(said);
}

fn put<T: Into<Value>>(column: &mut ActiveValue<T>, value: Option<T>) {
    if let Some(value) = value {
        *column = Set(value);
    }
}

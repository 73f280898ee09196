//! Roles and treatment of the invented people, told by the day of their birth, so that nothing more is drawn.

use std::collections::HashMap;

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use crate::{
    ids::UnitId,
    person::{
        Person, Precision, Retirement, Unit,
        fact::{self, FactKind, LONG_AGO, Level, NewFact, PersonFact, Value},
        period::Known,
    },
};

/// When a veteran joined the revolutionary work: at seventeen, at the latest when there was still one. Of some only the month is known,
/// of a few only the year.
pub(super) fn joined(born_on: NaiveDate) -> Known {
    let last = NaiveDate::from_ymd_opt(1949, 9, 30).unwrap_or(born_on);
    let day = born_on.with_year(born_on.year() + 17).unwrap_or(last).min(last);
    let precision = match born_on.ordinal() % 10 {
        0..=2 => Precision::Month,
        3 => Precision::Year,
        _ => Precision::Day,
    };
    let known = Known { on: day, precision };
    Known { on: known.days().0, precision }
}

/// Everything that is known of a person when the seed is written.
pub(super) fn of(person: &Person, units: &HashMap<UnitId, &Unit>, now: DateTime<Utc>) -> Vec<PersonFact> {
    let Some(unit) = units.get(&person.unit_id) else { return Vec::new() };
    let mut facts = fact::at_registration(person, &unit.region, None, now);
    let mut say = |kind, value, from_on: Option<NaiveDate>| {
        let new =
            NewFact { kind, value, from_on: from_on.unwrap_or(LONG_AGO), basis: "示例名册".to_owned() };
        facts.push(fact::row(person.id, new, None, (None, now)));
    };
    let number = person.born_on.ordinal();
    let veteran = person.retirement == Retirement::Veteran;
    let level = match (veteran, number % 20) {
        (true, 0) => Level::DeputyProvince,
        (true, 1..=5) => Level::DeputyBureau,
        (true, 6..=15) | (false, 0..=3) => Level::County,
        (true, _) => Level::DeputyCounty,
        (false, _) => Level::Section,
    };
    say(FactKind::Rank, Value::Level(level), None);
    for kind in [FactKind::Living, FactKind::Medical] {
        say(kind, Value::Level(level), NaiveDate::from_ymd_opt(2008, 1, 1));
    }
    if number % 6 == 1 && person.is_alive() {
        say(FactKind::Volunteer, Value::Bare, NaiveDate::from_ymd_opt(2019, 3, 5));
    }
    if number % 40 == 2 && person.is_alive() {
        say(FactKind::Hardship, Value::Bare, NaiveDate::from_ymd_opt(2024, 1, 1));
    }
    facts
}

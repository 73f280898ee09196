//! Writing down what a source says. What counts for greetings a worker decides; what counts for personnel matters goes by
//! `person::change`.

use chrono::{DateTime, Datelike, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DatabaseConnection, DbErr};
use serde_json::json;

use super::{PersonBirth, store};
use crate::{
    Act, By, Context,
    authority::Worker,
    calendar::local_date,
    ids::{AccountId, PersonBirthId, PersonId},
    person::{
        self, BirthSource, Calendar, Person, PersonError, Precision, entity,
        fact::{FactError, FactRefusal},
        store as people,
    },
};

/// Why nothing is written.
pub type BirthError = PersonError;

/// What a source says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// Who says so.
    pub source: BirthSource,
    /// In which calendar.
    pub calendar: Calendar,
    /// The year.
    pub year: i16,
    /// The month, if it is known.
    pub month: Option<i16>,
    /// The day, if it is known.
    pub day: Option<i16>,
    /// 闰月.
    pub leap: bool,
}

impl std::fmt::Debug for Said {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Said").field("source", &self.source).finish_non_exhaustive()
    }
}

impl Said {
    /// Is there such a day, as far as it is said?
    pub(crate) fn exists(self) -> bool {
        let nobody = PersonId::from_uuid(uuid::Uuid::nil());
        self.row(nobody, (false, false), (None, DateTime::UNIX_EPOCH)).solar().is_some()
    }

    pub(crate) fn row(
        self,
        person: PersonId,
        (personnel, greeting): (bool, bool),
        (by, now): (Option<&AccountId>, DateTime<Utc>),
    ) -> PersonBirth {
        let precision = match (self.month, self.day) {
            (Some(_), Some(_)) => Precision::Day,
            (Some(_), None) => Precision::Month,
            (None, _) => Precision::Year,
        };
        PersonBirth {
            id: PersonBirthId::new(now),
            person_id: person,
            source: self.source,
            calendar: self.calendar,
            precision,
            year: self.year,
            month: self.month,
            day: self.day.filter(|_| self.month.is_some()),
            leap: self.leap,
            personnel,
            greeting,
            recorded_by: by.cloned(),
            recorded_at: now,
            superseded_at: None,
        }
    }
}

/// Writes down what a source says; `greeting`: birthdays are kept by it from now on.
pub async fn say(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (person, said, greeting): (PersonId, Said, bool),
    now: DateTime<Utc>,
) -> Result<(), PersonError> {
    let tx = mailbox::transaction::write(db).await?;
    let person = person::commands::reached(&tx, worker, person).await?;
    let row = said.row(person.id, (false, greeting), (Some(worker.account()), now));
    if row.solar().is_none_or(|day| day > local_date(now)) {
        return Err(PersonError::Refused(person::PersonRefusal::BirthDate));
    }
    let counted = store::of_person(&tx, person.id).await?;
    if counted.iter().any(|old| old.source == said.source && old.personnel) {
        return Err(PersonError::Refused(person::PersonRefusal::ByRequest));
    }
    put(&tx, row, now).await?;
    if greeting {
        greet_by(&tx, &person, &said, now).await?;
    }
    let act = Act {
        by: By::from(worker),
        action: "person.birth_said",
        subject: format!("person/{}", person.id),
        detail: json!({ "greeting": greeting }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Writes a row. What the same source said before is superseded; what only counted for the same stays as what it is, a statement.
pub(crate) async fn put(
    tx: &impl ConnectionTrait,
    row: PersonBirth,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let counts = (row.personnel, row.greeting);
    let mut rows = Vec::new();
    for old in store::make_way(tx, (row.person_id, row.source), counts, now).await? {
        if old.source != row.source {
            rows.push(PersonBirth {
                id: PersonBirthId::new(now),
                personnel: old.personnel && !row.personnel,
                greeting: old.greeting && !row.greeting,
                recorded_at: now,
                ..old
            });
        } else if (old.personnel && !row.personnel) || (old.greeting && !row.greeting) {
            // The source says something else now, and it counts for what it counted for.
            let row = PersonBirth {
                personnel: row.personnel || old.personnel,
                greeting: row.greeting || old.greeting,
                ..row.clone()
            };
            rows.push(row);
        }
    }
    if rows.iter().all(|one| one.source != row.source) {
        rows.push(row);
    }
    store::insert(tx, &rows).await
}

async fn greet_by(
    tx: &impl ConnectionTrait,
    person: &Person,
    said: &Said,
    now: DateTime<Utc>,
) -> Result<(), PersonError> {
    let change = entity::ActiveModel {
        birthday_calendar: Set(said.calendar),
        birthday_month: Set(said.month),
        birthday_day: Set(said.day.filter(|_| said.month.is_some())),
        ..Default::default()
    };
    if people::update(tx, person, change, now).await? { Ok(()) } else { Err(PersonError::Stale) }
}

/// What a record says of the birth when it begins.
pub(crate) fn at_registration(
    person: &Person,
    by: Option<&AccountId>,
    now: DateTime<Utc>,
) -> Vec<PersonBirth> {
    let whole = |part: u32| i16::try_from(part).ok();
    let born = person.born_on;
    let file = Said {
        source: person.born_source,
        calendar: Calendar::Solar,
        year: i16::try_from(born.year()).unwrap_or(1900),
        month: whole(born.month()).filter(|_| person.born_precision != Precision::Year),
        day: whole(born.day()).filter(|_| person.born_precision == Precision::Day),
        leap: false,
    };
    let mut rows = vec![file.row(person.id, (true, false), (by, now))];
    let kept = person.birthday_month.zip(person.birthday_day);
    if let Some((month, day)) = kept.filter(|_| person.born_source != BirthSource::Family) {
        let lunar = person.birthday_calendar == Calendar::Lunar;
        let year = if lunar {
            crate::calendar::LunarDate::of(born).map_or(born.year(), |day| day.year)
        } else {
            born.year()
        };
        let family = Said {
            source: BirthSource::Family,
            calendar: person.birthday_calendar,
            year: i16::try_from(year).unwrap_or(1900),
            month: Some(month),
            day: Some(day),
            leap: false,
        };
        rows.push(family.row(person.id, (false, true), (by, now)));
    }
    rows
}

impl From<FactError> for PersonError {
    fn from(error: FactError) -> Self {
        match error {
            FactError::NotFound => Self::NotFound,
            FactError::Refused(FactRefusal::Died) => Self::Refused(person::PersonRefusal::Died),
            FactError::Refused(FactRefusal::UnitClosed) => Self::Refused(person::PersonRefusal::UnitClosed),
            FactError::Refused(refusal) => Self::Refused(person::PersonRefusal::Fact(refusal)),
            FactError::Db(error) => Self::Db(error),
        }
    }
}

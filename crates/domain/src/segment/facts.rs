//! What a rule asks for, of many people at once. For a page of some hundred people it is a fixed number of queries, whoever they are: 460,000
//! people are some 900 pages of ten queries each, and none for a single person.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use crate::{
    account, aid,
    ids::{PersonId, RegionCode, UnitId},
    outreach,
    person::{
        Person, contact,
        fact::{self, FactKind, PersonFact},
        kin, store as people,
    },
};

/// As of when.
#[derive(Clone, Copy, Debug)]
pub(super) enum When {
    /// Today, by the record as it is.
    Now(NaiveDate, DateTime<Utc>),
    /// A day before, as far as was known at a moment: by what has a date.
    Before(NaiveDate, DateTime<Utc>),
}

impl When {
    pub(super) const fn on(self) -> NaiveDate {
        match self {
            Self::Now(on, _) | Self::Before(on, _) => on,
        }
    }

    const fn known(self) -> DateTime<Utc> {
        match self {
            Self::Now(_, known) | Self::Before(_, known) => known,
        }
    }
}

/// What is known of one person.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    pub(super) person: Person,
    /// What was so on the day, of the kinds that a rule asks for.
    pub(super) said: Vec<PersonFact>,
    /// Where the managing unit is.
    pub(super) managed: Option<RegionCode>,
    pub(super) telephone: bool,
    pub(super) account: bool,
    pub(super) relatives: bool,
    /// When somebody was there last.
    pub(super) visited: Option<NaiveDate>,
}

impl Facts {
    /// What is said of a kind.
    pub(super) fn of(&self, kind: FactKind) -> Option<&PersonFact> {
        self.said.iter().find(|fact| fact.kind == kind)
    }
}

fn asked() -> Vec<FactKind> {
    let others = [
        FactKind::ManagingUnit,
        FactKind::Residence,
        FactKind::Veteran,
        FactKind::Retired,
        FactKind::PartyMember,
        FactKind::Volunteer,
        FactKind::Hardship,
        FactKind::JoinedWork,
        FactKind::Period,
    ];
    FactKind::all().filter(|kind| kind.is_treatment()).chain(others).collect()
}

/// Reads it, in the order of the people.
pub(super) async fn load(
    db: &impl ConnectionTrait,
    persons: Vec<Person>,
    when: When,
) -> Result<Vec<Facts>, DbErr> {
    let (on, known) = (when.on(), when.known());
    let ids: Vec<PersonId> = persons.iter().map(|person| person.id).collect();
    let mut said: HashMap<PersonId, Vec<PersonFact>> = HashMap::new();
    for row in fact::store::as_of(db, &asked(), &ids, (on, known)).await? {
        said.entry(row.person_id).or_default().push(row);
    }
    let units: HashSet<UnitId> = persons.iter().map(|person| person.unit_id).collect();
    let units: HashMap<UnitId, RegionCode> =
        people::find_units(db, &units).await?.into_iter().map(|unit| (unit.id, unit.region)).collect();
    let numbers = contact::store::persons_with(db, &ids, known).await?;
    let logins = account::store::persons_with(db, &ids, known).await?;
    let relatives = kin::store::persons_with(db, &ids, (on, known)).await?;
    let visited = visits(db, &ids, (on, known)).await?;
    let facts = persons.into_iter().map(|person| {
        let said = said.remove(&person.id).unwrap_or_default();
        let managed = match when {
            When::Now(..) => units.get(&person.unit_id).cloned(),
            When::Before(..) => {
                let unit = said.iter().find(|fact| fact.kind == FactKind::ManagingUnit);
                unit.and_then(|fact| fact.region.clone())
            }
        };
        Facts {
            said,
            managed,
            telephone: person.phone_index.is_some() || numbers.contains(&person.id),
            account: logins.contains(&person.id),
            relatives: relatives.contains(&person.id),
            visited: visited.get(&person.id).copied(),
            person,
        }
    });
    Ok(facts.collect())
}

/// When somebody was there last, with a present or for a case.
pub(super) async fn visits(
    db: &impl ConnectionTrait,
    ids: &[PersonId],
    when: (NaiveDate, DateTime<Utc>),
) -> Result<HashMap<PersonId, NaiveDate>, DbErr> {
    let mut visited = outreach::store::visit::last_of(db, ids, when).await?;
    for (person, day) in aid::store::case::last_visits(db, ids, when).await? {
        let last = visited.entry(person).or_insert(day);
        *last = day.max(*last);
    }
    Ok(visited)
}

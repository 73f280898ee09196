//! What the rows of a chunk refer to, read in a handful of queries. The one file of the feature that reads the tables of others.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use super::{Field, Intake, Problem, Record, Repeated, Wrong};
use crate::{
    authority::Place,
    branch::{self, Branch, Membership},
    ids::{PersonId, RegionCode, UnitId},
    person::{
        self, Person, Unit,
        change::{self, PersonChange},
        fact::{self, PersonFact},
    },
    privacy::Blind,
    region::Regions,
};

/// What records may refer to.
pub(super) struct Around {
    place: Place,
    pub(super) today: NaiveDate,
    pub(super) rule: Repeated,
    source: String,
    regions: Option<Regions>,
    units: HashMap<String, Vec<Unit>>,
    branches: HashMap<String, Vec<Branch>>,
    by_number: HashMap<Blind, Known>,
    by_name: HashMap<(String, NaiveDate, UnitId), Vec<Known>>,
    members: HashMap<PersonId, Vec<Membership>>,
    facts: HashMap<PersonId, Vec<PersonFact>>,
    asked: HashMap<PersonId, Vec<PersonChange>>,
}

/// Somebody who is there.
#[derive(Clone)]
pub(super) struct Known {
    pub(super) person: Person,
    /// Does the import reach him?
    pub(super) inside: bool,
    /// He was found by a record that was merged into his: its number stays with it.
    pub(super) by_merged: bool,
}

/// What a record refers to.
#[derive(Clone, Debug)]
pub(super) struct Resolved {
    pub(super) unit: UnitId,
    pub(super) unit_region: RegionCode,
    pub(super) residence: Option<RegionCode>,
    pub(super) branch: Option<Branch>,
}

fn in_region(column: impl ColumnTrait, region: &RegionCode) -> Condition {
    let from = region.as_str();
    Condition::all().add(column.gte(from)).add(column.lt(format!("{from}{}", char::MAX)))
}

fn distinct<'a>(texts: impl Iterator<Item = &'a String>) -> Vec<String> {
    texts.collect::<HashSet<_>>().into_iter().cloned().collect()
}

/// The records into which these were merged.
async fn kept(
    db: &impl ConnectionTrait,
    found: impl Iterator<Item = &(Person, Option<Unit>)>,
) -> Result<HashMap<PersonId, (Person, Option<Unit>)>, DbErr> {
    let ids: HashSet<PersonId> = found.filter_map(|(person, _)| person.merged_into).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = person::entity::Entity::find()
        .filter(person::entity::Column::Id.is_in(ids))
        .find_also_related(person::unit::Entity)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.0.id, row)).collect())
}

impl Around {
    /// Units, branches and regions: what must be known before it is known whom a record is about.
    pub(super) async fn places(
        db: &impl ConnectionTrait,
        intake: &Intake,
        records: &[Record],
        today: NaiveDate,
    ) -> Result<Self, DbErr> {
        let names = distinct(records.iter().filter_map(|record| record.unit.as_ref()));
        let mut query = person::unit::Entity::find()
            .filter(person::unit::Column::Name.is_in(names))
            .filter(in_region(person::unit::Column::Region, &intake.region));
        if let Some(unit) = intake.unit_id {
            query = query.filter(person::unit::Column::Id.eq(unit));
        }
        let mut units: HashMap<String, Vec<Unit>> = HashMap::new();
        for unit in query.all(db).await? {
            units.entry(unit.name.clone()).or_default().push(unit);
        }
        let names = distinct(records.iter().filter_map(|record| record.branch.as_ref()));
        let mut branches: HashMap<String, Vec<Branch>> = HashMap::new();
        if !names.is_empty() && intake.unit_id.is_none() {
            let query = branch::entity::Entity::find()
                .filter(branch::entity::Column::Name.is_in(names))
                .filter(branch::store::in_region(&intake.region));
            for branch in query.all(db).await? {
                branches.entry(branch.name.clone()).or_default().push(branch);
            }
        }
        let asks = |record: &Record| record.residence.is_some() || record.unit_region.is_some();
        let regions = if records.iter().any(asks) { Some(Regions::load(db).await?) } else { None };
        Ok(Self {
            place: intake.at(),
            today,
            rule: intake.repeated,
            source: format!("导入名册“{}”（编号{}）", intake.file_name, intake.id),
            regions,
            units,
            branches,
            by_number: HashMap::new(),
            by_name: HashMap::new(),
            members: HashMap::new(),
            facts: HashMap::new(),
            asked: HashMap::new(),
        })
    }

    /// The people whom records may be about, and their branches.
    pub(super) async fn people(
        &mut self,
        db: &impl ConnectionTrait,
        numbers: &[Blind],
        names: &[String],
    ) -> Result<(), DbErr> {
        let numbered = person::entity::Entity::find()
            .filter(person::entity::Column::IdentityIndex.is_in(numbers.iter().cloned()))
            .find_also_related(person::unit::Entity)
            .all(db)
            .await?;
        let units: Vec<UnitId> = self.units.values().flatten().map(|unit| unit.id).collect();
        let like_them = person::entity::Entity::find()
            .filter(person::entity::Column::Name.is_in(names.iter().cloned()))
            .filter(person::entity::Column::UnitId.is_in(units))
            .find_also_related(person::unit::Entity)
            .all(db)
            .await?;
        let kept = kept(db, numbered.iter().chain(&like_them)).await?;
        for (person, unit) in &numbered {
            if let (Some(index), Some(known)) =
                (&person.identity_index, self.known(&kept, person, unit.as_ref()))
            {
                self.by_number.insert(index.clone(), known);
            }
        }
        for (person, unit) in &like_them {
            let Some(known) = self.known(&kept, person, unit.as_ref()) else { continue };
            let called = (person.name.clone(), person.born_on, person.unit_id);
            let same = self.by_name.entry(called).or_default();
            // The kept record may be called the same as what was merged into it.
            if !same.iter().any(|other| other.person.id == known.person.id) {
                same.push(known);
            }
        }
        let known = self.by_name.values().flatten().chain(self.by_number.values());
        let known: HashSet<PersonId> = known.map(|known| known.person.id).collect();
        let known: Vec<PersonId> = known.into_iter().collect();
        for fact in fact::store::said_of(db, &known).await? {
            self.facts.entry(fact.person_id).or_default().push(fact);
        }
        for change in change::store::asked_of(db, &known).await? {
            self.asked.entry(change.person_id).or_default().push(change);
        }
        if self.branches.is_empty() {
            return Ok(());
        }
        for some in known.chunks(500) {
            let open = branch::membership::Entity::find()
                .filter(branch::membership::Column::PersonId.is_in(some.iter().copied()))
                .filter(branch::membership::Column::ToOn.is_null());
            for member in open.all(db).await? {
                self.members.entry(member.person_id).or_default().push(member);
            }
        }
        Ok(())
    }

    /// What a record refers to; everything that it refers to in vain is said.
    pub(super) fn resolve(&self, record: &Record, wrong: &mut Vec<Wrong>) -> Option<Resolved> {
        let mut note = |problem: Problem, field| wrong.push(problem.of(field));
        let unit = self.unit(record).map_err(|problem| note(problem, Field::Unit)).ok();
        let residence = match &record.residence {
            Some(text) => {
                let code = self.region(text);
                if code.is_none() {
                    note(Problem::UnknownRegion, Field::Residence);
                }
                code
            }
            None => None,
        };
        let branch = self.branch(record).map_err(|problem| note(problem, Field::Branch)).ok().flatten();
        let (unit, unit_region) = unit?;
        Some(Resolved { unit, unit_region, residence, branch })
    }

    fn unit(&self, record: &Record) -> Result<(UnitId, RegionCode), Problem> {
        let name = record.unit.as_deref().unwrap_or_default();
        let mut called: Vec<&Unit> = self.units.get(name).into_iter().flatten().collect();
        if let Some(region) = &record.unit_region {
            let region = self.region(region).ok_or(Problem::UnknownUnit)?;
            called.retain(|unit| region.covers(&unit.region));
        }
        let found = called.len();
        called.retain(|unit| unit.closed_on.is_none_or(|closed| self.today < closed));
        match called.as_slice() {
            [unit] => Ok((unit.id, unit.region.clone())),
            [] if found > 0 => Err(Problem::UnitClosed),
            [] => Err(Problem::UnknownUnit),
            _ => Err(Problem::WhichUnit),
        }
    }

    fn branch(&self, record: &Record) -> Result<Option<Branch>, Problem> {
        let Some(name) = &record.branch else { return Ok(None) };
        let day = record.branch_from.unwrap_or(self.today);
        let called: Vec<&Branch> = self.branches.get(name).into_iter().flatten().collect();
        let there: Vec<&&Branch> = called.iter().filter(|branch| branch.exists_on(day)).collect();
        match there.as_slice() {
            [branch] => Ok(Some((**branch).clone())),
            [] if called.is_empty() => Err(Problem::UnknownBranch),
            [] => Err(Problem::BranchNotYet),
            _ => Err(Problem::WhichBranch),
        }
    }

    /// A code, or a name with as much in front of it as it takes to be the only one.
    fn region(&self, text: &str) -> Option<RegionCode> {
        let regions = self.regions.as_ref()?;
        if let Some(code) = RegionCode::from_gb2260(text) {
            return regions.find(&code, self.today).map(|region| region.code.clone());
        }
        let named = (1..=4_i16).flat_map(|level| regions.of_level(level, self.today));
        let mut fits = named.filter(|region| {
            text.ends_with(&region.name) && regions.full_name(&region.code, self.today).ends_with(text)
        });
        let first = fits.next()?;
        fits.next().is_none().then(|| first.code.clone())
    }

    /// The person with this number, wherever, and whether the import reaches him.
    pub(super) fn numbered(&self, index: &Blind) -> Option<&Known> {
        self.by_number.get(index)
    }

    /// The people with this name, birth and unit.
    pub(super) fn same(&self, name: &str, born_on: NaiveDate, unit: UnitId) -> &[Known] {
        self.by_name.get(&(name.to_owned(), born_on, unit)).map_or(&[], Vec::as_slice)
    }

    /// Whom a record that was found stands for: itself, or the one into which it was merged.
    fn known(
        &self,
        kept: &HashMap<PersonId, (Person, Option<Unit>)>,
        found: &Person,
        unit: Option<&Unit>,
    ) -> Option<Known> {
        let (person, unit) = match found.merged_into {
            None => (found, unit),
            Some(id) => kept.get(&id).map(|(person, unit)| (person, unit.as_ref()))?,
        };
        let place = unit?.place();
        let inside = self.place.region.covers(&place.region)
            && self.place.unit.is_none_or(|unit| place.unit == Some(unit));
        Some(Known { person: person.clone(), inside, by_merged: found.merged_into.is_some() })
    }

    /// What is said of a person, by day.
    pub(super) fn facts(&self, person: PersonId) -> &[PersonFact] {
        self.facts.get(&person).map_or(&[], Vec::as_slice)
    }

    /// What a second person is asked to agree to already.
    pub(super) fn asked(&self, person: PersonId) -> &[PersonChange] {
        self.asked.get(&person).map_or(&[], Vec::as_slice)
    }

    /// On what a fact or a request stands: this row of this file.
    pub(super) fn source(&self, row: i32) -> String {
        format!("{}第{row}行", self.source)
    }

    /// The branches that a person belongs to.
    pub(super) fn members(&self, person: PersonId) -> &[Membership] {
        self.members.get(&person).map_or(&[], Vec::as_slice)
    }
}

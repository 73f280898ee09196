//! The list that makes itself: who is to be visited on a plan, and by which row of the standard.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use ledger::Fen;
use sea_orm::{ConnectionTrait, DbErr};

use super::{
    Facts, Occasion, Plan, Standard, Stay,
    layers::{best, in_force},
    store,
};
use crate::{
    authority::{DataClass, Scope},
    calendar::{LunarDate, birthday_in, local_date, nominal_age},
    ids::{OutreachStandardId, PersonId, RegionCode, UnitId},
    person::{
        self, Calendar, Person, Precision,
        age::full_years,
        birth::{self, PersonBirth},
        fact::{self, FactKind, Level, PersonFact},
    },
};

/// People per statement.
const PAGE: u64 = 500;
/// So many days after going home somebody is still visited for a stay in hospital (住院: within a week of discharge).
pub const AFTER_STAY: u64 = 7;

/// Somebody to be visited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Who.
    pub person: PersonId,
    /// The managing unit.
    pub unit: UnitId,
    /// Why.
    pub standard: OutreachStandardId,
    /// What one gets once.
    pub round: String,
    /// By when.
    pub due_on: NaiveDate,
    /// 慰问金.
    pub cash: Fen,
    /// 慰问品.
    pub item: Option<String>,
    /// What it is worth at most.
    pub item_value: Fen,
    /// How many go there.
    pub visitors: i32,
    /// Is the person told before?
    pub tells: bool,
}

/// Whose places a plan is about.
pub(super) fn scope(plan: &Plan) -> Scope {
    plan.unit_id.map_or_else(|| Scope::Region(plan.region.clone()), Scope::Unit)
}

/// Everybody on whom the standard says something, as of the plan's day; the living, no provincial leaders. Who is on another plan of the
/// occasion is not among them.
pub async fn wanted(
    db: &impl ConnectionTrait,
    plan: &Plan,
    now: DateTime<Utc>,
) -> Result<Vec<Wanted>, DbErr> {
    let rows = store::standard::of_occasion(db, plan.occasion).await?;
    let mut found = Found { rows: &rows, sets: HashMap::new(), units: HashMap::new(), all: Vec::new() };
    if plan.occasion == Occasion::Hospital {
        let stays = store::stay::recent(db, &[scope(plan)], local_date(now)).await?;
        let ids: Vec<PersonId> = stays.iter().map(|stay| stay.person_id).collect();
        let mut people = person::store::find_all(db, &ids).await?;
        people.retain(|one| one.is_alive() && one.merged_into.is_none());
        found.add(db, (plan, now), &people, &stays).await?;
    } else {
        let (scopes, mut after) = ([scope(plan)], None);
        loop {
            let page = (plan.on_day, after, PAGE);
            let people = person::place::people(db, DataClass::Registry, &scopes, page).await?;
            let Some(last) = people.last() else { break };
            after = Some(last.id);
            let living: Vec<Person> = people.into_iter().filter(Person::is_alive).collect();
            found.add(db, (plan, now), &living, &[]).await?;
        }
    }
    let ids: Vec<PersonId> = found.all.iter().map(|one| one.person).collect();
    let taken: HashSet<(PersonId, String)> = store::entry::taken(db, &ids)
        .await?
        .into_iter()
        .filter(|entry| entry.plan_id != plan.id)
        .map(|entry| (entry.person_id, entry.round))
        .collect();
    found.all.retain(|one| !taken.contains(&(one.person, one.round.clone())));
    Ok(found.all)
}

struct Found<'a> {
    rows: &'a [Standard],
    sets: HashMap<(RegionCode, NaiveDate), Vec<super::InForce<'a>>>,
    units: HashMap<UnitId, Option<RegionCode>>,
    all: Vec<Wanted>,
}

impl Found<'_> {
    async fn add(
        &mut self,
        db: &impl ConnectionTrait,
        (plan, now): (&Plan, DateTime<Utc>),
        people: &[Person],
        stays: &[Stay],
    ) -> Result<(), DbErr> {
        let ids: Vec<PersonId> = people.iter().map(|one| one.id).collect();
        let kinds: Vec<FactKind> =
            FactKind::all().filter(|kind| kind.is_treatment() || *kind == FactKind::Hardship).collect();
        let mut facts: BTreeMap<PersonId, Vec<PersonFact>> = BTreeMap::new();
        for fact in fact::store::as_of(db, &kinds, &ids, (plan.on_day, now)).await? {
            facts.entry(fact.person_id).or_default().push(fact);
        }
        let births = if plan.occasion == Occasion::Birthday {
            birth::store::of_persons(db, &ids).await?
        } else {
            Vec::new()
        };
        for person in people {
            if let std::collections::hash_map::Entry::Vacant(unit) = self.units.entry(person.unit_id) {
                let found = person::store::find_unit(db, person.unit_id).await?;
                unit.insert(found.map(|unit| unit.region));
            }
            let known = facts.get(&person.id).map_or(&[][..], Vec::as_slice);
            match plan.occasion {
                Occasion::Birthday => {
                    // As the family keeps it; where nobody has told, as the file says.
                    let mine = births.iter().filter(|one| one.person_id == person.id);
                    let kept =
                        mine.clone().find(|one| one.greeting).or(mine.clone().find(|one| one.personnel));
                    for (day, year, age) in kept.into_iter().flat_map(|kept| birthdays(kept, plan)) {
                        let round = plan.occasion.round(year);
                        self.one(plan, (person, known), (day, Some(age)), round);
                    }
                }
                Occasion::Hospital => {
                    for stay in stays.iter().filter(|stay| stay.person_id == person.id) {
                        self.one(plan, (person, known), (stay.from_on, None), stay.round());
                    }
                }
                other => {
                    self.one(plan, (person, known), (plan.on_day, None), other.round(plan.year));
                }
            }
        }
        Ok(())
    }

    fn one(
        &mut self,
        plan: &Plan,
        (person, known): (&Person, &[PersonFact]),
        (day, age): (NaiveDate, Option<u32>),
        round: String,
    ) {
        let Some(Some(region)) = self.units.get(&person.unit_id) else { return };
        let set = self
            .sets
            .entry((region.clone(), plan.on_day))
            .or_insert_with(|| in_force(self.rows, plan.occasion, region, plan.on_day));
        let Some(gets) = best(set, &facts(person, known, (day, age))) else { return };
        self.all.push(Wanted {
            person: person.id,
            unit: person.unit_id,
            standard: gets.row.id,
            round,
            due_on: plan.occasion.due(day, gets.terms.days),
            cash: gets.terms.cash,
            item: gets.terms.item.clone(),
            item_value: gets.terms.item_value,
            visitors: gets.terms.visitors,
            tells: gets.terms.tells,
        });
    }
}

/// What counts of somebody on a day. On a birthday the age is the one that is celebrated, in whichever calendar.
fn facts(person: &Person, known: &[PersonFact], (day, celebrated): (NaiveDate, Option<u32>)) -> Facts {
    let levels = known.iter().filter(|fact| fact.kind.is_treatment()).filter_map(PersonFact::level);
    let nominal = nominal_age(person.born_on, day).ok().and_then(|age| u32::try_from(age).ok());
    let age = celebrated.unwrap_or_else(|| full_years(person.born_on, day));
    Facts {
        retirement: person.retirement,
        age,
        nominal_age: match celebrated {
            Some(age) if person.birthday_calendar == Calendar::Lunar => age + 1,
            _ => nominal.unwrap_or(age + 1),
        },
        level: levels.max_by_key(|level: &Level| *level),
        alone: person.living_alone,
        hardship: known.iter().any(|fact| fact.kind == FactKind::Hardship),
    }
}

/// The birthdays among a plan's days: the day, the year of the calendar in which it is kept, the age that is reached.
fn birthdays(kept: &PersonBirth, plan: &Plan) -> Vec<(NaiveDate, i32, u32)> {
    if kept.precision != Precision::Day {
        return Vec::new();
    }
    let in_year = |year: i32| match kept.calendar {
        Calendar::Solar => {
            let (month, day) = (u32::try_from(kept.month?).ok()?, u32::try_from(kept.day?).ok()?);
            // 29 February is kept on 1 March of other years, as the age is reached then.
            NaiveDate::from_ymd_opt(year, month, day).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))
        }
        Calendar::Lunar => {
            let (month, day) = (u8::try_from(kept.month?).ok()?, u8::try_from(kept.day?).ok()?);
            birthday_in(year, month, kept.leap, day).ok()
        }
    };
    let year = match kept.calendar {
        Calendar::Solar => plan.on_day.year(),
        Calendar::Lunar => LunarDate::of(plan.on_day).map_or(plan.on_day.year(), |date| date.year),
    };
    let age = |year: i32| u32::try_from(year - i32::from(kept.year)).unwrap_or_default();
    (year - 1..=year + 1)
        .filter_map(|year| Some((in_year(year)?, year, age(year))))
        .filter(|(day, ..)| (plan.on_day..=plan.to_day).contains(day))
        .collect()
}

/// The first day on which somebody who went home is not visited any more for it.
pub(super) fn forgotten(today: NaiveDate) -> NaiveDate {
    today.checked_sub_days(Days::new(AFTER_STAY)).unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate};
    use ledger::Fen;
    use uuid::Uuid;

    use super::{Occasion, PersonBirth, Plan, birthdays};
    use crate::{
        ids::{AccountId, OutreachPlanId, PersonBirthId, PersonId, RegionCode},
        outreach::PlanState,
        person::{BirthSource, Calendar, Precision},
    };

    fn plan(year: i32, month: u32) -> Plan {
        let (on_day, to_day) = Occasion::Birthday.span(year, month).unwrap();
        Plan {
            id: OutreachPlanId::from_uuid(Uuid::nil()),
            occasion: Occasion::Birthday,
            region: RegionCode::parse("330106").unwrap(),
            unit_id: None,
            year,
            on_day,
            to_day,
            budget_year: year,
            state: PlanState::Draft,
            reserved: Fen::ZERO,
            paid: Fen::ZERO,
            made_by: AccountId::parse("li").unwrap(),
            made_at: DateTime::UNIX_EPOCH,
            proposed_by: None,
            proposed_at: None,
            decided_by: None,
            decided_at: None,
            settled_by: None,
            settled_at: None,
        }
    }

    fn born(calendar: Calendar, (year, month, day): (i16, i16, i16)) -> PersonBirth {
        PersonBirth {
            id: PersonBirthId::from_uuid(Uuid::nil()),
            person_id: PersonId::from_uuid(Uuid::nil()),
            source: BirthSource::Family,
            calendar,
            precision: Precision::Day,
            year,
            month: Some(month),
            day: Some(day),
            leap: false,
            personnel: false,
            greeting: true,
            recorded_by: None,
            recorded_at: DateTime::UNIX_EPOCH,
            superseded_at: None,
        }
    }

    #[test]
    fn a_birthday_is_found_in_the_calendar_in_which_it_is_kept() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let solar = born(Calendar::Solar, (1946, 12, 5));
        assert_eq!(birthdays(&solar, &plan(2026, 12)), [(day("2026-12-05"), 2026, 80)]);
        assert_eq!(birthdays(&solar, &plan(2026, 11)), []);
        let leap = born(Calendar::Solar, (1944, 2, 29));
        assert_eq!(birthdays(&leap, &plan(2027, 3)), [(day("2027-03-01"), 2027, 83)]);
        // The twelfth month of a lunar year lies in the next solar one.
        let lunar = born(Calendar::Lunar, (1936, 12, 8));
        assert_eq!(birthdays(&lunar, &plan(2027, 1)), [(day("2027-01-15"), 2026, 90)]);
        let month = PersonBirth { precision: Precision::Month, day: None, ..solar };
        assert_eq!(birthdays(&month, &plan(2026, 12)), [], "nobody guesses a day");
    }
}

//! Of whom a rule can be so at all, as a condition of SQL, so that a narrow segment reads few people. It lets too many through rather than
//! too few: nobody whom the rule would take, or about whom it does not know, is missing. What says no to a person is `judge` alone.

use chrono::{Days, Months, NaiveDate};
use sea_orm::{ColumnTrait, Condition};

use super::{Line, Mark, Rule, What};
use crate::person::{
    Retirement, entity,
    fact::{FactKind, Level, store::holds},
    store::begins_with,
    unit,
};

/// Somebody of whose birth the year is known may be so many days older or younger than the record's day says.
const VAGUE: u64 = 366;

/// Of a query over persons with their units.
pub(super) fn possible(rule: &Rule, on: NaiveDate) -> Condition {
    let lines = rule.lines().iter().filter_map(|one| line(one, on));
    lines.fold(Condition::all(), Condition::add)
}

/// `None`: nothing can be said. A line is as vague as its vaguest mark.
fn line(line: &Line, on: NaiveDate) -> Option<Condition> {
    line.0.iter().try_fold(Condition::any(), |any, one| Some(any.add(mark(one, on)?)))
}

fn mark(mark: &Mark, on: NaiveDate) -> Option<Condition> {
    let has = |kind: FactKind, levels: &[Level]| Some(Condition::all().add(holds(kind, levels, on)));
    match (&mark.what, mark.so) {
        (What::Age(age), true) => {
            let day = on.checked_sub_months(Months::new(12 * u32::from(*age)))?;
            Some(Condition::all().add(entity::Column::BornOn.lte(day.checked_add_days(Days::new(VAGUE))?)))
        }
        (What::Age(age), false) => {
            let day = on.checked_sub_months(Months::new(12 * u32::from(*age)))?;
            Some(Condition::all().add(entity::Column::BornOn.gte(day.checked_sub_days(Days::new(VAGUE))?)))
        }
        (What::Kind(Retirement::Veteran), true) => has(FactKind::Veteran, &[]),
        (What::Kind(Retirement::Retired), true) => has(FactKind::Retired, &[]),
        (What::PartyMember, true) => has(FactKind::PartyMember, &[]),
        (What::Volunteer, true) => has(FactKind::Volunteer, &[]),
        (What::Hardship, true) => has(FactKind::Hardship, &[]),
        (What::Treatment(kind, least), true) => {
            let levels: Vec<Level> = Level::all().filter(|level| level >= least).collect();
            has(*kind, &levels)
        }
        (What::Alone, so) => Some(Condition::all().add(entity::Column::LivingAlone.eq(so))),
        (What::ManagedIn(region), true) => Some(begins_with(unit::Column::Region, region.as_str())),
        _ => None,
    }
}

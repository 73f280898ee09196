//! Who is due: those who were helped more than once and whose help has not ended.

use std::collections::HashMap;

use chrono::{Months, NaiveDate};
use sea_orm::{ConnectionTrait, DbErr};

use crate::{
    aid::{
        Case, Status,
        procedure::{Limit, in_force},
        store,
    },
    authority::Scope,
    ids::{CaseId, PersonId},
};

/// So many cases are looked at, longest waiting first.
const MOST: u64 = 5000;

/// Somebody who is to be asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The last of the cases, into which the review is written.
    pub case: Case,
    /// How many cases there are.
    pub cases: usize,
    /// The last review.
    pub reviewed_on: Option<NaiveDate>,
    /// By when.
    pub due_on: NaiveDate,
    /// Did somebody who went there after a payment find something else than is on record?
    pub found: bool,
}

/// By when somebody is reviewed who was paid on these days. Pure. Who was found otherwise since the last review, at once; who was paid twice
/// or more, so many months after the last review, or after the first payment if there was none.
pub fn due_on(
    paid: &[NaiveDate],
    reviewed_on: Option<NaiveDate>,
    found_on: Option<NaiveDate>,
    months: u32,
) -> Option<NaiveDate> {
    if let Some(found) = found_on.filter(|found| reviewed_on.is_none_or(|reviewed| *found > reviewed)) {
        return Some(found);
    }
    let (first, more) = (paid.iter().min()?, paid.len() > 1);
    let from = reviewed_on.unwrap_or(*first);
    more.then(|| from.checked_add_months(Months::new(months)).unwrap_or(from))
}

/// Everybody whom the scopes reach, the first due first.
pub async fn due(db: &impl ConnectionTrait, scopes: &[Scope], today: NaiveDate) -> Result<Vec<Due>, DbErr> {
    if scopes.is_empty() {
        return Ok(Vec::new());
    }
    let open = [Status::Paid, Status::Unreceived, Status::Received];
    let mut of: HashMap<PersonId, Vec<Case>> = HashMap::new();
    for case in store::case::waiting(db, scopes, &open, MOST).await? {
        of.entry(case.person_id).or_default().push(case);
    }
    let ids: Vec<CaseId> = of.values().flatten().map(|case| case.id).collect();
    let paid = store::after::paid_days(db, &ids).await?;
    let reviews = store::after::last_reviews(db, &ids).await?;
    let findings = store::after::last_findings(db, &ids).await?;
    let rows = store::procedure::all(db).await?;
    let mut all = Vec::new();
    for mut cases in of.into_values() {
        cases.sort_by_key(|case| case.id);
        let last = |days: &HashMap<CaseId, NaiveDate>| {
            cases.iter().filter_map(|case| days.get(&case.id)).max().copied()
        };
        let (reviewed_on, found_on) = (last(&reviews), last(&findings));
        let days: Vec<NaiveDate> = cases.iter().filter_map(|case| paid.get(&case.id)).copied().collect();
        let (count, Some(case)) = (cases.len(), cases.pop()) else { continue };
        // Where no row says how often, only what was found counts.
        let months = in_force(&rows, Limit::ReviewMonths, &case.region, today).map(|set| set.value);
        let due = due_on(&days, reviewed_on, found_on, months.unwrap_or_default());
        if let Some(due_on) = due.filter(|_| months.is_some() || found_on.is_some()) {
            let found = found_on.is_some_and(|found| reviewed_on.is_none_or(|reviewed| found > reviewed));
            all.push(Due { case, cases: count, reviewed_on, due_on, found });
        }
    }
    all.sort_by(|one, other| (one.due_on, &one.case.number).cmp(&(other.due_on, &other.case.number)));
    Ok(all)
}

#[cfg(test)]
mod tests {
    use chrono::{Days, NaiveDate};
    use proptest::prelude::*;

    use super::due_on;

    fn on(day: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2024, 1, 1).unwrap() + Days::new(day)
    }

    #[test]
    fn who_was_helped_once_is_not_due_and_who_was_found_otherwise_is_at_once() {
        assert_eq!(due_on(&[on(0)], None, None, 12), None);
        assert_eq!(due_on(&[on(0), on(90)], None, None, 12), NaiveDate::from_ymd_opt(2025, 1, 1));
        assert_eq!(due_on(&[on(0)], None, Some(on(40)), 12), Some(on(40)));
        assert_eq!(due_on(&[on(0)], Some(on(41)), Some(on(40)), 12), None, "it was looked into");
        assert_eq!(due_on(&[], None, None, 12), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        /// Whatever is paid, reviewed and found: who is helped again and again is due at the latest so many months after the last review, or
        /// after the first help.
        #[test]
        fn nobody_who_is_helped_again_and_again_goes_on_unreviewed(
            paid in prop::collection::vec(0_u64..1500, 2..6), reviewed in prop::option::of(0_u64..1500),
            found in prop::option::of(0_u64..1500), months in 1_u32..=12,
        ) {
            let days: Vec<NaiveDate> = paid.iter().map(|day| on(*day)).collect();
            let due = due_on(&days, reviewed.map(on), found.map(on), months).unwrap();
            let from = reviewed.map_or(*days.iter().min().unwrap(), on);
            let latest = from.checked_add_months(chrono::Months::new(12)).unwrap();
            prop_assert!(due <= latest.max(found.map_or(latest, on)));
            if found.is_none() {
                prop_assert!(due <= latest && due > from);
            }
        }
    }
}

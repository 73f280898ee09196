//! Who is due: everybody whose help has not ended.

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

/// Who has a case here is helped.
const ON_THE_LIST: [Status; 3] = [Status::Paid, Status::Unreceived, Status::Received];

/// Somebody who is to be asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The last of the cases, into which the review is written.
    pub case: Case,
    /// In how many cases money came, those that are closed among them.
    pub cases: usize,
    /// The last review.
    pub reviewed_on: Option<NaiveDate>,
    /// By when.
    pub due_on: NaiveDate,
    /// Did somebody who went there after a payment find something else than is on record?
    pub found: bool,
}

/// What is known of somebody whose help has not ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct History<'a> {
    /// The days on which he was paid, in cases that are closed as well.
    pub paid: &'a [NaiveDate],
    /// The first of them in a case that is open: since then he is on the list again.
    pub back_on: Option<NaiveDate>,
    /// The last review.
    pub reviewed_on: Option<NaiveDate>,
    /// On which day somebody last found something else than is on record.
    pub found_on: Option<NaiveDate>,
}

/// By when somebody is reviewed. Pure. Who was found otherwise since the last review, at once; anybody else so many months after the last
/// review, or after the first payment if there was none. A case that was closed in between does not begin that anew: who is helped again after so long
/// without a review is asked about on the day he comes back.
pub fn due_on(history: History<'_>, months: u32) -> Option<NaiveDate> {
    let History { paid, back_on, reviewed_on, found_on } = history;
    if let Some(found) = found_on.filter(|found| reviewed_on.is_none_or(|reviewed| *found > reviewed)) {
        return Some(found);
    }
    let (back_on, first) = (back_on?, paid.iter().min()?);
    let from = reviewed_on.unwrap_or(*first);
    let due = from.checked_add_months(Months::new(months)).unwrap_or(from);
    Some(due.max(back_on))
}

/// Everybody whom the scopes reach, the first due first.
pub async fn due(db: &impl ConnectionTrait, scopes: &[Scope], today: NaiveDate) -> Result<Vec<Due>, DbErr> {
    if scopes.is_empty() {
        return Ok(Vec::new());
    }
    let mut of: HashMap<PersonId, Vec<Case>> = HashMap::new();
    for case in store::case::waiting(db, scopes, &ON_THE_LIST, MOST).await? {
        of.entry(case.person_id).or_default().push(case);
    }
    // What was before, also elsewhere, and closed since.
    let people: Vec<PersonId> = of.keys().copied().collect();
    let mut every: HashMap<PersonId, Vec<CaseId>> = HashMap::new();
    for (person, case) in store::review::cases_of(db, &people).await? {
        every.entry(person).or_default().push(case);
    }
    let ids: Vec<CaseId> = every.values().flatten().copied().collect();
    let paid = store::after::paid_days(db, &ids).await?;
    let reviews = store::after::last_reviews(db, &ids).await?;
    let findings = store::after::last_findings(db, &ids).await?;
    let rows = store::procedure::all(db).await?;
    let mut all = Vec::new();
    for (person, mut cases) in of {
        cases.sort_by_key(|case| case.id);
        let ids = every.remove(&person).unwrap_or_default();
        let last =
            |days: &HashMap<CaseId, NaiveDate>| ids.iter().filter_map(|id| days.get(id)).max().copied();
        let (reviewed_on, found_on) = (last(&reviews), last(&findings));
        let days: Vec<NaiveDate> = ids.iter().filter_map(|id| paid.get(id)).copied().collect();
        let back_on = cases.iter().filter_map(|case| paid.get(&case.id)).min().copied();
        let Some(case) = cases.pop() else { continue };
        // Where no row says how often, only what was found counts.
        let months = in_force(&rows, Limit::ReviewMonths, &case.region, today).map(|set| set.value);
        let history = History { paid: &days, back_on, reviewed_on, found_on };
        let due = due_on(history, months.unwrap_or_default());
        let found = found_on.is_some_and(|found| reviewed_on.is_none_or(|reviewed| found > reviewed));
        if let Some(due_on) = due.filter(|_| months.is_some() || found) {
            all.push(Due { case, cases: days.len(), reviewed_on, due_on, found });
        }
    }
    all.sort_by(|one, other| (one.due_on, &one.case.number).cmp(&(other.due_on, &other.case.number)));
    Ok(all)
}

#[cfg(test)]
mod tests {
    use chrono::{Days, Months, NaiveDate};
    use proptest::prelude::*;

    use super::{History, due_on};

    fn on(day: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2024, 1, 1).unwrap() + Days::new(day)
    }

    fn due(paid: &[u64], back: Option<u64>, reviewed: Option<u64>, found: Option<u64>) -> Option<NaiveDate> {
        let days: Vec<NaiveDate> = paid.iter().map(|day| on(*day)).collect();
        let back_on = back.map(on);
        due_on(History { paid: &days, back_on, reviewed_on: reviewed.map(on), found_on: found.map(on) }, 12)
    }

    #[test]
    fn who_is_on_the_list_is_due_and_who_was_found_otherwise_is_at_once() {
        let year = NaiveDate::from_ymd_opt(2025, 1, 1);
        assert_eq!(due(&[0], Some(0), None, None), year);
        assert_eq!(due(&[0, 90], Some(0), None, None), year);
        assert_eq!(due(&[0], Some(0), None, Some(40)), Some(on(40)));
        assert_eq!(
            due(&[0], Some(0), Some(41), Some(40)),
            Some(on(41) + Months::new(12)),
            "it was looked into"
        );
        // Closed after the first time, back after half a year, and after two.
        assert_eq!(due(&[0, 180], Some(180), None, None), year);
        assert_eq!(due(&[0, 800], Some(800), None, None), Some(on(800)));
        assert_eq!(due(&[0], None, None, None), None, "the bank has sent it back");
        assert_eq!(due(&[], None, None, None), None);
    }

    /// What happens to somebody on a day.
    #[derive(Clone, Copy, Debug)]
    enum Then {
        Paid,
        Closed,
    }

    fn any_history() -> impl Strategy<Value = Vec<(u64, Then)>> {
        let then = prop_oneof![3 => Just(Then::Paid), 2 => Just(Then::Closed)];
        prop::collection::vec((1_u64..300, then), 1..20)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        /// However often somebody is paid and his cases are closed: if a review is held on the day it is due, or so many days before, nobody is on
        /// the list for longer than twelve months in which there was none, and none is due earlier than he is on it.
        #[test]
        fn nobody_who_is_on_the_list_goes_on_unreviewed_for_more_than_a_year(
            history in any_history(), early in 0_u64..60,
        ) {
            let (mut paid, mut open): (Vec<u64>, Vec<u64>) = (Vec::new(), Vec::new());
            let (mut reviewed, mut begins): (Option<u64>, Option<u64>) = (None, None);
            let mut last = 0;
            let mut coming = history.into_iter().map(|(after, then)| { last += after; (last, then) }).peekable();
            let mut today = 0;
            // From one day on which something happens, or whoever works off the list has something to do, to the next; four years behind the last.
            loop {
                while let Some((day, then)) = coming.next_if(|(day, _)| *day <= today) {
                    match then {
                        Then::Paid => {
                            paid.push(day);
                            open.push(day);
                        }
                        Then::Closed => open.clear(),
                    }
                }
                let happens = coming.peek().map(|(day, _)| *day);
                if open.is_empty() {
                    begins = None;
                    let Some(day) = happens else { break };
                    today = day;
                    continue;
                }
                let since = *begins.get_or_insert(today);
                let back = open.iter().min().copied();
                let by = due(&paid, back, reviewed, None).unwrap();
                prop_assert!(by >= on(back.unwrap()));
                if by <= on(today + early) {
                    reviewed = Some(today);
                }
                let by = due(&paid, back, reviewed, None).unwrap();
                let works = u64::try_from((by - on(early)).num_days()).unwrap_or(0).max(today + 1);
                let next = happens.map_or(works, |day| day.min(works));
                // Since he came onto the list, or was reviewed, whichever is later, until the evening before the next of these days.
                let unreviewed_since = reviewed.map_or(since, |reviewed| reviewed.max(since));
                prop_assert!(on(unreviewed_since) + Months::new(12) >= on(next - 1), "{paid:?} {reviewed:?} {next}");
                if happens.is_none() && next > paid.iter().max().unwrap() + 1500 { break; }
                today = next;
            }
        }

        /// Helped once a year and closed each time, he is asked about by the second time at the latest.
        #[test]
        fn closing_in_between_puts_nothing_off(first in 0_u64..400, gap in 366_u64..900) {
            let by = due(&[first, first + gap], Some(first + gap), None, None).unwrap();
            prop_assert_eq!(by, on(first + gap));
        }
    }
}

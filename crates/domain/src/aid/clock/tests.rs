use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;
use uuid::Uuid;

use super::{Clock, Kept, as_kept, clocks, replay};
use crate::{
    aid::{CaseEvent, Happened, Status, procedure::Limit, ruling::Ground},
    calendar::{Calendar, CalendarDay},
    ids::{CaseEventId, CaseId, ClockId, ObjectionId, RegionCode, RulingId, SupplementId},
};

/// Monday, 21 September 2026; the 25th is the Mid-Autumn Festival.
const MONDAY: (i32, u32, u32) = (2026, 9, 21);

fn day(nth: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(MONDAY.0, MONDAY.1, MONDAY.2).unwrap() + Days::new(nth)
}

fn event(seq: i32, nth: u64, what: Happened) -> CaseEvent {
    let at: DateTime<Utc> = day(nth).and_hms_opt(4, 0, 0).unwrap().and_utc();
    CaseEvent {
        id: CaseEventId::from_uuid(Uuid::nil()),
        case_id: CaseId::from_uuid(Uuid::nil()),
        seq,
        actor: None,
        role: String::new(),
        what,
        at,
        stands_for: None,
    }
}

fn log(entries: &[(u64, Happened)]) -> Vec<CaseEvent> {
    entries.iter().zip(1..).map(|((nth, what), seq)| event(seq, *nth, what.clone())).collect()
}

fn asked() -> Happened {
    Happened::SupplementAsked { supplement: SupplementId::from_uuid(Uuid::nil()), until: day(99) }
}

fn supplied() -> Happened {
    Happened::Supplied { supplement: SupplementId::from_uuid(Uuid::nil()), by_hand: false }
}

#[expect(clippy::unnecessary_wraps, reason = "as the clocks ask")]
fn five(_: Limit, _: NaiveDate) -> Option<u32> {
    Some(5)
}

fn of(all: &[Clock], limit: Limit) -> &Clock {
    all.iter().find(|clock| clock.limit == limit).unwrap()
}

#[test]
fn while_something_is_missing_the_office_has_time_and_the_applicant_not() {
    let calendar = Calendar::built_in();
    // Asked on Wednesday, supplied on the next Tuesday: Thursday, Monday and Tuesday stood still, because Friday is a holiday.
    let log = log(&[(0, Happened::Submitted), (2, asked()), (8, supplied())]);
    let waiting = clocks(&log[..2], &calendar, five, day(3));
    let accept = of(&waiting, Limit::Accept);
    assert_eq!((accept.used, accept.paused, accept.stands, accept.due_on), (2, 1, true, None));
    assert_eq!(of(&waiting, Limit::Supply).due_on, Some(NaiveDate::from_ymd_opt(2026, 10, 8).unwrap()));

    let running = clocks(&log, &calendar, five, day(9));
    let accept = of(&running, Limit::Accept);
    assert_eq!((accept.used, accept.paused, accept.stands), (3, 3, false));
    // Three of five days are left on Tuesday the 29th: the 30th, and after the National Days the 8th and 9th of October.
    assert_eq!(accept.due_on, Some(NaiveDate::from_ymd_opt(2026, 10, 9).unwrap()));
    let supply = of(&running, Limit::Supply);
    assert_eq!((supply.used, supply.ended_on), (3, Some(day(8))));
}

#[test]
fn what_was_late_before_it_stood_still_stays_late() {
    let calendar = Calendar::built_in();
    let late = log(&[(0, Happened::Submitted), (9, asked()), (18, supplied())]);
    for today in [9, 12, 30] {
        let all = clocks(&late[..2], &calendar, five, day(today));
        assert!(of(&all, Limit::Accept).is_late(day(today)), "{today}");
    }
    assert!(of(&clocks(&late, &calendar, five, day(18)), Limit::Accept).is_late(day(18)));
    // Asked on the last day is asked in time.
    let in_time = log(&[(0, Happened::Submitted), (8, asked()), (18, supplied())]);
    assert!(!of(&clocks(&in_time, &calendar, five, day(18)), Limit::Accept).is_late(day(18)));
}

#[test]
fn a_case_that_is_not_received_ends_both_clocks() {
    let declined =
        Happened::Declined { ruling: RulingId::from_uuid(Uuid::nil()), ground: Ground::NotSupplied };
    let log = log(&[(0, Happened::Submitted), (1, asked()), (29, declined)]);
    let all = clocks(&log, &Calendar::built_in(), five, day(60));
    assert!(all.iter().all(|clock| clock.ended_on == Some(day(29)) && !clock.stands), "{all:?}");
    assert_eq!((of(&all, Limit::Accept).used, of(&all, Limit::Supply).paused), (1, 0));
}

#[test]
fn the_log_alone_says_where_a_case_stands_with_two_objections() {
    use Status::{Accepted, Approved, InApproval, Objected, OnNotice, Submitted, Visited};
    let objection = |nth| ObjectionId::from_uuid(Uuid::from_u128(nth));
    let objected = |nth| Happened::Objected { objection: objection(nth), days_left: 3 };
    let dismissed = |nth| Happened::ObjectionDismissed { objection: objection(nth), closes_on: day(9) };
    let mut all = vec![Happened::Submitted, Happened::Accepted];
    all.push(Happened::Visited {
        visit: crate::ids::VisitId::from_uuid(Uuid::nil()),
        lead: crate::ids::AccountId::parse("a").unwrap(),
        second: crate::ids::AccountId::parse("b").unwrap(),
        proposed: ledger::Fen::ZERO,
        lead_for: None,
        second_for: None,
    });
    let approval = crate::ids::ApprovalId::from_uuid(Uuid::nil());
    all.push(Happened::ApprovalAsked { approval, round: 1, amount: ledger::Fen::ZERO });
    all.push(Happened::Approved { round: 1, amount: ledger::Fen::ZERO, year: 2026 });
    let notice = crate::ids::PublicNoticeId::from_uuid(Uuid::nil());
    all.push(Happened::NoticePublished { notice, closes_on: day(9) });
    all.extend([objected(1), objected(2), dismissed(1), dismissed(2)]);
    let entries: Vec<_> = all.into_iter().map(|what| (0, what)).collect();
    let stood: Vec<Status> = replay(&log(&entries)).into_iter().map(|(_, _, status)| status).collect();
    let expected =
        [Submitted, Accepted, Visited, InApproval, Approved, OnNotice, Objected, Objected, Objected];
    assert_eq!(stood, [expected.as_slice(), &[OnNotice]].concat());
}

/// A submitted case, with so many days until something is asked for and until it comes, again and again.
fn stretches() -> impl Strategy<Value = Vec<u64>> {
    prop::collection::vec(0_u64..40, 0..8)
}

fn told(stretches: &[u64]) -> Vec<CaseEvent> {
    let mut entries = vec![(0, Happened::Submitted)];
    let mut at = 0;
    for (nth, days) in stretches.iter().enumerate() {
        at += days;
        entries.push((at, if nth % 2 == 0 { asked() } else { supplied() }));
    }
    log(&entries)
}

/// Another calendar: these days are off, whatever they were.
fn changed(off: &[u64]) -> Calendar {
    Calendar::of(off.iter().map(|nth| CalendarDay {
        date: day(*nth),
        off: true,
        name: "示例".to_owned(),
        notice: "示例".to_owned(),
    }))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    /// Whatever stands still in between: the working days that ran and those that stood still are the working days that went by, and
    /// who uses all of his days ends on the last of them.
    #[test]
    fn used_and_paused_make_up_what_went_by(stretches in stretches(), more in 0_u64..60, days in 1_u32..30) {
        let calendar = Calendar::built_in();
        let log = told(&stretches);
        let today = log.last().unwrap().at.date_naive() + TimeDelta::days(i64::try_from(more).unwrap());
        let all = clocks(&log, &calendar, |_, _| Some(days), today);
        let accept = of(&all, Limit::Accept);
        let gone = u32::try_from(calendar.working_days_between(day(0), today)).unwrap();
        prop_assert_eq!(accept.used + accept.paused, gone);
        if let (Some(due), false) = (accept.due_on, accept.stands) {
            if due >= log.last().unwrap().at.date_naive() {
                let then = clocks(&log, &calendar, |_, _| Some(days), due);
                prop_assert_eq!(of(&then, Limit::Accept).used, days);
            }
            // A day off after the last one is late, and uses nothing.
            let late = accept.is_late(today);
            prop_assert!(late || accept.used <= days);
            prop_assert!(!late || accept.used >= days);
        }
    }

    /// A calendar that changes later changes what still runs, and nothing that has ended.
    #[test]
    fn a_changed_calendar_changes_only_what_still_runs(
        stretches in stretches(), off in prop::collection::vec(0_u64..200, 0..60),
    ) {
        let log = told(&stretches);
        let today = log.last().unwrap().at.date_naive() + TimeDelta::days(3);
        let was = clocks(&log, &Calendar::built_in(), five, today);
        let region = RegionCode::parse("330106").unwrap();
        let of_case = (CaseId::from_uuid(Uuid::nil()), &region);
        let kept: Vec<Kept> =
            was.iter().filter_map(|clock| Kept::of(ClockId::from_uuid(Uuid::nil()), of_case, clock)).collect();
        let other = changed(&off);
        let now = as_kept(clocks(&log, &other, five, today), &kept);
        let anew = clocks(&log, &other, five, today);
        for ((was, now), anew) in was.iter().zip(&now).zip(&anew) {
            prop_assert_eq!(now, if was.ended_on.is_some() { was } else { anew });
        }
    }
}

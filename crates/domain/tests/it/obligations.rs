//! The obligation engine alone, and what the rows make of it.

use chrono::{Datelike, Duration, NaiveDate};
use domain::branch::{
    Cycle, Held, Missing, Obligation, ObligationRule, Period, Shape,
    obligation::{defaults, missing},
};
use domain::ids::{MeetingId, ObligationRuleId};
use proptest::{prelude::*, sample::subsequence};

use crate::cast::{date, now};

fn shape(members: usize) -> Shape {
    Shape { members, groups: 2, founded_on: date(2001, 7, 1), dissolved_on: None }
}

fn held(number: u128, on: NaiveDate, claims: &[Obligation]) -> Held {
    let meeting = MeetingId::from_uuid(uuid::Uuid::from_u128(number));
    Held { meeting, on, claims: claims.to_vec() }
}

fn owed(missing: &[Missing]) -> Vec<(Obligation, Cycle)> {
    missing.iter().map(|line| (line.obligation, line.period.cycle())).collect()
}

#[test]
fn on_the_twentieth_the_list_is_exact() {
    let rules = defaults::rules(now());
    let meetings = [
        held(1, date(2026, 11, 5), &[Obligation::PartyDay, Obligation::PartyLecture]),
        held(2, date(2026, 10, 8), &[Obligation::PartyDay, Obligation::CommitteeMeeting]),
        held(3, date(2026, 3, 3), &[Obligation::Appraisal, Obligation::OrganisationLife]),
    ];
    let list = missing(&rules, &shape(20), &meetings, date(2026, 11, 20));
    assert_eq!(
        owed(&list),
        [
            (Obligation::CommitteeMeeting, Cycle::Month),
            (Obligation::GroupMeeting, Cycle::Month),
            (Obligation::GeneralMeeting, Cycle::Quarter),
        ],
        "what is due first comes first"
    );
    assert_eq!(list[0].due, date(2026, 11, 30));
    assert_eq!(list[2].due, date(2026, 12, 31));
    assert!(list.iter().all(|line| line.short() == 1));
}

#[test]
fn a_small_branch_owes_no_committee_meeting_and_an_undivided_one_no_group_meeting() {
    let rules = defaults::rules(now());
    let on = date(2026, 11, 20);
    for (members, groups, committee, group) in
        [(6, 0, false, false), (7, 0, true, false), (6, 1, false, true)]
    {
        let shape = Shape { members, groups, ..shape(0) };
        let list = owed(&missing(&rules, &shape, &[], on));
        let owes = |obligation| list.iter().any(|(owed, _)| *owed == obligation);
        assert_eq!(owes(Obligation::CommitteeMeeting), committee, "{members} members");
        assert_eq!(owes(Obligation::GroupMeeting), group, "{groups} groups");
        assert!(owes(Obligation::PartyDay) && owes(Obligation::GeneralMeeting));
    }
}

#[test]
fn a_branch_owes_nothing_before_its_first_whole_period_and_nothing_once_dissolved() {
    let rules = defaults::rules(now());
    let young = Shape { founded_on: date(2026, 10, 20), ..shape(20) };
    let november = missing(&rules, &young, &[], date(2026, 11, 20));
    assert!(november.iter().all(|line| line.period.cycle() == Cycle::Month));
    assert!(missing(&rules, &young, &[], date(2026, 10, 25)).is_empty());
    let gone = Shape { dissolved_on: Some(date(2026, 11, 20)), ..shape(20) };
    assert!(missing(&rules, &gone, &[], date(2026, 11, 20)).is_empty());
    assert!(!missing(&rules, &gone, &[], date(2026, 11, 19)).is_empty());
}

#[test]
fn a_rule_holds_from_its_first_day_to_the_day_before_its_end_and_the_stricter_one_wins() {
    let rule = |times, from, to| ObligationRule {
        id: ObligationRuleId::new(now()),
        rule_set: "local".to_owned(),
        obligation: Obligation::PartyLecture,
        cycle: Cycle::Quarter,
        times,
        min_members: 0,
        min_groups: 0,
        effective_from: from,
        effective_to: to,
        source_document: "示例文件".to_owned(),
        article: "第一条".to_owned(),
    };
    let rules = [rule(1, date(2018, 1, 1), None), rule(2, date(2026, 1, 1), Some(date(2026, 11, 1)))];
    let lecture = [held(1, date(2026, 10, 9), &[Obligation::PartyLecture])];
    let on = |day| missing(&rules, &shape(20), &lecture, day);
    assert_eq!(on(date(2026, 10, 31)).first().map(|line| (line.have, line.need)), Some((1, 2)));
    assert!(on(date(2026, 11, 1)).is_empty());
}

fn any_claims() -> impl Strategy<Value = Vec<Obligation>> {
    subsequence(Obligation::ALL.to_vec(), 0..=4)
}

fn any_meetings() -> impl Strategy<Value = Vec<Held>> {
    let one = (0_u128..20, 0_i64..365, any_claims());
    proptest::collection::vec(one, 0..25).prop_map(|rows| {
        rows.into_iter()
            .map(|(number, day, claims)| held(number, date(2026, 1, 1) + Duration::days(day), &claims))
            .collect()
    })
}

proptest! {
    #[test]
    fn the_order_in_which_meetings_were_entered_does_not_matter(
        meetings in any_meetings(),
        turned in any::<prop::sample::Index>(),
        day in 0_i64..365,
    ) {
        let rules = defaults::rules(now());
        let on = date(2026, 1, 1) + Duration::days(day);
        let list = missing(&rules, &shape(20), &meetings, on);
        let mut other = meetings.clone();
        other.reverse();
        if !other.is_empty() {
            let by = turned.index(other.len());
            other.rotate_left(by);
        }
        prop_assert_eq!(&missing(&rules, &shape(20), &other, on), &list);
        // Entered twice by mistake, or claimed twice: still once.
        other.extend(meetings);
        for meeting in &mut other {
            let again = meeting.claims.clone();
            meeting.claims.extend(again);
        }
        prop_assert_eq!(&missing(&rules, &shape(20), &other, on), &list);
    }

    #[test]
    fn one_more_meeting_never_adds_to_what_is_owed(
        meetings in any_meetings(),
        claims in any_claims(),
        day in 0_i64..365,
    ) {
        let rules = defaults::rules(now());
        let on = date(2026, 1, 1) + Duration::days(day);
        let before = missing(&rules, &shape(20), &meetings, on);
        let mut more = meetings;
        more.push(held(99, on, &claims));
        let after = missing(&rules, &shape(20), &more, on);
        for line in &before {
            let left = after.iter().find(|other| other.obligation == line.obligation && other.period == line.period);
            let have = left.map_or(line.need, |other| other.have);
            let counted = u32::from(claims.contains(&line.obligation));
            prop_assert_eq!(have, line.have + counted, "{:?}", line.obligation);
        }
        prop_assert!(after.len() <= before.len());
    }

    #[test]
    fn a_meeting_counts_in_its_own_period_only(day in 0_i64..365, other in 0_i64..365) {
        let rules = defaults::rules(now());
        let (met, on) = (date(2026, 1, 1) + Duration::days(day), date(2026, 1, 1) + Duration::days(other));
        let list = missing(&rules, &shape(20), &[held(1, met, &[Obligation::PartyDay])], on);
        let owes = list.iter().any(|line| line.obligation == Obligation::PartyDay);
        prop_assert_eq!(owes, met.month() != on.month());
        prop_assert_eq!(Period::of(Cycle::Month, met) != Period::of(Cycle::Month, on), owes);
    }
}

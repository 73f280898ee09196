//! The pure rule: what a branch still owes on a day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{Cycle, Obligation, ObligationRule, Period};
use crate::ids::MeetingId;

/// What the engine must know of a branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Living members whose affiliation is here.
    pub members: usize,
    /// Party groups.
    pub groups: usize,
    /// Since when it exists.
    pub founded_on: NaiveDate,
    /// Until when.
    pub dissolved_on: Option<NaiveDate>,
}

/// A meeting that took place, with what it answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Which.
    pub meeting: MeetingId,
    /// On which local day.
    pub on: NaiveDate,
    /// What it was: 主题党日 and 党课 at once is common.
    pub claims: Vec<Obligation>,
}

/// What is missing in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing {
    /// In which period; the one that ends first comes first.
    pub due: NaiveDate,
    /// What.
    pub obligation: Obligation,
    /// In which month, quarter or year.
    pub period: Period,
    /// How many there were.
    pub have: u32,
    /// How many there must be.
    pub need: u32,
}

impl Missing {
    /// How many are still to be held.
    pub fn short(self) -> u32 {
        self.need.saturating_sub(self.have)
    }
}

/// What the branch still owes in the month, the quarter and the year in which `on` lies.
///
/// A meeting counts once for each of its obligations in each period, however often it is listed; the order of the
/// list does not matter. A branch owes nothing in a period that began before it was founded (nobody can hold in a
/// week what a year is given for), and nothing once it is dissolved. Where two rules in force speak of the same
/// obligation and cycle (the nation's and a county's), the stricter one holds.
pub fn missing(rules: &[ObligationRule], shape: &Shape, held: &[Held], on: NaiveDate) -> Vec<Missing> {
    if shape.dissolved_on.is_some_and(|end| end <= on) {
        return Vec::new();
    }
    let mut missing: Vec<Missing> = owed(rules, shape, on)
        .into_iter()
        .map(|((obligation, cycle), need)| {
            let period = Period::of(cycle, on);
            Missing { due: period.last(), obligation, period, have: count(held, obligation, period), need }
        })
        .filter(|line| line.have < line.need && shape.founded_on <= line.period.first())
        .collect();
    missing.sort_unstable();
    missing
}

fn owed(rules: &[ObligationRule], shape: &Shape, on: NaiveDate) -> BTreeMap<(Obligation, Cycle), u32> {
    let mut owed = BTreeMap::new();
    for rule in rules.iter().filter(|rule| applies(rule, shape, on)) {
        let times = u32::try_from(rule.times).unwrap_or(0);
        let need = owed.entry((rule.obligation, rule.cycle)).or_insert(times);
        *need = times.max(*need);
    }
    owed
}

fn applies(rule: &ObligationRule, shape: &Shape, on: NaiveDate) -> bool {
    let at_least = |have: usize, need: i32| usize::try_from(need).is_ok_and(|need| have >= need);
    rule.effective_from <= on
        && rule.effective_to.is_none_or(|end| on < end)
        && at_least(shape.members, rule.min_members)
        && at_least(shape.groups, rule.min_groups)
}

fn count(held: &[Held], obligation: Obligation, period: Period) -> u32 {
    let meetings: BTreeSet<MeetingId> = held
        .iter()
        .filter(|meeting| period.contains(meeting.on) && meeting.claims.contains(&obligation))
        .map(|meeting| meeting.meeting)
        .collect();
    u32::try_from(meetings.len()).unwrap_or(u32::MAX)
}

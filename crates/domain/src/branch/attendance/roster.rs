//! Who should come, who came, who is missing.

use std::collections::{BTreeMap, HashMap};

use sea_orm::{ConnectionTrait, DbErr};

use super::{Attendance, store};
use crate::{
    account,
    branch::{self, Meeting, MembershipKind},
    ids::PersonId,
    person::{self, Person},
};

/// One line of the roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterLine {
    /// Who.
    pub person: Person,
    /// How the person belongs to the branch; `None` for somebody who came and has left since.
    pub kind: Option<MembershipKind>,
    /// What is written down, if anything.
    pub attendance: Option<Attendance>,
    /// Has a login of his own. Who has none must be told by telephone.
    pub has_login: bool,
}

/// A roster in figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many should come.
    pub expected: usize,
    /// How many came, in person or online.
    pub took_part: usize,
    /// For how many something else is written down: leave, 送学上门, excused, absent.
    pub accounted: usize,
    /// Of how many nothing is known.
    pub missing: usize,
}

impl Tally {
    /// Counts.
    pub fn of(lines: &[RosterLine]) -> Self {
        let count = |hit: fn(&RosterLine) -> bool| lines.iter().filter(|line| hit(line)).count();
        Self {
            expected: count(|line| line.kind.is_some()),
            took_part: count(|line| line.attendance.as_ref().is_some_and(Attendance::took_part)),
            accounted: count(|line| line.attendance.as_ref().is_some_and(|row| !row.state.took_part())),
            missing: count(|line| line.attendance.is_none()),
        }
    }
}

/// The members on the day of the meeting, and whoever else is written down; by name. Provincial leaders sign in themselves and are in
/// nobody's list.
pub async fn roster(db: &impl ConnectionTrait, meeting: &Meeting) -> Result<Vec<RosterLine>, DbErr> {
    let mut kinds: BTreeMap<PersonId, MembershipKind> = BTreeMap::new();
    for member in branch::store::members(db, &[meeting.branch_id], meeting.day()).await? {
        kinds.entry(member.person_id).or_insert(member.kind);
    }
    let rows = store::of_meeting(db, meeting.id).await?;
    let mut attendances: HashMap<PersonId, Attendance> =
        rows.into_iter().map(|row| (row.person_id, row)).collect();
    let mut ids: Vec<PersonId> = kinds.keys().copied().collect();
    ids.extend(attendances.keys().filter(|person| !kinds.contains_key(person)));

    let logins = account::store::of_persons(db, &ids).await?;
    let mut lines: Vec<RosterLine> = person::store::find_all(db, &ids)
        .await?
        .into_iter()
        .filter(|person| !person::leader::is_guarded(person))
        .map(|person| RosterLine {
            kind: kinds.get(&person.id).copied(),
            attendance: attendances.remove(&person.id),
            has_login: logins.iter().any(|login| login.person_id == Some(person.id)),
            person,
        })
        .collect();
    lines.sort_by(|one, other| (&one.person.name, one.person.id).cmp(&(&other.person.name, other.person.id)));
    Ok(lines)
}

/// The expected members of whom nothing is written down.
pub async fn who_is_missing(db: &impl ConnectionTrait, meeting: &Meeting) -> Result<Vec<RosterLine>, DbErr> {
    let mut lines = roster(db, meeting).await?;
    lines.retain(|line| line.attendance.is_none());
    Ok(lines)
}

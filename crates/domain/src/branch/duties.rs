//! What a branch still owes, and what its secretary is told in the morning.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::{
    Branch, Cycle, Held, Meeting, MeetingStatus, Missing, Obligation, Period, RosterLine, Shape, Tally,
    attendance, meeting, obligation, store,
};
use crate::{
    calendar,
    ids::{BranchId, MeetingId},
};

/// A meeting with how far its sign-in is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// The meeting.
    pub meeting: Meeting,
    /// Its roster in figures.
    pub tally: Tally,
    /// The members of whom nothing is known.
    pub missing: Vec<RosterLine>,
}

impl Expected {
    /// Those among the missing whom no message reaches: the secretary telephones.
    pub fn to_telephone(&self) -> impl Iterator<Item = &RosterLine> {
        self.missing.iter().filter(|line| !line.has_login)
    }
}

/// 书记提醒: what a secretary should know this morning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    /// The branch.
    pub branch: Branch,
    /// The local day.
    pub on: NaiveDate,
    /// What is owed in the running month, quarter and year; what is due first comes first.
    pub missing: Vec<Missing>,
    /// Today's meetings.
    pub today: Vec<Expected>,
    /// The next one after today.
    pub next: Option<Meeting>,
}

impl Digest {
    /// Is it worth a message? A branch that owes nothing and meets nobody today is left in peace.
    pub fn says_something(&self) -> bool {
        !self.missing.is_empty() || !self.today.is_empty()
    }
}

/// The meetings of a branch that took place from the first of the year until now, as the engine takes them: what the
/// secretary wrote down as held, and what members signed in to. A plan alone is no evidence.
pub async fn held_this_year(
    db: &impl ConnectionTrait,
    branch: BranchId,
    now: DateTime<Utc>,
) -> Result<Vec<Held>, DbErr> {
    let first = calendar::utc(Period::of(Cycle::Year, calendar::local_date(now)).first(), NaiveTime::MIN);
    let mut meetings = meeting::store::of_branches(db, &[branch], first, now).await?;
    meetings.retain(|meeting| meeting.status != MeetingStatus::Cancelled);
    let ids: Vec<MeetingId> = meetings.iter().map(|meeting| meeting.id).collect();
    let attended: BTreeSet<MeetingId> = attendance::store::attended(db, &ids).await?;
    let mut claims: BTreeMap<MeetingId, Vec<Obligation>> = BTreeMap::new();
    for claim in meeting::store::claims_of(db, &ids).await? {
        claims.entry(claim.meeting_id).or_default().push(claim.obligation);
    }
    let took_place =
        meetings.into_iter().filter(|it| it.status == MeetingStatus::Held || attended.contains(&it.id));
    Ok(took_place
        .map(|it| Held { meeting: it.id, on: it.day(), claims: claims.remove(&it.id).unwrap_or_default() })
        .collect())
}

/// What a branch still owes today.
pub async fn owed(
    db: &impl ConnectionTrait,
    branch: &Branch,
    now: DateTime<Utc>,
) -> Result<Vec<Missing>, DbErr> {
    let on = calendar::local_date(now);
    let rules = obligation::store::in_force(db, on).await?;
    let shape = Shape {
        members: store::size(db, branch.id, on).await?,
        groups: usize::try_from(branch.party_groups).unwrap_or(0),
        founded_on: branch.founded_on,
        dissolved_on: branch.dissolved_on,
    };
    let held = held_this_year(db, branch.id, now).await?;
    Ok(obligation::missing(&rules, &shape, &held, on))
}

/// What the secretary is told, as it stands at `now`. `None` when there is no such branch.
pub async fn digest(
    db: &impl ConnectionTrait,
    branch: BranchId,
    now: DateTime<Utc>,
) -> Result<Option<Digest>, DbErr> {
    let Some(branch) = store::find(db, branch).await? else {
        return Ok(None);
    };
    let on = calendar::local_date(now);
    let missing = owed(db, &branch, now).await?;
    let midnight = calendar::utc(on, NaiveTime::MIN);
    let tomorrow = midnight + Duration::days(1);
    let mut ahead =
        meeting::store::of_branches(db, &[branch.id], midnight, midnight + Duration::days(62)).await?;
    ahead.retain(|meeting| meeting.status != MeetingStatus::Cancelled);
    let next = ahead.iter().find(|meeting| tomorrow <= meeting.starts_at).cloned();
    let mut today = Vec::new();
    for meeting in ahead.into_iter().filter(|meeting| meeting.starts_at < tomorrow) {
        let mut lines = attendance::roster(db, &meeting).await?;
        let tally = Tally::of(&lines);
        lines.retain(|line| line.attendance.is_none());
        today.push(Expected { meeting, tally, missing: lines });
    }
    Ok(Some(Digest { branch, on, missing, today, next }))
}

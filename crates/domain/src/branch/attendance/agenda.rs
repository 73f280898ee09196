//! What a person has before him: today's meetings and the next ones.

use chrono::{DateTime, Duration, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::{Attendance, Window, store, window::CLOSES_AFTER};
use crate::{
    branch::{self, Branch, Meeting, MeetingStatus, meeting},
    calendar,
    ids::{BranchId, MeetingId, PersonId},
};

/// How far the list looks ahead.
const AHEAD: Duration = Duration::days(62);
/// The longest meeting and the sign-in after it: what began earlier is over.
const BEHIND: Duration = Duration::hours(26);

/// A meeting as one person sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The meeting.
    pub meeting: Meeting,
    /// Its branch.
    pub branch: Branch,
    /// May one sign in now?
    pub window: Window,
    /// What is written down of the person.
    pub attendance: Option<Attendance>,
}

impl Entry {
    /// When the person signed in.
    pub fn signed_in_at(&self) -> Option<DateTime<Utc>> {
        self.attendance.as_ref().filter(|row| row.took_part()).map(|row| row.recorded_at)
    }
}

/// What the word 签到 means just now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// This meeting.
    Now(Box<Entry>),
    /// None; the next one is this.
    Later(Option<Box<Entry>>),
}

/// The meetings of all branches to which the person belongs or goes: those that are not over, earliest first.
/// Cancelled ones are there until their time has passed, so that nobody sets out for one.
pub async fn agenda(
    db: &impl ConnectionTrait,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<Vec<Entry>, DbErr> {
    let members = branch::store::live_memberships_of(db, person, calendar::local_date(now)).await?;
    let mut ids: Vec<BranchId> = members.into_iter().map(|member| member.branch_id).collect();
    ids.dedup();
    let branches = branch::store::find_all(db, &ids).await?;
    let mut meetings = meeting::store::of_branches(db, &ids, now - BEHIND, now + AHEAD).await?;
    meetings.retain(|meeting| now <= meeting.ends_at + CLOSES_AFTER);
    let shown: Vec<MeetingId> = meetings.iter().map(|meeting| meeting.id).collect();
    let rows = store::of_person_at(db, person, &shown).await?;
    let entry = |meeting: Meeting| {
        let branch = branches.iter().find(|branch| branch.id == meeting.branch_id)?.clone();
        let attendance = rows.iter().find(|row| row.meeting_id == meeting.id).cloned();
        Some(Entry { window: Window::of(&meeting, now), branch, attendance, meeting })
    };
    let mut entries: Vec<Entry> = meetings.into_iter().filter_map(entry).collect();
    entries.sort_by_key(|entry| (entry.meeting.starts_at, entry.meeting.id));
    Ok(entries)
}

/// To which meeting the person would sign in now: one that is open, rather one to which he has not yet.
pub async fn target(
    db: &impl ConnectionTrait,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<Target, DbErr> {
    let entries = agenda(db, person, now).await?;
    let open = entries.iter().filter(|entry| entry.window.is_open());
    if let Some(entry) = open.min_by_key(|entry| (entry.signed_in_at().is_some(), entry.meeting.starts_at)) {
        return Ok(Target::Now(Box::new(entry.clone())));
    }
    let mut ahead = entries
        .into_iter()
        .filter(|entry| entry.meeting.status != MeetingStatus::Cancelled && now < entry.meeting.starts_at);
    Ok(Target::Later(ahead.next().map(Box::new)))
}

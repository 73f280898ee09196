//! Planning, cancelling and writing down a meeting.

use chrono::{DateTime, Duration, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction};
use serde_json::json;

use super::{Meeting, MeetingStatus, store};
use crate::{
    Act, By, Context,
    authority::Secretary,
    branch::{self, BranchError, Obligation, Refusal},
    calendar,
    ids::MeetingId,
};

/// Who forgot to plan a meeting may still write it down for a quarter; older records are the archive's.
pub const WRITE_DOWN_WITHIN: Duration = Duration::days(92);

/// No meeting of a branch lasts longer.
const LONGEST: Duration = Duration::hours(24);

/// A meeting to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMeeting {
    /// What members read in the list.
    pub title: String,
    /// From.
    pub starts_at: DateTime<Utc>,
    /// To.
    pub ends_at: DateTime<Utc>,
    /// Where, in words.
    pub place: String,
    /// What it is about and what to bring.
    pub description: String,
    /// Which obligations it answers.
    pub claims: Vec<Obligation>,
}

impl NewMeeting {
    fn check(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        if self.title.trim().is_empty() {
            return Err(Refusal::NoTitle);
        }
        if self.ends_at <= self.starts_at || self.ends_at - self.starts_at > LONGEST {
            return Err(Refusal::BadTime);
        }
        if self.starts_at < now - WRITE_DOWN_WITHIN {
            return Err(Refusal::TooLongAgo);
        }
        Ok(())
    }
}

/// Plans a meeting of the secretary's branch.
pub async fn plan(
    db: &DatabaseConnection,
    cx: &Context,
    secretary: &Secretary,
    new: NewMeeting,
    now: DateTime<Utc>,
) -> Result<Meeting, BranchError> {
    let tx = mailbox::transaction::write(db).await?;
    let meeting = plan_in(&tx, cx, secretary, new, now).await?;
    tx.commit().await?;
    Ok(meeting)
}

/// The same in the caller's transaction.
pub async fn plan_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    secretary: &Secretary,
    new: NewMeeting,
    now: DateTime<Utc>,
) -> Result<Meeting, BranchError> {
    new.check(now)?;
    let branch = branch::store::find(tx, secretary.branch()).await?.ok_or(BranchError::NotFound)?;
    if !branch.exists_on(calendar::local_date(new.starts_at)) {
        return Err(Refusal::NoSuchBranch.into());
    }
    let meeting = Meeting {
        id: MeetingId::new(now),
        branch_id: branch.id,
        title: new.title.trim().to_owned(),
        starts_at: new.starts_at,
        ends_at: new.ends_at,
        place: new.place.trim().to_owned(),
        description: new.description.trim().to_owned(),
        status: MeetingStatus::Planned,
        planned_by: secretary.account().clone(),
        version: 1,
        created_at: now,
        updated_at: now,
    };
    store::insert(tx, &[(meeting.clone(), new.claims)]).await?;
    record(tx, cx, secretary, "meeting.planned", &meeting, now).await?;
    Ok(meeting)
}

/// Cancels a meeting as the secretary saw it (`version`). Reminders that still wait drop when they are due; a second
/// press changes nothing.
pub async fn cancel(
    db: &DatabaseConnection,
    cx: &Context,
    secretary: &Secretary,
    (meeting, version): (MeetingId, i64),
    now: DateTime<Utc>,
) -> Result<Meeting, BranchError> {
    let tx = mailbox::transaction::write(db).await?;
    let read = of_secretary(&tx, secretary, meeting).await?;
    if read.status == MeetingStatus::Held {
        return Err(Refusal::AlreadyHeld.into());
    }
    let meeting = change(&tx, cx, secretary, (read, version, MeetingStatus::Cancelled), now).await?;
    tx.commit().await?;
    Ok(meeting)
}

/// Writes down that a meeting took place.
pub async fn conclude(
    db: &DatabaseConnection,
    cx: &Context,
    secretary: &Secretary,
    (meeting, version): (MeetingId, i64),
    now: DateTime<Utc>,
) -> Result<Meeting, BranchError> {
    let tx = mailbox::transaction::write(db).await?;
    let read = of_secretary(&tx, secretary, meeting).await?;
    if read.status == MeetingStatus::Cancelled {
        return Err(Refusal::Cancelled.into());
    }
    if now < read.starts_at {
        return Err(Refusal::NotBegun.into());
    }
    let meeting = change(&tx, cx, secretary, (read, version, MeetingStatus::Held), now).await?;
    tx.commit().await?;
    Ok(meeting)
}

/// A meeting of the secretary's branch. Another branch's is not found, since he has no business there.
pub(in crate::branch) async fn of_secretary(
    tx: &impl ConnectionTrait,
    secretary: &Secretary,
    meeting: MeetingId,
) -> Result<Meeting, BranchError> {
    let found = store::find(tx, meeting).await?;
    found.filter(|meeting| meeting.branch_id == secretary.branch()).ok_or(BranchError::NotFound)
}

async fn change(
    tx: &DatabaseTransaction,
    cx: &Context,
    secretary: &Secretary,
    (read, version, status): (Meeting, i64, MeetingStatus),
    now: DateTime<Utc>,
) -> Result<Meeting, BranchError> {
    if read.status == status {
        return Ok(read);
    }
    if read.version != version || !store::set_status(tx, &read, status, now).await? {
        return Err(Refusal::Stale.into());
    }
    let meeting = Meeting { status, version: version + 1, updated_at: now, ..read };
    let action = if status == MeetingStatus::Held { "meeting.held" } else { "meeting.cancelled" };
    record(tx, cx, secretary, action, &meeting, now).await?;
    Ok(meeting)
}

async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    secretary: &Secretary,
    action: &'static str,
    meeting: &Meeting,
    now: DateTime<Utc>,
) -> Result<(), BranchError> {
    let act = Act {
        by: By::from(secretary),
        action,
        subject: format!("meeting/{}", meeting.id),
        detail: json!({ "branch": meeting.branch_id }),
    };
    Ok(cx.record(tx, act, now).await?)
}

//! Signing in, taking it back, and the roll call.

use chrono::{DateTime, Duration, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction};
use serde_json::json;

use super::{Attendance, AttendanceState, Method, Window, store, window::OPENS_BEFORE};
use crate::{
    Act, By, Context,
    authority::{Myself, Secretary},
    branch::{self, BranchError, Meeting, MeetingStatus, Refusal, meeting},
    ids::{AttendanceId, MeetingId, PersonId},
    person,
};

/// How long the secretary may correct the roll call.
pub const ROLL_CALL_WITHIN: Duration = Duration::days(31);

/// Through which door somebody signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// The button on the page.
    Page,
    /// The word 签到 to the bot.
    Bot,
}

/// What became of it. Pressing twice is no error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignIn {
    /// Signed in now.
    Done {
        /// When.
        at: DateTime<Utc>,
    },
    /// Signed in before.
    Already {
        /// When.
        at: DateTime<Utc>,
    },
}

/// What became of taking it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undone {
    /// Taken back.
    Done,
    /// There was nothing.
    Nothing,
}

/// A member signs in, or somebody with a mandate for him.
pub async fn sign_in(
    db: &DatabaseConnection,
    cx: &Context,
    (me, door): (&Myself, Door),
    meeting: MeetingId,
    now: DateTime<Utc>,
) -> Result<SignIn, BranchError> {
    let tx = mailbox::transaction::write(db).await?;
    let done = sign_in_in(&tx, cx, (me, door), meeting, now).await?;
    tx.commit().await?;
    Ok(done)
}

/// The same in the caller's transaction (the bot's inbox item is finished in it).
///
/// One row per person and meeting, whatever is pressed how often and at how many devices at once: the second press
/// is answered with the time of the first. Signing in for oneself writes no audit row: the attendance row itself says
/// who, when and how, and on a party-day morning a whole province would queue for the chain's one lock.
pub async fn sign_in_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    (me, door): (&Myself, Door),
    meeting: MeetingId,
    now: DateTime<Utc>,
) -> Result<SignIn, BranchError> {
    let meeting = meeting::store::find(tx, meeting).await?.ok_or(BranchError::NotFound)?;
    may_attend(tx, &meeting, me.person()).await?;
    let method = match door {
        _ if me.is_for_another() => Method::Proxy,
        Door::Page => Method::Own,
        Door::Bot => Method::Bot,
    };
    // Twice at most: a row that appears between the look and the write is there at the second look.
    for _ in 0..2 {
        let read = store::find(tx, meeting.id, me.person()).await?;
        if let Some(row) = read.as_ref().filter(|row| row.took_part()) {
            return Ok(SignIn::Already { at: row.recorded_at });
        }
        Window::of(&meeting, now).check()?;
        if read.as_ref().is_some_and(|row| row.is_live() && row.state == AttendanceState::Absent) {
            return Err(Refusal::RolledCall.into());
        }
        let row = Attendance {
            id: AttendanceId::new(now),
            meeting_id: meeting.id,
            person_id: me.person(),
            state: AttendanceState::Present,
            method,
            recorded_by: me.account().clone(),
            recorded_at: now,
            withdrawn_at: None,
        };
        if write(tx, read.as_ref(), row).await? {
            if method == Method::Proxy {
                record(tx, cx, (By::from(me), "attendance.signed_in"), (meeting.id, me.person()), now)
                    .await?;
            }
            return Ok(SignIn::Done { at: now });
        }
    }
    Err(Refusal::Stale.into())
}

/// Takes a sign-in back, until the meeting ends. What the secretary wrote he corrects himself.
pub async fn undo(
    db: &DatabaseConnection,
    cx: &Context,
    me: &Myself,
    meeting: MeetingId,
    now: DateTime<Utc>,
) -> Result<Undone, BranchError> {
    let tx = mailbox::transaction::write(db).await?;
    let meeting = meeting::store::find(&tx, meeting).await?.ok_or(BranchError::NotFound)?;
    let read = store::find(&tx, meeting.id, me.person()).await?;
    let Some(row) = read.filter(Attendance::is_live) else {
        return Ok(Undone::Nothing);
    };
    if row.method == Method::RollCall {
        return Err(Refusal::RolledCall.into());
    }
    if meeting.ends_at < now {
        return Err(Refusal::Over { ended_at: meeting.ends_at }.into());
    }
    if !store::replace(&tx, &row, Attendance { withdrawn_at: Some(now), ..row.clone() }).await? {
        return Err(Refusal::Stale.into());
    }
    record(&tx, cx, (By::from(me), "attendance.undone"), (meeting.id, me.person()), now).await?;
    tx.commit().await?;
    Ok(Undone::Done)
}

/// 点名: the secretary writes down how a member attended, or why not. Leave and the like may be written beforehand,
/// presence from the moment the sign-in opens.
pub async fn roll_call(
    db: &DatabaseConnection,
    cx: &Context,
    secretary: &Secretary,
    (meeting, person, state): (MeetingId, PersonId, AttendanceState),
    now: DateTime<Utc>,
) -> Result<Attendance, BranchError> {
    let tx = mailbox::transaction::write(db).await?;
    let meeting = meeting::of_secretary(&tx, secretary, meeting).await?;
    may_attend(&tx, &meeting, person).await?;
    check_roll_call(&meeting, state, now)?;
    let read = store::find(&tx, meeting.id, person).await?;
    if let Some(row) = read.as_ref().filter(|row| row.is_live() && row.state == state) {
        return Ok(row.clone());
    }
    let row = Attendance {
        id: read.as_ref().map_or_else(|| AttendanceId::new(now), |row| row.id),
        meeting_id: meeting.id,
        person_id: person,
        state,
        method: Method::RollCall,
        recorded_by: secretary.account().clone(),
        recorded_at: now,
        withdrawn_at: None,
    };
    if !write(&tx, read.as_ref(), row.clone()).await? {
        return Err(Refusal::Stale.into());
    }
    record(&tx, cx, (By::from(secretary), "attendance.rolled"), (meeting.id, person), now).await?;
    tx.commit().await?;
    Ok(row)
}

fn check_roll_call(meeting: &Meeting, state: AttendanceState, now: DateTime<Utc>) -> Result<(), Refusal> {
    let opens_at = meeting.starts_at - OPENS_BEFORE;
    let is_known_beforehand =
        matches!(state, AttendanceState::OnLeave | AttendanceState::Excused | AttendanceState::HomeStudy);
    if meeting.status == MeetingStatus::Cancelled {
        Err(Refusal::Cancelled)
    } else if now < opens_at && !is_known_beforehand {
        Err(Refusal::NotYet { opens_at })
    } else if meeting.ends_at + ROLL_CALL_WITHIN < now {
        Err(Refusal::Over { ended_at: meeting.ends_at })
    } else {
        Ok(())
    }
}

/// Only the living, and only members on the day of the meeting, by affiliation or by taking part.
async fn may_attend(
    tx: &DatabaseTransaction,
    meeting: &Meeting,
    person: PersonId,
) -> Result<(), BranchError> {
    let day = meeting.day();
    let found = person::store::find(tx, person).await?.ok_or(BranchError::NotFound)?;
    if found.died_on.is_some_and(|died| died <= day) {
        return Err(Refusal::Dead.into());
    }
    let member = branch::store::membership_in(tx, meeting.branch_id, person, day).await?;
    member.map(drop).ok_or(BranchError::Refused(Refusal::NotYourBranch))
}

async fn write(
    tx: &DatabaseTransaction,
    read: Option<&Attendance>,
    row: Attendance,
) -> Result<bool, BranchError> {
    Ok(match read {
        None => store::enter(tx, &[row]).await? == 1,
        Some(read) => store::replace(tx, read, row).await?,
    })
}

async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    (by, action): (By<'_>, &'static str),
    (meeting, person): (MeetingId, PersonId),
    now: DateTime<Utc>,
) -> Result<(), BranchError> {
    let act = Act { by, action, subject: format!("meeting/{meeting}"), detail: json!({ "person": person }) };
    Ok(cx.record(tx, act, now).await?)
}

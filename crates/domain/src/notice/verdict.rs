//! The last question before a message leaves: is it still wanted? Between the plan and the sending somebody may have
//! died, left, signed in or cancelled.

use chrono::{DateTime, Datelike, Days, NaiveTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::{
    Channel, Choice, Chosen, Notice, Occasion, Reason, Status, audience::by_attendance, cap, choice, quiet,
    readers,
};
use crate::{
    account,
    branch::{self, Attendance, MeetingStatus, PostKind},
    calendar,
    ids::{BranchId, MeetingId, PersonId},
    person,
};

/// What the dispatcher does with a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Send it.
    Send,
    /// It is quiet; not before then.
    Wait(DateTime<Utc>),
    /// Not at all.
    Drop(Reason),
    /// It has gone, or may have gone, or was given up: see its status.
    Settled(Status),
}

/// Asks everything again. A reason to drop comes before the quiet hours: what is not wanted need not wait.
pub async fn still_wanted(
    db: &impl ConnectionTrait,
    notice: &Notice,
    now: DateTime<Utc>,
) -> Result<Verdict, DbErr> {
    // What goes again after an unknown outcome is judged again, too; a server may have died in the middle of the call.
    let again = notice.occasion.goes_again() && matches!(notice.status, Status::Unknown | Status::Sending);
    if !notice.status.may_become(Status::Sending) && !again {
        return Ok(Verdict::Settled(notice.status));
    }
    if let Some(reason) = unreachable(db, notice).await? {
        return Ok(Verdict::Drop(reason));
    }
    let pointless = match (notice.occasion, notice.person_id) {
        (Occasion::MeetingEve(meeting), Some(person)) => eve(db, meeting, person, now).await?,
        (Occasion::BranchDigest(branch, on), Some(person)) => {
            if calendar::local_date(now) == on {
                digest(db, branch, person, now).await?
            } else {
                Some(Reason::TooLate)
            }
        }
        (_, None)
        | (
            Occasion::Told(..)
            | Occasion::Welcome
            | Occasion::Mandate(..)
            | Occasion::TermEnds(_)
            | Occasion::Anchor(_)
            | Occasion::OutreachToday(_)
            | Occasion::GrievanceDue(_)
            | Occasion::GrievanceNews(_)
            | Occasion::Unmasked(_)
            | Occasion::SecondFactor(..),
            _,
        ) => None,
    };
    let unwanted = match pointless {
        None => unwanted(db, notice, now).await?,
        reason => reason,
    };
    if let Some(reason) = unwanted {
        return Ok(Verdict::Drop(reason));
    }
    let policy = notice.occasion.policy();
    if notice.occasion.waits_for_morning() && quiet::is_quiet(policy, now) {
        return Ok(Verdict::Wait(quiet::next_allowed(policy, now)));
    }
    Ok(Verdict::Send)
}

/// Has the reader stopped it, or been spoken to often enough?
async fn unwanted(
    db: &impl ConnectionTrait,
    notice: &Notice,
    now: DateTime<Utc>,
) -> Result<Option<Reason>, DbErr> {
    let (Some(topic), Some(account)) = (notice.occasion.topic(), &notice.account_id) else { return Ok(None) };
    let choice = choice::about(&readers::choices(db, account).await?, topic);
    if choice == Some(Choice::Stopped) {
        return Ok(Some(Reason::Stopped));
    }
    let Some(kind) = cap::counts(notice.occasion) else { return Ok(None) };
    let today = calendar::local_date(now);
    let monday = today - Days::new(today.weekday().num_days_from_monday().into());
    let midnight = |day| calendar::utc(day, NaiveTime::MIN);
    let sent = (
        readers::sent_since(db, account, kind, midnight(today)).await?,
        readers::sent_since(db, account, kind, midnight(monday)).await?,
    );
    Ok(cap::enough(notice.occasion, choice, sent))
}

async fn unreachable(db: &impl ConnectionTrait, notice: &Notice) -> Result<Option<Reason>, DbErr> {
    if let Some(id) = notice.person_id {
        let person = person::store::find(db, id).await?;
        if person.is_none_or(|person| !person.is_alive()) {
            return Ok(Some(Reason::Dead));
        }
    }
    // A text message needs no login.
    if !matches!(notice.channel, Channel::Robot | Channel::Ding) {
        return Ok(None);
    }
    let Some(id) = &notice.account_id else {
        return Ok(Some(Reason::NoAccount));
    };
    let account = account::store::find(db, id).await?;
    Ok(match account {
        None => Some(Reason::NoAccount),
        Some(account) if !account.active => Some(Reason::LeftTenant),
        // The login is another person's by now, or nobody's.
        Some(account) if notice.person_id.is_some() && account.person_id != notice.person_id => {
            Some(Reason::NoAccount)
        }
        Some(_) => None,
    })
}

async fn eve(
    db: &impl ConnectionTrait,
    meeting: MeetingId,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<Option<Reason>, DbErr> {
    let Some(meeting) = branch::meeting::store::find(db, meeting).await? else {
        return Ok(Some(Reason::Cancelled));
    };
    if meeting.status == MeetingStatus::Cancelled {
        return Ok(Some(Reason::Cancelled));
    }
    if meeting.starts_at <= now {
        return Ok(Some(Reason::TooLate));
    }
    if branch::store::membership_in(db, meeting.branch_id, person, meeting.day()).await?.is_none() {
        return Ok(Some(Reason::NotMember));
    }
    let row = branch::attendance::store::find(db, meeting.id, person).await?.filter(Attendance::is_live);
    Ok(match by_attendance(row.as_ref()) {
        Chosen::Send => None,
        Chosen::Suppress(reason) => Some(reason),
    })
}

async fn digest(
    db: &impl ConnectionTrait,
    branch: BranchId,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<Option<Reason>, DbErr> {
    let posts = branch::store::posts(db, branch, calendar::local_date(now)).await?;
    if !posts.iter().any(|post| post.person_id == person && post.kind == PostKind::Secretary) {
        return Ok(Some(Reason::NotSecretary));
    }
    let digest = branch::digest(db, branch, now).await?;
    let says = digest.is_some_and(|digest| digest.says_something());
    Ok((!says).then_some(Reason::NothingToSay))
}

//! A plan fires: once, however many servers see that it is due.

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr};
use serde_json::json;

use super::{
    Audience, Channel, Chosen, Notice, Occasion, Occurrence, Reason, ReminderPlan, Status, call,
    letters::Letter, preview, quiet, store,
};
use crate::{
    Act, By, Context,
    ids::{NoticeId, OccurrenceId},
    letters,
};

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ran {
    /// It ran; the figures are in the row.
    Done(Occurrence),
    /// It has run before, or another server is at it.
    Already,
    /// The plan is switched off.
    Off,
}

/// Runs one firing of a plan in a transaction of its own.
pub async fn run_occurrence(
    db: &DatabaseConnection,
    cx: &Context,
    plan: &ReminderPlan,
    fires_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Ran, DbErr> {
    let tx = mailbox::transaction::write(db).await?;
    let ran = run_occurrence_in(&tx, cx, plan, fires_at, now).await?;
    tx.commit().await?;
    Ok(ran)
}

/// The same in the caller's transaction: the firing, the rows of the ledger and the letters exist together or not at
/// all.
pub async fn run_occurrence_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    plan: &ReminderPlan,
    fires_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Ran, DbErr> {
    // As it is now: it may have been switched off since the scheduler looked.
    let Some(plan) = store::find_plan(tx, plan.id).await?.filter(|plan| plan.enabled) else {
        return Ok(Ran::Off);
    };
    let mut occurrence = Occurrence {
        id: OccurrenceId::new(now),
        plan_id: plan.id,
        fires_at,
        ran_at: now,
        queued: 0,
        suppressed: 0,
    };
    if !store::claim(tx, &occurrence).await? {
        return Ok(Ran::Already);
    }
    let audience = preview(tx, &plan, fires_at).await?;
    let due_at = quiet::next_allowed(plan.kind.policy(), now.max(fires_at));
    let notices = audience.into_iter().map(|one| notice(one, &occurrence, due_at, now)).collect();
    store::insert(tx, notices).await?;

    // What is there of this firing is new; everybody else had been told of the occasion before.
    for notice in store::of_occurrence(tx, occurrence.id).await? {
        if notice.status == Status::Queued {
            post(tx, &notice, now).await?;
            occurrence.queued += 1;
        } else {
            occurrence.suppressed += 1;
            // Who has no smartphone is told of tomorrow's meeting by somebody.
            if notice.reason == Some(Reason::NoAccount) && matches!(notice.occasion, Occasion::MeetingEve(_))
            {
                call::open_in(tx, &notice, now).await?;
            }
        }
    }
    store::count(tx, &occurrence).await?;
    let act = Act {
        by: By::SYSTEM,
        action: "reminder_plan.fired",
        subject: format!("reminder_plan/{}", plan.id),
        detail: json!({
            "occurrence": occurrence.id,
            "queued": occurrence.queued,
            "suppressed": occurrence.suppressed,
        }),
    };
    cx.record(tx, act, now).await?;
    Ok(Ran::Done(occurrence))
}

fn notice(one: Audience, occurrence: &Occurrence, due_at: DateTime<Utc>, now: DateTime<Utc>) -> Notice {
    let (status, reason) = match one.verdict {
        Chosen::Send => (Status::Queued, None),
        Chosen::Suppress(reason) => (Status::Suppressed, Some(reason)),
    };
    Notice {
        id: NoticeId::new(now),
        occurrence_id: Some(occurrence.id),
        person_id: Some(one.person),
        account_id: one.account,
        occasion: one.occasion,
        status,
        reason,
        process_query_key: None,
        due_at,
        created_at: now,
        updated_at: now,
        accepted_at: None,
        channel: Channel::Robot,
        sent_at: None,
        flow_controlled_at: None,
        read_at: None,
        proof_at: None,
        climb_at: None,
    }
}

async fn post(tx: &DatabaseTransaction, notice: &Notice, now: DateTime<Utc>) -> Result<(), DbErr> {
    let letter = match notice.occasion {
        Occasion::MeetingEve(meeting) => Letter::MeetingEve { notice: notice.id, meeting },
        Occasion::BranchDigest(branch, on) => Letter::BranchDigest { notice: notice.id, branch, on },
        // No plan says these.
        Occasion::Told(..)
        | Occasion::Welcome
        | Occasion::Mandate(..)
        | Occasion::TermEnds(_)
        | Occasion::Anchor(_)
        | Occasion::OutreachToday(_)
        | Occasion::GrievanceDue(_)
        | Occasion::GrievanceNews(_)
        | Occasion::Unmasked(_)
        | Occasion::SecondFactor(..) => {
            return Ok(());
        }
    };
    let letter = letters::Letter::Notice(letter);
    letters::post(tx, &letter, notice.account_id.as_ref(), notice.due_at, now).await?;
    Ok(())
}

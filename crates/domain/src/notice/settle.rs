//! The dispatcher writes down what became of notices. Each step is conditional on the one before, so that two
//! dispatchers, a crash or a late answer cannot make a notice go twice.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr};

use super::{Reason, Status, calls, entity::ActiveModel, rungs, store};
use crate::{ids::NoticeId, person::Died};

/// Takes notices for sending, right before the call; returns those that are the caller's to send. One that is not
/// returned was taken before: whoever did so has sent it, or has stopped in the middle, and then nobody knows.
pub async fn take(
    db: &impl ConnectionTrait,
    notices: &[NoticeId],
    now: DateTime<Utc>,
) -> Result<Vec<NoticeId>, DbErr> {
    let mut taken = Vec::with_capacity(notices.len());
    let sent = ActiveModel { sent_at: Set(Some(now)), ..Default::default() };
    for id in notices {
        if store::move_to(db, *id, Status::Sending, sent.clone(), now).await? {
            taken.push(*id);
        }
    }
    Ok(taken)
}

/// May this one, which goes again after an unknown outcome, be sent once more? Not when it has been accepted since.
pub async fn take_again(
    db: &impl ConnectionTrait,
    notice: NoticeId,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    store::touch_open(db, notice, now).await
}

/// The platform took them.
pub async fn accepted(
    db: &impl ConnectionTrait,
    notices: &[NoticeId],
    process_query_key: &str,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let change = ActiveModel {
        process_query_key: Set(Some(process_query_key.to_owned())),
        accepted_at: Set(Some(now)),
        // It is proof that ends the ladder; until somebody asks for it, nothing more is tried.
        climb_at: Set(None),
        ..Default::default()
    };
    each(db, notices, (Status::Accepted, change), now).await
}

/// The platform took it, and is asked later whether it was read. If that stays without proof, the next way is tried.
pub async fn prove_later(
    db: &impl ConnectionTrait,
    notice: NoticeId,
    (ask_at, climb_at): (Option<DateTime<Utc>>, Option<DateTime<Utc>>),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    rungs::plan_proof(db, notice, (ask_at, climb_at), now).await
}

/// The platform holds these readers back; they are tried again at `until`.
pub async fn flow_controlled(
    db: &impl ConnectionTrait,
    notices: &[NoticeId],
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let change = ActiveModel { due_at: Set(until), flow_controlled_at: Set(Some(now)), ..Default::default() };
    each(db, notices, (Status::FlowControlled, change), now).await
}

/// The platform does not know these logins.
pub async fn invalid(
    db: &impl ConnectionTrait,
    notices: &[NoticeId],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    each(db, notices, (Status::Invalid, ActiveModel::default()), now).await
}

/// No answer came (the platform's gateway gives up after three seconds, whatever became of the call), or a dispatcher
/// stopped between taking and settling.
pub async fn unknown(
    db: &impl ConnectionTrait,
    notices: &[NoticeId],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    each(db, notices, (Status::Unknown, ActiveModel::default()), now).await
}

/// The platform says that these readers have opened it.
pub async fn read(db: &impl ConnectionTrait, notices: &[NoticeId], now: DateTime<Utc>) -> Result<(), DbErr> {
    let change = ActiveModel {
        read_at: Set(Some(now)),
        proof_at: Set(None),
        climb_at: Set(None),
        ..Default::default()
    };
    each(db, notices, (Status::Read, change), now).await
}

/// The platform says that it did not deliver it, or that it was taken back: what must be told takes the next way.
pub async fn filtered(
    db: &impl ConnectionTrait,
    notices: &[NoticeId],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let change = ActiveModel { proof_at: Set(None), climb_at: Set(Some(now)), ..Default::default() };
    each(db, notices, (Status::Filtered, change), now).await
}

/// Given up.
pub async fn failed(
    db: &impl ConnectionTrait,
    notices: &[NoticeId],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    each(db, notices, (Status::Failed, ActiveModel::default()), now).await
}

/// They certainly did not go (refused before anything was sent, or it is quiet): they wait until then.
pub async fn put_back(
    db: &impl ConnectionTrait,
    notices: &[NoticeId],
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let change = ActiveModel { due_at: Set(until), ..Default::default() };
    each(db, notices, (Status::Queued, change), now).await
}

/// Not wanted any more.
pub async fn suppress(
    db: &impl ConnectionTrait,
    notice: NoticeId,
    reason: Reason,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let change = ActiveModel { reason: Set(Some(reason)), ..Default::default() };
    each(db, &[notice], (Status::Suppressed, change), now).await
}

/// Nothing that waits goes to the dead, in the transaction that records the death.
pub(crate) async fn on_death(
    tx: &impl ConnectionTrait,
    died: &Died,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    store::suppress_all_of(tx, died.person, Reason::Dead, now).await?;
    calls::not_needed(tx, died.person, now).await
}

async fn each(
    db: &impl ConnectionTrait,
    notices: &[NoticeId],
    (next, change): (Status, ActiveModel),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    for id in notices {
        if !store::move_to(db, *id, next, change.clone(), now).await? {
            // Settled otherwise in the meantime, which stands.
            tracing::debug!(notice.id = %id, notice.status = ?next, "notice not moved");
        }
    }
    Ok(())
}

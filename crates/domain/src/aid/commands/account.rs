//! 新账户确认: an account that was changed less than thirty days ago is paid to only after somebody other than those who changed it has made
//! sure that it is the person's, and says how.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, DatabaseConnection, DatabaseTransaction};

use super::open::{Actor, Open};
use crate::{
    By, Context,
    aid::{
        AidError, Case, Happened, NoClaim, Refusal, Step,
        clawback::Clawback,
        entity,
        payment::{AccountVouch, REASON, vouch::reason_cell},
        separation::Part,
        store,
    },
    authority::{Worker, substitution::same_hand},
    ids::{AccountVouchId, CaseId},
};

/// The account is right, and the case may be paid (again): not while what was paid before is asked back.
pub(super) async fn checked(
    tx: &DatabaseTransaction,
    open: &mut Open,
    actor: Actor<'_>,
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    if store::clawback::of_case(tx, open.case.id).await?.iter().any(Clawback::is_open) {
        return Err(Refusal::Clawback(NoClaim::Unsettled).into());
    }
    let change = entity::ActiveModel { account_checked: Set(true), ..Default::default() };
    open.step(tx, actor, (Step::CheckAccount, Happened::AccountChecked), change, now).await
}

/// Makes sure of the new account of a case that is ready to be paid, or came back.
pub async fn vouch_for_account(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (case, reason): (CaseId, &str),
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > REASON {
        return Err(Refusal::Vouch.into());
    }
    let tx = mailbox::transaction::write(db).await?;
    let mut open = Open::reached(&tx, worker, case).await?;
    open.living(&tx).await?;
    let change = store::account::unvouched(&tx, &open.case, now).await?.ok_or(Refusal::AccountIsOld)?;
    let asked = (&change.asked_by, change.asked_at);
    let decided = change.decided_by.as_ref().zip(change.decided_at);
    let own = same_hand(&tx, worker, asked, now).await?
        || match decided {
            Some(decided) => same_hand(&tx, worker, decided, now).await?,
            None => false,
        };
    if own {
        return Err(Refusal::OwnAccountChange.into());
    }
    open.apart(&tx, worker, Part::AccountChecker, now).await?;
    checked(&tx, &mut open, Actor::of(worker), now).await?;
    let id = AccountVouchId::new(now);
    let vouch = AccountVouch {
        id,
        case_id: case,
        change_id: change.id,
        reason: cx.seal.seal(reason_cell(&id.to_string()), reason)?,
        vouched_by: worker.account().clone(),
        vouched_at: now,
    };
    store::account::insert(&tx, vouch).await?;
    open.record(&tx, cx, By::from(worker), "aid.account_vouched", now).await?;
    tx.commit().await?;
    Ok(open.case)
}

//! 结转: the year whose budget bears a plan is frozen before the plan is settled. What is reserved for it goes over into the next year
//! that is open.

use chrono::{DateTime, Utc};
use ledger::{Carried, Envelope, Fen};
use sea_orm::{DatabaseConnection, DatabaseTransaction};

use super::record;
use crate::{
    By, Context,
    ids::OutreachPlanId,
    outreach::{OutreachError, Plan, PlanState, store},
};

/// The envelope of a plan, to post to: when its year is frozen, what is reserved goes over first. Whoever moves the plan's money asks here;
/// the caller saves the plan.
pub(super) async fn pot(
    tx: &DatabaseTransaction,
    plan: &mut Plan,
    now: DateTime<Utc>,
) -> Result<Envelope, OutreachError> {
    let old = plan.envelope();
    let new = ledger::open_from(tx, &old).await?;
    if new == old || plan.state != PlanState::Approved || !plan.reserved.is_positive() {
        return Ok(old);
    }
    let key = format!("outreach.carry/{}/{}", plan.id, old.year);
    let subject = plan.subject();
    ledger::carry(tx, (&old, &new), Carried::Reserved, plan.reserved, (&subject, &key), now).await?;
    plan.budget_year = new.year;
    Ok(new)
}

/// Carries one plan out of a year; says how much. `None`: it is not bound to that year any more, or the year is not frozen.
pub(crate) async fn carry_over(
    db: &DatabaseConnection,
    cx: &Context,
    by: By<'_>,
    (id, year): (OutreachPlanId, i32),
    now: DateTime<Utc>,
) -> Result<Option<Fen>, OutreachError> {
    let tx = mailbox::transaction::write(db).await?;
    let mut plan = store::plan::locked(&tx, id).await?.ok_or(OutreachError::NotFound)?;
    if plan.budget_year != year || pot(&tx, &mut plan, now).await?.year == year {
        return Ok(None);
    }
    let amount = plan.reserved;
    store::plan::save(&tx, plan.clone()).await?;
    record(&tx, cx, by, ("outreach.carried_over", &plan), now).await?;
    tx.commit().await?;
    Ok(Some(amount))
}

//! 结清: what was given is paid, what was not is free again. Nobody settles who was at a visit, or who made, proposed or approved the plan.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use ledger::Fen;
use sea_orm::DatabaseConnection;

use super::{carry::pot, record};
use crate::{
    By, Context,
    authority::{Payer, substitution::same_hand},
    calendar::local_date,
    ids::{AccountId, OutreachPlanId},
    outreach::{Entry, EntryState, Outcome, OutreachError, Plan, PlanState, Refusal, Visit, store},
};

/// Who went out with the money.
fn were_there(visits: &[Visit]) -> BTreeSet<(AccountId, DateTime<Utc>)> {
    let mut there = BTreeSet::new();
    for visit in visits {
        let all = [Some(&visit.lead), visit.second.as_ref(), Some(&visit.recorded_by)];
        there.extend(all.into_iter().flatten().map(|one| (one.clone(), visit.recorded_at)));
    }
    there
}

/// Settles a plan of which everybody was visited, fell away or was not reached in time.
pub async fn settle(
    db: &DatabaseConnection,
    cx: &Context,
    payer: &Payer,
    id: OutreachPlanId,
    now: DateTime<Utc>,
) -> Result<Plan, OutreachError> {
    let tx = mailbox::transaction::write(db).await?;
    let found = store::plan::locked(&tx, id).await?.filter(|plan| payer.covers(plan.place()));
    let mut plan = found.ok_or(OutreachError::NotFound)?;
    if plan.state != PlanState::Approved {
        return Err(Refusal::NotNow.into());
    }
    let asked = plan.proposed_by.as_ref().zip(plan.proposed_at);
    let decided = plan.decided_by.as_ref().zip(plan.decided_at);
    for hand in [Some((&plan.made_by, plan.made_at)), asked, decided].into_iter().flatten() {
        if same_hand(&tx, payer, hand, now).await? {
            return Err(Refusal::HadPart.into());
        }
    }
    let visits = store::visit::of_plan(&tx, id).await?;
    for (who, at) in were_there(&visits) {
        if same_hand(&tx, payer, (&who, at), now).await? {
            return Err(Refusal::WasThere.into());
        }
    }
    let given: Vec<&Visit> = visits.iter().filter(|visit| visit.outcome == Outcome::Given).collect();
    let count = given.iter().filter(|visit| !visit.has_receipt()).count();
    if count > 0 {
        return Err(Refusal::NoReceipt { count }.into());
    }
    let mut open = store::entry::all_of_plan(&tx, id).await?;
    open.retain(|entry| entry.state == EntryState::Listed);
    let today = local_date(now);
    let count = open.iter().filter(|entry| entry.due_on >= today).count();
    if count > 0 {
        return Err(Refusal::StillDue { count }.into());
    }
    for entry in open {
        let entry = Entry {
            state: EntryState::Missed,
            written_by: payer.account().clone(),
            updated_at: now,
            ..entry
        };
        store::entry::save(&tx, entry).await?;
    }
    let paid: Fen = Fen::checked_sum(given.iter().map(|visit| visit.cash)).ok_or(Refusal::TooMuch)?;
    let rest = plan.reserved.checked_sub(paid).filter(|rest| rest.fen() >= 0).ok_or(Refusal::TooMuch)?;
    let (pot, subject) = (pot(&tx, &mut plan, now).await?, plan.subject());
    if paid.is_positive() {
        ledger::commit(&tx, &pot, paid, &subject, &format!("outreach.commit/{id}"), now).await?;
        ledger::pay(&tx, &pot, paid, &subject, &format!("outreach.pay/{id}"), now).await?;
    }
    if rest.is_positive() {
        ledger::release(&tx, &pot, rest, &subject, &format!("outreach.release/{id}"), now).await?;
    }
    let plan = Plan {
        state: PlanState::Settled,
        reserved: Fen::ZERO,
        paid,
        settled_by: Some(payer.account().clone()),
        settled_at: Some(now),
        ..plan
    };
    store::plan::save(&tx, plan.clone()).await?;
    record(&tx, cx, By::from(payer), ("outreach.settled", &plan), now).await?;
    tx.commit().await?;
    Ok(plan)
}

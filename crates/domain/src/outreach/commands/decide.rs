//! The approver decides, and the money is reserved in the same transaction.

use chrono::{DateTime, Utc};
use ledger::Fen;
use sea_orm::DatabaseConnection;

use super::record;
use crate::{
    By, Context,
    authority::{Approver, substitution::same_hand},
    ids::OutreachPlanId,
    outreach::{Entry, EntryState, OutreachError, Plan, PlanState, Refusal, store},
    person,
};

/// Agrees to a plan, or sends it back to those who make the list. Who has died since it was made is not on it any more.
pub async fn decide(
    db: &DatabaseConnection,
    cx: &Context,
    approver: &Approver,
    (id, agree): (OutreachPlanId, bool),
    now: DateTime<Utc>,
) -> Result<Plan, OutreachError> {
    let tx = mailbox::transaction::write(db).await?;
    let found = store::plan::locked(&tx, id).await?.filter(|plan| approver.covers(plan.place()));
    let mut plan = found.ok_or(OutreachError::NotFound)?;
    let (Some(first), Some(at), PlanState::Proposed) = (&plan.proposed_by, plan.proposed_at, plan.state)
    else {
        return Err(Refusal::NotNow.into());
    };
    let made = same_hand(&tx, approver, (&plan.made_by, plan.made_at), now).await?;
    if made || same_hand(&tx, approver, (first, at), now).await? {
        return Err(Refusal::SamePerson.into());
    }
    let action = if agree {
        let mut listed = store::entry::all_of_plan(&tx, id).await?;
        listed.retain(|entry| entry.state == EntryState::Listed);
        let ids: Vec<_> = listed.iter().map(|entry| entry.person_id).collect();
        let dead: std::collections::HashSet<_> = person::store::find_all(&tx, &ids)
            .await?
            .into_iter()
            .filter(|person| !person.is_alive())
            .map(|person| person.id)
            .collect();
        let (gone, listed): (Vec<Entry>, Vec<Entry>) =
            listed.into_iter().partition(|entry| dead.contains(&entry.person_id));
        for entry in gone {
            let died = Entry {
                state: EntryState::Died,
                written_by: approver.account().clone(),
                updated_at: now,
                ..entry
            };
            store::entry::save(&tx, died).await?;
        }
        if listed.is_empty() {
            return Err(Refusal::Nobody.into());
        }
        plan.reserved = Fen::checked_sum(listed.iter().map(|entry| entry.cash)).ok_or(Refusal::TooMuch)?;
        plan.state = PlanState::Approved;
        if plan.reserved.is_positive() {
            let key = format!("outreach.reserve/{id}");
            ledger::reserve(&tx, &plan.envelope(), plan.reserved, &plan.subject(), &key, now).await?;
        }
        "outreach.plan_approved"
    } else {
        plan.state = PlanState::Draft;
        "outreach.plan_sent_back"
    };
    let plan = Plan { decided_by: Some(approver.account().clone()), decided_at: Some(now), ..plan };
    store::plan::save(&tx, plan.clone()).await?;
    record(&tx, cx, By::from(approver), (action, &plan), now).await?;
    tx.commit().await?;
    Ok(plan)
}

//! What whoever said it may still do: take it back, and say once that he is not content with the answer.

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction};

use super::open::{Entry, Open, due_on};
use crate::{
    By, Context,
    authority::{Grants, Myself},
    calendar::local_date,
    grievance::{Act, Grievance, GrievanceError, Refusal, What, reach, words},
    ids::{AccountId, GrievanceId},
};

/// 撤回, as long as there is no answer.
pub async fn withdraw(
    db: &DatabaseConnection,
    cx: &Context,
    myself: &Myself,
    id: GrievanceId,
    now: DateTime<Utc>,
) -> Result<Grievance, GrievanceError> {
    let tx = mailbox::transaction::write(db).await?;
    let mut open = own(&tx, myself, id).await?;
    take_back(&mut open)?;
    let entry = Entry { actor: Some(myself.account()), ..Entry::of(What::Withdrawn) };
    open.note(&tx, cx, entry, now).await?;
    open.save(&tx).await?;
    open.record(&tx, cx, (By::from(myself), "grievance.withdrawn"), now).await?;
    tx.commit().await?;
    Ok(open.row)
}

/// 不满意: somebody else, of the level above, looks again. Once.
pub async fn reopen(
    db: &DatabaseConnection,
    cx: &Context,
    myself: &Myself,
    (id, why): (GrievanceId, &str),
    now: DateTime<Utc>,
) -> Result<Grievance, GrievanceError> {
    let why = words(why)?;
    let tx = mailbox::transaction::write(db).await?;
    let mut open = own(&tx, myself, id).await?;
    once(&open)?;
    again(&tx, &mut open, now).await?;
    let entry = Entry {
        actor: Some(myself.account()),
        until: open.row.due_on,
        words: Some(why),
        ..Entry::of(What::Reopened)
    };
    open.note(&tx, cx, entry, now).await?;
    open.mark_named(&tx, cx, why, now).await?;
    open.settle(&tx, cx, now).await?;
    open.record(&tx, cx, (By::from(myself), "grievance.reopened"), now).await?;
    tx.commit().await?;
    Ok(open.row)
}

async fn own(tx: &DatabaseTransaction, myself: &Myself, id: GrievanceId) -> Result<Open, GrievanceError> {
    let open = Open::lock(tx, id).await?;
    if open.row.person_id == Some(myself.person()) { Ok(open) } else { Err(GrievanceError::NotFound) }
}

pub(super) fn take_back(open: &mut Open) -> Result<(), GrievanceError> {
    open.take(Act::Withdraw)?;
    open.row.assigned_to = None;
    Ok(())
}

/// It was not looked at again before.
pub(super) fn once(open: &Open) -> Result<(), GrievanceError> {
    open.row.status.after(Act::Reopen)?;
    if open.row.round > 1 || open.steps.iter().any(|step| step.what == What::Reopened) {
        return Err(Refusal::Again.into());
    }
    Ok(())
}

/// The row as it goes into the second round: above whoever answered, with the whole time once more.
pub(super) async fn again(
    tx: &DatabaseTransaction,
    open: &mut Open,
    now: DateTime<Utc>,
) -> Result<(), GrievanceError> {
    let (today, mut stood) = (local_date(now), Vec::new());
    let answers = open.steps.iter().filter(|step| step.what == What::Answered);
    let who: Vec<AccountId> = answers.flat_map(|step| step.actor.iter().chain(&step.whom).cloned()).collect();
    for account in who {
        let grants = Grants::of(tx, &account, now).await?;
        stood.extend(reach::standing(&grants, &open.row));
    }
    open.take(Act::Reopen)?;
    open.row.level = reach::above(open.row.level, stood);
    open.row.round = 2;
    open.row.assigned_to = None;
    open.row.received_on = today;
    open.row.due_on = due_on(tx, (open.row.kind.limit(), &open.row.region), (today, today)).await?;
    Ok(())
}

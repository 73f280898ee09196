//! 交办: somebody of the place who may answer it gets it; oneself or another.

use chrono::{DateTime, Utc};
use sea_orm::DatabaseConnection;

use super::open::{Entry, Open};
use crate::{
    By, Context,
    authority::Worker,
    grievance::{Act, Grievance, GrievanceError, Refusal, What, reach},
    ids::{AccountId, GrievanceId},
};

/// Gives it to somebody.
pub async fn assign(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (id, to): (GrievanceId, &AccountId),
    now: DateTime<Utc>,
) -> Result<Grievance, GrievanceError> {
    let tx = mailbox::transaction::write(db).await?;
    let mut open = Open::reached(&tx, worker, id, now).await?;
    open.take(Act::Assign)?;
    let able = reach::able(&tx, (&open.row, &open.steps), now).await?;
    if !able.iter().any(|(account, _)| account == to) {
        let bar = reach::bar(&tx, (&open.row, &open.steps), (to, None), now).await?;
        return Err(bar.map_or(Refusal::NotThere, Refusal::Barred).into());
    }
    open.row.assigned_to = Some(to.clone());
    let entry = Entry { actor: Some(worker.account()), whom: Some(to), ..Entry::of(What::Assigned) };
    open.note(&tx, cx, entry, now).await?;
    open.save(&tx).await?;
    open.record(&tx, cx, (By::from(worker), "grievance.assigned"), now).await?;
    tx.commit().await?;
    Ok(open.row)
}

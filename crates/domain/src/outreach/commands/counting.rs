//! 盘点: two count what is in the store, and what is written follows what is there.

use chrono::{DateTime, Utc};
use sea_orm::DatabaseConnection;

use super::stock::{reached, record, write};
use crate::{
    Context,
    authority::{Worker, substitution::same_hand},
    ids::{AccountId, OutreachItemId, OutreachMovementId},
    outreach::{Moved, Movement, OutreachError, Refusal, store},
};

/// Writes down how many were counted by two; says how many more (or fewer) that is than what was written.
pub async fn counted(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (id, many, witness): (OutreachItemId, i32, &AccountId),
    now: DateTime<Utc>,
) -> Result<i64, OutreachError> {
    let tx = mailbox::transaction::write(db).await?;
    let item = reached(&tx, worker, id).await?;
    Worker::prove(&tx, witness, &item.region, now).await?.ok_or(Refusal::NoWorkers)?;
    if same_hand(&tx, worker, (witness, now), now).await? {
        return Err(Refusal::SamePerson.into());
    }
    store::stock::item_locked(&tx, id).await?.ok_or(OutreachError::NotFound)?;
    let more = i64::from(many) - store::stock::stock(&tx, id).await?.store();
    if many < 0 {
        return Err(Refusal::NoPieces { there: 0 }.into());
    }
    if more != 0 {
        let kind = if more > 0 { Moved::Found } else { Moved::Lost };
        let row = Movement {
            id: OutreachMovementId::new(now),
            item_id: id,
            kind,
            quantity: i32::try_from(more.abs()).or(Err(Refusal::NoPieces { there: 0 }))?,
            hand: None,
            visit_id: None,
            purchase_id: None,
            moved_by: worker.account().clone(),
            witness: Some(witness.clone()),
            moved_at: now,
        };
        write(&tx, row).await?;
    }
    record(&tx, cx, worker, ("outreach.counted", &item), now).await?;
    tx.commit().await?;
    Ok(more)
}

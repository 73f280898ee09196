//! Items are bought by two people's word: one who works writes the invoice down, one who pays agrees, and with that it is paid and in
//! the store.

use chrono::{DateTime, Datelike, Utc};
use ledger::{Envelope, Fen};
use sea_orm::{DatabaseConnection, DatabaseTransaction};
use serde_json::json;

use super::stock::{reached, write};
use crate::{
    Act, By, Context,
    aid::ProposalState,
    authority::{Payer, Worker, substitution::same_hand},
    calendar::local_date,
    ids::{OutreachItemId, OutreachMovementId, OutreachPurchaseId},
    outreach::{CATEGORY, Moved, Movement, OutreachError, Purchase, Refusal, store},
};

/// A purchase to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPurchase {
    /// Of what.
    pub item: OutreachItemId,
    /// How many.
    pub quantity: i32,
    /// For how much in all.
    pub amount: Fen,
    /// The invoice.
    pub source: String,
}

/// Writes it down.
pub async fn propose(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    new: NewPurchase,
    now: DateTime<Utc>,
) -> Result<Purchase, OutreachError> {
    if new.quantity < 1 || !new.amount.is_positive() || new.source.trim().is_empty() {
        return Err(Refusal::Purchase.into());
    }
    let tx = mailbox::transaction::write(db).await?;
    reached(&tx, worker, new.item).await?;
    let row = Purchase {
        id: OutreachPurchaseId::new(now),
        item_id: new.item,
        quantity: new.quantity,
        amount: new.amount,
        budget_year: local_date(now).year(),
        source: new.source.trim().to_owned(),
        state: ProposalState::Proposed,
        proposed_by: worker.account().clone(),
        proposed_at: now,
        decided_by: None,
        decided_at: None,
    };
    let row = store::stock::insert_purchase(&tx, row).await?;
    record(&tx, cx, By::from(worker), ("outreach.purchase_proposed", &row), now).await?;
    tx.commit().await?;
    Ok(row)
}

/// Pays, or does not.
pub async fn decide(
    db: &DatabaseConnection,
    cx: &Context,
    payer: &Payer,
    (id, agree): (OutreachPurchaseId, bool),
    now: DateTime<Utc>,
) -> Result<Purchase, OutreachError> {
    let tx = mailbox::transaction::write(db).await?;
    let row = store::stock::purchase_locked(&tx, id).await?.ok_or(OutreachError::NotFound)?;
    let item = store::stock::item(&tx, row.item_id).await?.filter(|item| payer.covers(&item.region));
    let item = item.ok_or(OutreachError::NotFound)?;
    if row.state != ProposalState::Proposed {
        return Err(Refusal::NotNow.into());
    }
    if same_hand(&tx, payer, (&row.proposed_by, row.proposed_at), now).await? {
        return Err(Refusal::SamePerson.into());
    }
    let (state, action) = if agree {
        let (pot, subject) = (Envelope::new(item.region.as_str(), row.budget_year, CATEGORY), row.subject());
        let key = |step: &str| format!("outreach.{step}/{id}");
        ledger::reserve(&tx, &pot, row.amount, &subject, &key("reserve"), now).await?;
        ledger::commit(&tx, &pot, row.amount, &subject, &key("commit"), now).await?;
        ledger::pay(&tx, &pot, row.amount, &subject, &key("pay"), now).await?;
        let bought = Movement {
            id: OutreachMovementId::new(now),
            item_id: item.id,
            kind: Moved::Bought,
            quantity: row.quantity,
            hand: None,
            visit_id: None,
            purchase_id: Some(id),
            moved_by: payer.account().clone(),
            witness: None,
            moved_at: now,
        };
        write(&tx, bought).await?;
        (ProposalState::Agreed, "outreach.purchase_paid")
    } else {
        (ProposalState::Refused, "outreach.purchase_refused")
    };
    let row = Purchase { state, decided_by: Some(payer.account().clone()), decided_at: Some(now), ..row };
    store::stock::save_purchase(&tx, row.clone()).await?;
    record(&tx, cx, By::from(payer), (action, &row), now).await?;
    tx.commit().await?;
    Ok(row)
}

async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    by: By<'_>,
    (action, row): (&'static str, &Purchase),
    now: DateTime<Utc>,
) -> Result<(), OutreachError> {
    let detail = json!({ "item": row.item_id });
    Ok(cx.record(tx, Act { by, action, subject: row.subject(), detail }, now).await?)
}

//! Items: what there is to give away, handed to those who go out, and brought back.

use chrono::{DateTime, Utc};
use ledger::Fen;
use sea_orm::{DatabaseConnection, DatabaseTransaction};
use serde_json::json;

use crate::{
    Act, By, Context,
    authority::Worker,
    ids::{AccountId, OutreachItemId, OutreachMovementId, OutreachVisitId, RegionCode},
    outreach::{Item, Moved, Movement, OutreachError, Refusal, Short, store},
};

/// Adds an item that may be bought.
pub async fn add_item(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (region, name, value): (RegionCode, &str, Fen),
    now: DateTime<Utc>,
) -> Result<Item, OutreachError> {
    if !worker.covers(&region) {
        return Err(OutreachError::NotFound);
    }
    let name = name.trim();
    // Envelopes are a province's, a city's or a county's.
    let whose = crate::budget::LEVELS.contains(&region.as_str().len());
    if name.is_empty() || name.chars().count() > 40 || !value.is_positive() || !whose {
        return Err(Refusal::Item.into());
    }
    let tx = mailbox::transaction::write(db).await?;
    let row = Item {
        id: OutreachItemId::new(now),
        region,
        name: name.to_owned(),
        value,
        added_by: worker.account().clone(),
        added_at: now,
    };
    let item = store::stock::insert_item(&tx, row).await?;
    record(&tx, cx, worker, ("outreach.item_added", &item), now).await?;
    tx.commit().await?;
    Ok(item)
}

/// Hands some pieces to somebody who goes out.
pub async fn hand(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (id, to, quantity): (OutreachItemId, &AccountId, i32),
    now: DateTime<Utc>,
) -> Result<(), OutreachError> {
    let tx = mailbox::transaction::write(db).await?;
    let item = reached(&tx, worker, id).await?;
    Worker::prove(&tx, to, &item.region, now).await?.ok_or(Refusal::NoWorkers)?;
    moves(&tx, (id, (Moved::Handed, quantity, Some(to))), (worker.account(), None), now).await?;
    record(&tx, cx, worker, ("outreach.handed", &item), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes some pieces back that were not given away.
pub async fn take_back(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (id, from, quantity): (OutreachItemId, &AccountId, i32),
    now: DateTime<Utc>,
) -> Result<(), OutreachError> {
    let tx = mailbox::transaction::write(db).await?;
    let item = reached(&tx, worker, id).await?;
    moves(&tx, (id, (Moved::Returned, quantity, Some(from))), (worker.account(), None), now).await?;
    record(&tx, cx, worker, ("outreach.taken_back", &item), now).await?;
    tx.commit().await?;
    Ok(())
}

pub(super) async fn reached(
    tx: &DatabaseTransaction,
    worker: &Worker,
    id: OutreachItemId,
) -> Result<Item, OutreachError> {
    let found = store::stock::item(tx, id).await?.filter(|item| worker.covers(&item.region));
    found.ok_or(OutreachError::NotFound)
}

/// What moves: the kind, how many, through whose hands.
pub(super) type Move<'a> = (Moved, i32, Option<&'a AccountId>);

/// Moves pieces under the lock of their item: nothing that is not there.
pub(super) async fn moves(
    tx: &DatabaseTransaction,
    (item_id, (kind, quantity, hand)): (OutreachItemId, Move<'_>),
    (by, visit_id): (&AccountId, Option<OutreachVisitId>),
    now: DateTime<Utc>,
) -> Result<(), OutreachError> {
    let row = Movement {
        id: OutreachMovementId::new(now),
        item_id,
        kind,
        quantity,
        hand: hand.cloned(),
        visit_id,
        purchase_id: None,
        moved_by: by.clone(),
        witness: None,
        moved_at: now,
    };
    write(tx, row).await
}

pub(super) async fn write(tx: &DatabaseTransaction, row: Movement) -> Result<(), OutreachError> {
    store::stock::item_locked(tx, row.item_id).await?.ok_or(OutreachError::NotFound)?;
    let mut stock = store::stock::stock(tx, row.item_id).await?;
    match stock.moves(row.kind, row.hand.as_ref(), i64::from(row.quantity)) {
        Ok(()) => Ok(store::stock::insert_movement(tx, row).await?),
        Err(Short { there }) => Err(Refusal::NoPieces { there }.into()),
    }
}

pub(super) async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    worker: &Worker,
    (action, item): (&'static str, &Item),
    now: DateTime<Utc>,
) -> Result<(), OutreachError> {
    let act = Act {
        by: By::from(worker),
        action,
        subject: item.subject(),
        detail: json!({ "region": item.region }),
    };
    Ok(cx.record(tx, act, now).await?)
}

//! An order is proposed by one and decided by another. With the decision, its lines are in the ledger.

use chrono::{DateTime, Utc};
use ledger::{Envelope, Fen};
use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr};
use serde_json::json;

use super::{
    BudgetError, NewOrder, Order, OrderKind, OrderLine, OrderState, Refusal,
    plan::{is_over, shares},
    store,
};
use crate::{
    Act, By, Context,
    authority::{Payer, substitution::same_hand},
    calendar::local_date,
    ids::{BudgetOrderId, RegionCode},
};

/// Writes an order down. Whoever gives money away must have it already; it is looked at again when the order is decided.
pub async fn propose(
    db: &DatabaseConnection,
    cx: &Context,
    payer: &Payer,
    new: NewOrder,
    now: DateTime<Utc>,
) -> Result<Order, BudgetError> {
    if !payer.covers(&new.region) {
        return Err(BudgetError::NotFound);
    }
    let shares = shares(&new, local_date(now))?;
    let tx = mailbox::transaction::write(db).await?;
    let order = Order {
        id: BudgetOrderId::new(now),
        kind: new.wanted.kind(),
        region: new.region,
        year: new.year,
        category: new.wanted.category(),
        amount: shares.iter().map(|share| share.amount).sum(),
        source: new.source.trim().to_owned(),
        state: OrderState::Proposed,
        proposed_by: payer.account().clone(),
        proposed_at: now,
        decided_by: None,
        decided_at: None,
    };
    if ledger::is_frozen(&tx, order.region.as_str(), order.year).await? {
        return Err(Refusal::Frozen { year: order.year }.into());
    }
    if gives(order.kind) {
        enough(&tx, &order).await?;
    }
    let line = |(line, share): (i32, super::Share)| OrderLine {
        order_id: order.id,
        line,
        region: share.region,
        weight: share.weight.and_then(|weight| i64::try_from(weight).ok()),
        amount: share.amount,
    };
    let lines = (0..).zip(shares).map(line).collect();
    let order = store::insert(&tx, order, lines).await?;
    record(&tx, cx, By::from(payer), ("budget.proposed", &order), now).await?;
    tx.commit().await?;
    Ok(order)
}

/// The second person agrees, and it is posted; or not.
pub async fn decide(
    db: &DatabaseConnection,
    cx: &Context,
    payer: &Payer,
    (id, agree): (BudgetOrderId, bool),
    now: DateTime<Utc>,
) -> Result<Order, BudgetError> {
    let tx = mailbox::transaction::write(db).await?;
    let order = store::locked(&tx, id).await?.ok_or(BudgetError::NotFound)?;
    let lines = store::lines(&tx, id).await?;
    if !payer.covers(judge(&order, &lines)) {
        return Err(BudgetError::NotFound);
    }
    if order.state != OrderState::Proposed {
        return Err(Refusal::NotNow.into());
    }
    if same_hand(&tx, payer, (&order.proposed_by, order.proposed_at), now).await? {
        return Err(Refusal::SamePerson.into());
    }
    let (state, action) = if agree {
        post(&tx, &order, &lines, now).await?;
        (OrderState::Posted, "budget.posted")
    } else {
        (OrderState::Refused, "budget.refused")
    };
    let order = Order { state, decided_by: Some(payer.account().clone()), decided_at: Some(now), ..order };
    store::save(&tx, order.clone()).await?;
    record(&tx, cx, By::from(payer), (action, &order), now).await?;
    tx.commit().await?;
    Ok(order)
}

/// Who proposed it takes it back, while nobody has decided.
pub async fn withdraw(
    db: &DatabaseConnection,
    cx: &Context,
    payer: &Payer,
    id: BudgetOrderId,
    now: DateTime<Utc>,
) -> Result<Order, BudgetError> {
    let tx = mailbox::transaction::write(db).await?;
    let order = store::locked(&tx, id).await?.filter(|order| payer.covers(&order.region));
    let order = order.filter(|order| payer.is(&order.proposed_by)).ok_or(BudgetError::NotFound)?;
    match order.state {
        OrderState::Withdrawn => return Ok(order),
        OrderState::Posted | OrderState::Refused => return Err(Refusal::NotNow.into()),
        OrderState::Proposed => {}
    }
    let order = Order { state: OrderState::Withdrawn, decided_at: Some(now), ..order };
    store::save(&tx, order.clone()).await?;
    record(&tx, cx, By::from(payer), ("budget.withdrawn", &order), now).await?;
    tx.commit().await?;
    Ok(order)
}

/// Who may decide: whoever pays for the place above the others. 上缴 is decided by the region that receives it.
pub fn judge<'a>(order: &'a Order, lines: &'a [OrderLine]) -> &'a RegionCode {
    match (order.kind, lines.first()) {
        (OrderKind::Up, Some(line)) => &line.region,
        _ => &order.region,
    }
}

const fn gives(kind: OrderKind) -> bool {
    matches!(kind, OrderKind::TakeBack | OrderKind::Down | OrderKind::Up)
}

async fn enough(tx: &DatabaseTransaction, order: &Order) -> Result<(), BudgetError> {
    let Some(pot) = order.envelope(&order.region) else { return Ok(()) };
    let available = ledger::balance(tx, &pot).await?.available;
    if available >= order.amount {
        return Ok(());
    }
    Err(Refusal::short(available, order.amount).into())
}

/// The lines, from envelope to envelope in one order, so that two orders do not wait for each other. Where there is not enough
/// for all of them, none is posted.
async fn post(
    tx: &DatabaseTransaction,
    order: &Order,
    lines: &[OrderLine],
    now: DateTime<Utc>,
) -> Result<(), BudgetError> {
    if order.kind == OrderKind::Freeze {
        if !is_over(order.year, local_date(now)) {
            return Err(Refusal::NotOver { year: order.year }.into());
        }
        let done = ledger::freeze(tx, (order.region.as_str(), order.year), &order.subject(), now).await?;
        return if done { Ok(()) } else { Err(Refusal::Frozen { year: order.year }.into()) };
    }
    let from = order.envelope(&order.region).ok_or(BudgetError::NotFound)?;
    if gives(order.kind) {
        // All together, so that the refusal names what is missing in all.
        enough(tx, order).await?;
    }
    let mut sides = Vec::with_capacity(lines.len());
    for line in lines {
        sides.push((order.envelope(&line.region).ok_or(BudgetError::NotFound)?, line));
    }
    sides.sort_by(|(one, _), (other, _)| one.cmp(other));
    for (to, line) in sides {
        post_line(tx, order, (&from, &to), (line.line, line.amount), now).await?;
    }
    Ok(())
}

async fn post_line(
    tx: &DatabaseTransaction,
    order: &Order,
    (from, to): (&Envelope, &Envelope),
    (line, amount): (i32, Fen),
    now: DateTime<Utc>,
) -> Result<(), BudgetError> {
    let subject = order.subject();
    let key = format!("{subject}/{line}");
    match order.kind {
        OrderKind::Appropriate => ledger::appropriate(tx, to, amount, &subject, &key, now).await?,
        OrderKind::TakeBack => ledger::take_back(tx, from, amount, &subject, &key, now).await?,
        OrderKind::Down | OrderKind::Up => {
            ledger::transfer(tx, from, to, amount, &subject, &key, now).await?
        }
        OrderKind::Freeze => return Ok(()),
    };
    Ok(())
}

pub(super) async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    by: By<'_>,
    (action, order): (&'static str, &Order),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let detail = json!({ "kind": order.kind.code(), "year": order.year, "region": order.region });
    cx.record(tx, Act { by, action, subject: order.subject(), detail }, now).await
}

//! 提请、同意: a worker of the province proposes what is on a list, a security administrator of the province agrees, who sees the counts and
//! the rules and nobody's name. The system administrator sets the rules, the audit administrator reads the tombstones: four pairs of hands.

use chrono::{DateTime, Utc};
use sea_orm::DatabaseConnection;
use serde_json::json;

use super::{
    List, ListState,
    item::{self, State},
    list,
    refusal::{RetentionError, RetentionRefusal},
    rules::is_province,
};
use crate::{
    Act, By, Context,
    authority::{SecurityAdmin, Worker},
    ids::RetentionListId,
};

/// The longest reason.
pub(super) const REASON: usize = 200;

/// Proposes that what is on the list goes.
pub async fn propose(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    id: RetentionListId,
    now: DateTime<Utc>,
) -> Result<(), RetentionError> {
    if !is_province(worker.scope()) {
        return Err(RetentionRefusal::NotProvince.into());
    }
    let tx = mailbox::transaction::write(db).await?;
    let mut row = list::locked(&tx, id).await?.ok_or(RetentionError::NotFound)?;
    if row.state != ListState::Made {
        return Err(RetentionRefusal::NotNow.into());
    }
    let waiting = item::count(&tx, id, State::Waiting).await?;
    if waiting == 0 {
        return Err(RetentionRefusal::NothingThere.into());
    }
    row.state = ListState::Proposed;
    (row.proposed_by, row.proposed_at) = (Some(worker.account().clone()), Some(now));
    list::save(&tx, row).await?;
    let act = Act {
        by: By::from(worker),
        action: "retention.proposed",
        subject: format!("retention/{id}"),
        detail: json!({ "waiting": waiting }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(())
}

/// The second person agrees. From then on nothing is added to the list; what is held or has changed is still left out.
pub async fn approve(
    db: &DatabaseConnection,
    cx: &Context,
    admin: &SecurityAdmin,
    (id, seen): (RetentionListId, u64),
    now: DateTime<Utc>,
) -> Result<(), RetentionError> {
    let tx = mailbox::transaction::write(db).await?;
    let mut row = waits(&tx, admin, id).await?;
    let waiting = item::count(&tx, id, State::Waiting).await?;
    if waiting != seen {
        return Err(RetentionRefusal::OtherList.into());
    }
    row.state = ListState::Approved;
    (row.decided_by, row.decided_at) = (Some(admin.account().clone()), Some(now));
    list::save(&tx, row).await?;
    let act = Act {
        by: By::from(admin),
        action: "retention.approved",
        subject: format!("retention/{id}"),
        detail: json!({ "waiting": waiting }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(())
}

/// The second person does not agree. What is on it comes again next month.
pub async fn refuse(
    db: &DatabaseConnection,
    cx: &Context,
    admin: &SecurityAdmin,
    (id, reason): (RetentionListId, &str),
    now: DateTime<Utc>,
) -> Result<(), RetentionError> {
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > REASON {
        return Err(RetentionRefusal::NoReason.into());
    }
    let tx = mailbox::transaction::write(db).await?;
    let mut row = waits(&tx, admin, id).await?;
    (row.state, row.open, row.reason) = (ListState::Refused, None, Some(reason.to_owned()));
    (row.decided_by, row.decided_at) = (Some(admin.account().clone()), Some(now));
    list::save(&tx, row).await?;
    let act = Act {
        by: By::from(admin),
        action: "retention.refused",
        subject: format!("retention/{id}"),
        detail: json!({}),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(())
}

/// A list that waits for this second person.
async fn waits(
    tx: &mailbox::transaction::Transaction,
    admin: &SecurityAdmin,
    id: RetentionListId,
) -> Result<List, RetentionError> {
    if !is_province(admin.scope()) {
        return Err(RetentionRefusal::NotProvince.into());
    }
    let row = list::locked(tx, id).await?.ok_or(RetentionError::NotFound)?;
    if row.state != ListState::Proposed {
        return Err(RetentionRefusal::NotNow.into());
    }
    if row.proposed_by.as_ref().is_some_and(|by| admin.is(by)) {
        return Err(RetentionRefusal::SamePerson.into());
    }
    Ok(row)
}

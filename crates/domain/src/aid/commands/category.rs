//! 定帮扶类别: one writes down what a place says of a category, with the document; another agrees, and from its first day it is in force. The
//! top layer makes a category by its first row; to end one is a row that does not offer it.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr};
use serde_json::json;

use super::second::{exists, may_decide, not_past};
use crate::{
    Act, By, Context,
    aid::{AidError, Category, Group, NoCategory, ProposalState, Refusal, category::CategoryRow, store},
    authority::Worker,
    ids::{CategoryRowId, RegionCode},
};

/// A row to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCategory {
    /// Which.
    pub category: Category,
    /// Where.
    pub region: RegionCode,
    /// From which day on; not in the past.
    pub valid_from: NaiveDate,
    /// The word on screens.
    pub label: String,
    /// What the public is told.
    pub group: Group,
    /// Where it stands on a form.
    pub position: i32,
    /// May it be asked for?
    pub offered: bool,
    /// Must whoever asks say why?
    pub reason_needed: bool,
    /// The document.
    pub source: String,
}

/// Writes one down, if no layer above forbids it.
pub async fn propose(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    new: NewCategory,
    now: DateTime<Utc>,
) -> Result<CategoryRow, AidError> {
    if !worker.covers(&new.region) {
        return Err(AidError::NotFound);
    }
    let row = CategoryRow {
        id: CategoryRowId::new(now),
        category: new.category,
        region: new.region,
        valid_from: new.valid_from,
        label: new.label.trim().to_owned(),
        of_group: new.group,
        position: new.position,
        offered: new.offered,
        reason_needed: new.reason_needed,
        source: new.source.trim().to_owned(),
        state: ProposalState::Proposed,
        proposed_by: Some(worker.account().clone()),
        proposed_at: now,
        decided_by: None,
        decided_at: None,
    };
    row.check().map_err(Refusal::Category)?;
    not_past(row.valid_from, now)?;
    let tx = mailbox::transaction::write(db).await?;
    store::category::load(&tx).await?.fits(&row).map_err(Refusal::Category)?;
    let row = store::category::insert(&tx, row).await?;
    record(&tx, cx, worker, ("aid.category_proposed", &row), now).await?;
    tx.commit().await?;
    Ok(row)
}

/// The second person agrees, or not.
pub async fn decide(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (id, agree): (CategoryRowId, bool),
    now: DateTime<Utc>,
) -> Result<CategoryRow, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let found = store::category::locked(&tx, id).await?.filter(|found| worker.covers(&found.region));
    let row = found.ok_or(AidError::NotFound)?;
    may_decide(&tx, worker, (row.proposed_by.as_ref(), row.proposed_at, row.state), now).await?;
    let (state, action) = if agree {
        not_past(row.valid_from, now)?;
        store::category::load(&tx).await?.fits(&row).map_err(Refusal::Category)?;
        (ProposalState::Agreed, "aid.category_agreed")
    } else {
        (ProposalState::Refused, "aid.category_refused")
    };
    let row = CategoryRow { state, decided_by: Some(worker.account().clone()), decided_at: Some(now), ..row };
    store::category::save(&tx, row.clone()).await.map_err(exists)?;
    record(&tx, cx, worker, (action, &row), now).await?;
    tx.commit().await?;
    Ok(row)
}

/// What is written about a category is about one that somebody has made.
pub(super) async fn made(db: &impl ConnectionTrait, category: Category) -> Result<(), AidError> {
    let known = store::category::load(db).await?.knows(category);
    if known { Ok(()) } else { Err(Refusal::Category(NoCategory::Unknown).into()) }
}

async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    worker: &Worker,
    (action, row): (&'static str, &CategoryRow),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let act = Act {
        by: By::from(worker),
        action,
        subject: format!("aid_category/{}", row.id),
        detail: json!({ "region": row.region, "category": row.category.code() }),
    };
    cx.record(tx, act, now).await
}

//! 定分类规定: one writes down what a category asks, with the document; another agrees, and from its first day it is in force.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr};
use serde_json::json;

use super::{
    category::made,
    second::{exists, may_decide, not_past},
};
use crate::{
    Act, By, Context,
    aid::{
        AidError, Category, ProposalState, Refusal,
        setting::{Kind, Says, Setting, council},
        store,
    },
    authority::Worker,
    ids::{RegionCode, SettingId},
};

/// A row to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSetting {
    /// About which category.
    pub category: Category,
    /// Where.
    pub region: RegionCode,
    /// From which day on; not in the past.
    pub valid_from: NaiveDate,
    /// What it says.
    pub says: Says,
    /// The document.
    pub source: String,
}

/// Writes one down, if no layer above forbids it.
pub async fn propose(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    new: NewSetting,
    now: DateTime<Utc>,
) -> Result<Setting, AidError> {
    if !worker.covers(&new.region) {
        return Err(AidError::NotFound);
    }
    new.says.check(new.category)?;
    if new.source.trim().is_empty() {
        return Err(Refusal::Setting.into());
    }
    not_past(new.valid_from, now)?;
    let row = Setting {
        id: SettingId::new(now),
        kind: new.says.kind(),
        category: new.category,
        region: new.region,
        valid_from: new.valid_from,
        says: new.says,
        source: new.source.trim().to_owned(),
        state: ProposalState::Proposed,
        proposed_by: Some(worker.account().clone()),
        proposed_at: now,
        decided_by: None,
        decided_at: None,
    };
    let tx = mailbox::transaction::write(db).await?;
    made(&tx, row.category).await?;
    fits(&tx, &row).await?;
    let row = store::setting::insert(&tx, row).await?;
    record(&tx, cx, worker, ("aid.setting_proposed", &row), now).await?;
    tx.commit().await?;
    Ok(row)
}

/// The second person agrees, or not.
pub async fn decide(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (id, agree): (SettingId, bool),
    now: DateTime<Utc>,
) -> Result<Setting, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let found = store::setting::locked(&tx, id).await?.filter(|found| worker.covers(&found.region));
    let row = found.ok_or(AidError::NotFound)?;
    may_decide(&tx, worker, (row.proposed_by.as_ref(), row.proposed_at, row.state), now).await?;
    let (state, action) = if agree {
        not_past(row.valid_from, now)?;
        fits(&tx, &row).await?;
        (ProposalState::Agreed, "aid.setting_agreed")
    } else {
        (ProposalState::Refused, "aid.setting_refused")
    };
    let row = Setting { state, decided_by: Some(worker.account().clone()), decided_at: Some(now), ..row };
    store::setting::save(&tx, row.clone()).await.map_err(exists)?;
    record(&tx, cx, worker, (action, &row), now).await?;
    tx.commit().await?;
    Ok(row)
}

/// What asks for more fits under anything; only a sum may be wider than one above.
async fn fits(tx: &DatabaseTransaction, row: &Setting) -> Result<(), AidError> {
    if row.kind != Kind::CouncilAbove {
        return Ok(());
    }
    let of_all = store::procedure::all(tx).await?;
    let of_categories = store::setting::of_category(tx, row.kind, row.category).await?;
    Ok(council::fits((&of_all, &of_categories), row)?)
}

async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    worker: &Worker,
    (action, row): (&'static str, &Setting),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let act = Act {
        by: By::from(worker),
        action,
        subject: format!("aid_setting/{}", row.id),
        detail: json!({ "region": row.region, "kind": row.kind.code(), "category": row.category.code() }),
    };
    cx.record(tx, act, now).await
}

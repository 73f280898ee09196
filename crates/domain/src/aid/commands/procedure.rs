//! 定期限: one writes down how long a step may take, with the document; another agrees, and from its first day it is in force.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr};
use serde_json::json;

use super::second::{exists, may_decide, not_past};
use crate::{
    Act, By, Context,
    aid::{
        AidError, ProposalState, Refusal,
        procedure::{Limit, Procedure, fits},
        store,
    },
    authority::Worker,
    ids::{ProcedureId, RegionCode},
};

/// A value to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewProcedure {
    /// Where.
    pub region: RegionCode,
    /// Of what.
    pub limit: Limit,
    /// From which day on; not in the past.
    pub valid_from: NaiveDate,
    /// How much.
    pub value: i32,
    /// The document.
    pub source: String,
}

/// Writes one down, if no layer above forbids it.
pub async fn propose(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    new: NewProcedure,
    now: DateTime<Utc>,
) -> Result<Procedure, AidError> {
    if !worker.covers(&new.region) {
        return Err(AidError::NotFound);
    }
    if !(1..=new.limit.most()).contains(&new.value) || new.source.trim().is_empty() {
        return Err(Refusal::Procedure.into());
    }
    not_past(new.valid_from, now)?;
    let row = Procedure {
        id: ProcedureId::new(now),
        region: new.region,
        limit_of: new.limit,
        valid_from: new.valid_from,
        value: new.value,
        source: new.source.trim().to_owned(),
        state: ProposalState::Proposed,
        proposed_by: Some(worker.account().clone()),
        proposed_at: now,
        decided_by: None,
        decided_at: None,
    };
    let tx = mailbox::transaction::write(db).await?;
    fits(&store::procedure::all(&tx).await?, &row)?;
    let row = store::procedure::insert(&tx, row).await?;
    record(&tx, cx, worker, ("aid.procedure_proposed", &row), now).await?;
    tx.commit().await?;
    Ok(row)
}

/// The second person agrees, or not.
pub async fn decide(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (id, agree): (ProcedureId, bool),
    now: DateTime<Utc>,
) -> Result<Procedure, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let found = store::procedure::locked(&tx, id).await?.filter(|found| worker.covers(&found.region));
    let row = found.ok_or(AidError::NotFound)?;
    may_decide(&tx, worker, (row.proposed_by.as_ref(), row.proposed_at, row.state), now).await?;
    let (state, action) = if agree {
        not_past(row.valid_from, now)?;
        fits(&store::procedure::all(&tx).await?, &row)?;
        (ProposalState::Agreed, "aid.procedure_agreed")
    } else {
        (ProposalState::Refused, "aid.procedure_refused")
    };
    let row = Procedure { state, decided_by: Some(worker.account().clone()), decided_at: Some(now), ..row };
    store::procedure::save(&tx, row.clone()).await.map_err(exists)?;
    record(&tx, cx, worker, (action, &row), now).await?;
    tx.commit().await?;
    Ok(row)
}

async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    worker: &Worker,
    (action, row): (&'static str, &Procedure),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let act = Act {
        by: By::from(worker),
        action,
        subject: format!("aid_procedure/{}", row.id),
        detail: json!({ "region": row.region, "limit": row.limit_of.code() }),
    };
    cx.record(tx, act, now).await
}

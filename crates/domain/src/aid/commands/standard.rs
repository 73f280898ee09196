//! 定标准: one writes a row down with its document, another agrees. From its first day it is in force for the place and below, as far as
//! the layers above allow.

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
        AidError, Category, Refusal, Rule,
        proposal::{Model as Proposal, ProposalState},
        standard::{Terms, fits},
        store,
    },
    authority::Worker,
    ids::{AidRuleId, RegionCode},
};

/// A standard to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStandard {
    /// For what.
    pub category: Category,
    /// Where.
    pub region: RegionCode,
    /// From which day on; not in the past.
    pub valid_from: NaiveDate,
    /// What it says.
    pub terms: Terms,
    /// The document.
    pub source: String,
}

/// Writes one down, if no layer above forbids it.
pub async fn propose(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    new: NewStandard,
    now: DateTime<Utc>,
) -> Result<Proposal, AidError> {
    if !worker.covers(&new.region) {
        return Err(AidError::NotFound);
    }
    new.terms.check()?;
    if new.source.trim().is_empty() {
        return Err(Refusal::Standard.into());
    }
    not_past(new.valid_from, now)?;
    let Terms { least, most, notice_days, frequency, validity_months, .. } = new.terms;
    let Terms { percent, above, round_to, county_most, city_most, .. } = new.terms;
    let proposal = Proposal {
        id: AidRuleId::new(now),
        category: new.category,
        region: new.region,
        valid_from: new.valid_from,
        least,
        most,
        notice_days,
        frequency,
        validity_months,
        percent,
        above,
        round_to,
        county_most,
        city_most,
        source: new.source.trim().to_owned(),
        state: ProposalState::Proposed,
        proposed_by: worker.account().clone(),
        proposed_at: now,
        decided_by: None,
        decided_at: None,
    };
    let tx = mailbox::transaction::write(db).await?;
    made(&tx, proposal.category).await?;
    allowed(&tx, &proposal.rule()).await?;
    let proposal = store::standard::insert(&tx, proposal).await?;
    record(&tx, cx, worker, ("aid.standard_proposed", &proposal), now).await?;
    tx.commit().await?;
    Ok(proposal)
}

/// The second person agrees, and it is among the rules; or not.
pub async fn decide(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (id, agree): (AidRuleId, bool),
    now: DateTime<Utc>,
) -> Result<Proposal, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let found = store::standard::locked(&tx, id).await?.filter(|found| worker.covers(&found.region));
    let proposal = found.ok_or(AidError::NotFound)?;
    let written = (Some(&proposal.proposed_by), proposal.proposed_at, proposal.state);
    may_decide(&tx, worker, written, now).await?;
    let (state, action) = if agree {
        not_past(proposal.valid_from, now)?;
        allowed(&tx, &proposal.rule()).await?;
        let done = store::case::insert_rule(&tx, proposal.rule()).await;
        done.map_err(exists)?;
        (ProposalState::Agreed, "aid.standard_agreed")
    } else {
        (ProposalState::Refused, "aid.standard_refused")
    };
    let proposal =
        Proposal { state, decided_by: Some(worker.account().clone()), decided_at: Some(now), ..proposal };
    store::standard::save(&tx, proposal.clone()).await?;
    record(&tx, cx, worker, (action, &proposal), now).await?;
    tx.commit().await?;
    Ok(proposal)
}

async fn allowed(tx: &DatabaseTransaction, rule: &Rule) -> Result<(), AidError> {
    Ok(fits(&store::case::rules_of(tx, rule.category).await?, rule)?)
}

async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    worker: &Worker,
    (action, proposal): (&'static str, &Proposal),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let act = Act {
        by: By::from(worker),
        action,
        subject: format!("aid_rule/{}", proposal.id),
        detail: json!({ "region": proposal.region, "category": proposal.category.code() }),
    };
    cx.record(tx, act, now).await
}

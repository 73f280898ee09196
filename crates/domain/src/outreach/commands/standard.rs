//! 定标准: one writes down who gets what, with the document; another agrees, and from its first day it is in force.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr, SqlErr};
use serde_json::json;

use crate::{
    Act, By, Context,
    aid::ProposalState,
    authority::{Worker, substitution::same_hand},
    calendar::local_date,
    ids::{OutreachStandardId, RegionCode},
    outreach::{Occasion, OutreachError, Refusal, Standard, Terms, Who, layers::fits, store},
};

/// A standard to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStandard {
    /// Where.
    pub region: RegionCode,
    /// On which occasion.
    pub occasion: Occasion,
    /// Whom.
    pub who: Who,
    /// From which day on; not in the past.
    pub valid_from: NaiveDate,
    /// Until the day before this one.
    pub valid_to: Option<NaiveDate>,
    /// What.
    pub terms: Terms,
    /// The document.
    pub source: String,
}

/// The longest a standard gives.
const LONGEST: i32 = 365;

fn whole(new: &NewStandard) -> bool {
    let terms = &new.terms;
    let named = terms.item.as_ref().is_some_and(|name| !name.trim().is_empty());
    named == terms.item_value.is_positive()
        && terms.worth().is_positive()
        && terms.cash.fen() >= 0
        && (1..=2).contains(&terms.visitors)
        && (0..=LONGEST).contains(&terms.days)
        && new.valid_to.is_none_or(|end| end > new.valid_from)
        && (new.who.turning.is_none() || new.occasion == Occasion::Birthday)
        && !new.source.trim().is_empty()
}

/// Writes one down, if no layer above forbids it.
pub async fn propose(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    new: NewStandard,
    now: DateTime<Utc>,
) -> Result<Standard, OutreachError> {
    if !worker.covers(&new.region) {
        return Err(OutreachError::NotFound);
    }
    if !whole(&new) {
        return Err(Refusal::Standard.into());
    }
    if new.valid_from < local_date(now) {
        return Err(Refusal::InThePast.into());
    }
    let Terms { cash, item, item_value, visitors, days, tells } = new.terms;
    let row = Standard {
        id: OutreachStandardId::new(now),
        region: new.region,
        occasion: new.occasion,
        who: new.who,
        valid_from: new.valid_from,
        valid_to: new.valid_to,
        cash,
        item: item.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()),
        item_value,
        visitors,
        days,
        tells,
        source: new.source.trim().to_owned(),
        state: ProposalState::Proposed,
        proposed_by: Some(worker.account().clone()),
        proposed_at: now,
        decided_by: None,
        decided_at: None,
    };
    let tx = mailbox::transaction::write(db).await?;
    fits(&store::standard::of_occasion(&tx, row.occasion).await?, &row)?;
    let row = store::standard::insert(&tx, row).await?;
    record(&tx, cx, worker, ("outreach.standard_proposed", &row), now).await?;
    tx.commit().await?;
    Ok(row)
}

/// The second person agrees, or not.
pub async fn decide(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (id, agree): (OutreachStandardId, bool),
    now: DateTime<Utc>,
) -> Result<Standard, OutreachError> {
    let tx = mailbox::transaction::write(db).await?;
    let found = store::standard::locked(&tx, id).await?.filter(|found| worker.covers(&found.region));
    let row = found.ok_or(OutreachError::NotFound)?;
    let (Some(first), ProposalState::Proposed) = (&row.proposed_by, row.state) else {
        return Err(Refusal::NotNow.into());
    };
    if same_hand(&tx, worker, (first, row.proposed_at), now).await? {
        return Err(Refusal::SamePerson.into());
    }
    let (state, action) = if agree {
        // Not from before the decision: lists that were made until then stay what they are.
        if row.valid_from < local_date(now) {
            return Err(Refusal::InThePast.into());
        }
        fits(&store::standard::of_occasion(&tx, row.occasion).await?, &row)?;
        (ProposalState::Agreed, "outreach.standard_agreed")
    } else {
        (ProposalState::Refused, "outreach.standard_refused")
    };
    let row = Standard { state, decided_by: Some(worker.account().clone()), decided_at: Some(now), ..row };
    store::standard::save(&tx, row.clone()).await.map_err(|error| match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => Refusal::Exists.into(),
        _ => OutreachError::Db(error),
    })?;
    record(&tx, cx, worker, (action, &row), now).await?;
    tx.commit().await?;
    Ok(row)
}

async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    worker: &Worker,
    (action, row): (&'static str, &Standard),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let detail = json!({ "region": row.region, "occasion": row.occasion.code() });
    cx.record(tx, Act { by: By::from(worker), action, subject: row.subject(), detail }, now).await
}

//! Year-end: what nobody was promised stays frozen in the old year, what is bound for approved cases goes over into the new one.
//!
//! A case that is not yet carried when somebody works on it is carried with that step; this here is for all the others.

use chrono::{DateTime, Utc};
use ledger::Fen;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr};
use serde_json::json;

use super::{BudgetError, Refusal, plan::is_over};
use crate::{
    Act, By, Context,
    aid::{self, Case},
    authority::Payer,
    calendar::local_date,
    ids::RegionCode,
    outreach,
};

/// What went over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CarriedOver {
    /// How many cases.
    pub cases: usize,
    /// How many plans of visits.
    pub plans: usize,
    /// How much.
    pub amount: Fen,
}

/// The cases of a region, and below, that are approved and not yet paid from the budget of a year.
pub async fn unpaid(db: &impl ConnectionTrait, region: &RegionCode, year: i32) -> Result<Vec<Case>, DbErr> {
    aid::store::case::unpaid_of_year(db, region, year).await
}

/// Carries them over, each in a transaction of its own: after a crash the rest is carried by the next run.
pub async fn carry_over(
    db: &DatabaseConnection,
    cx: &Context,
    payer: &Payer,
    (region, year): (&RegionCode, i32),
    now: DateTime<Utc>,
) -> Result<CarriedOver, BudgetError> {
    if !payer.covers(region) {
        return Err(BudgetError::NotFound);
    }
    carry(db, cx, By::from(payer), (region, year), now).await
}

/// The same for whoever is at the machine itself (`yinling ledger carry`).
pub async fn carry_at_the_machine(
    db: &DatabaseConnection,
    cx: &Context,
    of: (&RegionCode, i32),
    now: DateTime<Utc>,
) -> Result<CarriedOver, BudgetError> {
    carry(db, cx, By::INSTALLER, of, now).await
}

async fn carry(
    db: &DatabaseConnection,
    cx: &Context,
    by: By<'_>,
    (region, year): (&RegionCode, i32),
    now: DateTime<Utc>,
) -> Result<CarriedOver, BudgetError> {
    let mut done = CarriedOver::default();
    for case in unpaid(db, region, year).await? {
        if let Some(amount) = aid::commands::carry::carry_over(db, cx, by, (case.id, year), now).await? {
            done.cases += 1;
            done.amount = [done.amount, amount].into_iter().sum();
        }
    }
    for plan in outreach::store::plan::unsettled_of_year(db, region, year).await? {
        if let Some(amount) = outreach::commands::carry_over(db, cx, by, (plan.id, year), now).await? {
            done.plans += 1;
            done.amount = [done.amount, amount].into_iter().sum();
        }
    }
    Ok(done)
}

/// Freezes a year at the machine itself, where nobody else can be asked (`yinling ledger freeze`). The audit chain says so.
pub async fn freeze_at_the_machine(
    db: &DatabaseConnection,
    cx: &Context,
    (region, year): (&RegionCode, i32),
    now: DateTime<Utc>,
) -> Result<(), BudgetError> {
    if !is_over(year, local_date(now)) {
        return Err(Refusal::NotOver { year }.into());
    }
    let tx = mailbox::transaction::write(db).await?;
    if !ledger::freeze(&tx, (region.as_str(), year), "installer", now).await? {
        return Err(Refusal::Frozen { year }.into());
    }
    let act = Act {
        by: By::INSTALLER,
        action: "budget.frozen",
        subject: format!("ledger_year/{year}"),
        detail: json!({ "region": region }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(())
}

//! The plans that come with the program, and switching them.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DatabaseConnection, DbErr};
use serde_json::json;

use super::{PlanKind, ReminderPlan, plan, store};
use crate::{
    Act, By, Context,
    authority::Worker,
    ids::{RegionCode, ReminderPlanId},
};

/// Before 20:00, when the retirees' quiet hours begin, with time to spare for the quota.
const EVENING: &str = "30 18 * * *";
/// Every day; that only working days count is the plan's rule, because the State Council moves them and cron does not.
const MORNING: &str = "30 8 * * *";

/// Why a plan is not switched.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// There is no such plan, or not in the worker's region.
    #[error("there is no such plan")]
    NotFound,
    /// Somebody changed it in the meantime.
    #[error("the plan was changed in the meantime")]
    Stale,
    /// The database failed.
    #[error("the plan could not be read or written")]
    Db(#[from] DbErr),
}

/// Gives a region its two plans. Those that are there stay as they are.
pub async fn ensure_defaults(
    db: &impl ConnectionTrait,
    region: &RegionCode,
    enabled: bool,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = |kind: PlanKind, cron: &str| ReminderPlan {
        id: ReminderPlanId::new(now),
        kind,
        region_code: region.clone(),
        name: kind.label().to_owned(),
        cron: cron.to_owned(),
        enabled,
        enabled_from: now,
        created_by: None,
        updated_by: None,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    let plans = vec![row(PlanKind::MeetingEve, EVENING), row(PlanKind::SecretaryDigest, MORNING)];
    store::insert_plans(db, plans).await
}

/// Switches a plan on, from now on: what it would have said before is not made up for.
pub async fn enable(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    plan: (ReminderPlanId, i64),
    now: DateTime<Utc>,
) -> Result<ReminderPlan, PlanError> {
    switch(db, cx, worker, (plan, true), now).await
}

/// Switches a plan off. Letters that wait already still go.
pub async fn disable(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    plan: (ReminderPlanId, i64),
    now: DateTime<Utc>,
) -> Result<ReminderPlan, PlanError> {
    switch(db, cx, worker, (plan, false), now).await
}

async fn switch(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    ((id, version), enabled): ((ReminderPlanId, i64), bool),
    now: DateTime<Utc>,
) -> Result<ReminderPlan, PlanError> {
    let tx = mailbox::transaction::write(db).await?;
    let found = store::find_plan(&tx, id).await?;
    let read = found.filter(|plan| worker.covers(&plan.region_code)).ok_or(PlanError::NotFound)?;
    if read.enabled == enabled {
        return Ok(read);
    }
    let enabled_from = if enabled { now } else { read.enabled_from };
    let change = plan::ActiveModel {
        enabled: Set(enabled),
        enabled_from: Set(enabled_from),
        updated_by: Set(Some(worker.account().clone())),
        updated_at: Set(now),
        ..Default::default()
    };
    if read.version != version || !store::update_plan(&tx, &read, change).await? {
        return Err(PlanError::Stale);
    }
    let act = Act {
        by: By::from(worker),
        action: if enabled { "reminder_plan.enabled" } else { "reminder_plan.disabled" },
        subject: format!("reminder_plan/{id}"),
        detail: json!({}),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(ReminderPlan {
        enabled,
        enabled_from,
        updated_by: Some(worker.account().clone()),
        version: version + 1,
        updated_at: now,
        ..read
    })
}

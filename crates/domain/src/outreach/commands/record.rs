//! The audit row of something about a plan.

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseTransaction, DbErr};
use serde_json::json;

use crate::{Act, By, Context, outreach::Plan};

pub(super) async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    by: By<'_>,
    (action, plan): (&'static str, &Plan),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let detail = json!({ "region": plan.region, "occasion": plan.occasion.code(), "year": plan.year });
    cx.record(tx, Act { by, action, subject: plan.subject(), detail }, now).await
}

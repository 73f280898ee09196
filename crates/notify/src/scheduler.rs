//! Fires the reminder plans. Any number of servers may run this at once: an occurrence is a row, and the row is unique.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Context, notice};
use sea_orm::DatabaseConnection;

use crate::plans;

/// The times at which a plan will fire in the next thirty days, for its forecast. Empty when its cron text cannot be read.
pub fn coming_month(cron: &str, now: DateTime<Utc>) -> Vec<DateTime<Utc>> {
    plans::coming(cron, now, now + TimeDelta::days(30)).unwrap_or_default()
}

/// Fires what has become due. Says how many notices were queued.
pub async fn run_once(db: &DatabaseConnection, cx: &Context, now: DateTime<Utc>) -> anyhow::Result<u64> {
    let mut queued = 0;
    for (plan, since) in notice::store::running(db).await? {
        let due = match plans::due(&plan.cron, since, now) {
            Ok(due) => due,
            Err(error) => {
                // One plan that cannot be read must not silence the others.
                tracing::error!(plan.id = %plan.id, %error, "reminder plan skipped");
                continue;
            }
        };
        for fires_at in due {
            mailbox::point("plan.due").await?;
            let ran = notice::run_occurrence(db, cx, &plan, fires_at, now).await?;
            mailbox::point("plan.fired").await?;
            if let notice::Ran::Done(occurrence) = ran {
                tracing::info!(plan.id = %plan.id, queued = occurrence.queued, "reminder plan fired");
                queued += u64::try_from(occurrence.queued).unwrap_or_default();
            }
        }
    }
    Ok(queued)
}

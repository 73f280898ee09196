//! What was told and brought no proof takes the next way.

use chrono::{DateTime, Utc};
use domain::notice::{Ladder, ladder, rungs};

use crate::app::Db;

/// The most steps of one round.
const ROUND: u64 = 100;

/// Climbs.
#[derive(Clone)]
pub struct Climbing {
    /// Rows.
    pub db: Db,
    /// The ways there are.
    pub ladder: Ladder,
}

impl Climbing {
    /// One round. Says how many notices took a step.
    pub async fn round(self, now: DateTime<Utc>) -> anyhow::Result<usize> {
        let mut steps = 0;
        for notice in rungs::to_climb(&self.db, now, ROUND).await? {
            mailbox::point("climb.found").await?;
            let climbed = ladder::climb(&self.db, &self.ladder, notice, now).await?;
            mailbox::point("climb.kept").await?;
            if let Some(channel) = climbed {
                tracing::info!(notice.id = %notice, ?channel, "the next way is tried");
                steps += 1;
            }
        }
        Ok(steps)
    }
}

//! Approvals that have been silent for long: their finish event may have been lost. A check goes through the inbox like an event, under
//! a key of its own for each check, and the handler asks the platform.

use chrono::{DateTime, TimeDelta, Utc};
use domain::aid::{RoundState, store};
use mailbox::{inbox, point};

use crate::{app::Db, callback::Incoming};

/// Silent for this long after it was asked for. Each check is a counted call, so it is not impatient.
const SILENT: TimeDelta = TimeDelta::minutes(5);
/// A silent round is checked once in this time.
const EVERY: i64 = 10 * 60;
/// The most checks of one round of this job.
const ROUND: u64 = 100;

/// Checks silent approvals.
#[derive(Clone)]
pub struct Approvals {
    /// Rows.
    pub db: Db,
}

impl Approvals {
    /// One round. Always zero: what it found is work for the inbox.
    pub async fn round(self, now: DateTime<Utc>) -> anyhow::Result<usize> {
        let slot = now.timestamp() / EVERY;
        for round in store::approval::to_check(&self.db, now - SILENT, ROUND).await? {
            // A round that is still being sent is the dispatcher's.
            let (RoundState::Created, Some(instance)) = (round.state, &round.instance_id) else { continue };
            let Ok(instance) = instance.parse() else { continue };
            let key = format!("check/{instance}/{slot}");
            let item = Incoming::Ended { instance }.item("reconciliation", key)?;
            point("silent.found").await?;
            inbox::accept(&self.db, &item, now).await?;
            point("silent.kept").await?;
        }
        Ok(0)
    }
}

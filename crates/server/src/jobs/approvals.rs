//! Approvals that have been silent for long: their finish event may have been lost. A check goes through the inbox like an event, under
//! a key of its own for each check, and the handler asks the platform.

use chrono::{DateTime, TimeDelta, Utc};
use domain::aid::{RoundState, store};
use mailbox::{inbox, point};

use crate::{app::Db, callback::Incoming};

/// Silent for this long after it was asked for. Each check is a counted call, so it is not impatient.
const SILENT: TimeDelta = TimeDelta::minutes(5);
/// More silent ones are asked about together, by a window of time.
pub(super) const MANY: usize = 20;
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
        let silent = store::approval::to_check(&self.db, now - SILENT, ROUND).await?;
        if silent.len() > MANY {
            return Ok(0);
        }
        for round in silent {
            let slot = slot(now - round.asked_at);
            // A round that is still being sent is the dispatcher's.
            let (RoundState::Created, Some(instance)) = (round.state, &round.instance_id) else { continue };
            let Ok(instance) = instance.parse() else { continue };
            let key = format!("check/{instance}/{slot}");
            let item = Incoming::Moved { instance, form: None }.item("reconciliation", key)?;
            point("silent.found").await?;
            inbox::accept(&self.db, &item, now).await?;
            point("silent.kept").await?;
        }
        Ok(0)
    }
}

/// Which check of a round it is time for: after 5, 10, 20, … 640 minutes, then twice a day. An approver who takes a week costs some
/// twenty calls.
fn slot(age: TimeDelta) -> i64 {
    const HALF_A_DAY: i64 = 12 * 60;
    let fives = age.num_minutes() / SILENT.num_minutes();
    match fives {
        ..128 => i64::from(fives.max(1).ilog2()),
        _ => 7 + age.num_minutes() / HALF_A_DAY,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chrono::TimeDelta;

    use super::slot;

    #[test]
    fn a_silent_round_is_asked_about_soon_and_then_seldom() {
        let slots = |days: i64| -> BTreeSet<i64> {
            (5..days * 24 * 60).map(|minutes| slot(TimeDelta::minutes(minutes))).collect()
        };
        assert_eq!(slot(TimeDelta::minutes(5)), 0);
        assert_ne!(slot(TimeDelta::minutes(9)), slot(TimeDelta::minutes(10)));
        assert!(slots(1).len() <= 10 && slots(7).len() <= 24, "{:?}", slots(7));
    }
}

//! What a plan will cost before it is switched on: messages to people, and the calls that carry them, which are what the
//! platform counts (5,000 a month in its standard edition).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::{Chosen, Occasion, PlanKind, Reason, ReminderPlan, preview};

/// How many readers one call of the robot reaches when the words are the same.
pub const READERS_PER_CALL: usize = 20;

/// The cost of a plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forecast {
    /// Messages delivered.
    pub deliveries: usize,
    /// Counted calls.
    pub calls: usize,
    /// People whom no message reaches: somebody telephones.
    pub to_telephone: usize,
}

/// The cost of firing at these times (of a month, as the caller reads the cron text), by what is planned today.
///
/// The evening-before plan knows only meetings that are in the calendar already. The digest of a later day is taken
/// to say something, since nobody knows today what will be owed.
pub async fn forecast(
    db: &impl ConnectionTrait,
    plan: &ReminderPlan,
    fires: &[DateTime<Utc>],
) -> Result<Forecast, DbErr> {
    let mut total = Forecast::default();
    for at in fires {
        let mut readers: BTreeMap<Occasion, usize> = BTreeMap::new();
        for one in preview(db, plan, *at).await? {
            match one.verdict {
                Chosen::Send => *readers.entry(one.occasion).or_default() += 1,
                Chosen::Suppress(Reason::NothingToSay) if one.account.is_some() => {
                    *readers.entry(one.occasion).or_default() += 1;
                }
                Chosen::Suppress(Reason::NoAccount) => total.to_telephone += 1,
                Chosen::Suppress(_) => {}
            }
        }
        total.deliveries += readers.values().sum::<usize>();
        total.calls += readers.values().map(|readers| calls(plan.kind, *readers)).sum::<usize>();
    }
    Ok(total)
}

fn calls(kind: PlanKind, readers: usize) -> usize {
    if kind.says_the_same_to_all() { readers.div_ceil(READERS_PER_CALL) } else { readers }
}

//! The question before a letter: may a call leave for it now? The call itself is counted by the limiter of the client, which sees every
//! call.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr};

use super::{Level, Limits, Via, figures, last_that_may_go, may_go, rate};
use crate::letters::Lane;

/// May it leave?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// Yes. It has its place in the rate.
    Go,
    /// Not before then: too fast, or a pause.
    Wait(DateTime<Utc>),
    /// Others need what is left of the month. It waits unclaimed.
    Held(Level),
}

/// Asks for one call.
pub async fn admit(
    db: &DatabaseConnection,
    limits: &Limits,
    (lane, via): (Lane, Via),
    now: DateTime<Utc>,
) -> Result<Admission, DbErr> {
    let tx = mailbox::transaction::write(db).await?;
    let figures = figures(&tx, limits, now).await?;
    if !may_go(lane, figures.level) {
        return Ok(Admission::Held(figures.level));
    }
    if let Some(until) = figures.paused_until {
        return Ok(Admission::Wait(until));
    }
    // Dropping the transaction gives back what was taken of the other rates.
    if let Some(until) = rate::take(&tx, limits.rates(via), now).await? {
        return Ok(Admission::Wait(until));
    }
    tx.commit().await?;
    Ok(Admission::Go)
}

/// The last lane of which letters are claimed now.
pub async fn last_lane(
    db: &impl ConnectionTrait,
    limits: &Limits,
    now: DateTime<Utc>,
) -> Result<Lane, DbErr> {
    Ok(last_that_may_go(figures(db, limits, now).await?.level))
}

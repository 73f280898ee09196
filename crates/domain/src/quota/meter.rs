//! The meter of the month. A call is counted before it leaves, by the limiter of the client (`notify/src/pace.rs`): a server that dies in
//! between has counted one too many, never one too few. What the platform says it did not count is taken back.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr};

use super::{
    Budget, Level, Limits, Used,
    entity::state::{ActiveModel, Model as State},
    level, pause, store,
};
use crate::calendar;

/// After a refusal for the quota, one call is tried again after this long: somebody may have bought more.
const TRY_AGAIN: TimeDelta = TimeDelta::hours(1);

/// The month of a moment, as the platform's bill has it.
pub fn month(now: DateTime<Utc>) -> String {
    calendar::local_date(now).format("%Y-%m").to_string()
}

/// How the month stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// Which.
    pub month: String,
    /// What may be used.
    pub budget: Budget,
    /// What has been used.
    pub used: Used,
    /// What follows.
    pub level: Level,
    /// Nothing is tried before then.
    pub paused_until: Option<DateTime<Utc>>,
}

/// How the month stands.
pub async fn figures(
    db: &impl ConnectionTrait,
    limits: &Limits,
    now: DateTime<Utc>,
) -> Result<Figures, DbErr> {
    let month = month(now);
    let usage = store::usage_of(db, &limits.tenant, &month).await?;
    let state = store::state_of(db, &limits.tenant).await?;
    let (calls, deliveries) = usage.map_or((0, 0), |usage| (usage.calls, usage.deliveries));
    let used = Used { calls, deliveries, up: state.as_ref().is_some_and(|state| is_used_up(state, now)) };
    let paused_until = state.and_then(|state| pause::in_force(&state, now));
    Ok(Figures { level: level(limits.budget, used), month, budget: limits.budget, used, paused_until })
}

/// Has the platform said so this month, and not long ago?
fn is_used_up(state: &State, now: DateTime<Utc>) -> bool {
    let this_month = |at: &DateTime<Utc>| month(*at) == month(now);
    let calls = state.calls_refused_at.filter(this_month).is_some_and(|at| now - at < TRY_AGAIN);
    // A push cannot be tried: the next one that has something in it says that it works again.
    calls || state.deliveries_refused_at.as_ref().is_some_and(this_month)
}

/// Counts one call.
pub async fn count_call(db: &impl ConnectionTrait, limits: &Limits, now: DateTime<Utc>) -> Result<(), DbErr> {
    store::add(db, (&limits.tenant, &month(now)), (1, 0), now).await
}

/// The platform did not carry it out, and does not count it.
pub async fn not_counted(
    db: &impl ConnectionTrait,
    limits: &Limits,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    store::take_off(db, (&limits.tenant, &month(now)), now).await
}

/// Counts one push that had something in it.
pub async fn count_delivery(
    db: &impl ConnectionTrait,
    limits: &Limits,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    store::add(db, (&limits.tenant, &month(now)), (0, 1), now).await?;
    let refused = store::state_of(db, &limits.tenant).await?.and_then(|state| state.deliveries_refused_at);
    if refused.is_some_and(|at| at < now) {
        let change = ActiveModel { deliveries_refused_at: Set(None), ..Default::default() };
        store::change_state(db, &limits.tenant, change, now).await?;
    }
    Ok(())
}

/// The platform refuses calls because the month's quota is used up.
pub async fn refused(db: &impl ConnectionTrait, limits: &Limits, now: DateTime<Utc>) -> Result<(), DbErr> {
    let change = ActiveModel { calls_refused_at: Set(Some(now)), ..Default::default() };
    store::change_state(db, &limits.tenant, change, now).await
}

/// The platform pushes nothing but the code for a quota that is used up.
pub async fn deliveries_refused(
    db: &impl ConnectionTrait,
    limits: &Limits,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let change = ActiveModel { deliveries_refused_at: Set(Some(now)), ..Default::default() };
    store::change_state(db, &limits.tenant, change, now).await
}

/// A call works: whatever stood in the way is over.
pub async fn works(db: &impl ConnectionTrait, limits: &Limits, now: DateTime<Utc>) -> Result<(), DbErr> {
    let change = ActiveModel {
        failures: Set(0),
        paused_until: Set(None),
        calls_refused_at: Set(None),
        ..Default::default()
    };
    store::change_state(db, &limits.tenant, change, now).await
}

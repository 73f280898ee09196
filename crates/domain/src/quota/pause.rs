//! The pause. When the platform is away, every letter would fail, wait longer and longer, and be given up at last, for no
//! fault of its own. So the first failure stops everybody for a moment, and while it lasts one letter at a time is tried.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr};

use super::{
    Limits, Via,
    entity::state::{ActiveModel, Model as State},
    store,
};

/// The longest pause. Emergencies wait no longer than this once the platform is back.
const LONGEST: TimeDelta = TimeDelta::minutes(5);

/// The platform could not be reached, did not answer, or asked to slow down; `at_least` is its own wish.
pub async fn failed(
    db: &impl ConnectionTrait,
    limits: &Limits,
    at_least: TimeDelta,
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, DbErr> {
    let failures = store::state_of(db, &limits.tenant).await?.map_or(0, |state| state.failures);
    let doubled = TimeDelta::seconds(5 << failures.clamp(0, 6));
    let until = now + doubled.min(LONGEST).max(at_least);
    let change = ActiveModel {
        failures: Set(failures.saturating_add(1)),
        paused_until: Set(Some(until)),
        ..Default::default()
    };
    store::change_state(db, &limits.tenant, change, now).await?;
    Ok(until)
}

/// Has no call worked since one failed? Then the next is a trial, and takes as little with it as it can.
pub async fn is_in_doubt(db: &impl ConnectionTrait, limits: &Limits) -> Result<bool, DbErr> {
    Ok(store::state_of(db, &limits.tenant).await?.is_some_and(|state| state.failures > 0))
}

/// Was something in the way before this call worked? Then [`works`](super::works) must be written.
pub async fn recovered(db: &impl ConnectionTrait, limits: &Limits) -> Result<bool, DbErr> {
    let state = store::state_of(db, &limits.tenant).await?;
    Ok(state.is_some_and(|state| state.failures > 0 || state.calls_refused_at.is_some()))
}

/// Until when nothing is tried. A pause that lies further ahead than any was begun before somebody set the clock back.
pub(super) fn in_force(state: &State, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    state.paused_until.filter(|until| now < *until && *until - now <= LONGEST * 2)
}

/// When the next such call may be tried: now, after the pause, or when a token is free.
pub async fn next_try(
    db: &impl ConnectionTrait,
    limits: &Limits,
    via: Via,
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, DbErr> {
    let state = store::state_of(db, &limits.tenant).await?;
    let mut at = now;
    if let Some(until) = state.and_then(|state| in_force(&state, now)) {
        at = until;
    }
    for rate in limits.rates(via) {
        let tokens = store::tokens(db, rate).await?;
        let all = usize::try_from(rate.calls).unwrap_or_default();
        if tokens.len() >= all
            && let Some(first) = tokens.first().filter(|first| **first - now <= rate.per + store::SKEW)
        {
            at = at.max(*first);
        }
    }
    Ok(at)
}

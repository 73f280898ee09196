//! The second person's word about a dated row of configuration: a standard, a limit, what a category asks.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{DatabaseTransaction, DbErr, SqlErr};

use crate::{
    aid::{AidError, ProposalState, Refusal},
    authority::{Worker, substitution::same_hand},
    calendar::local_date,
    ids::AccountId,
};

/// Refuses what is decided, and whoever wrote it, with his own hand or another's.
pub(super) async fn may_decide(
    tx: &DatabaseTransaction,
    worker: &Worker,
    (by, at, state): (Option<&AccountId>, DateTime<Utc>, ProposalState),
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    let (Some(first), ProposalState::Proposed) = (by, state) else {
        return Err(Refusal::StandardDecided.into());
    };
    if same_hand(tx, worker, (first, at), now).await? {
        return Err(Refusal::OwnStandard.into());
    }
    Ok(())
}

/// Not from before: what was done until now was right by what was in force.
pub(super) fn not_past(valid_from: NaiveDate, now: DateTime<Utc>) -> Result<(), AidError> {
    if valid_from < local_date(now) { Err(Refusal::StandardInThePast.into()) } else { Ok(()) }
}

/// Another row from the same day was agreed to in the same moment.
pub(super) fn exists(error: DbErr) -> AidError {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => Refusal::StandardExists.into(),
        _ => AidError::Db(error),
    }
}

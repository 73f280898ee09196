//! Queries on new accounts, and on who has made sure of them.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
};

use crate::{
    aid::{
        Case,
        payment::{AccountVouch, NEW_FOR_DAYS, Payment, PaymentState, vouch},
    },
    ids::{BatchId, CaseId},
    person::change::{self, PersonChange},
};

/// The last change of a person's account, while it counts as new.
pub async fn is_new(
    db: &impl ConnectionTrait,
    case: &Case,
    now: DateTime<Utc>,
) -> Result<Option<PersonChange>, DbErr> {
    let since = now - TimeDelta::days(NEW_FOR_DAYS);
    change::store::account_changed_since(db, case.person_id, since).await
}

/// The change of which nobody has made sure yet for this case.
pub async fn unvouched(
    db: &impl ConnectionTrait,
    case: &Case,
    now: DateTime<Utc>,
) -> Result<Option<PersonChange>, DbErr> {
    let Some(change) = is_new(db, case, now).await? else { return Ok(None) };
    let vouched = vouches(db, case.id).await?.iter().any(|vouch| vouch.change_id == change.id);
    Ok((!vouched).then_some(change))
}

/// Who has made sure of what for a case.
pub async fn vouches(db: &impl ConnectionTrait, case: CaseId) -> Result<Vec<AccountVouch>, DbErr> {
    vouch::Entity::find().filter(vouch::Column::CaseId.eq(case)).all(db).await
}

pub(in crate::aid) async fn insert(db: &impl ConnectionTrait, row: AccountVouch) -> Result<(), DbErr> {
    row.into_active_model().reset_all().insert(db).await?;
    Ok(())
}

/// The waiting lines of a batch whose person has another account since it was made.
pub(in crate::aid) async fn changed_in(
    db: &impl ConnectionTrait,
    batch: BatchId,
) -> Result<Vec<Payment>, DbErr> {
    let Some(made) = super::payment::find_batch(db, batch).await? else { return Ok(Vec::new()) };
    let mut changed = Vec::new();
    for payment in super::payment::of_batch(db, batch).await? {
        if payment.state == PaymentState::Waiting
            && change::store::account_changed_since(db, payment.person_id, made.created_at).await?.is_some()
        {
            changed.push(payment);
        }
    }
    Ok(changed)
}

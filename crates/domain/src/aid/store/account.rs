//! Queries on new accounts, and on who has made sure of them.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
};

use crate::{
    aid::{
        Case,
        payment::{AccountVouch, NEW_FOR_DAYS, vouch},
    },
    ids::{AccountId, CaseId, PersonId},
    intake,
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

/// Whoever wrote a person's account into the register: by a list that said it, or by a request, and whoever agreed to either.
pub async fn written_by(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<AccountId>, DbErr> {
    let mut hands = change::store::account_hands(db, person).await?;
    hands.extend(intake::store::account_hands(db, person).await?);
    Ok(hands)
}

/// Who has made sure of what for a case.
pub async fn vouches(db: &impl ConnectionTrait, case: CaseId) -> Result<Vec<AccountVouch>, DbErr> {
    vouch::Entity::find().filter(vouch::Column::CaseId.eq(case)).all(db).await
}

pub(in crate::aid) async fn insert(db: &impl ConnectionTrait, row: AccountVouch) -> Result<(), DbErr> {
    row.into_active_model().reset_all().insert(db).await?;
    Ok(())
}

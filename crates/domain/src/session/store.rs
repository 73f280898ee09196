//! Every query on sessions.

use chrono::{DateTime, Utc};
use mailbox::turn::Writer;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, sea_query::Expr,
};

use super::{Ended, Session, Token, entity, limits};
use crate::{
    account::{self, Account},
    ids::{AccountId, AccountLinkId, PersonId, SessionId},
};

/// A session that is good, with its login.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// The session.
    pub session: Session,
    /// Its login.
    pub account: Account,
}

/// Whose cookie is this? One query. `None`: nobody's, or not any more.
pub async fn find_by_token(
    db: &impl ConnectionTrait,
    token: &Token,
    now: DateTime<Utc>,
) -> Result<Option<SignedIn>, DbErr> {
    let found = entity::Entity::find()
        .find_also_related(account::entity::Entity)
        .filter(entity::Column::TokenHash.eq(token.hash()))
        .filter(entity::Column::RevokedAt.is_null())
        .filter(entity::Column::IdleUntil.gt(now))
        .filter(entity::Column::AbsoluteUntil.gt(now))
        .filter(account::entity::Column::Active.eq(true))
        .one(db)
        .await?;
    Ok(found.and_then(|(session, account)| Some(SignedIn { session, account: account? })))
}

/// Notes that the session is used, at most once a minute. Says whether it wrote.
pub async fn touch(db: &impl Writer, session: &Session, now: DateTime<Utc>) -> Result<bool, DbErr> {
    if now.signed_duration_since(session.seen_at) < limits::TOUCH_AFTER {
        return Ok(false);
    }
    let change = entity::ActiveModel {
        seen_at: Set(now),
        idle_until: Set(limits::idle_until(session.staff, session.absolute_until, now)),
        ..Default::default()
    };
    let _turn = db.turn().await;
    let done = entity::Entity::update_many()
        .set(change)
        .filter(entity::Column::Id.eq(session.id))
        .filter(entity::Column::RevokedAt.is_null())
        .filter(entity::Column::SeenAt.lt(now))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// The sessions of a login that are good now, newest first, for its owner and for an administrator.
pub async fn of_account(
    db: &impl ConnectionTrait,
    account: &AccountId,
    now: DateTime<Utc>,
) -> Result<Vec<Session>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::AccountId.eq(account.clone()))
        .filter(entity::Column::RevokedAt.is_null())
        .filter(entity::Column::IdleUntil.gt(now))
        .filter(entity::Column::AbsoluteUntil.gt(now))
        .order_by_desc(entity::Column::Id)
        .all(db)
        .await
}

pub(super) async fn insert(db: &impl ConnectionTrait, session: Session) -> Result<Session, DbErr> {
    session.into_active_model().reset_all().insert(db).await
}

pub(super) async fn set_acting(
    db: &impl ConnectionTrait,
    id: SessionId,
    link: Option<AccountLinkId>,
) -> Result<(), DbErr> {
    let change = entity::ActiveModel { acting_link: Set(link), ..Default::default() };
    entity::Entity::update_many().set(change).filter(entity::Column::Id.eq(id)).exec(db).await?;
    Ok(())
}

/// Notes that a second factor was shown in it.
pub(crate) async fn step_up(
    db: &impl ConnectionTrait,
    id: SessionId,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let change = entity::ActiveModel { stepped_up_at: Set(Some(now)), ..Default::default() };
    entity::Entity::update_many().set(change).filter(entity::Column::Id.eq(id)).exec(db).await?;
    Ok(())
}

/// Was one shown in it just now? Asked of the row, for whoever waited for another request of the same session.
pub(crate) async fn is_stepped_up(
    db: &impl ConnectionTrait,
    id: SessionId,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    Ok(entity::Entity::find_by_id(id).one(db).await?.is_some_and(|session| session.is_stepped_up(now)))
}

/// Ends one session. `false` when it was over already.
pub async fn revoke(
    db: &impl ConnectionTrait,
    id: SessionId,
    why: Ended,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    Ok(end(db, entity::Column::Id.eq(id), why, now).await? == 1)
}

/// Ends every session of a login and says how many there were.
pub async fn revoke_all(
    db: &impl ConnectionTrait,
    account: &AccountId,
    why: Ended,
    now: DateTime<Utc>,
) -> Result<u64, DbErr> {
    end(db, entity::Column::AccountId.eq(account.clone()), why, now).await
}

/// Ends the sessions of a person's own login. Sessions of those who acted for the person stay: they are their own.
pub(crate) async fn revoke_of_person(
    db: &impl ConnectionTrait,
    person: PersonId,
    why: Ended,
    now: DateTime<Utc>,
) -> Result<u64, DbErr> {
    match account::store::of_person(db, person).await? {
        Some(account) => revoke_all(db, &account.id, why, now).await,
        None => Ok(0),
    }
}

async fn end(db: &impl ConnectionTrait, which: Expr, why: Ended, now: DateTime<Utc>) -> Result<u64, DbErr> {
    let change =
        entity::ActiveModel { revoked_at: Set(Some(now)), revoked_why: Set(Some(why)), ..Default::default() };
    let done = entity::Entity::update_many()
        .set(change)
        .filter(which)
        .filter(entity::Column::RevokedAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected)
}

/// Deletes sessions that could not be good any more before `before`. Who signed in when is in the audit rows.
pub async fn purge(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<u64, DbErr> {
    let done =
        entity::Entity::delete_many().filter(entity::Column::AbsoluteUntil.lt(before)).exec(db).await?;
    Ok(done.rows_affected)
}

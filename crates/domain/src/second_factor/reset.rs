//! 重置: the telephone is lost. One security administrator asks, another one agrees, as with a grant that needs two; the owner hears of
//! both, and all his sessions end, because on the lost telephone he is signed in, too.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr};
use serde_json::json;

use super::{
    SecondFactor, SecondFactorError, SecondFactorRefusal,
    letters::{self, News},
    store,
};
use crate::{
    Context,
    authority::{self, SecurityAdmin, reaches},
    context::{Act, By},
    ids::AccountId,
    session,
};

/// Does an administrator reach a login? All that it holds must be where he grants: who administers a county takes nothing away from
/// somebody who administers the province.
pub async fn is_reached(
    db: &impl ConnectionTrait,
    admin: &SecurityAdmin,
    account: &AccountId,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let (mut all, mut some) = (true, false);
    for grant in authority::store::of_account(db, account).await? {
        let reached = reaches(db, admin.scope(), &grant.scope).await?;
        some |= reached;
        all &= reached || grant.valid_to.is_some_and(|to| to <= now);
    }
    Ok(all && some)
}

/// Asks for it.
pub async fn ask(
    db: &DatabaseConnection,
    cx: &Context,
    admin: &SecurityAdmin,
    (account, why): (&AccountId, &str),
    now: DateTime<Utc>,
) -> Result<(), SecondFactorError> {
    let why = why.trim();
    let tx = mailbox::transaction::write(db).await?;
    let row = bound(&tx, admin, account, now).await?;
    if why.is_empty() {
        return Err(SecondFactorError::Refused(SecondFactorRefusal::NoReason));
    }
    if row.reset_by.is_some() {
        return Err(SecondFactorError::Refused(SecondFactorRefusal::Asked));
    }
    let (by, at) = (Some(admin.account().clone()), Some(now));
    let asked = SecondFactor { reset_by: by, reset_at: at, reset_why: Some(why.to_owned()), ..row };
    store::write(&tx, asked).await?;
    letters::tell(&tx, account, News::ResetAsked, now).await?;
    record(&tx, cx, (By::from(admin), "second_factor.reset_asked"), account, now).await?;
    tx.commit().await?;
    Ok(())
}

/// The second person agrees: it is gone, and whoever owns it binds another one.
pub async fn agree(
    db: &DatabaseConnection,
    cx: &Context,
    admin: &SecurityAdmin,
    account: &AccountId,
    now: DateTime<Utc>,
) -> Result<(), SecondFactorError> {
    let tx = mailbox::transaction::write(db).await?;
    let row = bound(&tx, admin, account, now).await?;
    let asked_by = row.reset_by.as_ref();
    let asked_by = asked_by.ok_or(SecondFactorError::Refused(SecondFactorRefusal::NotAsked))?;
    if asked_by == admin.account() {
        return Err(SecondFactorError::Refused(SecondFactorRefusal::SamePerson));
    }
    remove(&tx, cx, By::from(admin), &row, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Nothing comes of it: the second person says no, or the first one has thought better of it.
pub async fn refuse(
    db: &DatabaseConnection,
    cx: &Context,
    admin: &SecurityAdmin,
    account: &AccountId,
    now: DateTime<Utc>,
) -> Result<(), SecondFactorError> {
    let tx = mailbox::transaction::write(db).await?;
    let row = bound(&tx, admin, account, now).await?;
    if row.reset_by.is_none() {
        return Err(SecondFactorError::Refused(SecondFactorRefusal::NotAsked));
    }
    store::write(&tx, SecondFactor { reset_by: None, reset_at: None, reset_why: None, ..row }).await?;
    record(&tx, cx, (By::from(admin), "second_factor.reset_refused"), account, now).await?;
    tx.commit().await?;
    Ok(())
}

/// At the machine itself, for an office whose two administrators have nobody beside them. Says whether there was one.
pub async fn at_the_machine(
    db: &DatabaseConnection,
    cx: &Context,
    account: &AccountId,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let tx = mailbox::transaction::write(db).await?;
    let Some(row) = store::locked(&tx, account).await? else { return Ok(false) };
    remove(&tx, cx, By::INSTALLER, &row, now).await?;
    tx.commit().await?;
    Ok(true)
}

/// The login has left the tenant; should it come back, it binds another one.
pub(crate) async fn forget(tx: &DatabaseTransaction, account: &AccountId) -> Result<(), DbErr> {
    match store::locked(tx, account).await? {
        Some(row) => store::delete(tx, row.id).await,
        None => Ok(()),
    }
}

/// One that is bound, of somebody else whom the administrator reaches.
async fn bound(
    tx: &DatabaseTransaction,
    admin: &SecurityAdmin,
    account: &AccountId,
    now: DateTime<Utc>,
) -> Result<SecondFactor, SecondFactorError> {
    if !is_reached(tx, admin, account, now).await? {
        return Err(SecondFactorError::NotFound);
    }
    if account == admin.account() {
        return Err(SecondFactorError::Refused(SecondFactorRefusal::OwnAccount));
    }
    let row = store::locked(tx, account).await?.filter(SecondFactor::is_bound);
    row.ok_or(SecondFactorError::Refused(SecondFactorRefusal::NotBound))
}

async fn remove(
    tx: &DatabaseTransaction,
    cx: &Context,
    by: By<'_>,
    row: &SecondFactor,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    store::delete(tx, row.id).await?;
    session::store::revoke_all(tx, &row.account_id, session::Ended::Killed, now).await?;
    letters::tell(tx, &row.account_id, News::Reset, now).await?;
    record(tx, cx, (by, "second_factor.reset"), &row.account_id, now).await
}

async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    (by, action): (By<'_>, &'static str),
    account: &AccountId,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    cx.record(tx, Act { by, action, subject: format!("account/{account}"), detail: json!({}) }, now).await
}

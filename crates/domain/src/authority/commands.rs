//! Granting and revoking. Only security administrators grant; the role of an administrator needs a second one, and so does an entry of
//! a need-to-know list.

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr, SqlErr};
use serde_json::json;

use super::{Grant, GrantRefusal, Role, Scope, SecurityAdmin, fits::fits, reaches, store, substitution};
use crate::{
    Context, account,
    context::{Act, By},
    ids::{AccountId, GrantId},
    person::leader,
    session,
};

/// What is to be granted.
#[derive(Clone, Debug)]
pub struct NewGrant {
    /// To whom.
    pub account: AccountId,
    /// What.
    pub role: Role,
    /// Where.
    pub scope: Scope,
    /// From when.
    pub from: DateTime<Utc>,
    /// Until when.
    pub to: Option<DateTime<Utc>>,
    /// Why; the installer needs none.
    pub reason: Option<String>,
}

/// Why nothing is granted.
#[derive(Debug, thiserror::Error)]
pub enum GrantError {
    /// No such login or grant.
    #[error("not found")]
    NotFound,
    /// The rule that is in the way.
    #[error("refused: {0:?}")]
    Refused(GrantRefusal),
    /// The database failed.
    #[error("database")]
    Db(#[from] DbErr),
}

/// Grants a role. That of an administrator lives only after [`confirm`].
pub async fn grant(
    db: &DatabaseConnection,
    cx: &Context,
    admin: &SecurityAdmin,
    new: NewGrant,
    now: DateTime<Utc>,
) -> Result<Grant, GrantError> {
    if new.account == *admin.account() {
        return Err(GrantError::Refused(GrantRefusal::OwnAccount));
    }
    let tx = mailbox::transaction::write(db).await?;
    if !reaches(&tx, admin.scope(), &new.scope).await? {
        return Err(GrantError::Refused(GrantRefusal::OutOfReach));
    }
    if new.reason.as_ref().is_none_or(|reason| reason.trim().is_empty()) {
        return Err(GrantError::Refused(GrantRefusal::NoReason));
    }
    let grant = grant_in(&tx, cx, By::from(admin), Some(admin.account()), new, now).await?;
    tx.commit().await?;
    Ok(grant)
}

/// The same inside a caller's transaction. Without `granted_by` it is the installer's grant (`yinling grant`, a
/// seed), which needs no second person: somebody has to be the first administrator.
pub async fn grant_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    by: By<'_>,
    granted_by: Option<&AccountId>,
    new: NewGrant,
    now: DateTime<Utc>,
) -> Result<Grant, GrantError> {
    let account = account::store::find_locked(tx, &new.account).await?.ok_or(GrantError::NotFound)?;
    if !account.active {
        return Err(GrantError::Refused(GrantRefusal::AccountLeft));
    }
    if !leader::may_be_granted(tx, &new.scope).await? {
        return Err(GrantError::Refused(GrantRefusal::OutOfReach));
    }
    let held = store::unended(tx, &new.account, now).await?;
    let stands_in = substitution::store::roles_of(tx, &new.account, now).await?;
    fits(&new, &held, &stands_in, now).map_err(GrantError::Refused)?;
    let grant = Grant {
        id: GrantId::new(now),
        account_id: new.account,
        role: new.role,
        scope: new.scope,
        valid_from: new.from,
        valid_to: new.to,
        granted_by: granted_by.cloned(),
        confirmed_by: None,
        created_at: now,
        reason: new.reason.map(|reason| reason.trim().to_owned()),
        revoked_by: None,
        revoked_why: None,
        reminded_at: None,
    };
    let grant = store::insert(tx, grant).await.map_err(exclusive)?;
    if grant.is_live(now) {
        session::store::revoke_all(tx, &grant.account_id, session::Ended::RolesChanged, now).await?;
    }
    record(tx, cx, by, "grant.made", &grant, now).await?;
    Ok(grant)
}

/// The second person agrees to a grant that needs two.
pub async fn confirm(
    db: &DatabaseConnection,
    cx: &Context,
    admin: &SecurityAdmin,
    id: GrantId,
    now: DateTime<Utc>,
) -> Result<(), GrantError> {
    let tx = mailbox::transaction::write(db).await?;
    let grant = store::find(&tx, id).await?.ok_or(GrantError::NotFound)?;
    if !reaches(&tx, admin.scope(), &grant.scope).await? {
        return Err(GrantError::NotFound);
    }
    if grant.granted_by.as_ref() == Some(admin.account()) {
        return Err(GrantError::Refused(GrantRefusal::SamePerson));
    }
    if grant.account_id == *admin.account() {
        return Err(GrantError::Refused(GrantRefusal::OwnAccount));
    }
    if !grant.is_waiting() || !store::confirm(&tx, id, admin.account(), now).await? {
        return Err(GrantError::Refused(GrantRefusal::NotWaiting));
    }
    session::store::revoke_all(&tx, &grant.account_id, session::Ended::RolesChanged, now).await?;
    record(&tx, cx, By::from(admin), "grant.confirmed", &grant, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends a grant at once: also what a substitute does under it, and what still waits for a second person.
pub async fn revoke(
    db: &DatabaseConnection,
    cx: &Context,
    admin: &SecurityAdmin,
    (id, why): (GrantId, &str),
    now: DateTime<Utc>,
) -> Result<(), GrantError> {
    let why = why.trim();
    if why.is_empty() {
        return Err(GrantError::Refused(GrantRefusal::NoReason));
    }
    let tx = mailbox::transaction::write(db).await?;
    let grant = store::find(&tx, id).await?.ok_or(GrantError::NotFound)?;
    let reached = reaches(&tx, admin.scope(), &grant.scope).await?;
    if !reached || !store::end(&tx, id, (admin.account(), why), now).await? {
        return Err(GrantError::NotFound);
    }
    record(&tx, cx, By::from(admin), "grant.revoked", &grant, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Two administrators granting at the same moment meet at `uq_role_grant_admin`.
fn exclusive(error: DbErr) -> GrantError {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => GrantError::Refused(GrantRefusal::Exists),
        _ => GrantError::Db(error),
    }
}

async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    by: By<'_>,
    action: &'static str,
    grant: &Grant,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let detail =
        json!({ "account": grant.account_id, "role": grant.role.code(), "scope": grant.scope.to_string() });
    cx.record(tx, Act { by, action, subject: format!("grant/{}", grant.id), detail }, now).await
}

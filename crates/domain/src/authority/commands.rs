//! Granting and revoking. Only security administrators grant; the role of an administrator needs a second one.

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr, SqlErr};
use serde_json::json;

use super::{Grant, Role, Scope, SecurityAdmin, store};
use crate::{
    Context, account,
    context::{Act, By},
    ids::{AccountId, GrantId},
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

/// Rules of grants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GrantRefusal {
    /// The administrator's own grant does not reach so far.
    OutOfReach,
    /// Nobody grants himself anything, or confirms his own grant.
    OwnAccount,
    /// The login has left the tenant.
    AccountLeft,
    /// 三员分立: the login holds this role, and the two exclude each other.
    Excludes(Role),
    /// It holds the very same already.
    Exists,
    /// It would end before it begins, or has ended by now.
    Period,
    /// The role of an administrator has no planned end; it is revoked.
    AdminWithEnd,
    /// The second person must be another one than the first.
    SamePerson,
    /// The grant waits for nobody, or has ended.
    NotWaiting,
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
    if !reaches(admin.scope(), &new.scope) {
        return Err(GrantError::Refused(GrantRefusal::OutOfReach));
    }
    let tx = mailbox::transaction::write(db).await?;
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
    let held = store::unended(tx, &new.account, now).await?;
    fits(&new, &held, now).map_err(GrantError::Refused)?;
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
    };
    let grant = store::insert(tx, grant).await.map_err(exclusive)?;
    if grant.is_live(now) {
        session::store::revoke_all(tx, &grant.account_id, session::Ended::RolesChanged, now).await?;
    }
    record(tx, cx, by, "grant.made", &grant, now).await?;
    Ok(grant)
}

/// The second person agrees to the grant of an administrator's role.
pub async fn confirm(
    db: &DatabaseConnection,
    cx: &Context,
    admin: &SecurityAdmin,
    id: GrantId,
    now: DateTime<Utc>,
) -> Result<(), GrantError> {
    let tx = mailbox::transaction::write(db).await?;
    let grant = store::find(&tx, id).await?.ok_or(GrantError::NotFound)?;
    if !reaches(admin.scope(), &grant.scope) {
        return Err(GrantError::NotFound);
    }
    if grant.granted_by.as_ref() == Some(admin.account()) {
        return Err(GrantError::Refused(GrantRefusal::SamePerson));
    }
    if grant.account_id == *admin.account() {
        return Err(GrantError::Refused(GrantRefusal::OwnAccount));
    }
    if !grant.is_waiting() || !store::confirm(&tx, id, admin.account()).await? {
        return Err(GrantError::Refused(GrantRefusal::NotWaiting));
    }
    session::store::revoke_all(&tx, &grant.account_id, session::Ended::RolesChanged, now).await?;
    record(&tx, cx, By::from(admin), "grant.confirmed", &grant, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends a grant at once.
pub async fn revoke(
    db: &DatabaseConnection,
    cx: &Context,
    admin: &SecurityAdmin,
    id: GrantId,
    now: DateTime<Utc>,
) -> Result<(), GrantError> {
    let tx = mailbox::transaction::write(db).await?;
    let grant = store::find(&tx, id).await?.ok_or(GrantError::NotFound)?;
    if !reaches(admin.scope(), &grant.scope) || !store::end(&tx, id, now).await? {
        return Err(GrantError::NotFound);
    }
    record(&tx, cx, By::from(admin), "grant.revoked", &grant, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Does an administrator's scope reach a whole scope? Units and branches belong to the region that an administrator
/// of the whole installation has; county administrators grant over regions.
fn reaches(mine: &Scope, theirs: &Scope) -> bool {
    match (mine, theirs) {
        (Scope::Region(mine), Scope::Region(theirs)) => mine.covers(theirs),
        (Scope::Region(mine), Scope::Unit(_) | Scope::Branch(_)) => mine.as_str().len() == 2,
        (mine, theirs) => mine == theirs,
    }
}

/// The pure part: may this grant stand beside those?
fn fits(new: &NewGrant, held: &[Grant], now: DateTime<Utc>) -> Result<(), GrantRefusal> {
    if new.to.is_some_and(|to| to <= new.from || to <= now) {
        return Err(GrantRefusal::Period);
    }
    if new.role.is_admin() && new.to.is_some() {
        return Err(GrantRefusal::AdminWithEnd);
    }
    for other in held {
        if new.role.excludes(other.role) {
            return Err(GrantRefusal::Excludes(other.role));
        }
        if new.role == other.role && (new.role.is_admin() || new.scope == other.scope) {
            return Err(GrantRefusal::Exists);
        }
    }
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

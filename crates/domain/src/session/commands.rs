//! Opening and ending sessions.

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr};
use serde_json::json;

use super::{Ended, Session, SignedIn, Token, limits, store, token::NoRandomness};
use crate::{
    Context, account,
    authority::{Grants, SecurityAdmin},
    context::{Act, By},
    ids::{AccountId, AccountLinkId, SessionId},
};

/// A session that has just been opened.
#[derive(Debug)]
pub struct Opened {
    /// For the cookie; nowhere else.
    pub token: Token,
    /// The row.
    pub session: Session,
}

/// Why no session is opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// We do not know the login, or it has left the tenant.
    #[error("not in the tenant")]
    NotInTenant,
    /// The machine has no randomness to give.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// The database failed.
    #[error("database")]
    Db(#[from] DbErr),
}

/// Signs a login in, after the platform has said who it is. Always a new token (ASVS 5.0, 7.2.4); the one that the
/// browser had before is good no more.
pub async fn open(
    db: &DatabaseConnection,
    cx: &Context,
    account: &AccountId,
    before: Option<&Token>,
    now: DateTime<Utc>,
) -> Result<Opened, OpenError> {
    let tx = mailbox::transaction::write(db).await?;
    let opened = open_in(&tx, cx, account, before, now).await?;
    tx.commit().await?;
    Ok(opened)
}

/// The same inside a caller's transaction, for a sign-in that first registers the login.
pub async fn open_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    account: &AccountId,
    before: Option<&Token>,
    now: DateTime<Utc>,
) -> Result<Opened, OpenError> {
    let known = account::store::find_locked(tx, account).await?;
    if !known.is_some_and(|account| account.active) {
        return Err(OpenError::NotInTenant);
    }
    if let Some(before) = before
        && let Some(SignedIn { session, .. }) = store::find_by_token(tx, before, now).await?
    {
        store::revoke(tx, session.id, Ended::Replaced, now).await?;
    }
    let staff = !Grants::of(tx, account, now).await?.is_empty();
    let token = Token::fresh()?;
    let absolute_until = now + limits::absolute(staff);
    let session = Session {
        id: SessionId::new(now),
        token_hash: token.hash(),
        account_id: account.clone(),
        staff,
        acting_link: None,
        stepped_up_at: None,
        opened_at: now,
        seen_at: now,
        idle_until: limits::idle_until(staff, absolute_until, now),
        absolute_until,
        revoked_at: None,
        revoked_why: None,
    };
    let session = store::insert(tx, session).await?;
    let by = By::login(account);
    let subject = format!("session/{}", session.id);
    let detail = json!({ "account": account, "staff": staff });
    cx.record(tx, Act { by, action: "session.opened", subject, detail }, now).await?;
    Ok(Opened { token, session })
}

/// Signs out. Ending what is over already is no mistake.
pub async fn close(
    db: &DatabaseConnection,
    cx: &Context,
    session: &Session,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let tx = mailbox::transaction::write(db).await?;
    if store::revoke(&tx, session.id, Ended::SignedOut, now).await? {
        let by = By::login(&session.account_id);
        let subject = format!("session/{}", session.id);
        cx.record(&tx, Act { by, action: "session.closed", subject, detail: json!({}) }, now).await?;
    }
    tx.commit().await
}

/// Says who uses this session from now on: the login's owner, or somebody for whom it holds a mandate. A mandate that is not the login's,
/// or not in force, changes nothing.
pub async fn act_as(
    db: &DatabaseConnection,
    cx: &Context,
    session: &Session,
    link: Option<AccountLinkId>,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let tx = mailbox::transaction::write(db).await?;
    if let Some(link) = link {
        let held = account::store::mandates(&tx, &session.account_id, now).await?;
        if !held.iter().any(|one| one.id == link) {
            return Ok(false);
        }
    }
    store::set_acting(&tx, session.id, link).await?;
    let by = By::login(&session.account_id);
    let (subject, detail) = (format!("session/{}", session.id), json!({ "mandate": link }));
    cx.record(&tx, Act { by, action: "session.acting", subject, detail }, now).await?;
    tx.commit().await?;
    Ok(true)
}

/// Ends every session of a login (ASVS 5.0, 7.4.5) and says how many there were.
pub async fn kill_all(
    db: &DatabaseConnection,
    cx: &Context,
    admin: &SecurityAdmin,
    account: &AccountId,
    now: DateTime<Utc>,
) -> Result<u64, DbErr> {
    let tx = mailbox::transaction::write(db).await?;
    let ended = store::revoke_all(&tx, account, Ended::Killed, now).await?;
    let act = Act {
        by: By::from(admin),
        action: "session.killed",
        subject: format!("account/{account}"),
        detail: json!({ "ended": ended }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(ended)
}

//! Binding: a secret is shown, and counts from its first code on. With another one the one before counts until then, so that who stops
//! half-way has lost nothing.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::DatabaseConnection;
use secrecy::ExposeSecret;
use serde_json::json;

use super::{
    CODES, RecoveryCode, SecondFactor, SecondFactorError, SecondFactorRefusal, Secret, code,
    entity::{offered_cell, secret_cell},
    letters::{self, News},
    store, typed,
};
use crate::{
    Context,
    context::{Act, By},
    ids::SecondFactorId,
    privacy::CannotOpen,
    session::{self, Session},
};

/// A shown secret waits so long for its first code.
pub const OFFERED_FOR: TimeDelta = TimeDelta::minutes(30);

/// Makes a secret for the session's login. Each time another one, so that nobody binds what somebody else has looked at before.
pub async fn offer(
    db: &DatabaseConnection,
    cx: &Context,
    session: &Session,
    now: DateTime<Utc>,
) -> Result<Secret, SecondFactorError> {
    let secret = Secret::fresh()?;
    let tx = mailbox::transaction::write(db).await?;
    let found = store::locked(&tx, &session.account_id).await?;
    let bound = found.as_ref().is_some_and(SecondFactor::is_bound);
    if bound && !session::store::is_stepped_up(&tx, session.id, now).await? {
        return Err(SecondFactorError::Refused(SecondFactorRefusal::NotSteppedUp));
    }
    let id = found.as_ref().map_or_else(|| SecondFactorId::new(now), |row| row.id);
    let sealed = cx.seal.seal(offered_cell(&id.to_string()), &secret.reveal())?;
    if let Some(row) = found {
        let row = SecondFactor { offered: Some(sealed), offered_at: Some(now), ..row };
        store::write(&tx, row).await?;
    } else {
        let row = SecondFactor {
            id,
            account_id: session.account_id.clone(),
            offered: Some(sealed),
            offered_at: Some(now),
            secret: None,
            confirmed_at: None,
            last_step: None,
            failures: 0,
            locked_until: None,
            reset_by: None,
            reset_at: None,
            reset_why: None,
        };
        store::insert(&tx, row).await?;
    }
    let (by, subject) = (By::login(&session.account_id), format!("account/{}", session.account_id));
    let detail = json!({ "instead": bound });
    cx.record(&tx, Act { by, action: "second_factor.offered", subject, detail }, now).await?;
    tx.commit().await?;
    Ok(secret)
}

/// The secret that waits for its first code, for the page that shows it once more after a wrong one.
pub async fn offered(
    db: &DatabaseConnection,
    cx: &Context,
    session: &Session,
    now: DateTime<Utc>,
) -> Result<Option<Secret>, SecondFactorError> {
    match store::find(db, &session.account_id).await? {
        Some(row) => waiting(cx, &row, now),
        None => Ok(None),
    }
}

fn waiting(
    cx: &Context,
    row: &SecondFactor,
    now: DateTime<Utc>,
) -> Result<Option<Secret>, SecondFactorError> {
    let in_time = row.offered_at.is_some_and(|at| now < at + OFFERED_FOR);
    let Some(sealed) = row.offered.as_ref().filter(|_| in_time) else { return Ok(None) };
    let clear = cx.seal.open(offered_cell(&row.id.to_string()), sealed)?;
    Ok(Some(Secret::parse(clear.expose_secret()).ok_or(CannotOpen)?))
}

/// Confirms what was shown by a code of it. The codes for a lost telephone are in the answer and never shown again; those of before are no
/// good any more. Who has just shown a code has stepped up.
pub async fn confirm(
    db: &DatabaseConnection,
    cx: &Context,
    session: &Session,
    text: &str,
    now: DateTime<Utc>,
) -> Result<Vec<RecoveryCode>, SecondFactorError> {
    let not_offered = || SecondFactorError::Refused(SecondFactorRefusal::NotOffered);
    let (by, subject) = (By::login(&session.account_id), format!("account/{}", session.account_id));
    let tx = mailbox::transaction::write(db).await?;
    let row = store::locked(&tx, &session.account_id).await?.ok_or_else(not_offered)?;
    let secret = waiting(cx, &row, now)?.ok_or_else(not_offered)?;
    // Nothing is guarded by it yet, so nothing is locked.
    let Some(step) = code::taken(&secret, &typed::plain(text), None, now) else {
        let detail = json!({ "binding": true });
        cx.record(&tx, Act { by, action: "second_factor.failed", subject, detail }, now).await?;
        tx.commit().await?;
        return Err(SecondFactorError::Refused(SecondFactorRefusal::Wrong { left: None }));
    };
    let codes = (0..CODES).map(|_| RecoveryCode::fresh()).collect::<Result<Vec<_>, _>>()?;
    let id = row.id;
    let bound = SecondFactor {
        offered: None,
        offered_at: None,
        secret: Some(cx.seal.seal(secret_cell(&id.to_string()), &secret.reveal())?),
        confirmed_at: Some(now),
        last_step: Some(step),
        failures: 0,
        locked_until: None,
        reset_by: None,
        reset_at: None,
        reset_why: None,
        ..row
    };
    store::write(&tx, bound).await?;
    store::replace_codes(&tx, id, &codes, now).await?;
    session::store::step_up(&tx, session.id, now).await?;
    letters::tell(&tx, &session.account_id, News::Bound, now).await?;
    cx.record(&tx, Act { by, action: "second_factor.confirmed", subject, detail: json!({}) }, now).await?;
    tx.commit().await?;
    Ok(codes)
}

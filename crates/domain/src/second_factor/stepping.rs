//! Stepping up: a code of the app, or one from the paper, makes a session good for acts of high risk for some minutes.

use chrono::{DateTime, TimeDelta, Utc};
use mailbox::transaction::Transaction;
use sea_orm::DatabaseConnection;
use secrecy::ExposeSecret;
use serde_json::json;

use super::{
    RecoveryCode, SecondFactor, SecondFactorError, SecondFactorRefusal, Secret, code, entity::secret_cell,
    store, typed,
};
use crate::{
    Context,
    context::{Act, By},
    privacy::CannotOpen,
    session::{self, Session},
};

/// So many wrong codes in a row lock it (GB/T 22239-2019, 8.1.4.1 b asks for a limit; five is the office's).
pub const FAILURES: i32 = 5;
/// For so long. Three of a million codes are good at any time, so five tries each half hour take years to find one.
pub const LOCKED: TimeDelta = TimeDelta::minutes(30);

/// What was taken.
enum Taken {
    /// A code of a step.
    Step(i64),
    /// One from the paper.
    Paper,
}

/// Steps a session up. The row is locked, so that of two who type the same code at once one comes too late.
pub async fn step_up(
    db: &DatabaseConnection,
    cx: &Context,
    session: &Session,
    text: &str,
    now: DateTime<Utc>,
) -> Result<(), SecondFactorError> {
    let tx = mailbox::transaction::write(db).await?;
    let row = store::locked(&tx, &session.account_id).await?.filter(SecondFactor::is_bound);
    let row = row.ok_or(SecondFactorError::Refused(SecondFactorRefusal::NotBound))?;
    // A second tap: the first one was taken.
    if session::store::is_stepped_up(&tx, session.id, now).await? {
        return Ok(());
    }
    if let Some(until) = row.locked(now) {
        return Err(SecondFactorError::Refused(SecondFactorRefusal::Locked { until }));
    }
    let Some(taken) = look(&tx, cx, &row, &typed::plain(text), now).await? else {
        return Err(SecondFactorError::Refused(failed(tx, cx, row, now).await?));
    };
    let (by, subject) = (By::login(&session.account_id), format!("account/{}", session.account_id));
    let (id, before) = (row.id, row.last_step);
    let (action, last_step) = match taken {
        Taken::Step(step) => ("second_factor.stepped_up", Some(step)),
        Taken::Paper => ("second_factor.recovery_used", before),
    };
    store::write(&tx, SecondFactor { last_step, failures: 0, locked_until: None, ..row }).await?;
    session::store::step_up(&tx, session.id, now).await?;
    let detail = match taken {
        Taken::Step(_) => json!({ "session": session.id }),
        Taken::Paper => json!({ "session": session.id, "left": store::codes_left(&tx, id).await? }),
    };
    cx.record(&tx, Act { by, action, subject, detail }, now).await?;
    tx.commit().await?;
    Ok(())
}

async fn look(
    tx: &Transaction,
    cx: &Context,
    row: &SecondFactor,
    plain: &str,
    now: DateTime<Utc>,
) -> Result<Option<Taken>, SecondFactorError> {
    if let Some(code) = RecoveryCode::parse(plain) {
        return Ok(store::use_up(tx, row.id, &code, now).await?.then_some(Taken::Paper));
    }
    let Some(sealed) = &row.secret else { return Ok(None) };
    let clear = cx.seal.open(secret_cell(&row.id.to_string()), sealed)?;
    let secret = Secret::parse(clear.expose_secret()).ok_or(CannotOpen)?;
    Ok(code::taken(&secret, plain, row.last_step, now).map(Taken::Step))
}

/// Counts a wrong one, and keeps it: what is refused is counted all the same.
async fn failed(
    tx: Transaction,
    cx: &Context,
    row: SecondFactor,
    now: DateTime<Utc>,
) -> Result<SecondFactorRefusal, SecondFactorError> {
    let account = row.account_id.clone();
    let (by, subject) = (By::login(&account), format!("account/{account}"));
    let failures = row.failures + 1;
    let (action, refusal, row) = if failures < FAILURES {
        let left = Some(FAILURES - failures);
        let row = SecondFactor { failures, locked_until: None, ..row };
        ("second_factor.failed", SecondFactorRefusal::Wrong { left }, row)
    } else {
        let until = now + LOCKED;
        let row = SecondFactor { failures: 0, locked_until: Some(until), ..row };
        ("second_factor.locked", SecondFactorRefusal::Locked { until }, row)
    };
    store::write(&tx, row).await?;
    cx.record(&tx, Act { by, action, subject, detail: json!({}) }, now).await?;
    tx.commit().await?;
    Ok(refusal)
}

//! Changing trees at the desk. What a grant reaches is the security administrator's business, and nodes are that of whoever administers a
//! whole province; what an administrator's own grant reaches is changed by two.

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr, SqlErr};
use serde_json::json;

use super::{About, Change, ChangeState, Effects, TreeChange, TreeError, TreeRefusal, effects, store, write};
use crate::{
    Context,
    authority::{Scope, SecurityAdmin},
    context::{Act, By},
    ids::TreeChangeId,
};

/// What became of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Became {
    /// It is done, and is about this now.
    Done(About),
    /// A second person is asked.
    Waits(TreeChangeId),
}

/// May this administrator change trees?
pub fn may(admin: &SecurityAdmin) -> bool {
    matches!(admin.scope(), Scope::Region(code) if code.as_str().len() == 2)
}

/// Does it, or asks a second person. `seen`: what the administrator was shown of its effects ([`Effects::seal`]).
pub async fn propose(
    db: &DatabaseConnection,
    cx: &Context,
    admin: &SecurityAdmin,
    (change, seen): (&Change, &str),
    now: DateTime<Utc>,
) -> Result<Became, TreeError> {
    reached(admin)?;
    if let Some(about) = change.about()
        && store::asked_about(db, &about.to_string()).await?.is_some()
    {
        return Err(TreeRefusal::Waits.into());
    }
    let tx = mailbox::transaction::write(db).await?;
    let (about, effects) = effects::carry_out_in(&tx, cx, By::from(admin), change, now).await?;
    if effects.seal() != seen {
        return Err(TreeRefusal::Otherwise.into());
    }
    if !effects.by_two() {
        tx.commit().await?;
        return Ok(Became::Done(about));
    }
    drop(tx);
    let tx = mailbox::transaction::write(db).await?;
    let what = serde_json::to_string(change)
        .map_err(|_said| DbErr::Custom("a change cannot be written".to_owned()))?;
    let row = TreeChange {
        id: TreeChangeId::new(now),
        about: change.about().map(|about| about.to_string()).unwrap_or_default(),
        what,
        state: ChangeState::Asked,
        asked_by: admin.account().clone(),
        asked_at: now,
        decided_by: None,
        decided_at: None,
    };
    let row = write::insert_change(&tx, row).await.map_err(waits)?;
    record(&tx, cx, admin, ("tree.change_asked", &row), now).await?;
    tx.commit().await?;
    Ok(Became::Waits(row.id))
}

/// The second person agrees: it is carried out as things are now.
pub async fn confirm(
    db: &DatabaseConnection,
    cx: &Context,
    admin: &SecurityAdmin,
    (id, seen): (TreeChangeId, &str),
    now: DateTime<Utc>,
) -> Result<About, TreeError> {
    reached(admin)?;
    let tx = mailbox::transaction::write(db).await?;
    let row = store::find_change(&tx, id).await?.ok_or(TreeError::NotFound)?;
    if row.asked_by == *admin.account() {
        return Err(TreeRefusal::SamePerson.into());
    }
    if !write::decide(&tx, id, (ChangeState::Done, admin.account()), now).await? {
        return Err(TreeRefusal::NotWaiting.into());
    }
    let change = row.change().ok_or(TreeError::NotFound)?;
    let (about, effects): (About, Effects) =
        effects::carry_out_in(&tx, cx, By::from(admin), &change, now).await?;
    if effects.seal() != seen {
        return Err(TreeRefusal::Otherwise.into());
    }
    record(&tx, cx, admin, ("tree.change_confirmed", &row), now).await?;
    tx.commit().await?;
    Ok(about)
}

/// The second person says no, or the first takes it back.
pub async fn refuse(
    db: &DatabaseConnection,
    cx: &Context,
    admin: &SecurityAdmin,
    id: TreeChangeId,
    now: DateTime<Utc>,
) -> Result<(), TreeError> {
    reached(admin)?;
    let tx = mailbox::transaction::write(db).await?;
    let row = store::find_change(&tx, id).await?.ok_or(TreeError::NotFound)?;
    if !write::decide(&tx, id, (ChangeState::Refused, admin.account()), now).await? {
        return Err(TreeRefusal::NotWaiting.into());
    }
    record(&tx, cx, admin, ("tree.change_refused", &row), now).await?;
    tx.commit().await?;
    Ok(())
}

fn reached(admin: &SecurityAdmin) -> Result<(), TreeError> {
    if may(admin) { Ok(()) } else { Err(TreeError::NotFound) }
}

/// Two who ask at the same moment meet at `uq_tree_change_about`.
fn waits(error: DbErr) -> TreeError {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => TreeRefusal::Waits.into(),
        _ => TreeError::Db(error),
    }
}

async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    admin: &SecurityAdmin,
    (action, row): (&'static str, &TreeChange),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let detail = json!({ "about": row.about });
    let subject = format!("tree_change/{}", row.id);
    cx.record(tx, Act { by: By::from(admin), action, subject, detail }, now).await
}

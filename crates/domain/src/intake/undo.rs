//! Taking back: row by row, as far as nobody changed anything since.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, DatabaseTransaction, DbErr, Set, SqlErr};
use secrecy::ExposeSecret;

use super::{
    Effect, Intake, Outcome, Status, Verdict, apply,
    line::{cell, place},
    look::LookError,
    lookup, store,
};
use crate::{
    Context,
    person::{self, Happened},
};

/// Takes some rows back. The import is locked; it is saved by whoever calls. Says how many there were.
pub(super) async fn chunk(
    tx: &DatabaseTransaction,
    cx: &Context,
    intake: &mut Intake,
    (size, now): (u64, DateTime<Utc>),
) -> Result<usize, LookError> {
    let rows = store::written(tx, intake.id, size).await?;
    let count = rows.len();
    if count == 0 {
        (intake.status, intake.finished_at) = (Status::Undone, Some(now));
    }
    let mut done = Vec::with_capacity(count);
    for mut row in rows {
        let back = one(tx, cx, (intake, &row), now).await?;
        row.effect = if back { Effect::Undone } else { Effect::Kept };
        let count = if back { &mut intake.counts.undone } else { &mut intake.counts.kept };
        *count += 1;
        done.push(row);
    }
    intake.done += i32::try_from(count).unwrap_or_default();
    store::put(tx, done).await?;
    Ok(count)
}

/// `false`: somebody changed him since.
async fn one(
    tx: &DatabaseTransaction,
    cx: &Context,
    (intake, row): (&Intake, &Outcome),
    now: DateTime<Utc>,
) -> Result<bool, LookError> {
    let Some(id) = row.person_id else { return Ok(true) };
    let Some(person) = person::store::find(tx, id).await? else { return Ok(true) };
    if person.version != row.version {
        return Ok(false);
    }
    if row.verdict == Verdict::New && lookup::is_referred_to(tx, id, row.membership_id).await? {
        return Ok(false);
    }
    if let Some(member) = row.membership_id {
        lookup::delete_membership(tx, member).await?;
    }
    if row.verdict == Verdict::New {
        if !lookup::delete_person(tx, (id, row.version)).await? {
            // Somebody changed him this moment: the chunk is done again.
            return Err(LookError::Db(DbErr::RecordNotUpdated));
        }
        return Ok(true);
    }
    let Some(sealed) = &row.before else { return Ok(false) };
    let unreadable = || LookError::Db(DbErr::Custom("what stood before does not open".to_owned()));
    let at = place(row.intake_id, row.row);
    let before = cx.seal.open(cell("intake_outcome", &at), sealed).map_err(|_closed| unreadable())?;
    let mut change = apply::restored(before.expose_secret()).ok_or_else(unreadable)?;
    if change.is_changed() {
        change.version = Set(person.version + 1);
        change.updated_at = Set(now);
        if !lookup::update_person(tx, (id, person.version), change).await? {
            return Err(LookError::Db(DbErr::RecordNotUpdated));
        }
        let what = Happened::Imported { intake: intake.id };
        person::store::write_event(tx, id, intake.submitted_by.as_ref(), what, now).await?;
    }
    Ok(true)
}

/// Did the database keep somebody to whom a table refers that this file does not know?
pub(super) fn is_kept(error: &LookError) -> bool {
    let LookError::Db(error) = error else { return false };
    matches!(error.sql_err(), Some(SqlErr::ForeignKeyConstraintViolation(_)))
}

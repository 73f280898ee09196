//! Taking back, as far as nobody changed anything since: whoever was new is gone with all that came with the record, and whoever was there
//! is what he was.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseTransaction, DbErr};
use secrecy::ExposeSecret;
use serde_json::json;

use super::{Effect, Intake, Outcome, Status, Verdict, line::place, look::LookError, outcome::before, store};
use crate::{
    Context,
    context::{Act, By},
    ids::PersonId,
    person::{
        Happened, Person, change, double,
        forget::{Began, forget, forget_membership, is_open},
        store as people,
        trail::Trail,
    },
};

/// Takes some rows back. The import is locked; it is saved by whoever calls. Says how many there were.
pub(super) async fn chunk(
    tx: &DatabaseTransaction,
    cx: &Context,
    intake: &mut Intake,
    (size, now): (u64, DateTime<Utc>),
) -> Result<usize, LookError> {
    let mut rows = store::written(tx, intake.id, size).await?;
    let count = rows.len();
    if count == 0 {
        (intake.status, intake.finished_at) = (Status::Undone, Some(now));
        return Ok(0);
    }
    let ids: Vec<PersonId> = rows.iter().filter_map(|row| row.person_id).collect();
    let there: HashMap<PersonId, Person> =
        people::find_all(tx, &ids).await?.into_iter().map(|person| (person.id, person)).collect();
    // From the end: somebody may stand in several rows.
    let mut kept = begun(tx, &rows, &there).await?;
    for row in rows.iter().filter(|row| row.verdict == Verdict::Update) {
        let Some(person) = row.person_id.and_then(|id| there.get(&id)) else { continue };
        if !changed(tx, cx, (intake, row), person, now).await? {
            kept.insert(row.row);
        }
    }
    for row in &mut rows {
        if kept.contains(&row.row) {
            row.effect = Effect::Kept;
            intake.counts.kept += 1;
        } else {
            row.effect = Effect::Undone;
            row.person_id = row.person_id.filter(|_| row.verdict == Verdict::Update);
            row.membership_id = None;
            intake.counts.undone += 1;
        }
    }
    intake.done += i32::try_from(count).unwrap_or_default();
    store::put(tx, rows).await?;
    let act = Act {
        by: By::SYSTEM,
        action: "intake.taken_back",
        subject: format!("intake/{}", intake.id),
        detail: json!({ "rows": count, "kept": kept.len() }),
    };
    cx.record(tx, act, now).await?;
    Ok(count)
}

/// Whoever was new. Says which rows stay.
async fn begun(
    tx: &DatabaseTransaction,
    rows: &[Outcome],
    there: &HashMap<PersonId, Person>,
) -> Result<HashSet<i32>, DbErr> {
    let (mut kept, mut untouched): (HashSet<i32>, Vec<Began>) = (HashSet::new(), Vec::new());
    let new = || rows.iter().filter(|row| row.verdict == Verdict::New);
    for row in new() {
        let Some(person) = row.person_id.and_then(|id| there.get(&id)) else { continue };
        if person.version == row.version {
            untouched.push((person.clone(), row.membership_id));
        } else {
            kept.insert(row.row);
        }
    }
    let stay = forget(tx, &untouched).await?;
    kept.extend(new().filter(|row| row.person_id.is_some_and(|id| stay.contains(&id))).map(|row| row.row));
    Ok(kept)
}

/// Somebody who was there. `false`: somebody changed him since.
async fn changed(
    tx: &DatabaseTransaction,
    cx: &Context,
    (intake, row): (&Intake, &Outcome),
    person: &Person,
    now: DateTime<Utc>,
) -> Result<bool, LookError> {
    let Some(sealed) = &row.before else { return Ok(false) };
    let unreadable = || LookError::Db(DbErr::Custom("what stood before does not open".to_owned()));
    let at = place(row.intake_id, row.row);
    let text = cx.seal.open(before(&at), sealed).map_err(|_closed| unreadable())?;
    let trail: Trail = serde_json::from_str(text.expose_secret()).map_err(|_said| unreadable())?;
    // While the version is the import's, the record was written by it last, if it wrote the record at all.
    let wrote_at = trail.changes_row().then_some(person.updated_at);
    if person.version != row.version
        || !trail.stands(tx, person.id).await?
        || !is_open(tx, row.membership_id).await?
        || change::store::decided(tx, (person.id, intake.id)).await?
        || double::store::judged_then(tx, person.id, wrote_at).await?
    {
        return Ok(false);
    }
    change::store::forget(tx, (person.id, intake.id)).await?;
    double::store::forget_then(tx, person.id, wrote_at).await?;
    if let Some(member) = row.membership_id {
        forget_membership(tx, member).await?;
    }
    if !trail.back(tx, person).await? {
        // Somebody changed him this moment: the chunk is done again.
        return Err(LookError::Db(DbErr::RecordNotUpdated));
    }
    let what = Happened::ImportUndone { intake: intake.id };
    people::write_event(tx, person.id, intake.submitted_by.as_ref(), what, now).await?;
    Ok(true)
}

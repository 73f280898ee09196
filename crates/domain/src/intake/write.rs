//! Writing some rows, each once: their effect and how far the import has come are one transaction.

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseTransaction, Set};
use serde_json::json;

use super::{
    Effect, Intake, Line, LineKind, Mode, Outcome, Status, Verdict, apply,
    judge::{Judged, Plan},
    line::{cell, place},
    look::{LookError, look},
    lookup,
    outcome::Mistakes,
    store,
};
use crate::{
    Context,
    branch::{self, Membership, MembershipKind},
    context::{Act, By},
    ids::{BranchId, MembershipId, PersonId},
    person::{self, Happened, Person},
};

/// What a chunk writes.
#[derive(Default)]
struct Writes {
    people: Vec<Person>,
    members: Vec<Membership>,
    outcomes: Vec<Outcome>,
}

/// How a chunk ended.
pub(super) enum Chunk {
    /// So many rows are done.
    Done(usize),
    /// A row does not fit, and it is all or nothing: nothing of this chunk may be kept, and what is written is taken back.
    Stopped(i32),
}

/// Writes the next rows. The import is locked; it is saved by whoever calls, in the same transaction.
pub(super) async fn chunk(
    tx: &DatabaseTransaction,
    cx: &Context,
    intake: &mut Intake,
    (size, now): (u64, DateTime<Utc>),
) -> Result<Chunk, LookError> {
    let lines = store::lines(tx, intake.id, intake.position, Some(LineKind::Data), size).await?;
    let (Some(first), Some(last)) = (lines.first().map(|line| line.row), lines.last().map(|line| line.row))
    else {
        finish(intake, now);
        return Ok(Chunk::Done(0));
    };
    let mut outcomes = store::outcomes(tx, intake.id, (first, last)).await?;
    let lines_before = lines.len();
    let due: Vec<Line> = lines
        .into_iter()
        .filter(|line| outcomes.get(&line.row).is_some_and(|outcome| outcome.verdict.writes()))
        .collect();
    let mut writes = Writes::default();
    for judged in look(tx, cx, intake, &due, now).await? {
        let Some(mut outcome) = outcomes.remove(&judged.row) else { continue };
        if judged.verdict == Verdict::Error {
            if intake.mode != Some(Mode::Right) {
                return Ok(Chunk::Stopped(judged.row));
            }
            (outcome.effect, outcome.mistakes) = (Effect::Skipped, Mistakes(judged.mistakes));
            intake.counts.skipped += 1;
        } else if judged.verdict.writes() {
            one(tx, cx, (intake, judged), &mut outcome, &mut writes, now).await?;
            intake.counts.written += 1;
        } else {
            // Somebody entered the same by hand while this waited.
            (outcome.effect, outcome.person_id) = (Effect::Skipped, judged.person);
            intake.counts.skipped += 1;
        }
        writes.outcomes.push(outcome);
    }
    let written = writes.outcomes.len();
    lookup::insert_people(tx, writes.people).await?;
    branch::store::insert_memberships(tx, &writes.members).await?;
    store::put(tx, writes.outcomes).await?;
    intake.position = last;
    intake.done += i32::try_from(lines_before).unwrap_or_default();
    if intake.done >= intake.rows {
        finish(intake, now);
    }
    let act = Act {
        by: By::SYSTEM,
        action: "intake.written",
        subject: format!("intake/{}", intake.id),
        detail: json!({ "rows": written, "to": last }),
    };
    cx.record(tx, act, now).await?;
    Ok(Chunk::Done(lines_before))
}

fn finish(intake: &mut Intake, now: DateTime<Utc>) {
    (intake.status, intake.finished_at) = (Status::Done, Some(now));
}

/// One row. A person that an import begins has no event of his own: the import's row is where he comes from, and he can be taken back
/// as long as nothing refers to him.
async fn one(
    tx: &DatabaseTransaction,
    cx: &Context,
    (intake, judged): (&Intake, Judged),
    outcome: &mut Outcome,
    writes: &mut Writes,
    now: DateTime<Utc>,
) -> Result<(), LookError> {
    let id = match judged.plan {
        Plan::Nothing => return Ok(()),
        Plan::Begin(new) => {
            let person = new.sealed(&cx.seal, PersonId::new(now), now)?;
            let id = person.id;
            outcome.version = person.version;
            writes.people.push(person);
            id
        }
        Plan::Change(person, mut change) => {
            let before = apply::before(&person, &change);
            let row = place(outcome.intake_id, outcome.row);
            let sealed = before.map(|text| cx.seal.seal(cell("intake_outcome", &row), &text));
            outcome.before = sealed.transpose()?;
            outcome.version = person.version + 1;
            change.version = Set(person.version + 1);
            change.updated_at = Set(now);
            if !lookup::update_person(tx, (person.id, person.version), *change).await? {
                // Somebody changed him this moment: the chunk is done again.
                return Err(LookError::Db(sea_orm::DbErr::RecordNotUpdated));
            }
            let what = Happened::Imported { intake: intake.id };
            person::store::write_event(tx, person.id, intake.submitted_by.as_ref(), what, now).await?;
            person.id
        }
    };
    (outcome.effect, outcome.person_id) = (Effect::Written, Some(id));
    if let Some((branch_id, from_on)) = judged.joins {
        let member = joined(branch_id, id, from_on, now);
        outcome.membership_id = Some(member.id);
        writes.members.push(member);
    }
    Ok(())
}

fn joined(
    branch_id: BranchId,
    person_id: PersonId,
    from_on: chrono::NaiveDate,
    now: DateTime<Utc>,
) -> Membership {
    Membership {
        id: MembershipId::new(now),
        branch_id,
        person_id,
        kind: MembershipKind::Affiliation,
        from_on,
        to_on: None,
        ended_why: None,
    }
}

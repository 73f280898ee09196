//! Writing some rows, each once: their effect and how far the import has come are one transaction. Whoever is new is written as the
//! register writes a new record, a whole chunk at once.

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseTransaction, DbErr};
use serde_json::json;

use super::{
    Effect, Intake, Line, LineKind, Mode, Outcome, Status, Verdict,
    amend::{amend, asker, may_be_double},
    judge::{Judged, Plan},
    line::place,
    look::{LookError, look},
    outcome::Mistakes,
    outcome::before,
    store,
};
use crate::{
    Context,
    branch::{self, Membership, MembershipKind},
    context::{Act, By},
    ids::{BranchId, MembershipId, PersonId, RegionCode},
    person::{
        Person, birth,
        change::{self, PersonChange},
        double, fact, name, store as people,
    },
};

/// What a chunk writes.
#[derive(Default)]
struct Writes {
    /// Whoever begins, of a unit in this region.
    people: Vec<(Person, RegionCode)>,
    /// Whoever may be somebody else now.
    changed: Vec<Person>,
    members: Vec<Membership>,
    requests: Vec<PersonChange>,
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
    intake.counts.requests += u32::try_from(writes.requests.len()).unwrap_or_default();
    let written = put(tx, cx, intake, writes, now).await?;
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

/// Everything that a chunk gathered, a table at a time. Says how many rows of the file.
async fn put(
    tx: &DatabaseTransaction,
    cx: &Context,
    intake: &Intake,
    writes: Writes,
    now: DateTime<Utc>,
) -> Result<usize, DbErr> {
    let by = Some(asker(intake));
    let rows = writes.outcomes.len();
    let (mut facts, mut births, mut names) = (Vec::new(), Vec::new(), Vec::new());
    for (person, region) in &writes.people {
        facts.extend(fact::at_registration(person, region, by, now));
        births.extend(birth::commands::at_registration(person, by, now));
        names.push((person.id, person.unit_id, person.name.clone()));
    }
    let mut people: Vec<Person> = writes.people.into_iter().map(|(person, _)| person).collect();
    people::insert_all(tx, &people).await?;
    fact::store::insert(tx, &facts).await?;
    birth::store::insert(tx, &births).await?;
    name::write(tx, &names, now).await?;
    branch::store::insert_memberships(tx, &writes.members).await?;
    store::put(tx, writes.outcomes).await?;
    people.extend(writes.changed);
    double::commands::note_all(tx, cx, &people, now).await?;
    for change in &writes.requests {
        change::commands::record(tx, cx, By::SYSTEM, ("person.change_asked", change), now).await?;
    }
    Ok(rows)
}

/// One row. A person that an import begins has no event of his own, which nobody could take away again: the import's row is where he
/// comes from.
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
        Plan::Begin(new, region) => {
            let person = new.sealed(&cx.seal, PersonId::new(now), now)?;
            let id = person.id;
            outcome.version = person.version;
            writes.people.push((person, region));
            id
        }
        Plan::Change(person, change) => {
            let doubles = may_be_double(&change.columns);
            let amended = amend(tx, cx, intake, (*person, *change), now).await?;
            let unreadable = |_said| DbErr::Custom("a trail cannot be written down".to_owned());
            let trail = serde_json::to_string(&amended.trail).map_err(unreadable)?;
            let row = place(outcome.intake_id, outcome.row);
            outcome.before = Some(cx.seal.seal(before(&row), &trail)?);
            outcome.version = amended.person.version;
            writes.requests.extend(amended.requests);
            let id = amended.person.id;
            if doubles {
                writes.changed.push(amended.person);
            }
            id
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

//! 预检: some rows are looked at, nothing is written but what would become of them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::DatabaseTransaction;

use super::{
    Effect, Intake, Outcome, Problem, Status, Verdict,
    judge::{Judged, repeated},
    look::{LookError, look},
    outcome::Mistakes,
    store,
};
use crate::{Context, intake::LineKind, privacy::Blind};

/// Looks at the next rows. The import is locked; it is saved by whoever calls. Says how many there were.
pub(super) async fn chunk(
    tx: &DatabaseTransaction,
    cx: &Context,
    intake: &mut Intake,
    (size, now): (u64, DateTime<Utc>),
) -> Result<usize, LookError> {
    let lines = store::lines(tx, intake.id, intake.position, Some(LineKind::Data), size).await?;
    let Some(last) = lines.last().map(|line| line.row) else {
        intake.status = Status::Checked;
        return Ok(0);
    };
    let first = lines.first().map_or(last, |line| line.row);
    let judged = look(tx, cx, intake, &lines, now).await?;
    let judged = without_repetitions(tx, intake, first, judged).await?;
    for one in &judged {
        intake.counts.judged(one.verdict);
        intake.counts.requests += one.requests();
    }
    let count = judged.len();
    store::put(tx, judged.into_iter().map(|one| outcome(intake, one)).collect()).await?;
    intake.position = last;
    intake.done += i32::try_from(count).unwrap_or_default();
    if intake.done >= intake.rows {
        intake.status = Status::Checked;
    }
    Ok(count)
}

fn outcome(intake: &Intake, judged: Judged) -> Outcome {
    Outcome {
        intake_id: intake.id,
        row: judged.row,
        verdict: judged.verdict,
        effect: Effect::None,
        mistakes: Mistakes(judged.mistakes),
        identity_index: judged.identity_index,
        same_index: judged.same_index,
        person_id: judged.person,
        membership_id: None,
        before: None,
        version: 0,
    }
}

/// Somebody who stands further up is not written again. Of two rows of one name, birth and unit with two identity numbers nobody can
/// say which is right.
async fn without_repetitions(
    tx: &DatabaseTransaction,
    intake: &Intake,
    first: i32,
    judged: Vec<Judged>,
) -> Result<Vec<Judged>, LookError> {
    let identities: Vec<Blind> = judged.iter().flat_map(|one| one.identities.clone()).collect();
    let sames: Vec<Blind> = judged.iter().flat_map(|one| one.sames.clone()).collect();
    let mut by_identity: HashMap<Blind, i32> = HashMap::new();
    let mut by_same: HashMap<Blind, (i32, Option<Blind>)> = HashMap::new();
    for row in store::earlier(tx, intake.id, first, (&identities, &sames)).await? {
        if row.verdict != Verdict::Error {
            note(&mut by_identity, &mut by_same, (row.row, row.identity_index, row.same_index));
        }
    }
    let mut out = Vec::with_capacity(judged.len());
    for one in judged {
        if one.verdict == Verdict::Error {
            out.push(one);
            continue;
        }
        let same = one.sames.iter().find_map(|index| by_same.get(index));
        let before = one.identities.iter().find_map(|index| by_identity.get(index)).copied();
        let another = |number: &Blind| !one.identities.is_empty() && !one.identities.contains(number);
        let one = match (before, same) {
            (Some(row), _) => repeated(one, row),
            (None, Some((_, Some(other)))) if another(other) => Judged {
                verdict: Verdict::Error,
                mistakes: vec![Problem::OtherNumber.of(super::Field::Identity)],
                ..repeated(one, 0)
            },
            (None, Some((row, _))) => repeated(one, *row),
            (None, None) => one,
        };
        if one.verdict != Verdict::Error {
            let indexes = (one.row, one.identity_index.clone(), one.same_index.clone());
            note(&mut by_identity, &mut by_same, indexes);
        }
        out.push(one);
    }
    Ok(out)
}

fn note(
    by_identity: &mut HashMap<Blind, i32>,
    by_same: &mut HashMap<Blind, (i32, Option<Blind>)>,
    (row, identity, same): (i32, Option<Blind>, Option<Blind>),
) {
    if let Some(same) = same {
        by_same.entry(same).or_insert((row, identity.clone()));
    }
    if let Some(identity) = identity {
        by_identity.entry(identity).or_insert(row);
    }
}

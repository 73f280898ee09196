//! 代理审批 in the platform: its form names the approver, who may be away. The platform is asked to pass his task to whoever stands in for
//! him, if nothing in the case bars the substitute; the case's log says who decides for whom.

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction};

use super::open::{Actor, Open};
use crate::{
    By, Context,
    aid::{AidError, Happened, Round, RoundState, letters::Letter, separation::Part, store},
    authority::{
        Approver, Role,
        substitution::{self, Substitution, commands::LONGEST},
    },
    ids::{AccountId, CaseId},
};

/// So many open rounds are looked at, the longest waiting first.
const ROUNDS: u64 = 500;

/// Who is away, and who stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair<'a> {
    /// Whose task it is.
    pub away: &'a AccountId,
    /// Whose it becomes.
    pub substitute: &'a AccountId,
}

/// Looks for rounds that wait while an approver of their place is away, and asks the platform to pass them on, once for each substitute;
/// and for those that were passed on to somebody who stands in no longer: they go back. Says how many letters are new. Safe to repeat, by
/// any number of servers.
pub async fn ask_due(db: &DatabaseConnection, cx: &Context, now: DateTime<Utc>) -> Result<usize, AidError> {
    let rows = substitution::store::of_role(db, Role::Approver, now - LONGEST).await?;
    if rows.is_empty() {
        return Ok(0);
    }
    let mut asked = 0;
    for round in store::approval::to_check(db, now, ROUNDS).await? {
        if round.state != RoundState::Created {
            continue;
        }
        for row in &rows {
            let pair = if row.is_live(now) {
                Pair { away: &row.account_id, substitute: &row.substitute_id }
            } else {
                Pair { away: &row.substitute_id, substitute: &row.account_id }
            };
            let tx = mailbox::transaction::write(db).await?;
            let Some(open) = due(&tx, (&round, &rows), pair, now).await? else { continue };
            let letter = Letter::ApprovalPass {
                case: round.case_id,
                round: round.round,
                away: pair.away.clone(),
                substitute: pair.substitute.clone(),
            };
            if open.ask(&tx, letter, now).await? {
                open.record(&tx, cx, By::SYSTEM, "aid.approval_passing", now).await?;
                tx.commit().await?;
                asked += 1;
            }
        }
    }
    Ok(asked)
}

/// Is it still to be done? Between the letter and the call the round may have been decided, or the other be back.
pub async fn is_due(
    db: &DatabaseConnection,
    (case, round): (CaseId, i32),
    pair: Pair<'_>,
    now: DateTime<Utc>,
) -> Result<bool, AidError> {
    let rows = substitution::store::of_role(db, Role::Approver, now).await?;
    let Some(round) = store::approval::find(db, case, round).await? else { return Ok(false) };
    let tx = mailbox::transaction::write(db).await?;
    Ok(due(&tx, (&round, &rows), pair, now).await?.is_some())
}

/// The platform has passed the task on. Again is no error.
pub async fn passed(
    db: &DatabaseConnection,
    cx: &Context,
    (case, round): (CaseId, i32),
    pair: Pair<'_>,
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let mut open = Open::lock(&tx, case).await?;
    let back = was_passed(&open, round, pair);
    let what = Happened::ApprovalPassed { round, to: pair.substitute.clone(), away: pair.away.clone(), back };
    if open.log.iter().any(|entry| entry.what == what) {
        return Ok(());
    }
    open.note(&tx, Actor::SYSTEM, what, now).await?;
    open.record(&tx, cx, By::SYSTEM, "aid.approval_passed", now).await?;
    tx.commit().await?;
    Ok(())
}

/// The case, if the round waits for the one and may wait for the other: he is away and the other stands in, or he stood in and the other
/// is back; and nothing bars the other.
async fn due(
    tx: &DatabaseTransaction,
    (round, rows): (&Round, &[Substitution]),
    pair: Pair<'_>,
    now: DateTime<Utc>,
) -> Result<Option<Open>, AidError> {
    let open = Open::lock(tx, round.case_id).await?;
    let round = store::approval::find(tx, round.case_id, round.round).await?;
    let Some(round) = round.filter(|round| round.state == RoundState::Created) else { return Ok(None) };
    let place = open.case.place();
    let stands = |row: &&Substitution| {
        row.is_live(now) && row.account_id == *pair.away && row.substitute_id == *pair.substitute
    };
    let approves = Approver::prove(tx, pair.away, place.clone(), now).await?.is_some();
    let wanted =
        if approves { rows.iter().any(|row| stands(&row)) } else { was_passed(&open, round.round, pair) };
    if !wanted {
        return Ok(None);
    }
    let Some(other) = Approver::prove(tx, pair.substitute, place, now).await? else { return Ok(None) };
    match open.apart(tx, &other, Part::Approver, now).await {
        Ok(()) => Ok(Some(open)),
        Err(AidError::Refused(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Was the task passed from the one to the other before, so that it goes back now?
fn was_passed(open: &Open, round: i32, pair: Pair<'_>) -> bool {
    let before =
        Happened::ApprovalPassed { round, to: pair.away.clone(), away: pair.substitute.clone(), back: false };
    open.log.iter().any(|entry| entry.what == before)
}

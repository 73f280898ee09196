//! Tasks come and go with the platform's record; their holder decides on our page.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, DatabaseConnection, DatabaseTransaction};
use secrecy::SecretString;
use serde_json::json;

use super::{ApproverTask, TaskOutcome, TaskState, Wish, entity, remark_cell, store};
use crate::{
    Act, By, Context,
    aid::{
        AidError, Refusal, Round, RoundState, Status, commands::open::Open, letters::Letter,
        separation::Part, standard::Level, store as aid,
    },
    authority::{Approver, Grants},
    ids::{AccountId, ApprovalTaskId},
};

/// Characters of a remark.
pub const REMARK: usize = 200;

/// A task as the platform lists it.
#[derive(Clone, Debug)]
pub struct SeenTask {
    /// Its number.
    pub task: i64,
    /// Whose.
    pub holder: AccountId,
    /// May he decide now?
    pub asks: bool,
    /// Since when.
    pub since: DateTime<Utc>,
    /// What became of it, by whom, and when; `None` while it is not over.
    pub over: Option<(TaskOutcome, Option<AccountId>, DateTime<Utc>)>,
}

/// Brings the tasks of a round up to what the platform lists, in the transaction of whoever read it. With `cards`, each new one is told by
/// a card, and the card of each that is over says so.
pub async fn keep_in(
    tx: &DatabaseTransaction,
    round: &Round,
    (seen, cards): (&[SeenTask], bool),
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    let Some(instance) = &round.instance_id else { return Ok(()) };
    let known = store::of_instance(tx, instance).await?;
    let open = Open::lock(tx, round.case_id).await?;
    for one in seen {
        let row = known.iter().find(|row| row.task == one.task);
        match (row, &one.over) {
            (None, None) if one.asks => {
                let id = ApprovalTaskId::new(now);
                store::insert(tx, asked(id, round, instance, one)).await?;
                if cards {
                    let (case, round) = (round.case_id, round.round);
                    open.ask(tx, Letter::ApprovalCard { case, round, task: id }, now).await?;
                }
            }
            (Some(row), Some((outcome, by, at))) if row.state != TaskState::Over => {
                let change = entity::ActiveModel {
                    state: Set(TaskState::Over),
                    outcome: Set(Some(*outcome)),
                    over_by: Set(by.clone()),
                    over_at: Set(Some(*at)),
                    ..Default::default()
                };
                store::update(tx, row, change).await?;
                if cards {
                    let (case, round) = (round.case_id, round.round);
                    open.ask(tx, Letter::ApprovalCardOver { case, round, task: row.id }, now).await?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn asked(id: ApprovalTaskId, round: &Round, instance: &str, seen: &SeenTask) -> ApproverTask {
    ApproverTask {
        id,
        case_id: round.case_id,
        round: round.round,
        instance_id: instance.to_owned(),
        task: seen.task,
        holder: seen.holder.clone(),
        state: TaskState::Open,
        since: seen.since,
        wish: None,
        remark: None,
        pressed_at: None,
        not_taken: None,
        card_at: None,
        outcome: None,
        over_by: None,
        over_at: None,
    }
}

/// What the holder of a task decides on our page. A second press, or one after somebody decided elsewhere, has no effect; the row that
/// comes back says what is so. What the platform would do and we would not count is refused before: somebody who may not, is not high
/// enough, or has another part in the case.
pub async fn decide(
    db: &DatabaseConnection,
    cx: &Context,
    grants: &Grants,
    (id, wish, remark): (ApprovalTaskId, Wish, &str),
    now: DateTime<Utc>,
) -> Result<ApproverTask, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let own = |row: &ApproverTask| row.holder == *grants.account();
    let found = store::find(&tx, id).await?.filter(own).ok_or(AidError::NotFound)?;
    let open = Open::lock(&tx, found.case_id).await?;
    // Behind the lock: two fingers press one after the other.
    let row = store::find(&tx, id).await?.ok_or(AidError::NotFound)?;
    if row.state != TaskState::Open {
        return Ok(row);
    }
    let round = aid::approval::find(&tx, row.case_id, row.round).await?.ok_or(AidError::NotFound)?;
    if round.state != RoundState::Created || open.case.status != Status::InApproval {
        return Err(Refusal::Stale.into());
    }
    let mut proofs = Approver::all_among(grants, open.case.place()).peekable();
    if proofs.peek().is_none() {
        return Err(AidError::NotFound);
    }
    let high = |proof: &Approver| wish == Wish::Refuse || Level::of_reach(proof.reach()) >= round.level;
    let approver = proofs.find(high).ok_or(Refusal::NotHighEnough(round.level))?;
    let open = Open::reached(&tx, &approver, open.case.id).await?;
    open.apart(&tx, &approver, Part::Approver, now).await?;
    let text: String = remark.trim().chars().take(REMARK).collect();
    let sealed = match text.as_str() {
        "" => None,
        text => Some(cx.seal.seal(remark_cell(&id.to_string()), text)?),
    };
    let change = entity::ActiveModel {
        state: Set(TaskState::Deciding),
        wish: Set(Some(wish)),
        remark: Set(sealed),
        pressed_at: Set(Some(now)),
        not_taken: Set(None),
        ..Default::default()
    };
    if !store::update(&tx, &row, change).await? {
        return Err(Refusal::Stale.into());
    }
    let (case, round) = (row.case_id, row.round);
    let letter = Letter::ApprovalDecide { case, round, task: id, pressed: now.timestamp_millis() };
    open.ask(&tx, letter, now).await?;
    let act = Act {
        by: By::from(&approver),
        action: "aid.decision_pressed",
        subject: open.case.subject(),
        detail: json!({ "round": round, "task": id, "wish": wish.code() }),
    };
    cx.record(&tx, act, now).await?;
    let row = store::find(&tx, id).await?.ok_or(AidError::NotFound)?;
    tx.commit().await?;
    Ok(row)
}

/// What was written with a decision that goes to the platform now.
pub fn remark(cx: &Context, task: &ApproverTask) -> Result<Option<SecretString>, AidError> {
    let row = task.id.to_string();
    Ok(task.remark.as_ref().map(|remark| cx.seal.open(remark_cell(&row), remark)).transpose()?)
}

/// The platform has taken the decision. What becomes of it, its own record says.
pub async fn taken(db: &DatabaseConnection, id: ApprovalTaskId) -> Result<(), AidError> {
    let tx = mailbox::transaction::write(db).await?;
    if let Some(row) = store::find(&tx, id).await?.filter(|row| row.state == TaskState::Deciding) {
        let change = entity::ActiveModel { state: Set(TaskState::Sent), ..Default::default() };
        store::update(&tx, &row, change).await?;
    }
    Ok(tx.commit().await?)
}

/// The platform has not taken it, and says why: the task waits again, as far as we know.
pub async fn not_taken(db: &DatabaseConnection, id: ApprovalTaskId, why: &str) -> Result<(), AidError> {
    let tx = mailbox::transaction::write(db).await?;
    if let Some(row) = store::find(&tx, id).await?.filter(|row| row.state == TaskState::Deciding) {
        let change = entity::ActiveModel {
            state: Set(TaskState::Open),
            wish: Set(None),
            remark: Set(None),
            not_taken: Set(Some(why.to_owned())),
            ..Default::default()
        };
        store::update(&tx, &row, change).await?;
    }
    Ok(tx.commit().await?)
}

//! 定期复核, and 结案: the help goes on, goes on otherwise, or ends, with a reason that the person is told.

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction};
use secrecy::SecretString;

use super::open::{Actor, Open};
use crate::{
    By, Context,
    aid::{
        AidError, Case, Happened, Refusal, Status, Step,
        closing::{Model as Closing, Reason},
        entity,
        letters::News,
        review::{Outcome, Review, why_cell},
        sample::findings_cell,
        separation::Part,
        store,
        supplement::words,
    },
    authority::Worker,
    calendar::local_date,
    ids::{CaseId, ClosingId, ReviewId},
};

/// Writes a review into the person's last case. The form gives the id: sent twice, it is one. 退出 closes every case of the person here that
/// is open.
pub async fn review(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (case, id, outcome, why): (CaseId, ReviewId, Outcome, &str),
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let why = words(why)?;
    let tx = mailbox::transaction::write(db).await?;
    let person = store::case::find(&tx, case).await?.ok_or(AidError::NotFound)?.person_id;
    // All of them in the order of their ids, as everybody locks them.
    let mut others = store::case::of_person(&tx, person).await?;
    others.sort_by_key(|other| other.id);
    for other in &others {
        store::case::locked(&tx, other.id).await?;
    }
    let mut open = Open::reached(&tx, worker, case).await?;
    if store::after::reviews(&tx, case).await?.iter().any(|known| known.id == id) {
        return Ok(open.case);
    }
    open.apart(&tx, worker, Part::Verifier, now).await?;
    let step = (Step::Review, Happened::Reviewed { review: id, outcome });
    open.step(&tx, Actor::of(worker), step, entity::ActiveModel::default(), now).await?;
    let row = Review {
        id,
        case_id: case,
        outcome,
        why: cx.seal.seal(why_cell(&id.to_string()), why)?,
        reviewed_by: worker.account().clone(),
        reviewed_at: now,
    };
    store::after::insert_review(&tx, row).await?;
    open.record(&tx, cx, By::from(worker), "aid.reviewed", now).await?;
    if outcome == Outcome::Exit {
        end(&tx, cx, &mut open, (worker, Reason::NotAnyMore), now).await?;
        for other in others.iter().filter(|other| other.id != case && worker.covers(other.place())) {
            if matches!(other.status, Status::Paid | Status::Received) {
                let mut open = Open::lock(&tx, other.id).await?;
                end(&tx, cx, &mut open, (worker, Reason::NotAnyMore), now).await?;
            }
        }
    }
    tx.commit().await?;
    Ok(open.case)
}

/// 结案 without a review, for a reason that is nobody's judgement of the person.
pub async fn close(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (case, reason): (CaseId, Reason),
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    if !Reason::PLAIN.contains(&reason) {
        return Err(Refusal::Ground.into());
    }
    let tx = mailbox::transaction::write(db).await?;
    let mut open = Open::reached(&tx, worker, case).await?;
    open.apart(&tx, worker, Part::Clerk, now).await?;
    end(&tx, cx, &mut open, (worker, reason), now).await?;
    tx.commit().await?;
    Ok(open.case)
}

async fn end(
    tx: &DatabaseTransaction,
    cx: &Context,
    open: &mut Open,
    (worker, reason): (&Worker, Reason),
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    let id = ClosingId::new(now);
    let step = (Step::Close, Happened::Closed { closing: id, reason });
    open.step(tx, Actor::of(worker), step, entity::ActiveModel::default(), now).await?;
    let row =
        Closing { id, case_id: open.case.id, reason, closed_by: worker.account().clone(), closed_at: now };
    store::after::write_closing(tx, row).await?;
    open.tell(tx, News::Closed, now).await?;
    open.record(tx, cx, By::from(worker), "aid.closed", now).await
}

/// What was found and what was said in reviews of a case, in words.
#[derive(Debug)]
pub struct After {
    /// What somebody found who went there: the day, whether it differs, what.
    pub found: Vec<(chrono::NaiveDate, bool, SecretString)>,
    /// The reviews: the day, what they say, why.
    pub reviews: Vec<(chrono::NaiveDate, Outcome, SecretString)>,
}

/// Opens them for a worker of the place, with an audit row.
pub async fn read(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    case: CaseId,
    now: DateTime<Utc>,
) -> Result<After, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let open = Open::reached(&tx, worker, case).await?;
    open.apart(&tx, worker, Part::Clerk, now).await?;
    let mut after = After { found: Vec::new(), reviews: Vec::new() };
    for row in store::after::follow_ups(&tx, case).await? {
        let (Some(on), Some(differs), Some(findings)) = (row.visited_on, row.differs, &row.findings) else {
            continue;
        };
        let words = cx.seal.open(findings_cell(&row.id.to_string()), findings)?;
        after.found.push((on, differs, words));
    }
    for row in store::after::reviews(&tx, case).await? {
        let words = cx.seal.open(why_cell(&row.id.to_string()), &row.why)?;
        after.reviews.push((local_date(row.reviewed_at), row.outcome, words));
    }
    open.record(&tx, cx, By::from(worker), "aid.after_read", now).await?;
    tx.commit().await?;
    Ok(after)
}

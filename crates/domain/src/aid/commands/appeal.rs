//! 申诉: whoever is not helped may say so within the days that are set; somebody with no part in the case judges it, once.

use chrono::{DateTime, Utc};
use mailbox::transaction::Transaction;
use sea_orm::{DatabaseConnection, DatabaseTransaction};

use super::open::{Actor, Open};
use crate::{
    By, Context,
    aid::{
        AidError, Case, Happened, Refusal, Status, Step,
        appeal::{Model as Appeal, Outcome, cell},
        clawback::ClawbackState,
        entity,
        letters::News,
        ruling::{Kind, Model as Ruling},
        separation::Part,
        store,
        supplement::words,
    },
    authority::{Myself, Worker},
    calendar::local_date,
    ids::{AccountId, AppealId, CaseId},
};

/// The applicant appeals. The form gives the id: sent twice, it is one appeal.
pub async fn file(
    db: &DatabaseConnection,
    cx: &Context,
    myself: &Myself,
    (case, id, said): (CaseId, AppealId, &str),
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let said = words(said)?;
    let tx = mailbox::transaction::write(db).await?;
    let open = Open::lock(&tx, case).await?;
    if !open.case.is_applicant(myself.account()) && open.case.person_id != myself.person() {
        return Err(AidError::NotFound);
    }
    let filed = Filed { actor: Actor::myself(myself), account: myself.account(), by_hand: false, said };
    begin(tx, cx, open, (id, filed), now).await
}

/// He called or came: a worker writes down what he says.
pub async fn file_for(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (case, id, said): (CaseId, AppealId, &str),
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let said = words(said)?;
    let tx = mailbox::transaction::write(db).await?;
    let open = Open::reached(&tx, worker, case).await?;
    open.apart(&tx, worker, Part::Clerk, now).await?;
    let filed = Filed { actor: Actor::of(worker), account: worker.account(), by_hand: true, said };
    begin(tx, cx, open, (id, filed), now).await
}

/// What is said, and how.
struct Filed<'a> {
    actor: Actor<'a>,
    account: &'a AccountId,
    by_hand: bool,
    said: &'a str,
}

async fn begin(
    tx: Transaction,
    cx: &Context,
    mut open: Open,
    (id, filed): (AppealId, Filed<'_>),
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let case = open.case.id;
    if store::paper::appeals(&tx, case).await?.iter().any(|known| known.id == id) {
        return Ok(open.case);
    }
    open.living(&tx).await?;
    // A case that is right beside it would be a second one of the kind.
    if let Some(live) = store::case::live(&tx, open.case.person_id, open.case.category).await?
        && open.case.status.is_over()
    {
        return Err(Refusal::LiveCaseExists { number: live.number }.into());
    }
    // What is asked back was refused for good.
    let claims = store::clawback::of_case(&tx, case).await?;
    if claims.iter().any(|claim| claim.state != ClawbackState::Refused) {
        return Err(Refusal::NotNow { status: open.case.status, step: Step::Appeal }.into());
    }
    let ruling = last_ruling(&tx, case).await?;
    if let Some(until) = ruling.as_ref().and_then(|ruling| ruling.appeal_until)
        && local_date(now) > until
    {
        return Err(Refusal::AppealTooLate { until }.into());
    }
    let Filed { actor, account, by_hand, said } = filed;
    let step = (Step::Appeal, Happened::Appealed { appeal: id, by_hand });
    open.step(&tx, actor, step, entity::ActiveModel::default(), now).await?;
    let appeal = Appeal {
        id,
        case_id: case,
        ruling_id: ruling.map(|ruling| ruling.id),
        said: cx.seal.seal(cell("said", &id.to_string()), said)?,
        filed_by: account.clone(),
        filed_at: now,
        by_hand,
        outcome: None,
        reason: None,
        judged_by: None,
        judged_at: None,
    };
    store::paper::insert_appeal(&tx, appeal).await?;
    open.tell(&tx, News::Appealed { appeal: id }, now).await?;
    open.record(&tx, cx, actor.by, "aid.appealed", now).await?;
    tx.commit().await?;
    Ok(open.case)
}

/// The decision that stands: the last one of which somebody may appeal.
async fn last_ruling(tx: &DatabaseTransaction, case: CaseId) -> Result<Option<Ruling>, AidError> {
    let rulings = store::paper::rulings(tx, case).await?;
    Ok(rulings.into_iter().rfind(|ruling| ruling.kind != Kind::SentBack))
}

/// Judges an appeal, with the reason. Upheld: the case goes on where it was stopped. Dismissed: that is final.
pub async fn judge(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (appeal, outcome, why): (AppealId, Outcome, &str),
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let why = words(why)?;
    let tx = mailbox::transaction::write(db).await?;
    let case = store::paper::appeal(&tx, appeal).await?.ok_or(AidError::NotFound)?.case_id;
    let mut open = Open::reached(&tx, worker, case).await?;
    let found = store::paper::appeal(&tx, appeal).await?.ok_or(AidError::NotFound)?;
    if found.outcome.is_some() {
        return Err(Refusal::Stale.into());
    }
    open.living(&tx).await?;
    open.apart(&tx, worker, Part::AppealJudge, now).await?;
    if worker.is(&found.filed_by) {
        return Err(Refusal::OwnAppeal.into());
    }
    let declined = open.case.status == Status::Contested;
    let (step, what, news) = match outcome {
        Outcome::Upheld => {
            let step = if declined { Step::Reopen } else { Step::Rehear };
            (step, Happened::AppealUpheld { appeal, declined }, News::AppealUpheld { appeal })
        }
        Outcome::Dismissed => {
            (Step::RejectAppeal, Happened::AppealDismissed { appeal }, News::AppealDismissed { appeal })
        }
    };
    open.step(&tx, Actor::of(worker), (step, what), entity::ActiveModel::default(), now).await?;
    let judged = Appeal {
        outcome: Some(outcome),
        reason: Some(cx.seal.seal(cell("reason", &appeal.to_string()), why)?),
        judged_by: Some(worker.account().clone()),
        judged_at: Some(now),
        ..found
    };
    store::paper::save_appeal(&tx, judged).await?;
    open.tell(&tx, news, now).await?;
    open.record(&tx, cx, By::from(worker), "aid.appeal_judged", now).await?;
    tx.commit().await?;
    Ok(open.case)
}

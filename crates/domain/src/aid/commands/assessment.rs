//! 家访评估: one of those who visited answers what the office asks of the category. Whoever judges the case reads it.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr};
use secrecy::ExposeSecret;

use super::open::{Actor, Open};
use crate::{
    By, Context,
    aid::{
        AidError, Assessment, Case, Happened, Refusal, Status, Step, Visit,
        assessment::answers_cell,
        separation::Part,
        setting::{
            Kind,
            assessment::{Answered, Asked, Line, asked, sheet},
        },
        store,
    },
    authority::{Held, Proof, Worker},
    ids::{AssessmentId, CaseId, VisitId},
    privacy::CannotOpen,
};

/// What a visitor answered.
#[derive(Clone, Debug)]
pub struct NewAssessment {
    /// Given by the form, so that one that is sent twice is one.
    pub id: AssessmentId,
    /// Of which visit: the last.
    pub visit: VisitId,
    /// The answer to each question, in their order.
    pub answers: Vec<Answered>,
}

/// What is asked about a visit: what was in force on its day.
pub async fn questions(db: &impl ConnectionTrait, case: &Case, visit: &Visit) -> Result<Vec<Asked>, DbErr> {
    let rows = store::setting::of_category(db, Kind::Assessment, case.category).await?;
    Ok(asked(&rows, case.category, &case.region, visit.visited_on))
}

/// Is there a visit about which something is asked, and nobody has answered? Of earlier visits, nothing is asked any more.
pub async fn is_open(db: &impl ConnectionTrait, case: &Case) -> Result<bool, DbErr> {
    let Some(visit) = store::case::visits(db, case.id).await?.pop() else { return Ok(false) };
    let answered = store::setting::assessments(db, case.id).await?.iter().any(|it| it.visit_id == visit.id);
    Ok(!answered && !questions(db, case, &visit).await?.is_empty())
}

/// Writes down what one of the two visitors answered. The same again changes nothing.
pub async fn record_assessment(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (case, new): (CaseId, NewAssessment),
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let mut open = Open::reached(&tx, worker, case).await?;
    if store::setting::assessments(&tx, case).await?.iter().any(|known| known.id == new.id) {
        return Ok(());
    }
    if open.case.status != Status::Visited {
        return Err(Refusal::NotNow { status: open.case.status, step: Step::RecordVisit }.into());
    }
    open.living(&tx).await?;
    let visit = store::case::visits(&tx, case).await?.pop().filter(|visit| visit.id == new.visit);
    let visit = visit.ok_or(Refusal::Stale)?;
    let part = match worker.account() {
        account if *account == visit.lead => Part::VisitLead,
        account if *account == visit.second => Part::VisitSecond,
        _ => return Err(Refusal::RecorderNotThere.into()),
    };
    open.apart(&tx, worker, part, now).await?;
    let lines = sheet(&questions(&tx, &open.case, &visit).await?, &new.answers)?;
    let sum = |of: fn(&Line) -> u32| {
        i32::try_from(lines.iter().map(|line| u64::from(of(line))).sum::<u64>()).unwrap_or(i32::MAX)
    };
    let text = serde_json::to_string(&lines).map_err(|error| DbErr::Json(error.to_string()))?;
    let row = Assessment {
        id: new.id,
        case_id: case,
        visit_id: visit.id,
        answers: cx.seal.seal(answers_cell(&new.id.to_string()), &text)?,
        points: sum(|line| line.points),
        most: sum(|line| line.most),
        recorded_by: worker.account().clone(),
        recorded_at: now,
    };
    let what = Happened::Assessed {
        assessment: row.id,
        visit: visit.id,
        points: row.points.unsigned_abs(),
        most: row.most.unsigned_abs(),
    };
    store::setting::insert_assessment(&tx, row).await?;
    open.note(&tx, Actor::of(worker), what, now).await?;
    open.record(&tx, cx, By::from(worker), "aid.assessed", now).await?;
    tx.commit().await?;
    Ok(())
}

/// Opens what was answered, for a worker of the place or for whoever decides. That it was opened is written down.
pub async fn read<R: Held>(
    db: &DatabaseConnection,
    cx: &Context,
    reader: &Proof<R>,
    (case, assessment): (CaseId, AssessmentId),
    now: DateTime<Utc>,
) -> Result<(Assessment, Vec<Line>), AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let open = Open::reached(&tx, reader, case).await?;
    open.apart(&tx, reader, Part::Clerk, now).await?;
    let all = store::setting::assessments(&tx, case).await?;
    let found = all.into_iter().find(|one| one.id == assessment).ok_or(AidError::NotFound)?;
    let text = cx.seal.open(answers_cell(&found.id.to_string()), &found.answers)?;
    if text.expose_secret().is_empty() {
        return Err(Refusal::Erased.into());
    }
    let lines = serde_json::from_str(text.expose_secret()).or(Err(CannotOpen))?;
    open.record(&tx, cx, By::from(reader), "aid.assessment_read", now).await?;
    tx.commit().await?;
    Ok((found, lines))
}

//! Looking at what was missing, what was decided and what was said against it, in words: one case, one audit row.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction};
use secrecy::SecretString;

use super::open::Open;
use crate::{
    By, Context,
    aid::{
        AidError,
        appeal::{self, Outcome},
        ruling::{Ground, Kind, words_cell},
        separation::Part,
        store, supplement,
    },
    authority::{Myself, Worker},
    calendar::local_date,
    ids::{AppealId, CaseId, SupplementId},
};

/// Something that was missing.
#[derive(Debug)]
pub struct Missing {
    /// Which.
    pub id: SupplementId,
    /// On which day it was asked for.
    pub on: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
    /// What was asked for.
    pub asked: SecretString,
    /// What came.
    pub answer: Option<SecretString>,
    /// Does somebody still wait for it?
    pub is_open: bool,
}

/// A decision.
#[derive(Debug)]
pub struct Ruled {
    /// What.
    pub kind: Kind,
    /// On which day.
    pub on: NaiveDate,
    /// The rule.
    pub ground: Ground,
    /// The document, or empty.
    pub basis: String,
    /// Why; empty where nobody wrote anything here.
    pub words: SecretString,
    /// The last day of an appeal.
    pub until: Option<NaiveDate>,
}

/// An appeal.
#[derive(Debug)]
pub struct Appealed {
    /// Which.
    pub id: AppealId,
    /// On which day.
    pub on: NaiveDate,
    /// What was said.
    pub said: SecretString,
    /// What became of it, and why.
    pub judged: Option<(Outcome, Option<SecretString>)>,
}

/// All of a case, each oldest first.
#[derive(Debug)]
pub struct Papers {
    /// What was missing.
    pub missing: Vec<Missing>,
    /// What was decided.
    pub rulings: Vec<Ruled>,
    /// What was said against that.
    pub appeals: Vec<Appealed>,
}

/// For a worker of the place.
pub async fn papers(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    case: CaseId,
    now: DateTime<Utc>,
) -> Result<Papers, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let open = Open::reached(&tx, worker, case).await?;
    open.apart(&tx, worker, Part::Clerk, now).await?;
    let papers = opened(&tx, cx, case).await?;
    open.record(&tx, cx, By::from(worker), "aid.papers_read", now).await?;
    tx.commit().await?;
    Ok(papers)
}

/// For the applicant, or whoever acts for him; what was sent back inside the office is not among it.
pub async fn own(
    db: &DatabaseConnection,
    cx: &Context,
    myself: &Myself,
    case: CaseId,
    now: DateTime<Utc>,
) -> Result<Papers, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let open = Open::lock(&tx, case).await?;
    if open.case.person_id != myself.person() {
        return Err(AidError::NotFound);
    }
    let mut papers = opened(&tx, cx, case).await?;
    papers.rulings.retain(|ruling| ruling.kind != Kind::SentBack);
    open.record(&tx, cx, By::from(myself), "aid.own_papers_read", now).await?;
    tx.commit().await?;
    Ok(papers)
}

async fn opened(tx: &DatabaseTransaction, cx: &Context, case: CaseId) -> Result<Papers, AidError> {
    let mut papers = Papers { missing: Vec::new(), rulings: Vec::new(), appeals: Vec::new() };
    for row in store::paper::supplements(tx, case).await? {
        let id = row.id.to_string();
        let answer = row.answer.as_ref().map(|answer| cx.seal.open(supplement::cell("answer", &id), answer));
        papers.missing.push(Missing {
            id: row.id,
            on: local_date(row.asked_at),
            until: row.until,
            asked: cx.seal.open(supplement::cell("asked", &id), &row.asked)?,
            answer: answer.transpose()?,
            is_open: row.is_open(),
        });
    }
    for row in store::paper::rulings(tx, case).await? {
        papers.rulings.push(Ruled {
            kind: row.kind,
            on: local_date(row.ruled_at),
            ground: row.ground,
            words: cx.seal.open(words_cell(&row.id.to_string()), &row.words)?,
            basis: row.basis,
            until: row.appeal_until,
        });
    }
    for row in store::paper::appeals(tx, case).await? {
        let id = row.id.to_string();
        let reason = row.reason.as_ref().map(|reason| cx.seal.open(appeal::cell("reason", &id), reason));
        let reason = reason.transpose()?;
        papers.appeals.push(Appealed {
            id: row.id,
            on: local_date(row.filed_at),
            said: cx.seal.open(appeal::cell("said", &id), &row.said)?,
            judged: row.outcome.map(|outcome| (outcome, reason)),
        });
    }
    Ok(papers)
}

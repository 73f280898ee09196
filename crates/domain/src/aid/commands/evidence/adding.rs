//! A paper comes: with a request, after it, or brought by a worker.

use attachment::Marked;
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr};
use serde_json::json;

use crate::{
    Act, By, Context,
    aid::{
        Case, Happened,
        clawback::ClawbackState,
        commands::{
            draft::belongs,
            open::{Actor, Open},
        },
        payment::{Payment, PaymentState},
        separation::Part as Role,
        store as aid_store,
    },
    authority::{Myself, Worker},
    evidence::{
        Evidence, EvidenceError, Files, Item, MOST, Refusal, Sent, Source,
        keep::{self, New, Owner, Written},
        store,
    },
    ids::{AccountId, CaseId, DraftId, EvidenceId, PaymentId},
};

/// A paper that comes.
#[derive(Clone, Debug)]
pub struct NewPaper {
    /// Given by the form, so that one that is sent twice comes once.
    pub id: EvidenceId,
    /// What it is meant to show.
    pub item: Item,
    /// Has the one who sends it held the original in his hands?
    pub source: Source,
    /// The file.
    pub sent: Sent,
}

/// What the log says of a paper that came.
pub(in crate::aid) fn added(paper: &Evidence) -> Happened {
    Happened::EvidenceAdded { evidence: paper.id, item: paper.item, sha256: paper.kept_sha256.clone() }
}

/// A paper for a request that is being written. It enters the log with the request.
pub async fn add_to_draft(
    db: &DatabaseConnection,
    (cx, files): (&Context, &Files),
    myself: &Myself,
    (draft, new): (DraftId, NewPaper),
    now: DateTime<Utc>,
) -> Result<Evidence, EvidenceError> {
    let found = aid_store::draft::find(db, draft).await?.filter(|found| belongs(found, myself));
    found.ok_or(EvidenceError::NotFound)?;
    let owner = Owner::Draft(draft);
    let written = match came(db, (cx, files), (owner, &new), now).await? {
        Came::Before(paper) => return Ok(*paper),
        Came::Now(written) => written,
    };
    let tx = mailbox::transaction::write(db).await?;
    // Of a draft that was sent meanwhile, the case has the papers; this one comes too late for it.
    aid_store::draft::locked(&tx, draft).await?.ok_or(EvidenceError::TooLate)?;
    room(&tx, owner).await?;
    let paper = keep::row(&tx, written, about(&new, owner, myself.account()), now).await?;
    tx.commit().await?;
    mailbox::point("evidence.kept").await?;
    Ok(paper)
}

/// A paper of a request that is being written is taken back. Again is no error; its objects go with the next sweep.
pub async fn take_back(
    db: &DatabaseConnection,
    myself: &Myself,
    (draft, paper): (DraftId, EvidenceId),
) -> Result<(), EvidenceError> {
    let tx = mailbox::transaction::write(db).await?;
    let found = aid_store::draft::locked(&tx, draft).await?.filter(|found| belongs(found, myself));
    found.ok_or(EvidenceError::NotFound)?;
    if store::of_draft(&tx, draft).await?.iter().any(|one| one.id == paper) {
        store::delete(&tx, paper).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Somebody on the applicant's side sends a paper after the request.
pub async fn add_to_own_case(
    db: &DatabaseConnection,
    (cx, files): (&Context, &Files),
    myself: &Myself,
    (case, new): (CaseId, NewPaper),
    now: DateTime<Utc>,
) -> Result<Evidence, EvidenceError> {
    let found = aid_store::case::find(db, case).await?.filter(|found| follows(found, myself));
    found.ok_or(EvidenceError::NotFound)?;
    let written = match came(db, (cx, files), (Owner::Case(case), &new), now).await? {
        Came::Before(paper) => return Ok(*paper),
        Came::Now(written) => written,
    };
    let tx = mailbox::transaction::write(db).await?;
    let open = Open::lock(&tx, case).await?;
    let (actor, by) = (Actor::myself(myself), By::from(myself));
    let paper = come((&tx, cx), (open, actor, by), (written, &new, myself.account()), now).await?;
    tx.commit().await?;
    Ok(paper)
}

/// A worker brings a paper into a case.
pub async fn add(
    db: &DatabaseConnection,
    (cx, files): (&Context, &Files),
    worker: &Worker,
    (case, new): (CaseId, NewPaper),
    now: DateTime<Utc>,
) -> Result<Evidence, EvidenceError> {
    let found = aid_store::case::find(db, case).await?.filter(|found| worker.covers(found.place()));
    found.ok_or(EvidenceError::NotFound)?;
    let written = match came(db, (cx, files), (Owner::Case(case), &new), now).await? {
        Came::Before(paper) => return Ok(*paper),
        Came::Now(written) => written,
    };
    let tx = mailbox::transaction::write(db).await?;
    let open = Open::reached(&tx, worker, case).await?;
    open.apart(&tx, worker, Role::Clerk, now).await?;
    let (actor, by) = (Actor::of(worker), By::from(worker));
    let paper = come((&tx, cx), (open, actor, by), (written, &new, worker.account()), now).await?;
    tx.commit().await?;
    Ok(paper)
}

/// Which papers a case takes: what is asked for and what people bring on its way; once somebody has said that the money came, what shows it;
/// and what shows that money which is asked back cannot be collected, as long as it is.
pub async fn takes(db: &impl ConnectionTrait, case: &Case) -> Result<Vec<Item>, DbErr> {
    let claims = aid_store::clawback::of_case(db, case.id).await?;
    let collects = claims.iter().any(|claim| claim.state == ClawbackState::Agreed);
    let received = received(db, case.id).await?.is_some();
    let is_over = case.status.is_over();
    let takes = |item: &Item| match item {
        Item::Loss => collects,
        Item::Receipt => received,
        _ => !is_over,
    };
    Ok(Item::of_cases().filter(takes).collect())
}

/// The payment of which it was said last that it came, if the bank has not sent it back since.
async fn received(db: &impl ConnectionTrait, case: CaseId) -> Result<Option<PaymentId>, DbErr> {
    let last = aid_store::after::receipts(db, case).await?.pop().filter(|receipt| receipt.received);
    let Some(receipt) = last else { return Ok(None) };
    let payments = aid_store::payment::of_case(db, case).await?;
    let stands = |it: &Payment| it.id == receipt.payment_id && it.state == PaymentState::Paid;
    Ok(payments.iter().any(stands).then_some(receipt.payment_id))
}

/// That a file with a mark of secrecy came is written down: by whom, to what, which mark, and where it stood. Nothing of the file is.
pub async fn refused(
    db: &DatabaseConnection,
    cx: &Context,
    account: &AccountId,
    (subject, marked): (String, Marked),
    now: DateTime<Utc>,
) -> Result<(), EvidenceError> {
    let tx = mailbox::transaction::write(db).await?;
    let detail = json!({ "mark": marked.mark().code(), "place": marked.place() });
    let act = Act { by: By::login(account), action: "evidence.refused", subject, detail };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Is the case one that the login follows as this person?
fn follows(case: &Case, myself: &Myself) -> bool {
    case.person_id == myself.person() && (case.is_applicant(myself.account()) || !myself.is_for_another())
}

/// A paper that came.
enum Came {
    /// It is there already, from the first time.
    Before(Box<Evidence>),
    /// Its bytes are kept; its row is still to be written.
    Now(Written),
}

/// Looks whether a paper came before, and keeps its bytes if it did not: before the transaction, because that takes a while.
async fn came(
    db: &DatabaseConnection,
    (cx, files): (&Context, &Files),
    (owner, new): (Owner, &NewPaper),
    now: DateTime<Utc>,
) -> Result<Came, EvidenceError> {
    if let Some(paper) = there(db, owner, new).await? {
        return Ok(Came::Before(Box::new(paper)));
    }
    Ok(Came::Now(keep::write(db, (cx, files), (new.id, &new.sent), now).await?))
}

/// The same paper, sent a second time.
async fn there(
    db: &DatabaseConnection,
    owner: Owner,
    new: &NewPaper,
) -> Result<Option<Evidence>, EvidenceError> {
    let found = store::find(db, new.id).await?;
    let same = |paper: &Evidence| match owner {
        Owner::Draft(id) => paper.draft_id == Some(id),
        Owner::Case(id) => paper.case_id == Some(id),
        Owner::Ask(id) => paper.ask_id == Some(id),
        Owner::Link(id) => paper.link_id == Some(id),
    };
    match found {
        Some(paper) if same(&paper) => Ok(Some(paper)),
        Some(_) => Err(EvidenceError::NotFound),
        None => Ok(None),
    }
}

async fn room(tx: &DatabaseTransaction, owner: Owner) -> Result<(), EvidenceError> {
    if store::count(tx, owner).await? < MOST { Ok(()) } else { Err(Refusal::TooMany.into()) }
}

fn about<'a>(new: &'a NewPaper, owner: Owner, by: &'a AccountId) -> New<'a> {
    New { id: new.id, owner, item: new.item, source: new.source, by, sent: &new.sent }
}

/// Row, log, audit row.
async fn come(
    (tx, cx): (&DatabaseTransaction, &Context),
    (mut open, actor, by): (Open, Actor<'_>, By<'_>),
    (written, new, account): (Written, &NewPaper, &AccountId),
    now: DateTime<Utc>,
) -> Result<Evidence, EvidenceError> {
    if !takes(tx, &open.case).await?.contains(&new.item) {
        return Err(Refusal::Over.into());
    }
    let owner = Owner::Case(open.case.id);
    room(tx, owner).await?;
    let paper = keep::row(tx, written, about(new, owner, account), now).await?;
    open.note(tx, actor, added(&paper), now).await?;
    if let (Item::Receipt, Some(payment)) = (new.item, received(tx, open.case.id).await?) {
        open.note(tx, actor, Happened::ReceiptShown { payment, evidence: paper.id }, now).await?;
    }
    open.record(tx, cx, by, "aid.evidence_added", now).await?;
    Ok(paper)
}

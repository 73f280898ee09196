//! 代收: a case is paid to somebody other than the person only where one has proposed him by a mandate and its paper, another has agreed, and a
//! third has made sure of the account; and never to somebody of the office, or who had a part in the case.

use chrono::{DateTime, Days, NaiveDate, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction, SqlErr};

use super::{
    account::checked,
    open::{Actor, Open},
    paid_to::mandate,
};
use crate::{
    By, Context,
    account::{self, AccountLink},
    aid::{
        AidError, Happened, NoPayee, Payee, PayeeKind, PayeeState, Refusal, Status, Step,
        payee::{LONGEST_DAYS, WORDS, number_cell, vouched_cell},
        separation::{Part, parts},
        store,
    },
    authority::{Grants, Worker, substitution::same_hand},
    calendar::local_date,
    evidence::{self, Item, State},
    ids::{AccountId, AccountLinkId, CaseId, PayeeId},
    person::{self, Payout},
};

/// Somebody who is to receive.
#[derive(Clone)]
pub struct NewPayee {
    /// Who.
    pub kind: PayeeKind,
    /// By which mandate: of spouse and child.
    pub link: Option<AccountLinkId>,
    /// His account.
    pub payout: Payout,
    /// The last day: today, or within a year, and within the mandate.
    pub until: NaiveDate,
}

/// Writes him down. Nothing is paid until a second person has said yes or no.
pub async fn propose(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (case, new): (CaseId, NewPayee),
    now: DateTime<Utc>,
) -> Result<Payee, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let mut open = reached(&tx, worker, case, now).await?;
    if store::payee::live(&tx, case).await?.is_some() {
        return Err(Refusal::Payee(NoPayee::Exists).into());
    }
    let today = local_date(now);
    let last = today.checked_add_days(Days::new(LONGEST_DAYS)).unwrap_or(today);
    if new.until < today || new.until > last || new.payout.bank.trim().is_empty() {
        return Err(Refusal::Payee(NoPayee::Terms).into());
    }
    let (link, name) = holder(&tx, &open, (new.kind, new.link), now).await?;
    if link.as_ref().and_then(|link| link.valid_to).is_some_and(|end| local_date(end) < new.until) {
        return Err(Refusal::Payee(NoPayee::Terms).into());
    }
    let id = PayeeId::new(now);
    let row = Payee {
        id,
        case_id: case,
        kind: new.kind,
        link_id: link.as_ref().map(|link| link.id),
        account_id: link.map(|link| link.account_id),
        name,
        number: cx.seal.seal(number_cell(&id.to_string()), new.payout.number.as_str())?,
        tail: new.payout.number.tail(),
        bank: new.payout.bank.trim().to_owned(),
        until: new.until,
        state: PayeeState::Proposed,
        proposed_by: worker.account().clone(),
        proposed_at: now,
        decided_by: None,
        decided_at: None,
        vouched_by: None,
        vouched_at: None,
        vouched: None,
        ended_by: None,
        ended_at: None,
    };
    let row = store::payee::insert(&tx, row).await.map_err(|error| match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => Refusal::Payee(NoPayee::Exists).into(),
        _ => AidError::Db(error),
    })?;
    let what = Happened::PayeeProposed { payee: id };
    open.note(&tx, Actor::of(worker), what, now).await?;
    open.record(&tx, cx, By::from(worker), "aid.payee_proposed", now).await?;
    tx.commit().await?;
    Ok(row)
}

/// The second person agrees, or not.
pub async fn decide(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (case, payee, agree): (CaseId, PayeeId, bool),
    now: DateTime<Utc>,
) -> Result<Payee, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let mut open = reached(&tx, worker, case, now).await?;
    let row = found(&tx, case, payee).await?;
    if row.state != PayeeState::Proposed {
        return Err(Refusal::Payee(NoPayee::NotNow).into());
    }
    if same_hand(&tx, worker, (&row.proposed_by, row.proposed_at), now).await? {
        return Err(Refusal::Payee(NoPayee::Own).into());
    }
    let state = if agree {
        holder(&tx, &open, (row.kind, row.link_id), now).await?;
        if row.until < local_date(now) {
            return Err(Refusal::Payee(NoPayee::Terms).into());
        }
        PayeeState::Approved
    } else {
        PayeeState::Refused
    };
    let row = Payee { state, decided_by: Some(worker.account().clone()), decided_at: Some(now), ..row };
    store::payee::save(&tx, row.clone()).await?;
    let what = Happened::PayeeDecided { payee, agreed: agree };
    open.note(&tx, Actor::of(worker), what, now).await?;
    let action = if agree { "aid.payee_agreed" } else { "aid.payee_refused" };
    open.record(&tx, cx, By::from(worker), action, now).await?;
    tx.commit().await?;
    Ok(row)
}

/// A third makes sure of the account, and says how. A case that came back may be paid again then.
pub async fn vouch(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (case, payee, words): (CaseId, PayeeId, &str),
    now: DateTime<Utc>,
) -> Result<Payee, AidError> {
    let words = words.trim();
    if words.is_empty() || words.chars().count() > WORDS {
        return Err(Refusal::Vouch.into());
    }
    let tx = mailbox::transaction::write(db).await?;
    let mut open = reached(&tx, worker, case, now).await?;
    let row = found(&tx, case, payee).await?;
    let (PayeeState::Approved, None) = (row.state, &row.vouched_by) else {
        return Err(Refusal::Payee(NoPayee::NotNow).into());
    };
    let second = row.decided_by.as_ref().zip(row.decided_at);
    let own = same_hand(&tx, worker, (&row.proposed_by, row.proposed_at), now).await?
        || match second {
            Some(second) => same_hand(&tx, worker, second, now).await?,
            None => false,
        };
    if own {
        return Err(Refusal::Payee(NoPayee::Own).into());
    }
    let row = Payee {
        vouched_by: Some(worker.account().clone()),
        vouched_at: Some(now),
        vouched: Some(cx.seal.seal(vouched_cell(&payee.to_string()), words)?),
        ..row
    };
    store::payee::save(&tx, row.clone()).await?;
    open.note(&tx, Actor::of(worker), Happened::PayeeVouched { payee }, now).await?;
    if matches!(open.case.status, Status::ReadyToPay | Status::Returned) {
        checked(&tx, &mut open, Actor::of(worker), now).await?;
    }
    open.record(&tx, cx, By::from(worker), "aid.payee_vouched", now).await?;
    tx.commit().await?;
    Ok(row)
}

/// Ends it: the case is paid to the person again. It takes one: nothing goes anywhere by it.
pub async fn end(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (case, payee): (CaseId, PayeeId),
    now: DateTime<Utc>,
) -> Result<Payee, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let mut open = reached(&tx, worker, case, now).await?;
    let row = found(&tx, case, payee).await?;
    if !matches!(row.state, PayeeState::Proposed | PayeeState::Approved) {
        return Err(Refusal::Payee(NoPayee::NotNow).into());
    }
    let row = Payee {
        state: PayeeState::Ended,
        ended_by: Some(worker.account().clone()),
        ended_at: Some(now),
        ..row
    };
    store::payee::save(&tx, row.clone()).await?;
    open.note(&tx, Actor::of(worker), Happened::PayeeEnded { payee }, now).await?;
    open.record(&tx, cx, By::from(worker), "aid.payee_ended", now).await?;
    tx.commit().await?;
    Ok(row)
}

/// The case of a person who lives, for whoever may touch its account; not while it is in a batch, where its line is fixed.
async fn reached(
    tx: &DatabaseTransaction,
    worker: &Worker,
    case: CaseId,
    now: DateTime<Utc>,
) -> Result<Open, AidError> {
    let open = Open::reached(tx, worker, case).await?;
    let status = open.case.status;
    if status.is_over() || matches!(status, Status::InBatch | Status::Paid) {
        return Err(Refusal::NotNow { status, step: Step::CheckAccount }.into());
    }
    open.living(tx).await?;
    open.apart(tx, worker, Part::AccountChecker, now).await?;
    Ok(open)
}

async fn found(tx: &DatabaseTransaction, case: CaseId, payee: PayeeId) -> Result<Payee, AidError> {
    let found = store::payee::find(tx, payee).await?.filter(|row| row.case_id == case);
    found.ok_or(AidError::NotFound)
}

/// Whose account it is, if he may receive for this case today: a mandate that holds, its paper, and nothing to do with the office.
async fn holder(
    tx: &DatabaseTransaction,
    open: &Open,
    (kind, link): (PayeeKind, Option<AccountLinkId>),
    now: DateTime<Utc>,
) -> Result<(Option<AccountLink>, String), AidError> {
    let counts = |paper: &evidence::Evidence| paper.item == Item::Mandate && paper.state == State::Counts;
    if kind == PayeeKind::Unit {
        let papers = evidence::store::of_case(tx, open.case.id).await?;
        if !papers.iter().any(counts) {
            return Err(Refusal::Payee(NoPayee::Paper).into());
        }
        let unit = person::store::find_unit(tx, open.case.unit_id).await?.ok_or(AidError::NotFound)?;
        return Ok((None, unit.name));
    }
    let id = link.ok_or(Refusal::Payee(NoPayee::Mandate))?;
    let link = mandate(tx, &open.case, id, now).await?.ok_or(Refusal::Payee(NoPayee::Mandate))?;
    if !evidence::store::of_mandate(tx, id).await?.iter().any(counts) {
        return Err(Refusal::Payee(NoPayee::Paper).into());
    }
    let works = !Grants::of(tx, &link.account_id, now).await?.all().is_empty();
    let played = |(part, who): (Part, &AccountId)| *who == link.account_id && part != Part::Applicant;
    if works || open.log.iter().flat_map(parts).any(played) {
        return Err(Refusal::Payee(NoPayee::OfOffice).into());
    }
    let account =
        account::store::find(tx, &link.account_id).await?.ok_or(Refusal::Payee(NoPayee::Mandate))?;
    Ok((Some(link), account.name))
}

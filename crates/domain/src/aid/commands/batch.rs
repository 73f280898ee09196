//! 制单: what is ready is put into a batch by one person. Who is left out, and why, is part of the answer.

use chrono::{DateTime, Datelike, Utc};
use ledger::Fen;
use sea_orm::{DatabaseConnection, DatabaseTransaction};
use secrecy::ExposeSecret;
use serde_json::json;

use super::{
    carry,
    controls::recount,
    death::end_cases_of_the_dead,
    emergency::above_cap,
    open::{Actor, Open},
    paid_to::{PaidTo, paid_to},
};
use crate::{
    Act, By, Context,
    aid::{
        AidError, Case, Happened, Payee, Refusal, Step, entity, number,
        payee::number_cell,
        payment::{Batch, BatchState, Payment, PaymentState, luhn, row::account_cell},
        separation::{Part, Rule},
        store,
    },
    authority::Payer,
    calendar::local_date,
    ids::{BankLayoutId, BatchId, CaseId, PaymentId, RegionCode},
    person::{self, Person, SealedColumn},
};

/// Banks take files of this many lines without asking.
const MOST: u64 = 500;

/// Why a case that is ready is not in the batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// The person has died.
    Died,
    /// The applicant wants to be called first, or the bank returned it: a worker must ask for the account.
    AccountNotChecked,
    /// There is no account on file.
    NoAccount,
    /// The account is a new one, and nobody has made sure of it yet.
    AccountIsNew,
    /// Somebody is to receive for the person, and no second person has decided about him.
    PayeeUndecided,
    /// Who received for the person does so no more, and nobody has ended it here.
    PayeeOver,
    /// 先救后补: since the word of the two, less may go ahead. An approver takes the word back, and it goes the ordinary way.
    AboveCap,
    /// 回避.
    Separation(Rule),
}

impl LeftOut {
    /// The words on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Died => "已去世",
            Self::AccountNotChecked => "账户还没有核对",
            Self::NoAccount => "没有登记账户",
            Self::AccountIsNew => "账户30天内改过，等第二个人确认",
            Self::PayeeUndecided => "代收人等第二个人审核",
            Self::PayeeOver => "代收人的委托到期了，请核对",
            Self::AboveCap => "超过先救后补现在的上限，请审批人员收回同意",
            Self::Separation(_) => "您要回避，请别的同志制单",
        }
    }
}

/// A new batch.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The batch.
    pub batch: Batch,
    /// Who is not in it.
    pub left_out: Vec<(CaseId, LeftOut)>,
}

/// Makes a batch of everything that is ready in a region, in the layout of the bank that gets it. The dead are ended first, each in a
/// transaction of its own.
pub async fn open_batch(
    db: &DatabaseConnection,
    cx: &Context,
    payer: &Payer,
    (region, layout): (&RegionCode, Option<BankLayoutId>),
    now: DateTime<Utc>,
) -> Result<Opened, AidError> {
    if !payer.covers(region) {
        return Err(AidError::NotFound);
    }
    end_cases_of_the_dead(db, cx, region, now).await?;
    let tx = mailbox::transaction::write(db).await?;
    let (mut chosen, left_out) = choose(&tx, payer, region, now).await?;
    if chosen.is_empty() {
        return Err(Refusal::NothingToPay.into());
    }
    // Envelopes in one order, so that two batches do not wait for each other.
    chosen.sort_by_key(|(open, ..)| (open.case.envelope(), open.case.id));
    let batch = insert(&tx, payer, (region, layout), now).await?;
    for ((open, person, instead), line) in chosen.iter_mut().zip(1..) {
        put_in(&tx, cx, payer, (open, person, instead.as_ref()), (batch.id, line), now).await?;
    }
    let batch = recount(&tx, cx, batch, now).await?;
    for (open, ..) in &chosen {
        open.record(&tx, cx, By::from(payer), "aid.put_in_batch", now).await?;
    }
    record(&tx, cx, payer, "aid.batch_opened", &batch, now).await?;
    tx.commit().await?;
    Ok(Opened { batch, left_out })
}

/// Who is ready and would not be in a batch that were made now, and why: for the page of whoever makes them. Changes nothing.
pub async fn left_out(
    db: &DatabaseConnection,
    payer: &Payer,
    region: &RegionCode,
    now: DateTime<Utc>,
) -> Result<Vec<(CaseId, LeftOut)>, AidError> {
    if !payer.covers(region) {
        return Err(AidError::NotFound);
    }
    let tx = mailbox::transaction::write(db).await?;
    Ok(choose(&tx, payer, region, now).await?.1)
}

/// The case, the person, and who receives for him.
type Chosen = Vec<(Open, Person, Option<Payee>)>;

async fn choose(
    tx: &DatabaseTransaction,
    payer: &Payer,
    region: &RegionCode,
    now: DateTime<Utc>,
) -> Result<(Chosen, Vec<(CaseId, LeftOut)>), AidError> {
    let (mut chosen, mut left_out) = (Vec::new(), Vec::new());
    for case in store::case::ready_locked(tx, region, MOST).await? {
        let open = Open::of(tx, case).await?;
        let person = open.person(tx).await?;
        let why = match open.apart(tx, payer, Part::Payer, now).await {
            Err(AidError::Refused(Refusal::Separation(rule))) => LeftOut::Separation(rule),
            Err(error) => return Err(error),
            Ok(()) if !person.is_alive() => LeftOut::Died,
            Ok(()) if above_cap(tx, &open.case, now).await? => LeftOut::AboveCap,
            Ok(()) => match account(tx, (&open.case, &person), now).await? {
                Ok(instead) => {
                    chosen.push((open, person, instead));
                    continue;
                }
                Err(why) => why,
            },
        };
        left_out.push((open.case.id, why));
    }
    Ok((chosen, left_out))
}

/// Is there an account to which a case may be paid today, and whose? `None`: the person's own.
async fn account(
    tx: &DatabaseTransaction,
    (case, person): (&Case, &Person),
    now: DateTime<Utc>,
) -> Result<Result<Option<Payee>, LeftOut>, AidError> {
    Ok(match paid_to(tx, case, now).await? {
        PaidTo::Payee(payee) => Ok(Some(*payee)),
        PaidTo::Undecided => Err(LeftOut::PayeeUndecided),
        PaidTo::AccountIsNew => Err(LeftOut::AccountIsNew),
        PaidTo::Over => Err(LeftOut::PayeeOver),
        PaidTo::Person if !case.account_checked => Err(LeftOut::AccountNotChecked),
        PaidTo::Person if person.payout.is_none() => Err(LeftOut::NoAccount),
        PaidTo::Person if store::account::unvouched(tx, case, now).await?.is_some() => {
            Err(LeftOut::AccountIsNew)
        }
        PaidTo::Person => Ok(None),
    })
}

async fn insert(
    tx: &DatabaseTransaction,
    payer: &Payer,
    (region, layout): (&RegionCode, Option<BankLayoutId>),
    now: DateTime<Utc>,
) -> Result<Batch, AidError> {
    let today = local_date(now);
    if let Some(id) = layout
        && !store::bank::layouts_on(tx, today).await?.iter().any(|known| known.id == id)
    {
        return Err(Refusal::NoSuchLayout.into());
    }
    let year = today.year();
    // Count, sum and hash come when the lines are in.
    let batch = Batch {
        id: BatchId::new(now),
        number: number::next(tx, number::Paper::Batch, region, year).await?,
        region: region.clone(),
        state: BatchState::Open,
        made_by: payer.account().clone(),
        confirmed_by: None,
        count: 0,
        total: Fen::ZERO,
        sha256: String::new(),
        version: 0,
        created_at: now,
        sent_at: None,
        updated_at: now,
        layout_id: layout,
    };
    Ok(store::payment::insert_batch(tx, batch).await?)
}

/// One line: the account is copied and sealed as it is now, to the holder whose name the person has, or who receives for him (domain rule:
/// the holder of the account is the person, or an approved payee with a mandate).
async fn put_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    payer: &Payer,
    (open, person, instead): (&mut Open, &Person, Option<&Payee>),
    (batch, line): (BatchId, i32),
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    let account = match instead {
        Some(instead) => cx.seal.open(number_cell(&instead.id.to_string()), &instead.number)?,
        None => person::reveal::open(cx, person, SealedColumn::Payout)?.ok_or(Refusal::NothingToPay)?,
    };
    let own = || (person.name.clone(), person.payout_tail.clone(), person.payout_bank.clone());
    let of = |instead: &Payee| (instead.name.clone(), Some(instead.tail.clone()), Some(instead.bank.clone()));
    let (holder, tail, bank) = instead.map_or_else(own, of);
    let pot = carry::pot(tx, open, now).await?;
    let (id, amount) = (PaymentId::new(now), open.case.payable());
    let payment = Payment {
        id,
        batch_id: batch,
        line,
        case_id: open.case.id,
        person_id: person.id,
        amount,
        payee: holder,
        account: cx.seal.seal(account_cell(&id.to_string()), account.expose_secret())?,
        account_tail: tail.unwrap_or_default(),
        bank: bank.unwrap_or_default(),
        state: PaymentState::Waiting,
        reason: None,
        settled_at: None,
        doubtful: !luhn(account.expose_secret()),
        budget_year: Some(pot.year),
        payee_id: instead.map(|instead| instead.id),
    };
    let what = (Step::PutInBatch, Happened::PutInBatch { batch, payment: id, amount });
    open.step(tx, Actor::of(payer), what, entity::ActiveModel::default(), now).await?;
    store::payment::insert(tx, payment).await?;
    let key = format!("aid.commit/{id}");
    ledger::commit(tx, &pot, amount, &open.case.subject(), &key, now).await?;
    Ok(())
}

/// The audit row of a batch.
pub(super) async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    payer: &Payer,
    action: &'static str,
    batch: &Batch,
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    let detail = json!({ "version": batch.version, "sha256": batch.sha256 });
    Ok(cx.record(tx, Act { by: By::from(payer), action, subject: batch.subject(), detail }, now).await?)
}

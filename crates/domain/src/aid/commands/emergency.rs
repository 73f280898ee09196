//! 先救后补: a worker asks, two approvers say yes, each with the own word, and with the second the money is reserved; then the papers come.

use chrono::{DateTime, Datelike, Utc};
use ledger::Fen;
use sea_orm::{ActiveValue::Set, DatabaseConnection, DatabaseTransaction};

use super::{
    carry,
    death::release,
    need::helped_once,
    open::{Actor, Open},
    stop,
    visit::rule_of,
};
use crate::{
    By, Context,
    aid::{
        AidError, Case, Happened, Refusal, Status, Step,
        emergency::{Emergency, EmergencyState, Reached, why_cell},
        entity, envelope,
        letters::News,
        procedure::{Limit, in_force},
        separation::Part,
        standard::Level,
        store,
        supplement::words,
    },
    authority::{Approver, Worker, substitution::same_hand},
    calendar::{Calendar, local_date},
    evidence,
    ids::{CaseId, EmergencyId},
};

/// A worker asks for money ahead of the papers. The form gives the id: sent twice, it is asked once.
pub async fn ask(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (case, id, amount, why): (CaseId, EmergencyId, Fen, &str),
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let why = words(why)?;
    let tx = mailbox::transaction::write(db).await?;
    let mut open = Open::reached(&tx, worker, case).await?;
    let known = store::emergency::of_case(&tx, case).await?;
    if known.iter().any(|known| known.id == id) {
        return Ok(open.case);
    }
    if known.iter().any(|known| known.state == EmergencyState::Asked) {
        return Err(Refusal::EmergencyAsked.into());
    }
    begins(&tx, &open).await?;
    open.apart(&tx, worker, Part::Registrar, now).await?;
    let (cap, cap_source) = cap(&tx, &open.case, now).await?;
    if !amount.is_positive() || amount > cap {
        return Err(Refusal::EmergencyCap { most: cap }.into());
    }
    let row = Emergency {
        id,
        case_id: case,
        state: EmergencyState::Asked,
        amount,
        cap,
        cap_source,
        why: cx.seal.seal(why_cell(&id.to_string()), why)?,
        asked_by: worker.account().clone(),
        asked_at: now,
        first_by: None,
        first_at: None,
        first_approves: false,
        first_via: None,
        decided_by: None,
        decided_at: None,
        decided_via: None,
        papers_until: None,
        papers_by: None,
        papers_at: None,
    };
    store::emergency::insert(&tx, row).await?;
    open.note(&tx, Actor::of(worker), Happened::EmergencyAsked { emergency: id, amount }, now).await?;
    open.record(&tx, cx, By::from(worker), "aid.emergency_asked", now).await?;
    tx.commit().await?;
    Ok(open.case)
}

/// May money go ahead here? Of a case that is new or accepted, that nobody has visited, whose person lives.
async fn begins(tx: &DatabaseTransaction, open: &Open) -> Result<(), AidError> {
    open.case.status.after(Step::Grant)?;
    if open.case.paid.is_positive() || !store::case::visits(tx, open.case.id).await?.is_empty() {
        return Err(Refusal::NotNow { status: open.case.status, step: Step::Grant }.into());
    }
    open.living(tx).await?;
    Ok(())
}

/// How much may be given ahead today: what the row of the place says, and never more than the standard gives at all.
async fn cap(tx: &DatabaseTransaction, case: &Case, now: DateTime<Utc>) -> Result<(Fen, String), AidError> {
    let rows = store::procedure::all(tx).await?;
    let set = in_force(&rows, Limit::EmergencyCap, &case.region, local_date(now));
    let set = set.ok_or(Refusal::NoProcedure(Limit::EmergencyCap))?;
    let most = rule_of(tx, case, now).await?.most.value;
    Ok((Fen::yuan(i64::from(set.value)).min(most), set.row.source.clone()))
}

/// Is more bound for a case whose money is about to go ahead than may go today? Without a row nothing may.
pub(super) async fn above_cap(
    tx: &DatabaseTransaction,
    case: &Case,
    now: DateTime<Utc>,
) -> Result<bool, AidError> {
    if case.status != Status::Urgent {
        return Ok(false);
    }
    match cap(tx, case, now).await {
        Ok((most, _)) => Ok(case.payable() > most),
        Err(AidError::Refused(_)) => Ok(true),
        Err(error) => Err(error),
    }
}

/// A word of one of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Yes, or no.
    pub yes: bool,
    /// How whoever says it was reached.
    pub reached: Reached,
}

/// An approver of the place who stands high enough and had no part in the case says yes or no. The second yes, which is another one's, decides. A
/// no ends it, and the case goes the ordinary way; also later, as long as the money is in no batch.
pub async fn speak(
    db: &DatabaseConnection,
    cx: &Context,
    approver: &Approver,
    (id, word): (EmergencyId, Word),
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let case = store::emergency::find(&tx, id).await?.ok_or(AidError::NotFound)?.case_id;
    stop::lock_household(&tx, case, now).await?;
    let mut open = Open::reached(&tx, approver, case).await?;
    let row = store::emergency::find(&tx, id).await?.ok_or(AidError::NotFound)?;
    let takes_back = !word.yes && row.state == EmergencyState::Granted;
    if row.state != EmergencyState::Asked && !takes_back {
        return Err(Refusal::Stale.into());
    }
    if !takes_back {
        begins(&tx, &open).await?;
    }
    open.apart(&tx, approver, Part::Approver, now).await?;
    let needed = rule_of(&tx, &open.case, now).await?.level(row.amount);
    if Level::of_reach(approver.reach()) < needed {
        return Err(Refusal::NotHighEnough(needed).into());
    }
    let decided = |state| Emergency {
        state,
        decided_by: Some(approver.account().clone()),
        decided_at: Some(now),
        decided_via: Some(word.reached),
        ..row.clone()
    };
    let actor = Actor::of(approver);
    // A first word from before both had to be an approver's does not count.
    let first = row.first_by.as_ref().zip(row.first_at).filter(|_| row.first_approves);
    let action = match first {
        _ if takes_back => {
            take_back(&tx, &mut open, (actor, decided(EmergencyState::Refused)), now).await?;
            "aid.emergency_taken_back"
        }
        _ if !word.yes => {
            store::emergency::save(&tx, decided(EmergencyState::Refused)).await?;
            open.note(&tx, actor, Happened::EmergencyRefused { emergency: id }, now).await?;
            "aid.emergency_refused"
        }
        Some(first) => {
            if same_hand(&tx, approver, first, now).await? {
                return Err(Refusal::SecondWord.into());
            }
            grant(&tx, &mut open, (actor, decided(EmergencyState::Granted)), now).await?;
            "aid.emergency_granted"
        }
        None => {
            let spoken = Emergency {
                first_by: Some(approver.account().clone()),
                first_at: Some(now),
                first_approves: true,
                first_via: Some(word.reached),
                ..row.clone()
            };
            store::emergency::save(&tx, spoken).await?;
            open.note(&tx, actor, Happened::EmergencyBacked { emergency: id }, now).await?;
            "aid.emergency_backed"
        }
    };
    open.record(&tx, cx, By::from(approver), action, now).await?;
    tx.commit().await?;
    Ok(open.case)
}

/// What was bound is free again, and the case is with whoever has it or asked for the money.
async fn take_back(
    tx: &DatabaseTransaction,
    open: &mut Open,
    (actor, row): (Actor<'_>, Emergency),
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    open.case.status.after(Step::TakeBack)?;
    let released = release(tx, open, "taken_back", now).await?;
    let worker = open.case.worker.clone().unwrap_or_else(|| row.asked_by.clone());
    let change = entity::ActiveModel { worker: Set(Some(worker)), ..open.case.unapproved() };
    let what = Happened::EmergencyTakenBack { emergency: row.id, released };
    open.step(tx, actor, (Step::TakeBack, what), change, now).await?;
    let id = row.id;
    store::emergency::save(tx, Emergency { papers_until: None, ..row }).await?;
    open.tell(tx, News::TakenBack { emergency: id }, now).await
}

/// What stops money from going twice stops it here, too; what was declared elsewhere is looked into with the papers. The cap is that of
/// today, whatever it was when it was asked for.
async fn grant(
    tx: &DatabaseTransaction,
    open: &mut Open,
    (actor, row): (Actor<'_>, Emergency),
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    let (today, amount) = (local_date(now), row.amount);
    // Without a standard nothing is given, ahead of the papers neither.
    let (most, _) = cap(tx, &open.case, now).await?;
    if amount > most {
        return Err(Refusal::EmergencyCap { most }.into());
    }
    helped_once(tx, &open.case, now).await?;
    stop::household(tx, (&open.case, amount), now).await?;
    let days = store::procedure::limits(tx, &open.case.region).await?.value(Limit::Papers, today);
    let days = days.ok_or(Refusal::NoProcedure(Limit::Papers))?;
    let papers_until = Calendar::load(tx).await?.add_working_days(today, days);

    let pot = ledger::open_from(tx, &envelope(&open.case.region, today.year(), open.case.category)).await?;
    let year = pot.year;
    let key = format!("aid.emergency/{}", row.id);
    carry::reserve(tx, &pot, amount, (&open.case.subject(), &key), now).await?;
    let change = entity::ActiveModel {
        approved: Set(Some(amount)),
        budget_year: Set(Some(year)),
        ..Default::default()
    };
    let what = Happened::EmergencyGranted { emergency: row.id, amount, year, papers_until };
    open.step(tx, actor, (Step::Grant, what), change, now).await?;
    store::emergency::save(tx, Emergency { papers_until: Some(papers_until), ..row }).await?;
    open.tell(tx, News::Granted { emergency: Some(row.id) }, now).await
}

/// A worker writes down that the papers have come. At least one of them is in the file. From here on the case goes the ordinary way.
pub async fn papers_came(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    case: CaseId,
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let mut open = Open::reached(&tx, worker, case).await?;
    open.living(&tx).await?;
    open.case.status.after(Step::BringPapers)?;
    open.apart(&tx, worker, Part::Registrar, now).await?;
    let papers = evidence::store::of_case(&tx, case).await?;
    if papers.iter().all(|paper| paper.state == evidence::State::Void) {
        return Err(Refusal::NoPapers.into());
    }
    let row = granted(&tx, case).await?;
    let takes = open.case.worker.is_none().then(|| Set(Some(worker.account().clone())));
    let change = entity::ActiveModel { worker: takes.unwrap_or_default(), ..Default::default() };
    let what = Happened::PapersCame { emergency: row.id };
    open.step(&tx, Actor::of(worker), (Step::BringPapers, what), change, now).await?;
    let row = Emergency { papers_by: Some(worker.account().clone()), papers_at: Some(now), ..row };
    store::emergency::save(&tx, row).await?;
    open.tell(&tx, News::Accepted, now).await?;
    open.record(&tx, cx, By::from(worker), "aid.emergency_papers", now).await?;
    tx.commit().await?;
    Ok(open.case)
}

/// The ordinary way has ended, and of what was paid ahead nothing is left to pay: it is confirmed.
pub(super) async fn confirm(
    tx: &DatabaseTransaction,
    open: &mut Open,
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    let row = granted(tx, open.case.id).await?;
    let what = (Step::Confirm, Happened::Confirmed { emergency: row.id });
    open.step(tx, Actor::SYSTEM, what, entity::ActiveModel::default(), now).await?;
    open.tell(tx, News::Confirmed, now).await
}

async fn granted(tx: &DatabaseTransaction, case: CaseId) -> Result<Emergency, AidError> {
    let all = store::emergency::of_case(tx, case).await?;
    all.into_iter().rfind(|row| row.state == EmergencyState::Granted).ok_or(AidError::NotFound)
}

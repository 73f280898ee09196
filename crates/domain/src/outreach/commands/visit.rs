//! Somebody was there.

use chrono::{DateTime, NaiveDate, Utc};
use ledger::Fen;
use sea_orm::{DatabaseConnection, DatabaseTransaction, SqlErr};
use serde_json::json;

use super::{
    someone::{covered, not_ahead},
    stay, stock,
};
use crate::{
    Act, By, Context,
    authority::Worker,
    calendar::local_date,
    ids::{AccountId, OutreachEntryId, OutreachItemId, OutreachVisitId},
    outreach::{
        Entry, EntryState, Moved, Outcome, OutreachError, Plan, PlanState, Refusal, Visit, store,
        visit::said_cell,
    },
    person,
};

/// The longest that is written down of what somebody said.
pub const LONGEST: usize = 500;

/// A visit to be written down.
#[derive(Clone, PartialEq, Eq)]
pub struct NewVisit {
    /// The form's.
    pub id: OutreachVisitId,
    /// On which day.
    pub on: NaiveDate,
    /// How it went.
    pub outcome: Outcome,
    /// Who else was there.
    pub second: Option<AccountId>,
    /// What was given.
    pub cash: Fen,
    /// Which item of those in the visitor's hands.
    pub item: Option<OutreachItemId>,
    /// Has the person signed on paper?
    pub signed: bool,
    /// 诉求; may be empty.
    pub said: String,
    /// When somebody comes again.
    pub next_on: Option<NaiveDate>,
}

/// Writes a visit down. The same form twice is one visit. Of somebody in hospital the stay is noted, so that somebody goes there; of a death
/// nothing but that it was heard: it is recorded on the person's own page.
pub async fn record_visit(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (id, new): (OutreachEntryId, NewVisit),
    now: DateTime<Utc>,
) -> Result<Visit, OutreachError> {
    let tx = mailbox::transaction::write(db).await?;
    let found = store::entry::find(&tx, id).await?.ok_or(OutreachError::NotFound)?;
    covered(&tx, worker, found.person_id).await?;
    // Person, plan, entry: in this order everywhere.
    let person = person::store::find_locked(&tx, found.person_id).await?.ok_or(OutreachError::NotFound)?;
    let plan = store::plan::locked(&tx, found.plan_id).await?.ok_or(OutreachError::NotFound)?;
    if let Some(same) = store::visit::find(&tx, new.id).await? {
        return if same.entry_id == id { Ok(same) } else { Err(OutreachError::NotFound) };
    }
    let entry = store::entry::locked(&tx, id).await?.ok_or(OutreachError::NotFound)?;
    if !person.is_alive() || entry.state == EntryState::Died {
        return Err(Refusal::Dead.into());
    }
    if plan.state != PlanState::Approved || entry.state != EntryState::Listed {
        return Err(Refusal::NotNow.into());
    }
    fits(&tx, worker, (&plan, &entry, &new), now).await?;
    let visit = written(cx, worker, (id, &new), now)?;
    let visit = store::visit::insert(&tx, visit).await.map_err(|error| match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => Refusal::NotNow.into(),
        _ => OutreachError::Db(error),
    })?;
    if let Some(item) = visit.item_id {
        let moved = (Moved::Given, 1, Some(worker.account()));
        stock::moves(&tx, (item, moved), (worker.account(), Some(visit.id)), now).await?;
    }
    if visit.outcome == Outcome::InHospital && store::stay::open_of(&tx, person.id).await?.is_none() {
        stay::begin(&tx, (person.id, new.on), worker.account(), now).await?;
    }
    let state = match visit.outcome {
        Outcome::Given => EntryState::Given,
        Outcome::Declined => EntryState::Declined,
        Outcome::Away | Outcome::InHospital | Outcome::Died => EntryState::Listed,
    };
    let tries = entry.tries + 1;
    let entry = Entry { state, tries, written_by: worker.account().clone(), updated_at: now, ..entry };
    store::entry::save(&tx, entry).await?;
    let act = Act {
        by: By::from(worker),
        action: "outreach.visited",
        subject: format!("person/{}", person.id),
        detail: json!({ "plan": plan.id, "visit": visit.id, "outcome": visit.outcome.code() }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(visit)
}

async fn fits(
    tx: &DatabaseTransaction,
    worker: &Worker,
    (plan, entry, new): (&Plan, &Entry, &NewVisit),
    now: DateTime<Utc>,
) -> Result<(), OutreachError> {
    not_ahead(new.on, now)?;
    if plan.decided_at.is_some_and(|at| new.on < local_date(at)) {
        return Err(Refusal::Day.into());
    }
    if new.said.chars().count() > LONGEST {
        return Err(Refusal::Words.into());
    }
    let gives = new.cash != Fen::ZERO || new.item.is_some();
    if new.cash.fen() < 0 || new.cash > entry.cash || (gives && new.outcome != Outcome::Given) {
        return Err(Refusal::TooMuch.into());
    }
    if let Some(item) = new.item {
        let item = store::stock::item(tx, item).await?.ok_or(OutreachError::NotFound)?;
        if item.value > entry.item_value {
            return Err(Refusal::TooMuch.into());
        }
    }
    let second = match &new.second {
        Some(second) if second == worker.account() => return Err(Refusal::Second.into()),
        Some(second) => {
            let place = person::store::place_of(tx, entry.person_id).await?.ok_or(OutreachError::NotFound)?;
            Worker::prove(tx, second, place, now).await?.ok_or(Refusal::Second)?;
            true
        }
        None => false,
    };
    if new.outcome == Outcome::Given && entry.visitors > 1 && !second {
        return Err(Refusal::Second.into());
    }
    Ok(())
}

fn written(
    cx: &Context,
    worker: &Worker,
    (entry_id, new): (OutreachEntryId, &NewVisit),
    now: DateTime<Utc>,
) -> Result<Visit, OutreachError> {
    let said = new.said.trim();
    let sealed =
        if said.is_empty() { None } else { Some(cx.seal.seal(said_cell(&new.id.to_string()), said)?) };
    Ok(Visit {
        id: new.id,
        entry_id,
        on_day: new.on,
        outcome: new.outcome,
        lead: worker.account().clone(),
        second: new.second.clone(),
        cash: new.cash,
        item_id: new.item,
        signed: new.signed && new.outcome == Outcome::Given,
        received_at: None,
        received_by: None,
        said: sealed,
        answer: None,
        answered_by: None,
        answered_at: None,
        next_on: new.next_on,
        recorded_by: worker.account().clone(),
        recorded_at: now,
    })
}

//! One, locked and loaded with its steps, and what every command does with it.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{DatabaseTransaction, DbErr};
use serde_json::json;
use uuid::{Builder, Uuid};

use crate::{
    Act, By, Context,
    account::{self, mandate::Matter},
    aid::{self, procedure::Limit},
    authority::{self, Role, Worker},
    calendar::{Calendar, local_date},
    grievance::{
        Act as Deed, Grievance, GrievanceError, Outcome, Step, What, letters::Letter, named::names, reach,
        status::Status, step::words_cell, store,
    },
    ids::{AccountId, GrievanceId, GrievanceStepId, RegionCode},
    letters, person,
};

/// One whose row is locked.
pub(super) struct Open {
    pub(super) row: Grievance,
    pub(super) steps: Vec<Step>,
}

/// A step to be.
pub(super) struct Entry<'a> {
    pub(super) what: What,
    pub(super) actor: Option<&'a AccountId>,
    pub(super) whom: Option<&'a AccountId>,
    pub(super) until: Option<NaiveDate>,
    pub(super) outcome: Option<Outcome>,
    pub(super) words: Option<&'a str>,
    pub(super) held: bool,
}

impl Entry<'_> {
    pub(super) const fn of(what: What) -> Self {
        Self { what, actor: None, whom: None, until: None, outcome: None, words: None, held: false }
    }
}

/// An id in which no moment is, nor the place in the row of ids that this process has made.
pub(super) fn without_time() -> Uuid {
    Builder::from_random_bytes(rand::random()).into_uuid()
}

/// The last day for an answer that is asked on a day.
pub(super) async fn due_on(
    tx: &DatabaseTransaction,
    (limit, region): (Limit, &RegionCode),
    (today, from): (NaiveDate, NaiveDate),
) -> Result<Option<NaiveDate>, DbErr> {
    let days = aid::store::procedure::limits(tx, region).await?.value(limit, today);
    let Some(days) = days else { return Ok(None) };
    Ok(Some(Calendar::load(tx).await?.add_working_days(from, days)))
}

impl Open {
    /// Locks and loads.
    pub(super) async fn lock(tx: &DatabaseTransaction, id: GrievanceId) -> Result<Self, GrievanceError> {
        let row = store::locked(tx, id).await?.ok_or(GrievanceError::NotFound)?;
        let steps = store::steps(tx, id).await?;
        Ok(Self { row, steps })
    }

    /// The same for a worker. Whoever may not know of it is told that there is none.
    pub(super) async fn reached(
        tx: &DatabaseTransaction,
        worker: &Worker,
        id: GrievanceId,
        now: DateTime<Utc>,
    ) -> Result<Self, GrievanceError> {
        let open = Self::lock(tx, id).await?;
        if open.row.status == Status::Dropped
            || !worker.covers(open.row.place())
            || reach::is_guarded(tx, &open.row).await?
        {
            return Err(GrievanceError::NotFound);
        }
        let who = (worker.account(), worker.stands_for());
        match reach::bar(tx, (&open.row, &open.steps), who, now).await? {
            Some(bar) if bar.hides() => Err(GrievanceError::NotFound),
            _ => Ok(open),
        }
    }

    /// Takes a step: the status by the pure rule.
    pub(super) fn take(&mut self, deed: Deed) -> Result<(), GrievanceError> {
        self.row.status = self.row.status.after(deed)?;
        Ok(())
    }

    /// Writes what happened.
    pub(super) async fn note(
        &mut self,
        tx: &DatabaseTransaction,
        cx: &Context,
        entry: Entry<'_>,
        now: DateTime<Utc>,
    ) -> Result<GrievanceStepId, GrievanceError> {
        let id = if self.row.is_nameless() {
            GrievanceStepId::from_uuid(without_time())
        } else {
            GrievanceStepId::new(now)
        };
        let words = match entry.words {
            Some(words) => Some(cx.seal.seal(words_cell(&id.to_string()), words)?),
            None => None,
        };
        let step = Step {
            id,
            grievance_id: self.row.id,
            seq: self.steps.last().map_or(0, |last| last.seq) + 1,
            what: entry.what,
            actor: entry.actor.cloned(),
            whom: entry.whom.cloned(),
            on_day: local_date(now),
            until: entry.until,
            outcome: entry.outcome,
            words,
            held: entry.held,
        };
        store::append(tx, step.clone()).await?;
        self.steps.push(step);
        Ok(id)
    }

    /// Marks whoever might answer it and is named in a text.
    pub(super) async fn mark_named(
        &mut self,
        tx: &DatabaseTransaction,
        cx: &Context,
        text: &str,
        now: DateTime<Utc>,
    ) -> Result<(), GrievanceError> {
        for account in authority::store::holders(tx, Role::Worker, &self.row.place(), now).await? {
            let Some(login) = account::store::find(tx, &account).await? else { continue };
            if names(text, &login.name) && !self.is_named(&account) {
                self.note(tx, cx, Entry { whom: Some(&account), ..Entry::of(What::Named) }, now).await?;
            }
        }
        Ok(())
    }

    pub(super) fn is_named(&self, account: &AccountId) -> bool {
        self.steps.iter().any(|step| step.what == What::Named && step.whom.as_ref() == Some(account))
    }

    /// Whoever has it and may not answer it (any more) gives it back; where nobody of the level may, the next one above has it. Then the row
    /// is written.
    pub(super) async fn settle(
        &mut self,
        tx: &DatabaseTransaction,
        cx: &Context,
        now: DateTime<Utc>,
    ) -> Result<(), GrievanceError> {
        if self.row.status.is_open() {
            let able = reach::able(tx, (&self.row, &self.steps), now).await?;
            let has = self.row.assigned_to.as_ref();
            if self.row.status == Status::Assigned && !able.iter().any(|(one, _)| Some(one) == has) {
                self.take(Deed::Free)?;
                self.row.assigned_to = None;
            }
            let level = reach::settled(self.row.level, &able);
            if level > self.row.level {
                self.note(tx, cx, Entry::of(What::Raised), now).await?;
                self.row.level = level;
            }
        }
        self.save(tx).await
    }

    /// Writes the row.
    pub(super) async fn save(&mut self, tx: &DatabaseTransaction) -> Result<(), GrievanceError> {
        self.row = store::save(tx, self.row.clone()).await?;
        Ok(())
    }

    /// Tells whoever said it under his name, and whoever said it for him and still may. The dead are told nothing.
    pub(super) async fn tell(
        &self,
        tx: &DatabaseTransaction,
        step: GrievanceStepId,
        now: DateTime<Utc>,
    ) -> Result<(), GrievanceError> {
        let Some(person) = self.row.person_id else { return Ok(()) };
        if !person::store::find(tx, person).await?.is_some_and(|person| person.is_alive()) {
            return Ok(());
        }
        let mut whom: Vec<AccountId> =
            account::store::of_person(tx, person).await?.map(|login| login.id).into_iter().collect();
        if let Some(filed) = self.row.filed_by.as_ref().filter(|_| !self.row.by_hand)
            && !whom.contains(filed)
            && account::store::mandate_in(tx, filed, (person, Matter::Aid), now).await?.is_some()
        {
            whom.push(filed.clone());
        }
        for account in whom {
            let letter = letters::Letter::Grievance(Letter::News { account: account.clone(), step });
            letters::post(tx, &letter, Some(&account), now, now).await?;
        }
        Ok(())
    }

    /// The audit row: always last.
    pub(super) async fn record(
        &self,
        tx: &DatabaseTransaction,
        cx: &Context,
        (by, action): (By<'_>, &'static str),
        now: DateTime<Utc>,
    ) -> Result<(), GrievanceError> {
        let detail = json!({ "step": self.steps.last().map_or(0, |last| last.seq) });
        Ok(cx.record(tx, Act { by, action, subject: self.row.subject(), detail }, now).await?)
    }
}

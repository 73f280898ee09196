//! A case, locked and loaded with its log, and the one way to move it.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, DatabaseTransaction};
use serde_json::json;

use crate::{
    Act, By, Context,
    account::{self, mandate::Matter},
    aid::{
        AidError, Case, CaseEvent, Happened, Refusal, Step,
        clock::{Clock, Kept, clocks},
        entity, excused,
        letters::{Letter, News},
        procedure::Limit,
        separation::{self, Part, Rule},
        store,
    },
    authority::{Held, Myself, Proof},
    calendar::{Calendar, local_date},
    ids::{AccountId, AppealId, CaseEventId, CaseId, ClockId},
    letters,
    person::{self, Person},
};

/// Who acts, for the log and for the audit row.
#[derive(Clone, Copy)]
pub(in crate::aid) struct Actor<'a> {
    /// The login; `None` for the platform and the system.
    pub(in crate::aid) account: Option<&'a AccountId>,
    /// For whom it stands in.
    pub(in crate::aid) stands_for: Option<&'a AccountId>,
    /// In what capacity.
    pub(in crate::aid) by: By<'a>,
}

impl<'a> Actor<'a> {
    /// The calendar, a job.
    pub(in crate::aid) const SYSTEM: Actor<'static> =
        Actor { account: None, stands_for: None, by: By::SYSTEM };
    /// The workplace platform.
    pub(in crate::aid) const PLATFORM: Actor<'static> =
        Actor { account: None, stands_for: None, by: By::PLATFORM };

    /// Somebody in a role.
    pub(in crate::aid) fn of<R: Held>(proof: &'a Proof<R>) -> Self {
        Self { account: Some(proof.account()), stands_for: proof.stands_for(), by: By::from(proof) }
    }

    /// The applicant, or who acts for him.
    pub(in crate::aid) fn myself(myself: &'a Myself) -> Self {
        Self { account: Some(myself.account()), stands_for: None, by: By::from(myself) }
    }
}

/// A case whose row is locked.
pub(in crate::aid) struct Open {
    pub(in crate::aid) case: Case,
    pub(in crate::aid) log: Vec<CaseEvent>,
}

impl Open {
    /// Locks and loads.
    pub(in crate::aid) async fn lock(tx: &DatabaseTransaction, id: CaseId) -> Result<Self, AidError> {
        let case = store::case::locked(tx, id).await?.ok_or(AidError::NotFound)?;
        Self::of(tx, case).await
    }

    /// Locks and loads, if the proof reaches the case. Who may not know of it is told that there is none.
    pub(in crate::aid) async fn reached<R: Held>(
        tx: &DatabaseTransaction,
        proof: &Proof<R>,
        id: CaseId,
    ) -> Result<Self, AidError> {
        let open = Self::lock(tx, id).await?;
        let guarded = person::leader::store::of_person(tx, open.case.person_id).await?.is_some();
        if proof.covers(open.case.place()) && !guarded { Ok(open) } else { Err(AidError::NotFound) }
    }

    /// Loads the log of a case that is locked.
    pub(in crate::aid) async fn of(tx: &DatabaseTransaction, case: Case) -> Result<Self, AidError> {
        let log = store::case::log(tx, case.id).await?;
        Ok(Self { case, log })
    }

    /// The person, who may have died.
    pub(in crate::aid) async fn person(&self, tx: &DatabaseTransaction) -> Result<Person, AidError> {
        person::store::find(tx, self.case.person_id).await?.ok_or(AidError::NotFound)
    }

    /// The person, who lives.
    pub(in crate::aid) async fn living(&self, tx: &DatabaseTransaction) -> Result<Person, AidError> {
        let person = self.person(tx).await?;
        if person.is_alive() { Ok(person) } else { Err(Refusal::Dead.into()) }
    }

    /// 回避: may whoever holds the proof play this part in this case? A substitute is excluded from what those are excluded from for
    /// whom he stands in these days, and declared relations count like the applicant's side.
    pub(in crate::aid) async fn apart<R: Held>(
        &self,
        tx: &DatabaseTransaction,
        proof: &Proof<R>,
        part: Part,
        now: DateTime<Utc>,
    ) -> Result<(), AidError> {
        let hands = excused::hands(tx, (proof.account(), proof.stands_for()), now).await?;
        let party = self.party(tx, now).await?;
        for hand in &hands {
            separation::check(&self.log, &party, hand, part)?;
        }
        if Part::AccountWriter.excludes(part) {
            let wrote = store::account::written_by(tx, self.case.person_id).await?;
            if hands.iter().any(|hand| wrote.contains(hand)) {
                return Err(Refusal::Separation(Rule { did: Part::AccountWriter, wants: part }).into());
            }
        }
        if excused::is_close(tx, &hands, self.case.person_id, local_date(now)).await? {
            return Err(Refusal::Separation(Rule { did: Part::Relative, wants: part }).into());
        }
        Ok(())
    }

    /// The logins on the applicant's side.
    pub(in crate::aid) async fn party(
        &self,
        tx: &DatabaseTransaction,
        now: DateTime<Utc>,
    ) -> Result<Vec<AccountId>, AidError> {
        let asked = Some(&self.case.applicant).filter(|login| self.case.is_applicant(login));
        let mut party: Vec<AccountId> = asked.cloned().into_iter().collect();
        party.extend(account::store::of_person(tx, self.case.person_id).await?.map(|account| account.id));
        let proxies = account::store::proxies_of(tx, self.case.person_id, now).await?;
        party.extend(proxies.into_iter().map(|link| link.account_id));
        Ok(party)
    }

    /// Takes a step: the status by the pure rule, the columns that change with it, and the log.
    pub(in crate::aid) async fn step(
        &mut self,
        tx: &DatabaseTransaction,
        actor: Actor<'_>,
        (step, what): (Step, Happened),
        mut change: entity::ActiveModel,
        now: DateTime<Utc>,
    ) -> Result<(), AidError> {
        let (was, next) = (self.case.status, self.case.status.after(step)?);
        if next != was {
            change.status_at = Set(now);
        }
        change.status = Set(next);
        self.amend(tx, actor, what, change, now).await?;
        if next != was && Limit::of(was).is_some() { self.stop_clocks(tx, now).await } else { Ok(()) }
    }

    /// Writes down what the steps took that have just ended: a calendar that changes later does not change that.
    async fn stop_clocks(&self, tx: &DatabaseTransaction, now: DateTime<Utc>) -> Result<(), AidError> {
        let Some((last, before)) = self.log.split_last() else { return Ok(()) };
        let (calendar, today) = (Calendar::load(tx).await?, local_date(last.at));
        let limits = store::procedure::limits(tx, &self.case.region).await?;
        let of = |log: &[CaseEvent]| clocks(log, &calendar, |limit, on| limits.value(limit, on), today);
        let had_ended = of(before);
        let ended_before =
            |clock: &Clock| had_ended.iter().any(|was| was.since == clock.since && was.ended_on.is_some());
        for clock in of(&self.log).into_iter().filter(|clock| !ended_before(clock)) {
            if let Some(row) = Kept::of(ClockId::new(now), (self.case.id, &self.case.region), &clock) {
                store::clock::keep(tx, row).await?;
            }
        }
        Ok(())
    }

    /// How an approval is told: the second one of a case, after an appeal, is another piece of news.
    pub(in crate::aid) fn approved(&self) -> News {
        self.upheld().map_or(News::Approved, |appeal| News::ApprovedAgain { appeal })
    }

    /// The same of a refusal.
    pub(in crate::aid) fn refused(&self) -> News {
        self.upheld().map_or(News::Refused, |appeal| News::RefusedAgain { appeal })
    }

    /// The last appeal that was right.
    fn upheld(&self) -> Option<AppealId> {
        self.log.iter().rev().find_map(|entry| match entry.what {
            Happened::AppealUpheld { appeal, .. } => Some(appeal),
            _ => None,
        })
    }

    /// Changes columns of the row where it stands, and writes the log.
    pub(in crate::aid) async fn amend(
        &mut self,
        tx: &DatabaseTransaction,
        actor: Actor<'_>,
        what: Happened,
        mut change: entity::ActiveModel,
        now: DateTime<Utc>,
    ) -> Result<(), AidError> {
        change.version = Set(self.case.version + 1);
        change.updated_at = Set(now);
        if !store::case::update(tx, &self.case, change).await? {
            return Err(Refusal::Stale.into());
        }
        self.case = store::case::find(tx, self.case.id).await?.ok_or(AidError::NotFound)?;
        self.note(tx, actor, what, now).await
    }

    /// Writes the log without taking a step.
    pub(in crate::aid) async fn note(
        &mut self,
        tx: &DatabaseTransaction,
        actor: Actor<'_>,
        what: Happened,
        now: DateTime<Utc>,
    ) -> Result<(), AidError> {
        let entry = CaseEvent {
            id: CaseEventId::new(now),
            case_id: self.case.id,
            seq: self.seq() + 1,
            actor: actor.account.cloned(),
            role: actor.by.role().to_owned(),
            what,
            at: now,
            stands_for: actor.stands_for.cloned(),
        };
        store::case::append(tx, entry.clone()).await?;
        self.log.push(entry);
        Ok(())
    }

    fn seq(&self) -> i32 {
        self.log.last().map_or(0, |last| last.seq)
    }

    /// Tells the person, and the applicant as long as he may act for the person, each once. The dead are told nothing, and nobody is told about them by a robot.
    pub(in crate::aid) async fn tell(
        &self,
        tx: &DatabaseTransaction,
        news: News,
        now: DateTime<Utc>,
    ) -> Result<(), AidError> {
        if !self.person(tx).await?.is_alive() {
            return Ok(());
        }
        let own = account::store::of_person(tx, self.case.person_id).await?.map(|account| account.id);
        // Of what a worker entered, the person is told; the worker knows.
        let asked = &self.case.applicant;
        // Also one that has left the platform: whoever is told finds another way to him.
        let is_own = account::store::find(tx, asked)
            .await?
            .is_some_and(|it| it.person_id == Some(self.case.person_id));
        let mandate = (self.case.person_id, Matter::Aid);
        let may = is_own || account::store::mandate_in(tx, asked, mandate, now).await?.is_some();
        let asked = Some(asked).filter(|login| may && self.case.is_applicant(login)).cloned();
        let also = own.filter(|own| Some(own) != asked.as_ref());
        for account in [asked, also].into_iter().flatten() {
            let letter = Letter::Told { case: self.case.id, account: account.clone(), news };
            letters::post(tx, &letters::Letter::Aid(letter), Some(&account), now, now).await?;
        }
        Ok(())
    }

    /// Asks the platform for something. `false`: it was asked before.
    pub(in crate::aid) async fn ask(
        &self,
        tx: &DatabaseTransaction,
        letter: Letter,
        now: DateTime<Utc>,
    ) -> Result<bool, AidError> {
        Ok(letters::post(tx, &letters::Letter::Aid(letter), None, now, now).await?)
    }

    /// The audit row: always last.
    pub(in crate::aid) async fn record(
        &self,
        tx: &DatabaseTransaction,
        cx: &Context,
        by: By<'_>,
        action: &'static str,
        now: DateTime<Utc>,
    ) -> Result<(), AidError> {
        let detail = json!({ "event": self.seq() });
        Ok(cx.record(tx, Act { by, action, subject: self.case.subject(), detail }, now).await?)
    }
}

//! What somebody tries with a case.

use domain::{
    aid::{
        AidError, Decision,
        clawback::{Cause, ClawbackState, Loss},
        closing::Reason,
        commands::{
            accept::accept,
            appeal::{file, judge},
            approval::{approval_created, approval_sending, submit_for_approval},
            batch::open_batch,
            clawback::{NewClawback, decide as judge_claim, propose, receive},
            confirm::{confirm_batch, mark_sent},
            day_check::check_day,
            decide::{Verdict, approval_decided_in, reserve_again},
            decline::{decline, fail, send_back},
            emergency::{self, Word},
            evidence::{NewPaper, add},
            give_up::give_up,
            notice::{close_due_notices, publish_notice},
            objection::{object, resolve},
            receipt::say,
            review::close,
            settle::{account_checked, payment_result},
            submit::submit,
            visit::record_visit,
            withdraw::withdraw,
            write_off::{self, NewWriteOff},
        },
        emergency::{EmergencyState, Reached},
        payment::{BankResult, BatchState, ReturnReason},
        public_notice::Outcome,
        ruling::Ground,
        store,
    },
    authority::Myself,
    calendar::local_date,
    evidence::{EvidenceError, Files, Item, Source},
    ids::{AppealId, CaseId, ClawbackId, EmergencyId, EvidenceId, InstalmentId, ObjectionId, WriteOffId},
    person::death::record_death,
};
use ledger::Fen;
use sea_orm::EnumIter;

use super::{CATEGORIES, MORE, Walk};
use crate::{
    aid::{
        evidence::sent,
        office::{COUNTY, Office},
    },
    cast::{region, write},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, EnumIter)]
pub(super) enum Act {
    Ask,
    AskAhead,
    Speak,
    BringPapers,
    Accept,
    Decline,
    Visit,
    SendBack,
    Fail,
    AskApproval,
    Decide,
    ReserveAgain,
    Withdraw,
    GiveUp,
    Publish,
    Object,
    Resolve,
    CloseNotices,
    OpenBatch,
    Confirm,
    CheckDay,
    Send,
    Answer,
    CheckAccount,
    Say,
    Claim,
    JudgeClaim,
    Receive,
    WriteOff,
    JudgeWriteOff,
    Close,
    Appeal,
    JudgeAppeal,
    Die,
    Give,
}

impl Act {
    pub(super) fn cannot_be_refused(self) -> bool {
        matches!(self, Self::CloseNotices | Self::Give | Self::Die)
    }
}

const WHY: &str = "情况说明";

impl Walk<'_> {
    pub(super) async fn tries(&self, act: Act, case: Option<CaseId>) -> Result<(), AidError> {
        match (act, case) {
            (Act::Ask, _) => self.asks().await,
            (Act::CloseNotices, _) => {
                close_due_notices(self.office.db, &self.office.cx, self.now.get()).await.map(drop)
            }
            (Act::OpenBatch, _) => self.opens_a_batch().await,
            (Act::Confirm | Act::CheckDay | Act::Send, _) => self.passes_a_batch_on(act).await,
            (Act::Die, _) => self.dies().await,
            (Act::Give, _) => {
                self.gives(*self.one(&CATEGORIES), MORE).await;
                Ok(())
            }
            (_, Some(case)) => self.tries_with(act, case).await,
            (_, None) => unreachable!("{act:?} is of a case"),
        }
    }

    async fn tries_with(&self, act: Act, case: CaseId) -> Result<(), AidError> {
        let (db, cx, now, desk) = (self.office.db, &self.office.cx, self.now.get(), self.desk());
        let done = match act {
            Act::Accept => accept(db, cx, &desk.worker, case, now).await,
            Act::Decline => {
                decline(db, cx, &desk.worker, (case, *self.one(&Ground::OF_DECLINING), WHY), now).await
            }
            Act::SendBack => send_back(db, cx, &desk.worker, (case, WHY), now).await,
            Act::Fail => fail(db, cx, &desk.worker, (case, *self.one(&Ground::OF_FAILING), WHY), now).await,
            Act::ReserveAgain => reserve_again(db, cx, &desk.worker, case, now).await,
            Act::Publish => return publish_notice(db, cx, &desk.publisher, case, now).await.map(drop),
            Act::Object => {
                return object(db, cx, &desk.worker, (case, ObjectionId::new(now), WHY), now).await.map(drop);
            }
            Act::CheckAccount => account_checked(db, cx, &desk.worker, case, now).await,
            Act::Close => close(db, cx, &desk.worker, (case, *self.one(&Reason::PLAIN)), now).await,
            Act::GiveUp => give_up(db, cx, &desk.worker, case, now).await,
            Act::Withdraw => withdraw(db, cx, &self.whose(case).await, case, now).await,
            Act::Say => say(db, cx, &self.whose(case).await, (case, self.chance(0.7)), now).await,
            Act::Appeal => file(db, cx, &self.whose(case).await, (case, AppealId::new(now), WHY), now).await,
            Act::Visit => return self.visits(case).await,
            Act::AskApproval => return self.asks_for_approval(case).await,
            Act::Decide => return self.decides(case).await,
            Act::AskAhead | Act::Speak | Act::BringPapers => return self.goes_ahead(act, case).await,
            Act::Resolve => return self.resolves(case).await,
            Act::JudgeAppeal => return self.judges_an_appeal(case).await,
            Act::Answer => return self.bank_answers(case).await,
            Act::Claim | Act::JudgeClaim | Act::Receive => return self.claims(act, case).await,
            Act::WriteOff | Act::JudgeWriteOff => return self.writes_off(act, case).await,
            other => unreachable!("{other:?} is not of a case"),
        };
        done.map(drop)
    }

    /// Mostly the person, now and then somebody else.
    async fn whose(&self, case: CaseId) -> Myself {
        let person = self.case(case).await.person_id;
        let own = self.people.iter().find(|one| one.person() == person).expect("one of ours");
        if self.chance(0.9) { own.clone() } else { self.one(&self.people).clone() }
    }

    async fn asks(&self) -> Result<(), AidError> {
        let (who, category) = (self.one(&self.people), self.one(&CATEGORIES));
        if self.dead.borrow().contains_key(&who.person()) {
            return Err(AidError::NotFound);
        }
        let draft = self.office.written(who, category.code(), self.now.get()).await;
        let what = (draft.id, draft.version);
        let case = submit(self.office.db, &self.office.cx, who, what, self.now.get()).await?;
        self.cases.borrow_mut().push(case.id);
        Ok(())
    }

    /// Money ahead of the papers: asked for, said yes or no to or taken back, and the papers.
    async fn goes_ahead(&self, act: Act, case: CaseId) -> Result<(), AidError> {
        let (db, cx, now, desk) = (self.office.db, &self.office.cx, self.now.get(), self.desk());
        match act {
            Act::AskAhead => {
                let asked = (case, EmergencyId::new(now), Fen::yuan(self.number(5..=20) * 100), WHY);
                return emergency::ask(db, cx, &desk.worker, asked, now).await.map(drop);
            }
            Act::Speak => {
                let all = store::emergency::of_case(db, case).await?;
                let Some(last) = all.last() else { return Err(AidError::NotFound) };
                let granted = last.state == EmergencyState::Granted;
                let yes = self.chance(if granted { 0.2 } else { 0.9 });
                let word = Word { yes, reached: Reached::Phone };
                return emergency::speak(db, cx, &desk.approver, (last.id, word), now).await.map(drop);
            }
            _ => {}
        }
        if self.chance(0.8) {
            self.brings(case, Item::Diagnosis).await?;
        }
        emergency::papers_came(db, cx, &desk.worker, case, now).await.map(drop)
    }

    async fn brings(&self, case: CaseId, item: Item) -> Result<EvidenceId, AidError> {
        let (now, folder) = (self.now.get(), tempfile::tempdir().unwrap());
        let files = Files::in_folder(folder.path()).unwrap();
        let (id, sent) = (EvidenceId::new(now), sent(b"a paper"));
        let paper = NewPaper { id, item, source: Source::OriginalSeen, sent };
        let keys = (&self.office.cx, &files);
        let added = add(self.office.db, keys, &self.desk().worker, (case, paper), now).await;
        added.map(|paper| paper.id).map_err(|error| match error {
            EvidenceError::Case(error) => error,
            EvidenceError::NotFound | EvidenceError::Refused(_) => AidError::NotFound,
            other => panic!("{other:?}"),
        })
    }

    async fn visits(&self, case: CaseId) -> Result<(), AidError> {
        let (lead, now) = (self.desk(), self.now.get());
        let second = self.one(&self.accounts()).as_str().to_owned();
        let yuan = self.number(5..=30) * 100;
        let visit = Office::visit(lead.worker.account().as_str(), &second, local_date(now), yuan);
        record_visit(self.office.db, &self.office.cx, &lead.worker, (case, visit), now).await.map(drop)
    }

    async fn asks_for_approval(&self, case: CaseId) -> Result<(), AidError> {
        let (db, cx, now) = (self.office.db, &self.office.cx, self.now.get());
        let round = submit_for_approval(db, cx, &self.desk().worker, case, now).await?;
        let instance = format!("instance-{case}-{}", round.round);
        approval_sending(db, (case, round.round), now).await?;
        approval_created(db, cx, (case, round.round), &instance, now).await?;
        Ok(())
    }

    /// The platform says what somebody decided there, of any round, as late as it likes.
    async fn decides(&self, case: CaseId) -> Result<(), AidError> {
        let rounds = store::approval::of_case(self.office.db, case).await?;
        let known: Vec<_> = rounds.iter().filter_map(|round| round.instance_id.clone()).collect();
        let Some(last) = known.last() else { return Err(AidError::NotFound) };
        let instance = if self.chance(0.9) { last } else { self.one(&known) }.clone();
        let decision = match self.number(0..10) {
            0 => Decision::Refuse,
            1 => Decision::Withdrawn,
            _ => Decision::Agree,
        };
        let by = Some(self.desk().approver.account().clone());
        let verdict = Verdict { instance, decision, by, at: self.now.get() };
        let tx = write(self.office.db).await;
        approval_decided_in(&tx, &self.office.cx, &verdict, self.now.get()).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn resolves(&self, case: CaseId) -> Result<(), AidError> {
        let all = store::notice::objections(self.office.db, case).await?;
        let Some(objection) = all.last() else { return Err(AidError::NotFound) };
        let outcome = if self.chance(0.5) { Outcome::Upheld } else { Outcome::Dismissed };
        let what = (objection.id, outcome);
        resolve(self.office.db, &self.office.cx, &self.desk().worker, what, self.now.get()).await.map(drop)
    }

    async fn judges_an_appeal(&self, case: CaseId) -> Result<(), AidError> {
        let all = store::paper::appeals(self.office.db, case).await?;
        let Some(appeal) = all.last() else { return Err(AidError::NotFound) };
        let outcome = if self.chance(0.5) { Outcome::Upheld } else { Outcome::Dismissed };
        let what = (appeal.id, outcome, WHY);
        judge(self.office.db, &self.office.cx, &self.desk().worker, what, self.now.get()).await.map(drop)
    }

    async fn opens_a_batch(&self) -> Result<(), AidError> {
        let (place, now) = (region(COUNTY), self.now.get());
        let opened =
            open_batch(self.office.db, &self.office.cx, &self.payer().payer, (&place, None), now).await?;
        self.batches.borrow_mut().push(opened.batch.id);
        Ok(())
    }

    /// Confirms a batch, looks at it on its day, or sends it.
    async fn passes_a_batch_on(&self, act: Act) -> Result<(), AidError> {
        let (db, cx, payer) = (self.office.db, &self.office.cx, &self.payer().payer);
        let mut waiting = Vec::new();
        let batches = self.batches.borrow().clone();
        for id in &batches {
            let batch = store::payment::find_batch(db, *id).await?.expect("one of ours");
            let ripe = if act == Act::Confirm { BatchState::Open } else { BatchState::Confirmed };
            waiting.extend((batch.state == ripe || self.chance(0.01)).then_some(batch));
        }
        if waiting.is_empty() {
            return Err(AidError::NotFound);
        }
        let batch = self.one(&waiting);
        let (what, now) = ((batch.id, batch.version), self.now.get());
        match act {
            Act::Confirm => confirm_batch(db, cx, payer, what, now).await.map(drop),
            Act::CheckDay => check_day(db, cx, payer, batch.id, now).await.map(drop),
            _ => mark_sent(db, cx, payer, what, now).await.map(drop),
        }
    }

    /// The bank says of a payment that it was made, or that it came back; it may say so of one that is long made.
    async fn bank_answers(&self, case: CaseId) -> Result<(), AidError> {
        let payments = store::payment::of_case(self.office.db, case).await?;
        let Some(payment) = payments.last() else { return Err(AidError::NotFound) };
        let paid = self.case(case).await.status.in_batch() && self.chance(0.8);
        let result = if paid { BankResult::Paid } else { BankResult::Returned(ReturnReason::Other) };
        let what = (payment.id, result);
        payment_result(self.office.db, &self.office.cx, &self.payer().payer, what, self.now.get())
            .await
            .map(drop)
    }

    async fn claims(&self, act: Act, case: CaseId) -> Result<(), AidError> {
        let (db, cx, now, desk) = (self.office.db, &self.office.cx, self.now.get(), self.desk());
        if act == Act::Claim {
            let (id, amount) = (ClawbackId::new(now), Fen::yuan(self.number(1..=15) * 100));
            let new = NewClawback { id, cause: Cause::Audit, amount, why: WHY.to_owned() };
            return propose(db, cx, &desk.worker, (case, new), now).await.map(drop);
        }
        let all = store::clawback::of_case(db, case).await?;
        let Some(claim) = all.last() else { return Err(AidError::NotFound) };
        if act == Act::JudgeClaim {
            return judge_claim(db, cx, &desk.approver, (claim.id, self.chance(0.8)), now).await.map(drop);
        }
        // Also of what was written off.
        let comes = matches!(claim.state, ClawbackState::Agreed | ClawbackState::WrittenOff);
        let part = Fen::yuan(if comes && self.chance(0.5) { 100 } else { self.number(1..=15) * 100 });
        let what = (claim.id, InstalmentId::new(now), part, local_date(now));
        receive(db, cx, &self.payer().payer, what, now).await?;
        self.back.set(self.back.get().checked_add(part).unwrap());
        Ok(())
    }

    async fn writes_off(&self, act: Act, case: CaseId) -> Result<(), AidError> {
        let (db, cx, now, desk) = (self.office.db, &self.office.cx, self.now.get(), self.desk());
        let all = store::clawback::of_case(db, case).await?;
        let Some(claim) = all.last() else { return Err(AidError::NotFound) };
        if act == Act::WriteOff {
            let paper = match write_off::papers(db, case).await?.pop() {
                Some(paper) => paper.id,
                None => self.brings(case, Item::Loss).await?,
            };
            let loss = *self.one(&Loss::all().collect::<Vec<_>>());
            let (id, document) = (WriteOffId::new(now), "示例〔2026〕9号".to_owned());
            let new = NewWriteOff { id, loss, why: WHY.to_owned(), document, paper };
            return write_off::propose(db, cx, &desk.worker, (claim.id, new), now).await.map(drop);
        }
        let known = store::clawback::write_offs(db, claim.id).await?;
        let Some(last) = known.last() else { return Err(AidError::NotFound) };
        write_off::decide(db, cx, &desk.approver, (last.id, self.chance(0.7)), now).await.map(drop)
    }

    async fn dies(&self) -> Result<(), AidError> {
        let who = self.one(&self.people).person();
        // Not everybody: some are needed to the end.
        if self.dead.borrow().len() * 3 > self.people.len() || self.dead.borrow().contains_key(&who) {
            return Ok(());
        }
        let now = self.now.get();
        record_death(self.office.db, &self.office.cx, &self.desk().worker, who, local_date(now), now)
            .await
            .expect("he lived");
        self.dead.borrow_mut().insert(who, now);
        Ok(())
    }
}

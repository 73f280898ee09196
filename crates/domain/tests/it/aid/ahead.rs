//! 先救后补: the money first, by the word of two; the papers and the whole ordinary way after it.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    aid::{
        AidError, Case, Decision, Happened, Refusal, Status,
        commands::{
            accept::accept,
            approval::submit_for_approval,
            batch::{LeftOut, left_out, open_batch},
            decline::fail,
            emergency::{Word, ask, papers_came, speak},
            evidence::{NewPaper, add},
            notice::close_due_notices,
            procedure::{self, NewProcedure},
            settle::account_checked,
            visit::record_visit,
            withdraw::withdraw,
        },
        emergency::{Emergency, EmergencyState, Papers, Reached, listed},
        figures::paid_figures,
        payment::{BankResult, ReturnReason},
        procedure::{Limit, Procedure},
        ruling::Ground,
        separation::{Part, Rule},
        store,
    },
    authority::{Approver, Grants, Role, Scope},
    calendar::local_date,
    declaration::{RelationKind, commands::declare},
    evidence::{Files, Item, Source},
    ids::{CaseId, EmergencyId, EvidenceId},
    notice::Told,
    person::death::record_death,
};
use ledger::Fen;

use super::{
    evidence::sent,
    office::{COUNTY, Office, at, monday, refusal},
};
use crate::cast::{date, login, region};

impl Office<'_> {
    /// 受理 asks for money ahead.
    pub(crate) async fn asks_ahead(
        &self,
        case: CaseId,
        yuan: i64,
        now: DateTime<Utc>,
    ) -> Result<EmergencyId, AidError> {
        let (id, registrar) = (EmergencyId::new(now), self.worker("registrar").await);
        let asked = (case, id, Fen::yuan(yuan), "药已经断了，等不到下周");
        ask(self.db, &self.cx, &registrar, asked, now).await.map(|_| id)
    }

    pub(crate) async fn approver_says(
        &self,
        name: &str,
        id: EmergencyId,
        now: DateTime<Utc>,
    ) -> Result<Case, AidError> {
        let approver: Approver = self.proof(name).await;
        let word = Word { yes: true, reached: Reached::Phone };
        speak(self.db, &self.cx, &approver, (id, word), now).await
    }

    async fn says_no(&self, name: &str, id: EmergencyId, now: DateTime<Utc>) -> Result<Case, AidError> {
        let approver: Approver = self.proof(name).await;
        let word = Word { yes: false, reached: Reached::InPerson };
        speak(self.db, &self.cx, &approver, (id, word), now).await
    }

    /// A second approver.
    async fn deputy(&self) {
        self.hire("deputy", Role::Approver).await;
    }

    /// 王秀英's money goes ahead by the word of two approvers.
    async fn granted(&self, yuan: i64, now: DateTime<Utc>) -> CaseId {
        self.deputy().await;
        let case = self.submitted("wang", now).await.id;
        let id = self.asks_ahead(case, yuan, now).await.unwrap();
        self.approver_says("deputy", id, now).await.unwrap();
        self.approver_says("approver", id, now).await.unwrap();
        case
    }

    /// And has been paid.
    pub(crate) async fn paid_ahead(&self, yuan: i64, now: DateTime<Utc>) -> CaseId {
        let case = self.granted(yuan, now).await;
        let (_, payments) = self.sent(now).await;
        self.bank(&payments[0], BankResult::Paid, now).await;
        case
    }

    pub(crate) async fn brings(&self, case: CaseId, now: DateTime<Utc>) -> Result<Case, AidError> {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::in_folder(folder.path()).unwrap();
        let paper = NewPaper {
            id: EvidenceId::new(now),
            item: Item::Diagnosis,
            source: Source::OriginalSeen,
            sent: sent(b"a diagnosis"),
        };
        let registrar = self.worker("registrar").await;
        add(self.db, (&self.cx, &files), &registrar, (case, paper), now).await.unwrap();
        papers_came(self.db, &self.cx, &registrar, case, now).await
    }

    /// The county has its own value of something from a day on, by two people's word.
    pub(crate) async fn sets(
        &self,
        (limit, value): (Limit, i32),
        valid_from: NaiveDate,
    ) -> Result<Procedure, AidError> {
        let (db, cx, source) = (self.db, &self.cx, "示例〔2026〕7号".to_owned());
        let new = NewProcedure { region: region(COUNTY), limit, valid_from, value, source };
        let row = procedure::propose(db, cx, &self.worker("second").await, new, monday()).await?;
        procedure::decide(db, cx, &self.worker("resolver").await, (row.id, true), monday()).await
    }

    async fn lowers_the_cap(&self, yuan: i32, valid_from: NaiveDate) {
        self.sets((Limit::EmergencyCap, yuan), valid_from).await.unwrap();
    }

    async fn ahead(&self, case: CaseId) -> Emergency {
        store::emergency::of_case(self.db, case).await.unwrap().pop().unwrap()
    }

    /// How the auditor's list says it is with the papers.
    async fn papers(&self, now: DateTime<Utc>) -> Papers {
        let scopes = [Scope::Region(region(COUNTY))];
        listed(self.db, &scopes, local_date(now), 9).await.unwrap()[0].papers
    }

    /// The visit, the approval and the notice, after the papers.
    pub(crate) async fn goes_the_ordinary_way(&self, case: CaseId, yuan: i64, now: DateTime<Utc>) {
        let lead = self.worker("lead").await;
        let visit = Self::visit("lead", "second", local_date(now), yuan);
        record_visit(self.db, &self.cx, &lead, (case, visit), now).await.unwrap();
        let instance = self.asked(case, now).await;
        self.decides("approver", Decision::Agree, &instance, now).await.unwrap();
        self.published(case, now).await;
        assert_eq!(close_due_notices(self.db, &self.cx, now + chrono::TimeDelta::days(30)).await.unwrap(), 1);
    }
}

schema::both! {
    async fn money_goes_first_by_the_word_of_two_and_the_papers_come_after(db) {
        let office = Office::open(db).await;
        office.deputy().await;
        office.grant(&login("registrar"), Role::Approver).await;
        let case = office.submitted("wang", monday()).await.id;
        let id = office.asks_ahead(case, 2000, monday()).await.unwrap();
        // Whoever asked has no word in it, and one person is not two.
        let rule = Rule { did: Part::Registrar, wants: Part::Approver };
        assert_eq!(refusal(office.approver_says("registrar", id, monday()).await), Refusal::Separation(rule));
        office.approver_says("deputy", id, monday()).await.unwrap();
        assert_eq!(refusal(office.approver_says("deputy", id, monday()).await), Refusal::SecondWord);
        assert_eq!((office.status(case).await, office.pot().await), (Status::Submitted, [10_000, 0, 0, 0]));
        office.approver_says("approver", id, at(21, 10)).await.unwrap();
        let row = office.ahead(case).await;
        assert_eq!((row.first_by, row.first_at, row.first_via), (Some(login("deputy")), Some(monday()), Some(Reached::Phone)));
        assert_eq!((row.decided_by, row.decided_at, row.decided_via), (Some(login("approver")), Some(at(21, 10)), Some(Reached::Phone)));
        assert_eq!((office.status(case).await, office.pot().await), (Status::Urgent, [8000, 2000, 0, 0]));
        assert_eq!(office.told("aid.granted").await, ["wang"]);
        assert_eq!(refusal(office.approver_says("approver", id, monday()).await), Refusal::Stale);

        let (batch, payments) = office.sent(at(22, 9)).await;
        assert_eq!((payments.len(), batch.total), (1, Fen::yuan(2000)));
        assert_eq!(office.status(case).await, Status::UrgentBatch);
        office.bank(&payments[0], BankResult::Paid, at(22, 10)).await;
        assert_eq!((office.status(case).await, office.pot().await), (Status::PapersDue, [8000, 0, 0, 2000]));
        assert_eq!((office.told("aid.paid_ahead").await, office.letters("aid.paid").await), (vec!["wang".to_owned()], 0));

        // Ten working days from the second word, the holidays not counted.
        let until = date(2026, 10, 12);
        let late = async |now| {
            let scopes = [Scope::Region(region(COUNTY))];
            store::emergency::late(db, &scopes, local_date(now)).await.unwrap()
        };
        assert_eq!((office.papers(at(42, 23)).await, late(at(42, 23)).await), (Papers::Due(until), 0));
        assert_eq!((office.papers(at(43, 1)).await, late(at(43, 1)).await), (Papers::Late(until), 1));
        assert_eq!(store::emergency::late(db, &[Scope::Region(region("330205"))], until.succ_opt().unwrap()).await.unwrap(), 0);
        let registrar = office.worker("registrar").await;
        assert_eq!(refusal(papers_came(db, &office.cx, &registrar, case, at(28, 9)).await), Refusal::NoPapers);
        office.brings(case, at(28, 9)).await.unwrap();
        assert_eq!((office.papers(at(43, 1)).await, late(at(43, 1)).await), (Papers::Came(date(2026, 9, 28)), 0));
        let clocks = store::clock::of_case(db, case).await.unwrap();
        let papers = clocks.iter().find(|clock| clock.limit_of == Limit::Papers).unwrap();
        assert_eq!((papers.began_on, papers.due_on, papers.used), (date(2026, 9, 21), Some(until), 4));

        let withdrawn = withdraw(db, &office.cx, &office.myself("wang").await, case, at(28, 10)).await;
        assert!(matches!(refusal(withdrawn), Refusal::NotNow { status: Status::Accepted, .. }));
        office.goes_the_ordinary_way(case, 2000, at(29, 9)).await;
        let row = office.case(case).await;
        assert_eq!((row.status, row.paid, row.approved), (Status::Paid, Fen::yuan(2000), Some(Fen::yuan(2000))));
        assert_eq!(office.log(case).await.last(), Some(&Happened::Confirmed { emergency: id }));
        assert_eq!((office.told("aid.confirmed").await, office.letters("aid.approved").await), (vec!["wang".to_owned()], 0));
        assert_eq!(office.pot().await, [8000, 0, 0, 2000]);
        assert!(paid_figures(db, &region(COUNTY), 2026).await.unwrap().agree());
        office.closes().await;
    }

    async fn what_is_more_than_what_went_ahead_is_paid_at_the_end(db) {
        let office = Office::open(db).await;
        let case = office.paid_ahead(1500, monday()).await;
        office.brings(case, at(22, 9)).await.unwrap();
        office.goes_the_ordinary_way(case, 3000, at(23, 9)).await;
        assert_eq!((office.status(case).await, office.pot().await), (Status::ReadyToPay, [7000, 1500, 0, 1500]));
        let (_, payments) = office.sent(at(60, 9)).await;
        assert_eq!(payments[0].amount, Fen::yuan(1500));
        office.bank(&payments[0], BankResult::Paid, at(60, 10)).await;
        assert_eq!((office.status(case).await, office.case(case).await.paid), (Status::Paid, Fen::yuan(3000)));
        let figures = paid_figures(db, &region(COUNTY), 2026).await.unwrap();
        assert!(figures.agree() && figures.total.payments == 2 && figures.total.people == 1, "{figures:?}");
        office.closes().await;
    }

    async fn less_than_what_went_ahead_is_no_approvers_to_say(db) {
        let office = Office::open(db).await;
        let case = office.paid_ahead(2000, monday()).await;
        office.brings(case, at(22, 9)).await.unwrap();
        let lead = office.worker("lead").await;
        let visit = Office::visit("lead", "second", date(2026, 9, 23), 1000);
        record_visit(db, &office.cx, &lead, (case, visit), at(23, 9)).await.unwrap();
        let reviewer = office.worker("reviewer").await;
        let less = submit_for_approval(db, &office.cx, &reviewer, case, at(24, 9)).await;
        assert_eq!(refusal(less), Refusal::BelowAhead { paid: Fen::yuan(2000) });
        fail(db, &office.cx, &reviewer, (case, Ground::NotSo, "情况和说的不一样"), at(24, 9)).await.unwrap();
        let row = office.case(case).await;
        assert_eq!((row.status, row.paid, row.approved), (Status::Refused, Fen::yuan(2000), Some(Fen::yuan(2000))));
        assert_eq!(office.pot().await, [8000, 0, 0, 2000]);
        assert!(paid_figures(db, &region(COUNTY), 2026).await.unwrap().agree());
        office.closes().await;
    }

    async fn it_is_capped_by_a_row_and_by_the_budget_and_asked_for_once(db) {
        let office = Office::with_budget(db, 1000).await;
        office.deputy().await;
        let case = office.submitted("wang", monday()).await.id;
        let much = office.asks_ahead(case, 2001, monday()).await;
        assert_eq!(refusal(much), Refusal::EmergencyCap { most: Fen::yuan(2000) });
        let id = office.asks_ahead(case, 2000, monday()).await.unwrap();
        assert_eq!(refusal(office.asks_ahead(case, 100, monday()).await), Refusal::EmergencyAsked);
        office.approver_says("deputy", id, monday()).await.unwrap();
        let short = refusal(office.approver_says("approver", id, monday()).await);
        assert_eq!(short, Refusal::BudgetShort { available: Fen::yuan(1000), missing: Fen::yuan(1000) });
        assert_eq!(office.ahead(case).await.state, EmergencyState::Asked, "the word was not kept without the money");
        office.appropriate(5000).await;
        office.approver_says("approver", id, monday()).await.unwrap();
        assert_eq!((office.status(case).await, office.pot().await), (Status::Urgent, [4000, 2000, 0, 0]));
        office.closes().await;
    }

    async fn a_no_sends_it_the_ordinary_way_and_nobody_asks_after_a_visit(db) {
        let office = Office::open(db).await;
        let case = office.submitted("wang", monday()).await.id;
        let id = office.asks_ahead(case, 500, monday()).await.unwrap();
        office.says_no("approver", id, monday()).await.unwrap();
        assert_eq!((office.ahead(case).await.state, office.status(case).await), (EmergencyState::Refused, Status::Submitted));
        let registrar = office.worker("registrar").await;
        accept(db, &office.cx, &registrar, case, at(22, 9)).await.unwrap();
        let again = office.asks_ahead(case, 500, at(22, 10)).await.unwrap();
        let visit = Office::visit("lead", "second", date(2026, 9, 23), 3000);
        record_visit(db, &office.cx, &office.worker("lead").await, (case, visit), at(23, 9)).await.unwrap();
        let late = office.approver_says("approver", again, at(23, 10)).await;
        assert!(matches!(refusal(late), Refusal::NotNow { status: Status::Visited, .. }));
        office.closes().await;
    }

    async fn the_second_of_the_two_may_say_no(db) {
        let office = Office::open(db).await;
        office.deputy().await;
        let case = office.submitted("wang", monday()).await.id;
        let id = office.asks_ahead(case, 500, monday()).await.unwrap();
        office.approver_says("deputy", id, monday()).await.unwrap();
        office.says_no("approver", id, at(21, 10)).await.unwrap();
        let row = office.ahead(case).await;
        assert_eq!((row.state, row.decided_by, row.decided_via), (EmergencyState::Refused, Some(login("approver")), Some(Reached::InPerson)));
        assert_eq!((office.status(case).await, office.pot().await), (Status::Submitted, [10_000, 0, 0, 0]));
        office.closes().await;
    }

    async fn a_cap_that_sinks_before_the_second_word_counts(db) {
        let office = Office::open(db).await;
        office.deputy().await;
        let case = office.submitted("wang", monday()).await.id;
        let id = office.asks_ahead(case, 2000, monday()).await.unwrap();
        office.approver_says("deputy", id, monday()).await.unwrap();
        office.lowers_the_cap(1500, date(2026, 9, 22)).await;
        let much = refusal(office.approver_says("approver", id, at(22, 9)).await);
        assert_eq!(much, Refusal::EmergencyCap { most: Fen::yuan(1500) });
        assert_eq!((office.ahead(case).await.state, office.pot().await), (EmergencyState::Asked, [10_000, 0, 0, 0]));
        office.says_no("approver", id, at(22, 10)).await.unwrap();
        let less = office.asks_ahead(case, 1500, at(22, 11)).await.unwrap();
        office.approver_says("approver", less, at(22, 12)).await.unwrap();
        office.approver_says("deputy", less, at(22, 13)).await.unwrap();
        assert_eq!(office.status(case).await, Status::Urgent);
        office.closes().await;
    }

    async fn what_is_above_the_cap_when_it_would_go_is_taken_back(db) {
        let office = Office::open(db).await;
        let case = office.granted(2000, monday()).await;
        office.lowers_the_cap(1500, date(2026, 9, 22)).await;
        assert_eq!(refusal(office.batch(at(22, 9)).await), Refusal::NothingToPay);
        let payer = office.payer("payer").await;
        let left = left_out(db, &payer, &region(COUNTY), at(22, 9)).await.unwrap();
        assert_eq!(left, [(case, LeftOut::AboveCap)]);
        let id = office.ahead(case).await.id;
        office.says_no("deputy", id, at(22, 10)).await.unwrap();
        let row = office.case(case).await;
        assert_eq!((row.status, row.approved, row.worker), (Status::Accepted, None, Some(login("registrar"))));
        assert_eq!((office.ahead(case).await.state, office.pot().await), (EmergencyState::Refused, [10_000, 0, 0, 0]));
        assert_eq!(office.told("aid.taken_back").await, ["wang"]);
        assert_eq!(office.papers(at(43, 1)).await, Papers::NotDue);
        // The ordinary way is open, and so is a smaller sum.
        let less = office.asks_ahead(case, 1500, at(22, 11)).await.unwrap();
        office.says_no("approver", less, at(22, 12)).await.unwrap();
        office.goes_the_ordinary_way(case, 3000, at(23, 9)).await;
        assert_eq!((office.status(case).await, office.pot().await), (Status::ReadyToPay, [7000, 3000, 0, 0]));
        office.closes().await;
    }

    async fn each_grant_of_a_case_is_told_once(db) {
        let office = Office::open(db).await;
        let case = office.granted(2000, monday()).await;
        assert_eq!(office.told("aid.granted").await, ["wang"]);
        let id = office.ahead(case).await.id;
        office.says_no("deputy", id, at(22, 10)).await.unwrap();
        let again = office.asks_ahead(case, 1500, at(22, 11)).await.unwrap();
        office.approver_says("approver", again, at(22, 12)).await.unwrap();
        office.approver_says("deputy", again, at(22, 13)).await.unwrap();
        assert_eq!(office.told("aid.granted").await, ["wang", "wang"], "the second grant is news of its own");
        let said_aloud = store::paper::case_of(db, Told::Granted, again.uuid()).await.unwrap();
        assert_eq!(said_aloud, Some(case), "on the telephone, too");
        let before = store::paper::case_of(db, Told::Granted, case.uuid()).await.unwrap();
        assert_eq!(before, Some(case), "as it was keyed before");
        office.closes().await;
    }

    async fn what_is_in_a_batch_is_not_taken_back(db) {
        let office = Office::open(db).await;
        let case = office.granted(2000, monday()).await;
        office.batch(at(22, 9)).await.unwrap();
        let id = office.ahead(case).await.id;
        let late = refusal(office.says_no("deputy", id, at(22, 10)).await);
        assert!(matches!(late, Refusal::NotNow { status: Status::UrgentBatch, .. }), "{late:?}");
        assert_eq!(office.pot().await, [8000, 0, 2000, 0]);
        office.closes().await;
    }

    async fn neither_who_pays_nor_who_is_close_says_yes(db) {
        let office = Office::open(db).await;
        office.hire("other_approver", Role::Approver).await;
        let case = office.submitted("wang", monday()).await.id;
        let id = office.asks_ahead(case, 2000, monday()).await.unwrap();
        let grants = Grants::of(db, &login("other_approver"), monday()).await.unwrap();
        let close = (office.wang.id, RelationKind::Kin, date(2026, 9, 1));
        declare(db, &office.cx, &grants, close, monday()).await.unwrap();
        let close = office.approver_says("other_approver", id, monday()).await;
        assert_eq!(refusal(close), Refusal::Separation(Rule { did: Part::Relative, wants: Part::Approver }));
        office.deputy().await;
        office.approver_says("approver", id, monday()).await.unwrap();
        office.approver_says("deputy", id, monday()).await.unwrap();
        // Who said yes makes no batch of it, wherever else he works.
        office.grant(&login("approver"), Role::Payer).await;
        let payer = office.payer("approver").await;
        let batch = open_batch(db, &office.cx, &payer, (&region(COUNTY), None), at(22, 9)).await;
        assert_eq!(refusal(batch), Refusal::NothingToPay);
        office.closes().await;
    }

    async fn what_the_bank_returns_goes_again_before_the_papers_and_is_free_after_them(db) {
        let office = Office::open(db).await;
        let case = office.granted(2000, monday()).await;
        let (_, payments) = office.sent(at(22, 9)).await;
        office.bank(&payments[0], BankResult::Returned(ReturnReason::Other), at(22, 10)).await;
        assert_eq!((office.status(case).await, office.pot().await), (Status::UrgentReturned, [8000, 2000, 0, 0]));
        account_checked(db, &office.cx, &office.worker("second").await, case, at(22, 11)).await.unwrap();
        let (_, payments) = office.sent(at(23, 9)).await;
        office.bank(&payments[0], BankResult::Paid, at(23, 10)).await;
        office.brings(case, at(24, 9)).await.unwrap();
        office.bank(&payments[0], BankResult::Returned(ReturnReason::Other), at(28, 9)).await;
        let row = office.case(case).await;
        assert_eq!((row.status, row.paid, row.approved), (Status::Accepted, Fen::ZERO, None));
        assert_eq!(office.pot().await, [10_000, 0, 0, 0]);
        office.goes_the_ordinary_way(case, 3000, at(29, 9)).await;
        assert_eq!((office.status(case).await, office.pot().await), (Status::ReadyToPay, [7000, 3000, 0, 0]));
        office.closes().await;
    }

    async fn who_dies_before_the_money_has_gone_is_not_paid_ahead_either(db) {
        let office = Office::open(db).await;
        let case = office.granted(2000, monday()).await;
        office.batch(at(22, 9)).await.unwrap();
        let worker = office.worker("resolver").await;
        record_death(db, &office.cx, &worker, office.wang.id, date(2026, 9, 22), at(22, 10)).await.unwrap();
        assert_eq!((office.status(case).await, office.pot().await), (Status::Terminated, [10_000, 0, 0, 0]));
        assert_eq!(office.papers(at(43, 1)).await, Papers::NotDue);
        office.closes().await;
    }

    async fn who_dies_after_it_has_gone_leaves_it_paid(db) {
        let office = Office::open(db).await;
        let case = office.paid_ahead(2000, monday()).await;
        let worker = office.worker("resolver").await;
        record_death(db, &office.cx, &worker, office.wang.id, date(2026, 9, 22), at(22, 10)).await.unwrap();
        let row = office.case(case).await;
        assert_eq!((row.status, row.paid, row.approved), (Status::Terminated, Fen::yuan(2000), Some(Fen::yuan(2000))));
        assert_eq!(office.pot().await, [8000, 0, 0, 2000]);
        assert!(paid_figures(db, &region(COUNTY), 2026).await.unwrap().agree());
        office.closes().await;
    }
}

//! 追回: proposed by one, decided by another, and it comes part by part; the books are balanced at any time.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    By,
    aid::{
        self, AidError, Case, Category, Happened, NoClaim, Refusal, Status,
        bundle::{Report, Signer, prove, verify},
        clawback::{Cause, ClawbackState, Loss},
        commands::{
            answer::accept_answer,
            clawback::{NewClawback, decide, propose, receive},
            decline::fail,
            evidence::{NewPaper, add},
            settle::{account_checked, payment_result},
            standard::NewStandard,
            visit::record_visit,
            write_off::{self, NewWriteOff},
        },
        figures::paid_figures,
        payment::{
            BankResult, ReturnReason,
            answer::{Became, Found},
        },
        ruling::Ground,
        separation::{Part, Rule},
        standard::Level,
        store,
    },
    authority::{
        Approver, Role, Scope,
        commands::{NewGrant, grant_in},
    },
    calendar::local_date,
    evidence::{self, EvidenceError, Files, Item, Source},
    ids::{CaseId, ClawbackId, EvidenceId, InstalmentId, WriteOffId},
    person::death::record_death,
};
use ledger::{Bucket, Fen, Figure};

use super::{
    answering::{file, line, read, with_the_sample_bank},
    evidence::sent,
    office::{COUNTY, Office, at, monday, pot, refusal},
    standards::{agreed, new},
};
use crate::cast::{date, joined, login, region, write};

impl Office<'_> {
    /// 异议处理 proposes to ask something back.
    async fn claims(
        &self,
        case: CaseId,
        ground: Cause,
        yuan: i64,
        now: DateTime<Utc>,
    ) -> Result<ClawbackId, AidError> {
        let (id, worker) = (ClawbackId::new(now), self.worker("resolver").await);
        let new =
            NewClawback { id, cause: ground, amount: Fen::yuan(yuan), why: "多发了一笔".to_owned() };
        propose(self.db, &self.cx, &worker, (case, new), now).await.map(|_| id)
    }

    async fn judges_claim(&self, id: ClawbackId, agree: bool, now: DateTime<Utc>) -> Result<Case, AidError> {
        let approver: Approver = self.proof("approver").await;
        decide(self.db, &self.cx, &approver, (id, agree), now).await
    }

    /// A paper that shows that it cannot be collected.
    async fn shows_why(&self, case: CaseId, now: DateTime<Utc>) -> Result<EvidenceId, EvidenceError> {
        let (folder, worker) = (tempfile::tempdir().unwrap(), self.worker("resolver").await);
        let files = Files::in_folder(folder.path()).unwrap();
        let (id, sent) = (EvidenceId::new(now), sent(b"a court's word"));
        let paper = NewPaper { id, item: Item::Loss, source: Source::OriginalSeen, sent };
        add(self.db, (&self.cx, &files), &worker, (case, paper), now).await.map(|paper| paper.id)
    }

    /// 异议处理 proposes to ask for the rest no more.
    async fn writes_off(
        &self,
        claim: ClawbackId,
        (loss, document, paper): (Loss, &str, EvidenceId),
        now: DateTime<Utc>,
    ) -> Result<WriteOffId, AidError> {
        let (id, worker) = (WriteOffId::new(now), self.worker("resolver").await);
        let (why, document) = ("电话停机，住处没有人".to_owned(), document.to_owned());
        let new = NewWriteOff { id, loss, why, document, paper };
        write_off::propose(self.db, &self.cx, &worker, (claim, new), now).await.map(|_| id)
    }

    async fn judges_loss(
        &self,
        by: &str,
        (id, agree): (WriteOffId, bool),
        now: DateTime<Utc>,
    ) -> Result<Case, AidError> {
        let approver: Approver = self.proof(by).await;
        write_off::decide(self.db, &self.cx, &approver, (id, agree), now).await
    }

    /// Made and verified.
    async fn proves(&self, case: CaseId, now: DateTime<Utc>) -> Report {
        let signer = Signer::from_seed(&[7; 32]).unwrap();
        let auditor = self.proof("auditor").await;
        let file = prove(self.db, &self.cx, &auditor, &signer, case, now).await.unwrap();
        verify(&file, &signer.public_key()).unwrap()
    }

    async fn comes_back(
        &self,
        id: ClawbackId,
        yuan: i64,
        on: NaiveDate,
        now: DateTime<Utc>,
    ) -> Result<Case, AidError> {
        let payer = self.payer("confirmer").await;
        receive(self.db, &self.cx, &payer, (id, InstalmentId::new(now), Fen::yuan(yuan), on), now).await
    }
}

schema::both! {
    async fn what_is_asked_back_is_decided_by_another_and_comes_in_parts(db) {
        let office = Office::open(db).await;
        let case = office.paid().await;
        let early = office.claims(case, Cause::FollowUp, 1000, at(51, 9)).await;
        assert_eq!(refusal(early), Refusal::Clawback(NoClaim::Cause), "nobody has found anything");
        let much = office.claims(case, Cause::Audit, 3001, at(51, 9)).await;
        assert_eq!(refusal(much), Refusal::Clawback(NoClaim::Amount { most: Fen::yuan(3000) }));
        let id = office.claims(case, Cause::Audit, 2000, at(51, 9)).await.unwrap();
        assert_eq!(refusal(office.claims(case, Cause::Audit, 500, at(51, 9)).await), Refusal::Clawback(NoClaim::Open));
        let early = office.comes_back(id, 500, date(2026, 10, 21), at(51, 9)).await;
        assert_eq!(refusal(early), Refusal::Stale, "nothing is taken before it is decided");
        // Whoever proposed does not decide, whatever else he is by then.
        office.grant(&login("resolver"), Role::Approver).await;
        let own: Approver = office.proof("resolver").await;
        let own = decide(db, &office.cx, &own, (id, true), at(52, 9)).await;
        assert_eq!(refusal(own), Refusal::Separation(Rule { did: Part::Claimer, wants: Part::ClaimJudge }));
        office.judges_claim(id, true, at(52, 9)).await.unwrap();
        assert_eq!(office.told("aid.asked_back").await, ["wang"]);

        let before = office.comes_back(id, 500, date(2026, 10, 21), at(53, 9)).await;
        assert_eq!(refusal(before), Refusal::Clawback(NoClaim::Date));
        let part = InstalmentId::new(monday());
        for _ in 0..2 {
            let payer = office.payer("confirmer").await;
            let come = (id, part, Fen::yuan(500), date(2026, 10, 23));
            receive(db, &office.cx, &payer, come, at(53, 9)).await.unwrap();
        }
        assert_eq!(office.pot().await, [7500, 0, 0, 2500], "sent twice, it came once");
        let much = office.comes_back(id, 1501, date(2026, 10, 24), at(54, 9)).await;
        assert_eq!(refusal(much), Refusal::Clawback(NoClaim::Amount { most: Fen::yuan(1500) }));
        office.comes_back(id, 1500, date(2026, 10, 24), at(54, 9)).await.unwrap();
        let row = store::clawback::find(db, id).await.unwrap().unwrap();
        assert_eq!((row.state, row.recovered), (ClawbackState::Recovered, Fen::yuan(2000)));
        assert_eq!(office.pot().await, [9000, 0, 0, 1000]);
        let again = office.comes_back(id, 1, date(2026, 10, 24), at(54, 10)).await;
        assert_eq!(refusal(again), Refusal::Stale);
        // A second claim has only what is left.
        let more = office.claims(case, Cause::Audit, 1001, at(55, 9)).await;
        assert_eq!(refusal(more), Refusal::Clawback(NoClaim::Amount { most: Fen::yuan(1000) }));

        let figures = paid_figures(db, &region(COUNTY), 2026).await.unwrap();
        assert!(figures.agree() && figures.recovered == Fen::yuan(2000), "{figures:?}");
        let signer = Signer::from_seed(&[7; 32]).unwrap();
        let auditor = office.proof("auditor").await;
        let file = prove(db, &office.cx, &auditor, &signer, case, at(56, 9)).await.unwrap();
        verify(&file, &signer.public_key()).unwrap();
        office.closes().await;
    }

    async fn what_cannot_be_collected_is_written_off_by_another_and_stays_paid(db) {
        let office = Office::open(db).await;
        let case = office.paid().await;
        let id = office.claims(case, Cause::Audit, 2000, at(51, 9)).await.unwrap();
        let none = EvidenceId::new(monday());
        let early = office.writes_off(id, (Loss::Missing, "示例〔2026〕9号", none), at(51, 10)).await;
        assert_eq!(refusal(early), Refusal::Stale, "it is not decided yet");
        let early = office.shows_why(case, at(51, 10)).await;
        assert!(matches!(early, Err(EvidenceError::Refused(evidence::Refusal::Over))), "{early:?}");
        office.judges_claim(id, true, at(52, 9)).await.unwrap();
        office.comes_back(id, 500, date(2026, 10, 23), at(53, 9)).await.unwrap();
        let unseen = office.writes_off(id, (Loss::Missing, "示例〔2026〕9号", none), at(54, 9)).await;
        assert_eq!(refusal(unseen), Refusal::Clawback(NoClaim::Paper));
        let paper = office.shows_why(case, at(54, 9)).await.unwrap();
        for document in [" ", &"长".repeat(101)] {
            let none = office.writes_off(id, (Loss::Missing, document, paper), at(54, 9)).await;
            assert_eq!(refusal(none), Refusal::Clawback(NoClaim::Document));
        }
        let alive = office.writes_off(id, (Loss::NoEstate, "示例〔2026〕9号", paper), at(54, 9)).await;
        assert_eq!(refusal(alive), Refusal::Clawback(NoClaim::Loss), "she lives");
        let first = office.writes_off(id, (Loss::Missing, "示例〔2026〕9号", paper), at(54, 9)).await.unwrap();
        let again = office.writes_off(id, (Loss::Missing, "示例〔2026〕9号", paper), at(54, 9)).await;
        assert_eq!(refusal(again), Refusal::Clawback(NoClaim::WriteOffOpen));
        // Whoever proposed does not decide, whatever else he is by then; nor is it decided about what has come since.
        office.grant(&login("resolver"), Role::Approver).await;
        let own = office.judges_loss("resolver", (first, true), at(55, 9)).await;
        assert_eq!(refusal(own), Refusal::Separation(Rule { did: Part::Claimer, wants: Part::LossJudge }));
        office.comes_back(id, 200, date(2026, 10, 25), at(55, 9)).await.unwrap();
        let stale = office.judges_loss("approver", (first, true), at(55, 10)).await;
        assert_eq!(refusal(stale), Refusal::Stale);
        office.judges_loss("approver", (first, false), at(55, 11)).await.unwrap();
        assert_eq!(office.pot().await, [7700, 0, 0, 2300]);
        let second = office.writes_off(id, (Loss::Missing, "示例〔2026〕10号", paper), at(56, 9)).await.unwrap();
        office.judges_loss("approver", (second, true), at(56, 10)).await.unwrap();
        let undone = office.judges_loss("approver", (second, false), at(56, 11)).await;
        assert_eq!(refusal(undone), Refusal::Stale, "it is not undone");
        let row = store::clawback::find(db, id).await.unwrap().unwrap();
        assert_eq!((row.state, row.recovered, row.written_off), (ClawbackState::WrittenOff, Fen::yuan(700), Fen::yuan(1300)));
        let held = ledger::balance(db, &pot()).await.unwrap();
        assert_eq!((held.available, held.paid, held.written_off), (Fen::yuan(7700), Fen::yuan(1000), Fen::yuan(1300)));
        assert_eq!(held.appropriated(), Fen::yuan(10_000));
        // Of what was written off there is no second claim.
        let more = office.claims(case, Cause::Audit, 1001, at(57, 9)).await;
        assert_eq!(refusal(more), Refusal::Clawback(NoClaim::Amount { most: Fen::yuan(1000) }));
        let sums = ledger::trial_balance(db, None).await.unwrap();
        let lost = sums.iter().find(|(account, _)| account.bucket == Bucket::WrittenOff).unwrap();
        assert_eq!(lost.1, Fen::yuan(1300));
        let figures = paid_figures(db, &region(COUNTY), 2026).await.unwrap();
        assert!(figures.agree(), "{figures:?}");
        assert_eq!((figures.recovered, figures.written_off), (Fen::yuan(700), Fen::yuan(1300)));
        assert_eq!(office.proves(case, at(58, 9)).await.written_off, Fen::yuan(1300));
        office.closes().await;
    }

    async fn what_comes_of_what_was_written_off_is_taken_in_and_never_twice(db) {
        let office = Office::open(db).await;
        let case = office.paid().await;
        let id = office.claims(case, Cause::Audit, 2000, at(51, 9)).await.unwrap();
        office.judges_claim(id, true, at(52, 9)).await.unwrap();
        let paper = office.shows_why(case, at(53, 9)).await.unwrap();
        let lost = office.writes_off(id, (Loss::Unable, "示例〔2026〕9号", paper), at(53, 9)).await.unwrap();
        office.judges_loss("approver", (lost, true), at(54, 9)).await.unwrap();
        // The bank sends it all back: that is no return of the payment, or it would be paid again.
        let payments = store::payment::of_case(db, case).await.unwrap();
        let confirmer = office.payer("confirmer").await;
        let what = (payments[0].id, BankResult::Returned(ReturnReason::Other));
        let returned = payment_result(db, &office.cx, &confirmer, what, at(55, 9)).await;
        assert_eq!(refusal(returned), Refusal::Clawback(NoClaim::WrittenOff { written_off: Fen::yuan(2000) }));
        let much = office.comes_back(id, 2001, date(2026, 10, 25), at(55, 9)).await;
        assert_eq!(refusal(much), Refusal::Clawback(NoClaim::Amount { most: Fen::yuan(2000) }));
        let part = InstalmentId::new(monday());
        for _ in 0..2 {
            let come = (id, part, Fen::yuan(1500), date(2026, 10, 25));
            receive(db, &office.cx, &confirmer, come, at(55, 9)).await.unwrap();
        }
        let row = store::clawback::find(db, id).await.unwrap().unwrap();
        assert_eq!((row.state, row.recovered, row.written_off), (ClawbackState::WrittenOff, Fen::yuan(1500), Fen::yuan(500)));
        assert_eq!(office.pot().await, [8500, 0, 0, 1000]);
        assert_eq!(office.proves(case, at(56, 9)).await.written_off, Fen::yuan(500));
        office.comes_back(id, 500, date(2026, 10, 26), at(56, 9)).await.unwrap();
        let row = store::clawback::find(db, id).await.unwrap().unwrap();
        assert_eq!((row.state, row.written_off), (ClawbackState::Recovered, Fen::ZERO));
        assert_eq!((office.status(case).await, office.pot().await), (Status::Paid, [9000, 0, 0, 1000]));
        let again = office.comes_back(id, 1, date(2026, 10, 26), at(56, 10)).await;
        assert_eq!(refusal(again), Refusal::Stale);
        let figures = paid_figures(db, &region(COUNTY), 2026).await.unwrap();
        assert!(figures.agree() && figures.recovered == Fen::yuan(2000), "{figures:?}");
        assert_eq!(office.proves(case, at(57, 9)).await.written_off, Fen::ZERO);
        office.closes().await;
    }

    async fn who_had_a_hand_on_the_money_does_not_say_that_it_is_lost(db) {
        let office = Office::open(db).await;
        let case = office.paid().await;
        let id = office.claims(case, Cause::Audit, 2000, at(51, 9)).await.unwrap();
        office.judges_claim(id, true, at(52, 9)).await.unwrap();
        let paper = office.shows_why(case, at(53, 9)).await.unwrap();
        for (name, did) in [("payer", Part::Payer), ("confirmer", Part::Confirmer)] {
            office.grant(&login(name), Role::Worker).await;
            office.grant(&login(name), Role::Approver).await;
            let (worker, document) = (office.worker(name).await, "示例〔2026〕9号".to_owned());
            let new = NewWriteOff {
                id: WriteOffId::new(at(53, 9)), loss: Loss::Missing, why: "找不到".to_owned(), document, paper,
            };
            let proposed = write_off::propose(db, &office.cx, &worker, (id, new), at(53, 9)).await;
            assert_eq!(refusal(proposed), Refusal::Separation(Rule { did, wants: Part::LossProposer }));
        }
        let lost = office.writes_off(id, (Loss::Missing, "示例〔2026〕9号", paper), at(53, 9)).await.unwrap();
        for (name, did) in [("payer", Part::Payer), ("confirmer", Part::Confirmer)] {
            let judged = office.judges_loss(name, (lost, true), at(54, 9)).await;
            assert_eq!(refusal(judged), Refusal::Separation(Rule { did, wants: Part::LossJudge }));
        }
        office.closes().await;
    }

    async fn what_is_beyond_a_countys_sum_is_written_off_by_somebody_higher(db) {
        let office = Office::open(db).await;
        let case = office.paid().await;
        let id = office.claims(case, Cause::Audit, 2000, at(51, 9)).await.unwrap();
        office.judges_claim(id, true, at(52, 9)).await.unwrap();
        let mut low = NewStandard { valid_from: date(2026, 10, 24), ..new(COUNTY, (1000, 5000), 7) };
        low.terms.county_most = Some(Fen::yuan(1999));
        let (lead, second) = (office.worker("lead").await, office.worker("second").await);
        agreed(&office, (&lead, &second), low).await;
        let paper = office.shows_why(case, at(55, 9)).await.unwrap();
        let lost = office.writes_off(id, (Loss::Missing, "示例〔2026〕9号", paper), at(55, 9)).await.unwrap();
        let low = office.judges_loss("approver", (lost, true), at(55, 10)).await;
        assert_eq!(refusal(low), Refusal::NotHighEnough(Level::City));
        let (account, scope) = (joined(db, "chief").await, Scope::Region(region("3301")));
        let chief = NewGrant { account, role: Role::Approver, scope, from: at(1, 0), to: None, reason: None };
        let tx = write(db).await;
        grant_in(&tx, &office.cx, By::INSTALLER, None, chief, at(1, 0)).await.unwrap();
        tx.commit().await.unwrap();
        office.judges_loss("chief", (lost, true), at(55, 11)).await.unwrap();
        assert_eq!(ledger::balance(db, &pot()).await.unwrap().written_off, Fen::yuan(2000));
        office.closes().await;
    }

    async fn what_is_written_off_after_the_year_stands_in_the_books_of_the_next_one(db) {
        let office = Office::open(db).await;
        let case = office.paid().await;
        let id = office.claims(case, Cause::Audit, 1000, at(60, 9)).await.unwrap();
        office.judges_claim(id, true, at(60, 10)).await.unwrap();
        let freezes = async |year, now| {
            let tx = write(db).await;
            ledger::freeze(&tx, (COUNTY, year), "test", now).await.unwrap();
            tx.commit().await.unwrap();
        };
        freezes(2026, at(123, 9)).await;
        let paper = office.shows_why(case, at(130, 9)).await.unwrap();
        let lost = office.writes_off(id, (Loss::CostsMore, "示例〔2027〕1号", paper), at(130, 9)).await.unwrap();
        office.judges_loss("approver", (lost, true), at(131, 9)).await.unwrap();
        let held = async |year| {
            let held = ledger::balance(db, &aid::envelope(&region(COUNTY), year, Category::ILLNESS)).await.unwrap();
            [held.available, held.written_off].map(|sum| sum.fen() / 100)
        };
        assert_eq!((held(2026).await, held(2027).await), ([7000, 0], [0, 1000]));
        // What comes after all is for whoever comes next, also when that year, too, is over.
        let now = at(132, 9);
        office.comes_back(id, 400, local_date(now), now).await.unwrap();
        assert_eq!(held(2027).await, [400, 600]);
        freezes(2027, at(490, 9)).await;
        let now = at(500, 9);
        office.comes_back(id, 100, local_date(now), now).await.unwrap();
        assert_eq!((held(2027).await, held(2028).await), ([400, 500], [100, 0]));
        for year in [2026, 2027, 2028] {
            let figures = paid_figures(db, &region(COUNTY), year).await.unwrap();
            assert!(figures.agree(), "{year}: {figures:?}");
            for held in ledger::figures(db, (COUNTY, year), None).await.unwrap().values() {
                assert_eq!(held.computed(), held.of(Figure::Available), "{year}");
            }
        }
        assert_eq!(office.proves(case, now).await.written_off, Fen::yuan(500));
        office.closes().await;
    }

    async fn the_bank_cannot_send_back_what_was_given_back_by_hand(db) {
        let office = Office::open(db).await;
        let case = office.paid().await;
        let id = office.claims(case, Cause::Audit, 2000, at(51, 9)).await.unwrap();
        office.judges_claim(id, true, at(52, 9)).await.unwrap();
        office.comes_back(id, 500, date(2026, 10, 23), at(53, 9)).await.unwrap();
        let payments = store::payment::of_case(db, case).await.unwrap();
        let confirmer = office.payer("confirmer").await;
        let what = (payments[0].id, BankResult::Returned(ReturnReason::Other));
        let returned = payment_result(db, &office.cx, &confirmer, what, at(54, 9)).await;
        assert_eq!(refusal(returned), Refusal::Clawback(NoClaim::PaidBack { recovered: Fen::yuan(500) }));
        assert_eq!((office.status(case).await, office.pot().await), (Status::Paid, [7500, 0, 0, 2500]));
        office.closes().await;
    }

    async fn a_file_with_such_a_return_is_taken_and_that_line_is_left(db) {
        let office = Office::with_budget(db, 20_000).await;
        let (batch, cases) = with_the_sample_bank(&office).await;
        let first = read(&office, &batch, &file(&batch, &[line(1, "0000|")])).await;
        let confirmer = office.payer("confirmer").await;
        accept_answer(db, &office.cx, &confirmer, first, at(46, 9)).await.unwrap();
        let id = office.claims(cases[0], Cause::Audit, 2000, at(47, 9)).await.unwrap();
        office.judges_claim(id, true, at(47, 9)).await.unwrap();
        office.comes_back(id, 500, date(2026, 10, 17), at(47, 10)).await.unwrap();
        let both = file(&batch, &[line(1, "0002|账户已销户"), line(2, "0000|")]);
        let second = read(&office, &batch, &both).await;
        for _ in 0..2 {
            accept_answer(db, &office.cx, &confirmer, second, at(48, 9)).await.unwrap();
        }
        let lines = store::bank::answer_lines(db, second).await.unwrap();
        let became: Vec<_> = lines.iter().map(|line| (line.found, line.became)).collect();
        assert_eq!(became, [(Found::Returned, None), (Found::Paid, Some(Became::Written))]);
        assert_eq!((office.status(cases[0]).await, office.status(cases[1]).await), (Status::Paid, Status::Paid));
        office.closes().await;
    }

    async fn what_the_bank_sent_back_is_not_asked_back_and_not_paid_before_that_is_settled(db) {
        let office = Office::open(db).await;
        let case = office.paid().await;
        let id = office.claims(case, Cause::Audit, 2000, at(51, 9)).await.unwrap();
        office.judges_claim(id, true, at(52, 9)).await.unwrap();
        let given_up = office.judges_claim(id, false, at(52, 10)).await;
        assert_eq!(refusal(given_up), Refusal::Stale, "the money is still there");
        let payments = store::payment::of_case(db, case).await.unwrap();
        office.bank(&payments[0], BankResult::Returned(ReturnReason::Other), at(53, 9)).await;
        assert_eq!((office.status(case).await, office.pot().await), (Status::Returned, [7000, 3000, 0, 0]));
        let come = office.comes_back(id, 500, date(2026, 10, 23), at(53, 10)).await;
        assert_eq!(refusal(come), Refusal::Clawback(NoClaim::CameBack));
        let checker = office.worker("second").await;
        let again = account_checked(db, &office.cx, &checker, case, at(53, 10)).await;
        assert_eq!(refusal(again), Refusal::Clawback(NoClaim::Unsettled));
        office.judges_claim(id, false, at(54, 9)).await.unwrap();
        let row = store::clawback::find(db, id).await.unwrap().unwrap();
        assert_eq!((row.state, row.recovered), (ClawbackState::Refused, Fen::ZERO));
        account_checked(db, &office.cx, &checker, case, at(54, 10)).await.unwrap();
        assert_eq!(office.status(case).await, Status::ReadyToPay);
        office.closes().await;
    }

    async fn what_went_ahead_and_was_refused_is_asked_back(db) {
        let office = Office::open(db).await;
        let case = office.paid_ahead(2000, monday()).await;
        assert!(office.claims(case, Cause::Emergency, 2000, at(22, 9)).await.is_err(), "it is not decided yet");
        office.brings(case, at(22, 9)).await.unwrap();
        let visit = Office::visit("lead", "second", date(2026, 9, 23), 2000);
        record_visit(db, &office.cx, &office.worker("lead").await, (case, visit), at(23, 9)).await.unwrap();
        let no = (case, Ground::NotSo, "情况和说的不一样");
        fail(db, &office.cx, &office.worker("reviewer").await, no, at(24, 9)).await.unwrap();
        let id = ClawbackId::new(monday());
        let new = NewClawback { id, cause: Cause::Emergency, amount: Fen::yuan(2000), why: "没有通过".to_owned() };
        let second = office.worker("second").await;
        let early = propose(db, &office.cx, &second, (case, new.clone()), at(28, 9)).await;
        assert!(matches!(refusal(early), Refusal::Clawback(NoClaim::Appeal { .. })), "she may still appeal");
        propose(db, &office.cx, &second, (case, new), at(60, 9)).await.unwrap();
        // The approver said yes to the emergency; that does not bar him from this.
        office.judges_claim(id, true, at(60, 10)).await.unwrap();
        office.comes_back(id, 2000, date(2026, 10, 31), at(61, 9)).await.unwrap();
        assert_eq!((office.status(case).await, office.pot().await), (Status::Refused, [10_000, 0, 0, 0]));
        assert!(paid_figures(db, &region(COUNTY), 2026).await.unwrap().agree());
        office.closes().await;
    }

    async fn of_the_dead_nobody_is_told_by_a_robot_and_a_no_leaves_it_paid(db) {
        let office = Office::open(db).await;
        let case = office.paid().await;
        let alive = office.claims(case, Cause::Death, 3000, at(51, 9)).await;
        assert_eq!(refusal(alive), Refusal::Clawback(NoClaim::Cause));
        record_death(db, &office.cx, &office.worker("lead").await, office.wang.id, date(2026, 10, 1), at(51, 9)).await.unwrap();
        let id = office.claims(case, Cause::Death, 3000, at(52, 9)).await.unwrap();
        office.judges_claim(id, false, at(52, 10)).await.unwrap();
        assert_eq!(office.letters("aid.asked_back").await, 0);
        let id = office.claims(case, Cause::Death, 1000, at(53, 9)).await.unwrap();
        office.judges_claim(id, true, at(53, 10)).await.unwrap();
        assert_eq!(office.letters("aid.asked_back").await, 0, "a worker tells the family");
        assert_eq!(office.pot().await, [7000, 0, 0, 3000]);
        assert!(matches!(office.log(case).await.last(), Some(Happened::ClaimDecided { agreed: true, .. })));
        office.closes().await;
    }

    async fn what_comes_back_after_the_year_is_frozen_is_for_the_next_one(db) {
        let office = Office::open(db).await;
        let case = office.paid().await;
        let id = office.claims(case, Cause::Audit, 1000, at(60, 9)).await.unwrap();
        office.judges_claim(id, true, at(60, 10)).await.unwrap();
        let tx = write(db).await;
        ledger::freeze(&tx, (COUNTY, 2026), "test", at(123, 9)).await.unwrap();
        tx.commit().await.unwrap();
        let now = at(130, 9);
        office.comes_back(id, 1000, local_date(now), now).await.unwrap();
        let next = aid::envelope(&region(COUNTY), 2027, Category::ILLNESS);
        assert_eq!(ledger::balance(db, &next).await.unwrap().available, Fen::yuan(1000));
        assert!(paid_figures(db, &region(COUNTY), 2026).await.unwrap().agree());
        office.closes().await;
    }

    async fn what_the_bank_returned_is_nobodys_to_give_back(db) {
        let office = Office::open(db).await;
        let case = office.paid().await;
        let payments = store::payment::of_case(db, case).await.unwrap();
        office.bank(&payments[0], BankResult::Returned(ReturnReason::Other), at(51, 9)).await;
        let returned = office.claims(case, Cause::Audit, 1000, at(52, 9)).await;
        assert!(matches!(refusal(returned), Refusal::Clawback(NoClaim::Amount { .. }) | Refusal::NotNow { .. }));
        office.closes().await;
    }
}

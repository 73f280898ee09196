//! The bank sends money back: at any time, whatever became of the case meanwhile, and out of the year that paid it.

use domain::{
    aid::{
        NoClaim, Refusal, Status,
        clawback::Cause,
        closing::Reason,
        commands::{
            account::vouch_for_account,
            answer::accept_answer,
            clawback::{NewClawback, decide, propose},
            decline::fail,
            review::close,
            settle::{account_checked, payment_result},
            visit::record_visit,
        },
        figures::paid_figures,
        payment::{BankResult, ReturnReason},
        ruling::Ground,
        store,
    },
    authority::Approver,
    ids::{CaseId, ClawbackId},
    person::death::record_death,
};
use ledger::{Envelope, Fen};

use super::{
    answering::{file, line, read, with_the_sample_bank},
    new_accounts::changes_account,
    office::{COUNTY, Office, at, monday, pot, refusal},
};
use crate::cast::{date, region, write};

const BACK: BankResult = BankResult::Returned(ReturnReason::NoSuchAccount);

/// Last year's pot and this year's.
async fn pots(office: &Office<'_>) -> [[i64; 4]; 2] {
    let next = Envelope { year: 2027, ..pot() };
    let held = ledger::balance(office.db, &next).await.unwrap();
    [
        office.pot().await,
        [held.available, held.reserved, held.committed, held.paid].map(|fen| fen.fen() / 100),
    ]
}

async fn agree(office: &Office<'_>, year: i32) {
    let figures = paid_figures(office.db, &region(COUNTY), year).await.unwrap();
    assert!(figures.agree(), "{year}: {figures:?}");
}

impl Office<'_> {
    /// Of 3,000 yuan half went ahead in December; the rest was approved in January, of so much of the new year's money.
    async fn ahead_of_two_years(&self, new_year: i64) -> CaseId {
        let case = self.paid_ahead(1500, at(110, 9)).await;
        self.brings(case, at(111, 9)).await.unwrap();
        let next = Envelope { year: 2027, ..pot() };
        let tx = write(self.db).await;
        ledger::appropriate(&tx, &next, Fen::yuan(new_year), "test", "next", at(126, 9)).await.unwrap();
        tx.commit().await.unwrap();
        self.goes_the_ordinary_way(case, 3000, at(127, 9)).await;
        let left = new_year - 1500;
        assert_eq!(pots(self).await, [[8500, 0, 0, 1500], [left, 1500, 0, 0]]);
        case
    }

    /// The bank sends back the first payment of a case.
    async fn sends_back(&self, case: CaseId, now: chrono::DateTime<chrono::Utc>) {
        let payments = store::payment::of_case(self.db, case).await.unwrap();
        self.bank(&payments[0], BACK, now).await;
    }
}

async fn pays_the_whole(office: &Office<'_>, case: CaseId) {
    account_checked(office.db, &office.cx, &office.worker("second").await, case, at(161, 9)).await.unwrap();
    let (_, payments) = office.sent(at(162, 9)).await;
    assert_eq!(payments[0].amount, Fen::yuan(3000));
    office.bank(&payments[0], BankResult::Paid, at(163, 9)).await;
    agree(office, 2026).await;
    agree(office, 2027).await;
}

schema::both! {
    async fn what_is_asked_back_is_not_paid_again_by_a_new_account_either(db) {
        let office = Office::open(db).await;
        let case = office.paid().await;
        let id = ClawbackId::new(at(51, 9));
        let new = NewClawback { id, cause: Cause::Audit, amount: Fen::yuan(2000), why: "多发了一笔".to_owned() };
        propose(db, &office.cx, &office.worker("resolver").await, (case, new), at(51, 9)).await.unwrap();
        let approver: Approver = office.proof("approver").await;
        decide(db, &office.cx, &approver, (id, true), at(52, 9)).await.unwrap();
        office.sends_back(case, at(53, 9)).await;
        changes_account(&office, at(53, 10)).await;
        let third = office.worker("second").await;
        let vouched = vouch_for_account(db, &office.cx, &third, (case, "打了登记的电话"), at(54, 9)).await;
        assert_eq!(refusal(vouched), Refusal::Clawback(NoClaim::Unsettled));
        assert_eq!(refusal(office.batch(at(54, 10)).await), Refusal::NothingToPay);
        decide(db, &office.cx, &approver, (id, false), at(54, 11)).await.unwrap();
        vouch_for_account(db, &office.cx, &third, (case, "打了登记的电话"), at(54, 12)).await.unwrap();
        assert_eq!(office.status(case).await, Status::ReadyToPay);
        office.closes().await;
    }

    async fn after_a_case_was_closed_it_is_paid_again_and_closed_again(db) {
        let office = Office::open(db).await;
        let case = office.paid().await;
        let clerk = office.worker("second").await;
        close(db, &office.cx, &clerk, (case, Reason::Better), at(51, 9)).await.unwrap();
        office.sends_back(case, at(52, 9)).await;
        assert_eq!((office.status(case).await, office.pot().await), (Status::Returned, [7000, 3000, 0, 0]));
        account_checked(db, &office.cx, &clerk, case, at(53, 9)).await.unwrap();
        let (_, payments) = office.sent(at(54, 9)).await;
        office.bank(&payments[0], BankResult::Paid, at(55, 9)).await;
        close(db, &office.cx, &clerk, (case, Reason::Over), at(56, 9)).await.unwrap();
        assert_eq!(store::after::closing(db, case).await.unwrap().unwrap().reason, Reason::Over);
        assert_eq!(office.pot().await, [7000, 0, 0, 3000]);
        agree(&office, 2026).await;
        office.closes().await;
    }

    async fn of_the_dead_it_is_free_at_once(db) {
        let office = Office::with_budget(db, 20_000).await;
        let (batch, cases) = with_the_sample_bank(&office).await;
        let clerk = office.worker("second").await;
        // One dies while the bank has the money, and the bank sends it back.
        let person = office.case(cases[0]).await.person_id;
        record_death(db, &office.cx, &clerk, person, date(2026, 10, 14), at(45, 13)).await.unwrap();
        assert_eq!(office.status(cases[0]).await, Status::InBatch);
        let answer = read(&office, &batch, &file(&batch, &[line(1, "0002|账户已销户"), line(2, "0000|")])).await;
        let confirmer = office.payer("confirmer").await;
        accept_answer(db, &office.cx, &confirmer, answer, at(46, 9)).await.unwrap();
        let row = office.case(cases[0]).await;
        assert_eq!((row.status, row.approved, row.paid), (Status::Terminated, None, Fen::ZERO));
        assert_eq!(office.status(cases[1]).await, Status::Paid);
        assert_eq!(office.pot().await, [11_000, 0, 6000, 3000]);
        office.closes().await;
    }

    async fn what_went_ahead_of_a_case_that_has_ended_since_is_free_and_the_case_stays_ended(db) {
        let office = Office::open(db).await;
        let case = office.paid_ahead(2000, monday()).await;
        let clerk = office.worker("resolver").await;
        record_death(db, &office.cx, &clerk, office.wang.id, date(2026, 9, 22), at(22, 10)).await.unwrap();
        assert_eq!((office.status(case).await, office.pot().await), (Status::Terminated, [8000, 0, 0, 2000]));
        office.sends_back(case, at(23, 9)).await;
        let row = office.case(case).await;
        assert_eq!((row.status, row.approved, row.paid), (Status::Terminated, None, Fen::ZERO));
        assert_eq!((office.pot().await, office.letters("aid.returned").await), ([10_000, 0, 0, 0], 0));
        agree(&office, 2026).await;
        office.closes().await;
    }

    async fn what_went_ahead_in_a_year_that_is_frozen_is_reserved_with_the_rest(db) {
        let office = Office::open(db).await;
        let case = office.ahead_of_two_years(4000).await;
        let tx = write(db).await;
        ledger::freeze(&tx, (COUNTY, 2026), "test", at(126, 10)).await.unwrap();
        tx.commit().await.unwrap();
        office.sends_back(case, at(160, 9)).await;
        assert_eq!(pots(&office).await, [[8500, 0, 0, 0], [2500, 3000, 0, 0]]);
        pays_the_whole(&office, case).await;
        assert_eq!(pots(&office).await, [[8500, 0, 0, 0], [2500, 0, 0, 3000]]);
        office.closes().await;
    }

    async fn what_went_ahead_in_a_year_that_is_open_goes_back_there_and_the_new_one_bears_the_whole(db) {
        let office = Office::open(db).await;
        let case = office.ahead_of_two_years(4000).await;
        office.sends_back(case, at(160, 9)).await;
        assert_eq!(pots(&office).await, [[10_000, 0, 0, 0], [1000, 3000, 0, 0]]);
        pays_the_whole(&office, case).await;
        assert_eq!(pots(&office).await, [[10_000, 0, 0, 0], [1000, 0, 0, 3000]]);
        office.closes().await;
    }

    async fn as_long_as_the_new_year_has_not_so_much_the_return_waits(db) {
        let office = Office::open(db).await;
        let case = office.ahead_of_two_years(2000).await;
        let payments = store::payment::of_case(db, case).await.unwrap();
        let confirmer = office.payer("confirmer").await;
        let short = payment_result(db, &office.cx, &confirmer, (payments[0].id, BACK), at(160, 9)).await;
        assert_eq!(refusal(short), Refusal::BudgetShort { available: Fen::yuan(500), missing: Fen::yuan(1000) });
        assert_eq!(pots(&office).await, [[8500, 0, 0, 1500], [500, 1500, 0, 0]]);
        office.closes().await;
    }

    async fn as_long_as_something_of_it_is_with_the_person_it_was_help(db) {
        let office = Office::open(db).await;
        let case = office.paid_ahead(2000, monday()).await;
        office.brings(case, at(22, 9)).await.unwrap();
        let visit = Office::visit("lead", "second", date(2026, 9, 23), 2000);
        record_visit(db, &office.cx, &office.worker("lead").await, (case, visit), at(23, 9)).await.unwrap();
        let no = (case, Ground::NotSo, "情况和说的不一样");
        fail(db, &office.cx, &office.worker("reviewer").await, no, at(24, 9)).await.unwrap();
        let second = office.submitted("wang", at(60, 9)).await.id;
        let id = office.asks_ahead(second, 2000, at(60, 9)).await.unwrap();
        office.approver_says("deputy", id, at(60, 9)).await.unwrap();
        let again = office.approver_says("approver", id, at(60, 9)).await;
        assert!(matches!(refusal(again), Refusal::HelpedThisYear { .. } | Refusal::StillHelped { .. }));
        // It comes back, and then it was none.
        office.sends_back(case, at(61, 9)).await;
        office.approver_says("approver", id, at(61, 10)).await.unwrap();
        assert_eq!((office.status(second).await, office.pot().await), (Status::Urgent, [8000, 2000, 0, 0]));
        office.closes().await;
    }
}

//! 本人不要了: what was approved is not wanted any more; the money is free again, and the person is told.

use domain::{
    aid::{
        Happened, NoClaim, Refusal, Status,
        bundle::{Signer, prove, verify},
        clawback::Cause,
        commands::{
            clawback::{NewClawback, decide, propose},
            give_up::give_up,
        },
        figures::paid_figures,
        payment::{BankResult, ReturnReason},
        public_notice::NoticeState,
        separation::{Part, Rule},
        store,
    },
    authority::{Approver, Role},
    calendar::local_date,
    ids::ClawbackId,
    person::death::record_death,
};
use ledger::Fen;

use super::office::{COUNTY, Office, at, monday, refusal};
use crate::cast::{login, region, write};

const BACK: BankResult = BankResult::Returned(ReturnReason::NoSuchAccount);

schema::both! {
    async fn what_the_bank_sent_back_and_nobody_wants_is_free_again(db) {
        let office = Office::open(db).await;
        let case = office.ready("wang", monday()).await;
        let (_, payments) = office.sent(at(45, 9)).await;
        let clerk = office.worker("second").await;
        let with_bank = give_up(db, &office.cx, &clerk, case, at(45, 10)).await;
        assert!(matches!(refusal(with_bank), Refusal::NotNow { status: Status::InBatch, .. }));
        office.bank(&payments[0], BACK, at(46, 9)).await;
        assert_eq!((office.status(case).await, office.pot().await), (Status::Returned, [7000, 3000, 0, 0]));
        for _ in 0..2 {
            give_up(db, &office.cx, &clerk, case, at(47, 9)).await.unwrap();
        }
        let row = office.case(case).await;
        assert_eq!((row.status, row.approved, row.paid), (Status::Withdrawn, None, Fen::ZERO));
        assert_eq!(office.pot().await, [10_000, 0, 0, 0]);
        assert_eq!(office.log(case).await.last(), Some(&Happened::GivenUp { released: Fen::yuan(3000), rest: false }));
        assert_eq!(office.told("aid.withdrawn").await, ["wang"]);
        assert!(paid_figures(db, &region(COUNTY), 2026).await.unwrap().agree());
        // Who changes his mind asks again, and is not told that he has been helped this year.
        office.ready("wang", at(60, 9)).await;
        assert_eq!(office.pot().await, [7000, 3000, 0, 0]);
        let signer = Signer::from_seed(&[7; 32]).unwrap();
        let auditor = office.proof("auditor").await;
        let file = prove(db, &office.cx, &auditor, &signer, case, at(120, 9)).await.unwrap();
        verify(&file, &signer.public_key()).unwrap();
        office.closes().await;
    }

    async fn a_notice_comes_down_with_it(db) {
        let office = Office::open(db).await;
        let case = office.approved("wang", monday()).await;
        let hung = office.published(case, at(22, 9)).await;
        give_up(db, &office.cx, &office.worker("second").await, case, at(23, 9)).await.unwrap();
        let notice = store::notice::of_case(db, case).await.unwrap().unwrap();
        assert_eq!((notice.id, notice.state), (hung.id, NoticeState::TakenDown));
        assert!(!notice.is_public(local_date(at(23, 10))));
        assert_eq!((office.status(case).await, office.pot().await), (Status::Withdrawn, [10_000, 0, 0, 0]));
        office.closes().await;
    }

    async fn of_what_went_ahead_only_the_rest_is_given_up(db) {
        let office = Office::open(db).await;
        let case = office.paid_ahead(1500, monday()).await;
        office.brings(case, at(22, 9)).await.unwrap();
        office.goes_the_ordinary_way(case, 3000, at(23, 9)).await;
        assert_eq!(office.pot().await, [7000, 1500, 0, 1500]);
        give_up(db, &office.cx, &office.worker("resolver").await, case, at(60, 9)).await.unwrap();
        let row = office.case(case).await;
        assert_eq!((row.status, row.approved, row.paid), (Status::Paid, Some(Fen::yuan(1500)), Fen::yuan(1500)));
        assert_eq!(office.pot().await, [8500, 0, 0, 1500]);
        assert_eq!(office.log(case).await.last(), Some(&Happened::GivenUp { released: Fen::yuan(1500), rest: true }));
        assert_eq!((office.told("aid.confirmed").await, office.letters("aid.withdrawn").await), (vec!["wang".to_owned()], 0));
        assert!(paid_figures(db, &region(COUNTY), 2026).await.unwrap().agree());
        office.closes().await;
    }

    async fn out_of_a_year_that_is_frozen_it_is_free_in_the_next(db) {
        let office = Office::open(db).await;
        let case = office.ready("wang", monday()).await;
        let tx = write(db).await;
        ledger::freeze(&tx, (COUNTY, 2026), "test", at(123, 9)).await.unwrap();
        tx.commit().await.unwrap();
        give_up(db, &office.cx, &office.worker("second").await, case, at(130, 9)).await.unwrap();
        let row = office.case(case).await;
        assert_eq!((row.status, row.budget_year), (Status::Withdrawn, None));
        let next = domain::aid::envelope(&region(COUNTY), 2027, row.category);
        let balance = ledger::balance(db, &next).await.unwrap();
        assert_eq!((balance.available, balance.reserved), (Fen::yuan(3000), Fen::ZERO));
        office.closes().await;
    }

    async fn nobody_says_it_who_may_not_and_an_open_claim_comes_first(db) {
        let office = Office::open(db).await;
        let case = office.paid().await;
        let paid = give_up(db, &office.cx, &office.worker("second").await, case, at(51, 8)).await;
        assert!(matches!(refusal(paid), Refusal::NotNow { status: Status::Paid, .. }));
        let id = ClawbackId::new(at(51, 9));
        let new = NewClawback { id, cause: Cause::Audit, amount: Fen::yuan(2000), why: "多发了一笔".to_owned() };
        propose(db, &office.cx, &office.worker("resolver").await, (case, new), at(51, 9)).await.unwrap();
        let approver: Approver = office.proof("approver").await;
        decide(db, &office.cx, &approver, (id, true), at(52, 9)).await.unwrap();
        let payments = store::payment::of_case(db, case).await.unwrap();
        office.bank(&payments[0], BACK, at(53, 9)).await;
        let claimed = give_up(db, &office.cx, &office.worker("second").await, case, at(53, 10)).await;
        assert_eq!(refusal(claimed), Refusal::Clawback(NoClaim::Unsettled));
        decide(db, &office.cx, &approver, (id, false), at(54, 9)).await.unwrap();

        office.grant(&login("wang"), Role::Worker).await;
        let own = give_up(db, &office.cx, &office.worker("wang").await, case, at(54, 10)).await;
        assert_eq!(refusal(own), Refusal::Separation(Rule { did: Part::Applicant, wants: Part::Clerk }));
        let clerk = office.worker("second").await;
        record_death(db, &office.cx, &clerk, office.wang.id, local_date(at(55, 9)), at(55, 9)).await.unwrap();
        let dead = give_up(db, &office.cx, &clerk, case, at(55, 10)).await;
        assert_eq!(refusal(dead), Refusal::Dead);
        office.closes().await;
    }
}

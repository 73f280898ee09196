//! The year ends while cases are approved and not yet paid.

use domain::{
    aid::{
        Decision, Happened, Refusal, Status,
        bundle::{Signer, prove_at_the_machine, verify},
        commands::{
            decide::{Became, Verdict, approval_decided_in, reserve_again},
            settle::account_checked,
        },
        payment::{BankResult, ReturnReason},
    },
    budget::{
        self, BudgetError, NewOrder, OrderState, Wanted,
        commands::{decide, propose},
        year_end::{CarriedOver, carry_over, freeze_at_the_machine, unpaid},
    },
    person::death::record_death,
};
use ledger::{Envelope, Fen};

use super::office::{COUNTY, Office, at, in_need, monday, pot, refusal};
use crate::cast::{date, login, region, registered, write};

/// New Year's Eve, and the first working day after.
const EVE: i64 = 122;
const JANUARY: i64 = 126;

fn next_year() -> Envelope {
    Envelope { year: 2027, ..pot() }
}

async fn held(office: &Office<'_>, envelope: &Envelope) -> [i64; 4] {
    let held = ledger::balance(office.db, envelope).await.unwrap();
    [held.available, held.reserved, held.committed, held.paid].map(|fen| fen.fen() / 100)
}

/// One payer writes it, the other decides.
async fn freezes(office: &Office<'_>) {
    let new = NewOrder {
        region: region(COUNTY),
        year: 2026,
        wanted: Wanted::Freeze,
        source: "示例〔2026〕9号".to_owned(),
    };
    let (db, cx) = (office.db, &office.cx);
    let order = propose(db, cx, &office.payer("payer").await, new, at(EVE, 10)).await.unwrap();
    let confirmer = office.payer("confirmer").await;
    let order = decide(db, cx, &confirmer, (order.id, true), at(EVE, 11)).await.unwrap();
    assert_eq!(order.state, OrderState::Posted);
}

async fn carries(office: &Office<'_>) -> CarriedOver {
    let payer = office.payer("payer").await;
    carry_over(office.db, &office.cx, &payer, (&region(COUNTY), 2026), at(JANUARY, 9)).await.unwrap()
}

schema::both! {
    async fn what_is_approved_and_unpaid_goes_over_as_a_commitment(db) {
        let office = Office::open(db).await;
        let li = registered(db, in_need(office.wang.unit_id, "李建国")).await;
        office.link("li", li.id).await;
        let with_the_bank = office.ready("li", monday()).await;
        let (_, payments) = office.sent(at(60, 9)).await;
        let approved = office.approved("wang", at(80, 9)).await;
        assert_eq!(carries(&office).await, CarriedOver::default(), "the year is not frozen");
        freezes(&office).await;
        assert_eq!(unpaid(db, &region(COUNTY), 2026).await.unwrap().len(), 2);
        assert_eq!(carries(&office).await, CarriedOver { cases: 2, plans: 0, amount: Fen::yuan(6000) });
        assert_eq!(office.pot().await, [4000, 0, 0, 0], "what nobody was promised stays");
        assert_eq!(held(&office, &next_year()).await, [0, 3000, 3000, 0]);
        assert_eq!(carries(&office).await, CarriedOver::default(), "once");
        let row = office.case(approved).await;
        assert_eq!((row.status, row.budget_year, row.approved), (Status::Approved, Some(2027), Some(Fen::yuan(3000))));
        let carried = Happened::CarriedOver { from: 2026, to: 2027, amount: Fen::yuan(3000) };
        assert_eq!(office.log(approved).await.last(), Some(&carried));

        office.bank(&payments[0], BankResult::Paid, at(JANUARY, 10)).await;
        assert_eq!(office.status(with_the_bank).await, Status::Paid);
        assert_eq!(held(&office, &next_year()).await, [0, 3000, 0, 3000]);
        let signer = Signer::from_seed(&[5; 32]).unwrap();
        let bundle = prove_at_the_machine(db, &office.cx, &signer, with_the_bank, at(JANUARY, 11)).await.unwrap();
        assert_eq!(verify(&bundle, &signer.public_key()).unwrap().paid, Fen::yuan(3000));
        office.closes().await;
    }

    async fn a_case_that_is_worked_on_after_the_freeze_goes_over_with_the_step(db) {
        let office = Office::open(db).await;
        let case = office.ready("wang", monday()).await;
        freezes(&office).await;
        let (_, payments) = office.sent(at(JANUARY, 9)).await;
        assert_eq!(office.pot().await, [7000, 0, 0, 0]);
        assert_eq!(held(&office, &next_year()).await, [0, 0, 3000, 0]);
        office.bank(&payments[0], BankResult::Paid, at(JANUARY, 10)).await;
        assert_eq!(held(&office, &next_year()).await, [0, 0, 0, 3000]);
        assert_eq!(office.case(case).await.budget_year, Some(2027));
        assert_eq!(carries(&office).await, CarriedOver::default());
        // It was the help of the old year: in the new one she may ask again.
        office.in_approval("wang", at(JANUARY + 30, 9)).await;
        office.closes().await;
    }

    async fn what_was_paid_and_comes_back_after_the_freeze_is_reserved_in_the_new_year(db) {
        let office = Office::open(db).await;
        let case = office.ready("wang", monday()).await;
        let (_, payments) = office.sent(at(60, 9)).await;
        office.bank(&payments[0], BankResult::Paid, at(61, 9)).await;
        freezes(&office).await;
        let back = BankResult::Returned(ReturnReason::AccountBlocked);
        office.bank(&payments[0], back, at(JANUARY, 9)).await;
        assert_eq!(office.pot().await, [7000, 0, 0, 0]);
        assert_eq!(held(&office, &next_year()).await, [0, 3000, 0, 0]);
        let row = office.case(case).await;
        assert_eq!((row.status, row.budget_year, row.paid), (Status::Returned, Some(2027), Fen::ZERO));
        account_checked(db, &office.cx, &office.worker("second").await, case, at(JANUARY, 10)).await.unwrap();
        let (_, payments) = office.sent(at(JANUARY, 11)).await;
        office.bank(&payments[0], BankResult::Paid, at(JANUARY, 12)).await;
        assert_eq!(held(&office, &next_year()).await, [0, 0, 0, 3000]);
        office.closes().await;
    }

    async fn who_dies_after_the_freeze_leaves_the_money_to_the_new_year(db) {
        let office = Office::open(db).await;
        let case = office.ready("wang", monday()).await;
        office.batch(at(60, 9)).await.unwrap();
        freezes(&office).await;
        let worker = office.worker("second").await;
        record_death(db, &office.cx, &worker, office.wang.id, date(2027, 1, 2), at(JANUARY, 9)).await.unwrap();
        assert_eq!(office.status(case).await, Status::Terminated);
        assert_eq!(office.pot().await, [7000, 0, 0, 0]);
        assert_eq!(held(&office, &next_year()).await, [3000, 0, 0, 0]);
        office.closes().await;
    }

    async fn a_decision_that_is_heard_of_after_the_freeze_is_borne_by_the_new_year(db) {
        let office = Office::open(db).await;
        let (case, instance) = office.in_approval("wang", monday()).await;
        freezes(&office).await;
        let verdict = Verdict {
            instance,
            decision: Decision::Agree,
            by: Some(login("approver")),
            at: at(EVE - 1, 16),
        };
        let tx = write(db).await;
        let became = approval_decided_in(&tx, &office.cx, &verdict, at(JANUARY, 9)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(became, Became::Now(Status::InApproval), "the new year has no money yet");
        let worker = office.worker("registrar").await;
        let again = reserve_again(db, &office.cx, &worker, case, at(JANUARY, 10)).await;
        let short = Refusal::BudgetShort { available: Fen::ZERO, missing: Fen::yuan(3000) };
        assert_eq!(refusal(again), short);
        let tx = write(db).await;
        ledger::appropriate(&tx, &next_year(), Fen::yuan(5000), "test", "2027", at(JANUARY, 11)).await.unwrap();
        tx.commit().await.unwrap();
        reserve_again(db, &office.cx, &worker, case, at(JANUARY, 12)).await.unwrap();
        assert_eq!(office.case(case).await.budget_year, Some(2027));
        assert_eq!(office.pot().await, [10_000, 0, 0, 0]);
        assert_eq!(held(&office, &next_year()).await, [2000, 3000, 0, 0]);
        office.closes().await;
    }

    async fn a_year_is_frozen_at_the_machine_on_its_last_day_at_the_earliest(db) {
        let office = Office::open(db).await;
        let county = region(COUNTY);
        let early = freeze_at_the_machine(db, &office.cx, (&county, 2026), at(EVE - 1, 23)).await;
        assert!(matches!(early, Err(BudgetError::Refused(budget::Refusal::NotOver { year: 2026 }))));
        freeze_at_the_machine(db, &office.cx, (&county, 2026), at(EVE, 0)).await.unwrap();
        let again = freeze_at_the_machine(db, &office.cx, (&county, 2026), at(EVE, 1)).await;
        assert!(matches!(again, Err(BudgetError::Refused(budget::Refusal::Frozen { year: 2026 }))));
        office.closes().await;
    }

    /// Ten agreements and a transfer away, all at once, against what is enough for four: nothing is promised that is not there.
    async fn agreements_and_a_transfer_at_once_never_promise_more_than_there_is(db) {
        let office = Office::with_budget(db, 12_000).await;
        let mut instances = Vec::new();
        for number in 0..10 {
            let name = format!("some{number}");
            let person = registered(db, in_need(office.wang.unit_id, &format!("某{number}"))).await;
            office.link(&name, person.id).await;
            instances.push(office.in_approval(&name, monday()).await);
        }
        let new = NewOrder {
            region: region(COUNTY),
            year: 2026,
            wanted: Wanted::TakeBack(domain::aid::Category::ILLNESS.into(), Fen::yuan(5000)),
            source: "示例〔2026〕3号".to_owned(),
        };
        let (payer, confirmer) = (office.payer("payer").await, office.payer("confirmer").await);
        let order = propose(db, &office.cx, &payer, new, monday()).await.unwrap();
        let mut tasks = tokio::task::JoinSet::new();
        for (_, instance) in instances.clone() {
            let (db, cx) = (db.clone(), office.cx.clone());
            tasks.spawn(async move {
                let verdict = Verdict {
                    instance,
                    decision: Decision::Agree,
                    by: Some(login("approver")),
                    at: monday(),
                };
                let tx = mailbox::transaction::write(&db).await.unwrap();
                approval_decided_in(&tx, &cx, &verdict, monday()).await.unwrap();
                tx.commit().await.unwrap();
            });
        }
        let taken = decide(db, &office.cx, &confirmer, (order.id, true), monday()).await;
        tasks.join_all().await;
        let mut approved = 0;
        for (case, _) in instances {
            approved += i64::from(office.status(case).await == Status::Approved);
        }
        let back = match taken {
            Ok(_) => 5000,
            Err(BudgetError::Refused(budget::Refusal::Short { .. })) => 0,
            Err(other) => panic!("{other:?}"),
        };
        let available = 12_000 - back - 3000 * approved;
        assert!((0..3000).contains(&available), "{approved} approved, {back} taken back");
        assert_eq!(office.pot().await, [available, 3000 * approved, 0, 0]);
        office.closes().await;
    }
}

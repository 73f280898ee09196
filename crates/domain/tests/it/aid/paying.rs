use domain::{
    aid::{
        AidError, Refusal, Status,
        commands::{
            batch::{LeftOut, open_batch},
            confirm::{bank_file, confirm_batch, mark_sent},
            draft,
            settle::{account_checked, payment_result},
            submit::submit,
        },
        draft::{Answer, Pay},
        payment::{BankResult, BatchState, PaymentState, ReturnReason},
        progress::for_payer,
        store,
    },
    ids::CaseId,
};
use ledger::Fen;
use sea_orm::{ConnectionTrait, Statement};

use super::office::{COUNTY, Office, at, in_need, monday, refusal};
use crate::cast::{region, registered, someone};

schema::both! {
    async fn a_case_goes_from_a_question_to_money_in_an_account(db) {
        let office = Office::open(db).await;
        let case = office.ready("wang", monday()).await;
        let batch = office.batch(at(45, 9)).await.unwrap().batch;
        assert_eq!((batch.count, batch.total), (1, Fen::yuan(3000)));
        assert_eq!(office.pot().await, [7000, 0, 3000, 0]);

        let (payer, confirmer) = (office.payer("payer").await, office.payer("confirmer").await);
        let which = (batch.id, batch.version);
        let own = confirm_batch(db, &office.cx, &payer, which, at(45, 10)).await;
        assert_eq!(refusal(own), Refusal::OwnBatch);
        let early = bank_file(db, &office.cx, &payer, batch.id, at(45, 10)).await;
        assert_eq!(refusal(early.map(drop)), Refusal::BatchNotNow);
        let stale = confirm_batch(db, &office.cx, &confirmer, (batch.id, batch.version + 1), at(45, 10)).await;
        assert_eq!(refusal(stale), Refusal::Stale);
        let batch = confirm_batch(db, &office.cx, &confirmer, which, at(45, 10)).await.unwrap();
        let file = bank_file(db, &office.cx, &payer, batch.id, at(45, 11)).await.unwrap();
        let file = file.bytes;
        let text = String::from_utf8(file.clone()).unwrap();
        assert!(text.contains("王秀英\t6222021202041234567\t某银行\t3000.00"), "{text}");
        let digest = ring::digest::digest(&ring::digest::SHA256, &file);
        assert_eq!(hex::encode(digest), batch.sha256, "what was confirmed is what goes to the bank");
        let batch = mark_sent(db, &office.cx, &payer, (batch.id, batch.version), at(45, 12)).await.unwrap();

        let line = for_payer(db, &confirmer, batch.id).await.unwrap().remove(0);
        assert_eq!((line.account_tail.as_str(), line.state), ("4567", PaymentState::Waiting));
        let maker = payment_result(db, &office.cx, &payer, (line.payment, BankResult::Paid), at(46, 9)).await;
        assert_eq!(refusal(maker), Refusal::OwnBatch);
        for _ in 0..2 {
            let paid = (line.payment, BankResult::Paid);
            payment_result(db, &office.cx, &confirmer, paid, at(46, 9)).await.unwrap();
        }
        assert_eq!(office.status(case).await, Status::Paid);
        assert_eq!(office.pot().await, [7000, 0, 0, 3000]);
        assert_eq!(office.told("aid.paid").await, ["wang"]);
        let batch = store::payment::find_batch(db, batch.id).await.unwrap().unwrap();
        assert_eq!(batch.state, BatchState::Settled);
        office.closes().await;
    }

    async fn what_the_bank_returns_is_paid_again_after_the_account_was_asked_for(db) {
        let office = Office::open(db).await;
        let case = office.ready("wang", monday()).await;
        let (_, payments) = office.sent(at(45, 9)).await;
        let back = BankResult::Returned(ReturnReason::NoSuchAccount);
        // The bank says paid, and a week later it comes back after all; both are said twice.
        for result in [BankResult::Paid, BankResult::Paid, back, back] {
            office.bank(&payments[0], result, at(52, 9)).await;
        }
        let row = office.case(case).await;
        assert_eq!((row.status, row.paid), (Status::Returned, Fen::ZERO));
        assert_eq!(office.pot().await, [7000, 3000, 0, 0]);
        assert_eq!(office.told("aid.returned").await, ["wang"]);
        assert_eq!(refusal(office.batch(at(53, 9)).await), Refusal::NothingToPay);

        let worker = office.worker("second").await;
        account_checked(db, &office.cx, &worker, case, at(53, 10)).await.unwrap();
        let (_, payments) = office.sent(at(54, 9)).await;
        office.bank(&payments[0], BankResult::Paid, at(55, 9)).await;
        assert_eq!(office.pot().await, [7000, 0, 0, 3000]);
        assert_eq!(office.told("aid.paid").await, ["wang", "wang"], "each payment is told of once");
        let of_case = store::payment::of_case(db, case).await.unwrap();
        assert_eq!(of_case.iter().map(|p| p.state).collect::<Vec<_>>(), [PaymentState::Returned, PaymentState::Paid]);
        office.closes().await;
    }

    async fn who_cannot_be_paid_is_left_out_with_the_reason(db) {
        let office = Office::open(db).await;
        let poor = registered(db, domain::person::NewPerson { payout: None, ..in_need(office.wang.unit_id, "李建国") }).await;
        let caller = registered(db, in_need(office.wang.unit_id, "张芳")).await;
        office.link("li", poor.id).await;
        office.link("zhang", caller.id).await;
        let zhang = office.myself("zhang").await;
        let draft = office.written(&zhang, "illness", monday()).await;
        let call = Answer::WhereToPay(Pay::CallMe);
        draft::answer(db, &office.cx, &zhang, (draft.id, call), monday()).await.unwrap();
        let hers = submit(db, &office.cx, &zhang, (draft.id, draft.version + 1), monday()).await.unwrap();
        assert!(!hers.account_checked);

        let wang = office.ready("wang", monday()).await;
        let li = office.ready("li", monday()).await;
        let opened = office.batch(at(60, 9)).await.unwrap();
        assert_eq!(opened.batch.count, 1);
        assert_eq!(opened.left_out, [(li, LeftOut::AccountNotChecked)]);
        let worker = office.worker("second").await;
        account_checked(db, &office.cx, &worker, li, at(61, 9)).await.unwrap();
        assert_eq!(refusal(office.batch(at(61, 10)).await), Refusal::NothingToPay, "there is still no account");
        assert_eq!(office.status(wang).await, Status::InBatch);
        let elsewhere = open_batch(db, &office.cx, &office.payer("payer").await, (&region("330105"), None), at(61, 10)).await;
        assert!(matches!(elsewhere, Err(AidError::NotFound)));
        office.closes().await;
    }

    async fn two_makers_at_once_pay_nobody_twice(db) {
        let office = Office::with_budget(db, 20_000).await;
        let mut cases: Vec<CaseId> = vec![office.ready("wang", monday()).await];
        for name in ["li", "zhao", "qian"] {
            let person = registered(db, someone(office.wang.unit_id, name)).await;
            let with_account = registered(db, in_need(office.wang.unit_id, name)).await;
            assert_ne!(person.id, with_account.id);
            office.link(name, with_account.id).await;
            cases.push(office.ready(name, monday()).await);
        }
        let (payer, confirmer) = (office.payer("payer").await, office.payer("confirmer").await);
        let county = region(COUNTY);
        let (one, other) = tokio::join!(
            open_batch(db, &office.cx, &payer, (&county, None), at(60, 9)),
            open_batch(db, &office.cx, &confirmer, (&county, None), at(60, 9)),
        );
        let count = |opened: Result<domain::aid::commands::batch::Opened, AidError>| match opened {
            Ok(opened) => opened.batch.count,
            Err(AidError::Refused(Refusal::NothingToPay)) => 0,
            Err(error) => panic!("{error:?}"),
        };
        assert_eq!(count(one) + count(other), 4);
        assert_eq!(office.pot().await, [8000, 0, 12_000, 0]);
        office.closes().await;
    }

    async fn a_batch_that_somebody_changed_is_not_confirmed(db) {
        let office = Office::open(db).await;
        office.ready("wang", monday()).await;
        let batch = office.batch(at(60, 9)).await.unwrap().batch;
        let sql = "UPDATE aid_payment SET payee = '某人'";
        db.execute_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
        let confirmer = office.payer("confirmer").await;
        let refused = confirm_batch(db, &office.cx, &confirmer, (batch.id, batch.version), at(60, 10)).await;
        assert_eq!(refusal(refused), Refusal::BatchChanged);
    }
}

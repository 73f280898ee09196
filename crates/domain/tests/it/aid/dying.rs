use domain::{
    aid::{
        Decision, Happened, Refusal, Status,
        commands::{
            confirm::{confirm_batch, mark_sent},
            death::end_cases_of_the_dead,
            decide::Became,
            notice::close_due_notices,
        },
        payment::{BankResult, BatchState, PaymentState, ReturnReason},
        store,
    },
    ids::PersonId,
    person::death::record_death,
};
use ledger::Fen;
use sea_orm::{ConnectionTrait, Statement};

use super::office::{COUNTY, Office, at, in_need, monday, refusal};
use crate::cast::{date, region, registered};

/// A death that reaches the register without the command, as by an import. What is done and paid asks once more.
async fn dies(office: &Office<'_>, person: PersonId, day: u32) {
    let sql = format!("UPDATE person SET died_on = '2026-10-{day:02}' WHERE id = $1");
    let values = [person.uuid().into()];
    let statement = Statement::from_sql_and_values(office.db.get_database_backend(), sql, values);
    office.db.execute_raw(statement).await.unwrap();
}

schema::both! {
    async fn who_dies_between_approval_and_payment_is_not_paid(db) {
        let office = Office::open(db).await;
        let case = office.ready("wang", monday()).await;
        dies(&office, office.wang.id, 20).await;
        assert_eq!(refusal(office.batch(at(52, 9)).await), Refusal::NothingToPay);
        let row = office.case(case).await;
        assert_eq!((row.status, row.approved), (Status::Terminated, None));
        assert_eq!(office.log(case).await.last(), Some(&Happened::Terminated { released: Fen::yuan(3000) }));
        assert_eq!(office.pot().await, [10_000, 0, 0, 0]);
        office.closes().await;
    }

    async fn who_dies_in_a_batch_is_taken_out_and_the_batch_is_looked_at_again(db) {
        let office = Office::open(db).await;
        let li = registered(db, in_need(office.wang.unit_id, "李建国")).await;
        office.link("li", li.id).await;
        let (hers, his) = (office.ready("wang", monday()).await, office.ready("li", monday()).await);
        let batch = office.batch(at(49, 9)).await.unwrap().batch;
        let confirmer = office.payer("confirmer").await;
        let batch =
            confirm_batch(db, &office.cx, &confirmer, (batch.id, batch.version), at(49, 10)).await.unwrap();
        dies(&office, office.wang.id, 20).await;
        let sent = mark_sent(db, &office.cx, &confirmer, (batch.id, batch.version), at(51, 9)).await;
        assert_eq!(refusal(sent), Refusal::BatchChanged);
        assert_eq!((office.status(hers).await, office.status(his).await), (Status::Terminated, Status::InBatch));
        let batch = store::payment::find_batch(db, batch.id).await.unwrap().unwrap();
        assert_eq!((batch.state, batch.count, batch.total), (BatchState::Open, 1, Fen::yuan(3000)));
        let payments = store::payment::of_batch(db, batch.id).await.unwrap();
        assert_eq!(payments.iter().filter(|p| p.state == PaymentState::TakenOut).count(), 1);
        assert_eq!(office.pot().await, [7000, 0, 3000, 0]);

        let which = (batch.id, batch.version);
        let batch = confirm_batch(db, &office.cx, &confirmer, which, at(51, 10)).await.unwrap();
        mark_sent(db, &office.cx, &confirmer, (batch.id, batch.version), at(51, 10)).await.unwrap();
        office.closes().await;
    }

    async fn the_record_of_a_death_stops_the_money_in_the_same_transaction(db) {
        let office = Office::open(db).await;
        let case = office.ready("wang", monday()).await;
        let batch = office.batch(at(49, 9)).await.unwrap().batch;
        let confirmer = office.payer("confirmer").await;
        let which = (batch.id, batch.version);
        let batch = confirm_batch(db, &office.cx, &confirmer, which, at(49, 10)).await.unwrap();
        let worker = office.worker("registrar").await;
        record_death(db, &office.cx, &worker, office.wang.id, date(2026, 10, 20), at(50, 12)).await.unwrap();
        assert_eq!(office.status(case).await, Status::Terminated);
        assert_eq!(office.pot().await, [10_000, 0, 0, 0]);
        let sent = mark_sent(db, &office.cx, &confirmer, (batch.id, batch.version), at(51, 9)).await;
        assert_eq!(refusal(sent), Refusal::BatchNotNow);
        office.closes().await;
    }

    async fn what_is_with_the_bank_is_left_to_the_bank_and_nobody_is_told(db) {
        let office = Office::open(db).await;
        let case = office.ready("wang", monday()).await;
        let (_, payments) = office.sent(at(49, 9)).await;
        dies(&office, office.wang.id, 20).await;
        assert_eq!(end_cases_of_the_dead(db, &office.cx, &region(COUNTY), at(51, 9)).await.unwrap(), 0);
        let back = BankResult::Returned(ReturnReason::AccountBlocked);
        office.bank(&payments[0], back, at(52, 9)).await;
        assert!(office.told("aid.returned").await.is_empty());
        assert_eq!(office.status(case).await, Status::Terminated, "with the bank's answer");
        assert_eq!(end_cases_of_the_dead(db, &office.cx, &region("33"), at(53, 9)).await.unwrap(), 0);
        assert_eq!(office.pot().await, [10_000, 0, 0, 0]);
        office.closes().await;
    }

    async fn a_death_during_approval_or_notice_ends_both(db) {
        let office = Office::open(db).await;
        let li = registered(db, in_need(office.wang.unit_id, "李建国")).await;
        office.link("li", li.id).await;
        let (case, instance) = office.in_approval("wang", monday()).await;
        let noticed = office.approved("li", monday()).await;
        office.published(noticed, monday()).await;
        dies(&office, office.wang.id, 1).await;
        dies(&office, li.id, 1).await;
        // The approver was faster than the job.
        let became = office.decides("approver", Decision::Agree, &instance, at(31, 13)).await.unwrap();
        assert_eq!(became, Became::Now(Status::Terminated));
        assert_eq!(office.pot().await, [7000, 3000, 0, 0]);
        assert_eq!(end_cases_of_the_dead(db, &office.cx, &region(COUNTY), at(32, 9)).await.unwrap(), 1);
        assert_eq!(office.pot().await, [10_000, 0, 0, 0]);
        assert_eq!(close_due_notices(db, &office.cx, at(60, 9)).await.unwrap(), 0);
        assert_eq!(office.status(case).await, Status::Terminated);
        assert_eq!(office.told("aid.approved").await, ["li"]);
        office.closes().await;
    }

    async fn a_death_while_the_approver_has_it_takes_it_back_there(db) {
        let office = Office::open(db).await;
        let (case, _) = office.in_approval("wang", monday()).await;
        dies(&office, office.wang.id, 1).await;
        end_cases_of_the_dead(db, &office.cx, &region(COUNTY), at(32, 9)).await.unwrap();
        assert_eq!(office.letters("approval.terminate").await, 1);
        assert_eq!(office.status(case).await, Status::Terminated);
        office.closes().await;
    }
}

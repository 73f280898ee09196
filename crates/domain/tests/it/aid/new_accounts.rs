//! An account that was changed lately is somebody's to make sure of.

use chrono::{DateTime, Utc};
use domain::{
    aid::{
        Refusal, Status,
        commands::{
            account::vouch_for_account,
            batch::{LeftOut, left_out},
            confirm::{confirm_batch, mark_sent},
        },
        payment::NotPaid,
        store,
    },
    person::{
        Payout,
        change::{Field, NewChange, Wanted, commands as changes},
    },
    privacy::PayoutNumber,
};

use super::office::{COUNTY, Office, at, monday, refusal};
use crate::cast::{date, region};

/// 受理 asks for another account, and 家访 agrees.
pub(crate) async fn changes_account(office: &Office<'_>, when: DateTime<Utc>) {
    let new = NewChange {
        field: Field::Payout,
        after: Wanted::Payout(Payout {
            number: PayoutNumber::parse("6222021202049999999").unwrap(),
            bank: "某银行".to_owned(),
        }),
        effective_on: date(2026, 9, 21),
        evidence: "本人申请".to_owned(),
    };
    let (db, cx) = (office.db, &office.cx);
    let asked =
        changes::ask(db, cx, &office.worker("registrar").await, (office.wang.id, new), when).await.unwrap();
    changes::decide(db, cx, &office.worker("lead").await, (asked.id, None), when).await.unwrap();
}

schema::both! {
    async fn nothing_is_paid_to_a_new_account_until_a_third_has_made_sure_of_it(db) {
        let office = Office::open(db).await;
        let case = office.ready("wang", monday()).await;
        changes_account(&office, at(40, 9)).await;
        let payer = office.payer("payer").await;
        assert_eq!(refusal(office.batch(at(45, 9)).await), Refusal::NothingToPay);
        let left = left_out(db, &payer, &region(COUNTY), at(45, 9)).await.unwrap();
        assert_eq!(left, [(case, LeftOut::AccountIsNew)]);

        for (who, reason, no) in [
            ("registrar", "打了电话", Refusal::OwnAccountChange),
            ("lead", "打了电话", Refusal::OwnAccountChange),
            ("resolver", "  ", Refusal::Vouch),
        ] {
            let worker = office.worker(who).await;
            let refused = vouch_for_account(db, &office.cx, &worker, (case, reason), at(45, 10)).await;
            assert_eq!(refusal(refused), no, "{who}");
        }
        let resolver = office.worker("resolver").await;
        vouch_for_account(db, &office.cx, &resolver, (case, "打了登记的电话"), at(45, 11)).await.unwrap();
        let again = vouch_for_account(db, &office.cx, &resolver, (case, "再打"), at(45, 11)).await;
        assert_eq!(refusal(again), Refusal::AccountIsOld);
        let vouches = store::account::vouches(db, case).await.unwrap();
        assert_eq!(vouches.len(), 1);
        assert!(!format!("{vouches:?}").contains("电话"));
        let (_, payments) = office.sent(at(45, 12)).await;
        assert_eq!(payments[0].account_tail, "9999");
        office.closes().await;
    }

    async fn a_second_change_is_made_sure_of_again_and_after_thirty_days_nobody_asks(db) {
        let office = Office::open(db).await;
        let case = office.ready("wang", monday()).await;
        changes_account(&office, at(40, 9)).await;
        let rows = store::account::unvouched(db, &office.case(case).await, at(70, 8)).await.unwrap();
        assert!(rows.is_some());
        let rows = store::account::unvouched(db, &office.case(case).await, at(70, 10)).await.unwrap();
        assert!(rows.is_none(), "thirty days and an hour");
        assert_eq!(office.batch(at(70, 10)).await.unwrap().batch.count, 1);
        office.closes().await;
    }

    async fn who_has_another_account_since_the_batch_was_made_is_taken_out_of_it(db) {
        let office = Office::open(db).await;
        let case = office.ready("wang", monday()).await;
        let batch = office.batch(at(45, 9)).await.unwrap().batch;
        let confirmer = office.payer("confirmer").await;
        let batch =
            confirm_batch(db, &office.cx, &confirmer, (batch.id, batch.version), at(45, 10)).await.unwrap();
        changes_account(&office, at(45, 11)).await;
        let sent = mark_sent(db, &office.cx, &confirmer, (batch.id, batch.version), at(45, 12)).await;
        assert_eq!(refusal(sent), Refusal::BatchChanged);
        assert_eq!(office.status(case).await, Status::ReadyToPay);
        assert_eq!(office.pot().await, [7000, 3000, 0, 0]);
        let checks = store::day_check::of_batch(db, batch.id).await.unwrap();
        let why: Vec<NotPaid> = checks.iter().flat_map(|(_, found)| found.iter().map(|one| one.why)).collect();
        assert_eq!(why, [NotPaid::AccountChanged]);
        assert_eq!(refusal(office.batch(at(46, 9)).await), Refusal::NothingToPay);
        office.closes().await;
    }
}

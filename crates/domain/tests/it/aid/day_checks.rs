//! On the morning of the payment it is looked at who lives.

use domain::{
    aid::{
        AidError, Refusal, Status,
        commands::{
            confirm::{confirm_batch, mark_sent},
            day_check::check_day,
        },
        payment::{BatchState, NotPaid},
        store,
    },
    authority::{Role, Scope},
};
use sea_orm::{ConnectionTrait, Statement};

use super::office::{Office, at, in_need, monday, refusal};
use crate::cast::{date, region, registered};

schema::both! {
    async fn what_was_confirmed_yesterday_goes_today_only_after_todays_check(db) {
        let office = Office::open(db).await;
        office.ready("wang", monday()).await;
        let batch = office.batch(at(49, 9)).await.unwrap().batch;
        let confirmer = office.payer("confirmer").await;
        let batch =
            confirm_batch(db, &office.cx, &confirmer, (batch.id, batch.version), at(49, 10)).await.unwrap();
        let which = (batch.id, batch.version);
        let early = mark_sent(db, &office.cx, &confirmer, which, at(50, 9)).await;
        assert_eq!(refusal(early), Refusal::NotCheckedToday);
        let checked = check_day(db, &office.cx, &confirmer, batch.id, at(50, 9)).await.unwrap();
        assert_eq!((checked.check.on_day, checked.check.remaining), (date(2026, 10, 20), 1));
        assert!(checked.findings.is_empty());
        // Yesterday's check does not count for tomorrow, either.
        let late = mark_sent(db, &office.cx, &confirmer, which, at(51, 9)).await;
        assert_eq!(refusal(late), Refusal::NotCheckedToday);
        let sent = mark_sent(db, &office.cx, &confirmer, which, at(50, 10)).await.unwrap();
        assert_eq!(sent.state, BatchState::Sent);
        let over = check_day(db, &office.cx, &confirmer, batch.id, at(50, 11)).await;
        assert_eq!(refusal(over), Refusal::BatchNotNow);
        office.closes().await;
    }

    async fn the_check_takes_out_who_has_died_and_lists_who_was_taken_out_before(db) {
        let office = Office::with_budget(db, 20_000).await;
        let (mut people, mut cases) = (Vec::new(), Vec::new());
        for (login, name) in [("li", "李建国"), ("zhang", "张芳")] {
            let person = registered(db, in_need(office.wang.unit_id, name)).await;
            office.link(login, person.id).await;
            people.push(person.id);
            cases.push(office.ready(login, monday()).await);
        }
        let hers = office.ready("wang", monday()).await;
        let batch = office.batch(at(49, 9)).await.unwrap().batch;
        let confirmer = office.payer("confirmer").await;
        let batch =
            confirm_batch(db, &office.cx, &confirmer, (batch.id, batch.version), at(49, 10)).await.unwrap();
        // One death is written down in the evening; another comes into the register past every command.
        let worker = office.worker("registrar").await;
        let on = date(2026, 10, 19);
        domain::person::death::record_death(db, &office.cx, &worker, people[0], on, at(49, 20)).await.unwrap();
        let sql = "UPDATE person SET died_on = '2026-10-19' WHERE name = '张芳'";
        db.execute_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();

        let checked = check_day(db, &office.cx, &confirmer, batch.id, at(50, 9)).await.unwrap();
        let why: Vec<NotPaid> = checked.findings.iter().map(|finding| finding.why).collect();
        assert_eq!((why, checked.check.remaining), (vec![NotPaid::Died; 2], 1));
        for case in cases {
            assert_eq!(office.status(case).await, Status::Terminated);
        }
        assert_eq!(office.status(hers).await, Status::InBatch);
        assert_eq!(office.pot().await, [17_000, 0, 3000, 0]);
        let again = check_day(db, &office.cx, &confirmer, batch.id, at(50, 9)).await.unwrap();
        assert!(again.findings.is_empty(), "each is found once");

        // What lost a line is confirmed again.
        let batch = store::payment::find_batch(db, batch.id).await.unwrap().unwrap();
        assert_eq!(batch.state, BatchState::Open);
        let which = (batch.id, batch.version);
        let batch = confirm_batch(db, &office.cx, &confirmer, which, at(50, 10)).await.unwrap();
        mark_sent(db, &office.cx, &confirmer, (batch.id, batch.version), at(50, 10)).await.unwrap();
        office.closes().await;
    }

    async fn who_pays_elsewhere_checks_nothing_here(db) {
        let office = Office::open(db).await;
        office.ready("wang", monday()).await;
        let batch = office.batch(at(49, 9)).await.unwrap().batch;
        let elsewhere = Scope::Region(region("330105"));
        let account = crate::cast::joined(db, "elsewhere").await;
        crate::cast::granted(db, &account, Role::Payer, elsewhere).await;
        let grants = domain::authority::Grants::of(db, &account, crate::cast::now()).await.unwrap();
        let other = domain::authority::Payer::somewhere(&grants).unwrap();
        let refused = check_day(db, &office.cx, &other, batch.id, at(49, 9)).await;
        assert!(matches!(refused, Err(AidError::NotFound)));
    }
}

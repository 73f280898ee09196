use chrono::TimeDelta;
use domain::{
    aid::{self, AidError, Refusal, Status, commands::read::answers},
    ids::CaseId,
    privacy::Sealer,
    retention::{self, Step, Tally, check, of_person, rules, store},
    rotation,
};
use sea_orm::{ConnectionTrait, Statement};

use super::scene::{Scene, years_ago};
use crate::{
    aid::office::{Office, monday},
    cast::{audited, context, date, holder, now},
};

/// A case that was refused after a visit, long ago as the day of the question goes.
async fn refused(office: &Office<'_>) -> CaseId {
    let (case, instance) = office.in_approval("wang", monday()).await;
    office.decides("approver", aid::Decision::Refuse, &instance, monday()).await.unwrap();
    assert_eq!(office.status(case).await, Status::Refused);
    case
}

schema::both! {
    async fn of_an_aid_case_the_skeleton_stays_and_the_ledger_is_not_touched(db) {
        let office = Office::open(db).await;
        rules::ensure(db, monday()).await.unwrap();
        let case = refused(&office).await;
        let chief = holder::<domain::authority::held::Worker>(db, "chief", "33").await;
        let security = holder::<domain::authority::held::SecurityAdmin>(db, "security", "33").await;
        let cx = &office.cx;
        let lines = ledger_lines(db).await;
        // Refused in 2026: thirty years count from 2027 on.
        for (on, due) in [(date(2056, 12, 31), false), (date(2057, 1, 1), true)] {
            let then = domain::calendar::utc(on, chrono::NaiveTime::MIN);
            let found = retention::dry_run(db, cx, then).await.unwrap();
            assert_eq!(found.iter().any(|line| line.class == "aid_case"), due, "{on}: {found:?}");
        }
        let then = domain::calendar::utc(date(2057, 1, 1), chrono::NaiveTime::MIN);
        let list = retention::begin(db, then).await.unwrap().unwrap();
        while let Tally::Went(_) = retention::make(db, cx, then).await.unwrap() {}
        retention::propose(db, cx, &chief, list.id, then).await.unwrap();
        let waiting: i64 = store::lines(db, list.id).await.unwrap().iter().map(|line| line.many).sum();
        retention::approve(db, cx, &security, (list.id, u64::try_from(waiting).unwrap()), then).await.unwrap();
        while let Step::Went { .. } = retention::step(db, cx, then).await.unwrap() {}

        let row = office.case(case).await;
        assert_eq!((row.status, row.person_id), (Status::Refused, office.wang.id), "the skeleton");
        let lead = office.worker("registrar").await;
        let read = answers(db, cx, &lead, case, then).await;
        assert!(matches!(read, Err(AidError::Refused(Refusal::Erased))), "{:?}", read.err());
        assert_eq!(ledger_lines(db).await, lines);
        assert_eq!(check::step(db, cx, (None, true), then).await.unwrap().0, []);
        assert!(!retention::dry_run(db, cx, then + TimeDelta::days(40)).await.unwrap().iter().any(|line| line.class == "aid_case"), "once");
        office.closes().await;
    }

    async fn of_a_visit_only_what_was_found_is_ever_written_again(db) {
        let office = Office::open(db).await;
        refused(&office).await;
        let run = async |sql: &str| db.execute_raw(Statement::from_string(db.get_database_backend(), sql)).await;
        for bad in ["UPDATE aid_visit SET proposed = 1", "UPDATE aid_visit SET visited_on = '2020-01-01'", "DELETE FROM aid_visit", "UPDATE aid_visit SET findings = 'x', lead = 'approver'"] {
            assert!(run(bad).await.is_err(), "{bad}");
        }
        // Another key reaches visits, too.
        let seal = Sealer::with_indexes(&[("k2", &[21; 32]), ("test", &[7; 32])], &[("k2", &[22; 32]), ("", &[8; 32])]).unwrap();
        let cx = domain::Context { seal, ..context() };
        while let rotation::Step::Went(_) = rotation::step(db, &cx, now()).await.unwrap() {}
        let old = run("SELECT 1 FROM aid_visit WHERE findings LIKE 'v1|test|%'").await;
        assert!(old.is_ok());
        let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), "SELECT count(*) FROM aid_visit WHERE findings LIKE 'v1|k2|%'")).await;
        assert_eq!(row.unwrap().unwrap().try_get_by_index::<i64>(0).unwrap(), 1);
        audited(db).await;
    }

    async fn another_key_between_the_list_and_the_work_changes_nothing(db) {
        let scene = Scene::open(db).await;
        let (_, wang) = scene.person("王秀英", "wang").await;
        scene.wished(&wang, years_ago(4)).await;
        scene.approved().await;
        let seal = Sealer::with_indexes(&[("k2", &[21; 32]), ("test", &[7; 32])], &[("k2", &[22; 32]), ("", &[8; 32])]).unwrap();
        let cx = domain::Context { seal, ..context() };
        while let rotation::Step::Went(_) = rotation::step(db, &cx, now()).await.unwrap() {}
        assert_eq!(retention::step(db, &cx, now()).await.unwrap(), Step::Went { erased: 1, left_out: 0 });
    }

    async fn one_is_told_until_when_what_must_stay(db) {
        let office = Office::open(db).await;
        rules::ensure(db, monday()).await.unwrap();
        refused(&office).await;
        let kept = of_person(db, office.wang.id, monday()).await.unwrap();
        let case = kept.iter().find(|one| one.label == "帮扶案卷").unwrap();
        assert_eq!(case.until, Some(date(2057, 1, 1)));
        assert!(case.document.contains("国家档案局"));
        let numbers = kept.iter().find(|one| one.label == "去世同志的电话和账户").unwrap();
        assert_eq!((numbers.until, numbers.since), (None, "本人去世"), "it does not count yet");
        let nobody = of_person(db, domain::ids::PersonId::new(now()), now()).await.unwrap();
        assert_eq!(nobody, []);
    }
}

async fn ledger_lines(db: &sea_orm::DatabaseConnection) -> i64 {
    let sql = "SELECT count(*) FROM ledger_line";
    let row =
        db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

//! The month's meter says what the platform's says, whoever calls.

use dingtalk_sim::{Fault, World};
use domain::quota::{self, Limits};
use schema::testing::{self, TestDb};
use server::{
    clock::Clock,
    jobs::{FailedEvents, Reconcile, directory::Directory},
    manifest::Manifest,
};

use crate::harness::{House, Site};

/// The tenant has every permission point, so that nothing is refused before it is counted.
fn permitted(world: &mut World) {
    let codes = Manifest::written().unwrap().permission.into_iter().map(|permission| permission.code);
    world.app.permissions = Some(codes.collect());
}

#[actix_web::test]
async fn calls_of_every_job_are_counted_and_those_that_were_turned_away_are_not() {
    House::each(async |house| {
        let calls = async || {
            let month =
                quota::figures(&house.app.db, &house.app.limits, house.app.clock.now()).await.unwrap();
            (u64::try_from(month.used.calls).unwrap(), house.tenant.quota().calls)
        };
        let create = "POST /v1.0/workflow/processInstances";
        house.tenant.faults().next(1, create, Fault::TooFast);
        let case = house.visited().await;
        house.presses("linfang", "ask", &case, 303).await;
        let made = async || !house.tenant.approvals().inbox("shenlan").is_empty();
        for _ in 0..4 {
            house.settled().await;
            house.later(2);
        }
        house.until("made", made).await;
        let instance = house.tenant.approvals().inbox("shenlan").remove(0).id;
        house.tenant.approvals().agree(&instance, "shenlan", None).unwrap();
        house.comes_to(&case, domain::aid::Status::Approved).await;
        house.settled().await;
        let same = async || {
            let (ours, theirs) = calls().await;
            ours == theirs
        };
        let lost = async || {
            let now = house.app.clock.now();
            for _ in 0..3 {
                let (db, client) = (house.app.db.clone(), house.app.dingtalk.clone());
                FailedEvents::new(db, client, house.app.limits.clone()).round(now).await.unwrap();
            }
            house.until("counted by both", same).await;
        };
        lost().await;
        let (ours, theirs) = calls().await;
        assert!(ours >= 3, "made, read, told: {ours}");

        let (db, cx, client) = (house.app.db.clone(), house.app.cx.clone(), house.app.dingtalk.clone());
        let keys = cx.clone();
        let (form, now) =
            (house.app.config.dingtalk.aid_process_code.parse().unwrap(), house.app.clock.now());
        let settings = house.app.config.directory.clone();
        Directory { db: db.clone(), cx, client: client.clone(), settings }.sync(now).await.unwrap();
        assert_eq!(calls().await, (ours, theirs), "the directory is free");
        // After a while lost events are asked for, by one for all, and then not for long.
        house.later(10);
        lost().await;
        lost().await;
        let (ours, theirs) = (ours + 1, theirs + 1);
        assert_eq!(calls().await, (ours, theirs), "one question");
        house.turn_to("2026-11-24 23:31");
        Reconcile { db, cx: keys, client, form, limits: house.app.limits.clone() }
            .round(house.app.clock.now())
            .await
            .unwrap();
        house.settled().await;
        lost().await;
        let (counted, _) = calls().await;
        assert!(counted >= ours + 3, "one for each list: {counted} after {ours}");
    })
    .await;
}

async fn used(db: &TestDb, limits: &Limits) -> i64 {
    quota::figures(&db.db, limits, Clock::System.now()).await.unwrap().used.calls
}

#[actix_web::test]
async fn commands_beside_the_servers_count_in_the_same_month() {
    let dbs = [Some(testing::sqlite().await), testing::postgres().await];
    for db in dbs.into_iter().flatten() {
        let site = Site::with("meter", db, permitted).await;
        let limits = server::config::load(Some(&site.config), &[]).unwrap().config.limits();
        for (times, command) in [(1, ["manifest", "check"]), (2, ["doctor", "--json"])] {
            site.run(&command).await;
            let theirs = i64::try_from(site.tenant.quota().calls).unwrap();
            assert_eq!(used(&site.db, &limits).await, theirs);
            assert!(theirs >= 4 * times, "{theirs}");
        }
        let counted = used(&site.db, &limits).await;
        site.run(&["doctor", "--free"]).await;
        assert_eq!(used(&site.db, &limits).await, counted);
        site.tenant.stop().await;
    }
}

//! The platform's list is made page by page, and the world does not wait for it.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::aid::{
    Decision,
    commands::approval::{approval_created, approval_sending, submit_for_approval},
    reconcile::{Outcome, Stands, commands, store},
};
use sea_orm::{ConnectionTrait, Statement};

use super::office::{Office, monday};

/// The round was read in the platform.
async fn read(office: &Office<'_>, instance: &str, at: DateTime<Utc>) {
    let sql = "UPDATE aid_approval SET read_at = $1 WHERE instance_id = $2";
    let values = [at.into(), instance.into()];
    let statement = Statement::from_sql_and_values(office.db.get_database_backend(), sql, values);
    office.db.execute_raw(statement).await.unwrap();
}

schema::both! {
    async fn what_ends_while_the_platform_makes_its_list_agrees(db) {
        let office = Office::open(db).await;
        let (_, instance) = office.in_approval("wang", monday()).await;
        let now = monday() + TimeDelta::hours(3);
        let window = (monday() - TimeDelta::hours(1), now - TimeDelta::minutes(10));
        let listed = BTreeMap::from([(instance.clone(), Stands::Open)]);
        office.decides("approver", Decision::Agree, &instance, now + TimeDelta::seconds(20)).await.unwrap();
        read(&office, &instance, now + TimeDelta::seconds(20)).await;
        let check = commands::begin(db, "day/1", window, now).await.unwrap().unwrap();
        assert_eq!(commands::settle(db, &check, &listed, |_| None, now).await.unwrap(), 0);
        assert_eq!(store::open(db, Outcome::Diverged).await.unwrap(), 0);

        // A day later the platform still calls it open: that is no matter of seconds.
        let tomorrow = now + TimeDelta::days(1);
        let check = commands::begin(db, "day/2", window, tomorrow).await.unwrap().unwrap();
        commands::settle(db, &check, &listed, |_| None, tomorrow).await.unwrap();
        assert_eq!(store::open(db, Outcome::Diverged).await.unwrap(), 1);
        // And then it has ended there, too.
        let ended = BTreeMap::from([(instance, Stands::Decided)]);
        let check = commands::begin(db, "day/3", window, tomorrow).await.unwrap().unwrap();
        commands::settle(db, &check, &ended, |_| None, tomorrow).await.unwrap();
        assert_eq!(store::open(db, Outcome::Diverged).await.unwrap(), 0);
        office.closes().await;
    }

    async fn what_nobody_knew_because_a_server_died_over_it_is_no_orphan_once_it_is_found(db) {
        let office = Office::open(db).await;
        let case = office.visited("wang", monday()).await.id;
        let reviewer = office.worker("reviewer").await;
        let round = submit_for_approval(db, &office.cx, &reviewer, case, monday()).await.unwrap().round;
        approval_sending(db, (case, round), monday()).await.unwrap();
        // The platform has it, and the server that asked for it is gone.
        let now = monday() + TimeDelta::hours(3);
        let window = (monday() - TimeDelta::hours(1), now - TimeDelta::minutes(10));
        let listed = BTreeMap::from([("instance".to_owned(), Stands::Open)]);
        let check = commands::begin(db, "down/1", window, now).await.unwrap().unwrap();
        commands::settle(db, &check, &listed, |_| None, now).await.unwrap();
        commands::caught_up(db, now).await.unwrap();
        assert_eq!(store::open(db, Outcome::Orphan).await.unwrap(), 1);
        approval_created(db, &office.cx, (case, round), "instance", now).await.unwrap();
        commands::caught_up(db, now).await.unwrap();
        assert_eq!(store::open(db, Outcome::Orphan).await.unwrap(), 0);
        office.closes().await;
    }
}

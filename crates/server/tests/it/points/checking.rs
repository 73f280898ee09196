//! A decision of which no event tells, while all servers are away: the platform's list is held against ours.

use std::collections::BTreeSet;

use dingtalk_sim::EventFaults;
use domain::aid::{Status, reconcile::store};

use super::{
    list::{self, Window},
    walk::{Story, walks},
};
use crate::harness::House;

#[derive(Default)]
struct Checking {
    case: String,
    instance: String,
    number: String,
    went_again: i64,
    checks: usize,
}

impl Story for Checking {
    fn points(&self) -> BTreeSet<&'static str> {
        list::checking()
    }

    /// The rest is as with a decision.
    fn stops(&self) -> BTreeSet<&'static str> {
        list::CHECKING.into()
    }

    /// A check that somebody has begun is theirs for ten minutes.
    fn patience(&self) -> i64 {
        11
    }

    async fn before(&mut self, house: &House, _n: usize) {
        house.tenant.faults().events(EventFaults::default());
        (self.case, self.instance) = house.in_approval().await;
        self.number = house.case(&self.case).await.number;
        // What is younger is not looked at, and whatever is silent has been asked about.
        house.later(16);
        house.settled().await;
        // A server has been alive.
        house.reconciled().await;
        house.settled().await;
        self.went_again = house.went_again().await;
        self.checks = store::checks(&house.app.db, 1000).await.unwrap().len();
    }

    async fn begins(&mut self, house: House, _n: usize) -> House {
        let off = house.off().await;
        off.tenant.faults().events(EventFaults { lose: 1.0, ..EventFaults::default() });
        off.tenant.approvals().refuse(&self.instance, "shenlan", Some("材料不全")).unwrap();
        off.tenant.clock().advance(chrono::TimeDelta::minutes(15));
        off.on().await
    }

    async fn is_through(&self, house: &House, _n: usize) -> bool {
        let checks = store::checks(&house.app.db, 1000).await.unwrap();
        house.case(&self.case).await.status == Status::Refused
            && house.told_of("wangxiuying", &self.number).len() >= 3
            && checks.len() > self.checks
            && checks.iter().all(|check| check.done_at.is_some())
    }

    async fn ends(&mut self, house: &House, _n: usize, window: Window) {
        assert_eq!(house.case(&self.case).await.status, Status::Refused);
        // One more may just have begun.
        house
            .until("checked", async || {
                let checks = store::checks(&house.app.db, 1000).await.unwrap();
                checks.len() > self.checks && checks.iter().all(|check| check.done_at.is_some())
            })
            .await;
        house.steps_once(&self.case).await;
        house.told_once(&self.number, 3, (window, self.went_again)).await;
    }
}

walks!(
    Checking::default(),
    what_nobody_told_is_found_in_the_platforms_list_on_sqlite,
    what_nobody_told_is_found_in_the_platforms_list_on_postgresql
);

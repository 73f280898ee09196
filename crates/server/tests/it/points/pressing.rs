//! The approver decides on our page: DingTalk executes it, once.

use std::collections::BTreeSet;

use domain::aid::Status;

use super::{
    list::{self, Window},
    walk::{Story, walks},
};
use crate::harness::House;

#[derive(Default)]
struct Pressing {
    case: String,
    instance: String,
    number: String,
    task: String,
    went_again: i64,
}

impl Story for Pressing {
    fn points(&self) -> BTreeSet<&'static str> {
        list::pressing()
    }

    /// The rest is as with a decision.
    fn stops(&self) -> BTreeSet<&'static str> {
        list::PRESSING.into()
    }

    async fn before(&mut self, house: &House, _n: usize) {
        (self.case, self.instance) = house.in_approval().await;
        self.number = house.case(&self.case).await.number;
        self.task = house.task_of("shenlan").await;
        house.settled().await;
        self.went_again = house.went_again().await;
    }

    async fn begins(&mut self, house: House, _n: usize) -> House {
        house.sends("shenlan", &format!("/console/tasks/{}", self.task), &[("wish", "refuse")], 303).await;
        house
    }

    async fn is_through(&self, house: &House, _n: usize) -> bool {
        house.case(&self.case).await.status == Status::Refused
    }

    async fn ends(&mut self, house: &House, _n: usize, window: Window) {
        let all = house.tenant.approvals().all();
        let instance = all.iter().find(|one| one.id == self.instance).unwrap();
        let executed = instance.records.iter().filter(|record| record.kind.starts_with("EXECUTE"));
        assert_eq!(executed.count(), 1, "one decision");
        house.steps_once(&self.case).await;
        house.told_once(&self.number, 3, (window, self.went_again)).await;
    }
}

walks!(
    Pressing::default(),
    what_is_decided_on_our_page_is_executed_once_on_sqlite,
    what_is_decided_on_our_page_is_executed_once_on_postgresql
);

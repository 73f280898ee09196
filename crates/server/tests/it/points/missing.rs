//! A decision whose event finds nobody: the server is off. It stands in the list of failed events, and the approval has been silent for
//! long; whichever is looked at first.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use domain::aid::Status;

use super::{
    list::{self, Window},
    own::alone,
    walk::{Story, walks},
};
use crate::harness::{House, newcomer};

#[derive(Default)]
struct Missing {
    case: String,
    instance: String,
    number: String,
    went_again: i64,
}

impl Story for Missing {
    fn points(&self) -> BTreeSet<&'static str> {
        list::missing()
    }

    fn window(&self, point: &str) -> Window {
        list::window_of_news(point)
    }

    /// The rest is as with a decision.
    fn stops(&self) -> BTreeSet<&'static str> {
        list::LOOKING.into()
    }

    async fn before(&mut self, house: &House, _n: usize) {
        (self.case, self.instance) = house.in_approval().await;
        house.is_there().await;
        self.number = house.case(&self.case).await.number;
        // An approval is asked about when it has been silent for five minutes.
        house.later(6);
        house.settled().await;
        self.went_again = house.went_again().await;
    }

    async fn begins(&mut self, house: House, _n: usize) -> House {
        let off = house.off().await;
        off.tenant.approvals().refuse(&self.instance, "shenlan", Some("材料不全")).unwrap();
        for _ in 0..3 {
            off.tenant.pushes().deliver_now().await;
        }
        assert!(!off.tenant.pushes().failed().is_empty());
        off.tenant.clock().advance(TimeDelta::minutes(1));
        off.on().await
    }

    async fn is_through(&self, house: &House, _n: usize) -> bool {
        house.case(&self.case).await.status == Status::Refused
            && house.told_of("wangxiuying", &self.number).len() >= 3
    }

    async fn ends(&mut self, house: &House, _n: usize, window: Window) {
        assert_eq!(house.case(&self.case).await.status, Status::Refused);
        house.steps_once(&self.case).await;
        house.told_once(&self.number, 3, (window, self.went_again)).await;
    }
}

walks!(Missing::default(), what_was_missed_is_found_on_sqlite, what_was_missed_is_found_on_postgresql);

#[actix_web::test]
async fn news_that_were_fetched_and_not_stored_are_stored_later() {
    if !alone(concat!(module_path!(), "::news_that_were_fetched_and_not_stored_are_stored_later")) {
        return;
    }
    for point in ["missed.fetched", "missed.kept"] {
        let house = House::open().await;
        house.is_there().await;
        let off = house.off().await;
        off.tenant.add_person(newcomer("late")).unwrap();
        for _ in 0..3 {
            off.tenant.pushes().deliver_now().await;
        }
        off.tenant.clock().advance(TimeDelta::minutes(1));
        fail::cfg(point, "return(error)").unwrap();
        let house = off.on().await;
        house.hears("late", "我是银龄小助手", 1).await;
        assert!(house.tenant.pushes().failed().is_empty(), "reading has emptied the list");
    }
}

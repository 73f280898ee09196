//! A request is taken back while it is with the approver: the instance ends, too.

use std::collections::BTreeSet;

use domain::aid::Status;

use super::{
    list::{self, Window},
    walk::{Story, walks},
};
use crate::harness::House;

#[derive(Default)]
struct Recalling {
    case: String,
    number: String,
    went_again: i64,
}

impl Story for Recalling {
    fn points(&self) -> BTreeSet<&'static str> {
        list::recalling()
    }

    fn window(&self, point: &str) -> Window {
        list::window_of_news(point)
    }

    /// The rest is as with a decision.
    fn stops(&self) -> BTreeSet<&'static str> {
        list::RECALLING.into()
    }

    async fn before(&mut self, house: &House, _n: usize) {
        (self.case, _) = house.in_approval().await;
        self.number = house.case(&self.case).await.number;
        // The platform ends no instance in its first seconds.
        house.later(1);
        house.settled().await;
        self.went_again = house.went_again().await;
    }

    async fn begins(&mut self, house: House, _n: usize) -> House {
        house.sends("wangxiuying", &format!("/aid/cases/{}/withdraw", self.case), &[], 303).await;
        house
    }

    async fn is_through(&self, house: &House, _n: usize) -> bool {
        house.tenant.approvals().inbox("shenlan").is_empty()
            && house.told_of("wangxiuying", &self.number).len() >= 3
    }

    async fn ends(&mut self, house: &House, _n: usize, window: Window) {
        assert_eq!(house.case(&self.case).await.status, Status::Withdrawn);
        assert!(house.tenant.approvals().inbox("shenlan").is_empty(), "nobody is asked any more");
        assert_eq!(house.instances_of(&self.number), 1, "one instance");
        house.steps_once(&self.case).await;
        // Letters are on their way while the platform pushes that the instance has ended: whoever dies then dies in the middle of both.
        let window = if house.went_again().await > self.went_again { Window::Again } else { window };
        house.told_once(&self.number, 3, (window, self.went_again)).await;
    }
}

walks!(
    Recalling::default(),
    what_is_taken_back_ends_everywhere_on_sqlite,
    what_is_taken_back_ends_everywhere_on_postgresql
);

//! An event: somebody joins, and is welcomed.

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicBool, Ordering},
};

use domain::{
    ids::AccountId,
    notice::{self, Occasion, Status},
};

use super::{
    list::{self, Window},
    own::alone,
    walk::{Story, walks},
};
use crate::harness::House;

const WELCOME: &str = "我是银龄小助手";

struct Joining;

fn who(n: usize) -> String {
    format!("n{n:03}")
}

impl Story for Joining {
    fn points(&self) -> BTreeSet<&'static str> {
        list::joining()
    }

    fn window(&self, point: &str) -> Window {
        list::window_of_reminders(point)
    }

    async fn begins(&mut self, house: House, n: usize) -> House {
        house.joins(&who(n));
        house
    }

    async fn is_through(&self, house: &House, n: usize) -> bool {
        !house.told_of(&who(n), WELCOME).is_empty() || house.welcome(&who(n)).await == Some(Status::Unknown)
    }

    async fn ends(&mut self, house: &House, n: usize, window: Window) {
        let who = who(n);
        let active = format!("SELECT COUNT(*) FROM account WHERE id = '{who}' AND active");
        let heard = format!("SELECT COUNT(*) FROM account_event WHERE account_id = '{who}'");
        assert_eq!((house.count(&active).await, house.count(&heard).await), (1, 1), "{who}");
        let told = house.told_of(&who, WELCOME).len();
        match house.welcome(&who).await.unwrap() {
            Status::Accepted => assert_eq!(told, 1, "{who}"),
            Status::Unknown => assert!(window == Window::Unknown && told <= 1, "{who}: {told}"),
            status => panic!("{who}: {status:?}"),
        }
    }
}

impl House {
    /// What the ledger says of somebody's first message.
    async fn welcome(&self, who: &str) -> Option<Status> {
        let account = AccountId::parse(who).unwrap();
        let row = notice::store::about(&self.app.db, &account, Occasion::Welcome).await.unwrap();
        row.map(|row| row.status)
    }
}

walks!(
    Joining,
    whoever_joins_is_known_and_welcomed_on_sqlite,
    whoever_joins_is_known_and_welcomed_on_postgresql
);

#[actix_web::test]
async fn an_item_that_panics_is_tried_again_and_keeps_nobody_waiting() {
    if !alone(concat!(module_path!(), "::an_item_that_panics_is_tried_again_and_keeps_nobody_waiting")) {
        return;
    }
    let house = House::open().await;
    let first = AtomicBool::new(true);
    fail::cfg_callback("inbox.effect", move || {
        if first.swap(false, Ordering::Relaxed) {
            // As a panic does, but without its noise.
            std::panic::resume_unwind(Box::new("a defect"));
        }
    })
    .unwrap();
    house.joins("first");
    house.joins("second");
    house.hears("second", WELCOME, 1).await;
    assert!(house.told("first").is_empty());
    house.later(1);
    house.hears("first", WELCOME, 1).await;
}

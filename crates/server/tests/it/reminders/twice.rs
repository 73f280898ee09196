use dingtalk_sim::Fault;
use domain::{
    notice::{self, Status},
    quota::{self, Level},
};

use super::evening::{EVE, MEMBERS};
use crate::harness::House;

const SEND: &str = "/v1.0/robot/oToMessages/batchSend";

impl House {
    /// Each member was told of tomorrow's meeting so often.
    async fn each_was_told(&self, times: usize) {
        self.settled().await;
        for member in MEMBERS {
            assert_eq!(self.told_of(member, EVE).len(), times, "{member}");
        }
    }

    /// What the delivery ledger says of 赵德福.
    async fn ledger(&self) -> Vec<Status> {
        let rows = notice::store::of_person(&self.app.db, domain::seed::cast().zhao, 10).await.unwrap();
        rows.into_iter().map(|row| row.status).collect()
    }
}

#[actix_web::test]
async fn a_plan_that_fires_again_and_a_server_that_starts_again_say_nothing_twice() {
    House::each(async |house| {
        house.turn_to("2026-11-24 18:30");
        house.hears("zhaodefu", EVE, 1).await;
        let again = notify::scheduler::run_once(&house.app.db, &house.app.cx, house.app.clock.now()).await;
        assert_eq!(again.unwrap(), 0);
        house.later(5);
        let house = house.off().await.on().await;
        house.each_was_told(1).await;
        assert_eq!(house.ledger().await, [Status::Accepted]);
    })
    .await;
}

#[actix_web::test]
async fn many_servers_say_it_once() {
    House::each(async |house| {
        let (second, third) = (house.another_server().await, house.another_server().await);
        house.turn_to("2026-11-24 18:30");
        house.hears("zhaodefu", EVE, 1).await;
        house.each_was_told(1).await;
        house.tenant.person("wangxiuying").says("帮助").await.unwrap();
        house.hears("wangxiuying", "我能帮您做这些", 1).await;
        house.later(5);
        house.each_was_told(1).await;
        assert_eq!(house.told("wangxiuying").len(), 2);
        drop((second, third));
    })
    .await;
}

#[actix_web::test]
async fn a_platform_that_is_busy_gets_it_later_and_once() {
    House::each(async |house| {
        for fault in [Fault::Busy, Fault::TooFast, Fault::SystemError] {
            house.tenant.faults().next(1, SEND, fault);
        }
        house.turn_to("2026-11-24 18:30");
        house.settled().await;
        assert_eq!(house.ledger().await, [Status::Queued]);
        for _ in 0..3 {
            house.later(8);
            house.settled().await;
        }
        house.each_was_told(1).await;
        assert_eq!(house.ledger().await, [Status::Accepted]);
    })
    .await;
}

#[actix_web::test]
async fn whom_the_platform_holds_back_is_told_when_it_lets_go() {
    let house = House::open().await;
    house.tenant.faults().next(1, SEND, Fault::HeldBack);
    house.turn_to("2026-11-24 18:30");
    house.until("held back", async || house.ledger().await == [Status::FlowControlled]).await;
    house.each_was_told(0).await;
    house.later(11);
    house.each_was_told(1).await;

    // Held back into the quiet hours, it waits for their end.
    let house = House::open().await;
    house.tenant.faults().next(1, SEND, Fault::HeldBack);
    house.turn_to("2026-11-24 19:55");
    house.until("held back", async || house.ledger().await == [Status::FlowControlled]).await;
    house.later(11);
    house.each_was_told(0).await;
    house.turn_to("2026-11-25 08:00");
    house.each_was_told(1).await;
}

#[actix_web::test]
async fn a_call_whose_answer_is_lost_is_not_made_again() {
    let house = House::open().await;
    house.tenant.faults().next(1, SEND, Fault::LostAnswer);
    house.turn_to("2026-11-24 18:30");
    house.hears("zhaodefu", EVE, 1).await;
    house.settled().await;
    assert_eq!(house.ledger().await, [Status::Unknown], "somebody can look");
    for _ in 0..3 {
        house.later(20);
        house.each_was_told(1).await;
    }
}

#[actix_web::test]
async fn a_month_that_is_used_up_disturbs_nobody_and_is_written_down() {
    let house = House::with(|world| world.limits.calls_per_month = Some(0)).await;
    house.turn_to("2026-11-24 18:30");
    let level =
        async || quota::figures(&house.app.db, &house.app.limits, house.app.clock.now()).await.unwrap().level;
    house.until("used up", async || level().await == Level::UsedUp).await;
    house.until("back", async || house.ledger().await == [Status::Queued]).await;
    assert!(MEMBERS.iter().all(|member| house.told_of(member, EVE).is_empty()));
    let letters = mailbox::outbox::waiting(&house.app.db).await.unwrap();
    assert_eq!(letters, [(mailbox::Lane::Reminder, 3)], "what may wait waits, untried");
}

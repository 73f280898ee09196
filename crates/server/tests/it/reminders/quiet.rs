use chrono::TimeDelta;

use super::{
    digest::DIGEST,
    evening::{EVE, MEMBERS},
};
use crate::harness::{House, title};

#[actix_web::test]
async fn what_comes_too_late_in_the_evening_waits_for_eight_in_the_morning() {
    House::each(async |house| {
        // The server was away at half past six and is back at five past eight.
        house.turn_to("2026-11-24 20:05");
        house.settled().await;
        house.turn_to("2026-11-25 07:59");
        house.settled().await;
        assert!(MEMBERS.iter().all(|member| house.told(member).is_empty()), "the night is quiet");
        house.turn_to("2026-11-25 08:00");
        for member in MEMBERS {
            let message = house.hears(member, EVE, 1).await;
            assert_eq!(title(&message), "支部活动提醒：今天（11月25日，星期三）上午9点");
        }
        house.settled().await;
        assert_eq!(house.told_of("wangxiuying", EVE).len(), 1);
    })
    .await;
}

#[actix_web::test]
async fn at_noon_retirees_sleep() {
    let house = House::open().await;
    house.turn_to("2026-11-25 12:30");
    house.settled().await;
    house.turn_to("2026-11-25 13:59");
    house.settled().await;
    assert!(house.told("liguoqiang").is_empty());
    house.turn_to("2026-11-25 14:00");
    house.hears("liguoqiang", DIGEST, 1).await;
    house.settled().await;
    assert!(MEMBERS.iter().all(|member| house.told_of(member, EVE).is_empty()), "the meeting is over");
}

#[actix_web::test]
async fn a_digest_of_yesterday_is_not_worth_a_message() {
    let house = House::open().await;
    house.turn_to("2026-11-25 20:10");
    house.settled().await;
    house.turn_to("2026-11-26 08:00");
    house.settled().await;
    assert!(house.told("liguoqiang").is_empty());
    house.turn_to("2026-11-26 08:30");
    let message = house.hears("liguoqiang", DIGEST, 1).await;
    assert_eq!(title(&message), "支部工作提醒：11月26日（星期四）");
}

#[actix_web::test]
async fn a_meeting_before_the_end_of_the_night_is_not_reminded_of_afterwards() {
    let house = House::open().await;
    // At half past seven, and at half past nine.
    let (early, late) = (TimeDelta::minutes(22 * 60 + 30), TimeDelta::minutes(24 * 60 + 30));
    house.plans("晨练", house.app.clock.now() + early).await;
    house.plans("座谈", house.app.clock.now() + late).await;
    house.turn_to("2026-11-24 21:00");
    house.settled().await;
    house.turn_to("2026-11-25 08:00");
    house.hears("zhaodefu", EVE, 1).await;
    house.settled().await;
    // 晨练 began at half past seven; of the two that are still to come one message tells.
    let told = house.told_of("zhaodefu", EVE);
    assert_eq!(told.len(), 1, "nobody is reminded twice a day");
    let text = told[0].text();
    assert!(text.contains("党课：身边的榜样") && text.contains("当天还有1场活动"), "{text}");
}

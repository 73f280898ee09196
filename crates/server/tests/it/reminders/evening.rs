use chrono::TimeDelta;
use dingtalk_sim::Message;
use domain::{branch::attendance, ids::MeetingId, seed::cast};

use crate::harness::{House, title};

pub(crate) const MEMBERS: [&str; 3] = ["wangxiuying", "liguoqiang", "zhaodefu"];
pub(crate) const EVE: &str = "支部活动提醒";

/// Where a message's first button leads, as a path of ours.
pub(crate) fn button(house: &House, message: &Message) -> String {
    let url = &message.buttons()[0].url;
    let path = url.strip_prefix(house.app.config.web.public_url.as_str()).unwrap();
    format!("/{path}")
}

#[actix_web::test]
async fn members_are_reminded_the_evening_before_and_the_button_leads_to_the_page() {
    House::each(async |house| {
        house.settled().await;
        assert!(MEMBERS.iter().all(|member| house.told(member).is_empty()), "nothing before the evening");
        house.turn_to("2026-11-24 18:30");
        for member in MEMBERS {
            let message = house.hears(member, EVE, 1).await;
            assert_eq!(title(&message), "支部活动提醒：明天（11月25日，星期三）上午9点");
            assert!(message.text().contains("党课：身边的榜样") && message.text().contains("翠苑社区活动室"));
            assert_eq!(message.buttons()[0].title, "看安排、去签到");
        }
        house.settled().await;
        assert!(house.told("sunguilan").is_empty(), "never to the dead");
        for other in ["chenjing", "shenlan"] {
            assert!(house.told(other).is_empty(), "{other} is no member");
        }

        // She taps it the same evening, and again in the morning.
        let page = button(&house, &house.told_of("wangxiuying", EVE)[0]);
        let wang = house.signed_in("wangxiuying").await;
        let shown = wang.get(&page, 200).await;
        shown.says("党课：身边的榜样").says("明天（11月25日，星期三）上午8点起可以签到。");
        house.turn_to("2026-11-25 08:40");
        let wang = house.signed_in("wangxiuying").await;
        let shown = wang.get(&page, 200).await;
        shown.says("可以签到");
        let done = wang.post(&format!("{page}/sign-in"), &[("csrf", &shown.value("csrf"))], 303).await;
        wang.get(done.header("location"), 200).await.says("签到好了");
        let meeting: MeetingId = page.rsplit('/').next().unwrap().parse().unwrap();
        let rows = attendance::store::of_meeting(&house.app.db, meeting).await.unwrap();
        assert_eq!((rows.len(), rows[0].person_id), (1, cast().wang));

        // Nobody who has no login yet, and nobody else's branch, opens it.
        house.signed_in("chenjing").await.get(&page, 404).await;
        house.browser().get(&page, 303).await;
        house.settled().await;
        for member in MEMBERS {
            assert_eq!(house.told_of(member, EVE).len(), 1, "{member}: once");
        }
    })
    .await;
}

#[actix_web::test]
async fn one_call_reaches_all_and_the_next_day_has_a_reminder_of_its_own() {
    let house = House::open().await;
    house.turn_to("2026-11-24 18:30");
    house.hears("zhaodefu", EVE, 1).await;
    house.settled().await;
    let calls = house.tenant.quota().calls_by_api;
    assert_eq!(calls.get("/v1.0/robot/oToMessages/batchSend"), Some(&1), "{calls:?}");
    house.plans("专题学习", house.app.clock.now() + TimeDelta::hours(39)).await;
    house.turn_to("2026-11-25 18:30");
    let next = house.hears("zhaodefu", EVE, 2).await;
    assert!(next.text().contains("专题学习"));
}

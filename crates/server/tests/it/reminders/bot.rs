use dingtalk_callback::robot::sign;
use domain::{branch::attendance, seed::cast};
use serde_json::{Value, json};

use super::evening::button;
use crate::{aid::applied, harness::House};

impl House {
    /// Somebody says something to the robot; the `nth` answer under that title.
    async fn says(&self, userid: &str, words: &str, title: &str, nth: usize) -> dingtalk_sim::Message {
        self.tenant.person(userid).says(words).await.unwrap();
        self.hears(userid, title, nth).await
    }

    /// The last message to the robot as the platform posted it.
    fn posted(&self) -> Value {
        let wire = self.tenant.wire();
        wire.iter().rev().find(|exchange| exchange.path.ends_with("/callback/robot")).unwrap().request.clone()
    }

    /// Posts to the robot's address, as whoever knows it can.
    async fn post_robot(&self, body: &Value, timestamp: &str, sign: &str, status: u16) {
        let request = self.browser().request(reqwest::Method::POST, "/callback/robot");
        let request = request.header("timestamp", timestamp).header("sign", sign).json(body);
        self.browser().send(request, status).await;
    }
}

#[actix_web::test]
async fn help_is_the_answer_to_whatever_is_not_understood() {
    let house = House::open().await;
    for (nth, words) in [(1, "帮助"), (2, "今天天气真好"), (3, "？")] {
        let help = house.says("wangxiuying", words, "我能帮您做这些", nth).await;
        for line in ["说“签到”", "说“进度”", "说“帮助”"] {
            assert!(help.text().contains(line), "{}", help.text());
        }
        assert_eq!(button(&house, &help), "/home");
    }
    // At night, too: whoever speaks is awake.
    house.turn_to("2026-11-24 23:00");
    house.says("wangxiuying", "帮助", "我能帮您做这些", 4).await;
    let calls = house.tenant.quota().calls_by_api;
    assert!(!calls.contains_key("/v1.0/robot/oToMessages/batchSend"), "answers are not counted: {calls:?}");
}

#[actix_web::test]
async fn the_word_signs_in_like_the_page() {
    House::each(async |house| {
        let done = house.says("wangxiuying", "我到了", "签到好了", 1).await;
        assert!(done.text().contains("主题党日：学习与交流") && done.text().contains("上午9点"));
        let page = button(&house, &done);
        house.signed_in("wangxiuying").await.get(&page, 200).await.says("已签到");
        house.later(10);
        let again = house.says("wangxiuying", "签 到", "您已经签过到了", 1).await;
        assert!(again.text().contains("上午9点"), "the first time counts: {}", again.text());
        let meeting = page.rsplit('/').next().unwrap().parse().unwrap();
        let rows = attendance::store::of_meeting(&house.app.db, meeting).await.unwrap();
        assert_eq!((rows.len(), rows[0].person_id), (1, cast().wang));

        // When nothing is on, the next meeting is named.
        house.turn_to("2026-11-24 15:00");
        let later = house.says("zhaodefu", "签到", "现在不用签到", 1).await;
        assert!(
            later.text().contains("明天") && later.text().contains("党课：身边的榜样"),
            "{}",
            later.text()
        );
    })
    .await;
}

#[actix_web::test]
async fn the_word_tells_how_far_ones_own_request_is() {
    House::each(async |house| {
        let none = house.says("wangxiuying", "进度", "您没有在办的申请", 1).await;
        assert_eq!(button(&house, &none), "/aid/apply");
        applied(&house.signed_in("wangxiuying").await).await;
        let one = house.says("wangxiuying", "我的申请批了没", "您的申请", 1).await;
        assert!(one.text().contains("西湖帮扶2026-0001：已经收到"), "{}", one.text());
        assert_eq!(button(&house, &one), "/aid/cases");
        house.says("zhaodefu", "进度", "您没有在办的申请", 1).await;
    })
    .await;
}

#[actix_web::test]
async fn a_login_of_nobody_in_the_register_is_told_whom_to_call() {
    let house = House::open().await;
    let told = house.says("chenjing", "签到", "还没有登记", 1).await;
    assert!(told.text().contains("0571"), "{}", told.text());
    house.says("chenjing", "进度", "您没有在办的申请", 1).await;
}

#[actix_web::test]
async fn a_message_that_comes_twice_is_answered_once() {
    House::each(async |house| {
        house.says("wangxiuying", "帮助", "我能帮您做这些", 1).await;
        let now = house.app.clock.now().timestamp_millis().to_string();
        let right = sign("demo-secret-that-is-not-secret-000000000000000000000000000000001", &now);
        for _ in 0..2 {
            house.post_robot(&house.posted(), &now, &right, 200).await;
        }
        house.settled().await;
        assert_eq!(house.told("wangxiuying").len(), 1);
    })
    .await;
}

#[actix_web::test]
async fn a_message_that_is_not_signed_by_the_platform_is_refused_and_does_nothing() {
    let house = House::open().await;
    house.says("wangxiuying", "帮助", "我能帮您做这些", 1).await;
    let mut body = house.posted();
    body["msgId"] = json!("msg-of-somebody-else");
    body["text"] = json!({ "content": "签到" });
    let secret = "demo-secret-that-is-not-secret-000000000000000000000000000000001";
    let now = house.app.clock.now().timestamp_millis();
    let right = sign(secret, &now.to_string());
    let old = (now - 2 * 3600 * 1000).to_string();
    for (timestamp, signature) in [
        (now.to_string(), String::new()),
        (now.to_string(), sign("another secret", &now.to_string())),
        ((now + 1).to_string(), right.clone()),
        (old.clone(), sign(secret, &old)),
        (String::new(), right.clone()),
    ] {
        house.post_robot(&body, &timestamp, &signature, 400).await;
    }
    house.settled().await;
    assert_eq!(house.told("wangxiuying").len(), 1);
    house.signed_in("wangxiuying").await.get("/branch/meetings", 200).await.never_says("已签到");
    // The same with the right signature is done.
    house.post_robot(&body, &now.to_string(), &right, 200).await;
    house.hears("wangxiuying", "签到好了", 1).await;
}

#[actix_web::test]
async fn what_comes_in_is_counted_and_a_message_without_words_says_that_the_month_is_used_up() {
    let month = async |house: &House| {
        domain::quota::figures(&house.app.db, &house.app.limits, house.app.clock.now()).await.unwrap()
    };
    let house = House::open().await;
    house.says("wangxiuying", "帮助", "我能帮您做这些", 1).await;
    house.says("wangxiuying", "退订", "退订好了", 1).await;
    let counted = month(&house).await;
    assert_eq!((counted.used.deliveries, counted.used.calls), (2, 0), "answers in the session are free");
    assert_eq!(u64::try_from(counted.used.deliveries).unwrap(), house.tenant.quota().deliveries);
    // The eve's reminder is not for her any more.
    house.turn_to("2026-11-24 18:30");
    house.hears("zhaodefu", "支部活动提醒", 1).await;
    house.settled().await;
    assert!(house.told_of("wangxiuying", "支部活动提醒").is_empty(), "she has stopped it");

    let house = House::with(|world| world.limits.deliveries_per_month = Some(0)).await;
    house.tenant.person("wangxiuying").says("帮助").await.unwrap();
    house.until("used up", async || month(&house).await.used.up).await;
}

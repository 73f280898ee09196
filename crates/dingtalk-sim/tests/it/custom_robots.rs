//! Webhook robots of a group: their safety settings, and how often they may speak.

use chrono::TimeDelta;
use dingtalk::robot::{At, CustomRobot, RobotMessage, SessionMessage};
use dingtalk_sim::Tenant;

use crate::{own_client, tenant, user};

/// The robot of the example's group.
fn signing() -> CustomRobot {
    let robot = &crate::world().groups[0].custom_robots[0];
    CustomRobot { token: robot.token.clone().into(), secret: robot.secret.clone().map(Into::into) }
}

fn words(text: &str) -> SessionMessage {
    SessionMessage::try_from(RobotMessage::Text(text.to_owned())).unwrap()
}

fn lines(tenant: &Tenant) -> usize {
    tenant.groups()[0].lines.len()
}

#[tokio::test]
async fn a_signature_of_now_is_needed() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    client.robot().send_as(&signing(), words("今天值班：陈志远"), None).await.unwrap();
    let id = tenant.groups()[0].id.clone();
    assert_eq!(tenant.group(&id).chat(), "值班提醒:\n  今天值班：陈志远\n");
    for wrong in [
        CustomRobot { secret: Some("SECother".into()), ..signing() },
        CustomRobot { secret: None, ..signing() },
    ] {
        assert_eq!(client.robot().send_as(&wrong, words("一"), None).await.unwrap_err().code(), "310000");
    }
    let unknown = CustomRobot { token: "other".into(), secret: None };
    assert_eq!(client.robot().send_as(&unknown, words("一"), None).await.unwrap_err().code(), "400101");
    assert_eq!(lines(&tenant), 1);
}

#[tokio::test]
async fn a_signature_is_good_for_an_hour() {
    let tenant = tenant().await;
    let clock = tenant.clock();
    let late = own_client(&tenant);
    let (timestamp, sign) = signing().signature(clock.now()).unwrap();
    clock.advance(TimeDelta::minutes(61));
    let answer = crate::raw()
        .post(format!("{}/robot/send", tenant.base_url()))
        .query(&[
            ("access_token", &crate::world().groups[0].custom_robots[0].token),
            ("timestamp", &timestamp),
            ("sign", &sign),
        ])
        .json(&words("一"))
        .send()
        .await
        .unwrap();
    let answer: serde_json::Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
    assert_eq!(
        (answer["errcode"].as_i64(), answer["errmsg"].as_str()),
        (Some(310_000), Some("invalid timestamp"))
    );
    late.robot().send_as(&signing(), words("一"), None).await.unwrap();
}

#[tokio::test]
async fn a_keyword_must_stand_in_the_message() {
    let tenant = tenant().await;
    let id = tenant.groups()[0].id.clone();
    let setting = dingtalk_sim::CustomRobot {
        name: "告警".to_owned(),
        token: "keyworded".to_owned(),
        secret: None,
        keywords: vec!["告警".to_owned(), "恢复".to_owned()],
    };
    tenant.group(&id).add_custom_robot(setting.clone()).unwrap();
    assert!(tenant.group(&id).add_custom_robot(setting).is_err(), "a token is given once");
    let robot = CustomRobot { token: "keyworded".into(), secret: None };
    let client = own_client(&tenant);
    assert_eq!(client.robot().send_as(&robot, words("您好"), None).await.unwrap_err().code(), "310000");
    client.robot().send_as(&robot, words("已恢复"), None).await.unwrap();
}

#[tokio::test]
async fn after_twenty_in_a_minute_a_robot_is_silent_for_ten_minutes() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    for n in 0..20 {
        client.robot().send_as(&signing(), words(&format!("第{n}条")), None).await.unwrap();
    }
    // Another server of ours does not know how often this one spoke.
    let too_fast = async || own_client(&tenant).robot().send_as(&signing(), words("再一条"), None).await;
    assert_eq!(too_fast().await.unwrap_err().code(), "410100");
    tenant.clock().advance(TimeDelta::minutes(9));
    assert_eq!(too_fast().await.unwrap_err().code(), "410100");
    assert_eq!(lines(&tenant), 20);
    tenant.clock().advance(TimeDelta::minutes(1));
    too_fast().await.unwrap();
}

#[tokio::test]
async fn a_message_with_the_id_of_another_is_shown_once() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    for _ in 0..2 {
        client.robot().send_as(&signing(), words("停电通知"), Some("notice-7")).await.unwrap();
    }
    assert_eq!(lines(&tenant), 1);
    client.robot().send_as(&signing(), words("停电通知"), Some("notice-8")).await.unwrap();
    assert_eq!(lines(&tenant), 2);
}

#[tokio::test]
async fn a_mention_counts_only_if_it_stands_in_the_words() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let say = async |text: &str, at: At| {
        let SessionMessage::Text { text, .. } = words(text) else { return Vec::new() };
        let message = SessionMessage::Text { text, at: Some(at) };
        client.robot().send_as(&signing(), message, None).await.unwrap();
        tenant.groups()[0].lines.last().unwrap().mentions.clone()
    };
    let wang = || At { at_mobiles: vec!["13800000001".to_owned()], ..At::default() };
    assert_eq!(say("请 @13800000001 签到", wang()).await, ["lgb0001"]);
    assert!(say("请签到", wang()).await.is_empty());
    let by_id = At { at_user_ids: vec![user("lgb0002")], ..At::default() };
    assert_eq!(say("请 @lgb0002 签到", by_id).await, ["lgb0002"]);
    assert_eq!(say("请签到", At { is_at_all: true, ..At::default() }).await.len(), 4);
}

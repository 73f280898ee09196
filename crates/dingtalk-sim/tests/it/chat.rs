//! People and the robot.

use chrono::TimeDelta;
use serde_json::json;

use crate::{own_client, raw, tenant, tenant_with_app};

#[tokio::test]
async fn what_a_person_types_is_signed_and_answered_in_the_chat() {
    let (tenant, app) = tenant_with_app().await;
    app.robot_answers(json!({"msgtype": "text", "text": {"content": "您好，王秀英同志"}}));
    tenant.person("lgb0001").says("帮助").await.unwrap();
    assert_eq!(app.said()[0]["text"]["content"], "帮助");
    assert_eq!(app.said()[0]["senderStaffId"], "lgb0001");
    assert_eq!(tenant.person("lgb0001").chat(), "王秀英:\n  帮助\n银龄小助手:\n  您好，王秀英同志\n");
}

#[tokio::test]
async fn the_session_webhook_lives_ninety_minutes() {
    let (tenant, app) = tenant_with_app().await;
    tenant.person("lgb0001").says("帮助").await.unwrap();
    let webhook = app.said()[0]["sessionWebhook"].as_str().unwrap().to_owned();
    let answer = async || {
        let body = json!({"msgtype": "text", "text": {"content": "稍后回复"}});
        let answer = raw().post(&webhook).json(&body).send().await.unwrap();
        serde_json::from_slice::<serde_json::Value>(&answer.bytes().await.unwrap()).unwrap()["errcode"]
            .clone()
    };
    assert_eq!(answer().await, 0);
    tenant.clock().advance(TimeDelta::minutes(90));
    assert_ne!(answer().await, 0);
    assert_eq!(tenant.person("lgb0001").messages().len(), 2);
}

#[tokio::test]
async fn a_robot_without_an_address_hears_nothing_and_nobody_minds() {
    let tenant = tenant().await;
    tenant.person("lgb0001").says("签到").await.unwrap();
    assert_eq!(tenant.person("lgb0001").chat(), "王秀英:\n  签到\n");
}

#[tokio::test]
async fn over_quota_a_message_arrives_empty_and_calls_are_refused() {
    let mut world = crate::world();
    world.limits.deliveries_per_month = Some(1);
    world.limits.calls_per_month = Some(1);
    let tenant = dingtalk_sim::Tenant::start(world, dingtalk_sim::Options::default()).await.unwrap();
    let app = crate::FakeApp::start();
    tenant.connect(app.endpoints());
    tenant.person("lgb0001").says("一").await.unwrap();
    tenant.person("lgb0001").says("二").await.unwrap();
    assert_eq!(app.said()[1]["errorCode"], 20001);
    assert!(app.said()[1].get("text").is_none());

    let message = dingtalk::robot::RobotMessage::Text("一".to_owned());
    let to = ["lgb0001".parse().unwrap()];
    let client = own_client(&tenant);
    client.robot().send_to_people(&to, &message).await.unwrap();
    let refused = client.robot().send_to_people(&to, &message).await.unwrap_err();
    assert_eq!(refused.code(), "Forbidden.AccessDenied.ApiCountLimitForOrg");
}

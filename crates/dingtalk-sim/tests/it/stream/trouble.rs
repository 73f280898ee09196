//! What should not come, and too much of what should.

use dingtalk_callback::stream::Settings;
use serde_json::json;

use super::listening::{Listening, emit, moment, only, single, tenant, until};

#[tokio::test]
async fn no_malformed_frame_costs_the_connection() {
    let tenant = tenant().await;
    let app = Listening::start(&tenant, single()).await;
    let line = only(&tenant).id;
    let deep = "[".repeat(100_000);
    let event = |data: &str| {
        json!({"type": "EVENT", "headers": {"topic": "*", "eventType": "x"}, "data": data}).to_string()
    };
    let texts = [
        "",
        "nonsense",
        "null",
        "[]",
        "{}",
        "7",
        r#"{"type":7}"#,
        r#"{"type":"EVENT"}"#,
        r#"{"type":"NEW"}"#,
        r#"{"type":"CALLBACK","headers":{"topic":"/v1.0/im/bot/messages/get"},"data":"{}"}"#,
        r#"{"type":"CALLBACK","headers":{"topic":"/v1.0/card/instances/callback"},"data":"<html>"}"#,
        &deep,
        &event(&deep),
        &event("[]"),
    ];
    for text in texts {
        assert!(tenant.stream().send_text(&line, text));
    }
    assert!(tenant.stream().send_binary(&line, &[0, 159, 146, 150]));
    until("all are counted", || app.report().malformed == texts.len() as u64 + 1).await;
    emit(&tenant, 1);
    tenant.pushes().settled().await;
    assert_eq!((app.heard.begun().len(), app.report().opened), (1, 1));
    assert_eq!(only(&tenant).id, line);
}

#[tokio::test]
async fn a_frame_of_a_known_kind_that_cannot_be_read_is_refused_by_its_id() {
    let tenant = tenant().await;
    let app = Listening::start(&tenant, single()).await;
    let frame = json!({"type": "EVENT", "headers": {"topic": "*", "messageId": "bad-1"}, "data": "{}"});
    tenant.stream().send_text(&only(&tenant).id, &frame.to_string());
    until("it is answered", || tenant.stream().complaints().iter().any(|one| one.contains("bad-1"))).await;
    assert_eq!(app.report().malformed, 1);
}

#[tokio::test]
async fn legacy_notices_about_the_connection_are_passed_over() {
    let tenant = tenant().await;
    let app = Listening::start(&tenant, single()).await;
    for topic in ["CONNECTED", "REGISTERED", "KEEPALIVE", "something new"] {
        let frame = json!({"type": "SYSTEM", "headers": {"topic": topic, "messageId": "m"}, "data": ""});
        tenant.stream().send_text(&only(&tenant).id, &frame.to_string());
    }
    assert_eq!(tenant.stream().ping().await, 1);
    assert_eq!((app.report().malformed, app.report().opened), (0, 1));
    assert!(tenant.stream().complaints().is_empty());
}

#[tokio::test]
async fn a_frame_beyond_the_cap_ends_the_connection_and_nothing_else() {
    let tenant = tenant().await;
    let app = Listening::start(&tenant, Settings { frame_cap: 64 << 10, ..single() }).await;
    let line = only(&tenant).id;
    assert!(tenant.stream().send_text(&line, &" ".repeat(60 << 10)));
    until("it is read", || app.report().malformed == 1).await;
    assert!(tenant.stream().send_text(&line, &" ".repeat(65 << 10)));
    until("the next is open", || app.report().opened == 2).await;
    until("the first is gone", || tenant.stream().connections().len() == 1).await;
    emit(&tenant, 1);
    tenant.pushes().settled().await;
    assert_eq!(app.heard.begun().len(), 1);
}

#[tokio::test]
async fn when_all_handlers_are_busy_nothing_more_is_read() {
    let tenant = tenant().await;
    let app = Listening::start(&tenant, Settings { handlers: 2, ..single() }).await;
    app.heard.hold();
    for number in 0..10 {
        emit(&tenant, number);
    }
    until("all are sent", || only(&tenant).sent == 10).await;
    until("two are begun", || app.heard.begun().len() == 2).await;
    tenant.stream().ping_socket(&only(&tenant).id);
    for _ in 0..20 {
        moment().await;
    }
    assert_eq!((app.heard.begun().len(), only(&tenant).pongs), (2, 0), "not even a ping is read");
    app.heard.release();
    tenant.pushes().settled().await;
    assert_eq!((app.heard.begun().len(), app.report().taken, app.report().opened), (10, 10, 1));
    until("the ping, too", || only(&tenant).pongs == 1).await;
}

#[tokio::test]
async fn nothing_secret_is_in_what_a_log_could_hold() {
    let tenant = tenant().await;
    let app = Listening::start(&tenant, single()).await;
    tenant.person("lgb0001").says("我有困难").await.unwrap();
    let shown = format!("{:?} {:?}", app.heard.begun(), app.report());
    assert!(
        !shown.contains("困难") && !shown.contains("王秀英") && !shown.contains("sendBySession"),
        "{shown}"
    );
}

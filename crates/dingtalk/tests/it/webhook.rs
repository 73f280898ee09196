use std::time::Duration;

use dingtalk::{
    Cause, Error,
    robot::{CustomRobot, FeedCard, FeedLink, RobotMessage, SessionMessage},
};
use serde_json::{Value, json};

use crate::host::{Host, TOKEN};

const SEND: &str = "/robot/send";

fn words() -> SessionMessage {
    SessionMessage::try_from(RobotMessage::Text("您好".to_owned())).unwrap()
}

fn robot(secret: Option<&str>) -> CustomRobot {
    CustomRobot { token: "webhook-token".into(), secret: secret.map(Into::into) }
}

#[tokio::test]
async fn a_webhook_robot_signs_and_needs_no_app_token() {
    let host = Host::start().await;
    host.answers(SEND, 200, json!({"errcode": 0, "errmsg": "ok"})).await;
    let client = host.client();
    client.robot().send_as(&robot(Some("SECx")), words(), Some("id-1")).await.unwrap();
    client.robot().send_as(&robot(None), words(), None).await.unwrap();
    let asked = host.asked(SEND).await;
    let names =
        |nth: usize| asked[nth].url.query_pairs().map(|(name, _)| name.into_owned()).collect::<Vec<_>>();
    assert_eq!(names(0), ["access_token", "timestamp", "sign"]);
    assert_eq!(names(1), ["access_token"]);
    assert_eq!(
        asked[0].body_json::<Value>().unwrap(),
        json!({"msgtype": "text", "text": {"content": "您好"}, "msgUuid": "id-1"})
    );
    assert!(host.asked(TOKEN).await.is_empty());
}

#[tokio::test]
async fn a_robot_that_spoke_too_often_waits_ten_minutes_and_an_unknown_one_needs_somebody() {
    let host = Host::start().await;
    host.answers(SEND, 200, json!({"errcode": 410_100, "errmsg": "发送速度太快而限流"})).await;
    let error = host.client().robot().send_as(&robot(None), words(), None).await.unwrap_err();
    assert!(
        matches!(error, Error::RetryAfter { after, .. } if after == Duration::from_mins(10)),
        "{error:?}"
    );
    let host = Host::start().await;
    host.answers(SEND, 200, json!({"errcode": 400_101, "errmsg": "token is not exist"})).await;
    let error = host.client().robot().send_as(&robot(None), words(), None).await.unwrap_err();
    assert_eq!(error.cause(), Some(Cause::App));
}

#[tokio::test]
async fn a_list_without_entries_and_an_empty_message_are_not_tried() {
    let host = Host::start().await;
    let client = host.client();
    let empty = SessionMessage::Feed { feed: FeedCard { links: Vec::<FeedLink>::new() } };
    for message in [empty, SessionMessage::Empty] {
        let tried = client.robot().send_as(&robot(None), message, None).await;
        assert!(matches!(tried, Err(Error::NotSent(_))), "{tried:?}");
    }
    assert!(host.server.received_requests().await.unwrap().is_empty());
}

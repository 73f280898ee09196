use dingtalk::{
    Error, UserId,
    robot::{RobotButton, RobotMessage},
    work_notice::{NoticeMessage, NoticeText},
};
use serde_json::{Value, json};

use crate::host::{Host, SEND, TOKEN};

const NOTICE: &str = "/topapi/message/corpconversation/asyncsend_v2";

fn people(count: usize) -> Vec<UserId> {
    (0..count).map(|n| format!("lgb{n:04}").parse().unwrap()).collect()
}

fn text() -> RobotMessage {
    RobotMessage::Text("您好".to_owned())
}

fn card(buttons: usize) -> RobotMessage {
    let button = |n| RobotButton { title: format!("去{n}"), url: format!("https://h5.example.gov.cn/{n}") };
    RobotMessage::Card {
        title: "学习提醒".to_owned(),
        text: "周五9点".to_owned(),
        buttons: (0..buttons).map(button).collect(),
    }
}

#[tokio::test]
async fn a_report_names_who_was_not_reached() {
    let host = Host::start().await;
    let report = json!({"processQueryKey": "k-1", "invalidStaffIdList": ["lgb0001"],
        "flowControlledStaffIdList": null});
    host.answers(SEND, 200, report).await;
    let report = host.client().robot().send_to_people(&people(2), &text()).await.unwrap();
    assert_eq!(report.process_query_key, "k-1");
    assert_eq!(report.invalid_staff_id_list, people(2)[1..]);
    assert!(report.flow_controlled_staff_id_list.is_empty());

    let [asked] = &host.asked(SEND).await[..] else { panic!("one call") };
    assert_eq!(asked.headers["x-acs-dingtalk-access-token"], "t-1");
    assert_eq!(asked.headers["accept"], "application/json");
    assert_eq!(
        asked.body_json::<Value>().unwrap(),
        json!({"robotCode": "dingapp1", "userIds": ["lgb0000", "lgb0001"], "msgKey": "sampleText",
            "msgParam": r#"{"content":"您好"}"#})
    );
}

#[tokio::test]
async fn one_button_and_two_buttons_use_their_templates() {
    let host = Host::start().await;
    host.answers(SEND, 200, json!({"processQueryKey": "k"})).await;
    let client = host.client();
    for (buttons, key, names) in [
        (1, "sampleActionCard", &["singleTitle", "singleURL"][..]),
        (2, "sampleActionCard6", &["buttonTitle1", "buttonUrl1", "buttonTitle2", "buttonUrl2"]),
        (3, "sampleActionCard3", &["actionTitle1", "actionURL3"]),
    ] {
        client.robot().send_to_people(&people(1), &card(buttons)).await.unwrap();
        let asked: Value = host.asked(SEND).await.last().unwrap().body_json().unwrap();
        assert_eq!(asked["msgKey"], key);
        let param: Value = serde_json::from_str(asked["msgParam"].as_str().unwrap()).unwrap();
        for name in names {
            assert!(param[name].is_string(), "{key} {name}: {param}");
        }
    }
}

#[tokio::test]
async fn what_cannot_be_sent_is_not_tried() {
    let host = Host::start().await;
    let client = host.client();
    let long = NoticeMessage::Text { text: NoticeText { content: "长".repeat(700) } };
    let short = || NoticeMessage::Text { text: NoticeText { content: "短".to_owned() } };
    for tried in [
        client.robot().send_to_people(&[], &text()).await.map(|_| ()),
        client.robot().send_to_people(&people(21), &text()).await.map(|_| ()),
        client.robot().send_to_people(&people(1), &card(0)).await.map(|_| ()),
        client.robot().send_to_people(&people(1), &card(6)).await.map(|_| ()),
        client.work_notices().send(&[], short()).await.map(|_| ()),
        client.work_notices().send(&people(101), short()).await.map(|_| ()),
        client.work_notices().send(&people(1), long).await.map(|_| ()),
    ] {
        assert!(matches!(tried, Err(Error::NotSent(_))), "{tried:?}");
    }
    assert!(host.server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_work_notice_is_addressed_with_commas() {
    let host = Host::start().await;
    host.answers(NOTICE, 200, json!({"errcode": 0, "errmsg": "ok", "task_id": "256271667526"})).await;
    let notice = NoticeMessage::Text { text: NoticeText { content: "11月3日学习".to_owned() } };
    let answer = host.client().work_notices().send(&people(2), notice).await.unwrap();
    assert_eq!(answer.task_id, 256_271_667_526);
    let asked: Value = host.asked(NOTICE).await[0].body_json().unwrap();
    assert_eq!(
        asked,
        json!({"agent_id": 300_100_200, "userid_list": "lgb0000,lgb0001",
            "msg": {"msgtype": "text", "text": {"content": "11月3日学习"}}})
    );
}

#[tokio::test]
async fn a_session_is_answered_without_a_token() {
    let host = Host::start().await;
    host.answers("/robot/sendBySession", 200, json!({"errcode": 0, "errmsg": "ok"})).await;
    let webhook = format!("{}/robot/sendBySession?session=0f00", host.server.uri());
    host.client().robot().answer(&webhook, card(2)).await.unwrap();
    let asked = host.asked("/robot/sendBySession").await;
    let body: Value = asked[0].body_json().unwrap();
    assert_eq!(body["msgtype"], "actionCard");
    assert_eq!(body["actionCard"]["btns"][1]["actionURL"], "https://h5.example.gov.cn/1");
    assert!(host.asked(TOKEN).await.is_empty());
}

#[tokio::test]
async fn a_session_elsewhere_is_not_answered() {
    let (host, elsewhere) = (Host::start().await, Host::without_token().await);
    let ours = host.server.address();
    for webhook in [
        format!("{}/robot/sendBySession?session=1", elsewhere.server.uri()),
        format!("http://{ours}@{}/", elsewhere.server.address()),
        format!("https://{ours}/robot/sendBySession"),
        format!("http://127.0.0.1.example/{ours}"),
        "file:///etc/hostname".to_owned(),
        "data:,x".to_owned(),
        "not an address".to_owned(),
        String::new(),
    ] {
        let tried = host.client().robot().answer(&webhook, text()).await;
        assert!(matches!(tried, Err(Error::NotSent(_))), "{webhook}: {tried:?}");
    }
    assert!(host.server.received_requests().await.unwrap().is_empty());
    assert!(elsewhere.server.received_requests().await.unwrap().is_empty());
}

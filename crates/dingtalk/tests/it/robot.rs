use dingtalk::{
    Error, UserId,
    robot::{At, Ding, Remind, RobotButton, RobotMessage, SendStatus, SessionMessage},
};
use serde_json::{Value, json};

use crate::host::{Host, SEND, TOKEN};

fn ding(remind: Remind, to: usize) -> Ding {
    Ding { remind, to: people(to), content: "紧急通知".to_owned(), voice: None }
}

pub(crate) fn people(count: usize) -> Vec<UserId> {
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
    let group = "cid1==".parse().unwrap();
    let key = || "k".to_owned();
    for tried in [
        client.robot().send_to_people(&[], &text()).await.map(|_| ()),
        client.robot().send_to_people(&people(21), &text()).await.map(|_| ()),
        client.robot().send_to_people(&people(1), &card(0)).await.map(|_| ()),
        client.robot().send_to_people(&people(1), &card(6)).await.map(|_| ()),
        client.robot().send_to_group(&group, &card(6)).await.map(|_| ()),
        client.robot().send_to_group(&group, &RobotMessage::Text("长".repeat(5000))).await.map(|_| ()),
        client.robot().recall_from_people(&[]).await.map(|_| ()),
        client.robot().recall_from_people(&vec![key(); 21]).await.map(|_| ()),
        client.robot().recall_from_group(&group, &vec![key(); 21]).await.map(|_| ()),
        client.robot().ding(&ding(Remind::InApp, 0)).await.map(|_| ()),
        client.robot().ding(&ding(Remind::InApp, 201)).await.map(|_| ()),
        client.robot().ding(&ding(Remind::Sms, 21)).await.map(|_| ()),
    ] {
        assert!(matches!(tried, Err(Error::NotSent(_))), "{tried:?}");
    }
    assert!(host.server.received_requests().await.unwrap().is_empty());
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
    host.client().robot().answer(&webhook, card(1)).await.unwrap();
    let body: Value = host.asked("/robot/sendBySession").await[1].body_json().unwrap();
    assert_eq!(body["actionCard"]["singleURL"], "https://h5.example.gov.cn/0");
    assert!(body["actionCard"].get("btns").is_none(), "{body}");
    assert!(host.asked(TOKEN).await.is_empty());
}

#[tokio::test]
async fn a_mention_stands_in_the_text_and_beside_it() {
    let host = Host::start().await;
    host.answers("/robot/sendBySession", 200, json!({"errcode": 0, "errmsg": "ok"})).await;
    let webhook = format!("{}/robot/sendBySession?session=0f00", host.server.uri());
    let words = RobotMessage::Text("@lgb0000 请签到".to_owned());
    let message = SessionMessage::try_from(words).unwrap().mentioning(&people(2));
    host.client().robot().answer_as(&webhook, &message).await.unwrap();
    assert_eq!(
        host.asked("/robot/sendBySession").await[0].body_json::<Value>().unwrap(),
        json!({"msgtype": "text", "text": {"content": "@lgb0000 请签到 @lgb0001"},
            "at": {"atMobiles": [], "atUserIds": ["lgb0000", "lgb0001"], "isAtAll": false}})
    );
}

#[tokio::test]
async fn a_webhook_takes_no_picture_and_at_most_fifty_mentions() {
    let host = Host::start().await;
    let webhook = format!("{}/robot/sendBySession?session=0f00", host.server.uri());
    let client = host.client();
    let picture = client.robot().answer(&webhook, RobotMessage::Image("@lADx".to_owned())).await;
    assert!(matches!(picture, Err(Error::NotSent(_))), "{picture:?}");
    let mut crowd = SessionMessage::try_from(text()).unwrap();
    if let SessionMessage::Text { at, .. } = &mut crowd {
        *at = Some(At { at_user_ids: people(51), ..At::default() });
    }
    let crowd = client.robot().answer_as(&webhook, &crowd).await;
    assert!(matches!(crowd, Err(Error::NotSent(_))), "{crowd:?}");
    assert!(host.server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_key_is_asked_about_as_it_came() {
    const READ: &str = "/v1.0/robot/oToMessages/readStatus";
    let host = Host::start().await;
    // The page's own example has this spelling.
    host.answers(READ, 200, json!({"sendStatus": "SUCESS", "messageReadInfoList": null})).await;
    let state = host.client().robot().read_by_people("k+/=&x").await.unwrap();
    assert_eq!(state.send_status, SendStatus::Success);
    let asked = host.asked(READ).await;
    let query: Vec<_> = asked[0].url.query_pairs().into_owned().collect();
    assert_eq!(query[1], ("processQueryKey".to_owned(), "k+/=&x".to_owned()));
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

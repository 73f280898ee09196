//! The robot alone with people: every kind of message, who has read it, taking it back, answering in a session.

use chrono::TimeDelta;
use dingtalk::robot::{
    FeedCard, FeedLink, FileKind, ReadStatus, RobotButton, RobotMessage, SendStatus, SessionMessage,
};
use dingtalk_sim::{Fault, Options, Tenant};

use crate::{FakeApp, own_client, tenant, tenant_with_app, users};

fn card(buttons: u8) -> RobotMessage {
    let button = |n: u8| RobotButton { title: format!("去{n}"), url: format!("https://h5.example/{n}") };
    RobotMessage::Card {
        title: "题".to_owned(),
        text: "文".to_owned(),
        buttons: (1..=buttons).map(button).collect(),
    }
}

#[tokio::test]
async fn every_kind_of_message_arrives() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let picture = crate::media::upload(&client, "墙.png").await;
    let voice = crate::media::upload(&client, "一.amr").await;
    let film = crate::media::upload(&client, "一.mp4").await;
    let table = crate::media::upload(&client, "表.xlsx").await;
    let button = |n: u8| RobotButton { title: format!("去{n}"), url: format!("https://h5.example/{n}") };
    let messages = [
        RobotMessage::Text("话".to_owned()),
        RobotMessage::Markdown { title: "题".to_owned(), text: "文".to_owned() },
        card(1),
        card(2),
        card(3),
        card(4),
        card(5),
        RobotMessage::StackedCard {
            title: "题".to_owned(),
            text: "文".to_owned(),
            buttons: [button(1), button(2)],
        },
        RobotMessage::Link {
            title: "题".to_owned(),
            text: "文".to_owned(),
            picture: picture.to_string(),
            url: "https://h5.example".to_owned(),
        },
        RobotMessage::Image(picture.to_string()),
        RobotMessage::Audio { media: voice, milliseconds: 4000 },
        RobotMessage::File { media: table, name: "表.xlsx".to_owned(), kind: FileKind::Xlsx },
        RobotMessage::Video { media: film, cover: picture, seconds: 9, width: 640, height: 360 },
    ];
    for message in &messages {
        client.robot().send_to_people(&users(&["lgb0001"]), message).await.unwrap();
    }
    let lines = tenant.person("lgb0001").messages();
    assert_eq!(lines.len(), messages.len());
    let buttons: Vec<_> = lines.iter().map(|line| line.message.buttons().len()).collect();
    assert_eq!(buttons, [0, 0, 1, 2, 3, 4, 5, 2, 0, 0, 0, 0, 0]);
    assert!(
        tenant
            .person("lgb0001")
            .chat()
            .ends_with("[图片]\n银龄小助手:\n  [语音]\n银龄小助手:\n  表.xlsx\n银龄小助手:\n  [视频]\n")
    );
}

#[tokio::test]
async fn who_opens_the_chat_has_read_it() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let to = users(&["lgb0001", "lgb0002"]);
    let key = client.robot().send_to_people(&to, &card(1)).await.unwrap().process_query_key;
    tenant.person("lgb0002").reads().unwrap();
    let state = client.robot().read_by_people(&key).await.unwrap();
    assert_eq!(state.send_status, SendStatus::Success);
    let read: Vec<_> = state.message_read_info_list.iter().map(|one| one.read_status).collect();
    assert_eq!(read, [ReadStatus::Unread, ReadStatus::Read]);
    assert_eq!(state.message_read_info_list[0].name, "王秀英");
    tenant.clock().advance(TimeDelta::hours(24));
    let late = client.robot().read_by_people(&key).await.unwrap_err();
    assert_eq!(late.code(), "processQueryKey.expireTime");
}

#[tokio::test]
async fn a_message_is_taken_back_from_everybody_and_each_key_has_its_own_outcome() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let to = users(&["lgb0001", "lgb0002"]);
    let key = client.robot().send_to_people(&to, &card(1)).await.unwrap().process_query_key;
    let keys = [key.clone(), "unknown".to_owned()];
    let report = client.robot().recall_from_people(&keys).await.unwrap();
    assert_eq!(report.success_result, std::slice::from_ref(&key));
    assert_eq!(report.failed_result["unknown"], "invalid.processQueryKey");
    for userid in ["lgb0001", "lgb0002"] {
        assert_eq!(tenant.person(userid).chat(), "银龄小助手:\n  （已撤回）\n");
    }
    assert_eq!(client.robot().read_by_people(&key).await.unwrap().send_status, SendStatus::Recalled);
    let again = client.robot().recall_from_people(&[key]).await.unwrap();
    assert!(again.success_result.is_empty() && again.failed_result.len() == 1);

    let key = client.robot().send_to_people(&to, &card(1)).await.unwrap().process_query_key;
    tenant.clock().advance(TimeDelta::hours(24));
    let late = client.robot().recall_from_people(std::slice::from_ref(&key)).await.unwrap();
    assert_eq!(late.failed_result[&key], "robot.processQueryKey.expired");
}

#[tokio::test]
async fn a_message_that_is_held_back_names_those_whom_it_did_not_reach() {
    let tenant = tenant().await;
    tenant.faults().next(1, "/v1.0/robot/oToMessages/batchSend", Fault::HeldBack);
    let to = users(&["lgb0001"]);
    let report = own_client(&tenant).robot().send_to_people(&to, &card(1)).await.unwrap();
    assert_eq!(report.flow_controlled_staff_id_list, to);
    assert!(tenant.sent().is_empty());
}

#[tokio::test]
async fn a_session_takes_every_kind_of_webhook_message() {
    let (tenant, app) = tenant_with_app().await;
    tenant.person("lgb0001").says("帮助").await.unwrap();
    let webhook = app.said()[0]["sessionWebhook"].as_str().unwrap().to_owned();
    let client = own_client(&tenant);
    let picture = crate::media::upload(&client, "墙.png").await.to_string();
    let link = |n: u8| FeedLink {
        title: format!("第{n}条"),
        message_url: format!("https://h5.example/{n}"),
        pic_url: picture.clone(),
    };
    let feed = SessionMessage::Feed { feed: FeedCard { links: vec![link(1), link(2)] } };
    client.robot().answer_as(&webhook, &feed).await.unwrap();
    for message in [
        RobotMessage::Markdown { title: "题".to_owned(), text: "文".to_owned() },
        card(1),
        card(2),
        RobotMessage::Link {
            title: "题".to_owned(),
            text: "文".to_owned(),
            picture: picture.clone(),
            url: "https://h5.example".to_owned(),
        },
    ] {
        client.robot().answer(&webhook, message).await.unwrap();
    }
    let chat = tenant.person("lgb0001").chat();
    assert!(chat.contains("  [第1条] https://h5.example/1\n  [第2条] https://h5.example/2\n"), "{chat}");
    assert_eq!(tenant.person("lgb0001").messages().len(), 6);
}

#[tokio::test]
async fn who_ticked_it_is_told_who_has_read_a_message_and_which_was_taken_back() {
    for ticked in [false, true] {
        let mut world = crate::world();
        world.events.robot_messages = ticked;
        let (tenant, app) = (Tenant::start(world, Options::default()).await.unwrap(), FakeApp::start());
        tenant.connect(app.endpoints());
        let client = own_client(&tenant);
        let to = users(&["lgb0001", "lgb0002"]);
        let key = client.robot().send_to_people(&to, &card(1)).await.unwrap().process_query_key;
        tenant.person("lgb0001").reads().unwrap();
        tenant.person("lgb0001").reads().unwrap();
        client.robot().recall_from_people(std::slice::from_ref(&key)).await.unwrap();
        tenant.person("lgb0002").reads().unwrap();
        tenant.pushes().settled().await;
        let told: Vec<_> = app
            .raw_events()
            .into_iter()
            .filter(|event| event["EventType"].as_str().unwrap().starts_with("robot_msg_"))
            .map(|event| {
                assert_eq!(event["processQueryKey"], key.as_str());
                (
                    event["EventType"].as_str().unwrap().to_owned(),
                    event["userId"].as_str().unwrap().to_owned(),
                )
            })
            .collect();
        let all =
            [("robot_msg_read", "lgb0001"), ("robot_msg_recall", "lgb0001"), ("robot_msg_recall", "lgb0002")];
        let wanted = all.map(|(kind, who)| (kind.to_owned(), who.to_owned()));
        assert_eq!(told, if ticked { wanted.to_vec() } else { Vec::new() });
        assert_eq!(tenant.quota().deliveries, if ticked { 3 } else { 0 });
    }
}

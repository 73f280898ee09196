//! A work notice of every kind, and what then stands in the chat.

use chrono::TimeDelta;
use dingtalk::{
    Client, MediaId,
    media::{MediaKind, Upload},
    work_notice::{
        ButtonsCard, NoticeButton, NoticeCard, NoticeLink, NoticeMarkdown, NoticeMedia, NoticeMessage,
        NoticeOa, NoticeVoice, OaBody, OaField, OaHead, SingleCard,
    },
};
use dingtalk_sim::{Button, Form, Message, Speaker};

use super::{open, user};

async fn upload(client: &Client, kind: MediaKind, name: &str) -> MediaId {
    let upload = Upload::bytes(kind, name, name.as_bytes()).unwrap();
    client.media().upload(upload).await.unwrap().media_id
}

fn cards() -> [NoticeMessage; 2] {
    let single = SingleCard {
        title: "体检".to_owned(),
        markdown: "8月26日".to_owned(),
        single_title: "查看".to_owned(),
        single_url: "https://h5.example.gov.cn/checkup/26".to_owned(),
    };
    let button =
        |title: &str, url: &str| NoticeButton { title: title.to_owned(), action_url: url.to_owned() };
    let buttons = ButtonsCard {
        title: "报名".to_owned(),
        markdown: "参观学习".to_owned(),
        btn_orientation: "1".to_owned(),
        btn_json_list: vec![
            button("参加", "https://h5.example.gov.cn/yes"),
            button("不参加", "https://h5.example.gov.cn/no"),
        ],
    };
    [NoticeCard::Single(single), NoticeCard::Buttons(buttons)]
        .map(|action_card| NoticeMessage::ActionCard { action_card })
}

fn form() -> NoticeMessage {
    let oa = NoticeOa {
        message_url: "https://h5.example.gov.cn/checkup/26".to_owned(),
        pc_message_url: None,
        head: OaHead { bgcolor: "FF9E1B1E".to_owned(), text: "银龄".to_owned() },
        status_bar: None,
        body: OaBody {
            title: Some("体检安排".to_owned()),
            form: vec![OaField { key: "时间：".to_owned(), value: "8月26日".to_owned() }],
            ..OaBody::default()
        },
    };
    NoticeMessage::Oa { oa: Box::new(oa) }
}

/// Fails to compile when the client learns another kind: then it needs a story too.
fn kind(message: &NoticeMessage) -> &'static str {
    match message {
        NoticeMessage::Text { .. } => "text",
        NoticeMessage::Image { .. } => "image",
        NoticeMessage::Voice { .. } => "voice",
        NoticeMessage::File { .. } => "file",
        NoticeMessage::Link { .. } => "link",
        NoticeMessage::Markdown { .. } => "markdown",
        NoticeMessage::Oa { .. } => "oa",
        NoticeMessage::ActionCard { .. } => "action_card",
    }
}

#[tokio::test]
async fn a_notice_of_every_kind_arrives_as_what_it_is() {
    let (tenant, client) = open().await;
    let picture = upload(&client, MediaKind::Image, "墙.png").await;
    let voice = upload(&client, MediaKind::Voice, "一.amr").await;
    let file = upload(&client, MediaKind::File, "章程.pdf").await;
    let link = NoticeLink {
        message_url: "https://h5.example.gov.cn".to_owned(),
        pic_url: picture.to_string(),
        title: "学习".to_owned(),
        text: "周五9点".to_owned(),
    };
    let markdown = NoticeMarkdown { title: "通知".to_owned(), text: "# 学习\n- 周五9点".to_owned() };
    let mut sent = vec![
        NoticeMessage::text("9月3日学习"),
        NoticeMessage::Image { image: NoticeMedia { media_id: picture.clone() } },
        NoticeMessage::Voice { voice: NoticeVoice { media_id: voice.clone(), duration: 7 } },
        NoticeMessage::File { file: NoticeMedia { media_id: file.clone() } },
        NoticeMessage::Link { link },
        NoticeMessage::Markdown { markdown },
        form(),
    ];
    sent.extend(cards());
    let kinds: std::collections::BTreeSet<_> = sent.iter().map(kind).collect();
    assert_eq!(kinds.len(), 8);
    for message in sent {
        client.work_notices().send(&[user("lgb0001")], message).await.unwrap();
        tenant.clock().advance(TimeDelta::seconds(2));
    }

    let lines = tenant.person("lgb0001").messages();
    assert!(lines.iter().all(|line| line.by == Speaker::WorkNotice));
    let text = |text: &str| text.to_owned();
    let url = "https://h5.example.gov.cn";
    let button = |title: &str, url: String| Button { title: title.to_owned(), url };
    let held: Vec<_> = lines.into_iter().map(|line| line.message).collect();
    assert_eq!(
        held,
        [
            Message::Text { text: text("9月3日学习") },
            Message::Image { picture: picture.to_string() },
            Message::Voice { media: voice.to_string(), seconds: 7 },
            Message::File { media: file.to_string(), name: text("章程.pdf") },
            Message::Link {
                title: text("学习"),
                text: text("周五9点"),
                picture: Some(picture.to_string()),
                url: text(url)
            },
            Message::Markdown { title: text("通知"), text: text("# 学习\n- 周五9点") },
            Message::Form(Form {
                url: format!("{url}/checkup/26"),
                colour: text("FF9E1B1E"),
                title: text("体检安排"),
                fields: vec![(text("时间："), text("8月26日"))],
                ..Form::default()
            }),
            Message::Card {
                title: text("体检"),
                text: text("8月26日"),
                buttons: vec![button("查看", format!("{url}/checkup/26"))]
            },
            Message::Card {
                title: text("报名"),
                text: text("参观学习"),
                buttons: vec![button("参加", format!("{url}/yes")), button("不参加", format!("{url}/no"))]
            },
        ]
    );
}

use dingtalk::{
    DeptId, Error,
    work_notice::{
        Audience, ButtonsCard, ForbiddenReason, NoticeButton, NoticeCard, NoticeLink, NoticeMessage,
        NoticeOa, NoticeVoice, OaBody, OaHead, ProgressStatus, SingleCard, StatusBar,
    },
};
use serde_json::{Value, json};

use crate::{host::Host, robot::people};

const NOTICE: &str = "/topapi/message/corpconversation/asyncsend_v2";

fn single(title: &str, url: &str) -> NoticeMessage {
    let (title, url) = (title.to_owned(), url.to_owned());
    let card =
        SingleCard { title: "题".into(), markdown: "文".into(), single_title: title, single_url: url };
    NoticeMessage::ActionCard { action_card: NoticeCard::Single(card) }
}

fn buttons(count: usize, url: &str) -> NoticeMessage {
    let one = NoticeButton { title: "去".into(), action_url: url.into() };
    let card = ButtonsCard {
        title: "题".into(),
        markdown: "文".into(),
        btn_orientation: "1".into(),
        btn_json_list: vec![one; count],
    };
    NoticeMessage::ActionCard { action_card: NoticeCard::Buttons(card) }
}

fn form(colour: &str, status: Option<&str>) -> NoticeMessage {
    let status_bar = status.map(|value| StatusBar { status_value: value.into(), status_bg: None });
    let oa = NoticeOa {
        message_url: "https://h5.example".into(),
        pc_message_url: None,
        head: OaHead { bgcolor: colour.into(), text: "银龄".into() },
        status_bar,
        body: OaBody { title: Some("体检".into()), ..OaBody::default() },
    };
    NoticeMessage::Oa { oa: Box::new(oa) }
}

fn voice(duration: i64) -> NoticeMessage {
    NoticeMessage::Voice { voice: NoticeVoice { media_id: "@lADx".parse().unwrap(), duration } }
}

#[tokio::test]
async fn a_work_notice_is_addressed_with_commas() {
    let host = Host::start().await;
    host.answers(NOTICE, 200, json!({"errcode": 0, "errmsg": "ok", "task_id": "256271667526"})).await;
    let client = host.client();
    let notice = || NoticeMessage::text("11月3日学习");
    let answer = client.work_notices().send(&people(2), notice()).await.unwrap();
    assert_eq!(answer.task_id, 256_271_667_526);
    let to = Audience::departments(&[DeptId(7), DeptId(8)]);
    client.work_notices().send_to(&to, notice()).await.unwrap();
    client.work_notices().send_to(&Audience::Everybody, notice()).await.unwrap();
    let msg = json!({"msgtype": "text", "text": {"content": "11月3日学习"}});
    let asked: Vec<Value> = host.asked(NOTICE).await.iter().map(|asked| asked.body_json().unwrap()).collect();
    assert_eq!(
        asked,
        [
            json!({"agent_id": 300_100_200, "userid_list": "lgb0000,lgb0001", "msg": msg}),
            json!({"agent_id": 300_100_200, "dept_id_list": "7,8", "msg": msg}),
            json!({"agent_id": 300_100_200, "to_all_user": true, "msg": msg}),
        ]
    );
}

#[tokio::test]
async fn each_kind_has_the_documented_form() {
    let link = NoticeLink {
        message_url: "https://h5.example".into(),
        pic_url: "@lADx".into(),
        title: "题".into(),
        text: "文".into(),
    };
    let table = [
        (
            NoticeMessage::Link { link },
            json!({"msgtype": "link", "link": {"messageUrl": "https://h5.example",
            "picUrl": "@lADx", "title": "题", "text": "文"}}),
        ),
        (voice(10), json!({"msgtype": "voice", "voice": {"media_id": "@lADx", "duration": "10"}})),
        (
            single("看", "/a"),
            json!({"msgtype": "action_card", "action_card": {"title": "题", "markdown": "文",
            "single_title": "看", "single_url": "/a"}}),
        ),
        (
            buttons(1, "/b"),
            json!({"msgtype": "action_card", "action_card": {"title": "题", "markdown": "文",
            "btn_orientation": "1", "btn_json_list": [{"title": "去", "action_url": "/b"}]}}),
        ),
        (
            form("FFBBBBBB", Some("进行中")),
            json!({"msgtype": "oa", "oa": {"message_url": "https://h5.example",
            "head": {"bgcolor": "FFBBBBBB", "text": "银龄"}, "status_bar": {"status_value": "进行中"},
            "body": {"title": "体检"}}}),
        ),
    ];
    for (message, form) in table {
        assert_eq!(serde_json::to_value(&message).unwrap(), form);
        assert_eq!(serde_json::from_value::<NoticeMessage>(form).unwrap(), message);
    }
}

#[tokio::test]
async fn what_is_beyond_a_limit_is_not_tried() {
    let host = Host::start().await;
    let client = host.client();
    let departments = |count| Audience::departments(&vec![DeptId(7); count]);
    let few = Audience::people(&people(1));
    for (to, message) in [
        (Audience::people(&[]), NoticeMessage::text("短")),
        (Audience::people(&people(101)), NoticeMessage::text("短")),
        (departments(21), NoticeMessage::text("短")),
        (few.clone(), NoticeMessage::text("长".repeat(700))),
        (few.clone(), NoticeMessage::text(" ")),
        (few.clone(), voice(0)),
        (few.clone(), voice(60)),
        (few.clone(), single(&"字".repeat(21), "/a")),
        (few.clone(), single("看", &"a".repeat(501))),
        (few.clone(), buttons(0, "/a")),
        (few.clone(), buttons(1, &"a".repeat(701))),
        (few.clone(), buttons(2, &"a".repeat(490))),
        (few.clone(), form("0xBBBBBB", None)),
        (departments(1), form("FFBBBBBB", Some("进行中"))),
        (Audience::people(&people(6)), form("FFBBBBBB", Some("进行中"))),
    ] {
        let tried = client.work_notices().send_to(&to, message.clone()).await;
        assert!(matches!(tried, Err(Error::NotSent(_))), "{to:?} {message:?}: {tried:?}");
    }
    assert!(host.server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn progress_and_result_are_read_in_the_old_hosts_spellings() {
    let host = Host::start().await;
    let path = |call: &str| format!("/topapi/message/corpconversation/{call}");
    let progress = json!({"errcode": "0", "progress": {"progress_in_percent": "50", "status": "1"}});
    host.answers(&path("getsendprogress"), 200, progress).await;
    let result = json!({"errcode": 0, "send_result": {
        "read_user_id_list": ["lgb0000"], "unread_user_id_list": null, "invalid_dept_id_list": ["9"],
        "forbidden_list": [{"code": 143_106, "count": "1", "userid": "lgb0001"}]}});
    host.answers(&path("getsendresult"), 200, result).await;
    let client = host.client();
    let progress = client.work_notices().progress(7).await.unwrap();
    assert_eq!((progress.progress_in_percent, progress.status), (50, ProgressStatus::Running));
    let result = client.work_notices().result(7).await.unwrap();
    assert_eq!(result.forbidden_list[0].reason(), ForbiddenReason::SameContent);
    assert_eq!(result.invalid_dept_id_list, [DeptId(9)]);
    assert!(result.unread_user_id_list.is_empty());
}

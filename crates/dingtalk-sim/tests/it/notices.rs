//! Work notices: queued, sent on the tenant's clock, and dropped without a word.

use chrono::TimeDelta;
use dingtalk::DeptId;
use dingtalk::work_notice::{
    Audience, ForbiddenReason, NoticeLink, NoticeMedia, NoticeMessage, NoticeOa, OaBody, OaField, OaHead,
    OaRich, ProgressStatus, SendResult, StatusBar,
};
use dingtalk_sim::{Message, Options, Speaker, Tenant};

use crate::{own_client, tenant, user, users};

fn words(text: &str) -> NoticeMessage {
    NoticeMessage::text(text)
}

fn form(status: Option<&str>) -> NoticeMessage {
    let oa = NoticeOa {
        message_url: "https://h5.example.gov.cn/checkup/26".to_owned(),
        pc_message_url: None,
        head: OaHead { bgcolor: "FF9E1B1E".to_owned(), text: "银龄".to_owned() },
        status_bar: status.map(|value| StatusBar { status_value: value.to_owned(), status_bg: None }),
        body: OaBody {
            title: Some("体检安排".to_owned()),
            form: vec![OaField { key: "时间：".to_owned(), value: "8月26日 8:30".to_owned() }],
            rich: Some(OaRich { num: "2".to_owned(), unit: "小时".to_owned() }),
            ..OaBody::default()
        },
    };
    NoticeMessage::Oa { oa: Box::new(oa) }
}

/// Sends, and lets the time pass that sending takes.
async fn sent(tenant: &Tenant, to: &Audience, message: NoticeMessage) -> (i64, SendResult) {
    let client = own_client(tenant);
    let task = client.work_notices().send_to(to, message).await.unwrap().task_id;
    tenant.clock().advance(TimeDelta::seconds(2));
    (task, client.work_notices().result(task).await.unwrap())
}

#[tokio::test]
async fn a_notice_waits_runs_and_is_done_and_only_then_in_the_chat() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let task = client.work_notices().send(&users(&["lgb0001"]), words("9月3日学习")).await.unwrap().task_id;
    let progress = async || client.work_notices().progress(task).await.unwrap();
    assert_eq!(progress().await.status, ProgressStatus::Queued);
    tenant.clock().advance(TimeDelta::milliseconds(1500));
    assert_eq!(progress().await.status, ProgressStatus::Running);
    assert_eq!(progress().await.progress_in_percent, 50);
    assert!(tenant.person("lgb0001").messages().is_empty());
    tenant.clock().advance(TimeDelta::milliseconds(500));
    assert_eq!(tenant.person("lgb0001").chat(), "工作通知:\n  9月3日学习\n");
    assert_eq!(progress().await.status, ProgressStatus::Done);
    tenant.clock().advance(TimeDelta::hours(24));
    assert_eq!(client.work_notices().progress(task).await.unwrap_err().code(), "40035");
}

#[tokio::test]
async fn the_same_words_come_once_a_day_and_only_the_result_says_so() {
    let tenant = tenant().await;
    let to = Audience::people(&users(&["lgb0001"]));
    sent(&tenant, &to, words("学习")).await;
    let both = Audience::people(&users(&["lgb0001", "lgb0002", "nobody"]));
    let (_, result) = sent(&tenant, &both, words("学习")).await;
    assert_eq!(result.forbidden_user_id_list, users(&["lgb0001"]));
    assert_eq!(result.forbidden_list[0].reason(), ForbiddenReason::SameContent);
    assert_eq!(result.forbidden_list[0].code, "143106");
    assert_eq!(result.unread_user_id_list, users(&["lgb0002"]));
    assert_eq!(result.invalid_user_id_list, users(&["nobody"]));
    assert_eq!(tenant.person("lgb0001").messages().len(), 1);
    tenant.clock().advance(TimeDelta::days(1));
    let (_, result) = sent(&tenant, &to, words("学习")).await;
    assert!(result.forbidden_list.is_empty());
    assert_eq!(tenant.person("lgb0001").messages().len(), 2);
}

#[tokio::test]
async fn too_many_a_day_and_too_many_a_minute_are_dropped() {
    let mut world = crate::world();
    world.limits.notices_per_person = Some(2);
    world.limits.notices_per_minute = Some(3);
    let tenant = Tenant::start(world, Options::default()).await.unwrap();
    let all = Audience::people(&users(&["lgb0001", "lgb0002", "zs0001", "gz0001"]));
    let (_, result) = sent(&tenant, &all, words("一")).await;
    assert_eq!(result.unread_user_id_list.len(), 3);
    assert_eq!(result.forbidden_list[0].reason(), ForbiddenReason::TooManyAMinute);
    assert_eq!((result.forbidden_list[0].code.as_str(), result.forbidden_list[0].count), ("143103", 3));
    tenant.clock().advance(TimeDelta::minutes(1));
    let one = Audience::people(&users(&["zs0001"]));
    for (text, reason) in [("二", None), ("三", None), ("四", Some(ForbiddenReason::TooManyADay))] {
        let (_, result) = sent(&tenant, &one, words(text)).await;
        assert_eq!(result.forbidden_list.first().map(dingtalk::work_notice::Forbidden::reason), reason);
    }
}

#[tokio::test]
async fn departments_are_asked_with_those_below_them_and_everybody_is_everybody() {
    let mut world = crate::world();
    world.departments[1].parent = 910_001;
    let tenant = Tenant::start(world, Options::default()).await.unwrap();
    let to = Audience::departments(&[DeptId(910_001), DeptId(9)]);
    let (_, result) = sent(&tenant, &to, words("一")).await;
    assert_eq!(result.invalid_dept_id_list, [DeptId(9)]);
    let everybody = crate::world().people.len();
    assert_eq!(result.unread_user_id_list.len(), everybody);
    let (_, result) = sent(&tenant, &Audience::Everybody, words("二")).await;
    assert_eq!(result.unread_user_id_list.len(), everybody);
}

#[tokio::test]
async fn everybody_is_written_to_three_times_a_day() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let notices = client.work_notices();
    for text in ["一", "二", "三"] {
        notices.send_to(&Audience::Everybody, words(text)).await.unwrap();
    }
    let refused = notices.send_to(&Audience::Everybody, words("四")).await.unwrap_err();
    assert_eq!(refused.code(), "41045");
    notices.send(&users(&["lgb0001"]), words("四")).await.unwrap();
    tenant.clock().advance(TimeDelta::days(1));
    notices.send_to(&Audience::Everybody, words("四")).await.unwrap();
}

#[tokio::test]
async fn who_opens_the_chat_has_read_it_and_a_recalled_notice_is_shown_as_recalled() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let to = Audience::people(&users(&["lgb0001", "lgb0002"]));
    let (task, _) = sent(&tenant, &to, words("学习")).await;
    tenant.person("lgb0001").reads().unwrap();
    let result = client.work_notices().result(task).await.unwrap();
    assert_eq!(result.read_user_id_list, users(&["lgb0001"]));
    assert_eq!(result.unread_user_id_list, users(&["lgb0002"]));

    client.work_notices().recall(task).await.unwrap();
    assert_eq!(tenant.person("lgb0002").chat(), "工作通知:\n  （已撤回）\n");
    assert_eq!(client.work_notices().recall(7).await.unwrap_err().code(), "400002");
    tenant.clock().advance(TimeDelta::hours(24));
    assert_eq!(client.work_notices().recall(task).await.unwrap_err().code(), "400002");
}

#[tokio::test]
async fn a_notice_that_still_waits_can_be_taken_back_before_anybody_sees_it() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let task = client.work_notices().send(&users(&["lgb0001"]), words("学习")).await.unwrap().task_id;
    client.work_notices().recall(task).await.unwrap();
    tenant.clock().advance(TimeDelta::minutes(1));
    assert!(tenant.person("lgb0001").messages().is_empty());
}

#[tokio::test]
async fn the_state_of_a_form_changes_once_it_is_sent() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let to = users(&["lgb0001"]);
    let task = client.work_notices().send(&to, form(Some("进行中"))).await.unwrap().task_id;
    let early = client.work_notices().update_status(task, "已同意", None).await.unwrap_err();
    assert_eq!(early.code(), "41052");
    tenant.clock().advance(TimeDelta::seconds(2));
    client.work_notices().update_status(task, "已同意", Some("0xFF78C06E")).await.unwrap();
    assert_eq!(
        tenant.person("lgb0001").chat(),
        "工作通知:\n  【体检安排】\n  时间：8月26日 8:30\n  2小时\n  <已同意>\n  [查看] https://h5.example.gov.cn/checkup/26\n"
    );
    let (without, _) = sent(&tenant, &Audience::people(&to), form(None)).await;
    let refused = client.work_notices().update_status(without, "已同意", None).await.unwrap_err();
    assert_eq!(refused.code(), "40035");
}

#[tokio::test]
async fn pictures_files_and_links_arrive_as_what_they_are() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let picture = crate::media::upload(&client, "墙.png").await;
    let file = crate::media::upload(&client, "章程.pdf").await;
    let link = NoticeLink {
        message_url: "https://h5.example.gov.cn".to_owned(),
        pic_url: picture.to_string(),
        title: "学习".to_owned(),
        text: "周五9点".to_owned(),
    };
    let to = Audience::people(&users(&["lgb0001"]));
    for message in [
        NoticeMessage::Image { image: NoticeMedia { media_id: picture.clone() } },
        NoticeMessage::File { file: NoticeMedia { media_id: file } },
        NoticeMessage::Link { link },
    ] {
        sent(&tenant, &to, message).await;
    }
    let lines = tenant.person("lgb0001").messages();
    assert_eq!(lines[0].message, Message::Image { picture: picture.to_string() });
    assert!(matches!(&lines[1].message, Message::File { name, .. } if name == "章程.pdf"), "{lines:?}");
    assert!(matches!(&lines[2].message, Message::Link { .. }) && lines[2].by == Speaker::WorkNotice);

    let unknown = NoticeMedia { media_id: "@lADnothing".parse().unwrap() };
    let message = NoticeMessage::Image { image: unknown };
    let refused = client.work_notices().send(&[user("lgb0001")], message).await.unwrap_err();
    assert_eq!(refused.code(), "40007");
}

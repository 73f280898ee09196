//! Groups: made and changed by the app, spoken in by people and the robot.

use dingtalk::ConversationId;
use dingtalk::group::{
    GroupChange, GroupOptions, NewGroup, NewSceneGroup, SceneChange, SceneOptions, Switch,
};
use dingtalk::robot::{RobotMessage, SendStatus, SessionMessage};
use serde_json::json;

use crate::{own_client, tenant, tenant_with_app, user, users};

fn new_group() -> NewGroup {
    NewGroup {
        name: "重阳活动".to_owned(),
        owner: user("zs0001"),
        members: users(&["lgb0001", "lgb0002"]),
        icon: None,
        management_options: Some(GroupOptions {
            mention_all_authority: Some(Switch::On),
            ..GroupOptions::default()
        }),
    }
}

fn new_scene() -> NewSceneGroup {
    NewSceneGroup {
        title: "重阳活动".to_owned(),
        template_id: "simtemplate-activity-0001".to_owned(),
        owner_user_id: user("zs0001"),
        user_ids: users(&["lgb0001"]),
        subadmin_ids: users(&["gz0001"]),
        uuid: Some("chongyang-2026".to_owned()),
        icon: None,
        management_options: Some(SceneOptions {
            only_admin_can_ding: Some(Switch::On),
            ..SceneOptions::default()
        }),
    }
}

fn words(text: &str) -> RobotMessage {
    RobotMessage::Text(text.to_owned())
}

/// The example's group, in which the robot is.
fn branch(tenant: &dingtalk_sim::Tenant) -> ConversationId {
    tenant.groups()[0].id.parse().unwrap()
}

#[tokio::test]
async fn a_plain_group_is_made_changed_and_read_and_every_change_is_told() {
    let (tenant, app) = tenant_with_app().await;
    let client = own_client(&tenant);
    let ids = client.groups().create(&new_group()).await.unwrap();
    let group = client.groups().get(&ids.chat_id).await.unwrap();
    assert_eq!(group.members, users(&["zs0001", "lgb0001", "lgb0002"]));
    assert_eq!(client.groups().conversation(&ids.chat_id).await.unwrap(), ids.open_conversation_id);
    assert_eq!(group.options.mention_all_authority, Some(Switch::On));
    tenant.pushes().settled().await;
    assert!(app.events().is_empty(), "the making of a group is no change");

    let change = GroupChange {
        name: Some("敬老月".to_owned()),
        owner: Some(user("lgb0001")),
        add: users(&["gz0001", "lgb0001"]),
        remove: users(&["lgb0002"]),
        ..GroupChange::default()
    };
    client.groups().update(&ids.chat_id, &change).await.unwrap();
    let group = client.groups().get(&ids.chat_id).await.unwrap();
    assert_eq!((group.name.as_str(), group.owner), ("敬老月", user("lgb0001")));
    assert_eq!(group.members, users(&["zs0001", "lgb0001", "gz0001"]));
    tenant.pushes().settled().await;
    assert_eq!(
        app.events(),
        ["chat_add_member", "chat_remove_member", "chat_update_title", "chat_update_owner"]
    );
    let pushed: Vec<_> =
        tenant.wire().into_iter().filter_map(|one| one.request.get("decrypted").cloned()).collect();
    assert_eq!(pushed[0]["userId"], json!(["gz0001"]), "who was in it already does not come again");
    assert_eq!(pushed[2]["title"], "敬老月");
    assert_eq!(pushed[3]["owner"], "lgb0001");
    assert_eq!(pushed[0]["openConversationId"], ids.open_conversation_id.as_str());

    tenant.group(ids.open_conversation_id.as_str()).left_by("gz0001").unwrap();
    tenant.pushes().settled().await;
    assert_eq!(app.events().last().unwrap(), "chat_quit");
}

#[tokio::test]
async fn a_change_that_makes_no_sense_changes_nothing() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let ids = client.groups().create(&new_group()).await.unwrap();
    for change in [
        GroupChange { owner: Some(user("gz0001")), ..GroupChange::default() },
        GroupChange { remove: users(&["zs0001"]), ..GroupChange::default() },
        GroupChange { add: users(&["nobody"]), ..GroupChange::default() },
    ] {
        let refused = client.groups().update(&ids.chat_id, &change).await.unwrap_err();
        assert_eq!(refused.code(), "parameter.invalid", "{change:?}");
    }
    assert_eq!(client.groups().get(&ids.chat_id).await.unwrap().members.len(), 3);
    let nobody = NewGroup { owner: user("nobody"), ..new_group() };
    assert_eq!(client.groups().create(&nobody).await.unwrap_err().code(), "permession.checkFailed");
    let none = "chat0".parse().unwrap();
    assert_eq!(client.groups().get(&none).await.unwrap_err().code(), "40016");
    assert_eq!(client.groups().conversation(&none).await.unwrap_err().code(), "invalideChatId");
}

#[tokio::test]
async fn a_scene_group_is_made_once_brings_its_robot_and_ends() {
    let (tenant, app) = tenant_with_app().await;
    let client = own_client(&tenant);
    let ids = client.groups().create_scene(&new_scene()).await.unwrap();
    assert_eq!(client.groups().create_scene(&new_scene()).await.unwrap(), ids, "the same uuid");
    let group = &ids.open_conversation_id;
    assert_eq!(client.groups().members(group).await.unwrap(), users(&["zs0001", "lgb0001", "gz0001"]));
    client.groups().add_members(group, &users(&["lgb0002"])).await.unwrap();
    client.groups().remove_members(group, &users(&["lgb0001"])).await.unwrap();
    assert_eq!(client.groups().members(group).await.unwrap(), users(&["zs0001", "gz0001", "lgb0002"]));
    let change = SceneChange {
        open_conversation_id: group.clone(),
        title: Some("敬老月".to_owned()),
        owner_user_id: None,
        icon: None,
        management_options: None,
    };
    client.groups().update_scene(&change).await.unwrap();
    let scene = client.groups().scene(group).await.unwrap();
    assert_eq!((scene.title.as_str(), scene.status), ("敬老月", 1));
    let robots = client.robot().robots_of(group).await.unwrap();
    assert_eq!((robots[0].name.as_str(), robots[0].kind), ("银龄小助手", 4));

    client.robot().send_to_group(group, &words("欢迎")).await.unwrap();
    client.groups().disband_scene(group).await.unwrap();
    let refused = client.robot().send_to_group(group, &words("再见")).await.unwrap_err();
    assert_eq!(refused.code(), "group.disbanded");
    assert_eq!(client.groups().scene(group).await.unwrap().status, 2);
    tenant.pushes().settled().await;
    assert_eq!(app.events(), ["chat_add_member", "chat_remove_member", "chat_update_title", "chat_disband"]);
}

#[tokio::test]
async fn a_group_without_a_template_is_no_scene_group() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let plain = branch(&tenant);
    assert_eq!(client.groups().scene(&plain).await.unwrap_err().code(), "groupPermissionDenied");
    let unknown = NewSceneGroup { template_id: "other".to_owned(), uuid: None, ..new_scene() };
    let refused = client.groups().create_scene(&unknown).await.unwrap_err();
    assert_eq!(refused.code(), "groupTemplate.notFound");
}

#[tokio::test]
async fn the_robot_speaks_where_it_was_added_and_sees_who_has_read_it() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let group = branch(&tenant);
    let handle = tenant.group(group.as_str());
    let key = client.robot().send_to_group(&group, &words("周五9点学习")).await.unwrap().process_query_key;
    handle.read_by("lgb0002").unwrap();
    let page = client.robot().read_in_group(&group, &key, None).await.unwrap();
    assert_eq!((page.read_user_ids, page.has_more), (users(&["lgb0002"]), false));

    let report = client.robot().recall_from_group(&group, std::slice::from_ref(&key)).await.unwrap();
    assert_eq!(report.success_result, std::slice::from_ref(&key));
    assert_eq!(handle.chat(), "银龄小助手:\n  （已撤回）\n");
    let page = client.robot().read_in_group(&group, &key, None).await.unwrap();
    assert_eq!(page.send_status, SendStatus::Recalled);

    handle.robot(false).unwrap();
    let refused = client.robot().send_to_group(&group, &words("一")).await.unwrap_err();
    assert_eq!(refused.code(), "invalidParameter.robotCode.notExsit");
    let refused = client.robot().send_to_group(&"cid0".parse().unwrap(), &words("一")).await.unwrap_err();
    assert_eq!(refused.code(), "invalid.openConversationId");
}

#[tokio::test]
async fn a_mention_in_a_group_reaches_the_app_and_is_answered_there() {
    let (tenant, app) = tenant_with_app().await;
    app.robot_answers(json!({"msgtype": "text", "text": {"content": "已签到"}}));
    let group = branch(&tenant);
    let handle = tenant.group(group.as_str());
    handle.says("lgb0001", "大家早").await.unwrap();
    assert!(app.said().is_empty(), "without a mention the robot hears nothing");
    handle.says("lgb0001", "@银龄小助手 签到").await.unwrap();
    let said = &app.said()[0];
    assert_eq!(said["conversationType"], "2");
    assert_eq!(said["conversationTitle"], "第一党支部群");
    assert_eq!(said["conversationId"], group.as_str());
    assert_eq!(said["text"]["content"], " 签到");
    assert_eq!((said["isInAtList"].as_bool(), said["senderStaffId"].as_str()), (Some(true), Some("lgb0001")));

    let webhook = said["sessionWebhook"].as_str().unwrap();
    let message =
        SessionMessage::try_from(words("请确认")).unwrap().mentioning(&users(&["lgb0002", "sp0001"]));
    own_client(&tenant).robot().answer_as(webhook, &message).await.unwrap();
    assert_eq!(
        handle.chat(),
        "王秀英:\n  大家早\n王秀英:\n  @银龄小助手 签到\n银龄小助手:\n  已签到\n银龄小助手:\n  请确认 @lgb0002 @sp0001\n"
    );
    assert_eq!(handle.messages()[3].mentions, ["lgb0002"], "only members are told");
    assert!(tenant.person("lgb0001").messages().is_empty());
    assert!(handle.says("sp0001", "我不在群里").await.is_err());
}

#[tokio::test]
async fn whoever_leaves_the_organisation_leaves_its_groups() {
    let tenant = tenant().await;
    tenant.remove_person("zs0001").unwrap();
    let group = &tenant.groups()[0];
    assert!(!group.members.iter().any(|member| member == "zs0001"));
    assert_eq!(group.owner, "lgb0001");
}

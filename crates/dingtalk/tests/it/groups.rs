use dingtalk::{
    Error,
    group::{GroupChange, GroupOptions, NewGroup, NewSceneGroup, Switch},
};
use serde_json::{Value, json};

use crate::{host::Host, robot::people};

fn new(name: &str) -> NewGroup {
    let options = GroupOptions { chat_banned_type: Some(Switch::On), ..GroupOptions::default() };
    NewGroup {
        name: name.to_owned(),
        owner: people(1).remove(0),
        members: people(2),
        icon: None,
        management_options: Some(options),
    }
}

#[tokio::test]
async fn a_group_is_made_changed_and_read_in_three_spellings() {
    let host = Host::start().await;
    let made = json!({"conversationTag": 2, "openConversationId": "cid1==", "chatid": "chat&1"});
    host.answers("/v1.0/im/group/create", 200, made).await;
    host.answers("/v1.0/im/group/update", 200, json!({"success": true})).await;
    let info = json!({"name": "支部", "owner": "lgb0000", "useridlist": ["lgb0000"], "chatBannedType": "1",
        "conversationTag": 2, "searchable": 0});
    host.answers("/chat/get", 200, json!({"errcode": 0, "errmsg": "ok", "chat_info": info})).await;
    let client = host.client();
    let ids = client.groups().create(&new("支部")).await.unwrap();
    assert_eq!(
        host.asked("/v1.0/im/group/create").await[0].body_json::<Value>().unwrap(),
        json!({"name": "支部", "owner": "lgb0000", "useridlist": ["lgb0000", "lgb0001"],
            "managementOptions": {"chatBannedType": 1}})
    );
    let change = GroupChange { add: people(1), ..GroupChange::default() };
    client.groups().update(&ids.chat_id, &change).await.unwrap();
    assert_eq!(
        host.asked("/v1.0/im/group/update").await[0].body_json::<Value>().unwrap(),
        json!({"chatid": "chat&1", "add_useridlist": ["lgb0000"]})
    );
    let group = client.groups().get(&ids.chat_id).await.unwrap();
    assert_eq!(group.options.chat_banned_type, Some(Switch::On));
    let query: Vec<_> = host.asked("/chat/get").await[0].url.query_pairs().into_owned().collect();
    assert!(query.contains(&("chatid".to_owned(), "chat&1".to_owned())), "{query:?}");
}

#[tokio::test]
async fn a_name_that_is_too_long_and_a_group_of_nobody_are_not_tried() {
    let host = Host::start().await;
    let client = host.client();
    let groups = client.groups();
    let scene = NewSceneGroup {
        title: "字".repeat(31),
        template_id: "t".to_owned(),
        owner_user_id: people(1).remove(0),
        user_ids: Vec::new(),
        subadmin_ids: Vec::new(),
        uuid: None,
        icon: None,
        management_options: None,
    };
    let id = "cid1==".parse().unwrap();
    for tried in [
        groups.create(&new(&"字".repeat(21))).await.map(|_| ()),
        groups.create(&NewGroup { members: Vec::new(), ..new("支部") }).await.map(|_| ()),
        groups.create_scene(&scene).await.map(|_| ()),
        groups.add_members(&id, &[]).await,
    ] {
        assert!(matches!(tried, Err(Error::NotSent(_))), "{tried:?}");
    }
    assert!(host.server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn members_are_read_to_the_last_page_and_a_token_that_stands_still_ends_it() {
    let host = Host::start().await;
    let page = json!({"success": true, "memberUserIds": ["lgb0000"], "hasMore": true, "nextToken": "7"});
    host.answers("/v1.0/im/sceneGroups/members/batchQuery", 200, page).await;
    let members = host.client().groups().members(&"cid1==".parse().unwrap()).await.unwrap();
    assert_eq!(members.len(), 2);
}

#[tokio::test]
async fn a_change_that_did_not_succeed_is_a_refusal() {
    let host = Host::start().await;
    host.answers("/v1.0/im/sceneGroup/member/delete", 200, json!({"success": false})).await;
    let id = "cid1==".parse().unwrap();
    let refused = host.client().groups().remove_members(&id, &people(1)).await.unwrap_err();
    assert!(matches!(refused, Error::Refused { .. }), "{refused:?}");
}

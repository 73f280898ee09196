//! What is said: by the robot, by webhooks, in work notices, by DING.

use serde_json::json;

use super::step::{Step, call};

pub(super) fn steps() -> Vec<Step> {
    [robot(), groups(), webhooks(), dings(), notices()].into_iter().flatten().collect()
}

fn robot() -> Vec<Step> {
    vec![
        call("POST /v1.0/robot/oToMessages/batchSend")
            .body(json!({"robotCode": "$key", "userIds": ["lgb0001"], "msgKey": "sampleText",
                "msgParam": "{\"content\":\"明天有学习\"}"}))
            .keep("message", "/processQueryKey"),
        call("GET /v1.0/robot/oToMessages/readStatus")
            .query(json!({"robotCode": "$key", "processQueryKey": "$message"})),
        call("POST /v1.0/robot/otoMessages/batchRecall")
            .body(json!({"robotCode": "$key", "processQueryKeys": ["$message"]})),
        call("POST /v1.0/robot/messageFiles/download")
            .body(json!({"robotCode": "$key", "downloadCode": "$file_code"})),
        call("POST /media/upload")
            .query(json!({"type": "image"}))
            .file("墙.png")
            .keep("picture", "/media_id"),
    ]
}

fn groups() -> Vec<Step> {
    vec![
        call("POST /v1.0/robot/groupMessages/send")
            .body(json!({"robotCode": "$key", "openConversationId": "cidstrict", "msgKey": "sampleMarkdown",
                "msgParam": "{\"title\":\"题\",\"text\":\"文\"}", "coolAppCode": "COOLAPP-1"}))
            .keep("group_message", "/processQueryKey"),
        call("POST /v1.0/robot/groupMessages/query").body(json!({"robotCode": "$key",
            "openConversationId": "cidstrict", "processQueryKey": "$group_message", "maxResults": 10,
            "nextToken": "0"})),
        call("POST /v1.0/robot/groupMessages/recall").body(json!({"robotCode": "$key",
            "openConversationId": "cidstrict", "processQueryKeys": ["$group_message"]})),
        call("POST /v1.0/robot/groups/robots/query").body(json!({"openConversationId": "cidstrict"})),
    ]
}

fn webhooks() -> Vec<Step> {
    let says = |text: &str| {
        json!({"msgtype": "text", "text": {"content": text}, "at": {"atUserIds": ["lgb0001"],
        "atMobiles": ["13800000001"], "isAtAll": false}})
    };
    vec![
        call("POST /robot/sendBySession").query(json!({"session": "$session"})).body(says("有学习")),
        call("POST /robot/send").query(json!({"access_token": "$webhook"})).body(says("值班")),
        call("POST /robot/send").query(json!({"access_token": "$webhook"})).body(json!({
            "msgtype": "markdown", "markdown": {"title": "题", "text": "文"}, "msgUuid": "once",
        })),
        call("POST /robot/send").query(json!({"access_token": "$webhook"})).body(json!({
            "msgtype": "link",
            "link": {"title": "题", "text": "文", "messageUrl": "https://h5.example/1", "picUrl": "https://h5.example/p"},
        })),
        call("POST /robot/send").query(json!({"access_token": "$webhook"})).body(json!({
            "msgtype": "actionCard",
            "actionCard": {"title": "题", "text": "文", "btnOrientation": "0",
                "btns": [{"title": "去", "actionURL": "https://h5.example/1"}]},
        })),
        call("POST /robot/send").query(json!({"access_token": "$webhook"})).body(json!({
            "msgtype": "feedCard", "feedCard": {"links": [{"title": "题", "messageURL": "https://h5.example/1",
                "picURL": "https://h5.example/p"}]},
        })),
    ]
}

fn dings() -> Vec<Step> {
    vec![
        call("POST /v1.0/robot/ding/send")
            .body(json!({"robotCode": "$key", "remindType": 1, "receiverUserIdList": ["lgb0001"],
                "content": "请看消息", "callVoice": "Standard_Female_Voice"}))
            .keep("ding", "/openDingId"),
        call("POST /v1.0/robot/ding/recall").body(json!({"robotCode": "$key", "openDingId": "$ding"})),
    ]
}

fn notices() -> Vec<Step> {
    let send = "POST /topapi/message/corpconversation/asyncsend_v2";
    let form = json!({
        "message_url": "https://h5.example/1", "pc_message_url": "https://h5.example/1",
        "head": {"bgcolor": "FFBBBBBB", "text": "头"},
        "status_bar": {"status_value": "待办", "status_bg": "0xFFF65E5E"},
        "body": {"title": "题", "form": [{"key": "时间", "value": "明天"}], "rich": {"num": "1", "unit": "次"},
            "content": "文", "image": "$picture", "file_count": "1", "author": "老干部局"},
    });
    let buttons = json!({"title": "题", "markdown": "文", "btn_orientation": "0",
        "btn_json_list": [{"title": "去", "action_url": "https://h5.example/1"}]});
    let kinds = [
        ("text", json!({"content": "有学习"})),
        ("markdown", json!({"title": "题", "text": "文"})),
        (
            "link",
            json!({"title": "题", "text": "文", "messageUrl": "https://h5.example/1", "picUrl": "$picture"}),
        ),
        ("image", json!({"media_id": "$picture"})),
        ("file", json!({"media_id": "$picture"})),
        ("voice", json!({"media_id": "$picture", "duration": "10"})),
        ("action_card", buttons),
    ];
    let mut steps: Vec<_> = kinds
        .into_iter()
        .map(|(kind, message)| {
            call(send).body(
                json!({"agent_id": "$agent", "userid_list": "lgb0001,lgb0002", "dept_id_list": "910002",
                "to_all_user": false, "msg": {"msgtype": kind, kind: message}}),
            )
        })
        .collect();
    let asked = json!({"agent_id": "$agent", "task_id": "$notice"});
    steps.extend([
        call(send)
            .body(
                json!({"agent_id": "$agent", "userid_list": "lgb0001", "msg": {"msgtype": "oa", "oa": form}}),
            )
            .keep("notice", "/task_id"),
        call("POST /topapi/message/corpconversation/getsendprogress").after(5).body(asked.clone()),
        call("POST /topapi/message/corpconversation/getsendresult").body(asked),
        call("POST /topapi/message/corpconversation/status_bar/update").body(json!({"agent_id": "$agent",
            "task_id": "$notice", "status_value": "已办", "status_bg": "0xFF00FF00"})),
        call("POST /topapi/message/corpconversation/recall")
            .body(json!({"agent_id": "$agent", "msg_task_id": "$notice"})),
    ]);
    steps
}

//! Groups of both kinds.

use serde_json::json;

use super::step::{Step, call};

pub(super) fn steps() -> Vec<Step> {
    let members =
        json!({"open_conversation_id": "$scene", "user_ids": ["lgb0002"], "union_ids": ["union-gz0001"]});
    vec![
        call("POST /v1.0/im/group/create")
            .body(json!({
                "name": "合唱队", "owner": "zs0001", "ownerType": "emp", "useridlist": ["zs0001", "lgb0001"],
                "extidlist": [], "icon": "@icon", "conversationTag": 2, "managementOptions": {"searchable": 1},
            }))
            .keep("chat", "/chatid"),
        call("POST /v1.0/im/group/update").body(json!({
            "chatid": "$chat", "name": "合唱二队", "owner": "lgb0001", "ownerType": "emp", "icon": "@icon",
            "add_useridlist": ["gz0001"], "del_useridlist": ["zs0001"], "add_extidlist": [],
            "del_extidlist": [], "managementOptions": {"validationType": 0},
        })),
        call("GET /chat/get").query(json!({"chatid": "$chat"})),
        call("POST /v1.0/im/chat/{chatId}/convertToOpenConversationId").at(&["$chat"]),
        call("POST /v1.0/im/sceneGroup/create")
            .body(json!({
                "title": "敬老月", "owner_user_id": "zs0001", "user_ids": ["lgb0001"],
                "subadmin_ids": ["lgb0001"], "template_id": "simtemplate-activity-0001", "icon": "@icon",
                "uuid": "once", "management_options": {"searchable": 1},
            }))
            .keep("scene", "/open_conversation_id"),
        call("POST /v1.0/im/sceneGroup/update").body(json!({
            "open_conversation_id": "$scene", "title": "敬老月活动", "owner_user_id": "zs0001", "icon": "@icon",
            "owner_union_id": "union-zs0001", "management_options": {"searchable": 0},
        })),
        call("POST /v1.0/im/sceneGroup/member/add").body(members.clone()),
        call("POST /v1.0/im/sceneGroup/member/delete").body(members),
        call("POST /v1.0/im/sceneGroups/members/batchQuery").body(json!({"openConversationId": "$scene",
            "maxResults": 10, "nextToken": "0", "coolAppCode": "COOLAPP-1"})),
        call("POST /v1.0/im/sceneGroups/query")
            .body(json!({"openConversationId": "$scene", "coolAppCode": "COOLAPP-1"})),
        call("POST /v1.0/im/chat/scenegroup/disband").body(json!({"openConversationId": "$scene"})),
    ]
}

//! Cards, to-dos, calendars, check-ins.

use serde_json::{Value, json};

use super::step::{Step, call};

const TASK: &[&str] = &["union-gz0001", "$todo"];
const DAY: &[&str] = &["union-zs0001", "$event"];
const GUEST: &[&str] = &["union-lgb0001", "$event"];

pub(super) fn steps() -> Vec<Step> {
    [cards(), todos(), events(), guests(), check_ins()].into_iter().flatten().collect()
}

fn cards() -> Vec<Step> {
    let data = json!({"cardParamMap": {"title": "困难帮扶申请", "status": "待受理"}});
    let private = json!({"gz0001": {"cardParamMap": {"mine": "您来办"}}});
    let look = json!({"supportForward": false, "lastMessageI18n": {"ZH_CN": "申请"},
        "searchSupport": {"searchIcon": "@icon", "searchTypeName": "申请", "searchDesc": "申请"},
        "notification": {"alertContent": "申请", "notificationOff": false}});
    vec![
        call("POST /v1.0/card/callbacks/register").body(json!({"callbackRouteKey": "route",
            "callbackUrl": "https://h5.example/card", "apiSecret": "secret", "forceUpdate": false})),
        call("POST /v1.0/card/instances").body(json!({
            "cardTemplateId": "aid-request.schema", "outTrackId": "card-1", "callbackType": "HTTP",
            "callbackRouteKey": "route", "userId": "gz0001", "userIdType": 1, "cardData": data,
            "privateData": private, "imRobotOpenSpaceModel": look,
        })),
        call("POST /v1.0/card/instances/deliver").body(json!({
            "outTrackId": "card-1", "openSpaceId": "dtv1.card//IM_ROBOT.gz0001", "userIdType": 1,
            "imRobotOpenDeliverModel": {"spaceType": "IM_ROBOT", "robotCode": "$key", "extension": {"a": "b"}},
        })),
        call("POST /v1.0/card/instances/createAndDeliver").body(json!({
            "cardTemplateId": "aid-request.schema", "outTrackId": "card-2", "callbackType": "STREAM",
            "cardData": data, "cardAtUserIds": ["gz0001"],
            "openSpaceId": "dtv1.card//IM_GROUP.cidstrict;ONE_BOX.cidstrict",
            "imGroupOpenSpaceModel": look, "topOpenSpaceModel": {"spaceType": "ONE_BOX"},
            "imGroupOpenDeliverModel": {"robotCode": "$key", "atUserIds": {"gz0001": "周敏"},
                "recipients": ["gz0001"], "extension": {"a": "b"}},
            "topOpenDeliverModel": {"expiredTimeMillis": "$tomorrow", "userIds": ["gz0001"], "platforms": ["ios"]},
        })),
        call("PUT /v1.0/card/instances").body(json!({
            "outTrackId": "card-1", "userIdType": 1, "cardData": data, "privateData": private,
            "cardUpdateOptions": {"updateCardDataByKey": true, "updatePrivateDataByKey": true},
        })),
        call("PUT /v1.0/card/instances/spaces")
            .body(json!({"outTrackId": "card-1", "imGroupOpenSpaceModel": look})),
        call("PUT /v1.0/card/streaming").body(json!({"outTrackId": "card-1", "guid": "one", "key": "reason",
            "content": "住院", "isFull": true, "isFinalize": true, "isError": false})),
        call("POST /v1.0/card/tops/close")
            .query(json!({"outTrackId": "card-2", "openConversationId": "cidstrict"})),
    ]
}

fn todos() -> Vec<Step> {
    let operator = || json!({"operatorId": "union-gz0001"});
    let lines = json!([{"fieldKey": "时间", "fieldValue": "明天"}]);
    vec![
        call("POST /v1.0/todo/users/{unionId}/tasks")
            .at(&["union-gz0001"])
            .query(operator())
            .body(json!({
                "subject": "走访王秀英", "description": "带上票据", "creatorId": "union-gz0001",
                "executorIds": ["union-gz0001"], "participantIds": ["union-zs0001"], "dueTime": "$tomorrow",
                "sourceId": "once", "detailUrl": {"appUrl": "https://h5.example/1", "pcUrl": "https://h5.example/1"},
                "contentFieldList": lines, "priority": 20, "todoType": "TODO", "isOnlyShowExecutor": true,
                "notifyConfigs": {"dingNotify": "1", "sendTodoApn": "true", "sendAssistantChat": "true"},
                "remindNotifyConfigs": {"dingNotify": "1"}, "reminderTimeStamp": "$tomorrow",
                "bizCategoryId": "category", "thirdExtension": {"a": "b"},
                "actionList": [{"title": "办", "actionType": 1, "url": "https://h5.example/1",
                    "pcUrl": "https://h5.example/1", "actionKey": "do", "buttonStyleType": 101}],
            }))
            .keep("todo", "/id"),
        call("PUT /v1.0/todo/users/{unionId}/tasks/{taskId}").at(TASK).query(operator()).body(json!({
            "subject": "走访", "description": "票据", "dueTime": "$tomorrow", "done": false,
            "executorIds": ["union-gz0001"], "participantIds": ["union-zs0001"], "contentFieldList": lines,
        })),
        call("PUT /v1.0/todo/users/{unionId}/tasks/{taskId}/executorStatus")
            .at(TASK)
            .query(operator())
            .body(json!({"executorStatusList": [{"id": "union-gz0001", "isDone": true}]})),
        call("POST /v1.0/todo/users/{unionId}/org/tasks/query")
            .at(&["union-gz0001"])
            .body(json!({"isDone": true, "nextToken": "0", "roleTypes": [["executor"]], "todoType": "TODO"})),
        call("DELETE /v1.0/todo/users/{unionId}/tasks/{taskId}").at(TASK).query(operator()),
    ]
}

fn event(more: &[(&str, Value)]) -> Value {
    let mut event = json!({
        "summary": "支部学习", "description": "带上笔记", "isAllDay": false,
        "start": {"dateTime": "2026-09-03T09:00:00+08:00", "timeZone": "Asia/Shanghai"},
        "end": {"dateTime": "2026-09-03T10:00:00+08:00", "timeZone": "Asia/Shanghai"},
        "recurrence": {"pattern": {"type": "weekly", "interval": 1, "daysOfWeek": "thursday"},
            "range": {"type": "numbered", "numberOfOccurrences": 3}},
        "attendees": [{"id": "union-lgb0001", "isOptional": false}], "location": {"displayName": "活动中心"},
        "reminders": [{"method": "dingtalk", "minutes": 15}], "extra": {"noPushNotification": "true"},
    });
    for (name, value) in more {
        event[name] = value.clone();
    }
    event
}

fn events() -> Vec<Step> {
    let more = [
        ("onlineMeetingInfo", json!({"type": "dingtalk"})),
        ("uiConfigs", json!([{"uiName": "one", "uiStatus": "show"}])),
        ("richTextDescription", json!({"text": "带上笔记"})),
    ];
    let window = json!({"timeMin": "2026-09-01T00:00:00+08:00", "timeMax": "2026-10-01T00:00:00+08:00",
        "showDeleted": false, "maxResults": 10, "maxAttendees": 10, "nextToken": "0"});
    vec![
        call("POST /v1.0/calendar/users/{unionId}/calendars/primary/events")
            .at(&["union-zs0001"])
            .body(event(&more))
            .keep("event", "/id"),
        call("GET /v1.0/calendar/users/{unionId}/calendars/primary/events")
            .at(&["union-zs0001"])
            .query(window),
        call("GET /v1.0/calendar/users/{unionId}/calendars/primary/events/{eventId}")
            .at(DAY)
            .query(json!({"maxAttendees": 10})),
        call("PUT /v1.0/calendar/users/{unionId}/calendars/primary/events/{eventId}")
            .at(DAY)
            .body(event(&[("id", json!("$event"))])),
    ]
}

fn guests() -> Vec<Step> {
    vec![
        call("POST /v1.0/calendar/users/{unionId}/calendars/primary/events/{eventId}/attendees").at(DAY).body(
            json!({"attendeesToAdd": [{"id": "union-lgb0002", "isOptional": true}], "pushNotification": true,
                "chatNotification": false}),
        ),
        call("POST /v1.0/calendar/users/{unionId}/calendars/primary/events/{eventId}/attendees/batchRemove")
            .at(DAY)
            .body(json!({"attendeesToRemove": [{"id": "union-lgb0002"}]})),
        call("GET /v1.0/calendar/users/{unionId}/calendars/primary/events/{eventId}/attendees")
            .at(DAY)
            .query(json!({"maxResults": 10, "nextToken": "0"})),
        call("POST /v1.0/calendar/users/{unionId}/calendars/primary/events/{eventId}/respond")
            .at(GUEST)
            .body(json!({"responseStatus": "accepted"})),
        call("GET /v1.0/calendar/users/{unionId}/calendars/primary/events/{eventId}/signInLinks").at(DAY),
        call("POST /v1.0/calendar/users/{unionId}/calendars/primary/events/{eventId}/signin").at(GUEST),
        call("GET /v1.0/calendar/users/{unionId}/calendars/primary/events/{eventId}/signin")
            .at(DAY)
            .query(json!({"type": "sign_in", "maxResults": 10, "nextToken": "0"})),
        call("DELETE /v1.0/calendar/users/{unionId}/calendars/primary/events/{eventId}")
            .at(DAY)
            .query(json!({"pushNotification": true})),
    ]
}

fn check_ins() -> Vec<Step> {
    vec![
        call("POST /topapi/checkin/record/get").body(json!({"userid_list": "lgb0001,zs0001",
            "start_time": "$yesterday", "end_time": "$now", "cursor": 0, "size": 10})),
        call("GET /checkin/record").query(json!({"department_id": 1, "start_time": "$yesterday",
            "end_time": "$now", "offset": 0, "size": 10, "order": "asc"})),
    ]
}

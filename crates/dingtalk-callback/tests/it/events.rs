//! Every event of the platform's list that we know, in each spelling in which it may come.

use std::collections::BTreeSet;

use chrono::DateTime;
use dingtalk::DeptId;
use dingtalk_callback::{
    Event,
    event::{
        CalendarChange, ChatMove, DirectoryMove, FormMove, InstanceMove, LabelMove, RobotMove, TodoMove,
        UrlCheck, What,
    },
    frame::Frame,
};
use serde_json::{Map, Value, json};

/// Kind, fields as the newer pages spell them, and whether the result is what it should be.
type Row = (&'static str, Value, fn(&What) -> bool);

fn people() -> Vec<Row> {
    vec![
        ("user_add_org", json!({"timeStamp": 7, "userId": ["a"]}), |what| {
            directory(what, DirectoryMove::Joined)
        }),
        ("user_leave_org", json!({"timeStamp": 7, "userId": ["a"]}), |what| {
            directory(what, DirectoryMove::Left)
        }),
        ("user_active_org", json!({"userId": ["a"]}), |what| directory(what, DirectoryMove::Activated)),
        ("org_admin_add", json!({"timeStamp": 7, "userId": ["a"]}), |what| {
            directory(what, DirectoryMove::AdminsAdded)
        }),
        ("org_admin_remove", json!({"timeStamp": 7, "userId": ["a"]}), |what| {
            directory(what, DirectoryMove::AdminsRemoved)
        }),
        (
            "user_modify_org",
            json!({"timeStamp": 7, "userId": ["a"], "diffInfo": {"userid": "a",
                "prev": {"name": "王建国", "telephone": "1", "email": "same"}, "curr": {"name": "王建", "email": "same", "jobNumber": "7"}}}),
            |what| {
                let What::Directory(change) = what else { return false };
                let fields = ["jobNumber", "name", "telephone"].map(str::to_owned);
                directory(what, DirectoryMove::Changed) && change.fields == BTreeSet::from(fields)
            },
        ),
        ("org_dept_create", json!({"deptId": [910_001]}), |what| {
            department(what, DirectoryMove::DepartmentsCreated)
        }),
        ("org_dept_modify", json!({"deptId": [910_001]}), |what| {
            department(what, DirectoryMove::DepartmentsChanged)
        }),
        ("org_dept_remove", json!({"deptId": [910_001]}), |what| {
            department(what, DirectoryMove::DepartmentsRemoved)
        }),
        ("org_change", json!({}), |what| moved(what, DirectoryMove::OrganisationChanged)),
        ("org_remove", json!({}), |what| moved(what, DirectoryMove::OrganisationRemoved)),
        ("label_user_change", json!({"userIdList": ["a"], "labelIdList": [7], "action": "add"}), |what| {
            label(what, LabelMove::Given)
        }),
        ("label_user_change", json!({"userIdList": ["a"], "labelIdList": [7], "action": "remove"}), |what| {
            label(what, LabelMove::Taken)
        }),
        ("label_conf_add", json!({"labelIdList": [7], "scope": "1"}), |what| label(what, LabelMove::Created)),
        ("label_conf_modify", json!({"labelIdList": [7], "scope": 1}), |what| {
            label(what, LabelMove::Changed)
        }),
        ("label_conf_del", json!({"labelIdList": [7]}), |what| label(what, LabelMove::Removed)),
    ]
}

fn work() -> Vec<Row> {
    vec![
        (
            "bpms_instance_change",
            json!({"processInstanceId": "pi-1", "processCode": "PROC-1", "businessId": "202608220001", "title": "王建国的申请",
                "type": "terminate", "staffId": "a", "createTime": 5, "finishTime": 6, "corpId": "dingcorp1"}),
            |what| {
                matches!(what, What::Instance(change) if change.change == InstanceMove::Terminated
                    && change.business_id.as_deref() == Some("202608220001")
                    && change.created_at == DateTime::from_timestamp_millis(5)
                    && change.finished_at == DateTime::from_timestamp_millis(6))
            },
        ),
        (
            "bpms_task_change",
            json!({"processInstanceId": "pi-1", "processCode": "PROC-1", "taskId": 67_580_001, "staffId": "a",
                "type": "finish", "result": "redirect", "remark": "转给他", "createTime": 5, "finishTime": 6}),
            |what| {
                matches!(what, What::Task(change) if change.task == "67580001" && change.change == "finish"
                    && change.result.as_deref() == Some("redirect") && change.process_code.is_some()
                    && change.finished_at == DateTime::from_timestamp_millis(6))
            },
        ),
        (
            "workflow_form_change",
            json!({"formCode": "PROC-1", "name": "困难帮扶", "type": "invalid", "bizCategoryId": "c", "creatorUserId": "a",
                "modifierUserId": "b", "createTime": 5, "modifyTime": 6, "corpId": "dingcorp1", "appUuid": "u"}),
            |what| {
                matches!(what, What::Form(change) if change.change == FormMove::Disabled
                    && change.form.as_str() == "PROC-1" && change.modifier.is_some()
                    && change.changed_at == DateTime::from_timestamp_millis(6))
            },
        ),
    ]
}

fn talk() -> Vec<Row> {
    vec![
        ("chat_add_member", group(), |what| chat(what, ChatMove::MembersAdded)),
        ("chat_remove_member", group(), |what| chat(what, ChatMove::MembersRemoved)),
        ("chat_quit", group(), |what| chat(what, ChatMove::MembersLeft)),
        (
            "chat_update_owner",
            json!({"owner": "b", "openConversationId": "cid==", "operatorUnionId": "u"}),
            |what| matches!(what, What::Chat(change) if change.change == ChatMove::OwnerChanged && change.owner.is_some()),
        ),
        (
            "chat_update_title",
            json!({"title": "老同志之家", "owner": "b", "openConversationId": "cid=="}),
            |what| {
                matches!(what, What::Chat(change) if change.change == ChatMove::TitleChanged
                && change.title.as_deref() == Some("老同志之家"))
            },
        ),
        (
            "chat_disband",
            json!({"chatId": "chat1", "openConversationId": "cid==", "operator": "b"}),
            |what| matches!(what, What::Chat(change) if change.change == ChatMove::Disbanded && change.operator.is_some()),
        ),
        (
            "check_in",
            json!({"staffId": "a", "timeStamp": 7}),
            |what| matches!(what, What::CheckIn(one) if one.user.as_str() == "a" && one.at == DateTime::from_timestamp_millis(7)),
        ),
        (
            "calendar_event_change",
            json!({"calendarEventId": "e", "legacyCalendarEventId": "l", "calendarId": "primary",
                "calendarEventUpdateTime": 7, "unionIdList": ["u"], "changeType": "create", "operator": {"type": "user"}}),
            |what| {
                matches!(what, What::Calendar(CalendarChange { event, change, operator_kind, union_ids, updated_at, .. })
                    if event == "e" && change.as_deref() == Some("create") && operator_kind.as_deref() == Some("user")
                        && union_ids.len() == 1 && updated_at.is_some())
            },
        ),
        ("todo_task_create", json!({"taskId": "t", "bizTag": "b", "unionIdList": ["u"]}), |what| {
            todo(what, TodoMove::Created)
        }),
        ("todo_task_update", json!({"taskId": "t", "bizTag": "b", "unionIdList": ["u"]}), |what| {
            todo(what, TodoMove::Changed)
        }),
        ("todo_task_delete", json!({"taskId": "t", "bizTag": "b", "unionIdList": ["u"]}), |what| {
            todo(what, TodoMove::Deleted)
        }),
        ("robot_msg_read", read_back(), |what| robot(what, RobotMove::Read)),
        ("robot_msg_recall", read_back(), |what| robot(what, RobotMove::Recalled)),
    ]
}

fn group() -> Value {
    json!({"timeStamp": 7, "chatId": "chat1", "openConversationId": "cid==", "corpId": "dingcorp1", "userId": ["a"],
        "unionId": ["u"], "operator": "b", "operatorUnionId": "v"})
}

fn read_back() -> Value {
    json!({"userId": "a", "unionId": "u", "openConversationId": "cid==", "robotCode": "dingapp1",
        "processQueryKey": "pqk", "operatTime": 7})
}

fn moved(what: &What, change: DirectoryMove) -> bool {
    matches!(what, What::Directory(one) if one.change == change)
}

fn directory(what: &What, change: DirectoryMove) -> bool {
    moved(what, change) && matches!(what, What::Directory(one) if one.users == ["a".parse().unwrap()])
}

fn department(what: &What, change: DirectoryMove) -> bool {
    moved(what, change) && matches!(what, What::Directory(one) if one.departments == [DeptId(910_001)])
}

fn label(what: &What, change: LabelMove) -> bool {
    let people = usize::from(matches!(change, LabelMove::Given | LabelMove::Taken));
    matches!(what, What::Label(one) if one.change == change && one.labels == [7] && one.users.len() == people)
}

fn chat(what: &What, change: ChatMove) -> bool {
    matches!(what, What::Chat(one) if one.change == change && one.users.len() == 1 && one.union_ids.len() == 1
        && one.conversation.as_deref() == Some("cid==") && one.chat.as_deref() == Some("chat1"))
}

fn todo(what: &What, change: TodoMove) -> bool {
    matches!(what, What::Todo(one) if one.change == change && one.task == "t" && one.union_ids.len() == 1)
}

fn robot(what: &What, change: RobotMove) -> bool {
    matches!(what, What::Robot(one) if one.change == change && one.process_query_key == "pqk"
        && one.user.is_some() && one.robot_code.is_some() && one.at.is_some())
}

/// The same fields as another page, or another release, writes them.
fn respelled(fields: &Value, name: fn(&str) -> String, value: fn(&Value) -> Value) -> Map<String, Value> {
    fields.as_object().unwrap().iter().map(|(key, one)| (name(key), value(one))).collect()
}

fn capital(name: &str) -> String {
    name[..1].to_uppercase() + &name[1..]
}

fn digits(value: &Value) -> Value {
    match value {
        Value::Number(number) => Value::from(number.to_string()),
        Value::Array(values) => values.iter().map(digits).collect(),
        other => other.clone(),
    }
}

fn single(value: &Value) -> Value {
    match value.as_array().map(Vec::as_slice) {
        Some([one]) => one.clone(),
        _ => value.clone(),
    }
}

#[test]
fn every_event_is_read_in_every_spelling_by_push_and_by_stream() {
    let names: [fn(&str) -> String; 3] = [str::to_owned, capital, str::to_lowercase];
    let values: [fn(&Value) -> Value; 3] = [Value::clone, digits, single];
    for (kind, fields, right) in people().into_iter().chain(work()).chain(talk()) {
        for name in names {
            for value in values {
                let mut pushed = respelled(&fields, name, value);
                let frame = streamed(kind, &Value::Object(pushed.clone()).to_string());
                pushed.insert("EventType".to_owned(), kind.into());
                pushed.insert("eventId".to_owned(), "e-1".into());
                let by_push = Event::parse(Value::Object(pushed.clone()).to_string().as_bytes()).unwrap();
                let by_stream = Event::from_stream(&frame).unwrap();
                assert!(right(&by_push.what), "{kind} {pushed:?}: {by_push:?}");
                assert_eq!(by_push.what, by_stream.what, "{kind}");
                assert_eq!(by_push.key, by_stream.key, "{kind}");
                assert_eq!(by_stream.kind, kind);
            }
        }
    }
}

fn streamed(kind: &str, data: &str) -> Frame {
    let text = json!({"specVersion": "1.0", "type": "EVENT", "data": data,
        "headers": {"topic": "*", "messageId": "m-1", "eventType": kind, "eventId": "e-1",
            "eventBornTime": "1756000000000", "eventCorpId": "dingcorp1", "time": 1_756_000_000_100_i64}});
    Frame::parse(&text.to_string()).unwrap()
}

#[test]
fn the_envelope_of_a_stream_event_is_in_its_headers() {
    let event =
        Event::from_stream(&streamed("user_leave_org", r#"{"timeStamp":"7","userId":["a"]}"#)).unwrap();
    assert_eq!(event.at, DateTime::from_timestamp_millis(1_756_000_000_000));
    assert_eq!(event.corp.as_ref().map(dingtalk::CorpId::as_str), Some("dingcorp1"));
    assert_eq!((event.id.as_deref(), event.key.as_str()), (Some("e-1"), "e-1"));
    assert!(Event::from_stream(&streamed("org_change", "")).is_ok(), "an event without fields");
    for (kind, data) in
        [("", "{}"), ("user_add_org", "[]"), ("user_add_org", "nonsense"), ("user_add_org", "null")]
    {
        assert!(Event::from_stream(&streamed(kind, data)).is_err(), "{kind} {data}");
    }
}

#[test]
fn an_event_without_what_makes_it_one_is_kept_as_it_came() {
    let bare = [
        "bpms_instance_change",
        "bpms_task_change",
        "workflow_form_change",
        "label_user_change",
        "chat_quit",
        "check_in",
        "calendar_event_change",
        "todo_task_create",
        "robot_msg_read",
        "label_new",
        "chat_new",
        "todo_task_new",
        "robot_msg_new",
        "user_new",
        "attendance_check_record",
    ];
    for kind in bare {
        let message = json!({"EventType": kind, "CorpId": "dingcorp1", "type": "new", "action": "new"});
        let event = Event::parse(message.to_string().as_bytes()).unwrap();
        assert_eq!((event.what.clone(), event.kind.as_str(), event.json()), (What::Other, kind, message));
    }
}

#[test]
fn a_used_up_quota_is_said_by_itself() {
    for name in ["errCode", "errorCode", "ErrCode"] {
        for code in [json!(20001), json!("20001")] {
            let with_kind =
                json!({"EventType": "bpms_instance_change", "eventId": "e-1", name: code, "errMsg": "受限"});
            let without = json!({name: code, "errorMessage": "受限"});
            for message in [with_kind, without] {
                let event = Event::parse(message.to_string().as_bytes()).unwrap();
                assert_eq!(event.what, What::QuotaUsedUp, "{message}");
            }
            let frame = streamed("bpms_instance_change", &json!({name: code}).to_string());
            assert_eq!(Event::from_stream(&frame).unwrap().what, What::QuotaUsedUp);
        }
    }
    let other = json!({"EventType": "bpms_instance_change", "errCode": 0});
    assert_eq!(Event::parse(other.to_string().as_bytes()).unwrap().what, What::Other);
}

#[test]
fn a_check_carries_its_word_only_for_third_party_apps() {
    let read = |kind: &str| {
        let message = json!({"EventType": kind, "Random": "LPIdSnlF", "TestSuiteKey": "suite4"});
        Event::parse(message.to_string().as_bytes()).unwrap().what
    };
    let random = Some("LPIdSnlF".to_owned());
    assert_eq!(read("check_create_suite_url"), What::CheckUrl(UrlCheck { random: random.clone() }));
    assert_eq!(read("check_update_suite_url"), What::CheckUrl(UrlCheck { random }));
    assert_eq!(read("check_url"), What::CheckUrl(UrlCheck { random: None }));
}

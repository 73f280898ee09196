use serde_json::json;

use super::{Decision, DirectoryMove, Event, InstanceMove, What};

fn event(message: &serde_json::Value) -> Event {
    Event::parse(message.to_string().as_bytes()).unwrap()
}

#[test]
fn both_spellings_of_a_leave_are_one_meaning() {
    for message in [
        json!({"EventType": "user_leave_org", "TimeStamp": "1700000000000", "UserId": ["a", "b"], "CorpId": "c"}),
        json!({"EventType": "user_leave_org", "timeStamp": 1_700_000_000_000_i64, "userId": ["a", "b"]}),
    ] {
        let event = event(&message);
        let What::Directory(change) = &event.what else { panic!("{event:?}") };
        assert_eq!(change.change, DirectoryMove::Left);
        assert_eq!(change.users.len(), 2);
        assert_eq!(event.at.unwrap().timestamp_millis(), 1_700_000_000_000);
    }
    let single = event(&json!({"EventType": "user_leave_org", "UserId": "a"}));
    assert!(matches!(&single.what, What::Directory(change) if change.users.len() == 1));
}

#[test]
fn a_finish_from_the_push_and_from_the_failed_list_are_one_event() {
    let pushed =
        event(&json!({"EventType": "bpms_instance_change", "eventId": "e-1", "processInstanceId": "pi-1",
        "type": "finish", "result": "agree", "processCode": "PROC-1", "staffId": "w"}));
    let failed = Event::from_failed_record(&json!({"call_back_tag": "bpms_instance_change", "event_time": 1_756_000_001_000_i64,
        "bpms_instance_change": {"corpid": "c", "bpmsCallBackData": {"processInstanceId": "pi-1", "type": "finish", "result": "agree"}}}))
    .unwrap();
    assert!(
        matches!(&failed.what, What::Instance(c) if c.change == InstanceMove::Finished(Decision::Agreed))
    );
    assert_eq!(pushed.key, failed.key);
}

#[test]
fn terminated_is_not_refused() {
    let of = |kind: &str, result: Option<&str>| {
        event(
            &json!({"EventType": "bpms_instance_change", "processInstanceId": "p", "type": kind, "result": result}),
        )
    };
    let (withdrawn, refused) = (of("terminate", None), of("finish", Some("refuse")));
    assert!(matches!(&withdrawn.what, What::Instance(c) if c.change == InstanceMove::Terminated));
    assert_ne!(withdrawn.key, refused.key);
}

#[test]
fn what_is_unknown_is_kept_and_told_apart_by_content() {
    let (one, same, other) = (
        json!({"EventType": "new", "a": 1, "b": 2}),
        json!({"b": 2, "EventType": "new", "a": 1}),
        json!({"EventType": "new", "a": 2}),
    );
    assert_eq!(event(&one).what, What::Other);
    assert_eq!(event(&one).key, event(&same).key);
    assert_ne!(event(&one).key, event(&other).key);
    assert!(Event::parse(b"{}").is_err());
    assert!(Event::parse(b"nonsense").is_err());
}

#[test]
fn the_failed_list_wraps_its_data_in_several_ways() {
    let records = [
        json!({"call_back_tag": "user_add_org", "event_time": 7, "user_add_org": {"corpid": "c", "userid": ["a"]}}),
        json!({"call_back_tag": "user_add_org", "event_time": "7", "user_add_org": {"callbackData": {"UserId": "a"}}}),
        json!({"call_back_tag": "user_add_org", "event_time": 7, "callbackData": {"userId": ["a"]}}),
    ];
    for record in records {
        let event = Event::from_failed_record(&record).unwrap();
        let What::Directory(change) = &event.what else { panic!("{event:?}") };
        assert_eq!(change.change, DirectoryMove::Joined);
        assert_eq!(change.users, ["a".parse().unwrap()], "{record}");
        assert_eq!(event.at.unwrap().timestamp_millis(), 7);
    }
    for record in [json!({}), json!([]), json!({"call_back_tag": "x", "x": "text"}), json!(null)] {
        assert!(Event::from_failed_record(&record).is_err(), "{record}");
    }
}

#[test]
fn a_department_is_a_number_or_its_digits() {
    for id in [json!([910_001]), json!(["910001"]), json!(910_001), json!("910001")] {
        let event = event(&json!({"EventType": "org_dept_modify", "DeptId": id}));
        let What::Directory(change) = &event.what else { panic!("{event:?}") };
        assert_eq!(change.departments, [dingtalk::DeptId(910_001)]);
    }
}

#[test]
fn each_move_of_a_task_is_an_event_of_its_own() {
    let of = |change: &str, result: Option<&str>| {
        event(&json!({"EventType": "bpms_task_change", "processInstanceId": "p", "taskId": 67_580_001,
            "staffId": "boss1", "type": change, "result": result}))
    };
    let events = [
        of("start", None),
        of("finish", Some("agree")),
        of("finish", Some("refuse")),
        of("finish", Some("redirect")),
        of("cancel", None),
    ];
    for (number, event) in events.iter().enumerate() {
        let What::Task(change) = &event.what else { panic!("{event:?}") };
        assert_eq!(change.task, "67580001");
        assert!(events[..number].iter().all(|earlier| earlier.key != event.key), "{event:?}");
    }
}

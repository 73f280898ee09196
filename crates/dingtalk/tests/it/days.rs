//! To-dos, calendars and check-ins on the wire.

use chrono::{DateTime, TimeDelta, Utc};
use dingtalk::{
    DeptId, Error, UnionId, UserId,
    calendar::{ClientToken, Invited, Moment, NewEvent, Reminder, SignInState},
    todo::{NewTodo, TodoChange, Todos},
};
use serde_json::{Value, json};
use wiremock::{
    Mock, ResponseTemplate,
    matchers::{method, path, query_param},
};

use crate::host::Host;

fn person() -> UnionId {
    "Uadmin+1==".parse().unwrap()
}

#[tokio::test]
async fn a_to_do_that_is_there_already_is_told_from_other_refusals() {
    let host = Host::start().await;
    let path = "/v1.0/todo/users/Uadmin%2B1%3D%3D/tasks";
    let exists = json!({"code": "todo.taskCreate.paramError", "message": "task exist", "requestid": "r"});
    host.answers(path, 400, exists).await;
    let new = NewTodo::new("visit-1", person(), vec![person()], "走访慰问", "https://h5.example.gov.cn/1");
    let client = host.client();
    let error = client.todos().create(&new, &person()).await.unwrap_err();
    assert!(Todos::exists_already(&error));
    let other = Error::Refused {
        code: "todo.taskCreate.paramError".to_owned(),
        message: "dueTime is invalid".to_owned(),
        request_id: String::new(),
        required_scopes: Vec::new(),
    };
    assert!(!Todos::exists_already(&other));
    let asked = &host.asked(path).await[0];
    assert_eq!(asked.url.query(), Some("operatorId=Uadmin%2B1%3D%3D"));
    assert_eq!(
        asked.body_json::<Value>().unwrap(),
        json!({"sourceId": "visit-1", "subject": "走访慰问", "creatorId": "Uadmin+1==", "executorIds": ["Uadmin+1=="],
            "detailUrl": {"appUrl": "https://h5.example.gov.cn/1", "pcUrl": "https://h5.example.gov.cn/1"}})
    );
}

#[tokio::test]
async fn a_to_do_is_ticked_off_and_deleted() {
    let host = Host::start().await;
    let one = "/v1.0/todo/users/Uadmin%2B1%3D%3D/tasks/task7";
    host.answers(one, 200, json!({"result": true})).await;
    let client = host.client();
    let id = "task7".parse().unwrap();
    client.todos().update(&person(), &id, &person(), &TodoChange::done()).await.unwrap();
    client.todos().delete(&person(), &id, &person()).await.unwrap();
    let asked = host.asked(one).await;
    assert_eq!(asked[0].body_json::<Value>().unwrap(), json!({"done": true}));
    assert_eq!((asked[0].method.as_str(), asked[1].method.as_str()), ("PUT", "DELETE"));
    assert!(asked[1].body.is_empty());
}

#[tokio::test]
async fn an_event_is_made_once_however_often_it_is_sent() {
    let host = Host::start().await;
    let events = "/v1.0/calendar/users/Uadmin%2B1%3D%3D/calendars/primary/events";
    let answer = json!({"id": "ev1", "summary": "座谈会", "start": {"dateTime": "2026-10-18T09:00:00+08:00",
        "timeZone": "Asia/Shanghai"}, "reminders": [{"method": "dingtalk", "minutes": "60"}],
        "attendees": [{"id": "Uq7", "displayName": "王秀英", "responseStatus": "needsAction", "self": false}]});
    host.answers(events, 200, answer).await;
    let at = |text| Moment::at(DateTime::parse_from_rfc3339(text).unwrap());
    let new = NewEvent {
        summary: "座谈会".to_owned(),
        start: at("2026-10-18T09:00:00+08:00"),
        end: at("2026-10-18T11:00:00+08:00"),
        attendees: vec![Invited::expected("Uq7".parse().unwrap())],
        reminders: Some(vec![Reminder::before(60)]),
        ..NewEvent::default()
    };
    let once = ClientToken::new("meeting-1").unwrap();
    let made = host.client().calendar().create(&person(), &once, &new).await.unwrap();
    assert_eq!((made.id.as_str(), made.reminders[0].minutes), ("ev1", 60));
    let asked = &host.asked(events).await[0];
    assert_eq!(asked.headers["x-client-token"], "meeting-1");
    let body = asked.body_json::<Value>().unwrap();
    assert_eq!(body["start"], json!({"dateTime": "2026-10-18T09:00:00+08:00", "timeZone": "Asia/Shanghai"}));
    assert_eq!(body["reminders"], json!([{"method": "dingtalk", "minutes": 60}]));
}

#[tokio::test]
async fn who_has_signed_in_is_read_to_the_last_page() {
    let host = Host::start().await;
    let at = "/v1.0/calendar/users/Uadmin%2B1%3D%3D/calendars/primary/events/ev1/signin";
    let user = |id: &str| json!({"userId": id, "displayName": "某某", "checkInTime": 1_793_600_000_000_i64});
    let second = json!({"users": [user("U2")], "nextToken": null});
    Mock::given(path(at))
        .and(method("GET"))
        .and(query_param("nextToken", "p2"))
        .respond_with(ResponseTemplate::new(200).set_body_json(second))
        .mount(&host.server)
        .await;
    host.answers(at, 200, json!({"users": [user("U1")], "nextToken": "p2"})).await;
    let signed =
        host.client().calendar().signed_in(&person(), &"ev1".parse().unwrap(), SignInState::Signed).await;
    let ids: Vec<_> = signed.unwrap().iter().map(|user| user.user_id.to_string()).collect();
    assert_eq!(ids, ["U1", "U2"]);
    let shown = format!("{:?}", host.client().calendar());
    assert!(!shown.contains("hush"));
}

#[tokio::test]
async fn check_ins_are_read_in_both_spellings_and_within_the_windows() {
    let host = Host::start().await;
    let record = json!({"userid": "lgb1", "checkin_time": "1793600000000", "place": "活动中心", "detail_place": "某路 1 号",
        "longitude": "120.01", "latitude": 30.28});
    let page = json!({"errcode": 0, "result": {"page_list": [record], "next_cursor": null}});
    host.answers("/topapi/checkin/record/get", 200, page).await;
    let listed = json!({"userId": "lgb1", "name": "某某", "timestamp": 1_793_600_000_000_i64, "place": "活动中心",
        "detailPlace": "某路 1 号", "imageList": ["https://static.example/1.jpg"], "latitude": 30.28, "longitude": 120.01});
    host.answers("/checkin/record", 200, json!({"errcode": 0, "errmsg": "ok", "data": [listed]})).await;
    let client = host.client();
    let person: UserId = "lgb1".parse().unwrap();
    let from = DateTime::<Utc>::from_timestamp(1_793_500_000, 0).unwrap();
    let read = async |people: &[UserId], days| {
        client.check_ins().of_people(people, from, from + TimeDelta::days(days)).await
    };
    let one = read(std::slice::from_ref(&person), 10).await.unwrap();
    assert_eq!((one[0].checkin_time, &*one[0].latitude), (1_793_600_000_000, "30.28"));
    assert!(matches!(read(&[person.clone(), person.clone()], 2).await, Err(Error::NotSent(_))));
    assert!(matches!(read(&vec![person.clone(); 11], 1).await, Err(Error::NotSent(_))));
    let all = client.check_ins().of_department(DeptId(1), from, from + TimeDelta::days(45)).await.unwrap();
    assert_eq!((&*all[0].detail_place, all[0].image_list.len()), ("某路 1 号", 1));
    assert!(!format!("{all:?}").contains('路'), "where somebody was is not for logs");
    let over = client.check_ins().of_department(DeptId(1), from, from + TimeDelta::days(46)).await;
    assert!(matches!(over, Err(Error::NotSent(_))));
}

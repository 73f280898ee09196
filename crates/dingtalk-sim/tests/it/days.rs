//! To-dos, calendars and check-ins, from the app to the person and back.

use chrono::{DateTime, TimeDelta};
use dingtalk::calendar::{ClientToken, EventChange, Invited, Moment, NewEvent, Response, SignInState};
use dingtalk::todo::{ExecutorStatus, NewTodo, Role, TodoChange, TodoQuery, Todos};
use dingtalk::{CalendarEventId, DeptId, UnionId};
use dingtalk_sim::Tenant;

use crate::{own_client, tenant_with_app};

fn union(tenant: &Tenant, userid: &str) -> UnionId {
    tenant.days(userid).unionid().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_to_do_comes_once_and_is_done_when_everybody_is() {
    let (tenant, app) = tenant_with_app().await;
    let client = own_client(&tenant);
    let [worker, secretary, cadre] = ["gz0001", "zs0001", "lgb0001"].map(|userid| union(&tenant, userid));
    let executors = vec![secretary.clone(), cadre.clone()];
    let new = NewTodo::new("visit-1", worker.clone(), executors, "走访慰问", "http://127.0.0.1:8080/visit/1");
    let todo = client.todos().create(&new, &worker).await.unwrap();
    let again = client.todos().create(&new, &worker).await.unwrap_err();
    assert!(Todos::exists_already(&again));
    assert_eq!(tenant.days("zs0001").todos().len(), 1);

    let done = |id: &UnionId| vec![ExecutorStatus { id: id.clone(), is_done: true }];
    client.todos().set_executor_status(&worker, &todo.id, &worker, done(&secretary)).await.unwrap();
    let open =
        TodoQuery { is_done: Some(false), role_types: vec![vec![Role::Executor]], ..TodoQuery::default() };
    assert!(client.todos().all(&secretary, open.clone()).await.unwrap().is_empty());
    assert_eq!(client.todos().all(&cadre, open.clone()).await.unwrap()[0].source_id, "visit-1");
    assert!(!tenant.days("lgb0001").todos()[0].done);
    client.todos().set_executor_status(&worker, &todo.id, &worker, done(&cadre)).await.unwrap();
    assert!(tenant.days("lgb0001").todos()[0].done);
    let stranger = client.todos().set_executor_status(&worker, &todo.id, &worker, done(&worker)).await;
    assert_eq!(stranger.unwrap_err().code(), "todo.taskExecutorStatusUpdate.paramError");

    let change = TodoChange {
        subject: Some("走访慰问（改期）".to_owned()),
        done: Some(false),
        ..TodoChange::default()
    };
    client.todos().update(&worker, &todo.id, &worker, &change).await.unwrap();
    assert_eq!(client.todos().all(&cadre, open).await.unwrap()[0].subject, "走访慰问（改期）");
    client.todos().delete(&worker, &todo.id, &worker).await.unwrap();
    let gone = client.todos().delete(&worker, &todo.id, &worker).await.unwrap_err();
    assert_eq!(gone.code(), "todo.taskDelete.paramError");
    tenant.pushes().settled().await;
    let update = "todo_task_update";
    assert_eq!(app.events(), ["todo_task_create", update, update, update, "todo_task_delete"]);
    assert_eq!(app.raw_events()[0]["taskId"], todo.id.as_str());
}

#[tokio::test]
async fn many_to_dos_are_read_page_by_page() {
    let (tenant, _app) = tenant_with_app().await;
    let client = own_client(&tenant);
    let worker = union(&tenant, "gz0001");
    for number in 0..45 {
        let source = format!("visit-{number}");
        let new =
            NewTodo::new(&source, worker.clone(), vec![worker.clone()], "走访", "http://127.0.0.1:8080/v");
        client.todos().create(&new, &worker).await.unwrap();
    }
    assert_eq!(client.todos().all(&worker, TodoQuery::default()).await.unwrap().len(), 45);
}

fn meeting(people: &[&UnionId]) -> NewEvent {
    let at = |text| Moment::at(DateTime::parse_from_rfc3339(text).unwrap());
    NewEvent {
        summary: "重阳节座谈会".to_owned(),
        start: at("2026-10-18T09:00:00+08:00"),
        end: at("2026-10-18T11:00:00+08:00"),
        attendees: people.iter().map(|id| Invited::expected((*id).clone())).collect(),
        ..NewEvent::default()
    }
}

#[tokio::test]
async fn an_event_is_made_once_answered_and_signed() {
    let (tenant, app) = tenant_with_app().await;
    let client = own_client(&tenant);
    let calendar = client.calendar();
    let [worker, secretary, cadre] = ["gz0001", "zs0001", "lgb0001"].map(|userid| union(&tenant, userid));
    let once = ClientToken::new("meeting-1").unwrap();
    let new = meeting(&[&secretary]);
    let event = calendar.create(&worker, &once, &new).await.unwrap();
    assert_eq!(calendar.create(&worker, &once, &new).await.unwrap().id, event.id);
    assert_eq!(tenant.days("zs0001").events().len(), 1);
    tenant.clock().advance(TimeDelta::days(1));
    let tomorrow = calendar.create(&worker, &once, &new).await.unwrap();
    assert_ne!(tomorrow.id, event.id, "a mark lives for a day");

    calendar.add_attendees(&worker, &event.id, vec![Invited::expected(cadre.clone())]).await.unwrap();
    calendar.respond(&cadre, &event.id, Response::Accepted).await.unwrap();
    let people = calendar.attendees(&worker, &event.id).await.unwrap();
    assert_eq!(people[1].response_status, Response::Accepted);
    let not_hers =
        calendar.update(&cadre, &event.id, &ClientToken::new("u").unwrap(), &EventChange::default()).await;
    assert_eq!(not_hers.unwrap_err().code(), "permissionDeny");

    tenant.days("lgb0001").signs_in(event.id.as_str()).unwrap();
    let stranger = union(&tenant, "lgb0002");
    assert_eq!(calendar.sign_in(&stranger, &event.id).await.unwrap_err().code(), "notInEvent");
    let signed = calendar.signed_in(&worker, &event.id, SignInState::Signed).await.unwrap();
    let not_yet = calendar.signed_in(&worker, &event.id, SignInState::NotYet).await.unwrap();
    assert_eq!((&*signed[0].display_name, &*not_yet[0].display_name), ("王秀英", "陈志远"));
    assert!(calendar.sign_in_link(&worker, &event.id).await.unwrap().contains(event.id.as_str()));
    assert_eq!(calendar.sign_in_link(&cadre, &event.id).await.unwrap_err().code(), "permissionDenied");
    tenant.pushes().settled().await;
    let changes: Vec<_> = app.raw_events().iter().map(|event| event["changeType"].clone()).collect();
    assert_eq!(changes, ["create", "create", "update", "update"]);
}

#[tokio::test]
async fn events_are_listed_changed_and_deleted() {
    let (tenant, _app) = tenant_with_app().await;
    let client = own_client(&tenant);
    let calendar = client.calendar();
    let [worker, cadre] = ["gz0001", "lgb0001"].map(|userid| union(&tenant, userid));
    let token = |text: &str| ClientToken::new(text).unwrap();
    let event = calendar.create(&worker, &token("m-1"), &meeting(&[&cadre])).await.unwrap();
    let october = |day: &str| DateTime::parse_from_rfc3339(&format!("2026-10-{day}T00:00:00+08:00")).unwrap();
    let listed =
        async |from, until| calendar.list(&cadre, october(from), october(until)).await.unwrap().len();
    assert_eq!((listed("18", "19").await, listed("19", "20").await), (1, 0));
    let at = |text| Moment::at(DateTime::parse_from_rfc3339(text).unwrap());
    let change = EventChange {
        start: Some(at("2026-10-19T09:00:00+08:00")),
        end: Some(at("2026-10-19T11:00:00+08:00")),
        ..EventChange::default()
    };
    let changed = calendar.update(&worker, &event.id, &token("m-2"), &change).await.unwrap();
    assert_eq!((&*changed.summary, changed.attendees.len()), ("重阳节座谈会", 1));
    assert_eq!((listed("18", "19").await, listed("19", "20").await), (0, 1));
    assert_eq!(calendar.get(&cadre, &event.id).await.unwrap().start, changed.start);
    calendar.remove_attendees(&worker, &event.id, std::slice::from_ref(&cadre)).await.unwrap();
    assert_eq!(calendar.get(&cadre, &event.id).await.unwrap_err().code(), "itemNotFound");
    calendar.delete(&worker, &event.id).await.unwrap();
    let unknown: CalendarEventId = "nothing".parse().unwrap();
    for id in [&event.id, &unknown] {
        assert_eq!(calendar.get(&worker, id).await.unwrap_err().code(), "itemNotFound");
    }
}

#[tokio::test]
async fn where_people_checked_in_is_read_for_them_and_for_their_department() {
    let (tenant, app) = tenant_with_app().await;
    let client = own_client(&tenant);
    tenant.days("zs0001").checks_in("老干部活动中心", (120.01, 30.28)).unwrap();
    tenant.clock().advance(TimeDelta::hours(1));
    tenant.days("gz0001").checks_in("县医院", (120.02, 30.29)).unwrap();
    let (from, until) = (crate::now(), tenant.clock().now());
    let people = ["zs0001", "gz0001"].map(|userid| userid.parse().unwrap());
    let both = client.check_ins().of_people(&people, from, until).await.unwrap();
    assert_eq!((both.len(), &*both[0].place, &*both[0].latitude), (2, "老干部活动中心", "30.28"));
    let branch = client.check_ins().of_department(DeptId(910_001), from, until).await.unwrap();
    assert_eq!(branch[0].userid.as_str(), "zs0001");
    assert_eq!(client.check_ins().of_department(DeptId(1), from, until).await.unwrap().len(), 2);
    tenant.pushes().settled().await;
    assert_eq!(app.raw_events()[0]["staffId"], "zs0001");
}

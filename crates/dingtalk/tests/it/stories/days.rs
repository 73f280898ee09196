//! To-dos page by page, and an event at which somebody signs in by a call.

use chrono::TimeDelta;
use dingtalk::{
    UnionId,
    calendar::{ClientToken, Invited, Moment, NewEvent, SignInState},
    todo::{NewTodo, Role, TodoQuery},
};
use dingtalk_sim::Tenant;

use super::open;

fn union(tenant: &Tenant, userid: &str) -> UnionId {
    tenant.days(userid).unionid().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_page_of_to_dos_says_where_the_next_one_begins() {
    let (tenant, client) = open().await;
    let (todos, worker) = (client.todos(), union(&tenant, "gz0001"));
    for number in 0..25 {
        let (source, own) = (format!("visit-{number}"), vec![worker.clone()]);
        let new = NewTodo::new(&source, worker.clone(), own, "走访", "http://127.0.0.1:8080/v");
        todos.create(&new, &worker).await.unwrap();
        // The platform takes twenty calls a second.
        tenant.clock().advance(TimeDelta::milliseconds(100));
    }
    let mut query =
        TodoQuery { is_done: Some(false), role_types: vec![vec![Role::Executor]], ..TodoQuery::default() };
    let first = todos.query(&worker, &query).await.unwrap();
    query.next_token.clone_from(&first.next_token);
    let second = todos.query(&worker, &query).await.unwrap();
    assert_eq!(second.next_token, None);
    let mut found: Vec<_> =
        first.todo_cards.iter().chain(&second.todo_cards).map(|card| card.task_id.to_string()).collect();
    let mut held: Vec<_> = tenant.days("gz0001").todos().iter().map(|todo| todo.id.clone()).collect();
    found.sort();
    held.sort();
    assert_eq!(found, held);
    assert_eq!(held.len(), 25);
}

#[tokio::test]
async fn somebody_signs_in_at_an_event_in_their_own_name() {
    let (tenant, client) = open().await;
    let calendar = client.calendar();
    let [worker, cadre] = ["gz0001", "lgb0001"].map(|userid| union(&tenant, userid));
    let begins = tenant.clock().now() + TimeDelta::hours(1);
    let new = NewEvent {
        summary: "重阳节座谈会".to_owned(),
        start: Moment::at(begins.fixed_offset()),
        end: Moment::at((begins + TimeDelta::hours(2)).fixed_offset()),
        attendees: vec![Invited::expected(cadre.clone())],
        ..NewEvent::default()
    };
    let event = calendar.create(&worker, &ClientToken::new("meeting-1").unwrap(), &new).await.unwrap();
    let at = calendar.sign_in(&cadre, &event.id).await.unwrap();
    assert_eq!(at, tenant.clock().now().timestamp_millis());
    let signed = calendar.signed_in(&worker, &event.id, SignInState::Signed).await.unwrap();
    assert_eq!(signed.iter().map(|user| &*user.display_name).collect::<Vec<_>>(), ["王秀英"]);
    assert!(calendar.signed_in(&worker, &event.id, SignInState::NotYet).await.unwrap().is_empty());
}

//! What is said comes in, and what becomes of it goes out.

use chrono::TimeDelta;
use dingtalk_callback::event::{DirectoryMove, What};
use dingtalk_callback::frame::{Message, Outcome};
use dingtalk_sim::{CardPressed, Options, Tenant};
use serde_json::json;

use super::listening::{Listening, emit, moment, only, single, tenant, until, world};

#[tokio::test]
async fn a_leaver_is_told_of_once() {
    let tenant = tenant().await;
    let app = Listening::start(&tenant, single()).await;
    tenant.remove_person("lgb0002").unwrap();
    tenant.pushes().settled().await;
    let begun = app.heard.begun();
    let [Message::Event(event)] = begun.as_slice() else { panic!("{begun:?}") };
    assert!(matches!(&event.what, What::Directory(change) if change.change == DirectoryMove::Left
        && change.users == ["lgb0002".parse().unwrap()]));
    assert_eq!(event.at, Some(crate::now()));
    assert_eq!(event.corp.as_ref().map(ToString::to_string), Some(world().corp.id));
    assert_eq!((tenant.pushes().pending(), tenant.pushes().failed().len()), (0, 0));
    assert_eq!((only(&tenant).sent, only(&tenant).answered), (1, 1));
    assert!(tenant.stream().complaints().is_empty());
    assert_eq!(tenant.quota().deliveries, 0, "directory events are free");
    app.stop().await;
}

#[tokio::test]
async fn what_is_said_to_the_robot_comes_with_its_words() {
    let tenant = tenant().await;
    let app = Listening::start(&tenant, single()).await;
    tenant.person("lgb0001").says(" 签到 ").await.unwrap();
    let begun = app.heard.begun();
    let [Message::Robot(message)] = begun.as_slice() else { panic!("{begun:?}") };
    assert_eq!(message.words(), "签到");
    assert_eq!(message.sender_staff_id.as_ref().map(dingtalk::UserId::as_str), Some("lgb0001"));
    let answer = dingtalk::robot::RobotMessage::Text("好的".to_owned());
    crate::own_client(&tenant).robot().answer(&message.session_webhook, answer).await.unwrap();
    assert_eq!(tenant.person("lgb0001").chat(), "王秀英:\n   签到\n银龄小助手:\n  好的\n");
}

#[tokio::test]
async fn a_robot_message_that_is_not_taken_is_lost() {
    let tenant = tenant().await;
    let app = Listening::start(&tenant, single()).await;
    app.heard.usually(Outcome::Later);
    tenant.person("lgb0001").says("签到").await.unwrap();
    tenant.clock().advance(TimeDelta::minutes(5));
    for _ in 0..5 {
        moment().await;
    }
    assert_eq!(app.heard.begun().len(), 1);
    assert_eq!((app.report().taken, app.report().put_off), (0, 1));
}

#[tokio::test]
async fn beyond_the_quota_a_message_comes_without_its_words() {
    let mut world = world();
    world.limits.deliveries_per_month = Some(0);
    let tenant = Tenant::start(world, Options::default()).await.unwrap();
    let app = Listening::start(&tenant, single()).await;
    tenant.person("lgb0001").says("签到").await.unwrap();
    let begun = app.heard.begun();
    let [Message::Robot(message)] = begun.as_slice() else { panic!("{begun:?}") };
    assert!(message.quota_used_up && message.words().is_empty());
}

#[tokio::test]
async fn a_press_on_a_card_is_answered_with_what_it_shows_next() {
    let tenant = tenant().await;
    let app = Listening::start(&tenant, single()).await;
    let shown = json!({"cardData": {"cardParamMap": {"status": "已受理"}}, "cardUpdateOptions": {"updateCardDataByKey": true}});
    app.heard.usually(Outcome::Answer(shown.clone()));
    let pressed = CardPressed {
        out_track_id: "aid-1".to_owned(),
        userid: "gz0001".to_owned(),
        actions: vec!["accept".to_owned()],
        params: [("amount".to_owned(), json!("300"))].into_iter().collect(),
    };
    assert_eq!(tenant.stream().press(pressed.clone()).await, Ok(shown));
    let begun = app.heard.begun();
    let [Message::Card(press)] = begun.as_slice() else { panic!("{begun:?}") };
    assert_eq!((press.out_track_id.as_str(), press.user.as_deref()), ("aid-1", Some("gz0001")));
    assert_eq!(
        (press.actions.as_slice(), press.param("amount").as_deref()),
        (&["accept".to_owned()][..], Some("300"))
    );

    app.heard.usually(Outcome::Taken);
    assert_eq!(tenant.stream().press(pressed.clone()).await, Ok(json!(null)));
    app.heard.usually(Outcome::Unknown);
    assert_eq!(tenant.stream().press(pressed).await.unwrap_err(), "the answer's code is 404, not 200");
    assert_eq!(app.heard.begun().len(), 3, "two presses are two");
}

#[tokio::test]
async fn an_event_that_is_put_off_comes_again() {
    let tenant = tenant().await;
    let app = Listening::start(&tenant, single()).await;
    app.heard.answers(0, Outcome::Later);
    app.heard.answers(1, Outcome::Answer(json!("panic")));
    emit(&tenant, 1);
    for (pause, times) in [(0, 1), (9, 1), (1, 2), (29, 2), (1, 3)] {
        tenant.clock().advance(TimeDelta::seconds(pause));
        tenant.pushes().settled().await;
        assert_eq!(app.heard.begun().len(), times);
    }
    assert_eq!((tenant.pushes().pending(), tenant.pushes().failed().len()), (0, 0));
    let keys = app.heard.keys();
    assert!(keys.iter().all(|key| *key == keys[0]), "{keys:?}");
    assert_eq!((app.report().taken, app.report().put_off), (1, 2));
    assert_eq!(app.report().opened, 1, "a handler's mistake does not cost the connection");
}

#[tokio::test]
async fn an_event_that_nobody_answers_comes_again_and_is_handled_once() {
    let tenant = tenant().await;
    let app = Listening::start(&tenant, single()).await;
    app.heard.hold();
    emit(&tenant, 1);
    until("the handler has begun", || app.heard.begun().len() == 1).await;
    // The platform's patience ends, and it sends the event again, while the first handler is still at it.
    tenant.clock().advance(TimeDelta::seconds(30));
    until("it is given up", || tenant.pushes().pending() == 1).await;
    tenant.clock().advance(TimeDelta::seconds(10));
    until("it was sent again and put off", || app.report().repeated == 1).await;
    app.heard.release();
    until("it is taken", || app.report().taken == 1).await;
    tenant.clock().advance(TimeDelta::seconds(30));
    tenant.pushes().settled().await;
    assert_eq!((tenant.pushes().pending(), tenant.pushes().failed().len()), (0, 0));
    assert_eq!((app.heard.begun().len(), app.report().repeated), (1, 2));
}

#[tokio::test]
async fn without_a_connection_an_event_waits() {
    let tenant = tenant().await;
    emit(&tenant, 1);
    tenant.pushes().settled().await;
    assert_eq!(tenant.pushes().pending(), 1);
    let app = Listening::start(&tenant, single()).await;
    tenant.pushes().deliver_now().await;
    assert_eq!((app.heard.begun().len(), tenant.pushes().pending()), (1, 0));
}

//! What is said comes in, and what becomes of it goes out.

use chrono::TimeDelta;
use dingtalk::card::CallbackType;
use dingtalk_callback::event::{DirectoryMove, What};
use dingtalk_callback::frame::{Message, Outcome};
use dingtalk_sim::{Options, Tenant};
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
async fn a_press_on_a_card_comes_by_stream_when_the_card_says_so_and_its_answer_is_shown() {
    let tenant = tenant().await;
    let app = Listening::start(&tenant, single()).await;
    let mut card = crate::cards::card("待受理");
    (card.callback_type, card.callback_route_key) = (Some(CallbackType::Stream), None);
    let to = crate::cards::to(&["gz0001"]);
    crate::own_client(&tenant).cards().create_and_deliver(&card, &to).await.unwrap();
    let press = || async { tenant.cards().press("gz0001", "aid-1", "accept").await };

    app.heard.usually(Outcome::Unknown);
    let refused = press().await.unwrap_err().to_string();
    assert!(refused.contains("the answer's code is 404, not 200"), "{refused}");
    app.heard.usually(Outcome::Taken);
    press().await.unwrap();
    assert!(tenant.person("gz0001").chat().contains("待受理"), "an empty answer changes nothing");
    app.heard.usually(Outcome::Answer(json!({
        "cardData": {"cardParamMap": {"status": "已受理"}},
        "cardUpdateOptions": {"updateCardDataByKey": true},
    })));
    press().await.unwrap();
    assert!(tenant.person("gz0001").chat().contains("**状态** 已受理"));

    let begun = app.heard.begun();
    assert_eq!(begun.len(), 3, "three presses are three");
    let Message::Card(press) = &begun[0] else { panic!("{begun:?}") };
    assert_eq!((press.out_track_id.as_str(), press.user.as_deref()), ("aid-1", Some("gz0001")));
    let said = (press.actions.as_slice(), press.param("applicant"));
    assert_eq!((said.0, said.1.as_deref()), (&["accept".to_owned()][..], Some("王秀英")));
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
    until("the platform has heard so", || tenant.pushes().pending() == 1).await;
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

//! Interactive cards: hung, changed in place, pressed.

use std::time::Duration;

use dingtalk::card::{
    CallbackType, CardData, CardUpdate, Deliver, ImSpace, NewCard, PrivateData, RegisterRequest, SpaceId,
    UserIdType,
};
use dingtalk::{Client, OutTrackId};
use dingtalk_sim::Tenant;
use serde_json::json;

use crate::{FakeApp, own_client, tenant_with_app};

fn id() -> OutTrackId {
    "aid-1".parse().unwrap()
}

pub(crate) fn card(status: &str) -> NewCard {
    let data = CardData::of([
        ("title", "困难帮扶申请"),
        ("applicant", "王秀英"),
        ("reason", "大病住院"),
        ("status", status),
        ("page", "http://127.0.0.1:8080/aid/1"),
    ]);
    let mut card = NewCard::new("aid-request.schema".parse().unwrap(), id(), data);
    card.callback_type = Some(CallbackType::Http);
    card.callback_route_key = Some("aid".to_owned());
    card.spaces.im_robot_open_space_model = Some(ImSpace::default());
    card.spaces.im_group_open_space_model = Some(ImSpace::default());
    card
}

async fn with_route() -> (Tenant, FakeApp, Client) {
    let (tenant, app) = tenant_with_app().await;
    let client = own_client(&tenant);
    let request = RegisterRequest {
        callback_route_key: "aid".to_owned(),
        callback_url: format!("{}/card", app.url()),
        api_secret: Some(FakeApp::CARD_SECRET.to_owned()),
        force_update: false,
    };
    client.cards().register_callback(&request).await.unwrap();
    let again = client.cards().register_callback(&request).await.unwrap_err();
    assert_eq!(again.code(), "param.callbackRouteKeyExist");
    (tenant, app, client)
}

pub(crate) fn to(people: &[&str]) -> Deliver {
    let people: Vec<_> = people.iter().map(|userid| userid.parse().unwrap()).collect();
    Deliver::to_people(&people)
}

#[tokio::test]
async fn a_press_tells_the_app_and_its_answer_changes_the_card_in_place() {
    let (tenant, app, client) = with_route().await;
    client.cards().create_and_deliver(&card("待受理"), &to(&["gz0001", "zs0001"])).await.unwrap();
    let shown = "银龄小助手:\n  【困难帮扶申请】\n  **申请人** 王秀英\n  **事由** 大病住院\n  **状态** 待受理\n  \
        [受理] #accept\n  [退回] #decline\n  [查看详情] http://127.0.0.1:8080/aid/1\n";
    assert_eq!(tenant.person("gz0001").chat(), shown);

    app.card_answers(
        json!({"cardUpdateOptions": {"updateCardDataByKey": true, "updatePrivateDataByKey": true},
        "cardData": {"cardParamMap": {"status": "已由周敏受理"}},
        "userPrivateData": {"cardParamMap": {"mine": "您已受理"}}}),
    );
    tenant.cards().press("gz0001", "aid-1", "accept").await.unwrap();
    let pressed = &app.pressed()[0];
    assert_eq!((&pressed["outTrackId"], &pressed["userId"]), (&json!("aid-1"), &json!("gz0001")));
    let content: serde_json::Value = serde_json::from_str(pressed["content"].as_str().unwrap()).unwrap();
    assert_eq!(
        content,
        json!({"cardPrivateData": {"actionIds": ["accept"],
            "params": {"action": "accept", "applicant": "王秀英"}}})
    );
    let chat = tenant.person("gz0001").chat();
    assert!(chat.contains("已由周敏受理") && chat.contains("您已受理") && !chat.contains("[受理]"), "{chat}");
    let other = tenant.person("zs0001").chat();
    assert!(
        other.contains("已由周敏受理") && !other.contains("您已受理"),
        "what is private stays so: {other}"
    );
    assert_eq!(tenant.person("gz0001").messages().len(), 1, "it is the same card");

    // The other one's phone may still show the button; the card does not have it any more.
    let late = tenant.cards().press("zs0001", "aid-1", "accept").await.unwrap_err();
    assert!(late.to_string().contains("no button accept any more"), "{late}");
    assert_eq!(app.pressed().len(), 1);
}

#[tokio::test]
async fn an_answer_that_is_late_or_none_leaves_the_card_as_it_is() {
    let (tenant, app, client) = with_route().await;
    client.cards().create_and_deliver(&card("待受理"), &to(&["gz0001"])).await.unwrap();
    let before = tenant.person("gz0001").chat();
    app.card_answers(json!({"status": "已受理"}));
    assert!(tenant.cards().press("gz0001", "aid-1", "accept").await.is_err(), "no such field");
    app.card_answers(json!({"cardData": {"cardParamMap": {"stat": "已受理"}}}));
    assert!(tenant.cards().press("gz0001", "aid-1", "accept").await.is_err(), "no such variable");
    app.card_dawdles(Duration::from_millis(2300));
    assert!(tenant.cards().press("gz0001", "aid-1", "accept").await.is_err(), "two seconds are over");
    assert_eq!(tenant.person("gz0001").chat(), before);
}

#[tokio::test]
async fn an_update_replaces_everything_or_what_it_names() {
    let (tenant, _app, client) = with_route().await;
    client.cards().create_and_deliver(&card("待受理"), &to(&["gz0001"])).await.unwrap();
    let status = || CardData::of([("status", "已办结")]);
    client.cards().update(&CardUpdate::by_key(id(), status())).await.unwrap();
    let chat = tenant.person("gz0001").chat();
    assert!(chat.contains("王秀英") && chat.contains("已办结"), "{chat}");
    client.cards().update(&CardUpdate::overwrite(id(), status())).await.unwrap();
    let chat = tenant.person("gz0001").chat();
    assert!(!chat.contains("王秀英") && chat.contains("已办结"), "{chat}");
    let unknown = CardUpdate::by_key(id(), CardData::of([("stat", "x")]));
    assert_eq!(client.cards().update(&unknown).await.unwrap_err().code(), "param.invalid");
    let gone = CardUpdate::by_key("aid-2".parse().unwrap(), status());
    assert_eq!(client.cards().update(&gone).await.unwrap_err().code(), "param.cardNotExist");
}

#[tokio::test]
async fn each_place_says_for_itself_whether_the_card_hangs_there() {
    let (tenant, _app, client) = with_route().await;
    let group = tenant.groups()[0].id.clone();
    tenant.group(&group).left_by("gz0001").unwrap();
    let robot = client.config().robot_code.clone();
    let mut places = Deliver::to_groups([group.as_str(), "cidNone"], robot);
    places.to.push(SpaceId::Robot("nobody".to_owned()));
    places.robot = to(&["gz0001"]).robot;
    let created = client.cards().create_and_deliver(&card("待受理"), &places).await.unwrap();
    let failed: Vec<_> = created.deliver_results.failed().map(|place| place.space_id.clone()).collect();
    assert_eq!(failed, ["cidNone", "nobody"]);
    assert_eq!(tenant.cards().in_group(&group), ["aid-1"]);
    tenant.cards().press("lgb0001", "aid-1", "decline").await.unwrap();
    assert!(tenant.cards().press("gz0001", "aid-1", "decline").await.is_err(), "not in the group");
    client.cards().update(&CardUpdate::by_key(id(), CardData::of([("status", "已办结")]))).await.unwrap();
    assert!(tenant.group(&group).chat().contains("**状态** 已办结"), "it changes where it hangs");

    let again = client.cards().create_and_deliver(&card("待受理"), &places).await.unwrap_err();
    assert_eq!(again.code(), "param.cardAlreadyExist");
    let later = to(&["gz0001"]);
    let delivered = client.cards().deliver(&id(), &later, UserIdType::UserId).await.unwrap();
    assert_eq!(delivered.failed().count(), 0);
    assert_eq!(tenant.person("gz0001").messages().len(), 1);
}

#[tokio::test]
async fn a_card_that_makes_no_sense_is_refused_whole() {
    let (tenant, _app, client) = with_route().await;
    let attempt = async |card: &NewCard| {
        client.cards().create_and_deliver(card, &to(&["gz0001"])).await.unwrap_err().code()
    };
    let other = NewCard { card_template_id: "none.schema".parse().unwrap(), ..card("x") };
    assert_eq!(attempt(&other).await, "param.templateNotExist");
    let stranger = PrivateData::from([("nobody".to_owned(), CardData::default())]);
    assert_eq!(attempt(&NewCard { private_data: stranger, ..card("x") }).await, "param.userIdNotExist");
    let unrouted = NewCard { callback_route_key: Some("none".to_owned()), ..card("x") };
    assert_eq!(attempt(&unrouted).await, "param.invalid");
    let mut homeless = card("x");
    homeless.spaces = dingtalk::card::Spaces::default();
    assert_eq!(attempt(&homeless).await, "param.openSpaceModelInvalid");
    assert!(tenant.person("gz0001").messages().is_empty());
    client.cards().create_and_deliver(&card("x"), &to(&["gz0001"])).await.unwrap();
}

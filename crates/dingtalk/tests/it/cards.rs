//! Interactive cards on the wire.

use dingtalk::{
    Error,
    card::{
        CallbackType, CardData, CardUpdate, Deliver, ImSpace, NewCard, PrivateData, RegisterRequest, SpaceId,
        StreamingUpdate, UserIdType,
    },
};
use serde_json::{Value, json};

use crate::host::Host;

const BOTH: &str = "/v1.0/card/instances/createAndDeliver";
const INSTANCES: &str = "/v1.0/card/instances";

fn card() -> NewCard {
    let data = CardData::of([("title", "困难帮扶申请"), ("status", "待处理")]);
    let mut card = NewCard::new("7b1e.schema".parse().unwrap(), "aid-1".parse().unwrap(), data);
    card.callback_type = Some(CallbackType::Http);
    card.callback_route_key = Some("aid".to_owned());
    card.private_data = PrivateData::from([("boss1".to_owned(), CardData::of([("mine", "true")]))]);
    card.spaces.im_robot_open_space_model = Some(ImSpace::default());
    card
}

#[tokio::test]
async fn a_card_is_made_and_hung_and_each_place_says_what_became_of_it() {
    let host = Host::start().await;
    let places = json!([{"spaceType": "IM_ROBOT", "spaceId": "boss1", "success": true, "carrierId": "pqk1", "errorMsg": ""},
        {"spaceType": "IM_ROBOT", "spaceId": "gone1", "success": false, "errorMsg": "user not exist"}]);
    let answer = json!({"success": true, "result": {"outTrackId": "aid-1", "deliverResults": places}});
    host.answers(BOTH, 200, answer).await;
    let to = Deliver::to_people(&["boss1", "gone1"].map(|id| id.parse().unwrap()));
    let created = host.client().cards().create_and_deliver(&card(), &to).await.unwrap();
    let failed: Vec<_> = created.deliver_results.failed().map(|place| place.space_id.as_str()).collect();
    assert_eq!(failed, ["gone1"]);
    assert_eq!(
        host.asked(BOTH).await[0].body_json::<Value>().unwrap(),
        json!({"cardTemplateId": "7b1e.schema", "outTrackId": "aid-1", "callbackType": "HTTP", "callbackRouteKey": "aid",
            "cardData": {"cardParamMap": {"title": "困难帮扶申请", "status": "待处理"}},
            "privateData": {"boss1": {"cardParamMap": {"mine": "true"}}},
            "imRobotOpenSpaceModel": {"supportForward": false},
            "openSpaceId": "dtv1.card//IM_ROBOT.boss1;IM_ROBOT.gone1",
            "imRobotOpenDeliverModel": {"spaceType": "IM_ROBOT"}, "userIdType": 1})
    );
    let shown = format!("{:?}", card());
    assert!(!shown.contains("困难帮扶申请") && !shown.contains("boss1"), "{shown}");
}

#[tokio::test]
async fn what_is_over_a_limit_is_not_sent() {
    let host = Host::start().await;
    let client = host.client();
    let cards = client.cards();
    let long = NewCard { card_data: CardData::of([("title", "长".repeat(400))]), ..card() };
    let nowhere = NewCard { callback_route_key: None, ..card() };
    let to = Deliver::to_people(&["boss1".parse().unwrap()]);
    for card in [long, nowhere] {
        assert!(matches!(cards.create_and_deliver(&card, &to).await, Err(Error::NotSent(_))));
    }
    let no_way = Deliver { to: vec![SpaceId::Group("cid1".to_owned())], ..Deliver::default() };
    assert!(matches!(cards.create_and_deliver(&card(), &no_way).await, Err(Error::NotSent(_))));
    let piece = StreamingUpdate {
        out_track_id: "aid-1".parse().unwrap(),
        guid: "g".to_owned(),
        key: "content".to_owned(),
        content: "x".repeat(1025),
        is_full: true,
        is_finalize: false,
        is_error: false,
    };
    assert!(matches!(cards.stream(&piece).await, Err(Error::NotSent(_))));
    let empty =
        CardUpdate { card_data: None, ..CardUpdate::by_key("aid-1".parse().unwrap(), CardData::default()) };
    assert!(matches!(cards.update(&empty).await, Err(Error::NotSent(_))));
    assert!(host.server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn an_update_says_whether_the_rest_stays() {
    let host = Host::start().await;
    host.answers(INSTANCES, 200, json!({"success": true, "result": true})).await;
    let client = host.client();
    let data = CardData::of([("status", "已受理")]);
    let id = || "aid-1".parse().unwrap();
    client.cards().update(&CardUpdate::by_key(id(), data.clone())).await.unwrap();
    client.cards().update(&CardUpdate::overwrite(id(), data)).await.unwrap();
    let asked = host.asked(INSTANCES).await;
    let options = |n: usize| asked[n].body_json::<Value>().unwrap()["cardUpdateOptions"].clone();
    assert_eq!(asked[0].method.as_str(), "PUT");
    assert_eq!(options(0), json!({"updateCardDataByKey": true, "updatePrivateDataByKey": true}));
    assert_eq!(options(1), json!({"updateCardDataByKey": false, "updatePrivateDataByKey": false}));
}

#[tokio::test]
async fn an_address_is_registered_and_its_secret_kept_to_oneself() {
    let host = Host::start().await;
    let path = "/v1.0/card/callbacks/register";
    let address = "https://h5.example.gov.cn/callback/card";
    let route = json!({"callbackUrl": address, "apiSecret": "hush-hush-hush"});
    host.answers(path, 200, json!({"success": true, "result": route})).await;
    let request = RegisterRequest {
        callback_route_key: "aid".to_owned(),
        callback_url: address.to_owned(),
        api_secret: Some("hush-hush-hush".to_owned()),
        force_update: true,
    };
    let route = host.client().cards().register_callback(&request).await.unwrap();
    assert_eq!(route.api_secret, "hush-hush-hush");
    assert!(!format!("{request:?} {route:?}").contains("hush"));
}

#[tokio::test]
async fn an_existing_card_is_hung_a_second_time() {
    let host = Host::start().await;
    let path = "/v1.0/card/instances/deliver";
    let place = json!({"spaceType": "IM_GROUP", "spaceId": "cid1", "success": true, "carrierId": "pqk"});
    host.answers(path, 200, json!({"success": true, "result": [place]})).await;
    let to = Deliver::to_groups(["cid1"], "dingapp1".parse().unwrap());
    let client = host.client();
    let delivered =
        client.cards().deliver(&"aid-1".parse().unwrap(), &to, UserIdType::UnionId).await.unwrap();
    assert_eq!(delivered.failed().count(), 0);
    assert_eq!(
        host.asked(path).await[0].body_json::<Value>().unwrap(),
        json!({"outTrackId": "aid-1", "openSpaceId": "dtv1.card//IM_GROUP.cid1",
            "imGroupOpenDeliverModel": {"robotCode": "dingapp1"}, "userIdType": 2})
    );
}

//! A card that is made before it hangs anywhere, and one whose text grows.

use dingtalk::{
    OutTrackId,
    card::{
        CardData, Deliver, ImSpace, NewCard, SingleDelivery, SpaceId, Spaces, StreamingUpdate, TopDelivery,
        TopSpace, UserIdType,
    },
};

use super::{open, user};

fn id() -> OutTrackId {
    "aid-1".parse().unwrap()
}

fn card() -> NewCard {
    let data = CardData::of([("title", "困难帮扶申请"), ("status", "待受理")]);
    let mut card = NewCard::new("aid-request.schema".parse().unwrap(), id(), data);
    card.spaces.im_robot_open_space_model = Some(ImSpace::default());
    card
}

#[tokio::test]
async fn a_card_is_made_first_then_hung_then_told_of_more_places_and_taken_off_the_top() {
    let (tenant, client) = open().await;
    let cards = client.cards();
    cards.create(&card()).await.unwrap();
    assert_eq!(tenant.cards().shown("aid-1", "gz0001").unwrap().title, "困难帮扶申请");
    assert!(tenant.sent().is_empty(), "it hangs nowhere yet");
    assert_eq!(cards.create(&card()).await.unwrap_err().code(), "param.cardAlreadyExist");

    let people = Deliver::to_people(&[user("gz0001")]);
    cards.deliver(&id(), &people, UserIdType::UserId).await.unwrap();
    assert!(tenant.person("gz0001").chat().contains("**状态** 待受理"));

    // It knows what it is like in a chat, not at the top of a group, until it is told.
    let group = tenant.groups()[0].id.clone();
    let until = tenant.clock().now().timestamp_millis() + 3_600_000;
    let top = TopDelivery { expired_time_millis: until, user_ids: Vec::new(), platforms: Vec::new() };
    let top = Deliver { to: vec![SpaceId::Top(group.clone())], top: Some(top), ..Deliver::default() };
    let homeless = cards.deliver(&id(), &top, UserIdType::UserId).await.unwrap_err();
    assert_eq!(homeless.code(), "param.openSpaceModelInvalid");
    let spaces = Spaces { top_open_space_model: Some(TopSpace::default()), ..Spaces::default() };
    cards.set_spaces(&id(), spaces).await.unwrap();
    assert_eq!(cards.deliver(&id(), &top, UserIdType::UserId).await.unwrap().failed().count(), 0);
    assert_eq!(tenant.cards().in_group(&group), ["aid-1"]);

    cards.close_top(&id(), &group).await.unwrap();
    assert!(tenant.cards().in_group(&group).is_empty());
    assert!(tenant.person("gz0001").chat().contains("待受理"), "it stays where else it hangs");
    let closed = cards.close_top(&id(), &group).await.unwrap_err();
    assert_eq!(closed.code(), "param.conversationIdInvalid");
}

#[tokio::test]
async fn a_chat_of_two_that_is_not_there_is_a_place_that_was_not_reached() {
    let (_tenant, client) = open().await;
    let cards = client.cards();
    let mut both = card();
    both.spaces.im_single_open_space_model = Some(ImSpace::default());
    let mut to = Deliver::to_people(&[user("gz0001")]);
    to.to.push(SpaceId::Single("cidNone".to_owned()));
    assert!(matches!(cards.create_and_deliver(&both, &to).await, Err(dingtalk::Error::NotSent(_))));
    to.single = Some(SingleDelivery::default());
    let created = cards.create_and_deliver(&both, &to).await.unwrap();
    let failed: Vec<_> = created.deliver_results.failed().map(|place| &*place.space_type).collect();
    assert_eq!(failed, ["IM_SINGLE"]);
}

#[tokio::test]
async fn text_grows_in_pieces_and_each_piece_counts_once() {
    let (tenant, client) = open().await;
    let cards = client.cards();
    cards.create_and_deliver(&card(), &Deliver::to_people(&[user("gz0001")])).await.unwrap();
    let piece = |guid: &str, content: &str, is_full| StreamingUpdate {
        out_track_id: id(),
        guid: guid.to_owned(),
        key: "reason".to_owned(),
        content: content.to_owned(),
        is_full,
        is_finalize: false,
        is_error: false,
    };
    let shown = || tenant.cards().shown("aid-1", "gz0001").unwrap().text;
    cards.stream(&piece("g-1", "大病", false)).await.unwrap();
    cards.stream(&piece("g-2", "住院", false)).await.unwrap();
    cards.stream(&piece("g-2", "住院", false)).await.unwrap();
    assert!(shown().contains("**事由** 大病住院\n"), "{}", shown());
    cards.stream(&piece("g-3", "大病住院两周", true)).await.unwrap();
    assert!(tenant.person("gz0001").chat().contains("**事由** 大病住院两周\n"), "in the chat too");
    let unknown = StreamingUpdate { key: "reasons".to_owned(), ..piece("g-4", "x", true) };
    assert_eq!(cards.stream(&unknown).await.unwrap_err().code(), "param.invalid");
}

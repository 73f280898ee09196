//! What comes by Stream: the same effects as what is posted, each once, whatever becomes of connections and answers.

use dingtalk::{
    OutTrackId,
    card::{CallbackType, CardData, Deliver, ImSpace, NewCard},
};
use dingtalk_callback::stream::{Machine, try_out};
use dingtalk_sim::{Exchange, World};
use domain::{account, aid::Status, ids::AccountId, quota};
use sea_orm::{ConnectionTrait, DbBackend};

use crate::harness::{Browser, House, by_stream};

impl House {
    async fn has_left(&self, id: &str) -> bool {
        let account = account::store::find(&self.app.db, &AccountId::parse(id).unwrap()).await.unwrap();
        !account.unwrap().active
    }

    async fn deliveries(&self) -> i64 {
        quota::figures(&self.app.db, &self.app.limits, self.app.clock.now()).await.unwrap().used.deliveries
    }

    /// What was sent on connections, of a kind of event.
    fn sent(&self, kind: &str) -> Vec<Exchange> {
        let wire = self.tenant.wire().into_iter().filter(|exchange| exchange.method == "STREAM");
        wire.filter(|exchange| exchange.request["headers"]["eventType"] == kind).collect()
    }

    /// Nothing can be accepted until this ends.
    async fn rows_are_locked(&self) -> mailbox::transaction::Transaction {
        let tx = mailbox::transaction::write(&self.app.db).await.unwrap();
        if tx.get_database_backend() == DbBackend::Postgres {
            tx.execute_unprepared("LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE").await.unwrap();
        }
        tx
    }

    /// A connection on which an answer is still to come.
    fn unanswered(&self) -> Option<String> {
        let lines = self.tenant.stream().connections();
        lines.into_iter().find(|one| one.sent > one.answered).map(|one| one.id)
    }

    /// Cuts every connection on which something is unanswered: the tenant may try again on another before the first is cut.
    async fn loses_what_is_unanswered(&self) {
        let lost = async || match self.unanswered() {
            Some(line) => {
                self.tenant.stream().cut(&line);
                false
            }
            None => true,
        };
        self.until("lost", lost).await;
    }

    /// What clients wrote that no client should write.
    fn complaints(&self) -> Vec<String> {
        self.tenant.stream().complaints()
    }
}

/// A decision, somebody who leaves, a word to the robot: what there is to see afterwards.
async fn story(house: &House) -> (i64, [i64; 4], bool, usize) {
    let (case, instance) = house.in_approval().await;
    house.tenant.approvals().agree(&instance, "shenlan", None).unwrap();
    house.comes_to(&case, Status::Approved).await;
    house.tenant.remove_person("zhaodefu").unwrap();
    house.until("gone", async || house.has_left("zhaodefu").await).await;
    house.tenant.person("wangxiuying").says("帮助").await.unwrap();
    house.hears("wangxiuying", "我能帮您做这些", 1).await;
    house.settled().await;
    assert_eq!(u64::try_from(house.deliveries().await).unwrap(), house.tenant.quota().deliveries);
    house.audited().await;
    let told = house.told("wangxiuying").len();
    (house.deliveries().await, house.pot().await, house.has_left("zhaodefu").await, told)
}

#[actix_web::test]
async fn events_and_words_that_come_by_stream_have_the_effects_of_those_that_are_posted() {
    let posted = story(&House::open().await).await;
    assert!(posted.0 > 1 && posted.1 == [147_000, 3000, 0, 0] && posted.2, "{posted:?}");
    House::each_by_stream(async |house| {
        assert_eq!(story(&house).await, posted);
        assert_eq!((house.sent("user_leave_org").len(), house.complaints()), (1, vec![]));
        assert!(house.tenant.wire().iter().all(|exchange| !exchange.path.contains("/callback/")));
        let off = house.off().await;
        assert!(off.tenant.stream().connections().is_empty(), "closed");
        assert_eq!(off.tenant.stream().complaints(), [] as [&str; 0]);
    })
    .await;
}

#[actix_web::test]
async fn a_press_on_a_card_is_answered_and_counted_and_changes_nothing() {
    let house = House::with(|world| {
        by_stream(world);
        world.cards = World::parse(include_str!("../../../dingtalk-sim/world.example.toml")).unwrap().cards;
    })
    .await;
    let id: OutTrackId = "not-ours".parse().unwrap();
    let mut card =
        NewCard::new("aid-request.schema".parse().unwrap(), id, CardData::of([("status", "待受理")]));
    card.callback_type = Some(CallbackType::Stream);
    card.spaces.im_robot_open_space_model = Some(ImSpace::default());
    let wang = "wangxiuying".parse().unwrap();
    house.app.dingtalk.cards().create_and_deliver(&card, &Deliver::to_people(&[wang])).await.unwrap();
    let before = house.tenant.cards().shown("not-ours", "wangxiuying");
    house.tenant.cards().press("wangxiuying", "not-ours", "accept").await.unwrap();
    assert_eq!(house.deliveries().await, 1);
    assert_eq!(house.tenant.quota().deliveries, 1);
    assert_eq!(house.tenant.cards().shown("not-ours", "wangxiuying"), before);
    assert_eq!(house.complaints(), [] as [&str; 0]);
}

#[actix_web::test]
async fn an_event_whose_answer_is_lost_comes_again_and_has_one_effect() {
    House::each_by_stream(async |house| {
        let (case, instance) = house.in_approval().await;
        let before: u64 = house.tenant.stream().connections().iter().map(|one| one.answered).sum();
        // The row cannot be written yet, so nothing is answered, and meanwhile the connection is lost.
        let tx = house.rows_are_locked().await;
        house.tenant.approvals().agree(&instance, "shenlan", None).unwrap();
        house.until("sent", async || house.unanswered().is_some()).await;
        house.loses_what_is_unanswered().await;
        tx.rollback().await.unwrap();
        house.comes_to(&case, Status::Approved).await;
        house.settled().await;
        let steps = house.steps(&case).await;

        // Another process gets it again: it has nothing but the rows to know it by.
        let house = house.off().await.on().await;
        house.later(1);
        house.until("again", async || house.tenant.pushes().pending() == 0).await;
        house.settled().await;
        let finished = |exchange: &Exchange| exchange.request["data"]["type"] == "finish";
        let sent = house.sent("bpms_instance_change");
        let sent: Vec<_> =
            sent.iter().filter(|exchange| finished(exchange)).map(|exchange| &exchange.response).collect();
        let taken: Vec<bool> = sent.iter().map(|response| response["taken"] == true).collect();
        // The tenant tries again every ten seconds; where the change of processes takes longer, one of these falls into it and is lost, too.
        let (last, lost) = taken.split_last().unwrap();
        assert!(*last && !lost.is_empty() && lost.iter().all(|taken| !taken), "{sent:?}");
        assert!(before > 0);
        assert_eq!(house.steps(&case).await, steps);
        assert_eq!(house.pot().await, [147_000, 3000, 0, 0]);
        assert_eq!(house.told_of("wangxiuying", "通过了").len(), 1);
    })
    .await;
}

#[actix_web::test]
async fn nothing_is_lost_when_the_gateway_sends_its_connections_away() {
    House::each_by_stream(async |house| {
        let leavers = ["zhaodefu", "chenjing", "hemiao"];
        let lines: Vec<String> = house.tenant.stream().connections().into_iter().map(|one| one.id).collect();
        // Something is under way on each, and more comes while they are replaced.
        for (leaver, line) in leavers.into_iter().zip(&lines) {
            house.tenant.remove_person(leaver).unwrap();
            assert!(house.tenant.stream().disconnect(line));
        }
        house.tenant.remove_person(leavers[2]).unwrap();
        house.listens(2).await;
        // What found no connection comes again after ten seconds, and then the old ones are closed, too.
        house.later(1);
        house.until("closed", async || house.tenant.stream().connections().len() == 2).await;
        house.until("all told", async || house.tenant.pushes().pending() == 0).await;
        house.settled().await;
        for leaver in leavers {
            house.until(leaver, async || house.has_left(leaver).await).await;
        }
        let now = house.tenant.stream().connections();
        assert!(now.iter().all(|one| !lines.contains(&one.id)), "{now:?}");
        house.tenant.person("wangxiuying").says("帮助").await.unwrap();
        house.hears("wangxiuying", "我能帮您做这些", 1).await;
        assert_eq!(house.complaints(), [] as [&str; 0]);
    })
    .await;
}

#[actix_web::test]
async fn nothing_is_lost_to_a_connection_that_is_only_tried_out() {
    House::each_by_stream(async |house| {
        let leavers = ["zhaodefu", "chenjing", "hemiao"];
        let clock = house.app.clock.clone();
        let machine = Machine::with_clock(move || clock.now());
        for leaver in leavers {
            house.tenant.remove_person(leaver).unwrap();
            try_out(&house.app.dingtalk, "yinling-doctor/1", &machine).await.unwrap();
            // What comes only once cannot come there.
            house.tenant.person("wangxiuying").says("帮助").await.unwrap();
        }
        house.listens(2).await;
        house.later(1);
        house.until("all told", async || house.tenant.pushes().pending() == 0).await;
        for leaver in leavers {
            house.until(leaver, async || house.has_left(leaver).await).await;
        }
        house.hears("wangxiuying", "我能帮您做这些", leavers.len()).await;
        assert_eq!(house.complaints(), [] as [&str; 0]);
    })
    .await;
}

#[actix_web::test]
async fn a_word_that_came_before_the_stop_is_kept_although_its_connection_is_lost() {
    House::each_by_stream(async |house| {
        let tx = house.rows_are_locked().await;
        let says = house.tenant.person("wangxiuying");
        let said = tokio::task::spawn_local(async move { says.says("帮助").await });
        house.until("sent", async || house.unanswered().is_some()).await;
        house.loses_what_is_unanswered().await;
        said.await.unwrap().unwrap();
        let off = tokio::task::spawn_local(house.off());
        tokio::task::yield_now().await;
        tx.rollback().await.unwrap();
        let house = off.await.unwrap().on().await;
        house.hears("wangxiuying", "我能帮您做这些", 1).await;
    })
    .await;
}

#[actix_web::test]
async fn two_servers_share_what_comes_and_do_it_once() {
    House::each_by_stream(async |house| {
        let second = house.another_server().await;
        house.listens(4).await;
        for nth in 1..=6 {
            house.tenant.person("wangxiuying").says("帮助").await.unwrap();
            house.hears("wangxiuying", "我能帮您做这些", nth).await;
        }
        let private = Browser::new(format!("http://{}", second.private_address));
        private.get("/readyz", 200).await.says("\"stream_connections\":2");
        private
            .get("/metrics", 200)
            .await
            .says("stream_connections 2")
            .says("stream_frames{what=\"taken\"}")
            .says("stream_messages{kind=\"robot\",taken=\"yes\"}");
        second.stop().await;
        house.listens(2).await;
        house.tenant.person("wangxiuying").says("帮助").await.unwrap();
        house.hears("wangxiuying", "我能帮您做这些", 7).await;
        house.settled().await;
        assert_eq!(house.told("wangxiuying").len(), 7);
    })
    .await;
}

#[actix_web::test]
async fn what_is_posted_to_a_server_that_has_no_key_for_it_is_not_taken() {
    let mut house = House::with(by_stream).await;
    assert!(house.tenant.pushes().check_url().await.is_err(), "no address is known to the tenant");
    let browser = house.browser();
    let request = browser.request(reqwest::Method::POST, "/callback/dingtalk").body("{}");
    browser.send(request, 400).await;
    std::sync::Arc::make_mut(&mut house.app.config).dingtalk.callback_aes_key = String::new().into();
    let bare = house.app.clone().start(server::doors::Doors::open(&house.app.config).unwrap()).await.unwrap();
    let browser = Browser::new(format!("http://{}", bare.address));
    let request = browser.request(reqwest::Method::POST, "/callback/dingtalk").body("{}");
    browser.send(request, 404).await;
    bare.stop().await;
}
